"""The questionnaire as an Excel form, for companies that prefer it to the web form.

Everything a reader needs to understand a filled form lies in the form itself, on a hidden sheet:
a form of last year is still read when the questionnaire has changed since.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from partnership.language import german
from partnership.language.glossary import PUBLICATION_EXPLAINED
from partnership.language.spreadsheet import HEAD_FILL, as_bytes, put
from partnership.model.fillin import known
from partnership.model.member import DATE_KEYS
from partnership.model.partnership import Partnership
from partnership.office.questionnaire import layout
from partnership.office.questionnaire.layout import Line

_ANSWER_FILL = PatternFill("solid", start_color="FFFBEA")
_LINE = Side(style="thin", color="8A979C")
_EDGE = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAP = Alignment(wrap_text=True, vertical="top")
_WIDTHS = (7, 58, 42, 62)
_MEASURE_WIDTHS = (40, 34, 13, 13, 13, 13, 13, 12, 9, 18, 60)
_MOST_CHARACTERS = 5000

# Kinds of answers that a program for workbooks can test in part, by a formula about the cell, and
# what is said of one that does not fit. A day may stand there as a real date, too.
_SHAPES: Mapping[str, tuple[str, str]] = {
    "datum": (
        'OR(ISNUMBER({0}),ISNUMBER(SEARCH("19??",{0})),ISNUMBER(SEARCH("20??",{0})))',
        "Bitte ein Datum mit vierstelligem Jahr, zum Beispiel 14.05.2024.",
    ),
    "monat": (
        'OR(ISNUMBER({0}),ISNUMBER(SEARCH("19??",{0})),ISNUMBER(SEARCH("20??",{0})))',
        "Bitte Jahr, Monat oder Tag mit vierstelligem Jahr: 2024, 05.2024 oder 14.05.2024.",
    ),
    "url": (
        'AND(ISNUMBER(SEARCH("?.??",{0})),ISERROR(FIND(" ",TRIM({0}))))',
        "Bitte eine Internetadresse, zum Beispiel www.beispiel.de.",
    ),
    "mail": (
        'AND(ISNUMBER(SEARCH("?@?*.??",{0})),ISERROR(FIND(" ",TRIM({0}))))',
        "Bitte eine E-Mail-Adresse, zum Beispiel mobil@beispiel.de.",
    ),
    "plz": (
        "AND(LEN(TRIM({0}))=5,ISNUMBER(VALUE({0})))",
        "Bitte fünf Ziffern, zum Beispiel 40233.",
    ),
}
# Kinds of answers that are numbers: lowest and highest, whole or not.
_NUMBERS: Mapping[str, tuple[Literal["whole", "decimal"], int, int]] = {
    "zahl": ("whole", 0, 999_999_999),
    "kennzahl_anzahl": ("whole", 0, 999_999_999),
    "kennzahl_menge": ("decimal", 0, 999_999_999),
    "kennzahl_anteil": ("decimal", 0, 100),
}


def form(partnership: Partnership) -> bytes:
    """The empty form as a workbook (.xlsx)."""
    book = Workbook()
    intro = book.active
    assert intro is not None  # noqa: S101 - a new workbook has a sheet
    intro.title = layout.INTRO
    ranges = _keys(book, partnership)
    sheets = {name: _question_sheet(book, name) for name in (layout.COMPANY, layout.FIGURES)}
    for title, text, lines in layout.lines(partnership):
        for name, sheet in sheets.items():
            wanted = [line for line in lines if line.sheet == name]
            if wanted:
                _section(sheet, title, text, wanted, ranges)
    _measures(book.create_sheet(layout.MEASURES), ranges)
    _introduction(intro, partnership)
    order = (layout.INTRO, layout.COMPANY, layout.FIGURES, layout.MEASURES, layout.KEYS)
    for place, name in enumerate(order):
        book.move_sheet(name, place - book.sheetnames.index(name))
    for sheet in book.worksheets:
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.active = 0
    return as_bytes(book)


def _keys(book: Workbook, partnership: Partnership) -> dict[str, str]:
    """Fill the hidden sheet; returns the range of each list of answers."""
    sheet = book.create_sheet(layout.KEYS)
    sheet.sheet_state = "hidden"
    rows: list[tuple[str, ...]] = [(layout.VERSION_ROW, layout.FORM_VERSION)]
    for _, _, lines in layout.lines(partnership):
        rows += [
            (
                layout.LINE_ROW,
                line.sheet,
                line.number,
                line.target,
                line.question,
                line.kind,
                line.option,
            )
            for line in lines
        ]
    ranges = {}
    for name, entries in layout.lists(partnership).items():
        start = len(rows) + 1
        rows += [(layout.LIST_ROW, name, label, key) for label, key in entries]
        ranges[name] = f"{layout.KEYS}!$C${start}:$C${len(rows)}"
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            put(sheet, number, column, value)
    return ranges


def _question_sheet(book: Workbook, name: str) -> Worksheet:
    sheet: Worksheet = book.create_sheet(name)
    _heads(sheet, 1, layout.QUESTION_HEADS, _WIDTHS)
    sheet.freeze_panes = "A2"
    _protect(sheet)
    return sheet


def _heads(sheet: Worksheet, row: int, heads: Sequence[str], widths: Sequence[int]) -> None:
    for column, (head, width) in enumerate(zip(heads, widths, strict=True), 1):
        put(sheet, row, column, head)
        cell = sheet.cell(row, column)
        cell.font, cell.fill, cell.alignment = Font(bold=True), HEAD_FILL, _WRAP
        sheet.column_dimensions[get_column_letter(column)].width = width


def _protect(sheet: Worksheet) -> None:
    """Without a password: it only keeps a slip of the hand from the questions."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def _section(
    sheet: Worksheet, title: str, text: str, lines: Sequence[Line], ranges: Mapping[str, str]
) -> None:
    row = sheet.max_row + 2
    put(sheet, row, 2, title)
    sheet.cell(row, 2).font = Font(bold=True, size=14)
    if text:
        row += 1
        put(sheet, row, 2, text)
        sheet.cell(row, 2).alignment = _WRAP
    for place, line in enumerate(lines, row + 1):
        _line(sheet, place, line, ranges)


def _line(sheet: Worksheet, row: int, line: Line, ranges: Mapping[str, str]) -> None:
    put(sheet, row, layout.NUMBER_COLUMN, line.number)
    put(sheet, row, 2, f"{line.text} (nötig)" if line.required else line.text)
    put(sheet, row, 4, line.help)
    for column in (1, 2, 4):
        sheet.cell(row, column).alignment = _WRAP
    if line.kind == "massnahmen":
        put(sheet, row, 3, f"bitte auf dem Blatt „{layout.MEASURES}“ eintragen")
    elif line.kind != "mehrfach" or line.option:
        _answer(sheet, row, layout.ANSWER_COLUMN, is_number=line.kind in _NUMBERS)
        cell = sheet.cell(row, layout.ANSWER_COLUMN)
        shape = "plz" if line.target == "anschrift.plz" else line.kind
        check = _shape(shape, cell.coordinate) if shape in _SHAPES else _check(line, ranges)
        if check:
            sheet.add_data_validation(check)
            check.add(cell)


def _answer(sheet: Worksheet, row: int, column: int, *, is_number: bool) -> None:
    cell = sheet.cell(row, column)
    cell.fill, cell.border, cell.alignment = _ANSWER_FILL, _EDGE, _WRAP
    cell.protection = Protection(locked=False)
    if not is_number:
        # As text: a postcode keeps its leading zero, a date stays as it was typed.
        cell.number_format = "@"


def _check(line: Line, ranges: Mapping[str, str]) -> DataValidation | None:
    if line.choices:
        return _choice(ranges[line.choices])
    if line.kind == "mehrfach":
        return _told(
            DataValidation(type="list", formula1='"x"', allow_blank=True),
            "Bitte mit x ankreuzen oder leer lassen.",
        )
    if line.kind in _NUMBERS:
        kind, least, most = _NUMBERS[line.kind]
        wanted = "eine ganze Zahl" if kind == "whole" else "eine Zahl"
        about = f" von {least} bis {most}" if most <= 100 else ""
        return _told(
            DataValidation(
                type=kind, operator="between", formula1=least, formula2=most, allow_blank=True
            ),
            f"Bitte {wanted}{about} eintragen, ohne Einheit.",
        )
    if line.kind in {"text", "langtext"}:
        return _told(
            DataValidation(
                type="textLength",
                operator="lessThanOrEqual",
                formula1=_MOST_CHARACTERS,
                allow_blank=True,
            ),
            f"Bitte höchstens {german.number(_MOST_CHARACTERS)} Zeichen.",
        )
    return None


def _shape(kind: str, first: str) -> DataValidation:
    """A test of cells of which `first` is the upper one; the formula moves along with each."""
    formula, message = _SHAPES[kind]
    check = DataValidation(type="custom", formula1=formula.format(first), allow_blank=True)
    check.errorStyle = "warning"  # a formula cannot know every right answer; the import looks again
    return _told(check, message)


def _choice(cells: str) -> DataValidation:
    return _told(
        DataValidation(type="list", formula1=f"={cells}", allow_blank=True),
        "Bitte eine Antwort aus der Liste wählen.",
    )


def _told(check: DataValidation, message: str) -> DataValidation:
    check.showErrorMessage = check.showInputMessage = True
    check.errorTitle, check.error = "Bitte prüfen", message
    check.promptTitle, check.prompt = "Ihre Antwort", message
    return check


def _measures(sheet: Worksheet, ranges: Mapping[str, str]) -> None:
    put(sheet, 1, 1, "Ihre Maßnahmen: was Sie heute tun und was Sie sich vornehmen")
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    put(
        sheet,
        2,
        1,
        "Eine Zeile je Maßnahme. Zeitpunkte: Jahr, Monat oder Tag (2025, 2025-03, 14.03.2025)."
        " Geplantes braucht ein Ziel, Verschobenes das neue. Was zum Umfang zählt, sagt das Blatt"
        f" „{layout.INTRO}“. Veröffentlichung {PUBLICATION_EXPLAINED['nur_summe']}.",
    )
    _heads(sheet, layout.HEAD_ROW, [head for head, _ in layout.COLUMNS], _MEASURE_WIDTHS)
    first, last = layout.HEAD_ROW + 1, layout.HEAD_ROW + layout.MEASURE_ROWS
    checks = {
        "typ": _choice(ranges[layout.TYPES_LIST]),
        "veroeffentlichung": _choice(ranges[layout.PUBLICATION_LIST]),
    }
    for column, (_, key) in enumerate(layout.COLUMNS, 1):
        if key in DATE_KEYS:
            checks[key] = _shape("monat", f"{get_column_letter(column)}{first}")
        for row in range(first, last + 1):
            _answer(sheet, row, column, is_number=key in {"umfang", "jahr"})
        if key in checks:
            letter = get_column_letter(column)
            sheet.add_data_validation(checks[key])
            checks[key].add(f"{letter}{first}:{letter}{last}")
    sheet.freeze_panes = f"B{first}"
    _protect(sheet)


def _introduction(sheet: Worksheet, partnership: Partnership) -> None:
    questionnaire, office = partnership.questionnaire, partnership.city.office
    lines = [
        (questionnaire.title, 16),
        (f"{partnership.city.name}, Fassung vom {german.day(questionnaire.as_of)}", 11),
        (questionnaire.intro, 11),
        ("So füllen Sie das Formular aus", 14),
        (
            f"Die Blätter „{layout.COMPANY}“ und „{layout.FIGURES}“ haben eine Frage je Zeile, das"
            f" Blatt „{layout.MEASURES}“ eine Zeile je Maßnahme. Antworten gehören in die gelben"
            " Felder. Was Sie nicht wissen, lassen Sie frei. Bitte keine Namen von Personen.",
            11,
        ),
        (
            "Speichern Sie die Datei als Excel-Arbeitsmappe (.xlsx) und senden Sie sie der"
            f" Geschäftsstelle: {known(office.mail) or office.name}",
            11,
        ),
        ("Was zum Umfang einer Maßnahme gezählt wird", 14),
    ]
    for row, (text, size) in enumerate(lines, 1):
        put(sheet, row, 1, text)
        sheet.cell(row, 1).font = Font(bold=size > 11, size=size)
        sheet.cell(row, 1).alignment = _WRAP
    heads = ("Maßnahme", "Handlungsfeld", "Umfang in", "Frage")
    row = len(lines) + 1
    _heads(sheet, row, heads, (62, 34, 34, 80))
    for place, kind in enumerate(partnership.active_types.values(), row + 1):
        values = (kind.name, partnership.fields[kind.field].name, kind.unit.name, kind.question)
        for column, value in enumerate(values, 1):
            put(sheet, place, column, value)
            sheet.cell(place, column).alignment = _WRAP
