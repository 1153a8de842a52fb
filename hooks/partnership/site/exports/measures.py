"""Measures and their extents as tables."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from partnership.model.member import DATE_KEYS, STATUSES, DateKey, Measure, Member
from partnership.model.partnership import Partnership
from partnership.site.exports.columns import (
    CONFIRMATION,
    FIELD,
    MEASURE,
    OF_MEMBER,
    TYPE,
    UNIT,
    YEAR,
    partial,
    when,
)
from partnership.site.exports.table import PARTIAL, Cell, Column, Table, plain, table_of

Extent: TypeAlias = tuple[int | None, Decimal] | None

_STATUS = Column(
    "status",
    "string",
    "Status am Tag der Ausgabe; leer, solange der erste Schritt noch bevorsteht",
    "Status on the day of export; empty as long as the first step lies ahead",
    values=STATUSES,
)
_MOVED = Column(
    "verschoben_auf",
    "string",
    "Worauf das Ziel verschoben wurde; jedes spätere Ziel, durch Semikolon getrennt",
    "Later goals to which it was moved, separated by semicolons",
    pattern=f"{PARTIAL}(; {PARTIAL})*",
)
_DATES: dict[DateKey, str] = {
    "geplant": "Planned since",
    "ziel": "To be done by: the first goal, which stays",
    "laufend": "Running since",
    "umgesetzt": "Done since",
    "eingestellt": "Ended since",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A public measure of a member, under a key that stays when others are added or moved."""

    key: str
    member: Member
    measure: Measure


def entries(members: Iterable[Member]) -> Iterator[Entry]:
    """The public measures of these members.

    Only public ones are numbered: a gap would tell of one that is for totals only.
    """
    for member in members:
        count: dict[str, int] = {}
        for measure in member.public_measures:
            count[measure.type] = number = count.get(measure.type, 0) + 1
            ending = f"-{number}" if number > 1 else ""
            yield Entry(f"{member.slug}/{measure.type}{ending}", member, measure)


def newest(measure: Measure) -> Extent:
    """The newest declared extent."""
    return measure.latest_extent


def measures(
    partnership: Partnership,
    found: Iterable[Entry],
    day: date,
    extent: Callable[[Measure], Extent] = newest,
) -> Table:
    """A row for each of `found` with its status on `day` and the one `extent` to be told."""

    def value(entry: Entry) -> Cell:
        told = extent(entry.measure)
        return plain(told[1]) if told else None

    def year(entry: Entry) -> Cell:
        told = extent(entry.measure)
        return told[0] if told else None

    types = partnership.types
    return table_of(
        found,
        "massnahmen",
        "Maßnahmen",
        "Measures",
        ("massnahme",),
        (MEASURE, lambda e: e.key),
        (OF_MEMBER, lambda e: e.member.slug),
        (TYPE, lambda e: e.measure.type),
        (
            Column("typ_name", "string", "Name des Maßnahmentyps", "Name of the measure type"),
            lambda e: types[e.measure.type].name,
        ),
        (FIELD, lambda e: types[e.measure.type].field),
        (
            Column("titel", "string", "Bezeichnung im Unternehmen", "Title in the company"),
            lambda e: e.measure.title,
        ),
        (_STATUS, lambda e: e.measure.status(day)),
        *(column for key in DATE_KEYS for column in _dated(key)),
        (Column("umfang", "number", "Neuester Umfang", "Newest extent"), value),
        (Column("umfang_jahr", "integer", "Jahr des Umfangs", "Year of the extent"), year),
        (UNIT, lambda e: types[e.measure.type].unit.name),
        (CONFIRMATION, lambda e: e.member.confirmation),
    )


def _dated(key: DateKey) -> Iterator[tuple[Column, Callable[[Entry], Cell]]]:
    """The column of a date, called as in a member's file; behind the goal, where it was moved."""
    titles = {field.alias: str(field.title) for field in Measure.model_fields.values()}
    yield partial(key, titles[key], _DATES[key]), lambda e: when(e.measure.dates[key])
    if key == "ziel":
        yield _MOVED, lambda e: "; ".join(map(str, e.measure.moved_to)) or None


def extents(partnership: Partnership, found: Iterable[Entry]) -> Table:
    """The extents that are told by year."""
    return table_of(
        (
            (entry, year, value)
            for entry in found
            for year, value in entry.measure.extents.items()
            if year is not None
        ),
        "umfaenge",
        "Umfang der Maßnahmen nach Jahren",
        "Extents of the measures by year",
        ("massnahme", "jahr"),
        (replace(MEASURE, refers="massnahmen"), lambda row: row[0].key),
        (YEAR, lambda row: row[1]),
        (
            Column("umfang", "number", "Umfang in diesem Jahr", "Extent in that year", True),
            lambda row: plain(row[2]),
        ),
        (UNIT, lambda row: partnership.types[row[0].measure.type].unit.name),
    )
