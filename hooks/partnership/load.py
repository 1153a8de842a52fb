"""From a city's folder to a validated `Partnership`, or to every problem in it at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, RootModel, ValidationError

from partnership import rules, wording
from partnership.fillins import FillIn, find_fill_ins
from partnership.model.catalogue import (
    District,
    Factor,
    Field,
    MeasureType,
    Questionnaire,
    Sector,
)
from partnership.model.city import City
from partnership.model.event import Event, News, ProsePage
from partnership.model.fields import Key
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.problems import Place, Problem, ProblemsFound, in_order
from partnership.source import Document, read_page, read_yaml

Model = TypeVar("Model", bound=BaseModel)

NEWS = "content/aktuelles"


@dataclass(frozen=True)
class Loaded:
    """What a city's folder holds: the partnership, if it is sound, and what is wrong with it."""

    partnership: Partnership | None
    problems: tuple[Problem, ...]
    fill_ins: tuple[FillIn, ...]


def load(root: Path, today: date, base: Path | None = None) -> Partnership:
    """Read the city in `root`; `base` holds the shared catalogues and pages it does not have.

    Raises `ProblemsFound` with every problem in every file.
    """
    loaded = inspect(root, today, base)
    if loaded.partnership is None:
        raise ProblemsFound(loaded.problems)
    return loaded.partnership


def inspect(root: Path, today: date, base: Path | None = None) -> Loaded:
    """Like `load`, but returns the problems instead of raising them."""
    reading = _Reading(root, base)
    # A record that fails leaves an empty one behind: the rules still look at everything else.
    city = reading.record("data/partnerschaft.yml", City) or City.model_construct(partners=(), advice=(), map_file=None)
    catalogues = {
        name: reading.catalogue(f"data/{file}.yml", kind) for name, (file, kind) in _SHARED.items()
    }
    districts = reading.catalogue("data/stadtbezirke.yml", District, required=False)
    questionnaire = (
        reading.record("data/fragebogen.yml", Questionnaire) or Questionnaire.model_construct()
    )
    members = reading.folder("members", Member)
    events = reading.folder("data/veranstaltungen", Event)
    news = reading.folder(NEWS, News, skip=("index.md",))
    prose = reading.prose()
    fill_ins = tuple(find_fill_ins(reading.documents.values()))
    partnership = Partnership(
        root=root,
        base=base,
        city=city,
        questionnaire=questionnaire,
        districts=districts,
        members=tuple(members),
        events=tuple(events),
        news=tuple(news),
        prose=tuple(prose),
        fill_ins=fill_ins,
        **catalogues,
    )
    reading.problems += rules.check(partnership, reading.documents, today)
    problems = tuple(in_order(reading.problems))
    return Loaded(None if problems else partnership, problems, fill_ins)


_SHARED: Mapping[str, tuple[str, type[BaseModel]]] = {
    "fields": ("handlungsfelder", Field),
    "types": ("massnahmentypen", MeasureType),
    "sectors": ("branchen", Sector),
    "factors": ("emissionsfaktoren", Factor),
}


class _Reading:
    """Reads file after file and keeps every problem on the way."""

    def __init__(self, root: Path, base: Path | None) -> None:
        self.root = root
        self.base = base
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {}

    def record(self, path: str, model: type[Model]) -> Model | None:
        """The one record that a YAML file is."""
        document = self._document(path, read_yaml)
        return self._validated(document, model) if document else None

    def catalogue(
        self, path: str, model: type[BaseModel], required: bool = True
    ) -> dict[str, Any]:
        """The records of a YAML file by their key."""
        if not required and self._where(path) is None:
            return {}
        document = self._document(path, read_yaml)
        if document is None:
            return {}
        found = self._validated(document, RootModel[dict[Key, model]])  # type: ignore[valid-type]
        return dict(found.root) if found is not None else {}

    def folder(
        self, folder: str, model: type[Model], skip: Sequence[str] = ()
    ) -> Iterator[Model]:
        """The records of all Markdown files of a folder, in the order of their names."""
        files = sorted((self.root / folder).glob("*.md")) if (self.root / folder).is_dir() else []
        found = []
        for file in files:
            if file.name in skip:
                continue
            if page := self._page(f"{folder}/{file.name}", model):
                found.append(page)
        return iter(found)

    def prose(self) -> list[ProsePage]:
        """The site's own pages: the city's, and the shared ones it does not have."""
        paths: set[str] = set()
        for root in filter(None, (self.base, self.root)):
            content = root / "content"
            paths |= {
                f"content/{file.relative_to(content).as_posix()}"
                for file in content.rglob("*.md")
                if file.parent != root / NEWS or file.name == "index.md"
            }
        pages = (self._page(path, ProsePage) for path in sorted(paths))
        return [page for page in pages if page is not None]

    def _page(self, path: str, model: type[Model]) -> Model | None:
        document = self._document(path, read_page)
        return self._validated(document, model) if document else None

    def _where(self, path: str) -> Path | None:
        """The file itself: the city's own, else the shared one."""
        for root in filter(None, (self.root, self.base)):
            if (root / path).is_file():
                return root / path
        return None

    def _document(self, path: str, read: Callable[[Path, str], Document]) -> Document | None:
        file = self._where(path)
        if file is None:
            self.problems.append(
                Problem(
                    path,
                    Place(1, 1),
                    "datei-fehlt",
                    "Diese Datei fehlt.",
                    "Bitte anlegen; ein Muster schreibt „partnerschaft init“.",
                )
            )
            return None
        try:
            document = read(file, path)
        except ProblemsFound as found:
            self.problems += found.problems
            return None
        self.documents[path] = document
        return document

    def _validated(self, document: Document, model: type[Model]) -> Model | None:
        name = document.path.rsplit("/", 1)[-1].removesuffix(".md")
        context = {"slug": name, "body": document.body, "path": document.path}
        try:
            return model.model_validate(document.data, context=context)
        except ValidationError as error:
            found = [wording.explain(each, document, model) for each in error.errors()]
            self.problems += _deepest(error, found)
            return None


def _deepest(error: ValidationError, found: list[Problem]) -> list[Problem]:
    """Of several problems at one place, the one told about the deepest value.

    What is missing is told at the group it is missing from, so there every problem counts.
    """
    missing = [problem for problem in found if problem.rule == "fehlt"]
    best: dict[Place, tuple[int, Problem]] = {}
    for each, problem in zip(error.errors(), found, strict=True):
        depth = len(each["loc"])
        if problem.rule != "fehlt" and depth > best.get(problem.place, (-1, problem))[0]:
            best[problem.place] = (depth, problem)
    return missing + [problem for _, problem in best.values()]
