"""Statistics as shown: each table with its chart and a link from each figure to its entries."""

from dataclasses import dataclass, replace
from datetime import date

from partnership import addresses, crosstables, german, statistics
from partnership.crosstables import Cell, CrossTable
from partnership.model.partnership import Partnership
from partnership.statistics import Counted, Row, Table
from partnership.views import charts
from partnership.views.common import Link, named_source


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


@dataclass(frozen=True, slots=True)
class Definition:
    """What a table's figures are: what is counted, from which fields, on which day."""

    rule: str
    fields: tuple[str, ...]
    reference: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as shown, with the geometry of its chart (one of the three, the others empty)."""

    key: str
    title: str
    address: str
    download: str
    definition: Definition
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
class CrossView:
    """A table with two characteristics: heads of its columns, and rows of label and figures."""

    key: str
    title: str
    address: str
    download: str
    definition: Definition
    stand: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[RowView, ...]], ...]

    @property
    def figures(self) -> tuple[RowView, ...]:
        """Every figure of the table, row by row."""
        return tuple(cell for _, cells in self.rows for cell in cells)


@dataclass(frozen=True, slots=True)
class HeadcountView:
    """A published number of members and who published it."""

    when: str
    count: str
    source: Link


@dataclass(frozen=True, slots=True)
class Headcounts:
    """Published numbers of members, shown where the entries cannot tell the course of years."""

    rows: tuple[HeadcountView, ...]
    bars: tuple[charts.Bar, ...]
    summary: str
    dated: str
    instead: tuple[tuple[str, Link], ...]


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """The page of all figures."""

    members: tuple[TableView, ...]
    measures: tuple[TableView, ...]
    coverage: CrossView
    crossed: tuple[CrossView, ...]
    fulfilment: CrossView
    reach: CrossView
    headcounts: Headcounts | None
    stand: str
    unconfirmed: str


def page(partnership: Partnership, day: date) -> StatisticsPage:
    """Every table on `day`."""
    views = tuple(table_view(partnership, table) for table in statistics.tables(partnership, day))
    crossed = {table.key: cross_view(table) for table in crosstables.tables(partnership, day)}
    members = partnership.members_on(day)
    unconfirmed = sum(1 for member in members if not member.is_confirmed)
    return StatisticsPage(
        members=tuple(view for view in views if view.key.startswith("mitglieder")),
        measures=tuple(view for view in views if view.key.startswith("massnahmen")),
        coverage=crossed.pop("abdeckung-nach-jahr"),
        fulfilment=crossed.pop("selbstbindung-nach-jahr"),
        reach=crossed.pop("erreichte-beschaeftigte"),
        crossed=tuple(crossed.values()),
        headcounts=_headcounts(partnership, day),
        stand=german.day(day),
        unconfirmed=f"{german.number(unconfirmed)} von {german.number(len(members))} Unternehmen"
        if unconfirmed
        else "",
    )


def _headcounts(partnership: Partnership, day: date) -> Headcounts | None:
    if statistics.knows_joining(partnership, day):
        return None
    told = sorted(partnership.city.headcounts, key=lambda each: each.as_of)
    members = partnership.members_on(day)
    dated = sum(1 for member in members if member.joined is not None)
    rows = tuple(
        HeadcountView(
            german.partial_date(each.as_of),
            ("rund " if each.about else "") + german.number(each.count),
            Link(*named_source(each.source), external=True),
        )
        for each in told
    )
    shapes = charts.bars(
        [(row.when, each.count, "", 0) for row, each in zip(rows, told, strict=True)]
    )
    return Headcounts(
        rows,
        tuple(replace(bar, value_text=row.count) for bar, row in zip(shapes, rows, strict=True)),
        f"Von {rows[0].count} ({rows[0].when}) auf {rows[-1].count} ({rows[-1].when})."
        if rows
        else "",
        f"{german.number(dated)} der {german.number(len(members))}",
        tuple(
            (key, Link(title, addresses.table(key)))
            for key, title in (
                ("mitglieder-nach-jahr", "Unternehmen mit bekanntem Beitritt"),
                ("abdeckung-nach-jahr", "Ihre Auskünfte und Maßnahmen am Jahresende"),
            )
        ),
    )


def cross_view(table: CrossTable) -> CrossView:
    """One table with two characteristics as shown."""
    return CrossView(
        key=table.key,
        title=table.title,
        address=addresses.table(table.key),
        download=addresses.table_file(table.key),
        definition=Definition(table.rule, table.fields, table.reference),
        stand=german.day(table.day),
        head=table.head,
        columns=tuple(column.label for column in table.columns),
        rows=tuple(
            (row.label, tuple(_cell_view(table, row, cell) for cell in row.cells))
            for row in table.rows
        ),
    )


_UNITS = {
    "unternehmen": ("Unternehmen", "Unternehmen"),
    "massnahmen": ("Maßnahme", "Maßnahmen"),
    "beschaeftigte": ("Person", "Personen"),
}


def _cell_view(table: CrossTable, row: crosstables.Row, cell: Cell) -> RowView:
    key = f"{row.key}--{cell.column.key}"
    if cell.column.unit == "prozent":
        value_text = f"{german.number(cell.value)} %"
        shown = value_text
    else:
        value_text = german.number(cell.value)
        shown = german.counted(cell.value, *_UNITS[cell.column.unit])
    return RowView(
        key=key,
        label=f"{row.label}, {cell.column.label}: {shown}",
        value=cell.value,
        value_text=value_text,
        href=f"{addresses.table(table.key)}#{anchor(key)}" if cell.entries else "",
        note=_sources_note(cell.unconfirmed) if cell.column.key != "oeffentliche-quelle" else "",
        entries=_amounts(cell) if cell.amounts else _entries(cell.entries),
    )


def _amounts(cell: Cell) -> tuple[Link, ...]:
    """What each company adds to a sum, alphabetically: no ranking."""
    pairs = sorted(
        zip(cell.entries, cell.amounts, strict=True),
        key=lambda pair: german.collation_key(pair[0].member.name),
    )
    return tuple(
        Link(
            entry.member.name,
            addresses.member(entry.member.slug),
            note=f"{german.number(amount)} {_UNITS['beschaeftigte'][amount != 1]}",
        )
        for entry, amount in pairs
    )


def table_view(partnership: Partnership, table: Table) -> TableView:
    """One table as shown."""
    one, many = (
        ("Unternehmen", "Unternehmen") if table.subject == "members" else ("Maßnahme", "Maßnahmen")
    )
    rows = tuple(_row_view(table, row) for row in table.rows)
    plotted = [(row.label, row.value, row.href, _position(partnership, row.key)) for row in rows]
    missing = table.total - table.stated
    return TableView(
        key=table.key,
        title=table.title,
        address=addresses.table(table.key),
        download=addresses.table_file(table.key),
        definition=Definition(table.rule, table.fields, table.reference),
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


def _row_view(table: Table, row: Row) -> RowView:
    return RowView(
        key=row.key,
        label=row.label,
        value=row.value,
        value_text=german.number(row.value),
        href=f"{addresses.table(table.key)}#{anchor(row.key)}" if row.value else "",
        note=_sources_note(row.unconfirmed),
        entries=_entries(row.entries),
    )


def _sources_note(unconfirmed: int) -> str:
    return f"davon {german.number(unconfirmed)} aus öffentlicher Quelle" if unconfirmed else ""


def anchor(key: str) -> str:
    """The id of a row on the page of its entries; years and districts begin with a digit."""
    return f"w-{key.replace('_', '-')}"


def _entries(entries: tuple[Counted, ...]) -> tuple[Link, ...]:
    """The companies behind a figure, alphabetically, each once with what it contributes."""
    found: dict[str, list[Counted]] = {}
    for entry in entries:
        found.setdefault(entry.member.slug, []).append(entry)
    groups = sorted(found.values(), key=lambda group: german.collation_key(group[0].member.name))
    return tuple(
        Link(
            group[0].member.name,
            addresses.member(group[0].member.slug),
            # Of one measure the heading of the list says enough.
            note=f"{german.number(len(group))} Maßnahmen" if len(group) > 1 else "",
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
