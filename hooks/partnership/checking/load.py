"""From a city's folder to a validated `Partnership`, or to every problem in it at once."""

import copy
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from partnership import rules, wording
from partnership.fillins import FillIn, find_fill_ins
from partnership.geodata import Shapes, read_shapes
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
from partnership.model.fields import Key, Text
from partnership.model.legal import Criterion
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.yearsums import Closing, ConfidentialEntry, Register, Settings
from partnership.problems import Place, Problem, ProblemsFound, in_order
from partnership.source import Document, Trail, Value, read_page, read_yaml

Model = TypeVar("Model", bound=BaseModel)

NEWS = "content/aktuelles"
CLOSING = "data/jahressummen.yml"
# Where the files are not public, what nobody may see can lie beside them.
VAULT = "data/vertraulich"
REGISTER = "beteiligte.yml"

# Maps are often written on one line, which would fill a screen.
_LONGEST_EXCERPT = 200

# Another city's would be wrong rather than shared, so these are never taken from there.
_CITY = "data/partnerschaft.yml"
_DISTRICTS = "data/stadtbezirke.yml"

# What an editor's program may make of a page that it was to save as .md
_LIKE_PAGES = frozenset({".md", ".markdown", ".txt", ".yml", ".yaml", ".docx", ".odt", ".rtf"})


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


def inspect(root: Path, today: date, base: Path | None = None, vault: Path | None = None) -> Loaded:
    """Like `load`, but returns the problems instead of raising them.

    With `vault`, the confidential folder of a city whose files are public, the two are checked as
    one; the paths of problems in it are those within it. No build of the site needs it.
    """
    reading = _Reading(root, base)
    # A record that fails leaves an empty one behind: the rules still look at everything else.
    city = reading.record(_CITY, City)
    catalogues = {
        name: reading.catalogue(f"data/{file}.yml", kind) for name, (file, kind) in _SHARED.items()
    }
    districts = reading.catalogue(_DISTRICTS, District, required=False)
    questionnaire = reading.record("data/fragebogen.yml", Questionnaire)
    criteria = reading.catalogue("data/barrierefreiheit.yml", Criterion, required=False, keys=Text)
    partnership = Partnership(
        root=root,
        base=base,
        city=city or City.model_construct(partners=(), advice=(), map_file=None),
        questionnaire=_asked(questionnaire, bool(districts))
        if questionnaire
        else Questionnaire.model_construct(),
        districts=districts,
        criteria=criteria,
        members=reading.folder("members", Member),
        events=reading.folder("data/veranstaltungen", Event),
        news=reading.folder(NEWS, News, skip=("index.md",)),
        prose=reading.prose(),
        fill_ins=tuple(find_fill_ins(reading.documents.values())),
        shapes=reading.shapes(city.map_file if city else None),
        closing=reading.optional(CLOSING, Closing),
        register=reading.optional(f"{VAULT}/{REGISTER}", Register),
        **catalogues,
    )
    if vault is not None:
        partnership = _with_vault(partnership, vault, reading)
    broken = rules.check(partnership, reading.documents, today, reading.incomplete)
    problems = tuple(in_order([*reading.problems, *reading.unless_told(broken)]))
    return Loaded(None if problems else partnership, problems, partnership.fill_ins)


def _asked(questionnaire: Questionnaire, has_districts: bool) -> Questionnaire:
    """The questions as they are asked: a shared one for the district only where there are any."""
    if has_districts:
        return questionnaire
    sections = (
        section.model_copy(
            update={
                "questions": tuple(
                    question
                    for question in section.questions
                    if question.options_from != "stadtbezirke"
                )
            }
        )
        for section in questionnaire.sections
    )
    return questionnaire.model_copy(update={"sections": tuple(sections)})


def _with_vault(partnership: Partnership, folder: Path, reading: "_Reading") -> Partnership:
    """The partnership with what the confidential folder says; its problems join the others."""
    apart, entries, register, _ = _confidential(folder, partnership)
    reading.problems += apart.problems
    reading.documents |= apart.documents
    reading.incomplete |= apart.incomplete
    return replace(partnership, register=register, entries=entries)


def read_confidential(
    folder: Path, partnership: Partnership
) -> tuple[Mapping[str, ConfidentialEntry], Register, Settings | None]:
    """What the confidential folder holds: entries by member, the register of published sums, and
    the rule's p where it is kept there. Empty where there is no folder.

    Raises `ProblemsFound` with every problem in every file.
    """
    reading, entries, register, settings = _confidential(folder, partnership)
    if reading.problems:
        raise ProblemsFound(tuple(in_order(reading.problems)))
    return entries, register or Register.model_construct(groups=()), settings


def _confidential(
    folder: Path, partnership: Partnership
) -> tuple["_Reading", Mapping[str, ConfidentialEntry], Register | None, Settings | None]:
    reading = _Reading(folder, None)
    register = reading.optional(REGISTER, Register)
    settings = reading.optional("regel.yml", Settings)
    entries = dict(reading.entries())
    known = {member.slug for member in partnership.members}
    for slug, entry in entries.items():
        path = f"mitglieder/{slug}.yml"
        reading.problems += _unknown_names(entry, reading.documents[path], partnership)
        # A file that is there, but broken, has been told of itself.
        if slug not in known and not (partnership.root / f"members/{slug}.md").is_file():
            reading.problems.append(_no_member(path))
    return reading, entries, register, settings


def _unknown_names(
    entry: ConfidentialEntry, document: Document, partnership: Partnership
) -> Iterator[Problem]:
    for index, measure in enumerate(entry.measures):
        if measure.type not in partnership.types:
            yield document.problem(
                document.place(("massnahmen", index, "typ")),
                "schluessel",
                f"Den Maßnahmentyp „{measure.type}“ gibt es nicht.",
                "Bitte einen Schlüssel aus data/massnahmentypen.yml verwenden.",
            )
    for year, told in entry.figures.items():
        for key in told.values:
            if key not in partnership.questionnaire.figures:
                yield document.problem(
                    document.place(("kennzahlen", str(year), key), of_key=True),
                    "schluessel",
                    f"Die Kennzahl „{key}“ gibt es nicht.",
                    "Bitte einen Schlüssel aus „kennzahlen“ in data/fragebogen.yml verwenden.",
                )


def _no_member(path: str) -> Problem:
    return Problem(
        path,
        Place(1, 1),
        "dateiname",
        "Zu dieser Datei gibt es kein Mitglied.",
        "Der Dateiname muss der Name der Datei in members/ sein, mit der Endung .yml.",
    )


_SHARED: Mapping[str, tuple[str, type[BaseModel]]] = {
    "fields": ("handlungsfelder", Field),
    "types": ("massnahmentypen", MeasureType),
    "sectors": ("branchen", Sector),
    "factors": ("emissionsfaktoren", Factor),
}


class _Reading:
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

    def record(self, path: str, model: type[Model]) -> Model | None:
        """The one record that a YAML file is."""
        document = self._document(path, read_yaml)
        return self._validated(document, model) if document else None

    def optional(self, path: str, model: type[Model]) -> Model | None:
        """The city's own record in a YAML file, None where there is none."""
        return self.record(path, model) if (self.root / path).is_file() else None

    def entries(self) -> Iterator[tuple[str, ConfidentialEntry]]:
        """What companies gave for totals only, in files apart."""
        for file in sorted((self.root / "mitglieder").glob("*.yml")):
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
            if file.name in skip or file.name.startswith(".") or file.is_dir():
                continue
            if file.suffix == ".md" and path.isprintable():
                if page := self._page(path, model):
                    found.append(page)
            elif file.suffix.lower() in _LIKE_PAGES:
                self.problems.append(_not_read(path))
        return tuple(found)

    def shapes(self, name: str | None) -> Shapes:
        """The outlines of the districts; empty for a city without a map."""
        file = self.root / f"data/{name}"
        if not name or not file.is_file():
            return {}  # a name without a file is told by the rules
        try:
            return read_shapes(file)
        except ValueError as error:
            self.problems.append(_no_map(f"data/{name}", error))
            return {}

    def prose(self) -> tuple[ProsePage, ...]:
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
        shared = self.base / path if self.base and path not in (_CITY, _DISTRICTS) else None
        return shared if shared and shared.is_file() else None

    def _document(self, path: str, read: Callable[[Path, str], Document]) -> Document | None:
        file = self._where(path)
        if file is None:
            self.problems.append(_missing(path))
            return None
        try:
            document = read(file, path)
        except ProblemsFound as found:
            self.problems += found.problems
            return None
        self.problems += document.problems
        self.documents[path] = document
        return document

    def _validated(self, document: Document, model: type[Model]) -> Model | None:
        name = document.path.rsplit("/", 1)[-1].removesuffix(".md")
        context = {"slug": name, "body": document.body, "path": document.path}
        try:
            return model.model_validate(document.data, context=context)
        except ValidationError as error:
            faults = error.errors()
        found = [wording.explain(fault, document, model) for fault in faults]
        self.problems += self.unless_told(_deepest(faults, found))
        self.incomplete.add(document.path)
        return _without_faults(document, model, faults, context)


def _missing(path: str) -> Problem:
    return Problem(
        path,
        Place(1, 1),
        "datei-fehlt",
        "Diese Datei fehlt.",
        "Bitte anlegen; ein Muster schreibt „partnerschaft init“.",
    )


def _no_map(path: str, error: ValueError) -> Problem:
    """A file of outlines that is none; broken JSON is told where it breaks."""
    place, excerpt = Place(1, 1), ""
    if isinstance(error, json.JSONDecodeError):
        place = Place(error.lineno, error.colno)
        excerpt = error.doc.split("\n")[error.lineno - 1]
    return Problem(
        path,
        place,
        "karte",
        "Die Datei ist keine Karte, die hier gezeigt werden kann.",
        "Erwartet wird GeoJSON mit Flächen, jede mit der Eigenschaft „nummer“.",
        excerpt if len(excerpt) <= _LONGEST_EXCERPT else "",
    )


def _not_read(path: str) -> Problem:
    """A file that somebody may believe to be on the site."""
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in path)
    return Problem(
        shown,
        Place(1, 1),
        "dateiname",
        "Diese Datei wird nicht gelesen: Ihr Name endet nicht auf .md oder enthält unlesbare"
        " Zeichen.",
        "Bitte umbenennen oder aus diesem Ordner nehmen.",
    )


def _deepest(faults: list[ErrorDetails], found: list[Problem]) -> list[Problem]:
    """Of several problems at one place, the one told about the deepest value.

    What is missing is told at the group it is missing from, so there every problem counts.
    """
    missing = [problem for problem in found if problem.rule == "fehlt"]
    best: dict[Place, tuple[int, Problem]] = {}
    for fault, problem in zip(faults, found, strict=True):
        depth = len(fault["loc"])
        if problem.rule != "fehlt" and depth > best.get(problem.place, (-1, problem))[0]:
            best[problem.place] = (depth, problem)
    return missing + [problem for _, problem in best.values()]


def _without_faults(
    document: Document, model: type[Model], faults: list[ErrorDetails], context: dict[str, str]
) -> Model | None:
    """What is left of a record without its faulty values; None where that is no record."""
    data = copy.deepcopy(document.data)
    while faults:
        for fault in faults:
            trail = wording.trail_of(fault, document)
            # An item taken out of a list would move all that follow it away from their places.
            while trail and isinstance(trail[-1], int):
                trail = trail[:-1]
            if not trail:
                return None
            _take_out(data, trail)
        try:
            return model.model_validate(data, context=context)
        except ValidationError as error:
            faults = error.errors()
    return None


def _take_out(data: Value, trail: Trail) -> None:
    for step in trail[:-1]:
        if isinstance(data, dict) and step not in data:  # taken out already, with all in it
            return
        data = data[step]  # type: ignore[index]
    if isinstance(data, dict):
        data.pop(str(trail[-1]), None)
