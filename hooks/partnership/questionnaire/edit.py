"""A file's front matter, changed where it has to change and byte for byte as it was elsewhere.

What changes follows from two values, before and after; nothing is ever removed. Each change is
one replacement in the text at the place where libyaml found the value, so comments, order, quotes,
line ends and everything the office added stay.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from partnership import canonical
from partnership.source import Trail, Value

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


def with_body(text: str, body: str) -> str:
    """The file `text`, which has no text below its head, with `body` there."""
    _, end = _head(text)
    closing = _BOUNDARY.search(text, end)
    kept = text[: closing.end()] if closing else text
    return f"{kept}\n{body.strip()}\n"


def _head(text: str) -> tuple[int, int]:
    """Where the values between the two lines of dashes begin and end."""
    bounds = [match.span() for match in _BOUNDARY.finditer(text.removeprefix("\ufeff"))][:2]
    if len(bounds) < 2:
        raise CannotEdit
    mark = len(text) - len(text.removeprefix("\ufeff"))
    return bounds[0][1] + mark, bounds[1][0] + mark


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
        end = _line_end(text, position)
        following = end
        while following < len(text):
            start, following = following, _line_end(text, following + 1)
            line = text[start:following].strip("\r\n")
            note = line.lstrip(" ")
            if note and not (note.startswith("#") and len(line) - len(note) > indent):
                break
            if note:
                end = following
        if text[:end].endswith("\r"):
            end -= 1
        return _spliced(text, end, "".join(f"{self.newline}{line}" for line in lines))


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
