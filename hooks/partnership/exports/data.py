"""The open data: tables with documented fields, as CSV, JSON and one Excel workbook.

Only what pages may show is in them; what was given for totals only enters the statistics alone.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook

from partnership import addresses, spreadsheet, statistics
from partnership.dates import PartialDate
from partnership.exports.file import Export
from partnership.glossary import size_class
from partnership.model.partnership import Partnership
from partnership.views.common import sorted_members

Cell = spreadsheet.Cell

# A spreadsheet takes a text that begins with one of these for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a table; `kind` is a type of the Frictionless Table Schema."""

    name: str
    kind: str
    german: str
    english: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the open data."""

    name: str
    title: str
    title_en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


_MEMBERS = (
    Column("mitglied", "string", "Stabiler Schlüssel des Mitglieds", "Stable key of the member"),
    Column("name", "string", "Name des Unternehmens", "Name of the company"),
    Column("branche", "string", "Schlüssel der Branche", "Key of the sector"),
    Column("branche_name", "string", "Name der Branche", "Name of the sector"),
    Column("stadtbezirk", "string", "Schlüssel des Stadtbezirks", "Key of the city district"),
    Column("groessenklasse", "string", "Größenklasse nach Beschäftigten", "Size class"),
    Column("beschaeftigte", "integer", "Beschäftigte am Ort", "Employees at the city's sites"),
    Column("beitritt", "string", "Beitritt: Jahr, Monat oder Tag", "Joined: year, month or day"),
    Column("austritt", "string", "Austritt: Jahr, Monat oder Tag", "Left: year, month or day"),
    Column("bestaetigung", "string", "Wer die Angaben bestätigt", "Who vouches for the entry"),
    Column("letzte_auskunft", "date", "Tag der letzten Auskunft", "Day of the last answer"),
    Column("website", "string", "Internetauftritt", "Website"),
    Column("seite", "string", "Seite im Verzeichnis", "Page in the directory"),
)
_MEASURES = (
    Column("mitglied", "string", "Stabiler Schlüssel des Mitglieds", "Stable key of the member"),
    Column("nummer", "integer", "Nummer der Maßnahme beim Mitglied", "Number within the member"),
    Column("typ", "string", "Schlüssel des Maßnahmentyps", "Key of the measure type"),
    Column("typ_name", "string", "Name des Maßnahmentyps", "Name of the measure type"),
    Column("handlungsfeld", "string", "Schlüssel des Handlungsfelds", "Key of the field of action"),
    Column("titel", "string", "Bezeichnung im Unternehmen", "Title in the company"),
    Column("status", "string", "Status am Tag der Ausgabe", "Status on the day of export"),
    Column("geplant", "string", "Geplant seit", "Planned since"),
    Column("ziel", "string", "Umsetzung vorgesehen bis", "To be done by"),
    Column("laufend", "string", "In Umsetzung seit", "Running since"),
    Column("umgesetzt", "string", "Umgesetzt seit", "Done since"),
    Column("eingestellt", "string", "Eingestellt seit", "Ended since"),
    Column("umfang", "number", "Neuester Umfang", "Newest extent"),
    Column("umfang_jahr", "integer", "Jahr des Umfangs", "Year of the extent"),
    Column("einheit", "string", "Einheit des Umfangs", "Unit of the extent"),
    Column("bestaetigung", "string", "Wer die Angaben bestätigt", "Who vouches for the entry"),
)
_STATISTICS = (
    Column("tabelle", "string", "Schlüssel der Tabelle", "Key of the table"),
    Column("tabelle_name", "string", "Name der Tabelle", "Name of the table"),
    Column("merkmal", "string", "Schlüssel der Zeile", "Key of the row"),
    Column("merkmal_name", "string", "Name der Zeile", "Name of the row"),
    Column("stichtag", "date", "Tag der Berechnung", "Reference day"),
    Column("wert", "integer", "Anzahl", "Count"),
    Column("davon_oeffentliche_quelle", "integer", "davon aus Quellen", "of these from sources"),
    Column("gegenstand", "string", "Unternehmen oder Maßnahmen", "Companies or measures"),
)
_EVENTS = (
    Column("kennung", "string", "Stabile Kennung", "Stable identifier"),
    Column("titel", "string", "Titel", "Title"),
    Column("beginn", "string", "Beginn (ISO 8601)", "Begin (ISO 8601)"),
    Column("ende", "string", "Ende (ISO 8601)", "End (ISO 8601)"),
    Column("ort", "string", "Ort", "Place"),
    Column("status", "string", "Status", "State"),
    Column("seite", "string", "Seite der Veranstaltung", "Page of the event"),
)


def tables(partnership: Partnership, day: date) -> tuple[Table, ...]:
    """All tables as of `day`."""
    return (
        Table(
            "mitglieder", "Mitglieder", "Members", _MEMBERS, ("mitglied",), _members(partnership)
        ),
        Table(
            "massnahmen",
            "Maßnahmen",
            "Measures",
            _MEASURES,
            ("mitglied", "nummer"),
            _measures(partnership, day),
        ),
        Table(
            "statistik",
            "Statistik",
            "Statistics",
            _STATISTICS,
            ("tabelle", "merkmal"),
            _statistics(partnership, day),
        ),
        Table(
            "veranstaltungen",
            "Veranstaltungen",
            "Events",
            _EVENTS,
            ("kennung",),
            _events(partnership),
        ),
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
        for number, measure in enumerate(member.measures, 1):
            if not measure.is_public:
                continue
            kind = partnership.types[measure.type]
            year, value = measure.latest_extent or (None, None)
            rows.append(
                (
                    member.slug,
                    number,
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
                    _plain(value),
                    year,
                    kind.unit.name,
                    member.confirmation,
                )
            )
    return tuple(rows)


def _statistics(partnership: Partnership, day: date) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            table.key,
            table.title,
            row.key,
            row.label,
            day.isoformat(),
            row.value,
            row.unconfirmed,
            "unternehmen" if table.subject == "members" else "massnahmen",
        )
        for table in statistics.tables(partnership, day)
        for row in table.rows
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
            _page(partnership, addresses.event(event.slug)),
        )
        for event in sorted(partnership.events, key=lambda event: (event.first_day, event.slug))
    )


def _when(value: PartialDate | None) -> str | None:
    return str(value) if value else None


def _moment(value: date | datetime) -> str:
    return value.isoformat()


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _page(partnership: Partnership, address: str) -> str:
    """An absolute address where the site's own is known, otherwise one within the site."""
    site = partnership.city.site_address
    return f"{site.rstrip('/')}/{address}" if site else f"/{address}"


def exports(found: Sequence[Table], partnership: Partnership) -> Iterator[Export]:
    """Each table as CSV and JSON (events as JSON alone), all of them as one workbook."""
    for table in found:
        if table.name != "veranstaltungen":
            yield Export(f"{addresses.DATA}{table.name}.csv", as_csv(table))
        yield Export(f"{addresses.DATA}{table.name}.json", as_json(table, partnership))
    yield Export(f"{addresses.DATA}partnerschaft.xlsx", as_workbook(found))


def table_downloads(
    partnership: Partnership, found: Sequence[Table], day: date
) -> Iterator[Export]:
    """Each statistical table on its own, for the download beside its chart; an empty one, too."""
    figures = next(table for table in found if table.name == "statistik")
    for table in statistics.tables(partnership, day):
        rows = tuple(row for row in figures.rows if row[0] == table.key)
        yield Export(addresses.table_file(table.key), as_csv(replace(figures, rows=rows)))


def as_csv(table: Table) -> bytes:
    """RFC 4180: comma, CRLF, quotes where needed, UTF-8 without byte order mark.

    A text a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    for row in table.rows:
        writer.writerow(_inert(cell) for cell in row)
    return out.getvalue().encode("utf-8")


def _inert(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell


def as_json(table: Table, partnership: Partnership) -> bytes:
    """An object with the licence and the rows as objects; missing values are null."""
    names = [column.name for column in table.columns]
    licence = partnership.city.licence
    value = {
        "titel": table.title,
        "lizenz": {"name": licence.name, "url": licence.url},
        "daten": [dict(zip(names, row, strict=True)) for row in table.rows],
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")


def as_workbook(found: Sequence[Table]) -> bytes:
    """One workbook, a sheet a table and one that explains the fields."""
    book = Workbook()
    explain = book.active
    assert explain is not None  # noqa: S101 - a new workbook has a sheet
    explain.title = "Felder"
    fields = [
        (table.name, column.name, column.german, column.english)
        for table in found
        for column in table.columns
    ]
    head = ("Tabelle", "Feld", "Bedeutung", "Meaning")
    spreadsheet.add_table(explain, head, fields, (22, 22, 60, 60))
    for table in found:
        names = [column.name for column in table.columns]
        sheet = book.create_sheet(table.name)
        spreadsheet.add_table(sheet, names, table.rows, [22] * len(names))
    return spreadsheet.as_bytes(book)
