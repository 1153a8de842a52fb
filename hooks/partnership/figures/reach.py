"""The share of employees reached by measures whose extent counts employees."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from partnership.figures.counting import MEMBERSHIP, STEPS, in_force
from partnership.figures.shares import percent
from partnership.figures.tables import Cell, Column, Counted, Row, Table, count, measure_of
from partnership.model.member import Member
from partnership.model.partnership import Partnership

_OFFERING = Column("mit-massnahme", "Unternehmen mit dieser Maßnahme", "unternehmen")
_COMPANIES = Column("unternehmen", "Unternehmen mit beiden Angaben", "unternehmen")
_REACHED = Column("erreicht", "erreichte Beschäftigte", "beschaeftigte")
_EMPLOYED = Column("beschaeftigte", "Beschäftigte dieser Unternehmen", "beschaeftigte")
_SHARE = Column("anteil", "Anteil", "prozent")


def reach(partnership: Partnership, day: date) -> Table:
    """The share of employees reached by measures whose extent counts employees.

    Only companies that state both numbers; nothing is inferred for others.
    """
    found: dict[str, list[Counted]] = {}
    for entry in in_force(partnership, day):
        found.setdefault(measure_of(entry).type, []).append(entry)
    return Table(
        "erreichte-beschaeftigte",
        "Erreichte Beschäftigte",
        "Maßnahmentyp",
        "Für Maßnahmen, deren Umfang Beschäftigte zählt und die laufen oder umgesetzt sind: der"
        " neueste angegebene Umfang, geteilt durch die Beschäftigten derselben Unternehmen."
        " Unternehmen, die eine der beiden Zahlen nicht nennen, bleiben außer Betracht;"
        " hochgerechnet wird nichts. Meldet ein Unternehmen einen Typ mehrfach, zählt der größte"
        " Umfang. Eine Person kann bei mehreren Typen vorkommen; die Zeilen ergeben keine Summe."
        " Summen nach Jahren sind andere: Sie zählen nur, was für das Jahr selbst genannt ist.",
        (
            *MEMBERSHIP,
            "massnahmen.typ",
            "massnahmen.umfang",
            *STEPS,
            "mitglieder.beschaeftigte",
        ),
        day,
        (_OFFERING, _COMPANIES, _REACHED, _EMPLOYED, _SHARE),
        tuple(
            Row(key, kind.name, day, cells)
            for key, kind in partnership.types.items()
            if kind.unit.at_most == "beschaeftigte" and (cells := _cells(found.get(key, ())))
        ),
        topic="commitment",
        lead="Wie viele Beschäftigte eine Maßnahme erreicht, wo beides bekannt ist: Umfang und"
        " Beschäftigte.",
    )


def _cells(entries: Sequence[Counted]) -> tuple[Cell, ...]:
    """The figures of a type from its measures in force; none where no company states both."""
    offering: dict[str, Member] = {}
    largest: dict[str, Decimal] = {}
    employed: dict[str, Decimal] = {}
    for entry in entries:
        slug, newest = entry.member.slug, measure_of(entry).latest_extent
        offering[slug] = entry.member
        if newest and entry.member.employees:
            amount = newest[1]
            # Two measures of one type in one company may reach the same people.
            largest[slug] = max(largest.get(slug, amount), amount)
            employed[slug] = Decimal(entry.member.employees)
    if not largest:
        return ()
    both = tuple(Counted(offering[slug]) for slug in largest)
    amounts, staff = tuple(largest.values()), tuple(employed.values())
    return (
        count(_OFFERING, map(Counted, offering.values())),
        count(_COMPANIES, both),
        Cell(_REACHED, int(sum(amounts)), both, amounts),
        Cell(_EMPLOYED, int(sum(staff)), both, staff),
        Cell(_SHARE, percent(sum(amounts), sum(staff)), both),
    )
