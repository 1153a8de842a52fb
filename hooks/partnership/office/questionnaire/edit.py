"""A file's front matter, changed where it has to change and byte for byte as it was elsewhere.

What changes follows from two values, before and after; nothing is removed but what moves to another
file, and that is named. Each change is one replacement in the text at the place where libyaml found
the value, so comments, order, quotes, line ends and everything the office added stay. A YAML file
is all head.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from partnership.reading import canonical
from partnership.reading.source import Trail, Value

_BOUNDARY = re.compile(r"^-{3,}[ \t]*\r?$", re.MULTILINE)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class _Change:
    """`value` is to stand at `trail`; a new key goes behind the nearest of the keys `before` it."""

    trail: Trail
    value: Value
    before: tuple[str, ...] = ()


class CannotEdit(Exception):
    """The file is built in a way this module does not change."""


def updated(text: str, before: Mapping[str, Value], after: Mapping[str, Value]) -> str:
    """The file `text`, whose head says `before`, with a head that says `after`.

    Raises `CannotEdit`; whoever writes the result reads it again first and compares.
    """
    for change in _changes(before, after):
        start, end = _head(text)
        text = text[:start] + _Head(text[start:end]).with_change(change) + text[end:]
    return text


def without(text: str, trails: Iterable[Trail]) -> str:
    """The file `text` without what stands at `trails`; what is above it in the file stays.

    Raises `CannotEdit`.
    """
    # From the end, so that a place in a list is still what it was.
    for trail in sorted(trails, key=lambda trail: [str(step).zfill(6) for step in trail])[::-1]:
        start, end = _head(text)
        text = text[:start] + _Head(text[start:end]).without(trail) + text[end:]
    return text


def with_body(text: str, body: str) -> str:
    """The file `text`, which has no text below its head, with `body` there."""
    _, end = _head(text)
    closing = _BOUNDARY.search(text, end)
    kept = text[: closing.end()] if closing else text
    return f"{kept}\n{body.strip()}\n"


def _head(text: str) -> tuple[int, int]:
    """Where the values between the two lines of dashes begin and end; a YAML file has no such lines
    or one above the values.
    """
    mark = len(text) - len(text.removeprefix("\ufeff"))
    bounds = [match.span() for match in _BOUNDARY.finditer(text[mark:])][:2]
    start = bounds[0][1] if bounds else 0
    end = bounds[1][0] if len(bounds) == 2 else len(text) - mark
    return start + mark, end + mark


def _changes(
    before: Mapping[str, Value], after: Mapping[str, Value], trail: Trail = ()
) -> Iterator[_Change]:
    order = tuple(after)
    for position, (key, value) in enumerate(after.items()):
        if key in before:
            yield from _difference(before[key], value, (*trail, key))
        else:
            yield _Change((*trail, key), value, order[:position])


def _difference(before: Value, after: Value, trail: Trail) -> Iterator[_Change]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict) and before:
        yield from _changes(before, after, trail)
    elif isinstance(before, list) and isinstance(after, list) and before:
        for index, (old, new) in enumerate(zip(before, after, strict=False)):
            yield from _difference(old, new, (*trail, index))
        for index in range(len(before), len(after)):
            yield _Change((*trail, index), after[index])
    else:
        yield _Change(trail, after)


class _Head:
    """One reading of a head's text, good for one change."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"
        root = yaml.compose(text, Loader=_Loader)
        if not isinstance(root, yaml.MappingNode):
            raise CannotEdit
        self.root = root

    def with_change(self, change: _Change) -> str:
        """The text with `change` made."""
        *way, last = change.trail
        node: yaml.Node = self.root
        in_brackets = bool(self.root.flow_style)
        for step in way:
            node = self._child(node, step)
            in_brackets = in_brackets or bool(getattr(node, "flow_style", False))
        if isinstance(node, yaml.SequenceNode) and isinstance(last, int):
            if last < len(node.value):
                return self._replaced(node.value[last], change.value, in_brackets, None)
            return self._appended(node, change.value, in_brackets)
        if not isinstance(node, yaml.MappingNode):
            raise CannotEdit
        for key, value in node.value:
            if _same(key.value, last):
                return self._replaced(value, change.value, in_brackets, key)
        if not isinstance(last, str):
            raise CannotEdit
        return self._inserted(node, last, change, in_brackets)

    def without(self, trail: Trail) -> str:
        """The text without the entry at `trail`, which is not the only one around it."""
        *way, last = trail
        node: yaml.Node = self.root
        in_brackets = bool(self.root.flow_style)
        for step in way:
            node = self._child(node, step)
            in_brackets = in_brackets or bool(getattr(node, "flow_style", False))
        spans = [(start.start_mark.index, _end(end, self.text)) for start, end in _entries(node)]
        place = _place(node, last)
        if len(spans) < 2:
            raise CannotEdit
        start, end = spans[place]
        if in_brackets and place + 1 < len(spans):
            return self.text[:start] + self.text[spans[place + 1][0] :]
        if in_brackets:
            return self.text[: spans[place - 1][1]] + self.text[end:]
        line = self.text.rfind("\n", 0, start) + 1
        if self.text[line:start].strip(" ") not in {"", "-"}:
            raise CannotEdit
        # What is noted further indented below goes as well.
        indent = len(self.text[line:start]) - len(self.text[line:start].lstrip(" "))
        end = self._below(self.text, end, indent)
        return self.text[:line] + self.text[end + 1 :]

    def _child(self, node: yaml.Node, step: str | int) -> yaml.Node:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            return node.value[step]  # type: ignore[no-any-return]
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if _same(key.value, step):
                    return value  # type: ignore[no-any-return]
        raise CannotEdit

    def _replaced(
        self, node: yaml.Node, value: Value, in_brackets: bool, key: yaml.Node | None
    ) -> str:
        start, end = node.start_mark.index, _end(node, self.text)
        if not in_brackets and not isinstance(value, str):
            if key is None:
                raise CannotEdit
            lines = canonical.block({key.value: value}, key.start_mark.column)[1:]
            if lines:
                # A group or list begins on the next line; a comment behind the key stays there.
                kept = self.text[:start].rstrip(" \t")
                return self._after_line(kept + self.text[end:], len(kept), lines)
        new = canonical.scalar(value) if isinstance(value, str) else canonical.inline(value)
        if in_brackets:
            new = canonical.inline(value)
        return self.text[:start] + (f" {new}" if start == end else new) + self.text[end:]

    def _inserted(
        self, node: yaml.MappingNode, key: str, change: _Change, in_brackets: bool
    ) -> str:
        present = {_plain_key(name.value): value for name, value in node.value}
        anchor = next((present[name] for name in reversed(change.before) if name in present), None)
        if in_brackets:
            entry = f"{canonical.scalar(key, True)}: {canonical.inline(change.value)}"
            if anchor is not None:
                return _spliced(self.text, _end(anchor, self.text), f", {entry}")
            start = node.start_mark.index + 1
            return _spliced(self.text, start, f"{entry}, " if node.value else entry)
        first = node.value[0][0].start_mark
        lines = canonical.block({key: change.value}, first.column)
        if anchor is not None:
            return self._after_line(self.text, _end(anchor, self.text), lines)
        text = self.newline.join(lines).lstrip(" ")
        return _spliced(self.text, first.index, f"{text}{self.newline}{' ' * first.column}")

    def _appended(self, node: yaml.SequenceNode, value: Value, in_brackets: bool) -> str:
        if not node.value:
            raise CannotEdit
        end = _end(node.value[-1], self.text)
        if in_brackets or node.flow_style:
            return _spliced(self.text, end, f", {canonical.inline(value)}")
        return self._after_line(self.text, end, canonical.items([value], node.start_mark.column))

    def _after_line(self, text: str, position: int, lines: list[str]) -> str:
        """Put whole lines into `text`, below the line in which `position` lies and below what is
        noted further indented under it.
        """
        indent = len(lines[0]) - len(lines[0].lstrip(" "))
        end = self._below(text, position, indent)
        if text[:end].endswith("\r"):
            end -= 1
        return _spliced(text, end, "".join(f"{self.newline}{line}" for line in lines))

    def _below(self, text: str, position: int, indent: int) -> int:
        """The end of the line in which `position` lies, or of the last remark below it that is
        further indented than `indent`.
        """
        end = following = _line_end(text, position)
        while following < len(text):
            start, following = following, _line_end(text, following + 1)
            line = text[start:following].strip("\r\n")
            note = line.lstrip(" ")
            if note and not (note.startswith("#") and len(line) - len(note) > indent):
                break
            if note:
                end = following
        return end


def _entries(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    """Where each entry of a group or list begins and ends."""
    if isinstance(node, yaml.MappingNode):
        return list(node.value)
    return [(item, item) for item in node.value] if isinstance(node, yaml.SequenceNode) else []


def _place(node: yaml.Node, step: str | int) -> int:
    """Which of the entries is meant."""
    for place, (key, _) in enumerate(_entries(node)):
        if place == step or (isinstance(node, yaml.MappingNode) and _same(key.value, step)):
            return place
    raise CannotEdit


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _spliced(text: str, position: int, new: str) -> str:
    return text[:position] + new + text[position:]


def _end(node: yaml.Node, text: str) -> int:
    """Where the last thing written of `node` ends, blank lines and comments behind it left out."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(node, yaml.MappingNode) else last, text)
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        return start + len(text[start:end].rstrip())
    return int(end)


def _same(typed: str, step: str | int) -> bool:
    return _plain_key(typed) == step


def _plain_key(typed: str) -> str:
    return unicodedata.normalize("NFC", typed).strip()
