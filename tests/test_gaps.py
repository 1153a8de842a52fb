"""What is open: everything a visitor sees as open is named with its place, no mark goes astray, and
a city whose named gaps are filled has none left.
"""

import re
import shutil
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from partnership import cli
from partnership.checking.load import inspect, load
from partnership.model.city import City
from partnership.model.dates import LOCAL
from partnership.site.pages import Site as Made
from partnership.site.views.yearbook import yearbook
from tests.filling import fill, named
from tests.helpers import TODAY, event_text, member_text, told
from tests.make_city import make_city
from tests.sites import ENGINE, Site, run_build, small_city, words


def own_city(folder: Path) -> Path:
    """A copy of the engine's own city, as another city would lie beside the engine."""
    assert cli.main(["init", str(folder), "--stadt", "Beispielhausen"]) == 0
    for part in ("data", "members", "content"):
        shutil.copytree(ENGINE / part, folder / part, dirs_exist_ok=True)
    return folder


def new_city(folder: Path) -> Path:
    """A city that has just been begun."""
    assert cli.main(["init", str(folder), "--stadt", "Beispielhausen"]) == 0
    return folder


def silent_city(folder: Path) -> Path:
    """A city whose files say hardly anything."""
    return small_city(folder)


@pytest.mark.slow
@pytest.mark.parametrize("begun", [new_city, own_city, silent_city])
def test_filling_what_is_named_leaves_nothing_open(
    tmp_path: Path, begun: Callable[[Path], Path]
) -> None:
    city = begun(tmp_path / "stadt")
    gaps = named(city)
    # The engine's own city may have filled everything.
    assert len(gaps) > 5 or begun is own_city
    assert {gap["rule"] for gap in gaps} <= {"offen"}
    films = city / "content/dateien/gebaerden.mp4"
    films.parent.mkdir(parents=True, exist_ok=True)
    films.write_bytes(b"\0\0\0\x18ftypmp42")
    fill(city, gaps)
    assert named(city) == []
    # The engine's own city may have been edited today.
    done = run_build(city, "--strict", "--quiet", moment=int(time.time()))
    assert done.returncode == 0, done.stderr
    site = Site(city / "site")
    text = {address: words(page.html) for address, page in site.pages.items()}
    signs = ("Noch offen", "[[", "Noch nicht geprüft", "Vorschau: Das ist")
    assert [(a, sign) for a, each in text.items() for sign in signs if sign in each] == []
    assert [a for a, page in site.pages.items() if page.select(".fill-in")] == []
    # What the engine's own city found out about itself is not told of another.
    if begun is not own_city:
        assert "Von 55 Kriterien" in text["barrierefreiheit/"]


@pytest.mark.parametrize("begun", [new_city, silent_city])
def test_what_a_visitor_sees_as_open_is_named(
    tmp_path: Path, begun: Callable[[Path], Path]
) -> None:
    city = begun(tmp_path / "stadt")
    messages = " ".join(gap["message"] for gap in named(city))
    done = run_build(city, "--strict", "--quiet")
    assert done.returncode == 0, done.stderr
    seen = {
        words(mark).removeprefix("Noch offen: ")
        for page in Site(city / "site").pages.values()
        for mark in page.select(".fill-in")
    }
    assert len(seen) > 5
    assert [what for what in seen if what not in messages] == []


def test_another_citys_assessment_is_not_inherited(tmp_path: Path, root: Path) -> None:
    city = small_city(tmp_path)
    loaded = inspect(city, TODAY, root)
    assert loaded.partnership is not None
    assert loaded.partnership.criteria == {}
    gap = next(gap for gap in loaded.fill_ins if gap.path == "data/barrierefreiheit.yml")
    assert gap.what == "Selbstbewertung der Barrierefreiheit"


# Where a gap may be marked, and where it may not


def leaves(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each text of a YAML file."""
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*way, step))
    else:
        yield way


def with_mark(data: Any, way: tuple[Any, ...], text: str) -> Any:
    """The data with a marked gap at one place."""
    changed = deepcopy(data)
    inner = changed
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = text
    return changed


def takes(data: Any) -> bool:
    """Whether the model accepts the data."""
    try:
        City.model_validate(data, context={})
    except ValidationError:
        return False
    return True


def open_everywhere(folder: Path) -> tuple[Path, int]:
    """A city with a gap at every place of its data that takes one, and in its texts; their number.

    What is open is called „Lakune 1“, „Lakune 2“, … with an address in it, as people write it.
    """
    make_city(folder, 4, seed=11)
    file = folder / "data/partnerschaft.yml"
    data: Any = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts
    del data["demonstration"]
    data["geschaeftsstelle"]["kontaktformular"] = "https://www.musterstadt.example/kontakt"
    data["barrierefreiheit"]["gebaerdensprache"] = "gebaerden.mp4"
    count = 0
    for way in list(leaves(data)):
        changed = with_mark(data, way, f"[[offen: Lakune {count}, etwa x@luecke.example]]")
        if takes(changed):
            data, count = changed, count + 1
    file.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    page = (
        "---\ntitel: Kontakt\nbeschreibung: Rufen Sie an, [[telefon]]\nvorspann: Oder [[email]]\n"
        "---\n## Wann, [[offen: Lakune a]]\n\nText [[ offen : Lakune\nb]].\n\n"
        "- [Weg [[offen: Lakune c]]](index.md)\n\n"
        "| A | B |\n|---|---|\n| [[offen: Lakune d]] | 1 |\n"
        "\n![Bild [[offen: Lakune e]]](dateien/bild.png)\n\n`[[offen: Lakune f]]` [[telefon]]\n"
        "\n[[block: kontakt]]\n"
    )
    (folder / "content/kontakt.md").write_text(page, "utf-8")
    logo = next((ENGINE / ".github/pictures").glob("*.png"))
    shutil.copy(logo, folder / "content/dateien/bild.png")
    news = "---\ntitel: Neues\nbeschreibung: Etwas\n---\nText [[offen: Lakune g]] und [[telefon]]\n"
    (folder / "content/aktuelles/2026-11-01-neues.md").write_text(news, "utf-8")
    return folder, count + 7


def test_no_raw_mark_reaches_anything_that_is_published(tmp_path: Path) -> None:
    city, count = open_everywhere(tmp_path / "stadt")
    assert count > 40
    loaded = inspect(city, TODAY, ENGINE)
    assert loaded.partnership is not None, loaded.problems
    assert len(loaded.fill_ins) == count
    done = run_build(city, "--strict", "--quiet")
    assert done.returncode == 0, done.stderr
    site = Site(city / "site")
    raw = [
        name
        for name, content in site.text_of_files()
        if re.search(rb"\[\[\s*offen|\\\[\\\[offen", content)
    ]
    assert raw == []
    # In pages a gap stands as such; in the text for a picture in words; nowhere else at all.
    strays = []
    for name, content in site.text_of_files():
        if b"Lakune" in content:
            if not name.endswith(".html"):
                strays.append(name)
                continue
            page = site.pages[name.removesuffix("index.html")]
            for mark in page.select("mark.fill-in"):
                mark.decompose()
            for picture in page.select("img[alt*='Noch offen: Lakune e']"):
                picture.decompose()
            strays += [name] if "Lakune" in str(page) else []
    assert strays == []


def test_no_raw_mark_reaches_the_yearly_report(tmp_path: Path) -> None:
    city, _ = open_everywhere(tmp_path / "stadt")
    partnership = load(city, TODAY, ENGINE)
    noon = datetime(2026, 11, 23, 12, tzinfo=LOCAL)
    site = Made(partnership, noon, (ENGINE / "overrides",))
    values = {"report": yearbook(partnership, 2026, TODAY)}
    html = site.templates.render("reports/yearbook.html", "", values)
    assert "Lakune" not in html


GAP = "[[offen: Tag]]"


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("members/a.md", member_text(f"kontakt_hinweis: x\nwebsite: '{GAP}'\n"), ""),
        ("members/b.md", member_text(name=f"'Muster {GAP}'"), "members/b.md:2:7 luecke"),
        ("members/c.md", member_text(body=f"Profil {GAP}\n"), "members/c.md:6:8 marke"),
        ("members/d.md", member_text(body="In [[stadt]]\n"), "members/d.md:6:4 marke"),
        (
            "data/veranstaltungen/2026-12-10-s.md",
            event_text(f"ort: '{GAP}'\n"),
            "data/veranstaltungen/2026-12-10-s.md:5:6 luecke",
        ),
        (
            "content/kontakt.md",
            f"---\ntitel: K\nbeschreibung: 'Seit {GAP}'\n---\nText\n",
            "content/kontakt.md:3:15 luecke",
        ),
        (
            "content/aktuelles/2026-10-02-x.md",
            "---\ntitel: In [[stadt]]\nbeschreibung: Text\n---\nText\n",
            "content/aktuelles/2026-10-02-x.md:2:11 marke",
        ),
        (
            "content/kontakt.md",
            f"---\ntitel: K\nbeschreibung: B\n---\n{GAP}(https://x.example)\n",
            "content/kontakt.md:5:1 marke",
        ),
    ],
)
def test_a_gap_where_none_can_be_shown_is_a_finding(
    tmp_path: Path, path: str, text: str, place: str
) -> None:
    found = told(tmp_path, {path: text})
    if place:
        assert found == [place]
    else:
        assert [each for each in found if "luecke" in each or "adresse" in each]


def test_an_empty_mark_in_the_citys_file_is_a_finding(tmp_path: Path) -> None:
    city = (Path(__file__).parent / "small_city/data/partnerschaft.yml").read_text("utf-8")
    text = city.replace("[[offen: Telefonnummer der Geschäftsstelle]]", "[[offen:]]")
    assert told(tmp_path, {"data/partnerschaft.yml": text}) == [
        "data/partnerschaft.yml:13:13 marke"
    ]


# Where a page is edited


def test_pages_are_edited_in_files_that_the_city_has(tmp_path: Path) -> None:
    make_city(tmp_path / "stadt", 4, seed=11)
    config = tmp_path / "stadt/mkdocs.yml"
    base = "https://github.com/musterstadt/auftritt/edit/main/"
    config.write_text(f"{config.read_text('utf-8')}\nextra: {{bearbeiten: '{base}'}}\n", "utf-8")
    done = run_build(tmp_path / "stadt", "--strict", "--quiet")
    assert done.returncode == 0, done.stderr
    links = [
        str(link["href"]).removeprefix(base)
        for page in Site(tmp_path / "stadt/site").pages.values()
        for link in page.select("footer a")
        if link.text == "Seite bearbeiten"
    ]
    assert len(links) > 20
    assert [link for link in links if not (tmp_path / "stadt" / link).is_file()] == []
