"""What git keeps of a city's folder. The only place that asks it; without git nothing is known.

Whoever may push decides on messages, names, times and contents of old states, and nobody checks
them again: whatever cannot be read is left out and told.
"""

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from partnership.reading.textfile import MAX_BYTES

_NOBODY = "0" * 40
_CHUNK = 1 << 20
# Names as they are, whatever somebody has set for reading on a screen.
_PLAIN = ("-c", "core.quotePath=false", "-c", "color.ui=false", "-c", "log.showSignature=false")
# What figures are made of.
_OF_FIGURES = ("data", "members")


class Blobs:
    """Contents of files in git, through one running process."""

    def __init__(self, root: Path) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            ["git", "-C", str(root), "cat-file", "--batch"],  # noqa: S607
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> "Blobs":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def read(self, blob: str) -> bytes | None:
        """A file; empty where there was none, None where it is not there or too large to be one of
        ours.
        """
        writer, reader = self._process.stdin, self._process.stdout
        if blob == _NOBODY:
            return b""
        if writer is None or reader is None:
            return None
        writer.write(f"{blob}\n".encode())
        writer.flush()
        head = reader.readline().split()
        if len(head) < 3:
            return None
        size = int(head[2])
        if size <= MAX_BYTES:
            return reader.read(size + 1)[:-1]
        left = size + 1
        while left > 0 and (read := len(reader.read(min(left, _CHUNK)))):
            left -= read
        return None


@dataclass(frozen=True, slots=True)
class Edit:
    """A file in a commit: its blob before and after, its name relative to the city's folder."""

    old: str
    new: str
    path: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A state of the main line: its name, when it was made (seconds since 1970, as somebody's clock
    said), the first line of its message, and what differs from the one before.
    """

    name: str
    seconds: int
    subject: str
    edits: tuple[Edit, ...]


def log(root: Path, since: str, *folders: str) -> tuple[Commit, ...] | None:
    """The states of the main line made after `since` (a moment, ISO 8601) that changed something
    below `folders`, newest first; None where there is no git, or it keeps none of these folders.
    """
    if not _asked(root, "ls-files", "-z", "--", *folders):
        return None
    told = _asked(
        root,
        *("log", "--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev"),
        *("--relative", "--find-renames", "--no-ext-diff", "--encoding=UTF-8", "-z"),
        *(f"--since={since}", "--format=%H%x00%ct%x00%s", "--", *folders),
    )
    return None if told is None else tuple(_commits(told.decode("utf-8", "surrogateescape")))


def _commits(told: str) -> Iterator[Commit]:
    fields = iter(told.split("\0"))
    name = next(fields, "")
    while name:
        seconds, subject = next(fields, ""), next(fields, "")
        edits, following = [], next(fields, "")
        while (meta := following.removeprefix("\n")).startswith(":"):
            _, _, old, new, status = meta.split(" ")
            path = next(fields, "")
            # What was renamed has two names, the present one last.
            path = next(fields, "") if status[0] in "RC" else path
            edits.append(Edit(old, new, path))
            following = next(fields, "")
        yield Commit(name, _number(seconds), subject, tuple(edits))
        name = following


def _number(digits: str) -> int:
    """What git says of a time; its beginning where that is no number."""
    return int(digits) if re.fullmatch(r"\d{1,19}", digits, re.ASCII) else 0


def head(root: Path) -> str | None:
    """The name of the present state; None where there is none."""
    told = _asked(root, "rev-parse", "--verify", "HEAD")
    return told.decode("ascii").strip() if told else None


def first_known(root: Path) -> frozenset[str]:
    """The states before which a shallow clone knows nothing; none in a whole one."""
    if (_asked(root, "rev-parse", "--is-shallow-repository") or b"").strip() != b"true":
        return frozenset()
    told = _asked(root, "rev-parse", "--git-path", "shallow")
    try:
        return frozenset((root / (told or b"").decode().strip()).read_text("ascii").split())
    except (OSError, UnicodeDecodeError):
        return frozenset()


def changed_files(root: Path, since: str) -> frozenset[str] | None:
    """Files of the city that differ between a state in git and the present one; None where git
    does not know the state. What only the other side changed since does not count.
    """
    told = _asked(
        root,
        *("diff", "--name-only", "--relative", "--merge-base", "-z"),
        *("--end-of-options", since, "--"),
    )
    return None if told is None else frozenset(_names(told))


def files_at(root: Path, since: str, *folders: str) -> Mapping[str, str] | None:
    """The files below `folders` where a state in git and the present one parted: path → blob.

    Paths are relative to `root`. None where git does not know the state.
    """
    parted = _asked(root, "merge-base", "--end-of-options", since, "HEAD")
    told = parted and _asked(
        root, "ls-tree", "-r", "-z", parted.decode("ascii").strip(), "--", *folders
    )
    if told is None:
        return None
    entries = (entry.split("\t", 1) for entry in _names(told))
    return {path: meta.split(" ")[2] for meta, path in entries}


@dataclass(frozen=True, slots=True)
class State:
    """The present state in git, files whose changes are not in it yet, and whether it `is_salted`:
    whether a secret that nobody else knows is part of it.

    The name of a state is a hash of all its files. Where amounts for totals only stand in them,
    somebody who knows everything else could try one amount after the other until the name fits.
    With a secret among the files nobody can; nor where the files are public, for then they hold no
    such amount.
    """

    commit: str
    unsaved: tuple[str, ...]
    is_salted: bool

    def named(self, *, is_public: bool) -> str:
        """The name, where it tells nothing; `is_public`: everybody can read the files."""
        return self.commit if is_public or self.is_salted else ""


def state(root: Path, secret: str) -> State | None:
    """What git knows of the files that figures are made of; None where it knows nothing of them.
    `secret` is the file that would hold one.
    """
    commit = head(root)
    told = commit and _asked(
        root, "status", "--porcelain", "--no-renames", "-z", "--", *_OF_FIGURES
    )
    if commit is None or not isinstance(told, bytes):
        return None
    salt = _asked(root, "ls-tree", "-z", "HEAD", "--", secret)
    return State(commit, tuple(entry[3:] for entry in _names(told)), bool(salt))


def subjects(root: Path, since: str, path: str) -> tuple[str, ...]:
    """The first line of what is said of each change of a file between a state in git and the
    present one.
    """
    told = _asked(root, "log", "-z", "--format=%s", f"{since}..HEAD", "--", path)
    return tuple((told or b"").decode("utf-8", "replace").split("\0"))


def _names(told: bytes) -> list[str]:
    """The fields of an answer; a name that is no text stays one that no file of ours has."""
    return [name for name in told.decode("utf-8", "surrogateescape").split("\0") if name]


def _asked(root: Path, *question: str) -> bytes | None:
    """What git answers; None where it knows no answer, or is not there."""
    command = ["git", "-C", str(root), *_PLAIN, *question]
    try:
        return subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return None
