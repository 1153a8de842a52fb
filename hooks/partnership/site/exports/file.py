"""A finished file."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Export:
    """A file of the site: where it goes, relative to the site's root, and what is in it."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Digest:
    """What can be said of a file without keeping it: its bytes counted, and SHA-256 in hex."""

    size: int
    sha256: str


def digest(export: Export) -> Digest:
    """The digest of a finished file."""
    return Digest(len(export.content), sha256(export.content).hexdigest())


def write(exports: Iterable[Export], folder: Path) -> tuple[Path, ...]:
    """Write files into `folder`; gives where each is now. Raises OSError."""
    written = []
    for export in exports:
        target = folder / export.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(export.content)
        written.append(target)
    return tuple(written)
