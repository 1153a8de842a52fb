"""What several tables of the open data state, said once; and how their values are written."""

from dataclasses import replace
from datetime import date

from partnership.model.dates import PartialDate
from partnership.model.partnership import Partnership
from partnership.site.exports.table import PARTIAL, Column


def partial(name: str, german: str, english: str) -> Column:
    """A date that may be known to the month or the year only."""
    return Column(name, "string", german, english, pattern=PARTIAL)


def when(value: PartialDate | None) -> str | None:
    """A partial date as a file writes it."""
    return str(value) if value else None


def day(value: date | None) -> str | None:
    """A day, or a moment, as a file writes it."""
    return value.isoformat() if value else None


def page(partnership: Partnership, address: str) -> str:
    """An absolute address where the site's own is known, otherwise one within the site."""
    site = partnership.city.site_address
    return f"{site.rstrip('/')}/{address}" if site else f"/{address}"


MEMBER = Column(
    "mitglied", "string", "Stabiler Schlüssel des Mitglieds", "Stable key of the member", True
)
OF_MEMBER = replace(MEMBER, refers="mitglieder")
MEASURE = Column(
    "massnahme",
    "string",
    "Stabiler Schlüssel der Maßnahme: Mitglied und Typ, bei mehreren eines Typs gezählt",
    "Stable key of the measure: member and type, numbered if there are several of one type",
    True,
)
CONFIRMATION = Column(
    "bestaetigung",
    "string",
    "Wer die Angaben bestätigt: das Unternehmen, oder bisher nur eine öffentliche Quelle",
    "Who vouches for the entry: the company, or so far only a public source",
    True,
    values=("unternehmen", "oeffentliche_quelle"),
)
DISTRICT = Column(
    "stadtbezirk",
    "string",
    "Schlüssel des Stadtbezirks",
    "Key of the city district",
    refers="stadtbezirke",
)
TYPE = Column(
    "typ",
    "string",
    "Schlüssel des Maßnahmentyps",
    "Key of the measure type",
    True,
    refers="massnahmentypen",
)
FIELD = Column(
    "handlungsfeld",
    "string",
    "Schlüssel des Handlungsfelds",
    "Key of the field of action",
    True,
    refers="handlungsfelder",
)
YEAR = Column("jahr", "integer", "Jahr", "Year", True)
UNIT = Column("einheit", "string", "Einheit", "Unit", True)
KEY = Column("schluessel", "string", "Stabiler Schlüssel", "Stable key", required=True)
NAME = Column("name", "string", "Name", "Name", required=True)
