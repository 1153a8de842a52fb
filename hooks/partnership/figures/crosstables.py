"""Figures with two characteristics: field of action against status, sector, size and district;
membership and coverage year by year; what became of goals; the share of employees reached.

The rules of `statistics` hold. Every cell has the entries behind it, or, where amounts of one unit
are added, the amount of each entry too.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from partnership import statistics
from partnership.glossary import SIZES, STATUS_LABEL
from partnership.model.member import IN_FORCE, STATUSES, Measure
from partnership.model.partnership import Partnership
from partnership.statistics import Counted, measure_of

Unit = Literal["unternehmen", "massnahmen", "beschaeftigte", "prozent"]
TOTAL = "summe"

COVERAGE = "abdeckung-nach-jahr"


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what its figures count."""

    key: str
    label: str
    unit: Unit = "massnahmen"


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: its value, the entries behind it, and for a sum what each of them adds."""

    column: Column
    value: int
    entries: tuple[Counted, ...]
    amounts: tuple[Decimal, ...] = ()

    @property
    def unconfirmed(self) -> int:
        """How many of the entries come from public sources only."""
        return sum(1 for entry in self.entries if not entry.member.is_confirmed)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one characteristic on `day`, one a column."""

    key: str
    label: str
    day: date
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class CrossTable:
    """A table of figures; `rule`, `fields` and `reference` define them, `head` names the rows."""

    key: str
    title: str
    head: str
    rule: str
    fields: tuple[str, ...]
    reference: str
    day: date
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


# Pages and several exports show the same tables.
@lru_cache(maxsize=4)
def tables(partnership: Partnership, day: date) -> tuple[CrossTable, ...]:
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


def percent(part: Decimal | int, whole: Decimal | int) -> int:
    """A share in whole percent, halves rounded up. `whole` is not zero."""
    return int((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1), ROUND_HALF_UP))


def coverage(partnership: Partnership, day: date) -> CrossTable:
    """At the end of each year: members, those who had answered, those with a measure in force."""
    members = Column("mitglieder", "Mitglieder", "unternehmen")
    answered = Column("mit-auskunft", "mit beantwortetem Fragebogen", "unternehmen")
    active = Column("mit-massnahme", "mit wirksamer Maßnahme", "unternehmen")
    share = Column("abdeckung", "Abdeckung", "prozent")
    rows = []
    for end in statistics.year_ends(partnership, day):
        there = statistics.members_dated(partnership, end)
        in_force = tuple(
            member
            for member in there
            if any(measure.status(end) in IN_FORCE for measure in member.public_measures)
        )
        told = tuple(m for m in there if any(answer.as_of <= end for answer in m.answers))
        cells = [
            Cell(column, len(found), tuple(map(Counted, found)))
            for column, found in ((members, there), (answered, told), (active, in_force))
        ]
        if there:
            cells.append(
                Cell(share, percent(len(in_force), len(there)), tuple(map(Counted, in_force)))
            )
        rows.append(Row(str(end.year), str(end.year), end, tuple(cells)))
    return CrossTable(
        COVERAGE,
        "Mitglieder, Auskünfte und Abdeckung am Jahresende",
        "Jahr",
        "Gezählt werden Unternehmen, die zum Stichtag Mitglied waren; davon die mit mindestens"
        " einem bis dahin beantworteten Fragebogen und die mit mindestens einer Maßnahme, die"
        " lief oder umgesetzt war. Abdeckung ist der Anteil der Mitglieder mit solch einer"
        " Maßnahme. Unternehmen ohne bekanntes Beitrittsdatum zählen hier nicht.",
        (*statistics.MEMBERSHIP, "auskuenfte.stand", *statistics.STEPS),
        statistics.AT_YEAR_END,
        day,
        (members, answered, active, share),
        tuple(rows),
    )


def fields_by_status(partnership: Partnership, day: date) -> CrossTable:
    """Measures by field of action and status."""
    columns = [Column(status, STATUS_LABEL[status]) for status in STATUSES]
    rows = [(key, field.name) for key, field in partnership.fields.items()]
    return _crossed(
        day,
        "handlungsfeld-status",
        "Handlungsfeld und Status",
        "Handlungsfeld",
        "Gezählt werden alle veröffentlichten Maßnahmen der Mitglieder, auch eingestellte. Zeilen"
        " ohne Maßnahme fehlen.",
        (*statistics.MEMBERSHIP, "massnahmen.handlungsfeld", *statistics.STEPS),
        columns,
        statistics.split(
            statistics.measures_on(partnership, day),
            rows,
            lambda entry: partnership.field_of(measure_of(entry)),
            day,
        ),
        lambda entry: measure_of(entry).status(day),
    )


def fields_by_sector(partnership: Partnership, day: date) -> CrossTable:
    """Measures by the sector of the company and field of action."""
    return _by_company(
        partnership,
        day,
        "handlungsfeld-branche",
        "Handlungsfeld und Branche",
        ("Branche", "branche"),
        [(key, sector.name) for key, sector in partnership.sectors.items()],
        lambda entry: entry.member.sector,
    )


def fields_by_size(partnership: Partnership, day: date) -> CrossTable:
    """Measures by the size of the company and field of action."""
    return _by_company(
        partnership,
        day,
        "handlungsfeld-groesse",
        "Handlungsfeld und Größe des Unternehmens",
        ("Größe", "groessenklasse"),
        [(key, label) for key, _, _, label in SIZES],
        lambda entry: statistics.size_of(entry.member),
    )


def fields_by_district(partnership: Partnership, day: date) -> CrossTable:
    """Measures by the district of the company and field of action."""
    return _by_company(
        partnership,
        day,
        "handlungsfeld-stadtbezirk",
        "Handlungsfeld und Stadtbezirk",
        ("Stadtbezirk", "stadtbezirk"),
        [(key, district.name) for key, district in partnership.districts.items()],
        lambda entry: entry.member.district,
    )


def fulfilment(partnership: Partnership, day: date) -> CrossTable:
    """What companies had planned for a year, and what became of it.

    Only what companies declared themselves is a commitment; what sources tell stands apart, and in
    no sum. Former members stay: a goal that was missed is not undone by leaving.
    """
    outcomes = [Column(key, label) for key, label in _OUTCOMES]
    apart = Column("oeffentliche-quelle", "aus öffentlicher Quelle, keine Selbstbindung")
    due_in: dict[int, list[Counted]] = {}
    for member in partnership.members:
        for measure in member.public_measures:
            if measure.goal is not None and measure.status(day) is not None:
                due_in.setdefault(measure.goal.year, []).append(Counted(member, measure))
    rows = []
    for year, due in sorted(due_in.items()):
        bound = tuple(entry for entry in due if entry.member.is_confirmed)
        cells = [Cell(Column(TOTAL, "vorgesehen"), len(bound), bound)]
        for column in outcomes:
            entries = tuple(e for e in bound if outcome(measure_of(e), day) == column.key)
            cells.append(Cell(column, len(entries), entries))
        told = tuple(entry for entry in due if not entry.member.is_confirmed)
        cells.append(Cell(apart, len(told), told))
        rows.append(Row(str(year), str(year), day, tuple(cells)))
    return CrossTable(
        "selbstbindung-nach-jahr",
        "Was aus den Planungen wurde",
        "Ziel im Jahr",
        "Gezählt werden Maßnahmen mit einem Ziel in dem Jahr, die das Unternehmen selbst angegeben"
        " hat, auch von inzwischen ausgetretenen Unternehmen. Rechtzeitig heißt: umgesetzt bis zum"
        " Ende des Zeitraums, den das Ziel nennt. Eine Maßnahme, die nach der Umsetzung eingestellt"
        " wurde, gilt als umgesetzt.",
        ("massnahmen.ziel", *statistics.STEPS, "massnahmen.bestaetigung"),
        statistics.ON_DAY,
        day,
        (Column(TOTAL, "vorgesehen"), *outcomes, apart),
        tuple(rows),
    )


_OUTCOMES = (
    ("rechtzeitig", "rechtzeitig umgesetzt"),
    ("spaeter", "später umgesetzt"),
    ("laufend", "in Umsetzung"),
    ("geplant", "noch geplant"),
    ("eingestellt", "ohne Umsetzung eingestellt"),
)


def outcome(measure: Measure, day: date) -> str:
    """What has become by `day` of a measure with a goal; dates known roughly count late."""
    if measure.done is not None and measure.done.last <= day:
        in_time = measure.goal is not None and measure.done.last <= measure.goal.last
        return "rechtzeitig" if in_time else "spaeter"
    return measure.status(day) or "geplant"


def reach(partnership: Partnership, day: date) -> CrossTable:
    """The share of employees reached by measures whose extent counts employees.

    Only companies that state both numbers; nothing is inferred for others.
    """
    companies = Column("unternehmen", "Unternehmen mit beiden Angaben", "unternehmen")
    offering = Column("mit-massnahme", "Unternehmen mit dieser Maßnahme", "unternehmen")
    reached = Column("erreicht", "erreichte Beschäftigte", "beschaeftigte")
    employed = Column("beschaeftigte", "Beschäftigte dieser Unternehmen", "beschaeftigte")
    share = Column("anteil", "Anteil", "prozent")
    in_force: dict[str, list[Counted]] = {}
    for entry in statistics.measures_on(partnership, day):
        measure = measure_of(entry)
        counts_staff = partnership.types[measure.type].unit.at_most == "beschaeftigte"
        if counts_staff and measure.status(day) in IN_FORCE:
            in_force.setdefault(measure.type, []).append(entry)
    rows = []
    for key, kind in partnership.types.items():
        # Two measures of one type in one company may reach the same people: the larger counts.
        best: dict[str, tuple[Decimal, Counted]] = {}
        for entry in in_force.get(key, ()):
            newest = measure_of(entry).latest_extent
            if newest and entry.member.employees:
                slug = entry.member.slug
                best[slug] = max(
                    best.get(slug, (newest[1], entry)), (newest[1], entry), key=lambda b: b[0]
                )
        if not best:
            continue
        amounts = tuple(amount for amount, _ in best.values())
        entries = tuple(Counted(entry.member) for _, entry in best.values())
        staff = tuple(Decimal(entry.member.employees or 0) for entry in entries)
        with_it = {e.member.slug: Counted(e.member) for e in in_force[key]}
        cells = (
            Cell(offering, len(with_it), tuple(with_it.values())),
            Cell(companies, len(entries), entries),
            Cell(reached, int(sum(amounts)), entries, amounts),
            Cell(employed, int(sum(staff)), entries, staff),
            Cell(share, percent(sum(amounts), sum(staff)), entries),
        )
        rows.append(Row(key, kind.name, day, cells))
    return CrossTable(
        "erreichte-beschaeftigte",
        "Erreichte Beschäftigte",
        "Maßnahmentyp",
        "Für Maßnahmen, deren Umfang Beschäftigte zählt und die laufen oder umgesetzt sind: der"
        " neueste angegebene Umfang, geteilt durch die Beschäftigten derselben Unternehmen."
        " Unternehmen, die eine der beiden Zahlen nicht nennen, bleiben außer Betracht;"
        " hochgerechnet wird nichts. Meldet ein Unternehmen einen Typ mehrfach, zählt der größte"
        " Umfang. Eine Person kann bei mehreren Typen vorkommen; die Zeilen ergeben keine Summe.",
        (
            *statistics.MEMBERSHIP,
            "massnahmen.typ",
            "massnahmen.umfang",
            *statistics.STEPS,
            "mitglieder.beschaeftigte",
        ),
        statistics.ON_DAY,
        day,
        (offering, companies, reached, employed, share),
        tuple(rows),
    )


def _by_company(
    partnership: Partnership,
    day: date,
    key: str,
    title: str,
    row: tuple[str, str],
    classes: Sequence[tuple[str, str]],
    class_of: Callable[[Counted], str | None],
) -> CrossTable:
    head, field = row
    return _crossed(
        day,
        key,
        title,
        head,
        "Gezählt werden geplante, laufende und umgesetzte Maßnahmen, nicht Unternehmen. Zeilen"
        " ohne Maßnahme fehlen.",
        (
            *statistics.MEMBERSHIP,
            f"mitglieder.{field}",
            "massnahmen.handlungsfeld",
            *statistics.STEPS,
        ),
        [Column(each, found.short) for each, found in partnership.fields.items()],
        statistics.split(statistics.not_ended(partnership, day), classes, class_of, day),
        lambda entry: partnership.field_of(measure_of(entry)),
    )


def _crossed(
    day: date,
    key: str,
    title: str,
    head: str,
    rule: str,
    fields: tuple[str, ...],
    columns: Iterable[Column],
    rows: Sequence[statistics.Row],
    column_of: Callable[[Counted], str | None],
) -> CrossTable:
    """Rows of entries, each divided by column, with the sums of rows and columns."""
    columns = (*columns, Column(TOTAL, "Summe"))
    everything = tuple(entry for row in rows for entry in row.entries)
    lines = [(row.key, row.label, row.entries) for row in rows if row.entries]
    lines.append((TOTAL, "Summe", everything))
    return CrossTable(
        key,
        title,
        head,
        rule,
        fields,
        statistics.ON_DAY,
        day,
        columns,
        tuple(
            Row(
                row_key,
                label,
                day,
                tuple(
                    Cell(column, len(found), found)
                    for column in columns
                    for found in [_of_column(column, entries, column_of)]
                ),
            )
            for row_key, label, entries in lines
        ),
    )


def _of_column(
    column: Column, entries: tuple[Counted, ...], column_of: Callable[[Counted], str | None]
) -> tuple[Counted, ...]:
    if column.key == TOTAL:
        return entries
    return tuple(entry for entry in entries if column_of(entry) == column.key)
