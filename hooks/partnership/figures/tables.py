"""A table of figures: columns, rows, and in each cell a number with the entries behind it.

A table of one characteristic has one column, a table of two has a column for each class of the
second and their sum. Both are made by the builders below.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from partnership.figures import dating
from partnership.language.glossary import NOT_STATED
from partnership.model.member import Measure, Member

Unit = Literal["unternehmen", "massnahmen", "beschaeftigte", "prozent"]
Shape = Literal["bars", "line", "shares", "map"]
Topic = Literal["members", "measures", "commitment"]
ClassOf = Callable[["Counted"], str | None]

ON_DAY = "Tag der Berechnung"
AT_YEAR_END = "31. Dezember jedes Jahres, im laufenden Jahr der Tag der Berechnung"
TOTAL = "summe"


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that was counted: a member, or a measure of a member."""

    member: Member
    measure: Measure | None = None


def measure_of(entry: Counted) -> Measure:
    """The measure of an entry that counts one."""
    assert entry.measure is not None  # noqa: S101 - measures are counted with their measure
    return entry.measure


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what its figures count."""

    key: str
    label: str
    unit: Unit = "massnahmen"


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: its value, the entries behind it, and for a sum what each of them adds."""

    column: Column
    value: int
    entries: tuple[Counted, ...]
    amounts: tuple[Decimal, ...] = ()

    @property
    def unconfirmed(self) -> int:
        """How many of the entries come from public sources only."""
        return sum(1 for entry in self.entries if not entry.member.is_confirmed)


def count(column: Column, entries: Iterable[Counted]) -> Cell:
    """The figure that says how many entries there are."""
    found = tuple(entries)
    return Cell(column, len(found), found)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one characteristic on `day`, one a column. Not `stated`: of those entries that
    do not tell it.
    """

    key: str
    label: str
    day: date
    cells: tuple[Cell, ...]
    stated: bool = True

    @property
    def value(self) -> int:
        """The figure of the first column, in a table of one characteristic the only one."""
        return self.cells[0].value

    @property
    def entries(self) -> tuple[Counted, ...]:
        """What stands behind it."""
        return self.cells[0].entries

    @property
    def unconfirmed(self) -> int:
        """How many of them come from public sources only."""
        return self.cells[0].unconfirmed


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures on `day`; `head` names its rows.

    Its definition is the `rule`, the `fields` of the open data it is counted from, and the
    `reference` day in words. `shape` says which chart shows a table of one characteristic best
    (`map`: bars, where a city has no map); None for one of two. A page puts it under the heading of
    its `topic`, after the sentence `lead`.
    """

    key: str
    title: str
    head: str
    rule: str
    fields: tuple[str, ...]
    day: date
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    reference: str = ON_DAY
    shape: Shape | None = None
    topic: Topic = "measures"
    lead: str = ""

    @property
    def definition(self) -> str:
        """The rule, and how the dates it rests on count."""
        joined = self.topic == "members" and self.reference == AT_YEAR_END
        return dating.rule(self.rule, self.fields, joined=joined)

    @property
    def unit(self) -> Unit:
        """What the figures of the first column count."""
        return self.columns[0].unit

    @property
    def total(self) -> int:
        """The sum of a table that splits a whole; of a line, its last value."""
        if self.shape == "line":
            return self.rows[-1].value if self.rows else 0
        return sum(row.value for row in self.rows)

    @property
    def stated(self) -> int:
        """How many entries state the characteristic."""
        return self.total - sum(row.value for row in self.rows if not row.stated)


@dataclass(frozen=True, slots=True)
class Characteristic:
    """What entries are told apart by: how it is called, the `field` of the open data that states
    it, its classes by key and name, and the class of an entry, None where it is not stated.
    """

    head: str
    field: str
    classes: tuple[tuple[str, str], ...]
    class_of: ClassOf


# (key, label, entries, whether they state the characteristic)
Classified = tuple[str, str, tuple[Counted, ...], bool]


def divided(entries: Iterable[Counted], by: Characteristic) -> tuple[Classified, ...]:
    """The entries of each class in the given order, and last those without the characteristic."""
    found: dict[str | None, list[Counted]] = {}
    for entry in entries:
        found.setdefault(by.class_of(entry), []).append(entry)
    classes = [(key, label, tuple(found.get(key, ())), True) for key, label in by.classes]
    if None in found:
        classes.append(("ohne-angabe", NOT_STATED, tuple(found[None]), False))
    return tuple(classes)


def split(
    entries: Iterable[Counted], by: Characteristic, column: Column, day: date
) -> tuple[Row, ...]:
    """A row for each class, with the number of its entries."""
    return tuple(
        Row(key, label, day, (count(column, found),), stated)
        for key, label, found, stated in divided(entries, by)
    )


def crossed(
    entries: Iterable[Counted],
    by: Characteristic,
    columns: Sequence[Column],
    column_of: ClassOf,
    day: date,
) -> tuple[Row, ...]:
    """A row for each class that has entries, divided by column, and a row of the sums. The last of
    `columns` is to be the sum of its row.
    """
    lines = [line for line in divided(entries, by) if line[2]]
    everything = tuple(entry for _, _, found, _ in lines for entry in found)
    return tuple(
        Row(key, label, day, _cells(found, columns, column_of), stated)
        for key, label, found, stated in (*lines, (TOTAL, "Summe", everything, True))
    )


def _cells(
    entries: tuple[Counted, ...], columns: Sequence[Column], column_of: ClassOf
) -> tuple[Cell, ...]:
    return tuple(
        count(
            column,
            (entry for entry in entries if column.key in (TOTAL, column_of(entry))),
        )
        for column in columns
    )
