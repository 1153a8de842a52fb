"""Values from the events of the YAML reader: all of them text, each with its place.

Anchors, aliases and tags are refused, so a small file cannot unfold into a large one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias, Union

import yaml

from partnership.model.problems import Place, Problem
from partnership.reading.textfile import INVISIBLE

MAX_DEPTH = 12

Value: TypeAlias = Union[str, list["Value"], dict[str, "Value"]]  # noqa: UP007 - recursive
Trail: TypeAlias = tuple[str | int, ...]

_EMPTY = frozenset({"", "~", "null"})


@dataclass
class Gathered:
    """What has been gathered while the events of one file go by."""

    path: str
    lines: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)
    places: dict[Trail, Place] = field(default_factory=dict)
    keys: dict[Trail, Place] = field(default_factory=dict)
    unreadable: bool = False

    def report(self, place: Place, rule: str, message: str, remedy: str) -> None:
        """Keep a problem, with the line it is about."""
        excerpt = self.lines[place.line - 1] if place.line <= len(self.lines) else ""
        self.problems.append(Problem(self.path, place, rule, message, remedy, excerpt))


def build(events: Iterator[yaml.Event], gathered: Gathered) -> dict[str, Value]:
    """The one mapping that a file is; `gathered` takes up places and problems."""
    documents = 0
    data: dict[str, Value] = {}
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                gathered.report(
                    _place(event),
                    "zweites-dokument",
                    "Hier beginnt mit --- ein zweiter Abschnitt.",
                    "Bitte alle Angaben in einen Abschnitt schreiben.",
                )
                gathered.unreadable = True
                return data
        elif isinstance(event, yaml.NodeEvent):
            value = _node(event, events, (), gathered)
            if isinstance(value, dict):
                data = value
            elif value is not None:
                gathered.report(
                    _place(event),
                    "keine-angaben",
                    "Hier werden Angaben der Form „schlüssel: wert“ erwartet.",
                    "Beispiel: name: Beispielwerke GmbH",
                )
                gathered.unreadable = True
    return data


def _node(
    event: yaml.Event, events: Iterator[yaml.Event], trail: Trail, gathered: Gathered
) -> Value | None:
    """Build the value that begins with `event`; None for an empty one."""
    place = _place(event)
    gathered.places[trail] = place
    _refuse_cleverness(event, place, gathered)
    if isinstance(event, yaml.ScalarEvent):
        # Only what stands without quotes has no style, and only that can be left empty.
        return None if not event.style and event.value in _EMPTY else _visible(event, gathered)
    if isinstance(event, yaml.AliasEvent):
        return f"*{event.anchor}"
    if len(trail) >= MAX_DEPTH:
        # No record is nearly as deep: the model tells where on the way something else belongs.
        _skip(events)
        return None
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events, trail, gathered)
    return _mapping(events, trail, gathered)


def _visible(event: yaml.ScalarEvent, gathered: Gathered) -> str:
    """The text of a scalar. Between double quotes a backslash can spell what no key can type."""
    text = str(event.value)
    if match := INVISIBLE.search(text):
        gathered.report(
            _place(event),
            "steuerzeichen",
            f"In diesem Wert steht ein unsichtbares Steuerzeichen (U+{ord(match[0]):04X}).",
            "Bitte den Rückstrich \\ und die Zeichen dahinter löschen.",
        )
    return INVISIBLE.sub("", text)


def _sequence(events: Iterator[yaml.Event], trail: Trail, gathered: Gathered) -> list[Value]:
    items: list[Value] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        value = _node(event, events, (*trail, len(items)), gathered)
        items.append("" if value is None else value)
    return items


def _mapping(events: Iterator[yaml.Event], trail: Trail, gathered: Gathered) -> dict[str, Value]:
    """An empty value counts as not given, so that a prepared but unfilled line does no harm."""
    found: dict[str, Value] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        place = _place(event)
        if not isinstance(event, yaml.ScalarEvent):
            gathered.report(
                place,
                "schluessel",
                "Vor dem Doppelpunkt steht hier kein einfaches Wort.",
                "Werte, die mit { oder [ beginnen, gehören in Anführungszeichen.",
            )
            _node(event, events, (*trail, "?"), gathered)
            _node(next(events), events, (*trail, "?"), gathered)
            continue
        key = _visible(event, gathered)
        way = (*trail, key)
        _refuse_cleverness(event, place, gathered)
        if way in gathered.keys:
            first = gathered.keys[way]
            gathered.report(
                place,
                "doppelt",
                f"„{key}“ steht hier ein zweites Mal, zuerst in Zeile {first.line}.",
                "Bitte eine der beiden Angaben löschen.",
            )
            # The first may have been left empty: the other one counts then.
            again = way if key not in found else (*trail, f"{key}#2")
            value = _node(next(events), events, again, gathered)
            if value is not None:
                found.setdefault(key, value)
            continue
        gathered.keys[way] = place
        value = _node(next(events), events, way, gathered)
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


def _refuse_cleverness(event: yaml.Event, place: Place, gathered: Gathered) -> None:
    """Anchors, aliases and tags: a way to hide or multiply content, never meant by an editor."""
    if isinstance(event, yaml.AliasEvent):
        rule, message = "verweis", "verweist auf eine andere Stelle der Datei"
    elif getattr(event, "anchor", None):
        rule, message = "verweis", "ist ein Sprungziel für andere Stellen der Datei"
    elif getattr(event, "tag", None):
        rule, message = "typangabe", "ist eine Typangabe"
    else:
        return
    sign = gathered.lines[place.line - 1][place.column - 1 :].split(" ")[0]
    gathered.report(
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
