"""The open data: tables with documented fields, as CSV, JSON and one Excel workbook.

Only what pages may show is in them; what was given for totals only enters the statistics alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from partnership.figures.reckoning import Reckoning
from partnership.model import addresses
from partnership.site.exports import effects, figures, members, reference
from partnership.site.exports.columns import DISTRICT
from partnership.site.exports.events import events
from partnership.site.exports.file import Export
from partnership.site.exports.measures import entries, extents, measures
from partnership.site.exports.table import Cell, Table, as_csv, without
from partnership.site.views.common import sorted_members

WORKBOOK = "partnerschaft.xlsx"
MEDIA: Mapping[str, str] = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


# The tables that are many in one, and the column that tells them apart.
_OF_FIGURES: Mapping[str, str] = {"statistik": "tabelle", "jahressummen": "groesse"}


def tables(reckoning: Reckoning) -> tuple[Table, ...]:
    """The tables that have a row: a file with nothing but a head helps nobody."""
    found = tuple(each for each in every_table(reckoning) if each.rows)
    known = {each.name for each in found}
    return tuple(
        replace(
            each,
            columns=tuple(
                column if column.refers in known else replace(column, refers="")
                for column in each.columns
            ),
        )
        for each in found
    )


def every_table(reckoning: Reckoning) -> tuple[Table, ...]:
    """All tables, the empty ones too; a city without districts has none in them."""
    found = _tables(reckoning)
    if reckoning.partnership.districts:
        return found
    return tuple(without(each, DISTRICT.name) for each in found if each.name != DISTRICT.refers)


def _tables(reckoning: Reckoning) -> tuple[Table, ...]:
    partnership, day = reckoning.partnership, reckoning.day
    everybody = sorted_members(partnership.members)
    declared = tuple(entries(everybody))
    return (
        members.members(partnership, everybody),
        measures(partnership, declared, day),
        extents(partnership, declared),
        members.key_figures(partnership),
        *figures.tables(reckoning),
        events(partnership),
        *effects.tables(partnership, day),
        *reference.tables(partnership),
    )


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the open data: its address, its format's ending, what is in it."""

    path: str
    ending: str
    title: str

    @property
    def media(self) -> str:
        """The media type (RFC 6838)."""
        return MEDIA[self.ending]


def downloads(table: Table, folder: str = addresses.DATA) -> tuple[Download, ...]:
    """The files of one table."""
    return tuple(
        Download(f"{folder}{table.name}.{ending}", ending, f"{table.title} ({form})")
        for ending, form in (("csv", "CSV"), ("json", "JSON"))
    )


def workbook() -> Download:
    """The file with every table."""
    return Download(f"{addresses.DATA}{WORKBOOK}", "xlsx", "Alle Tabellen (Excel)")


def table_downloads(found: Sequence[Table]) -> Iterator[Export]:
    """Each statistical table and the sums of each figure on their own, for the download beside the
    figures.
    """
    for whole in found:
        if whole.name in _OF_FIGURES:
            names = [column.name for column in whole.columns]
            place = names.index(_OF_FIGURES[whole.name])
            rows: dict[Cell, list[tuple[Cell, ...]]] = {}
            for row in whole.rows:
                rows.setdefault(row[place], []).append(row)
            for key, own in rows.items():
                yield Export(
                    addresses.table_file(str(key)), as_csv(replace(whole, rows=tuple(own)))
                )
