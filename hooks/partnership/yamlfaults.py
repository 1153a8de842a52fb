"""What libyaml complains about, in the words and at the place that help an editor.

The library reports where it gave up; the slip itself is often lines above. An unclosed quote is
told where it opens, a missing colon on its own line.
"""

import re
from collections.abc import Callable

import yaml

from partnership.problems import Place, Problem

_OPENS = re.compile(r"""^(?P<before>\s*(?:-\s+)*(?:[^\s:#"'][^:#"']*:\s+)?)(?P<quote>["'])""")
_Report = Callable[[Place, str, str, str], Problem]
_QUOTES_NEEDED = "Werte mit Sonderzeichen am Anfang gehören in Anführungszeichen."


def explain(error: yaml.YAMLError, path: str, lines: tuple[str, ...], text: str) -> Problem:
    """Turn an error of the YAML reader into a problem. `text` is what the reader was given."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = min((mark.line if mark else 0) + 1, max(len(text.split("\n")), 1))
    column = (mark.column if mark else 0) + 1
    what = str(getattr(error, "problem", "") or error)
    context_mark = getattr(error, "context_mark", None)

    def problem(place: Place, rule: str, message: str, remedy: str) -> Problem:
        excerpt = lines[place.line - 1] if place.line <= len(lines) else ""
        return Problem(path, place, rule, message, remedy, excerpt)

    if "\t" in lines[line - 1][:column] and "cannot start any token" in what:
        at = lines[line - 1].index("\t")
        return problem(
            Place(line, at + 1),
            "tabulator",
            "Die Zeile ist mit einem Tabulator eingerückt.",
            "Bitte durch Leerzeichen ersetzen.",
        )
    quoted = context_mark is not None and "quoted scalar" in str(getattr(error, "context", ""))
    if quoted:
        opened: Place | None = Place(context_mark.line + 1, context_mark.column + 1)
    else:
        opened = _unclosed_quote(lines, line)
    if opened:
        quote = lines[opened.line - 1][opened.column - 1]
        return problem(
            opened,
            "anfuehrungszeichen",
            f"Das Anführungszeichen {quote} wird hier geöffnet, aber nicht richtig geschlossen.",
            f"Bitte am Ende des Wertes ein {quote} ergänzen; ein {quote} im Text selbst weglassen"
            " oder „deutsche Anführungszeichen“ nehmen.",
        )
    if "could not find expected ':'" in what and context_mark is not None:
        place = _whole_line(lines, context_mark.line + 1)
        return problem(
            place,
            "doppelpunkt",
            "In dieser Zeile fehlt der Doppelpunkt nach dem Schlüssel.",
            _with_colon(lines[place.line - 1]),
        )
    if "mapping values are not allowed" in what:
        return problem(
            Place(line, column),
            "doppelpunkt-im-wert",
            "Im Wert steht ein Doppelpunkt mit Leerzeichen, oder die Zeile ist zu weit eingerückt.",
            "Bitte den ganzen Wert in Anführungszeichen setzen oder die Einrückung der Zeile"
            " darüber angleichen.",
        )
    if "expected <block end>" in what or "did not find expected key" in what:
        return _structure(problem, lines, line, column)
    if "did not find expected ',' or" in what:
        opened_at = context_mark or mark
        return problem(
            Place(opened_at.line + 1, opened_at.column + 1),
            "klammer",
            "Die hier geöffnete Klammer ist nicht richtig geschlossen.",
            "Bitte Kommas und die schließende Klammer } oder ] prüfen.",
        )
    if "cannot start any token" in what:
        return problem(
            Place(line, column),
            "sonderzeichen",
            f"Das Zeichen „{lines[line - 1][column - 1 : column]}“ darf hier nicht am Anfang"
            " stehen.",
            _QUOTES_NEEDED,
        )
    return problem(
        Place(line, column),
        "aufbau",
        "Hier stimmt der Aufbau der Datei nicht.",
        "Bitte Einrückung, Doppelpunkte und Anführungszeichen in dieser und der vorigen Zeile"
        " prüfen. " + _QUOTES_NEEDED,
    )


def _structure(problem: _Report, lines: tuple[str, ...], line: int, column: int) -> Problem:
    """The reader met something that is no key where the next key was due."""
    text = lines[line - 1]
    if text.strip() and not text.lstrip().startswith("-") and ":" not in text:
        place = _whole_line(lines, line)
        return problem(
            place,
            "doppelpunkt",
            "In dieser Zeile fehlt der Doppelpunkt nach dem Schlüssel.",
            _with_colon(text),
        )
    return problem(
        Place(line, column, max(len(text) - column + 1, 1)),
        "einrueckung",
        "Diese Zeile ist anders eingerückt als die Zeilen, zu denen sie gehört.",
        "Zusammengehörige Angaben beginnen in derselben Spalte; mit Leerzeichen einrücken.",
    )


def _whole_line(lines: tuple[str, ...], number: int) -> Place:
    text = lines[number - 1]
    start = len(text) - len(text.lstrip())
    return Place(number, start + 1, max(len(text.strip()), 1))


def _with_colon(text: str) -> str:
    words = text.strip().removeprefix("- ").split(maxsplit=1)
    value = words[1] if len(words) > 1 else "…"
    return f"Gemeint ist wohl: {words[0] if words else 'schlüssel'}: {value}"


def _unclosed_quote(lines: tuple[str, ...], until: int) -> Place | None:
    """The first value, up to the line where the reader gave up, whose quote has no partner."""
    for number, line in enumerate(lines[:until], 1):
        match = _OPENS.match(line)
        if not match:
            continue
        quote = match["quote"]
        start = len(match["before"])
        rest = line[start + 1 :]
        if quote == '"':
            rest = re.sub(r"\\.", "", rest)
        else:
            rest = rest.replace("''", "")
        closed = rest.find(quote)
        after = rest[closed + 1 :].strip() if closed >= 0 else ""
        if closed < 0 or (after and not after.startswith(("#", ",", "}", "]", ":"))):
            return Place(number, start + 1)
    return None
