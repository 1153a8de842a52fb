"""The list of changes, newest day first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from partnership.checking.history import Change
from partnership.language import german
from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.site.views.common import Link

# More new entries than this on one day stand folded up: a first import is no news.
_FOLDED = 12
_NEW = {
    "members": ("Unternehmen neu im Verzeichnis", "Unternehmen neu im Verzeichnis"),
    "data/veranstaltungen": ("neue Veranstaltung", "neue Veranstaltungen"),
    "content/aktuelles": ("neue Nachricht", "neue Nachrichten"),
}


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A changed entry; `entry` has no address where the page is gone."""

    entry: Link
    what: str
    note: str


@dataclass(frozen=True, slots=True)
class Added:
    """New entries of one kind, such as „3 neue Nachrichten“; `is_long` asks to fold them up."""

    label: str
    entries: tuple[Link, ...]
    is_long: bool


@dataclass(frozen=True, slots=True)
class DayView:
    """The changes of one day. Removed entries are counted, not named: who asks to be taken off a
    site does not want to be listed there for having asked.
    """

    label: str
    iso: str
    added: tuple["Added", ...]
    edited: tuple[ChangeView, ...]
    removed: int


def days(partnership: Partnership, history: Iterable[Change]) -> tuple[DayView, ...]:
    """The changes day by day; several changes of one entry on one day are one."""
    pages = _pages(partnership)
    found: dict[str, dict[str, list[Change]]] = {}
    hidden = {member.path for member in partnership.unlisted}
    for change in (each for each in history if each.path not in hidden):
        found.setdefault(change.day.isoformat(), {}).setdefault(change.path, []).append(change)
    return tuple(
        _day(iso, [_merged(changes) for changes in paths.values()], pages)
        for iso, paths in found.items()
    )


def _pages(partnership: Partnership) -> Mapping[str, str]:
    return {
        **{member.path: addresses.member(member.slug) for member in partnership.members},
        **{event.path: addresses.event(event.slug) for event in partnership.events},
        **{item.path: addresses.news(item.slug) for item in partnership.news},
    }


def _merged(changes: list[Change]) -> Change:
    """Newest first: what an entry came to on that day."""
    last, first = changes[0], changes[-1]
    if last.kind == "edited" and first.kind == "added":
        return first
    parts = tuple(dict.fromkeys(part for change in reversed(changes) for part in change.parts))
    note = "; ".join(dict.fromkeys(change.note for change in reversed(changes) if change.note))
    return Change(last.day, last.kind, last.path, last.name, parts, note)


def _day(iso: str, changes: list[Change], pages: Mapping[str, str]) -> DayView:
    entries = sorted(changes, key=lambda change: german.collation_key(change.name))
    return DayView(
        label=german.day(entries[0].day),
        iso=iso,
        added=tuple(_added(entries, pages)),
        edited=tuple(
            ChangeView(
                _entry(each, pages), german.listing(f"„{part}“" for part in each.parts), each.note
            )
            for each in entries
            if each.kind == "edited"
        ),
        removed=sum(each.kind == "removed" for each in entries),
    )


def _added(changes: list[Change], pages: Mapping[str, str]) -> Iterator[Added]:
    for folder, (one, many) in _NEW.items():
        new = tuple(
            _entry(each, pages)
            for each in changes
            if each.kind == "added" and each.path.startswith(f"{folder}/")
        )
        if new:
            yield Added(german.counted(len(new), one, many), new, len(new) > _FOLDED)


def _entry(change: Change, pages: Mapping[str, str]) -> Link:
    return Link(change.name, pages.get(change.path, ""))
