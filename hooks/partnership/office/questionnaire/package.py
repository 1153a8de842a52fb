"""Looks at a workbook before it is opened.

It comes from outside, so it is bounded: no macros, no links to other files, nothing that unfolds
into more than it is.
"""

import zipfile
from pathlib import Path

from partnership.model.problems import Place, Problem, ProblemsFound

MOST_BYTES = 5_000_000
_MOST_UNPACKED = 3_000_000
# Signs of tags in a part, whatever its name: openpyxl makes an object of each style, whether or not
# a cell has it, and compares each sheet with all others.
_MOST_TAGS, _MOST_SHEETS = 20_000, 50
_MOST_PARTS = 200
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
SAVE_AGAIN = "Bitte in Excel oder LibreOffice als „Excel-Arbeitsmappe (.xlsx)“ neu speichern."
ASK_AGAIN = "Bitte das Formular der Website verwenden."


def refused(file: Path, message: str, remedy: str) -> ProblemsFound:
    """What is raised for a workbook that is not read at all."""
    return ProblemsFound([Problem(file.name, Place(1, 1), "arbeitsmappe", message, remedy)])


def look_at(file: Path) -> None:
    """Refuse what need not be opened to be refused."""
    size = file.stat().st_size
    if size > MOST_BYTES:
        raise refused(file, "Diese Datei ist größer als 5 MB.", ASK_AGAIN)
    with file.open("rb") as content:
        if content.read(4) == _OLD_FORMAT:
            message = "Diese Datei hat das alte Excel-Format oder ein Kennwort."
            raise refused(file, message, SAVE_AGAIN)
    try:
        with zipfile.ZipFile(file) as package:
            _look_into(file, package)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise refused(file, "Diese Datei ist keine Excel-Arbeitsmappe.", SAVE_AGAIN) from None


def _look_into(file: Path, package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        message = "Diese Datei enthält mehr, als in ein Formular passt."
        raise refused(file, message, ASK_AGAIN)
    names = {part.filename.lower() for part in parts}
    if any("vbaproject" in name or "/macrosheets/" in name for name in names):
        message = "Diese Datei enthält Makros und wird nicht geöffnet."
        raise refused(file, message, SAVE_AGAIN)
    if any("externallink" in name or "/embeddings/" in name for name in names):
        message = "Diese Datei verweist auf andere Dateien oder enthält welche."
        raise refused(file, message, ASK_AGAIN)
    for part in parts:
        # The declared size may lie: reading stops where it would have to be refused.
        with package.open(part) as stream:
            content = stream.read(_MOST_UNPACKED + 1)
        plain = content.replace(b"\0", b"")  # also as UTF-16
        if (
            len(content) > _MOST_UNPACKED
            or plain.count(b"<") > _MOST_TAGS
            or plain.count(b"sheetId") > _MOST_SHEETS
        ):
            message = "Diese Datei enthält mehr, als in ein Formular passt."
            raise refused(file, message, ASK_AGAIN)
        if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
            message = "Diese Datei enthält Anweisungen, die in kein Formular gehören."
            raise refused(file, message, ASK_AGAIN)
