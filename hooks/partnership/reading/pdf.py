"""What a PDF could run or fetch once it is opened (ISO 32000-1, 12.6.4), found without a reader of
the whole format.
"""

import re
import zlib
from collections.abc import Iterable, Iterator

_CANNOT_TELL = "ist zu verwickelt, um sie zu prüfen"
_STREAM = re.compile(rb"stream\r?\n")
# How much of what stands before a stream tells of it; how many streams there may be, and how large
# those that hold objects may be when unpacked.
_HEAD = 400
_MOST_STREAMS = 20_000
_MOST = 20_000_000


def _name(*names: str) -> "re.Pattern[bytes]":
    """Any of the `names`, each letter as itself or as `#` with its number."""
    spelled = ("".join(f"(?:{each}|#{ord(each):02x})" for each in name) for name in names)
    return re.compile(rf"/(?:{'|'.join(spelled)})(?![A-Za-z#])".encode(), re.IGNORECASE)


_FOUND = {
    _name("JavaScript"): "enthält JavaScript",
    _name("XFA"): "enthält ein Formular mit Programmen (XFA)",
    _name("EmbeddedFile", "EmbeddedFiles"): "enthält angehängte Dateien",
    _name("Launch", "RichMedia", "ImportData"): "enthält Befehle an das Programm, das sie öffnet",
    _name("Encrypt"): "ist verschlüsselt",
}
_PACKED = _name("ObjStm")


def active(content: bytes) -> str | None:
    """What is wrong with a PDF, as the end of a German sentence about it; None if nothing is."""
    if not content.startswith(b"%PDF-"):
        return "ist nicht das Dokument, das ihr Name verspricht"
    if (found := _active(content)) is not None:
        return found
    try:
        return next(filter(None, map(_active, _unpacked(content))), None)
    except OverflowError:
        return _CANNOT_TELL


def _active(text: bytes) -> str | None:
    return next((said for name, said in _FOUND.items() if name.search(text)), None)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """The streams that hold objects. Raises OverflowError where they are too many or too large."""
    room, view = _MOST, memoryview(content)
    for found in _few(_STREAM.finditer(content)):
        if not _PACKED.search(content, max(found.start() - _HEAD, 0), found.start()):
            continue
        unpacking = zlib.decompressobj()
        try:
            text = unpacking.decompress(view[found.end() :], room)
        except zlib.error:
            continue  # no reader can unpack it either
        room -= len(text)
        if unpacking.unconsumed_tail:
            raise OverflowError
        yield text


def _few(found: Iterable["re.Match[bytes]"]) -> "Iterator[re.Match[bytes]]":
    for number, each in enumerate(found):
        if number >= _MOST_STREAMS:
            raise OverflowError
        yield each
