"""A file, read once: its values as text, each with its line and column. Knows no domain.

YAML's own guesses (`18:00` becomes 1080, `01234` becomes 668, `no` becomes false, a repeated key
wins silently) never happen here: every scalar stays the text the editor typed, and the model
decides what it means. Anchors, aliases and tags are refused, so a small file cannot unfold into a
large one. Positions count characters of the text in Unicode form NFC.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias, Union

import frontmatter
import yaml

from partnership.problems import Place, Problem, ProblemsFound
from partnership.yamlfaults import explain

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12

Value: TypeAlias = Union[str, list["Value"], dict[str, "Value"]]  # noqa: UP007 - recursive
Trail: TypeAlias = tuple[str | int, ...]

_BYTE_ORDER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """One file. `places` and `keys` map the way to a value (`("massnahmen", 0, "typ")`) to where
    the value and its key stand; `body` is the text below the front matter, from `body_line` on."""

    path: str
    lines: tuple[str, ...]
    data: dict[str, Value]
    places: Mapping[Trail, Place]
    keys: Mapping[Trail, Place]
    body: str = ""
    body_line: int = 1

    def place(self, trail: Trail, *, of_key: bool = False) -> Place:
        """Where the value at `trail` stands, or the nearest thing around it that stands anywhere."""
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

    def report(self, place: Place, rule: str, message: str, remedy: str) -> None:
        excerpt = self.lines[place.line - 1] if place.line <= len(self.lines) else ""
        self.problems.append(Problem(self.path, place, rule, message, remedy, excerpt))


def read_yaml(file: Path, path: str) -> Document:
    """Read a YAML file; `path` is its name in messages. Raises `ProblemsFound`."""
    text, lines = _read_text(file, path)
    data, reading = _parse(text, path, lines)
    return Document(path, lines, data, reading.places, reading.keys)


def read_page(file: Path, path: str) -> Document:
    """Read a Markdown file with YAML front matter. Raises `ProblemsFound`."""
    text, lines = _read_text(file, path)
    handler = frontmatter.YAMLHandler()
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
    # The head begins behind the first ---, on line 1: its line numbers are those of the file.
    data, reading = _parse(head, path, lines)
    body_line = text[: len(text) - len(body)].count("\n") + 1
    return Document(path, lines, data, reading.places, reading.keys, body.strip("\n"), body_line)


def _no_front_matter(path: str, lines: tuple[str, ...]) -> Problem:
    return Problem(
        path,
        Place(1, 1, max(len(lines[0]), 1) if lines else 1),
        "kopf-fehlt",
        "Die Datei beginnt nicht mit einer Zeile aus drei Bindestrichen.",
        "In die erste Zeile gehört: ---, darunter die Angaben, danach wieder ---",
        lines[0] if lines else "",
    )


def _read_text(file: Path, path: str) -> tuple[str, tuple[str, ...]]:
    """The text in NFC with plain line ends, and its lines."""
    raw = file.read_bytes()

    def refuse(rule: str, message: str, remedy: str) -> ProblemsFound:
        return ProblemsFound([Problem(path, Place(1, 1), rule, message, remedy)])

    if len(raw) > MAX_BYTES:
        raise refuse(
            "zu-gross",
            f"Die Datei ist {len(raw) // 1024} KiB groß, erlaubt sind {MAX_BYTES // 1024} KiB.",
            "Bitte kürzen oder in mehrere Dateien aufteilen.",
        )
    if name := _BYTE_ORDER_MARKS.get(raw[:2]):
        raise refuse(
            "kodierung",
            f"Die Datei ist als {name} gespeichert.",
            "Bitte im Editor als „UTF-8“ speichern.",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemsFound([_wrong_encoding(raw, error.start, path)]) from None
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = tuple(text.split("\n"))
    if problems := list(_control_characters(path, lines)):
        raise ProblemsFound(problems)
    return text, lines


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
        "Bitte im Editor „Speichern unter … Kodierung UTF-8“ wählen.",
        excerpt,
    )


def _control_characters(path: str, lines: tuple[str, ...]) -> Iterator[Problem]:
    for number, line in enumerate(lines, 1):
        for column, char in enumerate(line, 1):
            if unicodedata.category(char) == "Cc" and char != "\t" and char != "\x85":
                yield Problem(
                    path,
                    Place(number, column),
                    "steuerzeichen",
                    f"Hier steht ein unsichtbares Steuerzeichen (U+{ord(char):04X}).",
                    "Bitte das Zeichen löschen und die Zeile neu tippen.",
                    line.replace(char, "\N{REPLACEMENT CHARACTER}"),
                )


def _parse(text: str, path: str, lines: tuple[str, ...]) -> tuple[dict[str, Value], _Reading]:
    reading = _Reading(path, lines)
    try:
        events = [event for event in yaml.parse(text, Loader=_Loader)]
    except yaml.YAMLError as error:
        raise ProblemsFound([explain(error, path, lines, text)]) from None
    data = _build(iter(events), reading)
    if reading.problems:
        raise ProblemsFound(reading.problems)
    return data, reading


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
    return data


def _node(
    event: yaml.Event, events: Iterator[yaml.Event], trail: Trail, reading: _Reading
) -> Value | None:
    """Build the value that begins with `event`; None for an empty one."""
    place = _place(event)
    reading.places[trail] = place
    _refuse_cleverness(event, place, reading)
    if isinstance(event, yaml.ScalarEvent):
        empty = event.style is None and event.value in _EMPTY
        return None if empty else event.value
    if isinstance(event, yaml.AliasEvent):
        return None
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
        key = event.value
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
    quote = "Soll das Zeichen im Text stehen, gehört der Wert in Anführungszeichen."
    if isinstance(event, yaml.AliasEvent):
        reading.report(
            place,
            "verweis",
            f"„*{event.anchor}“ verweist auf eine andere Stelle; das ist hier nicht erlaubt.",
            quote,
        )
    elif getattr(event, "anchor", None):
        reading.report(
            place,
            "verweis",
            f"„&{event.anchor}“ setzt ein Sprungziel; das ist hier nicht erlaubt.",  # type: ignore[attr-defined]
            quote,
        )
    elif getattr(event, "tag", None):
        reading.report(
            place,
            "typangabe",
            f"„{reading.lines[place.line - 1][place.column - 1 :].split(' ')[0]}“ mit einem"
            " Ausrufezeichen am Anfang ist hier nicht erlaubt.",
            quote,
        )


def _place(event: yaml.Event) -> Place:
    start, end = event.start_mark, event.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return Place(start.line + 1, start.column + 1, max(length, 1))
