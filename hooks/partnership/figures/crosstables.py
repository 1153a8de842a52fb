"""Figures with two characteristics: field of action against status, sector, size and district;
membership and coverage year by year; what became of goals; the share of employees reached.

The rules of `statistics` hold. Every cell has the entries behind it, or, where amounts of one unit
are added, the amount of each entry too.
"""

from datetime import date

from partnership.figures import characteristics
from partnership.figures.counting import (
    KNOWN_YEARS,
    MEMBERSHIP,
    STEPS,
    going_on,
    known_ends,
    measures_on,
    members_dated,
)
from partnership.figures.goals import fulfilment
from partnership.figures.reach import reach
from partnership.figures.shares import percent
from partnership.figures.tables import (
    AT_YEAR_END,
    TOTAL,
    Cell,
    Characteristic,
    Column,
    Counted,
    Row,
    Table,
    count,
    crossed,
)
from partnership.model.partnership import Partnership


def tables(partnership: Partnership, day: date) -> tuple[Table, ...]:
    """Every such table on `day`, in the order in which they are shown."""
    return (
        coverage(partnership, day),
        fields_by_status(partnership, day),
        fields_by_sector(partnership, day),
        fields_by_size(partnership, day),
        *([fields_by_district(partnership, day)] if partnership.districts else ()),
        fulfilment(partnership, day),
        reach(partnership, day),
    )


_MEMBERS = Column("mitglieder", "Mitglieder", "unternehmen")
_ANSWERED = Column("mit-auskunft", "mit beantwortetem Fragebogen", "unternehmen")
_ACTIVE = Column("mit-massnahme", "mit wirksamer Maßnahme", "unternehmen")
_SHARE = Column("anteil-mit-massnahme", "Anteil mit wirksamer Maßnahme", "prozent")


def coverage(partnership: Partnership, day: date) -> Table:
    """At the end of each year of which it is known who belonged: members, those who had answered,
    those with a measure in force and their share.
    """
    return Table(
        "mitglieder-mit-massnahme-nach-jahr",
        "Mitglieder mit Auskunft und mit wirksamer Maßnahme am Jahresende",
        "Jahr",
        "Gezählt werden Unternehmen, die zum Stichtag Mitglied waren; davon die mit mindestens"
        " einem bis dahin beantworteten Fragebogen und die mit mindestens einer Maßnahme, die"
        " lief oder umgesetzt war, zuletzt deren Anteil. Unternehmen ohne bekanntes Beitrittsdatum"
        f" zählen hier nicht. {KNOWN_YEARS}",
        (*MEMBERSHIP, "auskuenfte.stand", *STEPS),
        day,
        (_MEMBERS, _ANSWERED, _ACTIVE, _SHARE),
        tuple(
            Row(str(end.year), str(end.year), end, _covered(partnership, end))
            for end in known_ends(partnership, day)
        ),
        AT_YEAR_END,
        topic="members",
    )


def _covered(partnership: Partnership, end: date) -> tuple[Cell, ...]:
    """The figures at the end of a year in which there were members."""
    there = members_dated(partnership, end)
    answered = (m for m in there if any(answer.as_of <= end for answer in m.answers))
    active = tuple(
        Counted(member)
        for member in there
        if any(measure.is_in_force(end) for measure in member.public_measures)
    )
    return (
        count(_MEMBERS, map(Counted, there)),
        count(_ANSWERED, map(Counted, answered)),
        count(_ACTIVE, active),
        Cell(_SHARE, percent(len(active), len(there)), active),
    )


def fields_by_status(partnership: Partnership, day: date) -> Table:
    """Measures by field of action and status."""
    rows, columns = characteristics.field(partnership), characteristics.status(day)
    heads = (*(Column(*pair) for pair in columns.classes), Column(TOTAL, "Summe"))
    return Table(
        "handlungsfeld-status",
        "Handlungsfeld und Status",
        rows.head,
        "Gezählt werden alle veröffentlichten Maßnahmen der Mitglieder, auch eingestellte. Zeilen"
        " ohne Maßnahme fehlen.",
        (*MEMBERSHIP, rows.field, *STEPS),
        day,
        heads,
        crossed(measures_on(partnership, day), rows, heads, columns.class_of, day),
    )


def fields_by_sector(partnership: Partnership, day: date) -> Table:
    """Measures by the sector of the company and field of action."""
    by = characteristics.sector(partnership)
    return _by_company(partnership, day, "branche", "Branche", by)


def fields_by_size(partnership: Partnership, day: date) -> Table:
    """Measures by the size of the company and field of action."""
    by = characteristics.size()
    return _by_company(partnership, day, "groesse", "Größe des Unternehmens", by)


def fields_by_district(partnership: Partnership, day: date) -> Table:
    """Measures by the district of the company and field of action."""
    by = characteristics.district(partnership)
    return _by_company(partnership, day, "stadtbezirk", "Stadtbezirk", by)


def _by_company(
    partnership: Partnership, day: date, key: str, name: str, rows: Characteristic
) -> Table:
    columns = characteristics.field(partnership)
    heads = (
        *(Column(key, each.short) for key, each in partnership.fields.items()),
        Column(TOTAL, "Summe"),
    )
    return Table(
        f"handlungsfeld-{key}",
        f"Handlungsfeld und {name}",
        rows.head,
        "Gezählt werden geplante, laufende und umgesetzte Maßnahmen, nicht Unternehmen. Zeilen"
        " ohne Maßnahme fehlen.",
        (*MEMBERSHIP, rows.field, columns.field, *STEPS),
        day,
        heads,
        crossed(going_on(partnership, day), rows, heads, columns.class_of, day),
    )
