"""Files in content/ that are published beside the pages: documents, pictures and films, all of them
in one folder. What is not known to be harmless is not published.
"""

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import PurePosixPath

from partnership.reading import pdf
from partnership.reading.pictures import FORMATS, again, harmless

# Within content/, with folders of any name below it.
FOLDER = "dateien"
_DOCUMENT, _FILM = 25_000_000, 100_000_000
# A dot before the ending could make another type of it on some servers.
_NAME = re.compile(r"\w[\w ()+,-]*\.[A-Za-z0-9]+")
_FOLDER = re.compile(r"\w[\w ()+,-]*")
# Programs within documents of office suites, by the names of the parts that hold them.
_PROGRAM = re.compile(r"vbaproject|vbadata|activex|oleobject|^(?:basic|scripts)/", re.IGNORECASE)
_PART, _MOST_PARTS = b"PK\x01\x02", 5_000


class Refused(ValueError):
    """A file that is not what its name promises, or that could run something; a German sentence."""


def _text(content: bytes) -> None:
    if b"\0" in content:
        raise Refused("ist keine Textdatei")


def _pdf(content: bytes) -> None:
    if (found := pdf.active(content)) is not None:
        raise Refused(found)


def _office(content: bytes) -> None:
    if content.count(_PART) > _MOST_PARTS:
        raise Refused("hat zu viele Teile")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        raise Refused("ist nicht das Dokument, das ihr Name verspricht") from None
    if any(_PROGRAM.search(entry.filename) for entry in entries):
        raise Refused("enthält Makros oder eingebettete Programme")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("ist mit einem Kennwort verschlüsselt")


def _begins(sign: bytes, at: int = 0) -> Callable[[bytes], None]:
    def looked_at(content: bytes) -> None:
        if content[at : at + len(sign)] != sign:
            raise Refused("ist nicht der Film, den ihr Name verspricht")

    return looked_at


# What else than a picture may be published: by its ending how it is looked at.
_OTHERS: Mapping[str, Callable[[bytes], None]] = {
    ".pdf": _pdf,
    **dict.fromkeys((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"), _office),
    **dict.fromkeys((".csv", ".txt", ".vtt"), _text),
    ".mp4": _begins(b"ftyp", 4),
    ".webm": _begins(b"\x1a\x45\xdf\xa3"),
}
ENDINGS = (*FORMATS, *_OTHERS)


def is_known(path: str) -> bool:
    """Whether the file at `path`, relative to content/, is of a kind that is published."""
    return _ending(path) in ENDINGS


def is_named_well(path: str) -> bool:
    """Whether the file's name and those of its folders are such as an address may have."""
    *folders, name = PurePosixPath(path).parts
    return bool(_NAME.fullmatch(name)) and all(_FOLDER.fullmatch(each) for each in folders)


def is_attachment(path: str) -> bool:
    """Whether the file at `path`, relative to content/, is published beside the pages."""
    return path.startswith(f"{FOLDER}/") and is_known(path) and is_named_well(path)


def most_bytes(path: str) -> int:
    """How large a document or a film may be; of pictures others decide."""
    return _FILM if _ending(path) in {".mp4", ".webm"} else _DOCUMENT


def look_at(path: str, content: bytes) -> None:
    """Raise `Refused` for a document or a film that is another thing than its name promises, or
    that could run something.
    """
    _OTHERS[_ending(path)](content)


def as_published(path: str, content: bytes) -> bytes:
    """A file as visitors get it: pictures drawn anew, without what a camera or a program has noted
    in them; all else as it is. The rules have looked at it. Raises `NotAPicture`.
    """
    ending = _ending(path)
    if ending == ".svg":
        return harmless(content)
    return again(content) if ending in FORMATS else content


def _ending(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
