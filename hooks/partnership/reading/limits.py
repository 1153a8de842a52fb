"""How much a text may hold: far more than a page needs; beyond it, a build would take minutes."""

import re
from collections.abc import Iterator

from partnership.model.problems import Place, Problem

# Characters in a line of any file, and in all of a page; the rest below the head of a page.
MOST_IN_LINE = 10_000
MOST_IN_PAGE = 50_000
MOST_BRACKETS = 500
MOST_HEADINGS = 200
MOST_LEVELS = 10
# In a list in the head of a page.
MOST_ENTRIES = 200
# In a file of data, and in each list or group in it: each may become a page.
MOST_IN_CATALOGUE = 300
# The engine takes each for a level below the one before.
MOST_MEANINGS = 100

_HEADING = re.compile(r" {0,3}(?:#{1,6}(?!#)|(?:=+|-+)[ \t]*$)")
# What opens a level: a sign of quotation or of a list, or four more blanks.
_LEVEL = re.compile(r"\t| {2,4}|> ?|[*+-] |\d{1,9}[.)] ")


def long_lines(path: str, lines: tuple[str, ...]) -> Iterator[Problem]:
    """A problem for each line that is too long."""
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_IN_LINE:
            yield _problem(
                path,
                Place(number, MOST_IN_LINE + 1),
                f"Diese Zeile ist länger als {_grouped(MOST_IN_LINE)} Zeichen.",
                "Bitte kürzen oder auf mehrere Zeilen verteilen.",
            )


def excess(path: str, lines: tuple[str, ...], head: int) -> Problem | None:
    """What a page has too much of: characters, or below line `head` brackets, headings, levels."""
    brackets = headings = meanings = 0
    length = sum(len(line) + 1 for line in lines[:head])
    for number, line in enumerate(lines[head:], head + 1):
        length += len(line) + 1
        brackets += line.count("[")
        headings += bool(_HEADING.match(line))
        meanings += line.lstrip().startswith(":")
        for count, most, what in (
            (length, MOST_IN_PAGE, "Zeichen"),
            (brackets, MOST_BRACKETS, "eckige Klammern"),
            (headings, MOST_HEADINGS, "Überschriften"),
            (meanings, MOST_MEANINGS, "Zeilen, die mit einem Doppelpunkt beginnen"),
        ):
            if count > most:
                return _problem(
                    path,
                    Place(number, 1),
                    f"Bis hier hat die Datei schon mehr als {_grouped(most)} {what}.",
                    "Bitte kürzen oder auf mehrere Dateien verteilen.",
                )
        if _levels(line) > MOST_LEVELS:
            return _problem(
                path,
                Place(number, 1),
                f"Diese Zeile ist mehr als {MOST_LEVELS} Stufen tief eingerückt.",
                "Bitte weiter links beginnen lassen.",
            )
    return None


def _levels(line: str) -> int:
    """How many levels of lists and quotations a line opens or continues, at most."""
    found = at = 0
    while found <= MOST_LEVELS and (match := _LEVEL.match(line, at)):
        found, at = found + 1, match.end()
    return found


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _problem(path: str, place: Place, message: str, remedy: str) -> Problem:
    return Problem(path, place, "zu-viel", message, remedy)
