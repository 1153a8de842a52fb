"""What all our workbooks have in common: equal bytes for equal content, text that stays text."""

import io
import re
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | float | None

HEAD_FILL = PatternFill("solid", start_color="E3ECF2")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f]")


def as_bytes(book: Workbook) -> bytes:
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


def put(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    """Write a value; a text is never taken for a formula, whatever it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub(" ", value)
        cell.data_type = "s"
    else:
        cell.value = value


def add_table(
    sheet: Worksheet, head: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[int]
) -> None:
    """Fill an empty sheet with a table that can be filtered and printed."""
    top = Alignment(wrap_text=True, vertical="top")  # one for all cells: openpyxl compares them
    for number, line in enumerate([head, *rows], 1):
        for column, value in enumerate(line, 1):
            put(sheet, number, column, value)
            sheet.cell(number, column).alignment = top
    for column, width in enumerate(widths, 1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.cell(1, column).fill = HEAD_FILL
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
