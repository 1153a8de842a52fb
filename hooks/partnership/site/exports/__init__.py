"""Files beside the pages: open data, calendars, feeds, the search index. Bytes, no disk."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from partnership import addresses
from partnership.exports import calendar, catalogue, data, feed, logos, search, years
from partnership.exports.file import Export
from partnership.exports.table import Table
from partnership.model.partnership import Partnership
from partnership.questionnaire.form import form

__all__ = ["Export", "exports", "open_data"]


def exports(partnership: Partnership, now: datetime) -> Iterator[Export]:
    """Every file of the site that is no page, as of `now`."""
    tables = data.tables(partnership, now.date())
    yield from _open_data(tables, partnership, now)
    yield from data.table_downloads(tables)
    yield from calendar.exports(partnership)
    yield from feed.exports(partnership)
    yield search.export(partnership, now)
    yield from logos.exports(partnership)
    yield Export(addresses.FORM, form(partnership))


def open_data(partnership: Partnership, now: datetime) -> Iterator[Export]:
    """The open data alone, with their descriptions."""
    yield from _open_data(data.tables(partnership, now.date()), partnership, now)


def _open_data(
    tables: Sequence[Table], partnership: Partnership, now: datetime
) -> Iterator[Export]:
    yield from data.exports(tables, partnership, now.date())
    past = tuple(years.states(tables, partnership, now.date()))
    yield from years.exports(past, partnership)
    yield from catalogue.exports(tables, past, partnership, now)
