"""Files beside the pages: open data, calendars, feeds. Bytes, no disk."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from partnership.model import addresses
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
from partnership.site.exports.open_data import OpenData

__all__ = ["Export", "exports", "open_data"]


def exports(found: OpenData, now: datetime) -> Iterator[Export]:
    """Every file that the data alone make, as of `now`, and the licences that go with the pages."""
    partnership = found.partnership
    yield from open_data(found, now)
    yield from data.table_downloads(found.tables)
    yield from entries.exports(found.tables, partnership, found.day)
    yield from calendar.exports(partnership)
    yield from feed.exports(partnership)
    yield from logos.exports(partnership)
    yield from licences.exports()
    yield Export(addresses.FORM, form(partnership))


def open_data(found: OpenData, now: datetime) -> Iterator[Export]:
    """The open data alone, with their descriptions."""
    partnership = found.partnership
    digests: dict[str, Digest] = {}
    for export in chain(found.exports(), years.exports(found.past, partnership)):
        digests[export.path] = digest(export)
        yield export
    yield from catalogue.exports(found.tables, found.past, partnership, now, digests)
    yield from editions.exports(partnership, found.editions, found.revisions)
    yield recount.export()
