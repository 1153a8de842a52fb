"""A file, read once: its values as text, each with its line and column. Knows no domain.

YAML's own guesses (`18:00` becomes 1080, `01234` becomes 668, `no` becomes false, a repeated key
wins silently) never happen here: every scalar stays the text the editor typed, and the model
decides what it means. Anchors, aliases and tags are refused, so a small file cannot unfold into a
large one. Positions count characters of the text in Unicode form NFC.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import yaml
from frontmatter.default_handlers import YAMLHandler

from partnership.model.problems import Place, Problem, ProblemsFound
from partnership.reading.events import Gathered, Trail, Value, build
from partnership.reading.limits import MOST_ENTRIES, excess
from partnership.reading.repetition import unfolding
from partnership.reading.spaces import made_plain
from partnership.reading.textfile import decoded, read_text
from partnership.reading.yamlfaults import explain

__all__ = [
    "Document",
    "Trail",
    "Value",
    "parse_page",
    "parse_yaml",
    "read_page",
    "read_yaml",
    "too_long",
]

# What programs make of three hyphens.
_DASHES = re.compile(r"-*[\u2010-\u2015][\u2010-\u2015-]*")
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


def read_yaml(file: Path, path: str) -> Document:
    """Read a YAML file; `path` is its name in messages.

    Raises `ProblemsFound` where nothing can be understood.
    """
    text, lines = read_text(file, path)
    return _document(text, path, lines)


def parse_yaml(raw: bytes, path: str) -> Document:
    """The same for the content of such a file."""
    text, lines = decoded(raw, path)
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
    begin = len(lines) - len(body.lstrip("\n").split("\n"))
    if too_much := excess(path, lines, begin) or unfolding(path, lines, begin):
        raise ProblemsFound([too_much])
    # The handler takes blank lines below the first --- for part of it, but they count as lines.
    blank = text[: text.index(head)].count("\n")
    document = _document("\n" * blank + head, path, lines, body.strip("\n"))
    return replace(document, problems=(*document.problems, *too_long(document, MOST_ENTRIES)))


def too_long(document: Document, most: int) -> Iterator[Problem]:
    """A problem for each list or group with more than `most` entries, where it is full."""
    waiting: list[tuple[Trail, Value]] = [((), document.data)]
    for trail, value in waiting:
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        waiting += [((*trail, key), each) for key, each in inner if isinstance(each, dict | list)]
        if len(value) > most:
            what = f"„{trail[-1]}“" if trail else "Diese Datei"
            key = list(value)[most] if isinstance(value, dict) else most
            yield document.problem(
                document.place((*trail, key), of_key=isinstance(value, dict)),
                "zu-viel",
                f"{what} hat {len(value)} Einträge, höchstens {most} sind möglich.",
                "Bitte kürzen.",
            )


def _no_front_matter(path: str, lines: tuple[str, ...]) -> Problem:
    first = lines[0].strip() if lines else ""
    return Problem(
        path,
        Place(1, 1, max(len(lines[0]), 1) if lines else 1),
        "kopf-fehlt",
        "In der ersten Zeile stehen Gedankenstriche, keine Bindestriche; ein Schreibprogramm hat"
        " sie wohl ersetzt."
        if _DASHES.fullmatch(first)
        else "Die Datei beginnt nicht mit einer Zeile aus drei Bindestrichen.",
        "In die erste Zeile gehört: ---, darunter die Angaben, danach wieder ---",
        lines[0] if lines else "",
    )


def _document(text: str, path: str, lines: tuple[str, ...], body: str = "") -> Document:
    text, odd_spaces = made_plain(text, path, lines)
    gathered = Gathered(path, lines, odd_spaces)
    try:
        events = list(yaml.parse(text, Loader=_Loader))
    except yaml.YAMLError as error:
        # Odd spaces are the reason, most likely, and one mistake is told once.
        raise ProblemsFound(odd_spaces or [explain(error, path, lines)]) from None
    data = build(iter(events), gathered)
    if gathered.unreadable:
        raise ProblemsFound(gathered.problems)
    # A head that is empty begins below its ---, where a file may have ended already.
    last = Place(len(lines), 1)
    gathered.places.update(
        {way: last for way, at in gathered.places.items() if at.line > last.line}
    )
    return Document(
        path, lines, data, gathered.places, gathered.keys, body, tuple(gathered.problems)
    )
