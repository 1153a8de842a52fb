"""Rules about companies and their measures, each with cases on both sides of its edge."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from partnership.checking.rules import members
from partnership.model.member import Member
from partnership.model.problems import Problem
from partnership.reading.pictures import MAX_BYTES, MAX_PIXELS
from partnership.reading.source import Document
from tests.world import TODAY, document, partnership, told

HEAD = "name: Muster GmbH\nbranche: handel\nbestaetigung: unternehmen\n"
PNG = Path(__file__).parents[2] / "tests/small_city/members/logos/beispielwerke.svg"


def read(text: str, slug: str = "muster") -> tuple[Member, Document]:
    found = document(f"members/{slug}.md", text)
    context = {"slug": slug, "body": "", "path": found.path}
    return Member.model_validate(found.data, context=context), found


def problems(
    text: str, slug: str = "muster", day: date = TODAY, **changes: Any
) -> Iterator[Problem]:
    """What the rules say of a member's file; `text` begins in its fifth line."""
    member, found = read(HEAD + text, slug)
    city = partnership(member, **changes)
    for rule in members.RULES:
        yield from rule(member, found, city, day)


def measure(*lines: str) -> str:
    return "massnahmen:\n  - " + "\n    ".join(lines) + "\n"


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("muster", []),
        ("muster-2-gmbh", []),
        ("muster_gmbh", ["2:1+1 dateiname"]),
        ("Muster", ["2:1+1 dateiname"]),
        ("-muster", ["2:1+1 dateiname"]),
        ("müller", ["2:1+1 dateiname"]),
    ],
)
def test_names_of_files(slug: str, said: list[str]) -> None:
    assert told(problems("", slug)) == said


def test_a_better_name_is_proposed() -> None:
    (found,) = problems("", "Muster")
    assert "muster-gmbh.md" in found.remedy
    assert "„Muster.md“" in found.message


def test_public_sources_are_named() -> None:
    source = "quellen: [{titel: T, url: https://a.example, abruf: 2026-01-01}]\n"
    text = HEAD.replace("unternehmen", "oeffentliche_quelle")
    for more, said in (("", ["4:15+19 quelle-fehlt"]), (source, [])):
        member, found = read(text + more)
        assert told(members.sources(member, found, partnership(member), TODAY)) == said
    assert told(problems("")) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("beitritt: 2020-05\naustritt: 2020-05-14", []),
        ("beitritt: 2020-05-14\naustritt: 2020-05", []),
        ("beitritt: 2020-05-14\naustritt: 2020-05-14", []),
        ("beitritt: 2020-05-14\naustritt: 2020-05-13", ["6:11+10 reihenfolge"]),
        ("beitritt: 2020-05-14\naustritt: 2020-04", ["6:11+7 reihenfolge"]),
        ("beitritt: spätestens 2020\naustritt: 2019", []),
        ("austritt: 2019", []),
        ("auskunft: [{stand: 2026-11-23, von: unternehmen}]", []),
        ("auskunft: [{stand: 2026-11-24, von: unternehmen}]", ["5:20+10 zukunft"]),
    ],
)
def test_dates_of_membership(text: str, said: list[str]) -> None:
    assert told(problems(text)) == said


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("laufend: 2024",), []),
        (("ziel: 2027",), ["6:10+9 ohne-datum"]),
        (("geplant: 2025", "ziel: 2027"), []),
        (("geplant: 2025",), ["7:14+4 ziel-fehlt"]),
        # A goal is no longer needed when it has begun.
        (("geplant: 2025", "laufend: 2026"), []),
        (("geplant: 2025", "ziel: 2025"), []),
        (("geplant: 2025-06", "ziel: 2025"), []),
        (("geplant: 2025-06-02", "ziel: 2025-06-02"), []),
        (("geplant: 2025", "ziel: 2024"), ["8:11+4 reihenfolge"]),
        (("geplant: 2025-06-02", "ziel: 2025-06-01"), ["8:11+10 reihenfolge"]),
        (("laufend: 2024", "umgesetzt: 2024"), []),
        (("laufend: 2024-06-02", "umgesetzt: 2024-06-02"), []),
        (("laufend: 2024-06-02", "umgesetzt: 2024-06-01"), ["8:16+10 reihenfolge"]),
        (
            ("laufend: 2025", "umgesetzt: 2024", "eingestellt: 2023"),
            ["8:16+4 reihenfolge", "9:18+4 reihenfolge"],
        ),
        (("laufend: spätestens 2025", "umgesetzt: 2024"), []),
        (("laufend: 2026-11-23",), []),
        (("laufend: 2026-11",), []),
        (("laufend: 2026-11-24",), ["7:14+10 zukunft"]),
        (("laufend: 2027",), ["7:14+4 zukunft"]),
        (("ziel: 2030", "geplant: 2026"), []),
        # A goal only ever moves to a later day, and the first one is never left out.
        (("geplant: 2024", "ziel: 2025", "verschoben_auf: [2027]"), []),
        (("geplant: 2024", "ziel: 2025-06", "verschoben_auf: [2025, 2026-02-01]"), []),
        (("geplant: 2024", "ziel: 2025", "verschoben_auf: [2025-12]"), ["9:22+7 reihenfolge"]),
        (("geplant: 2024", "ziel: 2025", "verschoben_auf: [2024]"), ["9:22+4 reihenfolge"]),
        (("geplant: 2024", "ziel: 2025", "verschoben_auf: [2028, 2027]"), ["9:28+4 reihenfolge"]),
        (("laufend: 2024", "verschoben_auf: [2027]"), ["8:5+14 ziel-fehlt"]),
        (
            ("geplant: 2024", "verschoben_auf: [2027]"),
            ["7:14+4 ziel-fehlt", "8:5+14 ziel-fehlt"],
        ),
    ],
)
def test_dates_of_measures(lines: tuple[str, ...], said: list[str]) -> None:
    assert told(problems(measure("typ: jobticket", *lines))) == said


def test_dates_are_named_as_they_were_meant() -> None:
    (order,) = problems(measure("typ: jobticket", "laufend: 2025-06", "umgesetzt: 2024"))
    assert order.message == "„umgesetzt“ (2024) liegt vor „laufend“ (Juni 2025)."
    (goal,) = problems(measure("typ: jobticket", "geplant: 2025-06", "ziel: 2024"))
    assert goal.message == "„ziel“ (2024) liegt vor „geplant“ (Juni 2025)."
    moved = ("geplant: 2024", "ziel: 2025-06", "verschoben_auf: [2025-05]")
    (earlier,) = problems(measure("typ: jobticket", *moved))
    assert "von „Juni 2025“ auf „Mai 2025“ verschoben" in earlier.message
    (future,) = problems(measure("typ: jobticket", "laufend: 2027"))
    assert future.message.startswith("„laufend“ (2027) ")
    (left,) = problems("beitritt: 2020\naustritt: 2019")
    assert "(2019)" in left.message
    assert "(2020)" in left.message
    (answer,) = problems("auskunft: [{stand: 2026-11-24, von: unternehmen}]")
    assert "24. November 2026" in answer.message


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("typ: fahrtenbuch", "laufend: 2024"), []),
        (("typ: fahrtenbuch", "laufend: 2024", "umfang: 3"), ["8:13+1 umfang-unpassend"]),
        (("typ: homeoffice", "laufend: 2024", "umfang: 100"), []),
        (("typ: homeoffice", "laufend: 2024", "umfang: 101"), ["8:13+3 umfang-zu-gross"]),
        (
            ("typ: homeoffice", "laufend: 2023", "umfang: {2023: 5, 2024: 200}"),
            ["8:29+3 umfang-zu-gross"],
        ),
        (("typ: homeoffice", "laufend: 2024", "umfang: 50 %"), []),
        (("typ: jobticket", "laufend: 2024", "umfang: 5 %"), ["8:13+3 umfang-prozent"]),
        (("typ: jobticket", "laufend: 2024", "umfang: {2026: 4}"), []),
        (("typ: jobticket", "laufend: 2024", "umfang: {2027: 4}"), ["8:14+4 jahr-zukunft"]),
        (("typ: jobticket", "geplant: 2024\n    ziel: 2028", "umfang: {2028: 4}"), []),
        (("typ: jobticket", "laufend: 2024", "umfang: {2024: 4}"), []),
        (("typ: jobticket", "laufend: 2024-02", "umfang: {2023: 4}"), ["8:14+4 jahr-vor-beginn"]),
        (("typ: jobticket", "laufend: spätestens 2024", "umfang: {2023: 4}"), []),
        (("typ: jobticket", "umgesetzt: 2024", "umfang: {2023: 4}"), []),
        (("typ: jobticket", "laufend: 2024", "umfang: 40"), []),
        (("typ: jobticket", "laufend: 2024", "umfang: 41"), ["8:13+2 umfang-zu-gross"]),
        (("typ: radabstellanlage", "laufend: 2024", "umfang: 4000"), []),
        (("typ: unbekannt", "laufend: 2024", "umfang: 4000"), []),
    ],
)
def test_extents(lines: tuple[str, ...], said: list[str]) -> None:
    assert told(problems(measure(*lines) + "beschaeftigte: 40\n")) == said


def test_without_a_number_of_employees_no_extent_is_too_large() -> None:
    text = measure("typ: jobticket", "laufend: 2024", "umfang: 4000")
    assert told(problems(text)) == []
    (found,) = problems(text + "beschaeftigte: 40\n")
    assert "(4.000)" in found.message
    assert "(40)" in found.message
    (share,) = problems(measure("typ: homeoffice", "laufend: 2024", "umfang: 4000"))
    assert "4.000" in share.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kennzahlen: {2025: {anteil_elektrisch: 100}}", []),
        ("kennzahlen: {2025: {anteil_elektrisch: 101}}", ["5:40+3 kennzahl-zu-gross"]),
        ("kennzahlen: {2025: {pkw_gesamt: 101}}", []),
        ("kennzahlen: {2025: {unbekannt: 101}}", []),
    ],
)
def test_key_figures(text: str, said: list[str]) -> None:
    assert told(problems(text)) == said


def test_a_share_is_named() -> None:
    (found,) = problems("kennzahlen: {2025: {anteil_elektrisch: 1100}}")
    assert found.message.startswith("„anteil_elektrisch“ ")
    assert "1.100" in found.message


def test_districts_need_a_catalogue(tmp_path: Path) -> None:
    text = "stadtbezirk: 1"
    assert told(problems(text)) == []
    (found,) = problems(text, root=tmp_path)
    assert told([found]) == ["5:1+11 unbekannt"]
    assert told(problems("", root=tmp_path)) == []


def logo(folder: Path, name: str, content: bytes | None) -> list[str]:
    place = folder / "members/logos"
    place.mkdir(parents=True)
    if content is not None:
        (place / name).write_bytes(content)
    return told(problems(f"logo: {name}", root=folder))


def png(width: int) -> bytes:
    """The head of a picture of that width, a thousand high; it is not unpacked."""
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("1", (width, 1000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.png", png(10), []),
        ("a.PNG", png(10), []),
        ("a.gif", png(10), ["5:7+5 logo-format"]),
        ("a.png", None, ["5:7+5 logo-fehlt"]),
        ("a.png", b"text", ["5:7+5 logo-format"]),
        ("a.png", b"\0" * (MAX_BYTES + 1), ["5:7+5 logo-zu-gross"]),
        ("a.png", b"\0" * MAX_BYTES, ["5:7+5 logo-format"]),
        ("a.png", png(MAX_PIXELS // 1000 + 1), ["5:7+5 logo-zu-gross"]),
    ],
)
def test_logos(tmp_path: Path, name: str, content: bytes | None, said: list[str]) -> None:
    assert logo(tmp_path, name, content) == said


def test_how_large_a_logo_is_and_may_be(tmp_path: Path) -> None:
    place = tmp_path / "members/logos"
    place.mkdir(parents=True)
    (place / "a.png").write_bytes(b"\0" * (MAX_BYTES + 10_001))
    (found,) = problems("logo: a.png", root=tmp_path)
    assert "members/logos/a.png" in found.message
    assert "2,1 MB, erlaubt sind 2 MB" in found.message
    assert "1000 Pixel" in found.remedy
    (place / "a.png").write_bytes(png(MAX_PIXELS // 1000 + 1))
    (found,) = problems("logo: a.png", root=tmp_path)
    assert "erlaubt sind 20 Megapixel" in found.message
    assert "1000 Pixel" in found.remedy
    (place / "a.png").unlink()
    (place / "a.png").mkdir()
    assert [each.rule for each in problems("logo: a.png", root=tmp_path)] == ["logo-fehlt"]


def test_former_addresses() -> None:
    member, found = read(HEAD + "frueher: [alt, andere]")
    other, _ = read(HEAD, "andere")
    city = partnership(member, other)
    said = list(members.former_addresses(member, found, city, TODAY))
    assert told(said) == ["5:16+6 frueher-vergeben"]
    assert "„andere“" in said[0].message


def test_no_two_files_are_one_company() -> None:
    one = read(HEAD + "frueher: [alt, ganz-alt]", "eins")
    two = read(HEAD.replace("Muster GmbH", "MUSTER  gmbh") + "frueher: [neu, alt]", "zwei")
    three = read(HEAD.replace("Muster", "Andere") + "frueher: [alt]", "drei")
    documents = {found.path: found for _, found in (one, two, three)}
    city = partnership(one[0], two[0], three[0])
    said = list(members.distinct(city, documents))
    assert [each.path for each in said] == ["members/zwei.md"] * 2 + ["members/drei.md"]
    assert told(said) == ["2:7+12 doppelt", "5:16+3 doppelt", "5:11+3 doppelt"]
    assert all("members/eins.md" in each.message for each in said)
    assert "„MUSTER  gmbh“" in said[0].message or "„MUSTER gmbh“" in said[0].message
    assert "„alt“" in said[1].message
