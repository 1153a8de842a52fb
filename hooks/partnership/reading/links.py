"""Where a page's Markdown leads, and where its headings are: each link with its place."""

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.extensions.toc import slugify_unicode  # type: ignore[import-untyped]

from partnership.model.problems import Place
from partnership.reading.source import Document

_FENCE = re.compile(r"\s*(?:```|~~~)")
_TICKS = re.compile(r"`+")
# The end of a link's text and what follows: the target, perhaps a title.
_TARGET = re.compile(
    r"\]\(\s*+(?:<(?P<angled>[^<>\n]*+)>|(?P<plain>(?:[^()\n]|\([^()\n]*+\))*?))"
    r"(?:\s{1,9}(?P<quote>[\"']).{0,200}?(?P=quote))?\s{0,9}\)"
)
_DEFINITION = re.compile(
    r"^ {0,3}\[(?!\^)(?P<label>[^\]\n]+)\]:\s*+<?(?P<plain>[^\s>]+)", re.MULTILINE
)
# What follows a bracket that is closed: the label of a definition, empty where the text is one.
_LABEL = re.compile(r" ?(?:\n *)?\[(?P<label>[^\[\]]*)\]")
_HEADING = re.compile(r"^#{1,6}[^#\n].*$|^(?=[^\S\n]*+\S).*\n(?:=++|-++)[ \t]*$", re.MULTILINE)
_OWN = re.compile(r"\{[^{}\n]*+\}")
_ID = re.compile(r"#([\w-]+)")
# Brackets and the ends of paragraphs, but no bracket behind a backslash.
_BRACKET = re.compile(r"\\.|[\[\]]|\n\n")


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a picture as it was typed: where it leads, its text, where its target stands."""

    target: str
    text: str
    place: Place
    is_picture: bool = False


def head_ends(document: Document) -> int:
    """The number of the line that ends the head; 0 in a file without one."""
    lines = enumerate(document.lines, 1)
    return next((number for number, line in lines if number > 1 and line.startswith("---")), 0)


def text_lines(document: Document) -> Iterator[tuple[int, str]]:
    """The lines below the head with their numbers, and blanks where code is quoted."""
    start = head_ends(document)
    fenced = False
    for number, line in enumerate(document.lines[start:], start + 1):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            yield number, _without_code(line) if "`" in line else line


def _without_code(line: str) -> str:
    """The line with blanks where code stands between signs of equal number."""
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(line)]
    ends: dict[int, list[int]] = {}
    for start, end in reversed(runs):
        ends.setdefault(end - start, []).append(end)
    shown, behind = [], 0
    for start, end in runs:
        same = ends[end - start]
        while same and same[-1] <= end:
            same.pop()
        if start >= behind and same:
            shown += [line[behind:start], " " * (same[-1] - start)]
            behind = same[-1]
    return "".join([*shown, line[behind:]])


def links(document: Document) -> Iterator[Link]:
    """Every link and picture of a page in its order, definitions of links last."""
    if not any("](" in line or "]:" in line for line in document.lines):
        return
    numbered = list(text_lines(document))
    text = "\n".join(line for _, line in numbered)
    starts = [0, *accumulate(len(line) + 1 for _, line in numbered)]

    def place(start: int, length: int) -> Place:
        row = bisect_right(starts, start) - 1
        return Place(numbered[row][0], start - starts[row] + 1, max(length, 1))

    opening = _openings(text)
    for match in _TARGET.finditer(text):
        opened = opening.get(match.start())
        if opened is not None:
            name = "plain" if match["angled"] is None else "angled"
            yield Link(
                html.unescape(match[name].strip()),
                text[opened + 1 : match.start()],
                place(match.start(name), len(match[name])),
                is_picture=text[opened - 1 : opened] == "!",
            )
    shown: dict[str, str] = {}
    for label, said in _pictures(text, opening):
        # One that says nothing of the picture is enough to be told.
        shown[label] = said if shown.get(label, said) else ""
    for match in _DEFINITION.finditer(text):
        label = _folded(match["label"])
        yield Link(
            html.unescape(match["plain"]),
            shown.get(label, ""),
            place(match.start("plain"), len(match["plain"])),
            is_picture=label in shown,
        )


def _pictures(text: str, opening: Mapping[int, int]) -> Iterator[tuple[str, str]]:
    """The label of each picture whose address stands in a definition, and its text."""
    for closed, opened in opening.items():
        if text[max(opened - 1, 0) : opened] == "!" and text[closed + 1 : closed + 2] != "(":
            said = text[opened + 1 : closed]
            label = _LABEL.match(text, closed + 1)
            yield _folded((label["label"] if label else "") or said), said


def _folded(label: str) -> str:
    return " ".join(label.lower().split())


def _openings(text: str) -> dict[int, int]:
    """Where each bracket was opened, by where it is closed; both within one paragraph."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            waiting.append(match.start())
        elif match[0] == "]" and waiting:
            found[match.start()] = waiting.pop()
        elif match[0] == "\n\n":
            waiting.clear()
    return found


@cache
def _parser() -> Markdown:
    """What turns headings into anchors as the engine does, by the settings in its mkdocs.yml."""
    settings = {"toc": {"slugify": slugify_unicode}}
    return Markdown(extensions=["attr_list", "toc"], extension_configs=settings)


# A name that is announced and not given, which the engine stumbles over: `## Wer { #wer id }`.
NAMELESS = re.compile(r"\{(?=[^{}]*+\})[^{}]*?(?<![\w#.=-])id(?:\s*=)?(?=[\s}])[^{}]*+\}")


def headings(markdown: str) -> Iterator[tuple[int, int, str, str]]:
    """Each heading: where it begins, where what is below it begins, its anchor, its words."""
    found = [match for match in _HEADING.finditer(markdown) if not _is_code(markdown, match)]
    parser = _parser().reset()
    parser.convert("\n\n".join(NAMELESS.sub("", match[0]) for match in found))
    tokens = list(_flat(parser.toc_tokens))
    for match, token in zip(found, tokens, strict=False):
        yield match.start(), match.end(), token["id"], html.unescape(token["name"])


def _is_code(markdown: str, match: re.Match[str]) -> bool:
    fences = sum(1 for line in markdown[: match.start()].splitlines() if _FENCE.match(line))
    return fences % 2 == 1


def _flat(tokens: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for token in tokens:
        yield token
        yield from _flat(token["children"])


def anchors(markdown: str) -> frozenset[str]:
    """What a link can lead to within a text: its headings, and what has been given a name."""
    found: set[str] = {name for own in _OWN.finditer(markdown) for name in _ID.findall(own[0])[-1:]}
    return frozenset(found | {anchor for _, _, anchor, _ in headings(markdown)})
