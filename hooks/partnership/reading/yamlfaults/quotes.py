"""A quote without its partner, or with one in the middle of the value."""

import re

from partnership.model.problems import Place, Problem
from partnership.reading.yamlfaults.fault import Fault, Line

_QUOTE_IN_BRACKETS = re.compile(r"""(?:[\[{,]\s*|:\s+)(?=["'])""")


def quotes(fault: Fault) -> Problem | None:
    """A quote without its partner, or with one in the middle of the value."""
    found = _bad_quote(fault)
    if found is None and "quoted scalar" in fault.during and fault.since:
        found = fault.since, False
    if found is None:
        return None
    place, closed = found
    quote = fault.lines[place.line - 1][place.column - 1]
    if closed:
        return fault.problem(
            place,
            "anfuehrungszeichen",
            f"Das Anführungszeichen {quote}, das hier geöffnet wird, ist mitten im Wert wieder"
            " geschlossen.",
            "Im Text selbst bitte „deutsche Anführungszeichen“ und den Apostroph ’ verwenden.",
        )
    return fault.problem(
        place,
        "anfuehrungszeichen",
        f"Das Anführungszeichen {quote} wird hier geöffnet, aber nicht geschlossen.",
        f"Bitte am Ende des Wertes ein {quote} ergänzen.",
    )


def _bad_quote(fault: Fault) -> tuple[Place, bool] | None:
    """The first quote up to where the reader gave up that goes wrong, and whether it is closed."""
    number = 1
    while number <= fault.line:
        line = fault.at(number)
        start = line.value_start
        sign = line.text[start : start + 1]
        if sign in {"[", "{"}:
            if found := _bad_quote_in_brackets(line, start):
                return found
        elif sign in {'"', "'"}:
            end = _closing(fault.lines, number, start)
            inside = range(number + 1, end[0] + 1) if end else ()
            if end is None or any(fault.at(each).has_key for each in inside):
                return Place(number, start + 1), False
            rest = fault.lines[end[0] - 1][end[1] + 1 :].strip()
            if rest and not rest.startswith("#"):
                return Place(number, start + 1), True
            number = end[0]
        elif sign:
            number = _last_line(fault, line, whatever=sign in {"|", ">"})
        number += 1
    return None


def _last_line(fault: Fault, line: Line, *, whatever: bool) -> int:
    """Where the unquoted text that begins on `line` ends: lines further in without a key, or
    `whatever` they look like in a text block.
    """
    number = line.number
    while number < len(fault.lines):
        following = fault.at(number + 1)
        further_in = following.indent > line.start or not following.text.strip()
        if not further_in or (following.has_key and not whatever):
            break
        number += 1
    return number


def _bad_quote_in_brackets(line: Line, start: int) -> tuple[Place, bool] | None:
    while match := _QUOTE_IN_BRACKETS.search(line.text, start):
        end = _closing((line.text,), 1, match.end())
        if end is None:
            return Place(line.number, match.end() + 1), False
        rest = line.text[end[1] + 1 :].lstrip()
        if rest and rest[0] not in ",]}:#":
            return Place(line.number, match.end() + 1), False
        start = end[1] + 1
    return None


def _closing(lines: tuple[str, ...], number: int, column: int) -> tuple[int, int] | None:
    """Line and index of the partner of the quote at `column` of line `number`."""
    quote = lines[number - 1][column]
    skipped = re.compile(r"\\." if quote == '"' else "''")
    for each in range(number, len(lines) + 1):
        text = lines[each - 1][: column + 1] if each == number else ""
        rest = skipped.sub("\0\0", lines[each - 1][len(text) :])
        if (found := rest.find(quote)) >= 0:
            return each, len(text) + found
    return None
