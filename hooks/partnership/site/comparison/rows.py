"""Rows of the open data at two times: which are the same, what differs, and how that is said."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from partnership.language import german
from partnership.language.glossary import STATUS_LABEL
from partnership.model.dates import parse_partial
from partnership.model.partnership import Partnership
from partnership.site.exports.table import PARTIAL, Cell, Column, Table

Row = Mapping[str, Cell]
Rows = dict[tuple[Cell, ...], Row]

# By which fields a row is the same row, and by which it is named. Measures have no key of their
# own: their number shifts when another one is written above them.
_IDENTITY: Mapping[str, tuple[str, ...]] = {"massnahmen": ("mitglied", "typ", "titel")}
_NAMES: Mapping[str, tuple[str, ...]] = {
    "mitglieder": ("name",),
    "massnahmen": ("typ_name", "titel"),
    "umfaenge": ("typ_name", "titel", "jahr"),
    "statistik": ("tabelle_name", "merkmal_name", "spalte_name"),
    "kennzahlen": ("kennzahl_name", "jahr"),
    "auskuenfte": ("stand",),
    "mitgliederzahlen": ("stand",),
    "veranstaltungen": ("titel", "beginn"),
}
# What is written as a date and is no plain year.
_DATED = re.compile(rf"(?![0-9]{{4}}$){PARTIAL}")
# Fields that follow from others or differ with the day alone.
_DERIVED = frozenset({"massnahme", "mitglied", "stichtag", "seite", "umfang_jahr"})


@dataclass(frozen=True, slots=True)
class Edit:
    """An entry that is in both states, and in German what differs."""

    name: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableChange:
    """What became of the rows of one table."""

    title: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    edited: tuple[Edit, ...] = ()

    @property
    def count(self) -> int:
        """How many rows are not as they were."""
        return len(self.added) + len(self.removed) + len(self.edited)


def rows(table: Table, moved: Mapping[str, str]) -> Rows:
    """The rows by their identity; members that are called otherwise now (`moved`: address before →
    now) by their address of now.
    """
    identity = _IDENTITY.get(table.name, table.key)
    names = [column.name for column in table.columns]
    seen: Counter[tuple[Cell, ...]] = Counter()
    found: Rows = {}
    for row in table.rows:
        said: dict[str, Cell] = dict(zip(names, row, strict=True))
        if "mitglied" in said:
            said["mitglied"] = moved.get(str(said["mitglied"]), said["mitglied"])
        key = tuple(said[each] for each in identity)
        seen[key] += 1
        found[*key, seen[key]] = said
    return found


def with_measures(extents: Table, measures: Table) -> Table:
    """The extents by year with what tells their measure, in place of its number, which shifts."""
    told = ("mitglied", "typ", "typ_name", "titel")
    columns = [column.name for column in measures.columns]
    known = {row[columns.index("massnahme")]: dict(zip(columns, row, strict=True))
             for row in measures.rows}  # fmt: skip
    own = [column.name for column in extents.columns]
    place = own.index("massnahme")
    return Table(
        extents.name,
        extents.title,
        extents.title_en,
        (*(measures.columns[columns.index(name)] for name in told), *extents.columns),
        ("mitglied", "typ", "titel", "jahr"),
        tuple((*(known[row[place]][name] for name in told), *row) for row in extents.rows),
    )


def difference(table: Table, before: Rows, after: Rows, partnership: Partnership) -> TableChange:
    """What became of `before`; `table` tells fields and names, `partnership` what keys mean."""
    edits = (Edit(name(table, row), tuple(fields(table, before[key], row, partnership)))
             for key, row in after.items() if key in before)  # fmt: skip
    return TableChange(
        table.title,
        added=tuple(name(table, row) for key, row in after.items() if key not in before),
        removed=tuple(name(table, row) for key, row in before.items() if key not in after),
        edited=tuple(edit for edit in edits if edit.parts),
    )


def name(table: Table, row: Row) -> str:
    """What a row is about, in German."""
    wanted = _NAMES.get(table.name) or tuple(
        f"{each}_name" if f"{each}_name" in row else each for each in table.key
    )
    return " · ".join(_said(str(row[each])) for each in wanted if row.get(each) is not None)


def fields(table: Table, before: Row, after: Row, partnership: Partnership) -> Iterator[str]:
    """What differs between two states of a row: German name of a field, value before and after."""
    names = {column.name for column in table.columns}
    for column in table.columns:
        old, new = before.get(column.name), after.get(column.name)
        is_told_by_name = f"{column.name}_name" in names
        if old != new and column.name not in _DERIVED and not is_told_by_name:
            then, now = (_value(column, each, partnership) for each in (old, new))
            yield f"{column.german} „{then}“ → „{now}“"


def _value(column: Column, value: Cell, partnership: Partnership) -> str:
    """A value as people read it: the name behind a key, a German day or number."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if not isinstance(value, str):
        return str(value) if "jahr" in column.name else german.number(value)
    if column.name == "stadtbezirk" and value in partnership.districts:
        return partnership.districts[value].name
    if column.name == "handlungsfeld" and value in partnership.fields:
        return partnership.fields[value].name
    if column.name == "status":
        return {str(status): label for status, label in STATUS_LABEL.items()}.get(value, value)
    return _said(value)


def _said(text: str) -> str:
    if not _DATED.fullmatch(text):
        return text
    return german.partial_date(parse_partial(text))
