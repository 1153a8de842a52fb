"""A filled questionnaire, read and understood: the same value whatever file it came in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import ValidationError

from partnership.checking.rules.references import unknown_key
from partnership.model.catalogue import Question
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.problems import Place, Problem, ProblemsFound
from partnership.office.questionnaire import consent
from partnership.office.questionnaire.consent import OTHERS
from partnership.office.questionnaire.spellings import respelled
from partnership.reading import canonical
from partnership.reading.source import Document, Trail, Value, read_yaml
from partnership.reading.wording import explain

# What an answer may hold beside the keys of a member's file.
PROFILE = "profil"
NOTE = "notiz"
_ENVELOPE = (PROFILE, NOTE, OTHERS)
_TYPES, _FIGURES = "data/massnahmentypen.yml", "data/fragebogen.yml"
# Required of a member's file, but not of an answer; the second not where a file is there already.
_CONFIRMED: Mapping[str, Value] = {"bestaetigung": "unternehmen"}
_SUPPLIED: Mapping[str, Value] = {"branche": "-", **_CONFIRMED}


@dataclass(frozen=True)
class Filled:
    """An answer as it was typed. For a workbook, `cells` names the cell behind each line."""

    document: Document
    cells: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_form(self) -> bool:
        """Whether it came in our Excel form, where every question was put."""
        return bool(self.cells)

    def in_cell(self, problem: Problem) -> Problem:
        """The problem, told at the cell of the workbook."""
        if self.is_form and problem.rule == "fehlt" and problem.place == Place(1, 1):
            return replace(problem, excerpt="")  # of the whole form, not of its first answer
        cell = self.cells.get(problem.place.line)
        return replace(problem, message=f"{cell}: {problem.message}") if cell else problem


@dataclass(frozen=True)
class Answer:
    """What a company says about itself.

    `values` has keys and spelling of a member's file; `remarks` are answers that no file holds,
    `gaps` required questions without an answer, `missing_consent` those that ask for consent.
    """

    filled: Filled
    values: dict[str, Value]
    profile: str
    note: str
    remarks: tuple[str, ...]
    gaps: tuple[str, ...]
    missing_consent: tuple[str, ...]

    @property
    def source(self) -> str:
        """The name of the file it came in."""
        return self.filled.document.path

    @property
    def is_form(self) -> bool:
        """Whether it came in our Excel form."""
        return self.filled.is_form

    @property
    def name(self) -> str:
        """The company's name as it gives it."""
        return str(self.values["name"])

    @property
    def wants_no_entry(self) -> bool:
        """Whether the company belongs to the partnership, but is not to be shown."""
        return consent.is_no(self.values.get(consent.LISTING))


def read_answer(file: Path) -> Filled:
    """Read a questionnaire that was filled in the browser or by hand (YAML)."""
    return Filled(read_yaml(file, file.name))


def understand(filled: Filled, partnership: Partnership) -> Answer:
    """Check an answer against the model and the catalogues. Raises `ProblemsFound`."""
    document = filled.document
    asked = [question for part in partnership.questionnaire.sections for question in part.questions]
    said = {key: value for key, value in document.data.items() if key not in _ENVELOPE}
    said |= consent.moved(asked, document.data)
    problems = [
        *document.problems,
        *_of_envelope(document),
        *_of_references(document, partnership),
    ]
    values: dict[str, Value] = {}
    try:
        told = {key: respelled(value, key) for key, value in said.items()}
        member = _member({**_SUPPLIED, **told}, document)
        values = {key: value for key, value in canonical.plain(member).items() if key in said}
    except ValidationError as error:
        deepest: dict[tuple[Place, str], Problem] = {}
        for each in sorted(error.errors(), key=lambda each: len(each["loc"])):
            problem = explain(each, document, Member)
            also = problem.message if problem.rule == "fehlt" else ""
            deepest[problem.place, also] = problem
        problems += deepest.values()
    others = document.data.get(OTHERS)
    answers = others if isinstance(others, dict) else {}
    listing = said.get(consent.LISTING, "")
    problems += consent.refused(document, asked, answers, listing)
    if problems:
        raise ProblemsFound([filled.in_cell(problem) for problem in problems])
    is_told = filled.is_form or OTHERS in document.data
    return Answer(
        filled=filled,
        values=values,
        profile=_text(document.data.get(PROFILE)),
        note=_text(document.data.get(NOTE)),
        remarks=tuple(_remarks(asked, answers)),
        gaps=tuple(_gaps(asked, document.data)) if filled.is_form else (),
        missing_consent=consent.missing(asked, answers, listing) if is_told else (),
    )


def suffices(answer: Answer) -> None:
    """Raises `ProblemsFound` where a company without a file says too little to get one."""
    document = answer.filled.document
    try:
        _member({**_CONFIRMED, **answer.values}, document)
    except ValidationError as error:
        found = [explain(each, document, Member) for each in error.errors()]
        raise ProblemsFound([answer.filled.in_cell(each) for each in found]) from None


def _member(values: Mapping[str, Value], document: Document) -> Member:
    return Member.model_validate(values, context={"slug": "", "body": "", "path": document.path})


def _text(value: Value | None) -> str:
    return value.strip() if isinstance(value, str) else ""


def _of_envelope(document: Document) -> Iterator[Problem]:
    def told(trail: Trail, wanted: str) -> Problem:
        message = f"Bei „{trail[-1]}“ wird {wanted} erwartet."
        return document.problem(document.place(trail), "form", message, "Bitte die Angabe prüfen.")

    for key in (PROFILE, NOTE):
        if not isinstance(document.data.get(key, ""), str):
            yield told((key,), "ein Text")
    answers = document.data.get(OTHERS, {})
    if not isinstance(answers, dict):
        yield told((OTHERS,), "eine Gruppe von Antworten")
        return
    for key, value in answers.items():
        parts = value if isinstance(value, list) else [value]
        if not all(isinstance(part, str) for part in parts):
            yield told((OTHERS, key), "ein Text oder eine Liste von Texten")


def _of_references(document: Document, partnership: Partnership) -> Iterator[Problem]:
    """What names an entry of a catalogue names one that exists."""
    sectors = {key: sector.name for key, sector in partnership.sectors.items()}
    districts = {key: district.name for key, district in partnership.districts.items()}
    types = {key: kind.name for key, kind in partnership.types.items()}
    figures = {key: figure.name for key, figure in partnership.questionnaire.figures.items()}
    yield from unknown_key(document, ("branche",), sectors, "Branche", "data/branchen.yml")
    yield from unknown_key(
        document, ("stadtbezirk",), districts, "Stadtbezirk", "data/stadtbezirke.yml"
    )
    measures = document.data.get("massnahmen")
    for index in range(len(measures) if isinstance(measures, list) else 0):
        trail: Trail = ("massnahmen", index, "typ")
        yield from unknown_key(document, trail, types, "Maßnahmentyp", _TYPES)
    years = document.data.get("kennzahlen")
    for year, values in years.items() if isinstance(years, dict) else ():
        for key in values if isinstance(values, dict) else ():
            if key != "veroeffentlichung":
                trail = ("kennzahlen", year, key)
                yield from unknown_key(document, trail, figures, "Kennzahl", _FIGURES, of_key=True)


def _remarks(asked: list[Question], answers: Mapping[str, Value]) -> Iterator[str]:
    """Answers for the office alone; a given consent needs no mention."""
    texts = {question.id: question.text for question in asked}
    consents = {
        question.id
        for question in asked
        if consent.is_consent(question) or question.target == consent.LISTING
    }
    for key, value in answers.items():
        if key not in consents:
            given = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            yield f"{texts.get(key, key)} – {given}"


def _gaps(asked: list[Question], data: Mapping[str, Value]) -> Iterator[str]:
    for question in asked:
        target = (question.target or "").split(".")[0]
        is_elsewhere = target in {"kennzahlen", consent.LISTING}
        if question.required and target and target not in data and not is_elsewhere:
            yield question.text
