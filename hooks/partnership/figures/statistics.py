"""The figures of the partnership on a day: what is counted, and which entries stand behind it.

Rules for every table
- Companies and measures are counted apart; unlike units are never added.
- A company counts on a day if it belongs to the partnership then (`Member.is_member`).
- A measure counts on a day if it has a status then (`Measure.status`), and its company counts.
- Entries from public sources are no Selbstbindung: every figure says how many of its entries they
  are, and they are never counted as confirmed.
- Missing is not zero: entries that do not state the characteristic stand in a row of their own,
  and each table says how many of how many stated it.
- What a company gave for totals only (`nur_summe`) is not counted here. These figures are new every
  day: a count that grows on the day a company joins would tell what it keeps to itself. It enters
  the sums of closed years (`yearsums`). So every figure here has all its entries in the open data.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from partnership.glossary import NOT_STATED, SIZES, STATUS_LABEL, size_class
from partnership.model.member import IN_FORCE, STATUSES, Measure, Member
from partnership.model.partnership import Partnership

Subject = Literal["members", "measures"]
Shape = Literal["bars", "line", "shares"]

ON_DAY = "Tag der Berechnung"
AT_YEAR_END = "31. Dezember jedes Jahres, im laufenden Jahr der Tag der Berechnung"
MEMBERSHIP = ("mitglieder.beitritt", "mitglieder.austritt")
STEPS = (
    "massnahmen.geplant",
    "massnahmen.laufend",
    "massnahmen.umgesetzt",
    "massnahmen.eingestellt",
)


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that was counted: a member, or a measure of a member."""

    member: Member
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: its key and label, and the entries that make it up."""

    key: str
    label: str
    entries: tuple[Counted, ...]
    day: date
    stated: bool = True

    @property
    def value(self) -> int:
        """How many entries there are."""
        return len(self.entries)

    @property
    def unconfirmed(self) -> int:
        """How many of them come from public sources only."""
        return sum(1 for entry in self.entries if not entry.member.is_confirmed)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of figures on `day`; `shape` says which chart shows it best.

    Its definition is the `rule`, the `fields` of the open data it is counted from, and the
    `reference` day in words.
    """

    key: str
    title: str
    subject: Subject
    rule: str
    day: date
    shape: Shape
    rows: tuple[Row, ...]
    fields: tuple[str, ...] = ()
    reference: str = ON_DAY

    @property
    def total(self) -> int:
        """The sum of a table that splits a whole; of a line, its last value."""
        if self.shape == "line":
            return self.rows[-1].value if self.rows else 0
        return sum(row.value for row in self.rows)

    @property
    def stated(self) -> int:
        """How many entries state the characteristic."""
        return self.total - sum(row.value for row in self.rows if not row.stated)


# Pages and several exports show the same tables.
@lru_cache(maxsize=4)
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


def knows_joining(partnership: Partnership, day: date) -> bool:
    """Whether most members tell since when they belong; otherwise a curve of members misleads."""
    members = partnership.members_on(day)
    return 2 * sum(1 for member in members if member.joined is not None) >= max(len(members), 1)


def years(partnership: Partnership, day: date) -> tuple[int, ...]:
    """The years from the founding to `day`."""
    return tuple(range(partnership.city.founded.year, day.year + 1))


def year_ends(partnership: Partnership, day: date) -> tuple[date, ...]:
    """The last day of each year from the founding on; of the running year, `day` itself."""
    return tuple(min(date(year, 12, 31), day) for year in years(partnership, day))


def measures_on(partnership: Partnership, day: date) -> tuple[Counted, ...]:
    """Every published measure with a status on `day`, of every company that belongs then."""
    return tuple(
        Counted(member, measure)
        for member in partnership.members_on(day)
        for measure in member.public_measures
        if measure.status(day) is not None
    )


def members_dated(partnership: Partnership, day: date) -> tuple[Member, ...]:
    """Who is known to have joined by `day` and belongs then."""
    return tuple(
        member
        for member in partnership.members_on(day)
        if member.joined is not None and member.joined.first <= day
    )


def members_over_time(partnership: Partnership, day: date) -> Table:
    """Members at the end of each year. Companies whose joining is not dated do not count: since
    when they belong is not known. Of those known to have joined "at the latest" by a day, each
    counts from then on.
    """
    rows = [
        Row(str(end.year), str(end.year), tuple(map(Counted, members_dated(partnership, end))), end)
        for end in year_ends(partnership, day)
    ]
    return Table(
        "mitglieder-nach-jahr",
        "Mitglieder am Jahresende",
        "members",
        "Gezählt werden Unternehmen, die am 31. Dezember des Jahres Mitglied waren, im laufenden"
        " Jahr am Tag der Berechnung. Unternehmen ohne bekanntes Beitrittsdatum zählen hier nicht.",
        day,
        "line",
        tuple(rows),
        MEMBERSHIP,
        AT_YEAR_END,
    )


def members_by_sector(partnership: Partnership, day: date) -> Table:
    """Members by sector, largest first; every member has exactly one."""
    table = _split_members(
        partnership,
        day,
        "mitglieder-nach-branche",
        "Mitglieder nach Branche",
        "Jedes Unternehmen gehört zu genau einer Branche.",
        [(key, sector.name) for key, sector in partnership.sectors.items()],
        lambda member: member.sector,
        "branche",
    )
    return _ranked(table, table.rows)


def members_by_district(partnership: Partnership, day: date) -> Table:
    """Members by district of the city."""
    return _split_members(
        partnership,
        day,
        "mitglieder-nach-stadtbezirk",
        "Mitglieder nach Stadtbezirk",
        "Gezählt wird der Stadtbezirk, den das Unternehmen für seinen Hauptstandort in der Stadt"
        " angibt.",
        [(key, district.name) for key, district in partnership.districts.items()],
        lambda member: member.district,
        "stadtbezirk",
    )


def members_by_size(partnership: Partnership, day: date) -> Table:
    """Members by number of employees at the city's sites (classes: see `glossary.SIZES`)."""
    return _split_members(
        partnership,
        day,
        "mitglieder-nach-groesse",
        "Mitglieder nach Größe",
        "Größenklassen nach der Zahl der Beschäftigten an den Standorten in der Stadt.",
        [(key, label) for key, _, _, label in SIZES],
        size_of,
        "groessenklasse",
    )


def measures_by_field(partnership: Partnership, day: date) -> Table:
    """Measures by field of action, ended ones left out."""
    return _split_measures(
        day,
        "massnahmen-nach-handlungsfeld",
        "Maßnahmen nach Handlungsfeld",
        "Gezählt werden geplante, laufende und umgesetzte Maßnahmen; der Maßnahmentyp bestimmt das"
        " Handlungsfeld.",
        [(key, field.name) for key, field in partnership.fields.items()],
        lambda entry: partnership.field_of(measure_of(entry)),
        not_ended(partnership, day),
        "shares",
        "handlungsfeld",
    )


def measures_by_status(partnership: Partnership, day: date) -> Table:
    """Measures by their status on the day."""
    return _split_measures(
        day,
        "massnahmen-nach-status",
        "Maßnahmen nach Status",
        "Der Status folgt aus den Daten der Maßnahme am Tag der Berechnung. Eine auf den Monat oder"
        " das Jahr bekannte Angabe zählt ab dessen Ende.",
        [(status, STATUS_LABEL[status]) for status in STATUSES],
        lambda entry: measure_of(entry).status(day),
        measures_on(partnership, day),
        "shares",
        "status",
    )


def measures_by_type(partnership: Partnership, day: date) -> Table:
    """Measures by type, ended ones left out; types nobody uses are not shown."""
    table = _split_measures(
        day,
        "massnahmen-nach-typ",
        "Maßnahmen nach Typ",
        "Gezählt werden geplante, laufende und umgesetzte Maßnahmen. Typen ohne Eintrag fehlen.",
        [(key, kind.name) for key, kind in partnership.types.items()],
        lambda entry: measure_of(entry).type,
        not_ended(partnership, day),
        "bars",
        "typ",
    )
    return _ranked(table, (row for row in table.rows if row.value))


def measures_over_time(partnership: Partnership, day: date) -> Table:
    """Measures in force (running or done) at the end of each year."""
    rows = []
    for end in year_ends(partnership, day):
        counted = tuple(
            entry
            for entry in measures_on(partnership, end)
            if measure_of(entry).status(end) in IN_FORCE
        )
        rows.append(Row(str(end.year), str(end.year), counted, end))
    return Table(
        "massnahmen-nach-jahr",
        "Wirksame Maßnahmen am Jahresende",
        "measures",
        "Gezählt werden Maßnahmen, die am 31. Dezember des Jahres liefen oder umgesetzt waren, im"
        " laufenden Jahr am Tag der Berechnung.",
        day,
        "line",
        tuple(rows),
        (*MEMBERSHIP, *STEPS),
        AT_YEAR_END,
    )


def _ranked(table: Table, rows: Iterable[Row]) -> Table:
    """`table` with these rows, the largest first; equal ones stay in the catalogue's order."""
    return replace(table, rows=tuple(sorted(rows, key=lambda row: -row.value)))


def size_of(member: Member) -> str | None:
    """The key of the size class, None where the number of employees is not known."""
    found = size_class(member.employees)
    return found[0] if found else None


def measure_of(entry: Counted) -> Measure:
    """The measure of an entry that counts one."""
    assert entry.measure is not None  # noqa: S101 - measures are counted with their measure
    return entry.measure


def not_ended(partnership: Partnership, day: date) -> tuple[Counted, ...]:
    """Every published measure that is planned, running or done on `day`."""
    return tuple(
        entry
        for entry in measures_on(partnership, day)
        if measure_of(entry).status(day) != "eingestellt"
    )


def _split_members(
    partnership: Partnership,
    day: date,
    key: str,
    title: str,
    rule: str,
    classes: Iterable[tuple[str, str]],
    class_of: Callable[[Member], str | None],
    field: str,
) -> Table:
    entries = tuple(Counted(member) for member in partnership.members_on(day))
    rows = split(entries, classes, lambda entry: class_of(entry.member), day)
    fields = (*MEMBERSHIP, f"mitglieder.{field}")
    return Table(key, title, "members", rule, day, "bars", rows, fields)


def _split_measures(
    day: date,
    key: str,
    title: str,
    rule: str,
    classes: Iterable[tuple[str, str]],
    class_of: Callable[[Counted], str | None],
    entries: Iterable[Counted],
    shape: Shape,
    field: str,
) -> Table:
    rows = split(entries, classes, class_of, day)
    fields = (*MEMBERSHIP, *STEPS, f"massnahmen.{field}")
    return Table(key, title, "measures", rule, day, shape, rows, fields)


def split(
    entries: Iterable[Counted],
    classes: Iterable[tuple[str, str]],
    class_of: Callable[[Counted], str | None],
    day: date,
) -> tuple[Row, ...]:
    """One row a class in the given order, and one for entries without the characteristic."""
    found: dict[str | None, list[Counted]] = {}
    for entry in entries:
        found.setdefault(class_of(entry), []).append(entry)
    rows = [Row(key, label, tuple(found.get(key, ())), day) for key, label in classes]
    if None in found:
        rows.append(Row("ohne-angabe", NOT_STATED, tuple(found[None]), day, stated=False))
    return tuple(rows)
