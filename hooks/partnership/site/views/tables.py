"""A table of figures as shown: its chart, and a link from each figure to its entries."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from partnership.figures import context
from partnership.figures.tables import Cell, Counted, Row, Table, Unit
from partnership.language import german
from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.site.views import charts
from partnership.site.views.common import RESTS, Link

# One of each unit, and several.
_UNITS: Mapping[Unit, tuple[str, str]] = {
    "unternehmen": ("Unternehmen", "Unternehmen"),
    "massnahmen": ("Maßnahme", "Maßnahmen"),
    "beschaeftigte": ("Person", "Personen"),
}


@dataclass(frozen=True, slots=True)
class RowView:
    """A figure as shown, and the word for what it counts; `href` leads to the entries behind it,
    empty where there are none. `rests` tells on how few companies a sum rests, `place` the row and
    the column of a table with two characteristics.
    """

    key: str
    label: str
    value: int
    value_text: str
    unit: str
    href: str
    note: str
    entries: tuple[Link, ...]
    rests: str = ""
    short_note: str = ""
    place: str = ""


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
    shown_on: str
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
    lead: str
    address: str
    download: str
    shown_on: str
    definition: Definition
    stand: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[RowView, ...]], ...]

    @property
    def is_told_by_sources(self) -> bool:
        """Whether some of the figures count what companies have not confirmed."""
        return any(cell.short_note for cell in self.figures)

    @property
    def figures(self) -> tuple[RowView, ...]:
        """Every figure of the table, row by row."""
        return tuple(cell for _, cells in self.rows for cell in cells)


def cross_view(table: Table) -> CrossView:
    """One table with two characteristics as shown."""
    return CrossView(
        key=table.key,
        title=table.title,
        lead=table.lead,
        address=addresses.table(table.key),
        download=addresses.table_file(table.key) if table.rows else "",
        shown_on=addresses.STATISTICS if table.topic == "members" else addresses.COMPARISON,
        definition=Definition(table.definition, table.fields, table.reference),
        stand=german.day(table.day),
        head=table.head,
        columns=tuple(column.label for column in table.columns),
        rows=tuple(
            (row.label, tuple(_cell_view(table, row, cell) for cell in row.cells))
            for row in table.rows
        ),
    )


def _cell_view(table: Table, row: Row, cell: Cell) -> RowView:
    key = f"{row.key}--{cell.column.key}"
    # The column of those entries says it of all of them.
    unconfirmed = cell.unconfirmed if cell.column.key != "oeffentliche-quelle" else 0
    if cell.column.unit == "prozent":
        value_text, unit = f"{german.number(cell.value)} %", ""
    else:
        value_text, unit = german.number(cell.value), _UNITS[cell.column.unit][cell.value != 1]
    place = f"{row.label}, {cell.column.label}"
    return RowView(
        key=key,
        label=f"{place}: {value_text} {unit}".rstrip(),
        value=cell.value,
        value_text=value_text,
        unit=unit,
        href=f"{addresses.table(table.key)}#{anchor(key)}" if cell.entries else "",
        note=_sources_note(unconfirmed),
        entries=_amounts(cell) if cell.amounts else _entries(cell.entries),
        rests=RESTS[context.rest(cell.amounts)],
        # A table with many columns has no room for more.
        short_note=f"{german.number(unconfirmed)} aus Quellen" if unconfirmed else "",
        place=place,
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
    one, many = _UNITS[table.unit]
    of_measures = table.unit == "massnahmen"
    rows = tuple(_row_view(table, row) for row in table.rows)
    plotted = [(row.label, row.value, row.href, _position(partnership, row.key)) for row in rows]
    missing = table.total - table.stated
    return TableView(
        key=table.key,
        title=table.title,
        address=addresses.table(table.key),
        download=addresses.table_file(table.key) if table.rows else "",
        shown_on=addresses.MEASURE_FIGURES if of_measures else addresses.STATISTICS,
        definition=Definition(table.definition, table.fields, table.reference),
        stand=german.day(table.day),
        unit=many,
        shape=table.shape or "",
        rows=rows,
        total_text="" if table.shape == "line" else german.number(table.total),
        stated_text=_stated(table) if missing and not of_measures else "",
        summary=_summary(table, one, many),
        bars=charts.bars(plotted) if table.shape in {"bars", "map"} else (),
        segments=charts.shares(plotted) if table.shape == "shares" else (),
        line=charts.line([(row.label, row.value) for row in rows])
        if table.shape == "line"
        else None,
    )


def listed_only(view: TableView) -> TableView:
    """The same table where few members are listed: what there is, without a chart and a zero."""
    return replace(
        view,
        shape="",
        rows=tuple(row for row in view.rows if row.value),
        bars=(),
        segments=(),
        line=None,
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
        unit=_UNITS[table.unit][row.value != 1],
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
            return "Hier ist noch nichts verzeichnet."
        first, last = table.rows[0], table.rows[-1]
        return (
            f"Von {german.counted(first.value, one, many)} im Jahr {first.label}"
            f" auf {german.number(last.value)} im Jahr {last.label}."
        )
    stated = (row for row in table.rows if row.value and row.stated)
    ranked = sorted(stated, key=lambda row: -row.value)
    if not ranked:
        return "Hier ist noch nichts verzeichnet."
    # Of several equals none is named before the others.
    rest = ranked[3].value if len(ranked) > 3 else 0
    leading = [row for row in ranked[:3] if row.value > rest]
    if not leading:
        return ""
    top = german.listing(f"{row.label} ({german.number(row.value)})" for row in leading)
    return f"Am häufigsten: {top}."


def _stated(table: Table) -> str:
    members = f"{german.number(table.total)} Unternehmen"
    if not table.stated:
        return f"Noch von keinem der {members} angegeben."
    return f"Angegeben von {german.number(table.stated)} der {members}."
