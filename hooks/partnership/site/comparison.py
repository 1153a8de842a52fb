"""What a change does to the public site: two states of a city's files, compared as visitors and
users of the open data see them. What is not published cannot appear here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from markupsafe import Markup, escape

from partnership import addresses, markers
from partnership.exports import exports
from partnership.exports.data import tables
from partnership.exports.table import Cell, Table
from partnership.model.event import News, ProsePage
from partnership.model.partnership import Partnership
from partnership.pages import Site

# By which fields a row is the same row, and by which it is named. Measures have no key of their
# own: their number shifts when another one is written above them.
_IDENTITY: Mapping[str, tuple[str, ...]] = {"massnahmen": ("mitglied", "typ", "titel")}
_NAMES: Mapping[str, tuple[str, ...]] = {
    "mitglieder": ("name",),
    "massnahmen": ("mitglied", "typ_name", "titel"),
    "statistik": ("tabelle_name", "merkmal_name", "spalte_name"),
    "jahressummen": ("jahr", "groesse_name", "merkmal_name"),
    "vertrauliche-summen": ("jahr", "groesse", "gruppe"),
    "kennzahlen": ("mitglied", "jahr", "kennzahl_name"),
    "auskuenfte": ("mitglied", "stand"),
    "mitgliederzahlen": ("stand",),
    "veranstaltungen": ("titel", "beginn"),
}
_FIGURE, _FIGURES = "wert", "statistik"
# What explains other tables: no change of the city's own.
_EXPLAINING = frozenset({"definitionen"})
# Fields that follow from others or differ with the day alone.
_DERIVED = frozenset({"massnahme", "stichtag", "seite"})


@dataclass(frozen=True, slots=True)
class Edit:
    """A row that is in both states: field, value before, value after."""

    name: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class TableChange:
    """What became of the rows of one table."""

    title: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    edited: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two states compared. `figures` are name, value before, value after; pages are
    addresses: moved ones lead to another page now, lost ones nowhere.
    """

    tables: tuple[TableChange, ...]
    figures: tuple[tuple[str, str, str], ...]
    new_pages: tuple[str, ...]
    moved_pages: tuple[str, ...]
    lost_pages: tuple[str, ...]
    edited_pages: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether visitors see no difference."""
        return not any((self.tables, self.figures, self.new_pages, self.edited_pages)) and not (
            self.lost_pages or self.moved_pages
        )


def compare(
    old: Partnership, new: Partnership, now: datetime, folders: Sequence[Path]
) -> Comparison:
    """Compare two states as seen at the same moment; `folders` hold the templates."""
    before = {table.name: table for table in tables(old, now.date())}
    changes: list[TableChange] = []
    figures: tuple[tuple[str, str, str], ...] = ()
    for table in tables(new, now.date()):
        found = _table(before.get(table.name, table), table)
        if table.name == _FIGURES:
            figures = tuple(_figures(before.get(table.name, table), table))
        elif table.name not in _EXPLAINING and (found.added or found.removed or found.edited):
            changes.append(found)
    old_pages, new_pages = _pages(old, now, folders), _pages(new, now, folders)
    gone = sorted(old_pages.keys() - new_pages.keys())
    redirects = {addresses.member(old) for member in new.members for old in member.former}
    return Comparison(
        tables=tuple(changes),
        figures=figures,
        new_pages=tuple(sorted(new_pages.keys() - old_pages.keys())),
        moved_pages=tuple(address for address in gone if address in redirects),
        lost_pages=tuple(address for address in gone if address not in redirects),
        edited_pages=tuple(
            address
            for address in sorted(new_pages.keys() & old_pages.keys())
            if new_pages[address] != old_pages[address]
        ),
    )


def report(comparison: Comparison, site: Site) -> str:
    """The comparison as a German Markdown text, for the summary of a pull request."""
    return site.templates.render("reports/comparison.md", "", {"comparison": comparison})


def _rows(table: Table) -> dict[tuple[object, ...], dict[str, Cell]]:
    identity = _IDENTITY.get(table.name, table.key)
    names = [column.name for column in table.columns]
    seen: Counter[tuple[object, ...]] = Counter()
    rows: dict[tuple[object, ...], dict[str, Cell]] = {}
    for row in table.rows:
        said = dict(zip(names, row, strict=True))
        key = tuple(said[each] for each in identity)
        seen[key] += 1
        rows[*key, seen[key]] = said
    return rows


def _name(table: Table, row: Mapping[str, Cell]) -> str:
    wanted = _NAMES.get(table.name, table.key)
    return " · ".join(str(row[each]) for each in wanted if row.get(each) is not None)


def _table(old: Table, new: Table) -> TableChange:
    before, after = _rows(old), _rows(new)
    edits = (Edit(_name(new, row), tuple(_fields(new, before[key], row)))
             for key, row in after.items() if key in before)  # fmt: skip
    return TableChange(
        new.title,
        added=tuple(_name(new, row) for key, row in after.items() if key not in before),
        removed=tuple(_name(old, row) for key, row in before.items() if key not in after),
        edited=tuple(edit for edit in edits if edit.fields),
    )


def _fields(
    table: Table, before: Mapping[str, Cell], after: Mapping[str, Cell]
) -> Iterator[tuple[str, str, str]]:
    for column in table.columns:
        old, new = before.get(column.name), after.get(column.name)
        if column.name not in _DERIVED and old != new:
            yield column.name, _shown(old), _shown(new)


def _figures(old: Table, new: Table) -> Iterator[tuple[str, str, str]]:
    before, after = _rows(old), _rows(new)
    for key in dict.fromkeys((*before, *after)):
        then, now = before.get(key), after.get(key)
        values = [row[_FIGURE] if row else None for row in (then, now)]
        if values[0] != values[1]:
            yield _name(new, now or then or {}), _shown(values[0]), _shown(values[1])


def _shown(value: Cell) -> str:
    return "–" if value is None else str(value)


def _pages(partnership: Partnership, now: datetime, folders: Sequence[Path]) -> dict[str, Markup]:
    """What stands on each page, prose as Markdown with its blocks rendered."""
    site = Site(partnership, now, folders)
    site.add_files(export.path for export in exports(partnership, now))
    site.add_files((addresses.FORM_TABLE, *(export.path for export in site.badges())))
    site.add_files(_files_beside_pages(partnership))
    pages = {page.address: escape(page.frame.title) + page.body for page in site.generated()}
    texts: list[ProsePage | News] = [*partnership.prose, *partnership.news]
    for prose in texts:
        address = site.prose_frame(prose).address
        text = escape(site.words.fill_markdown(f"{prose.title}\n{prose.body}"))
        blocks = [match["argument"] for match in markers.MARK.finditer(prose.body)
                  if match["name"] == "block"]  # fmt: skip
        pages[address] = text + Markup("").join(site.block(name, address) for name in blocks)
    if home := next((page for page in partnership.prose if page.path == "content/index.md"), None):
        pages[""] = site.home(home.body)
    return pages


def _files_beside_pages(partnership: Partnership) -> Iterator[str]:
    """What lies in content/ to be downloaded; pages link to it."""
    for root in (partnership.root, partnership.base):
        if root is not None:
            content = root / "content"
            yield from (path.relative_to(content).as_posix() for path in content.rglob("*"))
