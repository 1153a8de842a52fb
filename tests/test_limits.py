"""However much of a thing is typed, it is told on its line, and no rule takes longer for it than
for a page: what is tried here would keep a rule that tries every way busy for minutes or for ever.
"""

from pathlib import Path

import pytest

from partnership.language.markup import to_html
from partnership.model.problems import show
from partnership.reading import limits
from partnership.reading.pictures import harmless
from tests.helpers import (
    EVENT,
    MEMBER,
    SMALL_CITY,
    event_text,
    inspected,
    measure_text,
    member_text,
    told,
)

PAGE = "content/aktuelles/2026-11-01-viel.md"
LONG = limits.MOST_IN_LINE - 100


def page(text: str) -> str:
    return f"---\ntitel: Viel\nbeschreibung: Eine lange Nachricht.\n---\n{text}\n"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("Wort " * 2001, 1, "Diese Zeile ist länger als 10.000 Zeichen."),
        ("[a]: x\n" * 501, 501, "schon mehr als 500 eckige Klammern."),
        ("## a\n\n" * 201, 401, "schon mehr als 200 Überschriften."),
        ("a\n-\n" * 201, 402, "schon mehr als 200 Überschriften."),
        ("a:\n:   b\n" * 101, 202, "schon mehr als 100 Zeilen, die mit einem Doppelpunkt"),
        ("> " * 11, 1, "mehr als 10 Stufen tief eingerückt."),
        (f"{'    ' * 11}- tief", 1, "mehr als 10 Stufen tief eingerückt."),
    ],
    ids=["line", "brackets", "headings", "underlined", "meanings", "quotes", "lists"],
)
@pytest.mark.parametrize("path", [PAGE, MEMBER])
def test_too_much_is_told_once(tmp_path: Path, path: str, text: str, line: int, said: str) -> None:
    whole = page(text) if path == PAGE else member_text(body=text)
    (problem,) = inspected(tmp_path, {path: whole}).problems
    head = whole.split("\n").index("---", 1) + 1
    assert problem.place.line == head + line
    assert said in problem.message


def test_a_page_too_long_is_told_where_it_is_full(tmp_path: Path) -> None:
    text = page("Zeile\n" * 9000)
    full = text[: limits.MOST_IN_PAGE].count("\n") + 1
    assert told(tmp_path, {PAGE: text}) == [f"{PAGE}:{full}:1 zu-viel"]


@pytest.mark.parametrize(
    "text",
    [
        "[a](" + " " * LONG,
        "[a](b" + " " * LONG + "x",
        "[[" + " " * LONG + "x",
        "[[offen:" + " " * LONG,
        "](x)" * 2400,
        '[a](b "' * 90 + '"x' * 4000,
        "a" * LONG + "@",
        "a@" * 4900,
        "`" * LONG,
        "".join("`" * length + " " for length in range(1, 130)),
        "{" + "#a" * 4900,
        "[x](https://a.example/" + ".md" * 3000 + ")",
        "[a] (" + ".md" * 3000,
    ],
    ids=lambda text: text[:9],
)
def test_what_only_begins_is_text(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, {PAGE: page(text)}) == []


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (PAGE, page("a" * 9000 + " [x](#y)"), f"{PAGE}:5:9006 verweis"),
        (PAGE, page("{#" + "a" * 9000 + " [x](#y)"), f"{PAGE}:5:9008 verweis"),
        (PAGE, page("[a](" + ".md" * 3000 + '"'), f"{PAGE}:5:1 verweis"),
        (PAGE, page("[x](" + "/" * 5000 + "a)"), f"{PAGE}:5:5 verweis"),
        (MEMBER, member_text("website: https://" + "a." * 4900 + "<\n"), f"{MEMBER}:5:10 adresse"),
        (MEMBER, member_text("kontakt: a@" + "a." * 4900 + "\n"), f"{MEMBER}:5:10 mail"),
        (EVENT, event_text(begin=f"2026-12-03{' ' * 9000}x"), f"{EVENT}:3:9 zeitpunkt"),
    ],
    ids=["anchor", "name", "open link", "slashes", "website", "mail", "moment"],
)
def test_a_long_mistake_is_told_on_its_line(
    tmp_path: Path, path: str, text: str, expected: str
) -> None:
    assert told(tmp_path, {path: text}) == [expected]


def test_the_same_mistake_over_and_over_is_told_fifty_times(tmp_path: Path) -> None:
    problems = inspected(tmp_path, {PAGE: page("# a\n\n" * 90)}).problems
    assert len(problems) == 50
    assert problems[-1].remedy.endswith("Ebenso an weiteren Stellen dieser Datei: 40.")


@pytest.mark.parametrize(
    ("head", "line", "key"),
    [
        (f"frueher: [{', '.join(f'a-{number}' for number in range(900))}]\n", 5, "frueher"),
        ("frueher:\n" + "".join(f"  - a-{number}\n" for number in range(2500)), 206, "frueher"),
        ("massnahmen:\n" + "  - {typ: jobticket, laufend: 2024}\n" * 400, 206, "massnahmen"),
    ],
    ids=["on one line", "on many", "measures"],
)
def test_a_list_that_never_ends_is_told_where_it_is_full(
    tmp_path: Path, head: str, line: int, key: str
) -> None:
    (problem,) = inspected(tmp_path, {MEMBER: member_text(head)}).problems
    assert (problem.rule, problem.place.line) == ("zu-viel", line)
    assert f"„{key}“ hat " in problem.message
    assert problem.message.endswith("Einträge, höchstens 200 sind möglich.")
    for form in ("text", "github", "gitlab", "json"):
        assert len(max(show([problem], form).splitlines(), key=len)) < 1600


def test_of_a_long_line_only_what_matters_is_shown(tmp_path: Path) -> None:
    problems = inspected(tmp_path, {PAGE: page("a " * 4000 + "<b> " + "c " * 900)}).problems
    shown = show(problems, "text").splitlines()
    assert len(max(shown, key=len)) < 1600
    assert shown[1].index("<b>") == shown[2].index("^")


def test_many_levels_of_an_entry_are_shown() -> None:
    deep = "\n".join("  " * level + "- a" for level in range(10))
    assert to_html(deep).count("<ul>") == 10


def used(text: str, times: int) -> str:
    return f"{text}\n\n" * times


@pytest.mark.parametrize("path", [PAGE, MEMBER])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[b]" * 400 + "\n\n[b]: https://a.example/" + "x" * 9000, 3),
        ("![a][b]" * 200 + "\n\n[b]: dateien/" + "x" * 9000, 3),
        ("[b]" * 400 + '\n\n[b]: https://a.example "' + "x" * 9000 + '"', 3),
        ("[b]" * 400 + '\n\n[b]: https://a.example\n  "' + "x\n" * 5000 + '"', 3),
        ("[b][ A  a]" * 200 + "\n\n[a A]: https://a.example/" + "x" * 9000, 3),
        ("*[a]: " + "x" * 9000 + "\n\n" + "a " * 4000, 1),
    ],
    ids=["link", "picture", "title", "title of lines", "label", "abbreviation"],
)
def test_what_a_definition_unfolds_into_is_bounded(
    tmp_path: Path, path: str, text: str, line: int
) -> None:
    whole = page(text) if path == PAGE else member_text(body=text)
    head = whole.split("\n").index("---", 1) + 1
    assert told(tmp_path, {path: whole}) == [f"{path}:{head + line}:1 zu-viel"]


def test_definitions_that_are_used_as_usual_are_fine(tmp_path: Path) -> None:
    links = "".join(f"[Seite {number}][{number}]\n" for number in range(100))
    definitions = "".join(f"[{number}]: https://a.example/{'x' * 80}\n" for number in range(100))
    assert told(tmp_path, {PAGE: page(f"{links}\n{definitions}\n*[ÖPNV]: Nahverkehr\n")}) == []


def test_a_block_stands_on_a_page_once(tmp_path: Path) -> None:
    text = page(used("[[block: fragebogen]]", 30))
    assert told(tmp_path, {PAGE: text})[:2] == [f"{PAGE}:7:1 marke", f"{PAGE}:9:1 marke"]


def test_a_catalogue_has_an_end(tmp_path: Path) -> None:
    sectors = "".join(f"b{number}: {{name: B{number}}}\n" for number in range(310))
    text = (SMALL_CITY / "data/branchen.yml").read_text("utf-8") + sectors
    (problem,) = told(tmp_path, {"data/branchen.yml": text})
    assert problem.endswith(":1 zu-viel")
    assert text.splitlines()[int(problem.split(":")[1]) - 1].startswith("b29")


def test_years_have_an_end(tmp_path: Path) -> None:
    years = ", ".join(f"{year}: 1" for year in range(1900, 2200))
    text = measure_text("typ: jobticket", "laufend: 1900", f"umfang: {{{years}}}")
    assert f"{MEMBER}:8:1814 zu-viel" in told(tmp_path, {MEMBER: text})


# Drawings

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
FIRST = '<rect id="a0" width="9" height="9"/>'


def nested(one: str, levels: int = 12) -> str:
    """Each level uses the one below it ten times."""
    inner = "".join(
        f'<{one.split(maxsplit=1)[0]} id="a{level}">'
        + one.partition(" ")[2].format(level - 1) * 10
        + f"</{one.split(maxsplit=1)[0]}>"
        for level in range(1, levels)
    )
    return SVG.format(FIRST + inner + f'<use href="#a{levels - 1}"/>')


INTRICATE = {
    "use": nested('g <use href="#a{}"/>'),
    "old use": nested('symbol <use xlink:href="#a{}"/>'),
    "masks": nested('mask <rect width="9" height="9" mask="url(#a{})"/>'),
    "patterns": nested('pattern <rect width="9" height="9" style="fill:url(\'#a{}\')"/>'),
    "clips": nested("clipPath <rect width='9' height='9' clip-path='url( \"#a{}\" )'/>"),
    "circle": SVG.format('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
    "itself": SVG.format('<pattern id="a"><rect fill="url(#a)"/></pattern>'),
    "chain": SVG.format("".join(f'<g id="a{n}"><use href="#a{n + 1}"/></g>' for n in range(3000))),
    "elements": SVG.format("<g/>" * 70_000),
    "styles": SVG.format(
        "<style>.a{" + "fill:red;" * 5000 + "}</style>" + f'<g class="{"a " * 500}"/>' * 300
    ),
    "a long style": SVG.format(
        "<style>.a{fill:" + "x" * 50_000 + "}</style>" + '<g class="a"/>' * 2000
    ),
}


@pytest.mark.parametrize("drawing", INTRICATE.values(), ids=INTRICATE)
def test_a_drawing_that_unfolds_is_told(tmp_path: Path, drawing: str) -> None:
    files: dict[str, str | bytes] = {
        MEMBER: member_text("logo: zeichnung.svg\n"),
        "members/logos/zeichnung.svg": drawing,
    }
    (problem,) = inspected(tmp_path, files).problems
    assert (problem.path, problem.place.line, problem.rule) == (MEMBER, 5, "logo-zu-gross")
    assert "zu verwickelt" in problem.message


@pytest.mark.parametrize(
    "drawing",
    [
        SVG.format("<style>" + ".a," * 40_000 + "</style>"),
        SVG.format("<style>" + ".a{fill:red}" * 100_000 + "</style>"),
        SVG.format(f'<g fill="{"url(" * 100_000}"/>'),
        SVG.format(f'<g fill="url({" " * 500_000}"/>'),
        SVG.format(FIRST + '<use href="#a0"/>' * 500),
        SVG.format('<path d="M0 0h1v1z" style="fill:#123456;stroke:none"/>' * 5000),
    ],
    ids=["selectors", "rules", "addresses", "blanks", "copies", "a map"],
)
def test_a_large_drawing_is_fine(drawing: str) -> None:
    assert b"<svg" in harmless(drawing.encode())
