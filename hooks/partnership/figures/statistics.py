"""The figures of the partnership on a day with one characteristic: what is counted, and which
entries stand behind it.

Rules for every table
- Who and what counts on a day is said in `counting`.
- Companies and measures are counted apart; unlike units are never added.
- Entries from public sources are no Selbstbindung: every figure says how many of its entries they
  are, and they are never counted as confirmed.
- Missing is not zero: entries that do not state the characteristic stand in a row of their own,
  and each table says how many of how many stated it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from partnership.figures import characteristics
from partnership.figures.counting import (
    KNOWN_YEARS,
    MEMBERSHIP,
    STEPS,
    going_on,
    in_force,
    known_ends,
    measures_on,
    members_dated,
    year_ends,
)
from partnership.figures.tables import (
    AT_YEAR_END,
    Characteristic,
    Column,
    Counted,
    Row,
    Shape,
    Table,
    Topic,
    count,
    split,
)
from partnership.model.partnership import Partnership

_MEMBERS = Column("anzahl", "Anzahl", "unternehmen")
_MEASURES = Column("anzahl", "Anzahl", "massnahmen")


def tables(partnership: Partnership, day: date) -> tuple[Table, ...]:
    """Every table on `day`, in the order in which they are shown."""
    return (
        members_over_time(partnership, day),
        members_by_sector(partnership, day),
        *([members_by_district(partnership, day)] if partnership.districts else ()),
        members_by_size(partnership, day),
        measures_by_field(partnership, day),
        measures_by_status(partnership, day),
        measures_by_type(partnership, day),
        measures_over_time(partnership, day),
    )


def members_over_time(partnership: Partnership, day: date) -> Table:
    """Members at the end of each year. Companies whose joining is not dated do not count: since
    when they belong is not known. Of those known to have joined "at the latest" by a day, each
    counts from then on.
    """
    return _over_time(
        "mitglieder-nach-jahr",
        "Mitglieder am Jahresende",
        "Gezählt werden Unternehmen, die am 31. Dezember des Jahres Mitglied waren, im laufenden"
        " Jahr am Tag der Berechnung. Unternehmen ohne bekanntes Beitrittsdatum zählen hier nicht."
        f" {KNOWN_YEARS}",
        MEMBERSHIP,
        day,
        _MEMBERS,
        (
            (end, tuple(map(Counted, members_dated(partnership, end))))
            for end in known_ends(partnership, day)
        ),
    )


def members_by_sector(partnership: Partnership, day: date) -> Table:
    """Members by sector, largest first; every member has exactly one."""
    return _ranked(
        _members(
            partnership,
            day,
            "mitglieder-nach-branche",
            "Mitglieder nach Branche",
            "Jedes Unternehmen gehört zu genau einer Branche.",
            characteristics.sector(partnership),
        )
    )


def members_by_district(partnership: Partnership, day: date) -> Table:
    """Members by district of the city."""
    return _members(
        partnership,
        day,
        "mitglieder-nach-stadtbezirk",
        "Mitglieder nach Stadtbezirk",
        "Gezählt wird der Stadtbezirk, den das Unternehmen für seinen Hauptstandort in der Stadt"
        " angibt.",
        characteristics.district(partnership),
        "map",
    )


def members_by_size(partnership: Partnership, day: date) -> Table:
    """Members by number of employees at the city's sites (classes: see `sizes`)."""
    return _members(
        partnership,
        day,
        "mitglieder-nach-groesse",
        "Mitglieder nach Größe",
        "Größenklassen nach der Zahl der Beschäftigten an den Standorten in der Stadt.",
        characteristics.size(),
    )


def measures_by_field(partnership: Partnership, day: date) -> Table:
    """Measures by field of action, ended ones left out."""
    return _measures(
        day,
        "massnahmen-nach-handlungsfeld",
        "Maßnahmen nach Handlungsfeld",
        "Gezählt werden geplante, laufende und umgesetzte Maßnahmen; der Maßnahmentyp bestimmt das"
        " Handlungsfeld.",
        characteristics.field(partnership),
        going_on(partnership, day),
        "shares",
    )


def measures_by_status(partnership: Partnership, day: date) -> Table:
    """Measures by their status on the day."""
    return _measures(
        day,
        "massnahmen-nach-status",
        "Maßnahmen nach Status",
        "Der Status folgt aus den Daten der Maßnahme am Tag der Berechnung.",
        characteristics.status(day),
        measures_on(partnership, day),
        "shares",
    )


def measures_by_type(partnership: Partnership, day: date) -> Table:
    """Measures by type, ended ones left out; types nobody uses are not shown."""
    table = _measures(
        day,
        "massnahmen-nach-typ",
        "Maßnahmen nach Typ",
        "Gezählt werden geplante, laufende und umgesetzte Maßnahmen. Typen ohne Eintrag fehlen.",
        characteristics.kind(partnership),
        going_on(partnership, day),
        "bars",
    )
    return _ranked(replace(table, rows=tuple(row for row in table.rows if row.value)))


def measures_over_time(partnership: Partnership, day: date) -> Table:
    """Measures in force (running or done) at the end of each year."""
    return _over_time(
        "massnahmen-nach-jahr",
        "Wirksame Maßnahmen am Jahresende",
        "Gezählt werden Maßnahmen, die am 31. Dezember des Jahres liefen oder umgesetzt waren, im"
        " laufenden Jahr am Tag der Berechnung. Jahre, aus denen keine solche Maßnahme verzeichnet"
        " ist, fehlen: Nicht verzeichnet ist nicht null.",
        (*MEMBERSHIP, *STEPS),
        day,
        _MEASURES,
        (
            (end, found)
            for end in year_ends(partnership, day)
            if (found := in_force(partnership, end))
        ),
    )


def _ranked(table: Table) -> Table:
    """`table` with the largest row first; equal ones stay in the catalogue's order."""
    return replace(table, rows=tuple(sorted(table.rows, key=lambda row: -row.value)))


def _members(
    partnership: Partnership,
    day: date,
    key: str,
    title: str,
    rule: str,
    by: Characteristic,
    shape: Shape = "bars",
) -> Table:
    fields = (*MEMBERSHIP, by.field)
    rows = split(map(Counted, partnership.members_on(day)), by, _MEMBERS, day)
    return Table(
        key, title, by.head, rule, fields, day, (_MEMBERS,), rows, shape=shape, topic="members"
    )


def _measures(
    day: date,
    key: str,
    title: str,
    rule: str,
    by: Characteristic,
    entries: Iterable[Counted],
    shape: Shape,
) -> Table:
    fields = (*MEMBERSHIP, *STEPS, by.field)
    rows = split(entries, by, _MEASURES, day)
    return Table(key, title, by.head, rule, fields, day, (_MEASURES,), rows, shape=shape)


def _over_time(
    key: str,
    title: str,
    rule: str,
    fields: tuple[str, ...],
    day: date,
    column: Column,
    by_end: Iterable[tuple[date, tuple[Counted, ...]]],
) -> Table:
    rows = tuple(
        Row(str(end.year), str(end.year), end, (count(column, found),)) for end, found in by_end
    )
    topic: Topic = "members" if column is _MEMBERS else "measures"
    return Table(key, title, "Jahr", rule, fields, day, (column,), rows, AT_YEAR_END, "line", topic)
