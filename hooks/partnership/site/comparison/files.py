"""Which files that people have put into the city's folder are published, in two states of it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.site.exports import attachments


@dataclass(frozen=True, slots=True)
class FileChanges:
    """The addresses of published files that are new, gone, or have another content."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.edited)


def changes(old: Partnership, new: Partnership) -> FileChanges:
    """What became of documents, pictures, films and logos."""
    before, after = _found(old), _found(new)
    return FileChanges(
        new=tuple(sorted(after.keys() - before.keys())),
        gone=tuple(sorted(before.keys() - after.keys())),
        edited=tuple(
            address
            for address in sorted(after.keys() & before.keys())
            if after[address] != before[address]
        ),
    )


def _found(partnership: Partnership) -> Mapping[str, str]:
    return {
        address: hashlib.sha256(file.read_bytes()).hexdigest()
        for address, file in _files(partnership)
    }


def _files(partnership: Partnership) -> Iterator[tuple[str, Path]]:
    yield from attachments.files(partnership).items()
    for member in partnership.members:
        if member.logo:
            yield addresses.logo(member.logo), partnership.root / "members/logos" / member.logo
