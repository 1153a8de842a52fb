"""A mistake in a file, as a value: where it is, what is wrong, how to mend it.

The sentences are German because the people who edit the files read them; printing them for a
terminal, a pull request or a program are four ways to show the same value.
"""

import errno
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal
from xml.etree import ElementTree

Format = Literal["text", "github", "gitlab", "json"]
FORMATS: tuple[Format, ...] = ("text", "github", "gitlab", "json")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of one line. `line` and `column` count from 1, `length` in characters."""

    line: int
    column: int
    length: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake.

    `path` is relative to the city's folder, with slashes; `rule` is a stable short name that tests
    and other programs may rely on; `message` says what is wrong, `remedy` what to do; `excerpt` is
    the offending line as it stands in the file. A warning asks for a second look; nothing stops.
    """

    path: str
    place: Place
    rule: str
    message: str
    remedy: str = ""
    excerpt: str = ""
    is_warning: bool = False

    @property
    def sentence(self) -> str:
        """Message and remedy as one line of text."""
        return f"{self.message} {self.remedy}".strip()


_WHY: Mapping[int, str] = {
    errno.ENOENT: "das gibt es nicht",
    errno.EACCES: "das Recht dazu fehlt, oder ein anderes Programm hat es geöffnet",
    errno.EPERM: "das Recht dazu fehlt",
    errno.EROFS: "dort lässt sich nur lesen",
    errno.EISDIR: "es ist ein Ordner, keine Datei",
    errno.ENOTDIR: "ein Teil des Weges dorthin ist eine Datei, kein Ordner",
    errno.EEXIST: "eine Datei dieses Namens gibt es schon",
    errno.ENOTEMPTY: "der Ordner ist nicht leer",
    errno.ENOSPC: "der Platz reicht nicht",
    errno.EDQUOT: "der zugeteilte Platz reicht nicht",
    errno.EFBIG: "die Datei würde zu groß",
    errno.ENAMETOOLONG: "der Name ist zu lang",
    errno.ELOOP: "Verweise führen dort im Kreis",
    errno.EBUSY: "ein anderes Programm benutzt es",
    errno.ENODEV: "es ist keine gewöhnliche Datei",
    errno.EIO: "der Datenträger meldet einen Fehler",
}


def why(error: OSError) -> str:
    """Why the system refused to read or write something, as the end of a German sentence."""
    return _WHY.get(error.errno or 0, f"Fehler {error.errno} des Betriebssystems")


class ProblemsFound(Exception):
    """Raised by a loader that cannot go on; carries every problem it found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(in_order(problems))
        super().__init__(as_text(self.problems))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort by file, then by place in the file."""
    return sorted(problems, key=lambda problem: (problem.path, problem.place, problem.rule))


# Of a line longer than this only a part is shown.
_LONGEST_EXCERPT = 1_500
# Who has mended so many of one kind in a file mends the others alike.
_MOST_OF_A_KIND = 50


def without_repetition(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Of many problems of one kind in one file the first; the last of these says how many more."""
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.path, problem.rule), []).append(problem)
    for found in kinds.values():
        yield from found[: _MOST_OF_A_KIND - 1]
        for last in found[_MOST_OF_A_KIND - 1 : _MOST_OF_A_KIND]:
            more = len(found) - _MOST_OF_A_KIND
            also = f" Ebenso an weiteren Stellen dieser Datei: {more}." if more else ""
            yield replace(last, remedy=f"{last.remedy}{also}")


def show(problems: Sequence[Problem], form: Format) -> str:
    """Print `problems` in one of the `FORMATS`; an empty text form means there are none."""
    return {"text": as_text, "github": as_github, "gitlab": as_gitlab, "json": as_json}[form](
        problems
    )


def as_text(problems: Sequence[Problem]) -> str:
    """For a terminal: `file:line:column: sentence`, the line itself, a pointer below it."""
    return "\n".join(_with_excerpt(problem) for problem in problems)


def _with_excerpt(problem: Problem) -> str:
    place = problem.place
    head = f"{problem.path}:{place.line}:{place.column}: {_hint(problem)}{problem.sentence}"
    if not problem.excerpt:
        return head
    number = str(place.line)
    shown, column = _around(problem)
    # A tab keeps its width in the pointer line, so that the caret stays below its character.
    before = "".join("\t" if char == "\t" else " " for char in shown[: column - 1])
    room = max(len(shown) - column + 1, 1)
    pointer = before + "^" * max(1, min(place.length, room))
    return f"{head}\n  {number} | {shown}\n  {' ' * len(number)} | {pointer}"


def _around(problem: Problem) -> tuple[str, int]:
    """The line a problem is about, of a long one what is around the place; and the column in it."""
    line, column = problem.excerpt, problem.place.column
    if len(line) <= _LONGEST_EXCERPT:
        return line, column
    start = max(column - 1 - _LONGEST_EXCERPT // 3, 0)
    end = start + _LONGEST_EXCERPT
    before = "…" if start else ""
    behind = "…" if end < len(line) else ""
    return before + line[start:end] + behind, column - start + len(before)


def _hint(problem: Problem) -> str:
    return "Hinweis: " if problem.is_warning else ""


_LEVELS = {False: ("error", "Bitte korrigieren"), True: ("warning", "Bitte prüfen")}


def as_github(problems: Sequence[Problem]) -> str:
    """GitHub workflow commands: each problem becomes an annotation on its line."""
    return "\n".join(
        f"::{level} file={_property(problem.path)},line={problem.place.line},"
        f"col={problem.place.column},endColumn={problem.place.column + problem.place.length},"
        f"title={_property(title)}::{_data(problem.sentence)}"
        for problem in problems
        for level, title in [_LEVELS[problem.is_warning]]
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_gitlab(problems: Sequence[Problem]) -> str:
    """GitLab's Code Quality report (JSON), shown beside the lines of a merge request."""
    return _json(
        [
            {
                "description": problem.sentence,
                "check_name": problem.rule,
                "fingerprint": _fingerprint(problem),
                "severity": "minor" if problem.is_warning else "major",
                "location": {
                    "path": problem.path,
                    "positions": {
                        "begin": {"line": problem.place.line, "column": problem.place.column}
                    },
                },
            }
            for problem in problems
        ]
    )


def _fingerprint(problem: Problem) -> str:
    # Without the line number: a mistake that merely moved is still the same mistake.
    return sha256(f"{problem.path}\0{problem.rule}\0{problem.message}".encode()).hexdigest()[:32]


def as_json(problems: Sequence[Problem]) -> str:
    """A list of objects, for other programs."""
    return _json(
        [
            {
                "path": problem.path,
                "line": problem.place.line,
                "column": problem.place.column,
                "length": problem.place.length,
                "severity": "warning" if problem.is_warning else "error",
                "rule": problem.rule,
                "message": problem.message,
                "remedy": problem.remedy,
                "excerpt": _around(problem)[0],
            }
            for problem in problems
        ]
    )


_SOUND = "Alle Daten und Inhalte sind in Ordnung.\n"


def as_markdown(problems: Sequence[Problem]) -> str:
    """A list for the summary of a pull request: all of them, however many."""
    found = [problem for problem in problems if not problem.is_warning]
    hints = [problem for problem in problems if problem.is_warning]
    text = _listed("Bitte korrigieren", found) if found else _SOUND
    return text + (f"\n{_listed('Bitte prüfen', hints)}" if hints else "")


def _listed(heading: str, problems: Sequence[Problem]) -> str:
    return f"## {heading}: {len(problems)}\n\n" + "".join(
        f"- `{problem.path}`, Zeile {problem.place.line}: {_inert(problem.sentence)}\n"
        + (f"  `` {_around(problem)[0].strip().replace('``', '')} ``\n" if problem.excerpt else "")
        for problem in problems
    )


def _inert(text: str) -> str:
    # What an editor typed must not become a picture, a link or markup of the summary.
    return re.sub(r"([\\`*_\[\]<>#|!])", r"\\\1", text)


def as_junit(problems: Sequence[Problem]) -> str:
    """JUnit XML, which GitLab lists in a merge request: a failed case for each problem; it has no
    word for warnings.
    """
    problems = [problem for problem in problems if not problem.is_warning]
    suite = ElementTree.Element("testsuite", name="Daten prüfen", failures=str(len(problems)))
    for problem in problems:
        name = f"{problem.path}, Zeile {problem.place.line}"
        case = ElementTree.SubElement(
            suite, "testcase", name=name, classname=problem.rule, file=problem.path
        )
        told = "".join(char for char in problem.sentence if char >= " ")
        ElementTree.SubElement(case, "failure", message=told).text = told
    if not problems:
        ElementTree.SubElement(suite, "testcase", name="Alle Daten und Inhalte")
    suite.set("tests", str(max(len(problems), 1)))
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
