"""A table of the open data: its documented fields and rows, and the files it becomes."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from partnership.language import spreadsheet
from partnership.language.spreadsheet import Sheet
from partnership.model.city import Licence

Cell = spreadsheet.Cell
Thing = TypeVar("Thing")

# A year, a month or a day, as PartialDate is written.
PARTIAL = r"(spätestens )?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"

# What a spreadsheet takes for the beginning of a formula, also full-width. A German Excel expects
# semicolons and begins a new cell at each one.
_FORMULA = re.compile(r"(^|;)([\s\"']*)(?=[=+\-@＝＋－＠])")
_BREAK = re.compile(r"[\t\r\n]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a table; `kind` is a type of the Frictionless Table Schema.

    `values` are the only ones it can have, `pattern` is how it is written, `refers` is the table
    whose key it holds.
    """

    name: str
    kind: str
    german: str
    english: str
    required: bool = False
    values: tuple[str, ...] = ()
    pattern: str = ""
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the open data."""

    name: str
    title: str
    title_en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table_of(
    things: Iterable[Thing],
    name: str,
    title: str,
    title_en: str,
    key: tuple[str, ...],
    *columns: tuple[Column, Callable[[Thing], Cell]],
) -> Table:
    """A table with a row for each thing: every column together with how its cell is made."""
    return Table(
        name,
        title,
        title_en,
        tuple(column for column, _ in columns),
        key,
        tuple(tuple(cell(thing) for _, cell in columns) for thing in things),
    )


def without(table: Table, field: str) -> Table:
    """`table` without the column of that name, and without that name among the values of others."""
    kept = [place for place, column in enumerate(table.columns) if column.name != field]
    columns = (table.columns[place] for place in kept)
    return replace(
        table,
        columns=tuple(
            replace(column, values=tuple(value for value in column.values if value != field))
            for column in columns
        ),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
    )


def plain(value: Decimal | None) -> int | float | None:
    """A number as a file writes it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def as_csv(table: Table) -> bytes:
    """RFC 4180: comma, CRLF, quotes where needed, UTF-8 without byte order mark.

    Before a text that a spreadsheet would take for a formula stands an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    for row in table.rows:
        writer.writerow(_inert(cell) for cell in row)
    return out.getvalue().encode("utf-8")


def _inert(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    return _FORMULA.sub(r"\g<1>'\g<2>", _BREAK.sub(" ", cell))


def as_json(table: Table, licence: Licence, day: date) -> bytes:
    """An object with the licence, the day and the rows as objects; missing values are null."""
    names = [column.name for column in table.columns]
    value = {
        "titel": table.title,
        "stand": day.isoformat(),
        "lizenz": {"name": licence.name, "url": licence.url},
        "daten": [dict(zip(names, row, strict=True)) for row in table.rows],
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")


def as_workbook(tables: Sequence[Table]) -> bytes:
    """One workbook, a sheet a table and one that explains the fields."""
    fields = [
        (table.name, column.name, column.german, column.english)
        for table in tables
        for column in table.columns
    ]
    head = ("Tabelle", "Feld", "Bedeutung", "Meaning")
    sheets = [Sheet("Felder", head, fields, (22, 22, 60, 60))]
    for table in tables:
        names = [column.name for column in table.columns]
        sheets.append(Sheet(table.name, names, table.rows, [22] * len(names)))
    return spreadsheet.tables(sheets)
