"""The open data: tables with documented fields, as CSV, JSON and one Excel workbook.

Only what pages may show is in them; what was given for totals only enters the statistics alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from partnership import addresses
from partnership.dates import PartialDate
from partnership.exports import effects, figures, reference
from partnership.exports.file import Export
from partnership.exports.table import (
    PARTIAL,
    Cell,
    Column,
    Table,
    as_csv,
    as_json,
    as_workbook,
    plain,
    without,
)
from partnership.glossary import SIZES, size_class
from partnership.model.member import STATUSES, Measure, Member
from partnership.model.partnership import Partnership
from partnership.views.common import sorted_members

WORKBOOK = "partnerschaft.xlsx"
MEDIA: Mapping[str, str] = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _partial(name: str, german: str, english: str) -> Column:
    return Column(name, "string", german, english, pattern=PARTIAL)


_MEMBER = Column(
    "mitglied", "string", "Stabiler Schlüssel des Mitglieds", "Stable key of the member", True
)
_OF_MEMBER = replace(_MEMBER, refers="mitglieder")
_MEASURE = Column(
    "massnahme",
    "string",
    "Stabiler Schlüssel der Maßnahme: Mitglied und Typ, bei mehreren eines Typs gezählt",
    "Stable key of the measure: member and type, numbered if there are several of one type",
    True,
)
_SECTOR = Column(
    "branche", "string", "Schlüssel der Branche", "Key of the sector", True, refers="branchen"
)
_DISTRICT = Column(
    "stadtbezirk",
    "string",
    "Schlüssel des Stadtbezirks",
    "Key of the city district",
    refers="stadtbezirke",
)
_JOINED = _partial("beitritt", "Beitritt: Jahr, Monat oder Tag", "Joined: year, month or day")
_CONFIRMATION = Column(
    "bestaetigung",
    "string",
    "Wer die Angaben bestätigt: das Unternehmen, oder bisher nur eine öffentliche Quelle",
    "Who vouches for the entry: the company, or so far only a public source",
    True,
    values=("unternehmen", "oeffentliche_quelle"),
)
_NAME = Column("name", "string", "Name des Unternehmens", "Name of the company", True)
_TYPE = Column(
    "typ",
    "string",
    "Schlüssel des Maßnahmentyps",
    "Key of the measure type",
    True,
    refers="massnahmentypen",
)
_FIELD = Column(
    "handlungsfeld",
    "string",
    "Schlüssel des Handlungsfelds",
    "Key of the field of action",
    True,
    refers="handlungsfelder",
)
_TITLE = Column("titel", "string", "Bezeichnung im Unternehmen", "Title in the company")
_UNIT = Column("einheit", "string", "Einheit", "Unit", True)

_MEMBERS = (
    _MEMBER,
    _NAME,
    _SECTOR,
    Column("branche_name", "string", "Name der Branche", "Name of the sector"),
    _DISTRICT,
    Column(
        "groessenklasse",
        "string",
        "Größenklasse nach Beschäftigten",
        "Size class by employees",
        values=tuple(key for key, *_ in SIZES),
    ),
    Column("beschaeftigte", "integer", "Beschäftigte am Ort", "Employees at the city's sites"),
    _JOINED,
    _partial("austritt", "Austritt: Jahr, Monat oder Tag", "Left: year, month or day"),
    _CONFIRMATION,
    Column("letzte_auskunft", "date", "Tag der letzten Auskunft", "Day of the last answer"),
    Column("website", "string", "Internetauftritt", "Website"),
    Column("seite", "string", "Seite im Verzeichnis", "Page in the directory"),
)
_MEASURES = (
    _MEASURE,
    _OF_MEMBER,
    _TYPE,
    Column("typ_name", "string", "Name des Maßnahmentyps", "Name of the measure type"),
    _FIELD,
    _TITLE,
    Column(
        "status",
        "string",
        "Status am Tag der Ausgabe; leer, solange der erste Schritt noch bevorsteht",
        "Status on the day of export; empty as long as the first step lies ahead",
        values=STATUSES,
    ),
    _partial("geplant", "Geplant seit", "Planned since"),
    _partial("ziel", "Umsetzung vorgesehen bis", "To be done by"),
    _partial("laufend", "In Umsetzung seit", "Running since"),
    _partial("umgesetzt", "Umgesetzt seit", "Done since"),
    _partial("eingestellt", "Eingestellt seit", "Ended since"),
    Column("umfang", "number", "Neuester Umfang", "Newest extent"),
    Column("umfang_jahr", "integer", "Jahr des Umfangs", "Year of the extent"),
    _UNIT,
    _CONFIRMATION,
)
_EXTENTS = (
    replace(_MEASURE, refers="massnahmen"),
    Column("jahr", "integer", "Jahr", "Year", True),
    Column("umfang", "number", "Umfang in diesem Jahr", "Extent in that year", True),
    _UNIT,
)
_KEY_FIGURES = (
    _OF_MEMBER,
    Column("jahr", "integer", "Jahr", "Year", True),
    Column("kennzahl", "string", "Schlüssel der Kennzahl", "Key of the figure", True),
    Column("kennzahl_name", "string", "Name der Kennzahl", "Name of the figure"),
    Column("wert", "number", "Wert", "Value", True),
    _UNIT,
)
_EVENTS = (
    Column("kennung", "string", "Stabile Kennung", "Stable identifier", True),
    Column("titel", "string", "Titel", "Title", True),
    Column("beginn", "string", "Beginn (ISO 8601)", "Begin (ISO 8601)", True),
    Column("ende", "string", "Ende (ISO 8601)", "End (ISO 8601)"),
    Column("ort", "string", "Ort", "Place"),
    Column(
        "status",
        "string",
        "Status: geplant, verschoben oder abgesagt",
        "State: planned, postponed or cancelled",
        True,
        values=("geplant", "verschoben", "abgesagt"),
    ),
    Column("fassung", "integer", "Fassung, steigt mit jeder Änderung", "Revision, rising"),
    Column("geaendert", "date", "Tag der letzten Änderung", "Day of the last change"),
    Column("seite", "string", "Seite der Veranstaltung", "Page of the event"),
)


# Pages and several exports show the same tables.
@lru_cache(maxsize=4)
def tables(partnership: Partnership, day: date) -> tuple[Table, ...]:
    """All tables as of `day`; a city without districts has none in them."""
    found = _tables(partnership, day)
    if partnership.districts:
        return found
    return tuple(without(each, _DISTRICT.name) for each in found if each.name != _DISTRICT.refers)


def _tables(partnership: Partnership, day: date) -> tuple[Table, ...]:
    return (
        Table(
            "mitglieder", "Mitglieder", "Members", _MEMBERS, ("mitglied",), _members(partnership)
        ),
        Table(
            "massnahmen",
            "Maßnahmen",
            "Measures",
            _MEASURES,
            ("massnahme",),
            _measures(partnership, day),
        ),
        Table(
            "umfaenge",
            "Umfang der Maßnahmen nach Jahren",
            "Extents of the measures by year",
            _EXTENTS,
            ("massnahme", "jahr"),
            _extents(partnership),
        ),
        Table(
            "kennzahlen",
            "Kennzahlen der Mitglieder nach Jahren",
            "Key figures of the members by year",
            _KEY_FIGURES,
            ("mitglied", "jahr", "kennzahl"),
            _key_figures(partnership),
        ),
        *figures.tables(partnership, day),
        Table(
            "veranstaltungen",
            "Veranstaltungen",
            "Events",
            _EVENTS,
            ("kennung",),
            _events(partnership),
        ),
        *effects.tables(partnership, day),
        *reference.tables(partnership),
    )


def _members(partnership: Partnership) -> tuple[tuple[Cell, ...], ...]:
    rows = []
    for member in sorted_members(partnership.members):
        size = size_class(member.employees)
        answer = member.last_answer
        rows.append(
            (
                member.slug,
                member.name,
                member.sector,
                partnership.sectors[member.sector].name,
                member.district,
                size[0] if size else None,
                member.employees,
                _when(member.joined),
                _when(member.left),
                member.confirmation,
                answer.as_of.isoformat() if answer else None,
                member.website,
                _page(partnership, addresses.member(member.slug)),
            )
        )
    return tuple(rows)


def _measures(partnership: Partnership, day: date) -> tuple[tuple[Cell, ...], ...]:
    rows = []
    for member in sorted_members(partnership.members):
        for key, measure in keyed_measures(member):
            kind = partnership.types[measure.type]
            year, value = measure.latest_extent or (None, None)
            rows.append(
                (
                    key,
                    member.slug,
                    measure.type,
                    kind.name,
                    kind.field,
                    measure.title,
                    measure.status(day),
                    _when(measure.planned),
                    _when(measure.goal),
                    _when(measure.running),
                    _when(measure.done),
                    _when(measure.ended),
                    plain(value),
                    year,
                    kind.unit.name,
                    member.confirmation,
                )
            )
    return tuple(rows)


def keyed_measures(member: Member) -> Iterator[tuple[str, Measure]]:
    """The member's public measures, each under a key that stays when others are added or moved.

    Only public ones are numbered: a gap would tell of one that is for totals only.
    """
    count: dict[str, int] = {}
    for measure in member.public_measures:
        count[measure.type] = number = count.get(measure.type, 0) + 1
        yield f"{member.slug}/{measure.type}" + (f"-{number}" if number > 1 else ""), measure


def _extents(partnership: Partnership) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (key, year, plain(value), partnership.types[measure.type].unit.name)
        for member in sorted_members(partnership.members)
        for key, measure in keyed_measures(member)
        for year, value in measure.extents.items()
        if year is not None
    )


def _key_figures(partnership: Partnership) -> tuple[tuple[Cell, ...], ...]:
    known = partnership.questionnaire.figures
    return tuple(
        (member.slug, year, key, known[key].name, plain(value), known[key].unit)
        for member in sorted_members(partnership.members)
        for year, figures in sorted(member.figures.items())
        if figures.is_public
        for key, value in figures.values.items()
    )


def _events(partnership: Partnership) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            event.uid,
            event.title,
            _moment(event.begin),
            _moment(event.end) if event.end else None,
            event.place,
            event.state,
            event.revision,
            event.changed.isoformat() if event.changed else None,
            _page(partnership, addresses.event(event.slug)),
        )
        for event in sorted(partnership.events, key=lambda event: (event.first_day, event.slug))
    )


def _when(value: PartialDate | None) -> str | None:
    return str(value) if value else None


def _moment(value: date | datetime) -> str:
    return value.isoformat()


def _page(partnership: Partnership, address: str) -> str:
    """An absolute address where the site's own is known, otherwise one within the site."""
    site = partnership.city.site_address
    return f"{site.rstrip('/')}/{address}" if site else f"/{address}"


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


def exports(found: Sequence[Table], partnership: Partnership, day: date) -> Iterator[Export]:
    """Each table as CSV and JSON, all of them as one workbook."""
    for table in found:
        yield Export(f"{addresses.DATA}{table.name}.csv", as_csv(table))
        content = as_json(table, partnership.city.licence, day)
        yield Export(f"{addresses.DATA}{table.name}.json", content)
    yield Export(f"{addresses.DATA}{WORKBOOK}", as_workbook(found))


def table_downloads(found: Sequence[Table]) -> Iterator[Export]:
    """Each statistical table on its own, for the download beside its figures; an empty one, too."""
    by_name = {table.name: table for table in found}
    whole = by_name["statistik"]
    rows: dict[Cell, list[tuple[Cell, ...]]] = {row[0]: [] for row in by_name["definitionen"].rows}
    for row in whole.rows:
        rows[row[0]].append(row)
    for key, own in rows.items():
        yield Export(addresses.table_file(str(key)), as_csv(replace(whole, rows=tuple(own))))
