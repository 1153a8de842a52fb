"""What changed in the published entries, and when, from the version history (git).

Only what visitors can see counts: internal notes and what was given for totals only leave no trace
here, not even that they changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal

from partnership.checking.repository import Blobs, Commit, first_known, log
from partnership.model.dates import LOCAL
from partnership.model.event import Event, News
from partnership.model.fields import FileRecord
from partnership.model.member import Member
from partnership.model.problems import ProblemsFound
from partnership.reading.source import parse_page
from partnership.reading.textfile import INVISIBLE, decoded

Kind = Literal["added", "edited", "removed"]

FOLDERS: Mapping[str, type[FileRecord]] = {
    "members": Member,
    "data/veranstaltungen": Event,
    "content/aktuelles": News,
}
_HIDDEN = frozenset({"notiz_intern", "frueher", "uid", "fassung", "geaendert"})
_TEXT = "Text"
_SPAN = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the directory, the calendar or the news that was added, edited or removed.

    `path` is the file, relative to the city's folder; `name` what the entry called itself; `parts`
    are the German titles of what was edited; `note` is the reason where the office gave one.
    """

    day: date
    kind: Kind
    path: str
    name: str
    parts: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """Changes of entries, newest first. `unread` are old states of files that nobody can read and
    that are left out, as `path (commit)`; `unknown` says in German why nothing is known at all.
    """

    changes: tuple[Change, ...] = ()
    unread: tuple[str, ...] = ()
    unknown: str = ""


_NO_GIT = "Dieser Ordner hat keine Versionsgeschichte (git)."
_SHALLOW = (
    "Von der Versionsgeschichte ist nur das Ende da (ein flacher Klon); den Rest holt"
    " „git fetch --unshallow“."
)


def read(root: Path, until: date) -> History:
    """What is known of the changes of the city in `root` in the year up to the day `until`."""
    since = until - _SPAN
    begin = datetime.combine(since, time(), LOCAL)
    commits = log(root, begin.isoformat(), *FOLDERS)
    if commits is None:
        return History(unknown=_NO_GIT)
    # Before its first state everything would seem to be new.
    if first_known(root) & {commit.name for commit in commits}:
        return History(unknown=_SHALLOW)
    changes: list[Change] = []
    unread: list[str] = []
    with Blobs(root) as blobs:
        for commit in commits:
            day = _day(commit)
            if day is None:
                unread.append(f"{commit.name[:7]} (Zeitpunkt)")
            elif since <= day <= until:
                changes += _of_commit(commit, day, blobs, unread)
    return History(tuple(changes), tuple(unread))


def _day(commit: Commit) -> date | None:
    """When it was made; None where somebody's clock was in another age."""
    try:
        return datetime.fromtimestamp(commit.seconds, LOCAL).date()
    except (ValueError, OverflowError, OSError):
        return None


def _of_commit(commit: Commit, day: date, blobs: Blobs, unread: list[str]) -> Iterator[Change]:
    for edit in commit.edits:
        path = edit.path
        if not path.isprintable() or path.rpartition("/")[0] not in FOLDERS:
            continue
        if path.endswith(".md") and not path.endswith("/index.md"):
            old, new = (_said(blobs.read(blob), path) for blob in (edit.old, edit.new))
            if old is None or new is None:
                unread.append(f"{path} ({commit.name[:7]})")
            elif (change := _change(day, path, old, new, reason(commit.subject))) is not None:
                yield change


def _said(raw: bytes | None, path: str) -> dict[str, Any] | None:
    """What a file said, nothing where there was none; None where it could not be read."""
    if not raw:
        return None if raw is None else {}
    try:
        document = parse_page(decoded(raw, path)[0], path)
    except ProblemsFound:
        return None
    return None if document.problems else {**document.data, _TEXT: document.body}


def reason(subject: str) -> str:
    """Why something was wrong: the office explains a correction in the first line of its message;
    empty where it is none.
    """
    label, _, reason = INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", subject).partition(":")
    return reason.strip() if label.strip().casefold() == "korrektur" else ""


def _change(
    day: date, path: str, old: Mapping[str, Any], new: Mapping[str, Any], note: str
) -> Change | None:
    name = str((new or old).get("name") or (new or old).get("titel") or "")
    if not name:
        return None
    if not old or not new:
        return Change(day, "removed" if old else "added", path, name, note=note)
    parts = tuple(_edited(FOLDERS[path.rpartition("/")[0]], old, new))
    return Change(day, "edited", path, name, parts, note) if parts else None


def _edited(
    model: type[FileRecord], old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[str]:
    for field in model.model_fields.values():
        key = str(field.alias)
        if key not in _HIDDEN and _shown(key, old.get(key)) != _shown(key, new.get(key)):
            yield str(field.title)
    if old[_TEXT] != new[_TEXT]:
        yield _TEXT


def _shown(key: str, value: Any) -> Any:
    """The part of a value that the site shows for a company; None where it shows nothing."""
    if key == "massnahmen" and isinstance(value, list):
        return [each for each in value if _publication(each, "einzeln") != "nur_summe"] or None
    if key == "kennzahlen" and isinstance(value, dict):
        return {
            year: each
            for year, each in value.items()
            if _publication(each, "nur_summe") != "nur_summe"
        } or None
    return value


def _publication(value: Any, default: str) -> str:
    said = value.get("veroeffentlichung", default) if isinstance(value, dict) else default
    return str(said).strip().casefold()  # as the model reads it
