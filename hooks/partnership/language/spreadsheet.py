"""What all our workbooks have in common: equal bytes for equal content, text that stays text."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import openpyxl
import xlsxwriter
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet as FormSheet
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | None

_HEAD = "E3ECF2"
HEAD_FILL = PatternFill("solid", start_color=_HEAD)
_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 - workbooks know no time zone
_A4 = 9
# The longest text of a cell.
_MOST = 32_767
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f]")


def as_bytes(book: openpyxl.Workbook) -> bytes:
    """The workbook as a file, without the moment it was made at."""
    made = io.BytesIO()
    book.save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _SAVED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def put(sheet: FormSheet, row: int, column: int, value: Cell) -> None:
    """Write a value; a text is never taken for a formula, whatever it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub(" ", value)
        cell.data_type = "s"
    else:
        cell.value = value


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on a sheet of its own; `widths` are those of its columns, in letters."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]


def tables(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of tables that can be filtered and printed."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": _MOMENT})
    cell = {"text_wrap": True, "valign": "top"}
    plain, head = (
        book.add_format(cell),
        book.add_format({**cell, "bold": True, "bg_color": f"#{_HEAD}"}),
    )
    for each in sheets:
        sheet = book.add_worksheet(each.name)
        _write(sheet, 0, each.head, head)
        for number, line in enumerate(each.rows, 1):
            _write(sheet, number, line, plain)
        for column, width in enumerate(each.widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(each.rows), len(each.head) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _write(sheet: Worksheet, row: int, values: Sequence[Cell], form: Format) -> None:
    """A line; a text is never taken for a formula, a number or an address."""
    for column, value in enumerate(values):
        if isinstance(value, str):
            sheet.write_string(row, column, _ILLEGAL.sub(" ", value)[:_MOST], form)
        elif value is not None:
            sheet.write_number(row, column, value, form)
