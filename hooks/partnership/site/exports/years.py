"""The state at the end of each past year, computed from the dates that the entries carry today.

A correction therefore reaches the past years, too. What has no date of its own, such as a number of
employees, is left out: its earlier value is not known. Figures of past years are in the statistics.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from partnership.figures.counting import known_ends, members_dated
from partnership.model import addresses
from partnership.model.member import Measure
from partnership.model.partnership import Partnership
from partnership.site.exports import data
from partnership.site.exports.data import Download
from partnership.site.exports.file import Export
from partnership.site.exports.measures import Extent, entries, measures
from partnership.site.exports.members import members
from partnership.site.exports.table import Table, as_csv, as_json
from partnership.site.views.common import sorted_members

State: TypeAlias = tuple[int, tuple[Table, ...]]

_MEMBERS = ("mitglied", "name", "branche", "stadtbezirk", "beitritt", "bestaetigung")
_MEASURES = (
    *("massnahme", "mitglied", "typ", "handlungsfeld", "titel", "status"),
    *("umfang", "umfang_jahr", "einheit", "bestaetigung"),
)


def states(tables: Sequence[Table], partnership: Partnership, day: date) -> Iterator[State]:
    """Each past year of which is known who belonged, with its tables; `tables` are today's."""
    today = {table.name: frozenset(column.name for column in table.columns) for table in tables}
    for end in known_ends(partnership, day):
        there = sorted_members(members_dated(partnership, end))
        if end.year < day.year and there:
            found = [each for each in entries(there) if each.measure.status(end) is not None]
            done = measures(partnership, found, end, _until(end.year))
            of_year = [_past(members(partnership, there), _MEMBERS, today["mitglieder"], end)]
            if done.rows:
                of_year.append(_past(done, _MEASURES, today["massnahmen"], end))
            yield end.year, tuple(of_year)


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


def _past(table: Table, fields: tuple[str, ...], today: frozenset[str], end: date) -> Table:
    """`table` as it was: the fields whose value on that day is known, and which it has `today`; a
    city without districts has no such column.
    """
    names = [column.name for column in table.columns]
    kept = [names.index(name) for name in fields if name in today]
    # A member that has left is in no later year, so a reference leads into the same year only.
    own = {"mitglieder": f"mitglieder-{end.year}"}
    columns = [table.columns[place] for place in kept]
    return replace(
        table,
        title=f"{table.title} am 31. Dezember {end.year}",
        title_en=f"{table.title_en} on 31 December {end.year}",
        columns=tuple(
            replace(column, refers=own.get(column.refers, column.refers)) for column in columns
        ),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
    )


def _until(year: int) -> Callable[[Measure], Extent]:
    """The newest extent that is dated and not later than the year."""

    def newest(measure: Measure) -> Extent:
        known = {told: value for told, value in measure.extents.items() if told and told <= year}
        last = max(known, default=None)
        return (last, known[last]) if last is not None else None

    return newest
