"""Marked gaps: facts only the office can know, written `[[offen: what is missing]]`.

A site with gaps can be built and looked at; each gap is marked on its page and listed by the
build, and a release check fails while one is left.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from partnership.problems import Place, Problem
from partnership.source import Document

_MARK = re.compile(r"\[\[offen:\s*([^\[\]]+?)\s*\]\]")


@dataclass(frozen=True, slots=True)
class FillIn:
    """One gap: where it stands and what is missing."""

    path: str
    place: Place
    what: str
    excerpt: str

    def as_problem(self) -> Problem:
        """The gap as a problem, for a release check."""
        return Problem(
            self.path,
            self.place,
            "offen",
            f"Hier fehlt noch: {self.what}.",
            "Bitte die ganze Klammer [[offen: …]] durch die Angabe ersetzen.",
            self.excerpt,
        )


def find_fill_ins(documents: Iterable[Document]) -> Iterator[FillIn]:
    """Every gap in the given files, in their order. A comment that explains the mark is none."""
    for document in documents:
        for number, line in enumerate(document.lines, 1):
            if document.path.endswith(".yml") and line.lstrip().startswith("#"):
                continue
            for match in _MARK.finditer(line):
                place = Place(number, match.start() + 1, len(match[0]))
                yield FillIn(document.path, place, match[1], line)
