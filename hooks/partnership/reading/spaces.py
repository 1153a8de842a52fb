"""Spaces that look like any other, but are not to YAML: Word's no-break space and its kin."""

import re
from collections.abc import Iterator
from itertools import groupby

from partnership.model.problems import Place, Problem

_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ANY = re.compile(f"[{_WIDE}]")
# What divides a line: its indentation, the dashes of lists, the gap behind a key.
_DIVIDING = re.compile(rf"[\s-]*(?:[a-z][a-z0-9_]*:[ {_WIDE}]*)?")
_NOT_PLAIN = "ein geschütztes Leerzeichen, wie Word es schreibt"
_TYPE_ANEW = "Bitte durch gewöhnliche ersetzen, also mit der Leertaste neu tippen."


def made_plain(text: str, path: str, lines: tuple[str, ...]) -> tuple[str, list[Problem]]:
    """`text` of YAML with ordinary spaces wherever they divide a line, and what there was to
    change. `lines` are those of the whole file, in which `text` is the beginning.
    """
    if not _ANY.search(text):
        return text, []
    plain = []
    changed: list[tuple[int, int]] = []  # number of the line, where in it
    for number, line in enumerate(text.split("\n"), 1):
        match = _DIVIDING.match(line)
        end = match.end() if match else 0
        if found := _ANY.search(line, 0, end):
            changed.append((number, found.start()))
        plain.append(_ANY.sub(" ", line[:end]) + line[end:])
    return "\n".join(plain), list(_problems(changed, path, lines))


def _problems(
    changed: list[tuple[int, int]], path: str, lines: tuple[str, ...]
) -> Iterator[Problem]:
    """One for lines that follow each other: they came in one piece."""
    for _, group in groupby(enumerate(changed), lambda each: each[1][0] - each[0]):
        (number, start), *more = (place for _, place in group)
        line = lines[number - 1]
        before = line[:start].strip()
        if before:
            behind = "Bindestrich" if before.endswith("-") else "Doppelpunkt"
            message = f"Hinter dem {behind} steht {_NOT_PLAIN}."
        else:
            message = "Die Zeile ist mit geschützten Leerzeichen eingerückt, wie Word sie schreibt."
        also = {0: "", 1: " Die nächste Zeile ebenso."}.get(
            len(more), f" Die nächsten {len(more)} Zeilen ebenso."
        )
        yield Problem(
            path, Place(number, start + 1), "leerzeichen", message, _TYPE_ANEW + also, line
        )
