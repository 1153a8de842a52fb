"""What libyaml complains about, in the words and at the place that help an editor.

The library reports where it gave up; the slip itself is often lines above. An unclosed quote is
told where it opens, a missing colon on its own line.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

from partnership.problems import Place, Problem

_KEY = re.compile(r"""(?:[\w-]+|"[^"]*"|'[^']*')\s*:(?:\s|$)""")
_KEY_WITHOUT_SPACE = re.compile(r"([\w-]+):(?!//)(\S.*)")
_QUOTE_IN_BRACKETS = re.compile(r"""(?:[\[{,]\s*|:\s+)(?=["'])""")
_SCANNED_TOKENS = ("an anchor", "an alias", "a tag", "a directive", "a block scalar")
_QUOTES_NEEDED = "Beginnt ein Text mit einem Sonderzeichen, gehört er in Anführungszeichen."


@dataclass(frozen=True)
class _Line:
    """One line: `start` is where its text begins behind indentation and list dashes."""

    number: int
    text: str

    @property
    def start(self) -> int:
        match = re.match(r"\s*(?:-\s+)*", self.text)
        return match.end() if match else 0

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())

    @property
    def value_start(self) -> int:
        """Where the value behind the key begins, or the text where there is no key."""
        match = _KEY.match(self.content)
        behind = self.text[self.start + match.end() :] if match else ""
        return len(self.text) - len(behind.lstrip()) if match else self.start

    @property
    def content(self) -> str:
        return self.text[self.start :].rstrip()

    @property
    def says_something(self) -> bool:
        return bool(self.content) and not self.content.startswith("#") and self.content != "---"

    @property
    def has_key(self) -> bool:
        return bool(_KEY.match(self.content))

    @property
    def place(self) -> Place:
        return Place(self.number, self.start + 1, max(len(self.content), 1))


@dataclass(frozen=True)
class _Fault:
    """What the reader said: where it gave up, what about, and what it was in the middle of."""

    path: str
    lines: tuple[str, ...]
    line: int
    column: int
    what: str
    during: str
    since: Place | None

    def at(self, number: int) -> _Line:
        return _Line(number, self.lines[number - 1])

    @property
    def here(self) -> _Line:
        return self.at(self.line)

    @property
    def before(self) -> _Line | None:
        """The nearest line above that says something."""
        above = (self.at(number) for number in range(self.line - 1, 0, -1))
        return next((line for line in above if line.says_something), None)

    def problem(self, place: Place, rule: str, message: str, remedy: str) -> Problem:
        return Problem(self.path, place, rule, message, remedy, self.lines[place.line - 1])


def explain(error: yaml.YAMLError, path: str, lines: tuple[str, ...]) -> Problem:
    """Turn an error of the YAML reader into a problem. `lines` are those of the whole file."""
    fault = _fault(error, path, lines)
    found = (diagnose(fault) for diagnose in _DIAGNOSES)
    return next((problem for problem in found if problem is not None), _unclear(fault))


def _fault(error: yaml.YAMLError, path: str, lines: tuple[str, ...]) -> _Fault:
    def place(mark: yaml.Mark | None) -> Place | None:
        # The reader counts one line more where a file does not end with a line end.
        return Place(min(mark.line + 1, len(lines)), mark.column + 1) if mark else None

    since = place(getattr(error, "context_mark", None))
    until = place(getattr(error, "problem_mark", None)) or since or Place(1, 1)
    what = str(getattr(error, "problem", None) or error)
    during = str(getattr(error, "context", None) or "")
    return _Fault(path, lines, until.line, until.column, what, during, since)


def _tab(fault: _Fault) -> Problem | None:
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


def _backslash(fault: _Fault) -> Problem | None:
    """A Windows path between double quotes."""
    if "escape character" not in fault.what and "hexdecimal" not in fault.what:
        return None
    return fault.problem(
        Place(fault.line, fault.column),
        "rueckstrich",
        "Der Rückstrich \\ hat zwischen doppelten Anführungszeichen eine besondere Bedeutung.",
        "Bitte den Wert in einfache Anführungszeichen ' setzen.",
    )


def _quotes(fault: _Fault) -> Problem | None:
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


def _bad_quote(fault: _Fault) -> tuple[Place, bool] | None:
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


def _last_line(fault: _Fault, line: _Line, *, whatever: bool) -> int:
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


def _bad_quote_in_brackets(line: _Line, start: int) -> tuple[Place, bool] | None:
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


def _sign(fault: _Fault) -> Problem | None:
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
        _QUOTES_NEEDED,
    )


def _brackets(fault: _Fault) -> Problem | None:
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


def _dash(fault: _Fault) -> Problem | None:
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


def _colon(fault: _Fault) -> Problem | None:
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


def _goes_on(fault: _Fault, line: _Line) -> bool:
    """Whether `line` continues the text of a line above."""
    if line.start != line.indent:  # a dash begins something new
        return False
    above = (fault.at(number) for number in range(line.number - 1, 0, -1))
    outer = next((each for each in above if each.says_something and each.has_key), None)
    return outer is not None and outer.start < line.start and bool(outer.text[outer.value_start :])


def _no_item(line: _Line) -> bool:
    return line.says_something and ":" not in line.text and not line.text.lstrip().startswith("-")


def _without_colon(fault: _Fault, line: _Line) -> Problem:
    if match := _KEY_WITHOUT_SPACE.match(line.content):
        return fault.problem(
            Place(line.number, line.start + len(match[1]) + 1),
            "doppelpunkt",
            "Nach dem Doppelpunkt fehlt ein Leerzeichen.",
            f"Gemeint ist wohl: {match[1]}: {match[2]}",
        )
    word, _, value = line.content.partition(" ")
    return fault.problem(
        line.place,
        "doppelpunkt",
        "In dieser Zeile fehlt der Doppelpunkt nach dem Schlüssel.",
        f"Gemeint ist wohl: {word}: {value.strip() or '…'}",
    )


def _colon_in_value(fault: _Fault) -> Problem | None:
    """A colon and a space within a text."""
    if "mapping values are not allowed" not in fault.what:
        return None
    match = _KEY.match(fault.here.content)
    if match and fault.column <= fault.here.start + match.end():
        return None
    return fault.problem(
        Place(fault.line, fault.column),
        "doppelpunkt-im-wert",
        "Im Text steht ein Doppelpunkt mit Leerzeichen dahinter.",
        "Bitte den ganzen Wert in Anführungszeichen setzen.",
    )


def _indentation(fault: _Fault) -> Problem | None:
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


def _unclear(fault: _Fault) -> Problem:
    return fault.problem(
        Place(fault.line, fault.column),
        "aufbau",
        "Hier stimmt der Aufbau der Datei nicht.",
        "Bitte Einrückung, Doppelpunkte und Anführungszeichen in dieser und der vorigen Zeile"
        f" prüfen. {_QUOTES_NEEDED}",
    )


_DIAGNOSES: tuple[Callable[[_Fault], Problem | None], ...] = (
    _tab,
    _backslash,
    _quotes,
    _sign,
    _brackets,
    _dash,
    _colon,
    _colon_in_value,
    _indentation,
)
