"""Statistics as shown: each table with its chart and a link from each figure to its entries."""

from dataclasses import dataclass
from datetime import date

from partnership import addresses, german, statistics
from partnership.model.partnership import Partnership
from partnership.statistics import Counted, Row, Table
from partnership.views import charts
from partnership.views.common import Link


@dataclass(frozen=True, slots=True)
class RowView:
    """A figure as shown; `href` leads to the entries behind it, empty where there are none."""

    key: str
    label: str
    value: int
    value_text: str
    href: str
    note: str
    entries: tuple[Link, ...]
    unlisted: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as shown, with the geometry of its chart (one of the three, the others empty)."""

    key: str
    title: str
    address: str
    download: str
    rule: str
    stand: str
    unit: str
    shape: str
    rows: tuple[RowView, ...]
    total_text: str
    stated_text: str
    summary: str
    bars: tuple[charts.Bar, ...]
    segments: tuple[charts.Segment, ...]
    line: charts.Line | None


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """The page of all figures."""

    members: tuple[TableView, ...]
    measures: tuple[TableView, ...]
    stand: str
    unconfirmed: str


def page(partnership: Partnership, day: date) -> StatisticsPage:
    """Every table on `day`."""
    views = tuple(table_view(partnership, table) for table in statistics.tables(partnership, day))
    members = partnership.members_on(day)
    unconfirmed = sum(1 for member in members if not member.is_confirmed)
    return StatisticsPage(
        members=tuple(view for view in views if view.key.startswith("mitglieder")),
        measures=tuple(view for view in views if view.key.startswith("massnahmen")),
        stand=german.day(day),
        unconfirmed=f"{german.number(unconfirmed)} von {german.number(len(members))} Unternehmen"
        if unconfirmed
        else "",
    )


def table_view(partnership: Partnership, table: Table) -> TableView:
    """One table as shown."""
    one, many = (
        ("Unternehmen", "Unternehmen") if table.subject == "members" else ("Maßnahme", "Maßnahmen")
    )
    rows = tuple(_row_view(table, row, one, many) for row in table.rows)
    plotted = [(row.label, row.value, row.href, _position(partnership, row.key)) for row in rows]
    missing = table.total - table.stated
    return TableView(
        key=table.key,
        title=table.title,
        address=addresses.table(table.key),
        download=addresses.table_file(table.key),
        rule=table.rule,
        stand=german.day(table.day),
        unit=many,
        shape=table.shape,
        rows=rows,
        total_text="" if table.shape == "line" else german.number(table.total),
        stated_text=f"Angegeben von {german.number(table.stated)} der"
        f" {german.number(table.total)} Unternehmen."
        if missing and table.subject == "members"
        else "",
        summary=_summary(table, one, many),
        bars=charts.bars(plotted) if table.shape == "bars" else (),
        segments=charts.shares(plotted) if table.shape == "shares" else (),
        line=charts.line([(row.label, row.value) for row in rows])
        if table.shape == "line"
        else None,
    )


def _position(partnership: Partnership, key: str) -> int:
    fields = list(partnership.fields)
    return fields.index(key) + 1 if key in fields else 0


def _row_view(table: Table, row: Row, one: str, many: str) -> RowView:
    note = (
        f"davon {german.number(row.unconfirmed)} aus öffentlicher Quelle" if row.unconfirmed else ""
    )
    return RowView(
        key=row.key,
        label=row.label,
        value=row.value,
        value_text=german.number(row.value),
        href=f"{addresses.table(table.key)}#{anchor(row.key)}" if row.value else "",
        note=note,
        entries=_entries(row),
        unlisted=f"{german.counted(row.unlisted, one, many)} ohne Namensnennung"
        if row.unlisted
        else "",
    )


def anchor(key: str) -> str:
    """The id of a row on the page of its entries; years and districts begin with a digit."""
    return f"w-{key.replace('_', '-')}"


def _entries(row: Row) -> tuple[Link, ...]:
    """The companies behind a figure, alphabetically, each once with what it contributes."""
    found: dict[str, list[Counted]] = {}
    for entry in row.listed:
        found.setdefault(entry.member.slug, []).append(entry)
    groups = sorted(found.values(), key=lambda group: german.collation_key(group[0].member.name))
    return tuple(
        Link(
            group[0].member.name,
            addresses.member(group[0].member.slug),
            note=german.counted(len(group), "Maßnahme", "Maßnahmen") if group[0].measure else "",
        )
        for group in groups
    )


def _summary(table: Table, one: str, many: str) -> str:
    """What the chart shows, in a sentence, for those who do not see it."""
    if table.shape == "line":
        if not table.rows:
            return "Noch keine Angaben."
        first, last = table.rows[0], table.rows[-1]
        return (
            f"Von {german.counted(first.value, one, many)} im Jahr {first.label}"
            f" auf {german.number(last.value)} im Jahr {last.label}."
        )
    stated = (row for row in table.rows if row.value and row.stated)
    ranked = sorted(stated, key=lambda row: -row.value)
    if not ranked:
        return "Noch keine Angaben."
    top = german.listing(f"{row.label} ({german.number(row.value)})" for row in ranked[:3])
    return f"Am häufigsten: {top}."
