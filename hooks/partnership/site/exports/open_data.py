"""The open data of one build: tables, their files, past years, editions, and what comes out when
somebody computes the figures once more. Each is made once, whoever asks.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from partnership.figures.reckoning import Reckoning
from partnership.figures.revision import Difference
from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.reading import archive
from partnership.site.exports import data, editions, recount, years
from partnership.site.exports.editions import Frozen
from partnership.site.exports.file import Export
from partnership.site.exports.table import Table, as_csv, as_json, as_workbook
from partnership.site.exports.years import State


def of_edition(partnership: Partnership, year: int) -> dict[str, bytes]:
    """The files of an edition that is written now."""
    return dict(OpenData(Reckoning(partnership, date(year, 12, 31))).files)


class OpenData:
    """What is published of a `reckoning`."""

    def __init__(self, reckoning: Reckoning) -> None:
        self.reckoning = reckoning
        self.partnership = reckoning.partnership
        self.day = reckoning.day

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Every table that has a row."""
        return data.tables(self.reckoning)

    @cached_property
    def past(self) -> tuple[State, ...]:
        """The tables of each past year, the oldest first."""
        return tuple(years.states(self.tables, self.partnership, self.day))

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """Each table as CSV, by the name of its file."""
        return {f"{table.name}.csv": as_csv(table) for table in self.tables}

    @cached_property
    def sums(self) -> bytes:
        """The SHA-256 of each table as CSV, as `sha256sum -c` reads it."""
        return archive.sums(self.files)

    @property
    def checksum(self) -> str:
        """The checksum of the open data: that of the list of the checksums of every table."""
        return archive.checksum(self.sums)

    @cached_property
    def recount(self) -> recount.Recount:
        """What comes out when the figures are computed once more from the published tables."""
        return recount.recount(self.files)

    @cached_property
    def editions(self) -> tuple[Frozen, ...]:
        """The editions of closed years, the newest first."""
        return editions.editions(self.partnership)

    @cached_property
    def revisions(self) -> Mapping[int, tuple[Difference, ...]]:
        """What the figures of each edition are today where they are others."""
        return editions.revisions(self.partnership, self.editions)

    def exports(self) -> Iterator[Export]:
        """Each table as CSV and JSON, all of them as one workbook."""
        for table in self.tables:
            yield Export(f"{addresses.DATA}{table.name}.csv", self.files[f"{table.name}.csv"])
            content = as_json(table, self.partnership.city.licence, self.day)
            yield Export(f"{addresses.DATA}{table.name}.json", content)
        yield Export(f"{addresses.DATA}{data.WORKBOOK}", as_workbook(self.tables))
        yield Export(addresses.DATA_SUMS, self.sums)
