"""A file's bytes become text: UTF-8 in Unicode form NFC, plain line ends, nothing invisible.

Whatever else an editor's program may have written is named, so that it can be saved anew.
"""

import errno
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from partnership.model.problems import Place, Problem, ProblemsFound, why
from partnership.reading.limits import long_lines

MAX_BYTES = 256 * 1024

_SAVE_AS_UTF_8 = "Bitte im Editor „Speichern unter … Kodierung UTF-8“ wählen."
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Control characters but the tab, and what only YAML takes for a line end or refuses outright:
# they would move every line number below them. What turns the direction of writing would make a
# text read unlike what it says; what takes no room, or is a gap that is none, hides what was typed;
# half a surrogate pair is no character at all. What joins emojis, and what says where a word may be
# broken, stays.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)

_CONFLICT = re.compile(r"(<{7}|>{7})(?: |$)")


def read_text(file: Path, path: str) -> tuple[str, tuple[str, ...]]:
    """The text and its lines; `path` is the file's name in messages. Raises `ProblemsFound`."""
    return decoded(_bytes(file, path), path)


def decoded(raw: bytes, path: str) -> tuple[str, tuple[str, ...]]:
    """The same for the bytes of a file."""
    if raw[:2] in _UTF_16_MARKS:
        raise _refusal(path, "kodierung", "Die Datei ist als UTF-16 gespeichert.", _SAVE_AS_UTF_8)
    if _is_no_text(raw):
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
    if problems := [*_invisible(path, lines), *_conflicts(path, lines), *long_lines(path, lines)]:
        raise ProblemsFound(problems)
    return text, lines


def _is_no_text(raw: bytes) -> bool:
    """Whether null bytes are more than a slip: every second one in UTF-16, many in a program's own
    format. A single one within text is told on its line.
    """
    found = raw.count(b"\0")
    if not found:
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return found > len(raw) // 10


def _bytes(file: Path, path: str) -> bytes:
    try:
        about = file.stat()
        if not stat.S_ISREG(about.st_mode):
            # A pipe would never end, a device neither.
            is_folder = stat.S_ISDIR(about.st_mode)
            raise OSError(errno.EISDIR if is_folder else errno.ENODEV, "no regular file")
        if (size := about.st_size) > MAX_BYTES:
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
    # The name was found in its folder: what is not there is what it leads to.
    return (
        "der Verweis darauf führt ins Leere" if isinstance(error, FileNotFoundError) else why(error)
    )


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


def _conflicts(path: str, lines: tuple[str, ...]) -> Iterator[Problem]:
    """Where git could not merge two versions: each such place once, at its first mark."""
    is_open = False
    for number, line in enumerate(lines, 1):
        match = _CONFLICT.match(line)
        if match and not is_open:
            yield Problem(
                path,
                Place(number, 1, len(line)),
                "konflikt",
                "Hier stehen zwei Fassungen untereinander, die git nicht zusammenführen konnte"
                " (Konflikt).",
                "Bitte eine davon stehen lassen und die Zeilen löschen, die mit <<<<<<<, ======="
                " oder >>>>>>> beginnen.",
                line,
            )
        if match:
            is_open = match[1] == "<" * 7
