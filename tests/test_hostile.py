"""Hostile text in any field comes out as text, in every file of the site, or is refused."""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from icalendar import Calendar
from openpyxl import load_workbook
from PIL import Image

from partnership.checking.load import inspect
from partnership.model.catalogue import Field, MeasureType, Sector
from partnership.model.city import City
from partnership.model.event import Event, News
from partnership.model.fields import Record
from partnership.model.member import Measure, Member
from partnership.model.problems import show
from partnership.reading.pictures import NotAPicture, harmless
from partnership.reading.source import Trail, read_page, read_yaml
from tests.conftest import DEMO_CITY, ROOT
from tests.helpers import EVENT, MEMBER, TODAY, event_text, inspected, member_text, told
from tests.sites import ENGINE, Site, run_build, small_city

pytestmark = pytest.mark.slow

# What follows the mark must follow it wherever the text is shown.
MARK = "Kiebitz"
REST = (
    ' "><script>alert(1)</script><kiebitz-x onclick=alert(2)> </title></textarea> {{ 7*7 }}'
    " {% raise %} ${7*7} &lt;b&gt; ]]> --> <!-- javascript:alert(3) ../../etc =1+1"
)
HOSTILE = f"{MARK}{REST}"
# Pages know markers, the city's data refuse them; elsewhere they are signs like any other.
HOSTILE_MARKED = f"{HOSTILE} ]] [ [block: partner] ]"
HOSTILE_BODY = f"""\
{HOSTILE_MARKED}

<script>alert(4)</script>

<img src="x" onerror="alert(5)">

[eins](javascript:alert(6)) [zwei](&#106;avascript:alert(7)) [drei](data:text/html,x)
[vier](https://vier.example/ "x\\" onclick=alert(8)") <javascript:alert(9)>
![fünf](data:image/svg+xml,x)

| a | b |
|---|---|
| <iframe src="https://fremd.example"> | `</code><script>` |
"""
CATALOGUES = ("handlungsfelder", "massnahmentypen", "branchen", "fragebogen", "emissionsfaktoren")


def hostile_city(folder: Path) -> tuple[Path, set[tuple[str, str]]]:
    """Musterstadt with hostile text in each value that takes it; also each such file and key.

    What refuses the text keeps its own value, as an editor would put it back.
    """
    city = small_city(folder)
    for part in ("members", "data", "content"):
        shutil.rmtree(city / part)
    shutil.copytree(DEMO_CITY / "data", city / "data")
    shutil.copytree(DEMO_CITY / "content", city / "content")
    shutil.copytree(DEMO_CITY / "members/logos", city / "members/logos")
    entries = sorted((DEMO_CITY / "members").glob("*.md"))
    told_by_sources = [path for path in entries if "sagt:" in path.read_text("utf-8")]
    for path in {*entries[:3], *told_by_sources[:1]}:
        shutil.copy(path, city / "members")
    for name in CATALOGUES:
        if not (city / f"data/{name}.yml").exists():
            shutil.copy(ROOT / f"data/{name}.yml", city / "data")
    # What `close` wrote of an edition has to fit the edition: any other value there is refused.
    written_by_hand = set(city.glob("data/*.yml")) - {city / "data/ausgaben.yml"}
    files = [*city.glob("members/*.md"), *sorted(written_by_hand)]
    files += [*city.glob("data/veranstaltungen/*.md"), *city.glob("content/aktuelles/2*.md")]
    written: dict[str, dict[str, Any]] = {}
    kept: dict[str, dict[Trail, str]] = {}
    for file in files:
        path = file.relative_to(city).as_posix()
        document = (read_page if file.suffix == ".md" else read_yaml)(file, path)
        knows_markers = path == "data/partnerschaft.yml" or path.startswith("content/")
        text = HOSTILE if knows_markers else HOSTILE_MARKED
        kept[path] = dict(scalars(document.data))
        written[path] = changed(document.data, dict.fromkeys(kept[path], text))
        save(city, path, written[path], document.body)
    for _ in range(6):
        problems = inspect(city, TODAY, ENGINE).problems
        if not problems:
            break
        for path in {problem.path for problem in problems}:
            document = (read_page if path.endswith(".md") else read_yaml)(city / path, path)
            refused = {problem.place.line for problem in problems if problem.path == path}
            back = {
                trail: value
                for trail, value in kept[path].items()
                if document.place(trail).line in refused
            }
            assert back, show(problems, "text")
            written[path] = changed(written[path], back)
            save(city, path, written[path], document.body)
    assert not problems, show(problems, "text")[:3000]
    for path in city.glob("members/*.md"):
        path.write_text(f"{path.read_text('utf-8')}\n{HOSTILE_BODY}", "utf-8")
    taken = {
        (path.split("/")[0] if path.endswith(".md") else path, str(trail[-1]))
        for path, data in written.items()
        for trail, value in scalars(data)
        if MARK in value
    }
    return city, taken


def scalars(value: Any, trail: Trail = ()) -> Iterator[tuple[Trail, str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from scalars(each, (*trail, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from scalars(each, (*trail, index))
    else:
        yield trail, value


def changed(value: Any, new: dict[Trail, str], trail: Trail = ()) -> Any:
    if isinstance(value, dict):
        return {key: changed(each, new, (*trail, key)) for key, each in value.items()}
    if isinstance(value, list):
        return [changed(each, new, (*trail, index)) for index, each in enumerate(value)]
    return new.get(trail, value)


def save(city: Path, path: str, data: dict[str, Any], body: str) -> None:
    """Each value on a line of its own, so that a line of a problem means one value."""
    text = yaml.dump(data, allow_unicode=True, width=10**6, default_style='"', sort_keys=False)
    (city / path).write_text(f"---\n{text}---\n{body}\n" if path.endswith(".md") else text, "utf-8")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, set[tuple[str, str]]]:
    city, taken = hostile_city(tmp_path_factory.mktemp("feindlich"))
    done = run_build(city, "--strict", "--quiet")
    assert done.returncode == 0, done.stdout + done.stderr
    return Site(city / "site"), taken


@pytest.fixture
def site(hostile: tuple[Site, set[tuple[str, str]]]) -> Site:
    return hostile[0]


def test_most_text_was_taken(hostile: tuple[Site, set[tuple[str, str]]]) -> None:
    """Else the tests below would look at nothing."""
    expected = {
        *(("members", key) for key in ("name", "titel", "beschreibung", "strasse", "ort", "sagt")),
        *(
            ("data", key)
            for key in ("titel", "ort", "veranstalter", "anmeldung", "zusammenfassung")
        ),
        *(("data", key) for key in ("barrierefreiheit", "uid", "online")),
        *(("content", key) for key in ("titel", "beschreibung")),
        *(("data/partnerschaft.yml", key) for key in ("name", "stadt", "kern", "was", "quelle")),
        *(("data/massnahmentypen.yml", key) for key in ("name", "frage", "beschreibung")),
        *(("data/branchen.yml", key) for key in ("name", "beschreibung")),
        *(("data/handlungsfelder.yml", key) for key in ("name", "ziel", "kurz")),
        *(("data/stadtbezirke.yml", "name"), ("data/fragebogen.yml", "frage")),
    }
    assert expected - hostile[1] == set()


def elements(site: Site) -> Iterator[tuple[str, Tag]]:
    for address, page in (site.pages | site.redirects).items():
        for element in page.find_all(True):
            yield address, element


def test_no_page_has_an_element_or_an_attribute_that_runs(site: Site) -> None:
    found = []
    for address, element in elements(site):
        attributes = element.attrs
        own_script = element.name == "script" and attributes.get("src") and not element.string
        # A block of data is never run, and what it holds cannot end it.
        kind = element.get("type")
        data = kind in {"application/ld+json", "application/json"} and not element.get("src")
        inert = data and not set("<>&") & set(element.string or "<")
        bad = (
            (element.name == "script" and not own_script and not inert)
            or element.name in {"iframe", "object", "embed", "kiebitz-x", "style", "base"}
            or any(name.startswith("on") or name in {"style", "srcdoc"} for name in attributes)
        )
        if bad:
            found.append(f"{address}: {str(element)[:120]}")
    assert found == []


def test_every_link_and_picture_is_harmless(site: Site) -> None:
    found = []
    for address, element in elements(site):
        for name in ("href", "src", "action", "poster", "data-search"):
            link = str(element.get(name, ""))
            scheme = re.match(r"\s*([a-z]+):", link, re.IGNORECASE)
            if (scheme and scheme[1].lower() not in {"https", "http", "mailto", "tel"}) or (
                name == "src" and scheme
            ):
                found.append(f"{address}: {link[:100]}")
    assert found == []
    assert list(site.broken_links()) == []


def test_hostile_text_is_shown_as_it_was_typed(site: Site) -> None:
    """Wherever the mark is seen, the rest follows word for word: nothing was run or swallowed."""
    seen = 0
    for address, page in site.pages.items():
        # Profiles are Markdown, where signs mean something.
        for prose in page.select(".prose, code"):
            prose.decompose()
        text = " ".join(page.body.get_text().split())  # type: ignore[union-attr]
        for part in text.split(MARK)[1:]:
            assert part.startswith(REST), f"{address}: {part[:200]}"
            seen += 1
    assert seen > 500


def test_blocks_appear_only_where_a_page_asks_for_them(site: Site) -> None:
    for address, page in site.pages.items():
        if address not in {"", "partnerschaft/", "partnerschaft/aufgaben/"}:
            assert not page.select(".partner-list"), address


def test_files_are_well_formed_and_keep_the_text(site: Site) -> None:
    for name in sorted(site.files):
        content = (site.folder / name).read_bytes()
        if name.endswith((".json", ".jsonld")):
            assert HOSTILE in json.dumps(json.loads(content), ensure_ascii=False).replace(
                '\\"', '"'
            ), name
        elif name.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
            assert len({len(row) for row in rows}) == 1, name
            assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row), name
        elif name.endswith((".xml", ".svg")):
            ElementTree.fromstring(content)  # noqa: S314 - our own file


def test_the_feed_and_the_calendar_keep_the_text(site: Site) -> None:
    feed = ElementTree.parse(site.folder / "aktuelles.xml")  # noqa: S314 - our own file
    titles = {each.text for each in feed.iter("{http://www.w3.org/2005/Atom}title")}
    assert HOSTILE in titles
    calendar = Calendar.from_ical((site.folder / "veranstaltungen.ics").read_bytes())
    summaries = {str(event["summary"]) for event in calendar.walk("VEVENT")}
    states = ("", "Abgesagt: ", "Verschoben: ")
    assert summaries == {f"{state}{HOSTILE_MARKED}" for state in states}


def test_blocks_of_data_keep_the_text(site: Site) -> None:
    names = {
        json.loads(str(block.string))["name"]
        for page in site.pages.values()
        for block in page.select('script[type="application/ld+json"]')
    }
    assert HOSTILE_MARKED in names


def test_the_workbook_has_no_formula(site: Site) -> None:
    book = load_workbook(site.folder / "daten/partnerschaft.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert any(
        cell.value == HOSTILE_MARKED for sheet in book for row in sheet.iter_rows() for cell in row
    )


# Refused


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:alert(1)"])
@pytest.mark.parametrize(
    ("path", "text"),
    [
        (MEMBER, member_text("website: {}\n")),
        (MEMBER, member_text("quellen: [{{titel: x, abruf: 2026-01-01, url: '{}'}}]\n")),
        (EVENT, event_text("material: [{{titel: x, url: '{}'}}]\n")),
        (EVENT, event_text("quellen: [{{titel: x, abruf: 2026-01-01, url: '{}'}}]\n")),
        (
            "content/aktuelles/2026-11-01-x.md",
            "---\ntitel: x\nbeschreibung: x\n---\nEin [Verweis]({}).\n",
        ),
        (
            "content/aktuelles/2026-11-01-x.md",
            "---\ntitel: x\nbeschreibung: x\n---\nEin [Verweis].\n\n[Verweis]: {}\n",
        ),
    ],
    ids=["website", "source", "material", "event-source", "news-link", "news-definition"],
)
def test_a_link_that_runs_is_refused(tmp_path: Path, path: str, text: str, link: str) -> None:
    (problem,) = told(tmp_path, {path: text.format(link)})
    assert problem.endswith(" adresse")


@pytest.mark.parametrize("name", ["../geheim.svg", "..\\geheim.svg", "/etc/passwd", "a/../b.svg"])
@pytest.mark.parametrize(
    ("path", "text"),
    [
        (MEMBER, member_text("logo: '{}'\n")),
        (EVENT, event_text("material: [{{titel: x, datei: '{}'}}]\n")),
    ],
    ids=["logo", "material"],
)
def test_a_way_out_of_the_folder_is_refused(
    tmp_path: Path, path: str, text: str, name: str
) -> None:
    (problem,) = told(tmp_path, {path: text.format(name)})
    assert problem.endswith(" dateiname")


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u202d", "\x1b", "\x00", "\x85"])
def test_signs_that_hide_or_turn_text_are_refused(tmp_path: Path, sign: str) -> None:
    escaped = f"\\u{ord(sign):04x}"
    text = f'---\nname: "Muster{escaped} GmbH"\nbranche: handel\nbestaetigung: unternehmen\n---\n'
    assert told(tmp_path, {MEMBER: text}) == [f"{MEMBER}:2:7 steuerzeichen"]
    typed = told(tmp_path, {MEMBER: text.replace(escaped, sign)})
    assert typed in ([f"{MEMBER}:2:14 steuerzeichen"], [f"{MEMBER}:1:1 kodierung"])


@pytest.mark.parametrize(
    "line",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "Text <b>fett</b>",
        "<!-- Notiz -->",
    ],
)
def test_html_in_a_page_is_refused(tmp_path: Path, line: str) -> None:
    text = f"---\ntitel: x\nbeschreibung: x\n---\nText\n\n{line}\n"
    problems = told(tmp_path, {"content/aktuelles/2026-11-01-x.md": text})
    assert problems
    assert all(re.search(r":7:\d+ html$", problem) for problem in problems)


@pytest.mark.parametrize(
    "line", ["`<script>`", "a < b und b > c", "<https://muster.example/>", "2 <3", "x<y"]
)
def test_what_only_looks_like_html_is_text(tmp_path: Path, line: str) -> None:
    text = f"---\ntitel: x\nbeschreibung: x\n---\n{line}\n\n```\n<b>\n```\n"
    assert told(tmp_path, {"content/aktuelles/2026-11-01-x.md": text}) == []


def test_a_picture_from_elsewhere_is_refused(tmp_path: Path) -> None:
    text = "---\ntitel: x\nbeschreibung: x\n---\n![Ein Rad](https://fremd.example/x.png)\n"
    path = "content/aktuelles/2026-11-01-x.md"
    assert told(tmp_path, {path: text}) == [f"{path}:5:12 bild-fremd"]


def test_prose_runs_nothing_even_if_a_rule_were_missed() -> None:
    import markdown

    from partnership.reading.prose import Inert

    made = markdown.markdown(
        f'{HOSTILE_BODY}\n[sechs](https://a.example){{ onclick="x" style="y" class="z" }}\n',
        extensions=["attr_list", "tables", "footnotes", "admonition", Inert()],
    )
    page = BeautifulSoup(made, "lxml")
    assert not page.find_all(["script", "iframe", "kiebitz-x", "svg", "style"])
    assert {str(link.get("href")) for link in page.find_all("a")} <= {
        *("None", "https://a.example", "https://vier.example/")
    }
    assert not any(picture.get("src") for picture in page.find_all("img"))
    assert {name for element in page.find_all(True) for name in element.attrs} <= {
        *("href", "class", "title", "alt")
    }


HOSTILE_SVG = b"""<?xml version="1.0"?>
<!DOCTYPE svg [<!ENTITY x "kiebitz">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="alert(1)"
 viewBox="0 0 10 10"><script>alert(2)</script><style>@import url(https://fremd.example/x.css);
 .a{fill:url(https://fremd.example/y);stroke:red}</style>
<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><script>alert(3)</script></body></foreignObject>
<a href="javascript:alert(4)"><path class="a" d="M0 0"/></a>
<image href="https://fremd.example/z.png"/><use xlink:href="https://fremd.example/a.svg#b"/>
<animate attributeName="href" to="javascript:alert(5)"/><set attributeName="onclick" to="alert(6)"/>
<rect width="5" height="5" style="background:url(data:x);fill:blue" onclick="alert(7)"/></svg>"""


def test_a_drawing_keeps_its_shapes_and_loses_the_rest(tmp_path: Path) -> None:
    text = member_text("logo: zeichnung.svg\n")
    city = small_city(tmp_path, {MEMBER: text, "members/logos/zeichnung.svg": HOSTILE_SVG})
    done = run_build(city, "--strict", "--quiet")
    assert done.returncode == 0, done.stderr
    drawing = (city / "site/assets/logos/zeichnung.svg").read_text("utf-8")
    root = ElementTree.fromstring(drawing)  # noqa: S314 - our own file
    names = {element.tag.rsplit("}", 1)[-1] for element in root.iter()}
    assert names == {"svg", "use", "rect"}
    for word in ("script", "alert", "fremd", "javascript", "onload", "style", "ENTITY", "data:"):
        assert word not in drawing
    assert 'fill="blue"' in drawing


@pytest.mark.parametrize(
    "drawing",
    [
        b"",
        b"<svg",
        b"<html/>",
        b"\xff\xfe\x00",
        b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 300 + b"</g>" * 300 + b"</svg>",
        b'<!DOCTYPE s [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]><svg>&d;</svg>',
    ],
    ids=["empty", "broken", "html", "bytes", "deep", "entity"],
)
def test_what_is_no_drawing_is_refused(drawing: bytes) -> None:
    with pytest.raises(NotAPicture):
        harmless(drawing)


def picture_file(form: str, width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("umbenannt.jpg", picture_file("PNG", 20, 20)),
        ("umbenannt.svg", picture_file("PNG", 20, 20)),
        ("abgebrochen.png", picture_file("PNG", 400, 400)[:-900]),
        ("behauptet.png", picture_file("PNG", 20, 20).replace(b"\0\0\0\x14", b"\x7f\0\0\0")),
        ("leer.webp", b""),
    ],
)
def test_a_logo_that_is_no_picture_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    files = {MEMBER: member_text(f"logo: {name}\n"), f"members/logos/{name}": content}
    (problem,) = inspected(tmp_path, files).problems
    assert (problem.place.line, problem.rule) == (5, "logo-format")
    assert f"members/logos/{name} ist nicht das Bild" in problem.message


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (
            "viele.png",
            picture_file("PNG", 5000, 4001),
            "5000 × 4001 Pixel, erlaubt sind 20 Megapixel",
        ),
        ("bombe.png", picture_file("PNG", 20_000, 10_000), "viel zu viele Pixel"),
        ("schwer.svg", b"<svg>" + 2_000_001 * b" " + b"</svg>", "2,1 MB, erlaubt sind 2 MB"),
    ],
)
def test_a_logo_that_is_too_large_is_told(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    files = {MEMBER: member_text(f"logo: {name}\n"), f"members/logos/{name}": content}
    (problem,) = inspected(tmp_path, files).problems
    assert (problem.place.line, problem.rule) == (5, "logo-zu-gross")
    assert f"members/logos/{name} ist zu groß: {told}" in problem.message
    assert "verkleinern" in problem.sentence


def test_logos_are_made_small_and_their_lack_shows_letters(tmp_path: Path) -> None:
    files = {
        "members/gross.md": member_text("logo: Gross.JPG\n", name="Große Sorgen & Söhne GmbH"),
        "members/logos/Gross.JPG": picture_file("JPEG", 4000, 3000),
        "members/ohne.md": member_text(name="1. FC Überall-Ohne Logo"),
    }
    city = small_city(tmp_path, files)
    assert run_build(city, "--strict").returncode == 0
    site = Site(city / "site")
    directory = site.pages["mitglieder/"]
    (shown,) = directory.select('[data-name^="Große"] img')
    with Image.open(city / "site/mitglieder" / str(shown["src"])) as logo:
        assert (logo.format, logo.size) == ("WEBP", (288, 216))
    assert shown.get("width")
    for page, card in (("mitglieder/", '[data-name^="1. FC"] '), ("mitglieder/ohne/", "")):
        letters = site.pages[page].select(f"{card}.mark--letters")
        assert [each.get_text() for each in letters][:1] == ["FÜ"]
        assert letters[0]["aria-hidden"] == "true"


def test_every_text_of_the_models_was_tried() -> None:
    """A new text field of a model is part of the city above, or stands in this list."""
    refer_to_keys = {"ersetzt_durch"}
    of_the_unlisted = {"ohne_eintrag", "oeffentlich"}  # the site knows only their number
    assert {key for model in MODELS for key in untried(model)} <= refer_to_keys | of_the_unlisted


MODELS: tuple[type[Record], ...] = (Member, Measure, Event, News, City, Field, MeasureType, Sector)


def untried(model: type[Record]) -> Iterator[str]:
    """Keys of a model that no file of Musterstadt uses and that take any text."""
    used = "\n".join(
        path.read_text("utf-8")
        for folder in (DEMO_CITY, ROOT / "data")
        for path in folder.rglob("*")
        if path.suffix in {".md", ".yml"}
    )
    for field in model.model_fields.values():
        if not re.search(rf"\b{field.alias}:", used):
            yield str(field.alias)
