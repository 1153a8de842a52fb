"""Dashes, colons and indentation: how lines belong together."""

import re

from partnership.model.problems import Place, Problem
from partnership.reading.yamlfaults.fault import KEY, Fault, Line

# What programs and people write for a dash and for a colon.
_BULLET = re.compile(r"([\u2010-\u2015\u2022\u2023\u2043\u00b7\u25aa\u25cf\uf0b7*+])\s+(\S.*)")
_OTHER_SIGN = re.compile(r"([\w-]+)\s*([=\uff1a\ufe55\u2236;])\s*(.*)")
_KEY_WITHOUT_SPACE = re.compile(r"([\w-]+):(?!//)(\S.*)")


def dash(fault: Fault) -> Problem | None:
    """A list item without the space behind its dash, or behind a key."""
    for line in (fault.before, fault.here):
        match = re.match(r"\s*-(?=\w)", line.text) if line else None
        if line and match and line.has_key:
            return fault.problem(
                Place(line.number, match.end(), 1),
                "bindestrich",
                "Nach dem Bindestrich fehlt ein Leerzeichen.",
                f"Gemeint ist wohl: - {line.text[match.end() :].strip()}",
            )
    if "sequence entries are not allowed" in fault.what and fault.here.has_key:
        return fault.problem(
            Place(fault.line, fault.column),
            "bindestrich",
            "Ein Listeneintrag beginnt nicht in der Zeile des Schlüssels.",
            "Bitte jeden Eintrag in eine eigene, eingerückte Zeile schreiben.",
        )
    return None


def colon(fault: Fault) -> Problem | None:
    """A line without the colon behind its key; the reader may notice it one line later."""
    if "could not find expected ':'" in fault.what and fault.since:
        return _without_colon(fault, fault.at(fault.since.line))
    if "mapping values are not allowed" in fault.what:
        before = fault.before
        if before and not before.has_key and not _goes_on(fault, before):
            return _without_colon(fault, before)
    if "did not find expected key" in fault.what and _no_item(fault.here):
        return _without_colon(fault, fault.here)
    return None


def _goes_on(fault: Fault, line: Line) -> bool:
    """Whether `line` continues the text of a line above."""
    if line.start != line.indent:  # a dash begins something new
        return False
    above = (fault.at(number) for number in range(line.number - 1, 0, -1))
    outer = next((each for each in above if each.says_something and each.has_key), None)
    return outer is not None and outer.start < line.start and bool(outer.text[outer.value_start :])


def _no_item(line: Line) -> bool:
    return line.says_something and ":" not in line.text and not line.text.lstrip().startswith("-")


def _without_colon(fault: Fault, line: Line) -> Problem:
    if match := _KEY_WITHOUT_SPACE.match(line.content):
        return fault.problem(
            Place(line.number, line.start + len(match[1]) + 1),
            "doppelpunkt",
            "Nach dem Doppelpunkt fehlt ein Leerzeichen.",
            f"Gemeint ist wohl: {match[1]}: {match[2]}",
        )
    if match := _BULLET.match(line.content):
        return fault.problem(
            Place(line.number, line.start + 1, 1),
            "bindestrich",
            f"Ein Listeneintrag beginnt hier mit „{match[1]}“ statt mit einem Bindestrich.",
            f"Gemeint ist wohl: - {match[2]}",
        )
    if match := _OTHER_SIGN.match(line.content):
        return fault.problem(
            Place(line.number, line.start + match.start(2) + 1, 1),
            "doppelpunkt",
            f"Nach dem Schlüssel steht „{match[2]}“ statt eines Doppelpunkts.",
            f"Gemeint ist wohl: {match[1]}: {match[3] or '…'}",
        )
    word, _, value = line.content.partition(" ")
    return fault.problem(
        line.place,
        "doppelpunkt",
        "In dieser Zeile fehlt der Doppelpunkt nach dem Schlüssel.",
        f"Gemeint ist wohl: {word}: {value.strip() or '…'}",
    )


def colon_in_value(fault: Fault) -> Problem | None:
    """A colon and a space within a text."""
    if "mapping values are not allowed" not in fault.what:
        return None
    match = KEY.match(fault.here.content)
    if match and fault.column <= fault.here.start + match.end():
        return None
    return fault.problem(
        Place(fault.line, fault.column),
        "doppelpunkt-im-wert",
        "Im Text steht ein Doppelpunkt mit Leerzeichen dahinter.",
        "Bitte den ganzen Wert in Anführungszeichen setzen.",
    )


def indentation(fault: Fault) -> Problem | None:
    """A line that begins in a column of its own."""
    if "mapping values are not allowed" in fault.what:
        return fault.problem(
            fault.here.place,
            "einrueckung",
            "Diese Zeile ist weiter eingerückt als die Angabe darüber und gilt deshalb als deren"
            " Fortsetzung.",
            "Bitte in derselben Spalte beginnen lassen; gehört sie zum Text darüber, den ganzen"
            " Text in Anführungszeichen setzen.",
        )
    if "did not find expected" in fault.what and fault.during.startswith("while parsing a block"):
        return fault.problem(
            fault.here.place,
            "einrueckung",
            "Diese Zeile ist anders eingerückt als die Zeilen, zu denen sie gehört.",
            "Zusammengehörige Angaben beginnen in derselben Spalte; bitte mit Leerzeichen"
            " einrücken.",
        )
    return None
