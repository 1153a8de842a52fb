"""A file, read once: its values as text, each with its line and column. Knows no domain.

YAML's own guesses (`18:00` becomes 1080, `01234` becomes 668, `no` becomes false, a repeated key
wins silently) never happen here: every scalar stays the text the editor typed, and the model
decides what it means. Anchors, aliases and tags are refused, so a small file cannot unfold into a
large one. Positions count characters of the text in Unicode form NFC.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias, Union

import yaml
from frontmatter.default_handlers import YAMLHandler

from partnership.problems import Place, Problem, ProblemsFound
from partnership.textfile import INVISIBLE, read_text
from partnership.yamlfaults import explain

MAX_DEPTH = 12

Value: TypeAlias = Union[str, list["Value"], dict[str, "Value"]]  # noqa: UP007 - recursive
Trail: TypeAlias = tuple[str | int, ...]

_EMPTY = frozenset({"", "~", "null"})
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """One file. `places` and `keys` map the way to a value (`("massnahmen", 0, "typ")`) to where
    the value and its key stand; `body` is the text below the front matter. `problems` are slips
    that leave the rest of the file readable, so that the rest can be checked as well.
    """

    path: str
    lines: tuple[str, ...]
    data: dict[str, Value]
    places: Mapping[Trail, Place]
    keys: Mapping[Trail, Place]
    body: str = ""
    problems: tuple[Problem, ...] = ()

    def place(self, trail: Trail, *, of_key: bool = False) -> Place:
        """Where the value at `trail` stands, or the nearest thing around it that has a place."""
        if of_key and trail in self.keys:
            return self.keys[trail]
        while trail and trail not in self.places:
            trail = trail[:-1]
        return self.places.get(trail, Place(1, 1))

    def value(self, trail: Trail) -> Value | None:
        """What the file says at `trail`; None where it says nothing."""
        found: Value = self.data
        for step in trail:
            if isinstance(found, dict) and isinstance(step, str):
                if step not in found:
                    return None
                found = found[step]
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
            else:
                return None
        return found

    def problem(self, place: Place, rule: str, message: str, remedy: str = "") -> Problem:
        """A problem of this file, with the line it is about."""
        excerpt = self.lines[place.line - 1] if place.line <= len(self.lines) else ""
        return Problem(self.path, place, rule, message, remedy, excerpt)


@dataclass
class _Reading:
    """What has been gathered while the events of one file go by."""

    path: str
    lines: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)
    places: dict[Trail, Place] = field(default_factory=dict)
    keys: dict[Trail, Place] = field(default_factory=dict)
    unreadable: bool = False

    def report(self, place: Place, rule: str, message: str, remedy: str) -> None:
        excerpt = self.lines[place.line - 1] if place.line <= len(self.lines) else ""
        self.problems.append(Problem(self.path, place, rule, message, remedy, excerpt))


def read_yaml(file: Path, path: str) -> Document:
    """Read a YAML file; `path` is its name in messages.

    Raises `ProblemsFound` where nothing can be understood.
    """
    text, lines = read_text(file, path)
    return _document(text, path, lines)


def read_page(file: Path, path: str) -> Document:
    """Read a Markdown file with YAML front matter. Raises like `read_yaml`."""
    text, _ = read_text(file, path)
    return parse_page(text, path)


def parse_page(text: str, path: str) -> Document:
    """The same for the text of such a file. Raises like `read_yaml`."""
    lines = tuple(text.split("\n"))
    handler = YAMLHandler()
    if not handler.detect(text):
        raise ProblemsFound([_no_front_matter(path, lines)])
    try:
        head, body = handler.split(text)
    except ValueError:
        problem = Problem(
            path,
            Place(1, 1, 3),
            "kopf-offen",
            "Der Kopf der Datei ist nicht abgeschlossen.",
            "Unter die letzte Angabe gehört eine Zeile mit drei Bindestrichen: ---",
            lines[0],
        )
        raise ProblemsFound([problem]) from None
    # The handler takes blank lines below the first --- for part of it, but they count as lines.
    blank = text[: text.index(head)].count("\n")
    return _document("\n" * blank + head, path, lines, body.strip("\n"))


def _no_front_matter(path: str, lines: tuple[str, ...]) -> Problem:
    return Problem(
        path,
        Place(1, 1, max(len(lines[0]), 1) if lines else 1),
        "kopf-fehlt",
        "Die Datei beginnt nicht mit einer Zeile aus drei Bindestrichen.",
        "In die erste Zeile gehört: ---, darunter die Angaben, danach wieder ---",
        lines[0] if lines else "",
    )


def _document(text: str, path: str, lines: tuple[str, ...], body: str = "") -> Document:
    reading = _Reading(path, lines)
    try:
        events = list(yaml.parse(text, Loader=_Loader))
    except yaml.YAMLError as error:
        raise ProblemsFound([explain(error, path, lines)]) from None
    data = _build(iter(events), reading)
    if reading.unreadable:
        raise ProblemsFound(reading.problems)
    # A head that is empty begins below its ---, where a file may have ended already.
    last = Place(len(lines), 1)
    reading.places.update({way: last for way, at in reading.places.items() if at.line > last.line})
    return Document(path, lines, data, reading.places, reading.keys, body, tuple(reading.problems))


def _build(events: Iterator[yaml.Event], reading: _Reading) -> dict[str, Value]:
    documents = 0
    data: dict[str, Value] = {}
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                reading.report(
                    _place(event),
                    "zweites-dokument",
                    "Hier beginnt mit --- ein zweiter Abschnitt.",
                    "Bitte alle Angaben in einen Abschnitt schreiben.",
                )
                reading.unreadable = True
                return data
        elif isinstance(event, yaml.NodeEvent):
            value = _node(event, events, (), reading)
            if isinstance(value, dict):
                data = value
            elif value is not None:
                reading.report(
                    _place(event),
                    "keine-angaben",
                    "Hier werden Angaben der Form „schlüssel: wert“ erwartet.",
                    "Beispiel: name: Beispielwerke GmbH",
                )
                reading.unreadable = True
    return data


def _node(
    event: yaml.Event, events: Iterator[yaml.Event], trail: Trail, reading: _Reading
) -> Value | None:
    """Build the value that begins with `event`; None for an empty one."""
    place = _place(event)
    reading.places[trail] = place
    _refuse_cleverness(event, place, reading)
    if isinstance(event, yaml.ScalarEvent):
        # Only what stands without quotes has no style, and only that can be left empty.
        return None if not event.style and event.value in _EMPTY else _visible(event, reading)
    if isinstance(event, yaml.AliasEvent):
        return f"*{event.anchor}"
    if len(trail) >= MAX_DEPTH:
        reading.report(
            place,
            "zu-tief",
            f"Die Angaben sind mehr als {MAX_DEPTH} Ebenen tief verschachtelt.",
            "Bitte die Einrückung prüfen.",
        )
        _skip(events)
        return None
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events, trail, reading)
    return _mapping(events, trail, reading)


def _visible(event: yaml.ScalarEvent, reading: _Reading) -> str:
    """The text of a scalar. Between double quotes a backslash can spell what no key can type."""
    text = str(event.value)
    if match := INVISIBLE.search(text):
        reading.report(
            _place(event),
            "steuerzeichen",
            f"In diesem Wert steht ein unsichtbares Steuerzeichen (U+{ord(match[0]):04X}).",
            "Bitte den Rückstrich \\ und die Zeichen dahinter löschen.",
        )
    return INVISIBLE.sub("", text)


def _sequence(events: Iterator[yaml.Event], trail: Trail, reading: _Reading) -> list[Value]:
    items: list[Value] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        value = _node(event, events, (*trail, len(items)), reading)
        items.append("" if value is None else value)
    return items


def _mapping(events: Iterator[yaml.Event], trail: Trail, reading: _Reading) -> dict[str, Value]:
    """An empty value counts as not given, so that a prepared but unfilled line does no harm."""
    found: dict[str, Value] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        place = _place(event)
        if not isinstance(event, yaml.ScalarEvent):
            reading.report(
                place,
                "schluessel",
                "Vor dem Doppelpunkt steht hier kein einfaches Wort.",
                "Werte, die mit { oder [ beginnen, gehören in Anführungszeichen.",
            )
            _node(event, events, (*trail, "?"), reading)
            _node(next(events), events, (*trail, "?"), reading)
            continue
        key = _visible(event, reading)
        way = (*trail, key)
        _refuse_cleverness(event, place, reading)
        if way in reading.keys:
            first = reading.keys[way]
            reading.report(
                place,
                "doppelt",
                f"„{key}“ steht hier ein zweites Mal, zuerst in Zeile {first.line}.",
                "Bitte eine der beiden Angaben löschen.",
            )
            _node(next(events), events, (*trail, f"{key}#2"), reading)
            continue
        reading.keys[way] = place
        value = _node(next(events), events, way, reading)
        if value is not None:
            found[key] = value
    return found


def _skip(events: Iterator[yaml.Event]) -> None:
    """Pass over the rest of the collection that has just begun."""
    depth = 1
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if not depth:
            return


def _refuse_cleverness(event: yaml.Event, place: Place, reading: _Reading) -> None:
    """Anchors, aliases and tags: a way to hide or multiply content, never meant by an editor."""
    if isinstance(event, yaml.AliasEvent):
        rule, message = "verweis", "verweist auf eine andere Stelle der Datei"
    elif getattr(event, "anchor", None):
        rule, message = "verweis", "ist ein Sprungziel für andere Stellen der Datei"
    elif getattr(event, "tag", None):
        rule, message = "typangabe", "ist eine Typangabe"
    else:
        return
    sign = reading.lines[place.line - 1][place.column - 1 :].split(" ")[0]
    reading.report(
        Place(place.line, place.column, max(len(sign), 1)),
        rule,
        f"„{sign}“ {message}; das ist hier nicht erlaubt.",
        "Soll das Zeichen im Text stehen, gehört der ganze Wert in Anführungszeichen.",
    )


def _place(event: yaml.Event) -> Place:
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:  # the reader marks every event
        return Place(1, 1)
    length = end.column - start.column if end.line == start.line else 1
    return Place(start.line + 1, start.column + 1, max(length, 1))
