"""Files beside the pages: open data, calendars, feeds. Bytes, no disk."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain

from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.office.questionnaire.form import form
from partnership.site.exports import (
    calendar,
    catalogue,
    data,
    editions,
    entries,
    feed,
    licences,
    logos,
    recount,
    years,
)
from partnership.site.exports.file import Digest, Export, digest
from partnership.site.exports.table import Table

__all__ = ["Export", "exports", "open_data"]


def exports(partnership: Partnership, now: datetime) -> Iterator[Export]:
    """Every file that the data alone make, as of `now`, and the licences that go with the pages."""
    tables = data.tables(partnership, now.date())
    yield from _open_data(tables, partnership, now)
    yield from data.table_downloads(tables)
    yield from entries.exports(tables, partnership, now.date())
    yield from calendar.exports(partnership)
    yield from feed.exports(partnership)
    yield from logos.exports(partnership)
    yield from licences.exports()
    yield Export(addresses.FORM, form(partnership))


def open_data(partnership: Partnership, now: datetime) -> Iterator[Export]:
    """The open data alone, with their descriptions."""
    yield from _open_data(data.tables(partnership, now.date()), partnership, now)


def _open_data(
    tables: Sequence[Table], partnership: Partnership, now: datetime
) -> Iterator[Export]:
    past = tuple(years.states(tables, partnership, now.date()))
    digests: dict[str, Digest] = {}
    for export in chain(
        data.exports(tables, partnership, now.date()), years.exports(past, partnership)
    ):
        digests[export.path] = digest(export)
        yield export
    yield from catalogue.exports(tables, past, partnership, now, digests)
    yield from editions.exports(partnership)
    yield recount.export()
