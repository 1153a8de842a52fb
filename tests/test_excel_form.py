"""The Excel form: filled as a company would, by two office programs, and as an attacker would."""

import io
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from partnership.cli import main
from partnership.load import load
from partnership.questionnaire import layout
from partnership.questionnaire.form import form
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
        (lambda book: _year(book, 2029), "Mit der Antwort aus antwort.xlsx ergäbe sich: „laufend“"),
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
    "too many parts": (
        lambda form: _with(form, {f"xl/media/{number}": b"" for number in range(300)}),
        "enthält mehr, als in ein Formular passt",
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


def test_workbook_of_somebody_else_is_not_our_form(city: Path, tmp_path: Path, capsys: Say) -> None:
    assert take(city, saved(Workbook(), tmp_path / "andere.xlsx")) == 1
    assert "ist nicht unser Formular" in capsys.readouterr().out
