"""What a change does to the public site: two states of a city's files, compared as visitors and
users of the open data see them. What is not published cannot appear here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from partnership.figures.reckoning import Reckoning
from partnership.language import german
from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.site.comparison.files import FileChanges
from partnership.site.comparison.files import changes as file_changes
from partnership.site.comparison.pages import pages
from partnership.site.comparison.rows import (
    Edit,
    Rows,
    TableChange,
    difference,
    fields,
    name,
    rows,
    with_measures,
)
from partnership.site.exports.data import every_table
from partnership.site.exports.table import Cell, Table
from partnership.site.pages import Site

_MEMBERS = "mitglieder"
# Told with the member they are about.
_OF_MEMBERS = ("massnahmen", "umfaenge", "kennzahlen", "auskuenfte")
_FIGURE, _FIGURES = "wert", "statistik"
# Figures too many to be told one by one, and what only explains other tables.
_COUNTED = frozenset({"jahressummen", "wirkung"})
_EXPLAINING = frozenset({"definitionen"})
# So many rows of one kind are told of one member; more are counted.
_FEW = 2


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two states compared. `renamed` are sentences; `members` and `tables` say what became of
    entries; `figures` are name, value before, value after, `counted` the title of a table and how
    many of its figures differ; pages are addresses: moved ones lead to another page now, lost ones
    nowhere; `files` are what lies beside the pages. `unread` are files of the earlier state that
    could not be read and were not compared.
    """

    renamed: tuple[str, ...]
    members: TableChange
    tables: tuple[TableChange, ...]
    figures: tuple[tuple[str, str, str], ...]
    counted: tuple[tuple[str, int], ...]
    new_pages: tuple[str, ...]
    moved_pages: tuple[str, ...]
    lost_pages: tuple[str, ...]
    edited_pages: tuple[str, ...]
    files: FileChanges
    unread: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[TableChange, ...]:
        """What became of entries of every kind, members first."""
        has_members = self.members.count or self.renamed
        return (*((self.members,) if has_members else ()), *self.tables)

    @property
    def is_empty(self) -> bool:
        """Whether visitors see no difference."""
        return not any((self.entries, self.figures, self.counted, self.files)) and not any(
            (self.new_pages, self.moved_pages, self.lost_pages, self.edited_pages)
        )


def compare(
    old: Partnership,
    new: Partnership,
    now: datetime,
    folders: Sequence[Path],
    unread: Sequence[str] = (),
) -> Comparison:
    """Compare two states as seen at the same moment; `folders` hold the templates."""
    moved = _moved(old, new)
    before, after = _tables(old, now), _tables(new, now)
    changes = {
        table.name: difference(
            table, rows(before.get(table.name, table), moved), rows(table, {}), new
        )
        for table in after.values()
        if table.name not in _EXPLAINING
    }
    old_pages, new_pages = pages(old, now, folders), pages(new, now, folders)
    gone = sorted(old_pages.keys() - new_pages.keys())
    redirects = {addresses.member(old) for member in new.members for old in member.former}
    names = {member.slug: member.name for member in (*old.members, *new.members)}
    return Comparison(
        renamed=tuple(
            f"{names[slug]} ({slug}) wird zu {names[fresh]} ({fresh})"
            for slug, fresh in moved.items()
        ),
        members=_members(before, after, moved, new),
        tables=tuple(
            change
            for key, change in changes.items()
            if change.count and key not in {_MEMBERS, _FIGURES, *_OF_MEMBERS, *_COUNTED}
        ),
        figures=tuple(_figures(before[_FIGURES], after[_FIGURES])),
        counted=tuple(
            (change.title, change.count)
            for key, change in changes.items()
            if key in _COUNTED and change.count
        ),
        new_pages=tuple(sorted(new_pages.keys() - old_pages.keys())),
        moved_pages=tuple(address for address in gone if address in redirects),
        lost_pages=tuple(address for address in gone if address not in redirects),
        edited_pages=tuple(
            address or "Startseite"
            for address in sorted(new_pages.keys() & old_pages.keys())
            if new_pages[address] != old_pages[address]
        ),
        files=file_changes(old, new),
        unread=tuple(unread),
    )


def report(comparison: Comparison, site: Site) -> str:
    """The comparison as a German Markdown text, for the summary of a pull request."""
    return site.templates.render("reports/comparison.md", "", {"comparison": comparison})


def _tables(partnership: Partnership, now: datetime) -> dict[str, Table]:
    found = {table.name: table for table in every_table(Reckoning(partnership, now.date()))}
    return found | {"umfaenge": with_measures(found["umfaenge"], found["massnahmen"])}


def _moved(old: Partnership, new: Partnership) -> dict[str, str]:
    """Members whose address is another one now: address before → now. Where nothing leads from one
    to the other, the name tells.
    """
    gone = {member.slug: member for member in old.members if member.slug not in new.slugs}
    fresh = [member for member in new.members if member.slug not in old.slugs]
    by_name = {member.name: member.slug for member in fresh}
    moved = {slug: by_name[member.name] for slug, member in gone.items() if member.name in by_name}
    return moved | {slug: each.slug for each in fresh for slug in each.former if slug in gone}


def _members(
    before: Mapping[str, Table],
    after: Mapping[str, Table],
    moved: Mapping[str, str],
    partnership: Partnership,
) -> TableChange:
    """What became of each member, with everything that is told of it."""
    table = after[_MEMBERS]
    old, new = rows(before[_MEMBERS], moved), rows(table, {})
    told: dict[Cell, list[str]] = {row["mitglied"]: [] for row in new.values()}
    for key, row in new.items():
        if key in old:
            told[row["mitglied"]] += fields(table, old[key], row, partnership)
    stayed = {row["mitglied"] for row in old.values()} & told.keys()
    for each in _OF_MEMBERS:
        olds, news = _by_member(rows(before[each], moved)), _by_member(rows(after[each], {}))
        for slug in stayed & (olds.keys() | news.keys()):
            change = difference(after[each], olds.get(slug, {}), news.get(slug, {}), partnership)
            told[slug] += _in_short(change)
    edits = (Edit(name(table, row), tuple(told[row["mitglied"]])) for row in new.values())
    found = difference(table, old, new, partnership)
    edited = tuple(edit for edit in edits if edit.parts)
    return TableChange(found.title, found.added, found.removed, edited)


def _by_member(found: Rows) -> dict[Cell, Rows]:
    groups: dict[Cell, Rows] = {}
    for key, row in found.items():
        groups.setdefault(row["mitglied"], {})[key] = row
    return groups


def _in_short(change: TableChange) -> Iterator[str]:
    """What became of a member's rows of one table: a few by name, many by number."""
    groups = (
        ("neu", list(change.added)),
        ("entfällt", list(change.removed)),
        ("geändert", [f"{edit.name} ({', '.join(edit.parts)})" for edit in change.edited]),
    )
    for word, entries in groups:
        if entries:
            named = "; ".join(entries) if len(entries) <= _FEW else str(len(entries))
            yield f"{change.title} ({word}): {named}"


def _figures(old: Table, new: Table) -> Iterator[tuple[str, str, str]]:
    before, after = rows(old, {}), rows(new, {})
    for key in dict.fromkeys((*before, *after)):
        then, now = before.get(key), after.get(key)
        values = [row[_FIGURE] if row else None for row in (then, now)]
        if values[0] != values[1]:
            yield name(new, now or then or {}), _shown(values[0]), _shown(values[1])


def _shown(value: Cell) -> str:
    return german.number(value) if isinstance(value, int | float) else value or "–"
