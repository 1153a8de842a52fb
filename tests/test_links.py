"""Links in texts lead somewhere, needed pages are there, and no file lies where nobody reads it.

The mistakes themselves are cases in `tests/cases/`; here is what needs more than a small city.
"""

import io
import re
import shutil
from datetime import date, datetime, time
from pathlib import Path
from urllib.parse import urlsplit

import markdown
import pytest
from bs4 import BeautifulSoup
from PIL import Image

from partnership.checking.load import inspect, load
from partnership.checking.rules.pages import NEEDED
from partnership.model.dates import LOCAL
from partnership.model.problems import show
from partnership.reading.prose import Inert
from partnership.site.destinations import Destinations
from tests.conftest import DEMO_CITY
from tests.helpers import (
    ENGINE,
    MEMBER,
    REAL_DAY,
    checked,
    city_with,
    member_from,
    member_text,
    told,
)
from tests.sites import Site

PAGE = "content/aktuelles/2026-11-01-bild.md"


def page(line: str) -> str:
    return f"---\ntitel: Bild\nbeschreibung: Ein Bild.\n---\n{line}\n"


@pytest.fixture(scope="module")
def own_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city that brings the shared pages along: nobody replaces what it loses."""
    city = tmp_path_factory.mktemp("stadt")
    for name in ("content", "data", "members"):
        shutil.copytree(ENGINE / name, city / name)
    assert show(inspect(city, REAL_DAY).problems, "text") == ""
    return city


@pytest.mark.parametrize("name", NEEDED)
def test_a_page_that_is_gone_is_told_once(own_city: Path, name: str) -> None:
    page = own_city / f"content/{name}.md"
    content = page.read_bytes()
    page.unlink()
    try:
        (problem,) = inspect(own_city, REAL_DAY).problems
    finally:
        page.write_bytes(content)
    assert problem.path == f"content/{name}.md"
    assert problem.message == "Diese Seite fehlt; Menüs und andere Seiten verweisen auf sie."


def test_a_renamed_page_is_told_with_its_new_name(own_city: Path) -> None:
    page = own_city / "content/kontakt.md"
    renamed = page.rename(page.with_name("kontakte.md"))
    try:
        (problem,) = inspect(own_city, REAL_DAY).problems
    finally:
        renamed.rename(page)
    assert problem.path == "content/kontakt.md"
    assert "Heißt sie jetzt „content/kontakte.md“?" in problem.remedy


@pytest.mark.slow
def test_the_check_knows_every_page_and_every_place_of_the_built_site(
    demo_site: Path, demo_day: date
) -> None:
    """What it does not know it would refuse, though the site has it."""
    built = Site(demo_site)
    known = Destinations(
        load(DEMO_CITY, demo_day, ENGINE), datetime.combine(demo_day, time(12), LOCAL)
    )
    for address, soup in built.pages.items():
        assert known.knows(address), address
        main = soup.main
        assert main is not None
        ids = {str(each["id"]) for each in main.select(".page [id], h2[id], h3[id], section[id]")}
        # Days of the history come and go with every change.
        ids = {each for each in ids if not each.startswith("tag-")}
        assert ids <= frozenset().union(*known.anchors(address)), address


def test_a_place_in_a_block_is_found(tmp_path: Path) -> None:
    text = page(
        "[Termine](../veranstaltungen/index.md#kommend), [Form](../kontakt.md#geschaeftsstelle)"
    )
    assert told(tmp_path, {PAGE: text}) == []


def test_a_picture_that_is_too_large_is_told(tmp_path: Path) -> None:
    drawn = io.BytesIO()
    Image.new("1", (5000, 5000)).save(drawn, "PNG")
    files: dict[str, str | bytes] = {
        PAGE: page("![Ein Plan](../dateien/plan.png)"),
        "content/dateien/plan.png": drawn.getvalue(),
    }
    assert told(tmp_path, files) == [f"{PAGE}:5:13 bild-zu-gross"]
    files["content/dateien/plan.png"] = b"\x89PNG" + bytes(2_000_001)
    assert told(tmp_path, files) == [f"{PAGE}:5:13 bild-zu-gross"]


def test_a_sound_picture_passes(tmp_path: Path) -> None:
    drawn = io.BytesIO()
    Image.new("1", (10, 10)).save(drawn, "PNG")
    text = page('![Ein Rad vor dem Werkstor](../dateien/rad%20neu.png "Das Rad")')
    assert told(tmp_path, {PAGE: text, "content/dateien/rad neu.png": drawn.getvalue()}) == []


@pytest.mark.parametrize(
    "line",
    [
        '[Kontakt](../kontakt.md "Titel"), [hier](<../kontakt.md>), [so](../kontakt.md?x=1)',
        "[Wiki](https://de.wikipedia.org/wiki/Rad_(Technik)), [tel](tel:+492111234)",
        "[Post](mailto:mobil@stadt.example?subject=Frage), <mobil@stadt.example>",
        "[im\nUmbruch](../kontakt.md) und [[[offen: Adresse]]](../kontakt.md)",
        "`[x](gibt-es-nicht.md)` und \\[kein Verweis\\](gibt-es-nicht.md)",
        "```\n[x](gibt-es-nicht.md)\n# Kommentar\n```",
        "Eine Fußnote[^1].\n\n[^1]: Dort steht mehr.",
        "[Formular](../mitmachen/fragebogen/fragebogen.xlsx), [Termine](../veranstaltungen.ics)",
        "[Daten](../daten/mitglieder.csv), [Feld](../massnahmen/arbeitswege/index.md#genutzt)",
    ],
)
def test_what_leads_somewhere_passes(tmp_path: Path, line: str) -> None:
    assert told(tmp_path, {PAGE: page(line)}) == []


LEFT_BEHIND = (
    "~$muster.md",
    ".~lock.muster.md#",
    ".muster.md.swp",
    "muster.md~",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
    "#muster.md#",
)


@pytest.mark.parametrize(
    "folder",
    ["members", "members/logos", "data", "data/veranstaltungen", "content/aktuelles", "content"],
)
def test_what_programs_leave_behind_is_passed_over(tmp_path: Path, folder: str) -> None:
    city = city_with(tmp_path, {f"{folder}/{name}": b"\0\1" for name in LEFT_BEHIND})
    assert show(checked(city).problems, "text") == ""


def test_a_map_is_not_told_twice(tmp_path: Path) -> None:
    city = city_with(tmp_path, {"data/bezirke.geojson": "{}"})
    with (city / "data/partnerschaft.yml").open("a", encoding="utf-8") as out:
        out.write("karte: bezirk.geojson\n")
    (problem,) = checked(city).problems
    assert problem.path == "data/partnerschaft.yml"


def test_an_address_copied_with_its_mailto_is_taken(tmp_path: Path) -> None:
    text = member_text("kontakt: mailto:mobil@muster.example\n")
    assert member_from(tmp_path, text).contact == "mobil@muster.example"


def test_a_mistyped_key_keeps_its_file_a_member(tmp_path: Path) -> None:
    """A link to it leads somewhere, so the one mistake is told once."""
    files = {
        MEMBER: member_text().replace("name:", "Name:"),
        PAGE: page("[Muster](../mitglieder/muster/index.md)"),
    }
    assert told(tmp_path, files) == [f"{MEMBER}:2:1 unbekannte-angabe"]


def test_a_target_too_long_for_any_file_is_told(tmp_path: Path) -> None:
    text = page(f"[x]({'x' * 5000}.md)")
    assert told(tmp_path, {PAGE: text}) == [f"{PAGE}:5:5 verweis"]


# Each is another host for a browser, or could be one; "h.example" must never be asked.
FOREIGN = (
    *("//h.example/x.png", "/\\h.example/x.png", "\\\\h.example/x.png", "\\/h.example/x.png"),
    *("https:h.example/x.png", "https:/h.example/x.png", "https:\\\\h.example/x.png"),
    *("HTTPS://h.example/x.png", "http&colon;//h.example/x.png", "https&#58;//h.example/x.png"),
    *("&#47;&#47;h.example/x.png", "&#x2f;/h.example/x.png", "/&#92;h.example/x.png"),
    *("&sol;/h.example/x.png", "/&bsol;h.example/x.png", "</\\h.example/x.png>"),
    *("/&Tab;/h.example/x.png", "/&#9;/h.example/x.png", "/&NewLine;/h.example/x.png"),
    *("\u3000//h.example/x.png", "&nbsp;//h.example/x.png", "/\t/h.example/x.png"),
    *("//h.example\\@stadt.example/x.png", "./\\h.example/x.png", "&#x1;//h.example/x.png"),
    *("/.//h.example/x.png", "/..//h.example/x.png", "../..//h.example/x.png"),
    *("ftp://h.example/x.png", "blob:h.example", "data:image/png;base64,xx", "javascript:x"),
)
WAYS = (
    *("![Ein Rad]({})", '![Ein Rad]({} "Rad")', "[![Ein Rad]({})](https://stadt.example/)"),
    *("![Ein Rad][1]\n\n[1]: {}", "![Ein Rad][]\n\n[Ein Rad]: {}", "![Ein Rad]\n\n[ein  rad]: {}"),
)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("target", FOREIGN)
def test_a_picture_from_elsewhere_is_told_however_it_is_written(
    tmp_path: Path, target: str, way: str
) -> None:
    (problem,) = told(tmp_path, {PAGE: page(way.format(target))})
    assert re.search(r":[57]:\d+ (?:bild-fremd|adresse|verweis)$", problem)
    # And whatever a rule might miss, nothing is shown.
    for written in (way.format(target), f'![x](a.png){{: src="{target}" }}'):
        made = markdown.markdown(written, extensions=["attr_list", Inert()])
        for shown in BeautifulSoup(made, "lxml").select("img[src]"):
            host = urlsplit(str(shown["src"]).replace("\\", "/")).netloc
            assert not host, made


def test_a_picture_defined_elsewhere_on_the_page_keeps_the_rules_of_pictures(
    tmp_path: Path,
) -> None:
    drawn = io.BytesIO()
    Image.new("1", (10, 10)).save(drawn, "PNG")
    text = page("![Ein Rad vor dem Tor][rad] ![][rad]\n\n[Rad]: ../dateien/rad.png")
    files = {PAGE: text, "content/dateien/rad.png": drawn.getvalue()}
    assert told(tmp_path, {PAGE: text}) == [
        f"{PAGE}:7:8 {rule}" for rule in ("bild-text", "verweis")
    ]
    assert told(tmp_path, files) == [f"{PAGE}:7:8 bild-text"]
