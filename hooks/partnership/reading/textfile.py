"""A file's bytes become text: UTF-8 in Unicode form NFC, plain line ends, nothing invisible.

Whatever else an editor's program may have written is named, so that it can be saved anew.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from partnership.problems import Place, Problem, ProblemsFound

MAX_BYTES = 256 * 1024

_SAVE_AS_UTF_8 = "Bitte im Editor „Speichern unter … Kodierung UTF-8“ wählen."
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Control characters but the tab, and what only YAML takes for a line end or refuses outright:
# they would move every line number below them. What turns the direction of writing would make a
# text read unlike what it says; half a surrogate pair is no character at all.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def read_text(file: Path, path: str) -> tuple[str, tuple[str, ...]]:
    """The text and its lines; `path` is the file's name in messages. Raises `ProblemsFound`."""
    raw = _bytes(file, path)
    if raw[:2] in _UTF_16_MARKS:
        raise _refusal(path, "kodierung", "Die Datei ist als UTF-16 gespeichert.", _SAVE_AS_UTF_8)
    if b"\0" in raw:
        raise _refusal(
            path,
            "kodierung",
            "Die Datei ist keine Textdatei, oder sie ist als UTF-16 gespeichert.",
            f"Ein Dokument aus Word bitte als Text übernehmen. {_SAVE_AS_UTF_8}",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemsFound([_wrong_encoding(raw, error.start, path)]) from None
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = tuple(text.split("\n"))
    if problems := list(_invisible(path, lines)):
        raise ProblemsFound(problems)
    return text, lines


def _bytes(file: Path, path: str) -> bytes:
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise _refusal(
                path,
                "zu-gross",
                f"Die Datei ist {-(-size // 1024)} KiB groß, erlaubt sind {MAX_BYTES // 1024} KiB.",
                "Bitte kürzen oder in mehrere Dateien aufteilen.",
            )
        return file.read_bytes()
    except OSError as error:
        raise _refusal(
            path,
            "nicht-lesbar",
            f"Die Datei lässt sich nicht öffnen: {_why(error)}.",
            "Bitte prüfen, ob es eine gewöhnliche Datei ist und ob Sie sie lesen dürfen.",
        ) from None


def _why(error: OSError) -> str:
    known = {
        FileNotFoundError: "der Verweis darauf führt ins Leere",
        PermissionError: "das Recht dazu fehlt",
        IsADirectoryError: "es ist ein Ordner",
    }
    return known.get(type(error), f"Fehler {error.errno} des Betriebssystems")


def _refusal(path: str, rule: str, message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound([Problem(path, Place(1, 1), rule, message, remedy)])


def _wrong_encoding(raw: bytes, start: int, path: str) -> Problem:
    before = raw[:start].decode("utf-8-sig", "replace").replace("\r\n", "\n")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    # Windows-1252 leaves five bytes undefined; those stay visible as a replacement character.
    excerpt = raw.replace(b"\r\n", b"\n").split(b"\n")[line - 1].decode("cp1252", "replace")
    return Problem(
        path,
        Place(line, column),
        "kodierung",
        f"Die Datei ist nicht als UTF-8 gespeichert, wahrscheinlich als Windows-1252 (ANSI);"
        f" zuerst fällt es bei „{excerpt[column - 1 : column]}“ auf.",
        _SAVE_AS_UTF_8,
        excerpt,
    )


def _invisible(path: str, lines: tuple[str, ...]) -> Iterator[Problem]:
    """The first such character of each line."""
    for number, line in enumerate(lines, 1):
        if match := INVISIBLE.search(line):
            yield Problem(
                path,
                Place(number, match.start() + 1),
                "steuerzeichen",
                f"Hier steht ein unsichtbares Steuerzeichen (U+{ord(match[0]):04X}).",
                "Bitte das Zeichen löschen und die Zeile neu tippen.",
                INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", line),
            )
