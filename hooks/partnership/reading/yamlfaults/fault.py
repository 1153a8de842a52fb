"""What the reader of YAML said, and the lines it was about."""

import re
from dataclasses import dataclass

import yaml

from partnership.model.problems import Place, Problem

KEY = re.compile(r"""(?:[\w-]+|"[^"]*"|'[^']*')\s*:(?:\s|$)""")


@dataclass(frozen=True)
class Line:
    """One line; its text begins behind indentation and list dashes."""

    number: int
    text: str

    @property
    def start(self) -> int:
        """Where the text begins, counted from 0."""
        match = re.match(r"\s*(?:-\s+)*", self.text)
        return match.end() if match else 0

    @property
    def indent(self) -> int:
        """How far it is indented."""
        return len(self.text) - len(self.text.lstrip())

    @property
    def value_start(self) -> int:
        """Where the value behind the key begins, or the text where there is no key."""
        match = KEY.match(self.content)
        behind = self.text[self.start + match.end() :] if match else ""
        return len(self.text) - len(behind.lstrip()) if match else self.start

    @property
    def content(self) -> str:
        """The text without indentation and dashes."""
        return self.text[self.start :].rstrip()

    @property
    def says_something(self) -> bool:
        """Whether it is more than empty, a comment or a line of dashes."""
        return bool(self.content) and not self.content.startswith("#") and self.content != "---"

    @property
    def has_key(self) -> bool:
        """Whether it begins with a key."""
        return bool(KEY.match(self.content))

    @property
    def place(self) -> Place:
        """All of its text."""
        return Place(self.number, self.start + 1, max(len(self.content), 1))


@dataclass(frozen=True)
class Fault:
    """What the reader said: where it gave up, what about, and what it was in the middle of."""

    path: str
    lines: tuple[str, ...]
    line: int
    column: int
    what: str
    during: str
    since: Place | None

    def at(self, number: int) -> Line:
        """The line of that number."""
        return Line(number, self.lines[number - 1])

    @property
    def here(self) -> Line:
        """The line where the reader gave up."""
        return self.at(self.line)

    @property
    def before(self) -> Line | None:
        """The nearest line above that says something."""
        above = (self.at(number) for number in range(self.line - 1, 0, -1))
        return next((line for line in above if line.says_something), None)

    def problem(self, place: Place, rule: str, message: str, remedy: str) -> Problem:
        """A problem of this file, with the line it is about."""
        return Problem(self.path, place, rule, message, remedy, self.lines[place.line - 1])


def fault_of(error: yaml.YAMLError, path: str, lines: tuple[str, ...]) -> Fault:
    """An error of the reader, with the lines of the whole file."""

    def place(mark: yaml.Mark | None) -> Place | None:
        # The reader counts one line more where a file does not end with a line end.
        return Place(min(mark.line + 1, len(lines)), mark.column + 1) if mark else None

    since = place(getattr(error, "context_mark", None))
    until = place(getattr(error, "problem_mark", None)) or since or Place(1, 1)
    what = str(getattr(error, "problem", None) or error)
    during = str(getattr(error, "context", None) or "")
    return Fault(path, lines, until.line, until.column, what, during, since)
