"""The state at the end of each past year, computed from the dates that the entries carry today.

A correction therefore reaches the past years, too. What has no date of its own, such as a number of
employees, is left out: its earlier value is not known. Figures of past years are in the statistics.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from partnership import addresses, statistics
from partnership.exports import data
from partnership.exports.data import Download
from partnership.exports.file import Export
from partnership.exports.table import Cell, Table, as_csv, as_json, plain
from partnership.model.member import Measure, Member
from partnership.model.partnership import Partnership
from partnership.views.common import sorted_members

State: TypeAlias = tuple[int, tuple[Table, ...]]

_MEMBERS = ("mitglied", "name", "branche", "stadtbezirk", "beitritt", "bestaetigung")
_MEASURES = (
    *("massnahme", "mitglied", "typ", "handlungsfeld", "titel", "status"),
    *("umfang", "umfang_jahr", "einheit", "bestaetigung"),
)


def states(tables: Sequence[Table], partnership: Partnership, day: date) -> Iterator[State]:
    """Each past year in which there were members, with its tables; `tables` are those of `day`."""
    today = {table.name: table for table in tables}
    for end in statistics.year_ends(partnership, day):
        members = _members(partnership, end)
        if end.year < day.year and members:
            measures = tuple(_measures(partnership, end))
            yield (
                end.year,
                (
                    _past(today["mitglieder"], _MEMBERS, members, end),
                    _past(today["massnahmen"], _MEASURES, measures, end),
                ),
            )


def exports(found: Sequence[State], partnership: Partnership) -> Iterator[Export]:
    """The files of every past year, each year in a folder of its own."""
    for year, tables in found:
        for table in tables:
            as_rows, as_objects = downloads(year, table)
            yield Export(as_rows.path, as_csv(table))
            content = as_json(table, partnership.city.licence, date(year, 12, 31))
            yield Export(as_objects.path, content)


def downloads(year: int, table: Table) -> tuple[Download, ...]:
    """The files of one table of a past year."""
    return data.downloads(table, f"{addresses.DATA}{year}/")


def _past(
    table: Table, fields: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], end: date
) -> Table:
    """`table` as it was: the fields whose value on that day is known."""
    known = {column.name: column for column in table.columns}
    # A city without districts has no such column today either.
    kept = [place for place, name in enumerate(fields) if name in known]
    columns = [known[fields[place]] for place in kept]
    # A member that has left is in no later year, so a reference leads into the same year only.
    own = {"mitglieder": f"mitglieder-{end.year}"}
    return replace(
        table,
        title=f"{table.title} am 31. Dezember {end.year}",
        title_en=f"{table.title_en} on 31 December {end.year}",
        columns=tuple(
            replace(column, refers=own.get(column.refers, column.refers)) for column in columns
        ),
        rows=tuple(tuple(row[place] for place in kept) for row in rows),
    )


def _members(partnership: Partnership, end: date) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            member.slug,
            member.name,
            member.sector,
            member.district,
            str(member.joined) if member.joined else None,
            member.confirmation,
        )
        for member in _belonging(partnership, end)
    )


def _belonging(partnership: Partnership, end: date) -> list[Member]:
    """Who is known to have belonged on that day, as the statistics over the years count."""
    return sorted_members(
        member
        for member in partnership.members_on(end)
        if member.joined is not None and member.joined.first <= end
    )


def _measures(partnership: Partnership, end: date) -> Iterator[tuple[Cell, ...]]:
    for member in _belonging(partnership, end):
        for key, measure in data.keyed_measures(member):
            status = measure.status(end)
            if status is not None:
                kind = partnership.types[measure.type]
                year, value = _extent(measure, end.year)
                yield (
                    *(key, member.slug, measure.type, kind.field, measure.title, status),
                    *(value, year, kind.unit.name, member.confirmation),
                )


def _extent(measure: Measure, until: int) -> tuple[int | None, Cell]:
    """The newest extent that is dated and not later than the year."""
    known = {year: value for year, value in measure.extents.items() if year and year <= until}
    newest = max(known, default=None)
    return newest, plain(known[newest]) if newest is not None else None
