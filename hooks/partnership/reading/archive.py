"""The files of an edition packed into one, and what shows that nothing in it has changed.

In the archive lies a list of the SHA-256 of every other file, in the form that `sha256sum -c`
reads. The checksum of the edition is that of the list: whoever knows it knows every byte.
"""

import re
import zlib
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

# Where editions lie in a city's folder, and what stands of them there.
FOLDER = "data/ausgaben"
RECORDS = "data/ausgaben.yml"
LIST = "sha256sums.txt"
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\.csv")
# An edition is text of a known kind; what unfolds into more is none. Bytes.
_MOST = 100_000_000
_MOST_FILES = 200
# The earliest moment an archive can name: the same files are the same bytes, whenever packed.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def path(year: int) -> str:
    """Where the edition of a year lies, relative to the city's folder."""
    return f"{FOLDER}/{year}.zip"


class Damaged(Exception):
    """An archive is not what was written; says in German what is wrong."""


def packed(files: Mapping[str, bytes]) -> tuple[bytes, str]:
    """An archive of `files` and their list, and its checksum."""
    listed = sums(files)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted({**files, LIST: listed}.items()):
            entry = ZipInfo(name, _MOMENT)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content, compresslevel=9)
    return out.getvalue(), checksum(listed)


def sums(files: Mapping[str, bytes]) -> bytes:
    """The list of the SHA-256 of each file."""
    lines = (f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def checksum(listed: bytes) -> str:
    """The checksum of everything that a list names."""
    return sha256(listed).hexdigest()


def unpacked(file: Path, expected: str) -> Mapping[str, bytes]:
    """The files of an archive with their list, which has the `expected` checksum.

    Raises `Damaged`; what the system says of a file that cannot be read goes through.
    """
    try:
        with ZipFile(file) as archive:
            found = _contents(archive)
    except (BadZipFile, zlib.error, NotImplementedError, EOFError):
        raise Damaged("Die Datei lässt sich nicht entpacken.") from None
    listed = found.get(LIST)
    if listed is None:
        raise Damaged(f"Darin fehlt die Liste {LIST}.")
    tables = {name: content for name, content in found.items() if name != LIST}
    told, own = (set(text.decode(errors="replace").splitlines()) for text in (listed, sums(tables)))
    if told != own:
        names = sorted(name for line in told ^ own if _NAME.fullmatch(name := line[66:]))
        raise Damaged(f"Verändert ist: {', '.join(dict.fromkeys(names)) or LIST}.")
    if checksum(listed) != expected.strip().lower():
        raise Damaged("Ihre Prüfsumme ist eine andere als die eingetragene.")
    return found


def _contents(archive: ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if strange := [name for name in names if name != LIST and not _NAME.fullmatch(name)]:
        shown = "".join(
            each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in strange[0]
        )
        raise Damaged(f"Darin liegt „{shown[:80]}“, was in keine Ausgabe gehört.")
    if len(set(names)) < len(names) or any(entry.flag_bits & 1 for entry in entries):
        raise Damaged("Die Datei lässt sich nicht entpacken.")
    if len(names) > _MOST_FILES or sum(entry.file_size for entry in entries) > _MOST:
        raise Damaged("Darin liegt mehr, als zu einer Ausgabe gehören kann.")
    return {entry.filename: archive.read(entry) for entry in entries}
