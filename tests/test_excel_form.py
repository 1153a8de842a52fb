"""The Excel form: filled as a company would, by two office programs, and as an attacker would."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from partnership.checking.load import load
from partnership.cli import main
from partnership.office.questionnaire import layout
from partnership.office.questionnaire.form import form
from tests.conftest import DEMO_CITY, ROOT
from tests.helpers import TODAY
from tests.sites import NOON, contents

Say = pytest.CaptureFixture[str]
FILES = Path(__file__).parent / "files"

# Question → answer, as a company reads and types them.
ANSWERS: Mapping[str, Any] = {
    "Wie heißt Ihr Unternehmen?": "Drechslerei Fantasia GmbH",
    "Zu welcher Branche gehört Ihr Unternehmen?": "Handwerk",
    "Postleitzahl": "01234",
    "Ort": "Musterstadt",
    "Adresse Ihrer Website": "https://fantasia.example",
    "Wie viele Beschäftigte arbeiten an Ihren Standorten in der Stadt?": 48,
    "Wer sind Sie, und was ist an Ihrer Mobilität besonders?": "=Wir drechseln.\nMit Strom.",
    "Für welches Jahr gelten die Zahlen?": 2025,
    "Wie viele Pkw gehören zu Ihrem Fuhrpark, Dienstwagen eingeschlossen?": 7,
    "Bekennt sich Ihr Unternehmen zu effizienter und umweltgerechter Mobilität,": "ja",
    "Datum der Antwort": "14.11.2026",
    "Was hat sich bei Ihnen besonders bewährt?": "Früh anfangen.",
    "Dürfen wir Ihr Unternehmen mit den Angaben": "ja",
    "Dürfen wir die Maßnahmen, bei denen": "ja",
    "Ist die ausfüllende Stelle befugt": "ja",
    "Wann sind Sie der Partnerschaft beigetreten": "05.2026",
}
TICKED = ("Kosten", "Stromanschluss")


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))


@pytest.fixture(scope="module")
def empty_form() -> bytes:
    return form(load(DEMO_CITY, TODAY, ROOT))


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Musterstadt without its members, so that nothing but the answer is in it."""
    folder = tmp_path / "stadt"
    shutil.copytree(DEMO_CITY, folder, ignore=shutil.ignore_patterns("members", "veranstaltungen"))
    return folder


def measures_of(catalogue: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """Six measures, as they stand in the lines of their sheet."""
    jobticket, charging, bikes, home, course, loads = (
        catalogue[key]
        for key in (
            "jobticket",
            "ladepunkte_beschaeftigte",
            "abstellanlagen",
            "homeoffice",
            "fahrtraining",
            "lastenraeder",
        )
    )
    return [
        (jobticket, "Ticket für alle", 2024, None, "2024-09", "2025-04", None, 12, 2025, "einzeln"),
        (charging, None, "2026-03", 2027, None, None, None, None, None, "einzeln"),
        (bikes, None, None, None, "spätestens 2020", None, None, 30, None, "einzeln"),
        (home, None, None, None, 2021, None, None, "12,5", 2025, "nur in Summen"),
        (course, None, 2026, "12.2027", None, None, None, None, None, "einzeln"),
        (loads, "Das rote Rad", None, None, "14.05.2024", None, "2026-01", 1, None, "einzeln"),
    ]


def filled(content: bytes) -> Workbook:
    book = load_workbook(io.BytesIO(content))
    left, ticks = dict(ANSWERS), set(TICKED)
    for name in (layout.COMPANY, layout.FIGURES):
        for row in book[name].iter_rows():
            question = str(row[1].value or "")
            match = next((key for key in left if question.startswith(key)), None)
            if match:
                row[2].value = left.pop(match)
                row[2].data_type = "s" if isinstance(row[2].value, str) else "n"
            elif question in ticks:
                row[2].value = "x"
                ticks.discard(question)
    assert not left, f"the form does not ask: {list(left)}"
    assert not ticks
    kinds = {key: kind.name for key, kind in load(DEMO_CITY, TODAY, ROOT).types.items()}
    for number, measure in enumerate(measures_of(kinds), layout.HEAD_ROW + 1):
        for column, value in enumerate(measure, 1):
            book[layout.MEASURES].cell(number, column).value = value
    return book


def saved(book: Workbook, file: Path) -> Path:
    book.save(file)
    return file


def take(city: Path, *files: Path) -> int:
    return main(["import", *map(str, files), "--root", str(city)])


EXPECTED = """\
---
name: Drechslerei Fantasia GmbH
branche: handwerk
beitritt: 2026-05
anschrift:
  plz: "01234"
  ort: Musterstadt
website: https://fantasia.example
beschaeftigte: 48
auskunft:
  - stand: 2026-11-14
    von: unternehmen
kennzahlen:
  2025:
    pkw_gesamt: 7
bestaetigung: unternehmen
massnahmen:
  - typ: jobticket
    titel: Ticket für alle
    geplant: 2024
    laufend: 2024-09
    umgesetzt: 2025-04
    umfang:
      2025: 12
    veroeffentlichung: einzeln
  - typ: ladepunkte_beschaeftigte
    geplant: 2026-03
    ziel: 2027
    veroeffentlichung: einzeln
  - typ: abstellanlagen
    laufend: spätestens 2020
    umfang: 30
    veroeffentlichung: einzeln
  - typ: homeoffice
    laufend: 2021
    umfang:
      2025: 12.5
    veroeffentlichung: nur_summe
  - typ: fahrtraining
    geplant: 2026
    ziel: 2027-12
    veroeffentlichung: einzeln
  - typ: lastenraeder
    titel: Das rote Rad
    laufend: 2024-05-14
    eingestellt: 2026-01
    umfang: 1
    veroeffentlichung: einzeln
---
=Wir drechseln.
Mit Strom.
"""


def expect_the_answers(city: Path, capsys: Say) -> None:
    said = capsys.readouterr().out
    assert "neu angelegt (members/drechslerei-fantasia-gmbh.md)" in said
    assert "Nur für die Geschäftsstelle: Was hat sich bei Ihnen besonders bewährt? – Früh" in said
    assert "– Kosten, Stromanschluss" in said
    assert (city / "members/drechslerei-fantasia-gmbh.md").read_text("utf-8") == EXPECTED


def test_filled_form_becomes_the_members_file(
    city: Path, tmp_path: Path, empty_form: bytes, capsys: Say
) -> None:
    file = saved(filled(empty_form), tmp_path / "antwort.xlsx")
    assert take(city, file) == 0
    expect_the_answers(city, capsys)
    before = contents(city)
    assert take(city, file) == 0
    assert "unverändert" in capsys.readouterr().out
    assert contents(city) == before


@pytest.mark.parametrize(("typed", "later"), [("12.2028", "[2028-12]"), (2027, "")])
def test_a_goal_that_is_moved_in_the_form_stands_beside_the_first(
    city: Path, tmp_path: Path, empty_form: bytes, typed: object, later: str, capsys: Say
) -> None:
    book = filled(empty_form)
    take(city, saved(book, tmp_path / "antwort.xlsx"))
    file = city / "members/drechslerei-fantasia-gmbh.md"
    before = file.read_text("utf-8")
    goal = [key for _, key in layout.COLUMNS].index("ziel") + 1
    row = layout.HEAD_ROW + 2
    assert book[layout.MEASURES].cell(row, goal).value == 2027
    book[layout.MEASURES].cell(row, goal).value = typed
    assert take(city, saved(book, tmp_path / "antwort.xlsx")) == 0
    moved = f"    ziel: 2027\n    verschoben_auf: {later}\n"
    assert file.read_text("utf-8") == (
        before.replace("    ziel: 2027\n", moved) if later else before
    )
    assert ("verschoben von 2027 auf 2028-12" in capsys.readouterr().out) == bool(later)


def test_form_saved_by_libreoffice_says_the_same(city: Path, capsys: Say) -> None:
    # The form of 23 November 2026, filled and then opened and saved as .xlsx by LibreOffice 7.4.
    # It stays as it is: a form that lies at a company must be readable for years.
    assert take(city, FILES / "fragebogen-aus-libreoffice.xlsx") == 0
    expect_the_answers(city, capsys)


def test_empty_form_is_told_from_an_answer(
    city: Path, tmp_path: Path, empty_form: bytes, capsys: Say
) -> None:
    (tmp_path / "leer.xlsx").write_bytes(empty_form)
    assert take(city, tmp_path / "leer.xlsx") == 1
    assert "„name“" in capsys.readouterr().out


def test_form_is_the_same_file_every_time(empty_form: bytes) -> None:
    assert form(load(DEMO_CITY, TODAY, ROOT)) == empty_form


def test_form_helps_the_one_who_fills_it(empty_form: bytes) -> None:
    book = load_workbook(io.BytesIO(empty_form))
    shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert shown == [layout.INTRO, layout.COMPANY, layout.FIGURES, layout.MEASURES]
    for name in shown[1:]:
        checks = book[name].data_validations.dataValidation
        assert checks
        assert all(check.error and check.showErrorMessage for check in checks)
    assert any(
        check.type == "list" for check in book[layout.MEASURES].data_validations.dataValidation
    )
    assert book[layout.COMPANY].protection.sheet


def test_dates_and_addresses_are_looked_at_while_they_are_typed(empty_form: bytes) -> None:
    book = load_workbook(io.BytesIO(empty_form))
    asked = (
        "Postleitzahl",
        "Adresse Ihrer Website",
        "Unter welcher E-Mail",
        "Datum der",
        "Wann sind",
    )
    company = book[layout.COMPANY]
    checks = company.data_validations.dataValidation
    for question in asked:
        (row,) = [row for row in company.iter_rows() if str(row[1].value).startswith(question)]
        cell = row[2].coordinate
        (check,) = [check for check in checks if cell in check.sqref]
        assert check.type == "custom"
        assert cell in check.formula1
        assert check.errorStyle == "warning"
    first = layout.HEAD_ROW + 1
    dates = [
        check
        for check in book[layout.MEASURES].data_validations.dataValidation
        if check.type == "custom"
    ]
    places = {str(check.sqref) for check in dates}
    assert places == {f"{column}{first}:{column}{first + 39}" for column in "CDEFG"}
    assert all(f"{str(check.sqref)[0]}{first}" in check.formula1 for check in dates)


def test_dates_and_addresses_as_people_write_them(
    city: Path, tmp_path: Path, empty_form: bytes
) -> None:
    book = filled(empty_form)
    _answer("Adresse Ihrer Website", "fantasia.example")(book)
    _answer("Wann sind Sie der Partnerschaft beigetreten", "seit Mai 2026")(book)
    _answer("Datum der Antwort", date(2026, 11, 14))(book)
    sheet, first = book[layout.MEASURES], layout.HEAD_ROW + 1
    sheet.cell(first, 5).value = "09/2024"
    sheet.cell(first, 6).value = "April 2025"
    # Excel makes a date of a month that is typed into a cell without format.
    sheet.cell(first + 1, 3).value = date(2026, 3, 1)
    sheet.cell(first + 1, 3).number_format = "mmm\\ yy"
    sheet.cell(first + 5, 5).value = date(2024, 5, 14)
    sheet.cell(first + 5, 5).number_format = "[$-407]dd/mm/yyyy"
    assert take(city, saved(book, tmp_path / "antwort.xlsx")) == 0
    assert (city / "members/drechslerei-fantasia-gmbh.md").read_text("utf-8") == EXPECTED


def _type(book: Workbook, text: str) -> None:
    book[layout.MEASURES].cell(layout.HEAD_ROW + 1, 1).value = text


def _year(book: Workbook, value: Any) -> None:
    book[layout.MEASURES].cell(layout.HEAD_ROW + 1, 3).value = value


def _answer(question: str, value: Any) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for row in book[layout.COMPANY].iter_rows():
            if str(row[1].value or "").startswith(question):
                row[2].value = value

    return change


def _heading(book: Workbook) -> None:
    book[layout.MEASURES].cell(layout.HEAD_ROW, 2).value = "Projekt"


def _tick(book: Workbook) -> None:
    for row in book[layout.COMPANY].iter_rows():
        if row[1].value == "Radwege":
            row[2].value = "vielleicht"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda book: _type(book, "Jobtiket"), "Blatt „Maßnahmen“, Zelle A5: „Jobtiket“ ist kein"),
        (lambda book: _year(book, "bald"), "Blatt „Maßnahmen“, Zelle C5: „geplant“ soll ein Jahr"),
        (lambda book: _year(book, 2029), "Blatt „Maßnahmen“, Zelle E5: „laufend“"),
        (lambda book: _year(book, "=HEUTE()"), "Zelle C5: Hier steht eine Formel statt einer"),
        (_answer("Wie viele Beschäftigte", "viele"), "„beschaeftigte“ soll eine ganze Zahl sein"),
        (_answer("Adresse Ihrer Website", "javascript:alert(1)"), "„website“ soll"),
        (_answer("Ist die ausfüllende Stelle befugt", "nein"), "lautet die Antwort „nein“"),
        (_heading, "Auf dem Blatt „Maßnahmen“ sind die Überschriften verändert."),
        (_tick, "„vielleicht“ ist kein Kreuz."),
        (lambda book: book.remove(book[layout.FIGURES]), "fehlt das Blatt „Kennzahlen“"),
        (lambda book: book.remove(book[layout.KEYS]), "ist nicht unser Formular"),
    ],
)
def test_mistake_is_named_at_its_cell(
    city: Path,
    tmp_path: Path,
    empty_form: bytes,
    change: Callable[[Workbook], None],
    told: str,
    capsys: Say,
) -> None:
    book = filled(empty_form)
    change(book)
    before = contents(city)
    assert take(city, saved(book, tmp_path / "antwort.xlsx")) == 1
    said = capsys.readouterr().out
    assert "antwort.xlsx: nicht übernommen" in said
    assert told in said
    assert contents(city) == before


def _with(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The workbook with further or other parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)), zipfile.ZIP_DEFLATED)
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _replaced(content: bytes, part: str, old: str, before: str, new: str = "") -> bytes:
    """The workbook with something in a part replaced, or with something `before` it."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        text = package.read(part).decode()
    assert old in text, text[:2000]
    return _with(content, {part: text.replace(old, before + (new or old), 1).encode()})


_ENDLESS = f'<row r="1"><c r="C1"><v>{"9" * 5000}</v></c></row>'
_ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&b;</t></si></sst>'
)
HOSTILE: Mapping[str, tuple[Callable[[bytes], bytes], str]] = {
    "macros": (lambda form: _with(form, {"xl/vbaProject.bin": b"x"}), "enthält Makros"),
    "old macros": (
        lambda form: _with(form, {"xl/macrosheets/sheet1.xml": b"<x/>"}),
        "enthält Makros",
    ),
    "links to other files": (
        lambda form: _with(form, {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        "verweist auf andere Dateien",
    ),
    "embedded files": (
        lambda form: _with(form, {"xl/embeddings/oleObject1.bin": b"x"}),
        "verweist auf andere Dateien",
    ),
    "entities": (
        lambda form: _with(form, {"xl/sharedStrings.xml": _ENTITIES}),
        "Anweisungen, die in kein Formular gehören",
    ),
    "entities in UTF-16": (
        lambda form: _with(form, {"xl/sharedStrings.xml": _ENTITIES.decode().encode("utf-16")}),
        "Anweisungen, die in kein Formular gehören",
    ),
    "a zip bomb": (
        lambda form: _with(form, {"xl/media/bild.png": bytes(50_000_000)}),
        "enthält mehr, als in ein Formular passt",
    ),
    "styles without end": (
        lambda form: _replaced(
            form, "xl/styles.xml", "</cellXfs>", '<xf numFmtId="0"><alignment/></xf>' * 20_000
        ),
        "enthält mehr, als in ein Formular passt",
    ),
    "sheets without end": (
        lambda form: _replaced(
            form,
            "xl/workbook.xml",
            "</sheets>",
            "".join(f'<sheet name="a{n}" sheetId="{n + 50}"/>' for n in range(5000)),
        ),
        "enthält mehr, als in ein Formular passt",
    ),
    "too many parts": (
        lambda form: _with(form, {f"xl/media/{number}": b"" for number in range(300)}),
        "enthält mehr, als in ein Formular passt",
    ),
    "rows without end": (
        lambda form: _replaced(
            form, "xl/worksheets/sheet2.xml", "</sheetData>", "<row/>" * 500_000
        ),
        "enthält mehr, als in ein Formular passt",
    ),
    "parts of other kinds": (
        lambda form: _replaced(
            form, "[Content_Types].xml", "spreadsheetml.sheet.main", "", "slide"
        ),
        "lässt sich nicht lesen",
    ),
    "a sheet on the web": (
        lambda form: _replaced(
            form,
            "xl/_rels/workbook.xml.rels",
            'Target="/xl/worksheets/sheet2.xml"',
            "",
            'TargetMode="External" Target="https://boese.example/sheet2.xml"',
        ),
        "fehlt das Blatt „Unternehmen“",
    ),
    "a number without end": (
        lambda form: _replaced(
            form, "xl/worksheets/sheet2.xml", "<sheetData>", "", f"<sheetData>{_ENDLESS}"
        ),
        "lässt sich nicht lesen",
    ),
    "a broken sheet": (
        lambda form: _with(form, {"xl/worksheets/sheet2.xml": b"<worksheet><sheetData><row"}),
        "lässt sich nicht lesen",
    ),
    "a missing part": (
        lambda form: _with(form, {"xl/workbook.xml": b""}),
        "lässt sich nicht lesen",
    ),
    "cut short": (lambda form: form[: len(form) // 2], "keine Excel-Arbeitsmappe"),
    "old format or password": (
        lambda form: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + form,
        "das alte Excel-Format oder ein Kennwort",
    ),
    "a web page": (lambda form: b"<html><table><tr><td>1", "keine Excel-Arbeitsmappe"),
    "nothing": (lambda form: b"", "keine Excel-Arbeitsmappe"),
    "huge": (lambda form: form + bytes(6_000_000), "größer als 5 MB"),
}


@pytest.mark.parametrize(("make", "told"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_workbook_is_refused_and_nothing_written(
    city: Path,
    tmp_path: Path,
    empty_form: bytes,
    make: Callable[[bytes], bytes],
    told: str,
    capsys: Say,
) -> None:
    file = tmp_path / "antwort.xlsx"
    file.write_bytes(make(empty_form))
    before = contents(city)
    assert take(city, file) == 1
    said = capsys.readouterr().out
    assert "antwort.xlsx: nicht übernommen" in said
    assert told in said
    assert contents(city) == before


def test_a_sheet_that_calls_itself_huge_is_read_as_far_as_it_goes(
    city: Path, tmp_path: Path, empty_form: bytes, capsys: Say
) -> None:
    content = saved(filled(empty_form), tmp_path / "antwort.xlsx").read_bytes()
    for number in range(1, 5):
        part = f"xl/worksheets/sheet{number}.xml"
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            sheet = package.read(part).decode()
        sheet = re.sub('<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', sheet)
        last = '<row r="16000000"><c r="A16000000"><v>1</v></c></row></sheetData>'
        content = _with(content, {part: sheet.replace("</sheetData>", last).encode()})
    file = tmp_path / "antwort.xlsx"
    file.write_bytes(content)
    assert take(city, file) == 0, capsys.readouterr().out
    expect_the_answers(city, capsys)


def test_workbook_of_somebody_else_is_not_our_form(city: Path, tmp_path: Path, capsys: Say) -> None:
    assert take(city, saved(Workbook(), tmp_path / "andere.xlsx")) == 1
    assert "ist nicht unser Formular" in capsys.readouterr().out


def _formula(form: bytes, result: str) -> bytes:
    """The form with a formula as the answer to the number of employees, and its stored result."""
    book = load_workbook(io.BytesIO(form))
    sheet = book[layout.COMPANY]
    (row,) = (row for row in sheet.iter_rows() if str(row[1].value).startswith("Wie viele Besch"))
    row[2].value = 4711
    place, number = row[2].coordinate, book.sheetnames.index(layout.COMPANY) + 1
    out = io.BytesIO()
    book.save(out)
    part = f"xl/worksheets/sheet{number}.xml"
    with zipfile.ZipFile(out) as package:
        text = package.read(part).decode()
    new, count = re.subn(
        rf'(<c r="{place}"[^>]*?)(?: t="n")?><v>4711</v></c>', rf"\1{result}</c>", text
    )
    assert count == 1
    return _with(out.getvalue(), {part: new.encode()})


@pytest.mark.parametrize(
    ("result", "told"),
    [
        ("><f>200+220</f><v>420</v>", ""),
        ('><f>WEBSERVICE("https://fremd.example")</f>', "Formel statt einer Antwort"),
        (' t="e"><f>1/0</f><v>#DIV/0!</v>', "Formel statt einer Antwort"),
        (' t="e"><v>#REF!</v>', "Formel statt einer Antwort"),
    ],
    ids=["result", "no result", "error", "error without a formula"],
)
def test_of_a_formula_the_stored_result_counts(
    city: Path, tmp_path: Path, empty_form: bytes, result: str, told: str, capsys: Say
) -> None:
    """Nothing is ever computed, and nobody is asked."""
    out = io.BytesIO()
    filled(empty_form).save(out)
    answer = tmp_path / "antwort.xlsx"
    answer.write_bytes(_formula(out.getvalue(), result))
    assert take(city, answer) == bool(told)
    said = capsys.readouterr().out
    assert told in said
    if not told:
        (entry,) = (
            text for path in city.glob("members/*.md")
            if "beschaeftigte: 420" in (text := path.read_text("utf-8"))
        )  # fmt: skip
        assert "200+220" not in entry
