"""Signs with a meaning of YAML's own: tabs, backslashes, brackets, the first sign of a value."""

import re

from partnership.model.problems import Place, Problem
from partnership.reading.yamlfaults.fault import Fault

QUOTES_NEEDED = "Beginnt ein Text mit einem Sonderzeichen, gehört er in Anführungszeichen."
_SCANNED_TOKENS = ("an anchor", "an alias", "a tag", "a directive", "a block scalar")


def tab(fault: Fault) -> Problem | None:
    """Indentation by tab."""
    match = re.match(r" *(\t+)", fault.here.text)
    if not match:
        return None
    return fault.problem(
        Place(fault.line, match.start(1) + 1, len(match[1])),
        "tabulator",
        "Die Zeile ist mit einem Tabulator eingerückt.",
        "Bitte durch Leerzeichen ersetzen.",
    )


def backslash(fault: Fault) -> Problem | None:
    """A Windows path between double quotes."""
    if "escape character" not in fault.what and "hexdecimal" not in fault.what:
        return None
    return fault.problem(
        Place(fault.line, fault.column),
        "rueckstrich",
        "Der Rückstrich \\ hat zwischen doppelten Anführungszeichen eine besondere Bedeutung.",
        "Bitte den Wert in einfache Anführungszeichen ' setzen.",
    )


def sign(fault: Fault) -> Problem | None:
    """A value, or a line, that begins with a character of YAML's own."""
    place = Place(fault.line, fault.column)
    if fault.since and any(fault.during.endswith(token) for token in _SCANNED_TOKENS):
        place = Place(fault.since.line, fault.since.column)
    elif "cannot start any token" not in fault.what:
        return None
    sign = fault.lines[place.line - 1][place.column - 1 : place.column]
    return fault.problem(
        place,
        "sonderzeichen",
        f"Das Zeichen „{sign}“ darf hier nicht am Anfang stehen.",
        QUOTES_NEEDED,
    )


def brackets(fault: Fault) -> Problem | None:
    """A bracket that is not closed, closed by the wrong one, or has text behind it."""
    if fault.since and "did not find expected ',' or" in fault.what:
        return fault.problem(
            fault.since,
            "klammer",
            "Die hier geöffnete Klammer ist nicht richtig geschlossen.",
            "Bitte Kommas und die schließende Klammer } oder ] prüfen.",
        )
    before = fault.here.text[: fault.column - 1].rstrip()
    if "did not find expected key" in fault.what and before.endswith(("]", "}")):
        return fault.problem(
            Place(fault.line, fault.column, max(len(fault.here.text) - fault.column + 1, 1)),
            "klammer",
            "Hinter der schließenden Klammer steht noch etwas.",
            "Bitte löschen; beginnt ein Text mit einer Klammer, gehört er in Anführungszeichen.",
        )
    return None
