"""File after file of a city's folder, with every problem on the way."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, RootModel

from partnership.checking.load import findings
from partnership.checking.load.records import Model, validated
from partnership.model.event import ProsePage
from partnership.model.fields import Key
from partnership.model.geodata import Shapes, read_shapes
from partnership.model.problems import Problem, ProblemsFound
from partnership.model.yearsums import ConfidentialEntry
from partnership.reading import archive
from partnership.reading.limits import MOST_IN_CATALOGUE
from partnership.reading.litter import is_left_behind
from partnership.reading.source import Document, read_page, read_yaml, too_long
from partnership.reading.special import special

NEWS = "content/aktuelles"

# Another city's would be wrong rather than shared, so these are never taken from there.
CITY = "data/partnerschaft.yml"
CRITERIA = "data/barrierefreiheit.yml"
DISTRICTS = "data/stadtbezirke.yml"
_NEVER_SHARED = frozenset({CITY, CRITERIA, DISTRICTS, archive.RECORDS})
# Written by commands, and longer with each year.
_BY_COMMANDS = frozenset({"data/jahressummen.yml", archive.RECORDS, "beteiligte.yml"})


class Reading:
    """Reads file after file and keeps every problem on the way.

    A record with faulty values is kept without them, so that the rules can look at the rest of it;
    its file is then one of the `incomplete`.
    """

    def __init__(self, root: Path, base: Path | None) -> None:
        self.root = root
        self.base = base
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {}
        self.incomplete: set[str] = set()

    def record(self, path: str, model: type[Model], required: bool = True) -> Model | None:
        """The one record that a YAML file is."""
        if not required and self._where(path) is None:
            return None
        document = self._document(path, read_yaml)
        return self._validated(document, model) if document else None

    def optional(self, path: str, model: type[Model]) -> Model | None:
        """The city's own record in a YAML file, None where there is none."""
        return self.record(path, model) if (self.root / path).is_file() else None

    def entries(self) -> Iterator[tuple[str, ConfidentialEntry]]:
        """What companies gave for totals only, in files apart."""
        for file in sorted((self.root / "mitglieder").glob("*.yml")):
            if is_left_behind(file.name):
                continue
            entry = self.record(f"mitglieder/{file.name}", ConfidentialEntry)
            if entry is not None:
                yield file.stem, entry

    def catalogue(
        self, path: str, model: type[BaseModel], required: bool = True, keys: Any = Key
    ) -> dict[str, Any]:
        """The records of a YAML file by their key, which is of the type `keys`."""
        if not required and self._where(path) is None:
            return {}
        document = self._document(path, read_yaml)
        if document is None:
            return {}
        found = self._validated(document, RootModel[dict[keys, model]])  # type: ignore[valid-type]
        return dict(found.root) if found is not None else {}

    def folder(
        self, folder: str, model: type[Model], skip: Sequence[str] = ()
    ) -> tuple[Model, ...]:
        """The records of all Markdown files of a folder, in the order of their names."""
        found = []
        for file in sorted((self.root / folder).glob("*")):
            path = f"{folder}/{file.name}"
            if file.name in skip or is_left_behind(file.name) or file.suffix != ".md":
                continue
            if page := self._page(path, model):
                found.append(page)
        return tuple(found)

    def shapes(self, name: str | None) -> Shapes:
        """The outlines of the districts; empty for a city without a map."""
        file = self.root / f"data/{name}"
        if not name or not file.is_file() or special(self.root, f"data/{name}"):
            return {}  # a name without a file, and one that is none, is told by the rules
        try:
            return read_shapes(file)
        except ValueError as error:
            self.problems.append(findings.no_map(f"data/{name}", error))
            return {}

    def prose(self) -> tuple[ProsePage, ...]:
        """The site's own pages: the city's, and the shared ones it does not have."""
        paths: set[str] = set()
        for root in filter(None, (self.base, self.root)):
            content = root / "content"
            paths |= {
                f"content/{file.relative_to(content).as_posix()}"
                for file in content.rglob("*.md")
                if not any(map(is_left_behind, file.relative_to(content).parts))
                and (root / NEWS not in file.parents or file == root / NEWS / "index.md")
            }
        pages = (self._page(path, ProsePage) for path in sorted(paths))
        return tuple(page for page in pages if page is not None)

    def unless_told(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Those that are not about a place a problem has been reported for already."""
        told = {(each.path, each.place) for each in self.problems}
        return (each for each in problems if (each.path, each.place) not in told)

    def _page(self, path: str, model: type[Model]) -> Model | None:
        document = self._document(path, read_page)
        return self._validated(document, model) if document else None

    def _where(self, path: str) -> Path | None:
        """The file itself: the city's own, else the shared one.

        An own one that cannot be read is not replaced: its city must hear of it.
        """
        if os.path.lexists(self.root / path):
            return self.root / path
        shared = self.base / path if self.base and path not in _NEVER_SHARED else None
        return shared if shared and shared.is_file() else None

    def _document(self, path: str, read: Callable[[Path, str], Document]) -> Document | None:
        file = self._where(path)
        if file is None:
            self.problems.append(findings.missing(path))
            return None
        if self.root in file.parents and (found_special := special(self.root, path)):
            self.problems.append(found_special)
            return None
        try:
            document = read(file, path)
        except ProblemsFound as found:
            self.problems += found.problems
            return None
        self.problems += document.problems
        if read is read_yaml and path not in _BY_COMMANDS:
            self.problems += too_long(document, MOST_IN_CATALOGUE)
        self.documents[path] = document
        return document

    def _validated(self, document: Document, model: type[Model]) -> Model | None:
        record, problems = validated(document, model)
        if problems:
            self.problems += self.unless_told(problems)
            self.incomplete.add(document.path)
        return record
