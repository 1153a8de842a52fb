"""What changed in the published entries, and when, from the version history (git).

Only what visitors can see counts: internal notes and what was given for totals only leave no trace
here, not even that they changed.
"""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import frontmatter
import yaml
from pydantic import ValidationError

from partnership.model.event import Event, News
from partnership.model.fields import FileRecord
from partnership.model.member import Member
from partnership.problems import ProblemsFound
from partnership.source import parse_page

Kind = Literal["added", "edited", "removed"]

_MEMBERS = "members"
FOLDERS: Mapping[str, type[FileRecord]] = {
    _MEMBERS: Member,
    "data/veranstaltungen": Event,
    "content/aktuelles": News,
}
_HIDDEN = frozenset({"notiz_intern", "frueher", "uid", "fassung", "geaendert"})
_TEXT = "Text"
_NOBODY = "0" * 40
_SPAN = timedelta(days=365)
_LOCAL = ZoneInfo("Europe/Berlin")


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


class _Blobs:
    """Contents of files in git, through one running process."""

    def __init__(self, root: Path) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            ["git", "-C", str(root), "cat-file", "--batch"],  # noqa: S607
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> "_Blobs":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def text(self, blob: str) -> str:
        """A file; empty where it could not be read."""
        writer, reader = self._process.stdin, self._process.stdout
        if blob == _NOBODY or writer is None or reader is None:
            return ""
        writer.write(f"{blob}\n".encode())
        writer.flush()
        head = reader.readline().split()
        if len(head) < 3:
            return ""
        content = reader.read(int(head[2]) + 1)[:-1]
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return ""

    def said(self, blob: str) -> dict[str, Any]:
        """What a file said; nothing where it could not be read."""
        text = self.text(blob)
        try:
            page = frontmatter.loads(text)
        except (yaml.YAMLError, ValueError):
            return {}
        return {**page.metadata, _TEXT: page.content} if text else {}


def changes(root: Path, until: date) -> tuple[Change, ...]:
    """Changes of the city in `root` in the year up to the day `until`, newest first.

    Empty where there is no git or no history: a downloaded archive has none.
    """
    since = until - _SPAN
    commits = _log(
        root,
        *("--find-renames", f"--since={since.isoformat()}T00:00:00", "--format=%x01%cI%x00%s"),
        *("--", *FOLDERS),
    )
    if not commits:
        return ()
    with _Blobs(root) as blobs:
        found = [
            change
            for commit in commits.split("\x01")[1:]
            for change in _of_commit(commit, blobs)
            if since <= change.day <= until
        ]
    return tuple(found)


def _log(root: Path, *wanted: str) -> str:
    """Which files each state of the main line changed; empty without git or history."""
    command = [
        *("git", "-C", str(root), "-c", "core.quotePath=false", "log", "--first-parent"),
        *("--diff-merges=first-parent", "--raw", "--no-abbrev", "--relative", *wanted),
    ]
    try:
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout


def former_members(root: Path) -> Iterator[Member]:
    """Every member as its file told it at any time, as far as that can still be read today.

    None where there is no git or no history.
    """
    told = _log(root, "--no-renames", "--format=", "--", _MEMBERS)
    if not told:
        return
    lines = [line.split("\t") for line in told.splitlines()]
    states = {(path, meta.split(" ")[3]) for meta, path in lines}
    with _Blobs(root) as blobs:
        for path, blob in sorted(states):
            if path.endswith(".md") and (text := blobs.text(blob)):
                context = {"slug": Path(path).stem, "body": "", "path": path}
                # What is no member today was not told in a form that can be compared.
                with suppress(ProblemsFound, ValidationError):
                    data = parse_page(text, path).data
                    yield Member.model_validate(data, context=context)


def changed_files(root: Path, since: str) -> frozenset[str] | None:
    """Files of the city that differ between a state in git and the present one; None where git
    does not know the state. What only the other side changed since does not count.
    """
    done = subprocess.run(  # noqa: S603
        ["git", "-C", str(root), "-c", "core.quotePath=false", "diff", "--name-only", "--relative",  # noqa: S607
         "--merge-base", since, "--"],
        capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip
    return None if done.returncode else frozenset(done.stdout.splitlines())


def _of_commit(text: str, blobs: _Blobs) -> Iterator[Change]:
    head, _, rest = text.partition("\n")
    moment, _, subject = head.partition("\0")
    day = datetime.fromisoformat(moment).astimezone(_LOCAL).date()
    for line in rest.splitlines():
        if not line.startswith(":"):
            continue
        meta, *paths = line.split("\t")
        _, _, old, new, _ = meta[1:].split(" ")
        path = paths[-1]
        folder = path.rpartition("/")[0]
        if folder in FOLDERS and path.endswith(".md") and not path.endswith("/index.md"):
            change = _change(day, path, blobs.said(old), blobs.said(new), _reason(subject))
            if change:
                yield change


def _reason(subject: str) -> str:
    """The office explains a correction in the first line of its message."""
    label, _, reason = subject.partition(":")
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
