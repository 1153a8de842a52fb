"""Events as a table."""

from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.site.exports.columns import day, page
from partnership.site.exports.table import Column, Table, table_of

_STATE = Column(
    "status",
    "string",
    "Status: geplant, verschoben oder abgesagt",
    "State: planned, postponed or cancelled",
    True,
    values=("geplant", "verschoben", "abgesagt"),
)


def events(partnership: Partnership) -> Table:
    """Every event, the first one first."""
    return table_of(
        sorted(partnership.events, key=lambda event: (event.first_day, event.slug)),
        "veranstaltungen",
        "Veranstaltungen",
        "Events",
        ("kennung",),
        (
            Column("kennung", "string", "Stabile Kennung", "Stable identifier", True),
            lambda e: e.uid,
        ),
        (Column("titel", "string", "Titel", "Title", True), lambda e: e.title),
        (
            Column("beginn", "string", "Beginn (ISO 8601)", "Begin (ISO 8601)", True),
            lambda e: day(e.begin),
        ),
        (Column("ende", "string", "Ende (ISO 8601)", "End (ISO 8601)"), lambda e: day(e.end)),
        (Column("ort", "string", "Ort", "Place"), lambda e: e.place),
        (_STATE, lambda e: e.state),
        (
            Column("fassung", "integer", "Fassung, steigt mit jeder Änderung", "Revision, rising"),
            lambda e: e.revision,
        ),
        (
            Column("geaendert", "date", "Tag der letzten Änderung", "Day of the last change"),
            lambda e: day(e.changed),
        ),
        (
            Column("seite", "string", "Seite der Veranstaltung", "Page of the event"),
            lambda e: page(partnership, addresses.event(e.slug)),
        ),
    )
