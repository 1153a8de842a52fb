"""A filled questionnaire, read and understood: the same value whatever file it came in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import ValidationError

from partnership import canonical
from partnership.model.catalogue import Question
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.problems import Place, Problem, ProblemsFound
from partnership.rules.references import unknown_key
from partnership.source import Document, Trail, Value, read_yaml
from partnership.wording import explain

# What an answer may hold beside the keys of a member's file.
PROFILE = "profil"
NOTE = "notiz"
OTHERS = "antworten"
_ENVELOPE = (PROFILE, NOTE, OTHERS)
_TYPES, _FIGURES = "data/massnahmentypen.yml", "data/fragebogen.yml"
# Required of a member's file, but not of an answer about a company that is known already.
_SUPPLIED: Mapping[str, Value] = {"branche": "-", "bestaetigung": "unternehmen"}


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
        cell = self.cells.get(problem.place.line)
        return replace(problem, message=f"{cell}: {problem.message}") if cell else problem


@dataclass(frozen=True)
class Answer:
    """What a company says about itself.

    `values` has keys and spelling of a member's file; `remarks` are answers that no file holds,
    `gaps` required questions without an answer, `missing_consent` those that ask for consent.
    """

    source: str
    values: dict[str, Value]
    profile: str
    note: str
    remarks: tuple[str, ...]
    gaps: tuple[str, ...]
    missing_consent: tuple[str, ...]
    is_form: bool

    @property
    def name(self) -> str:
        """The company's name as it gives it."""
        return str(self.values["name"])


def read_answer(file: Path) -> Filled:
    """Read a questionnaire that was filled in the browser or by hand (YAML)."""
    return Filled(read_yaml(file, file.name))


def understand(filled: Filled, partnership: Partnership) -> Answer:
    """Check an answer against the model and the catalogues. Raises `ProblemsFound`."""
    document = filled.document
    said = {key: value for key, value in document.data.items() if key not in _ENVELOPE}
    problems = [
        *document.problems,
        *_of_envelope(document),
        *_of_references(document, partnership),
    ]
    values: dict[str, Value] = {}
    try:
        context = {"slug": "", "body": "", "path": document.path}
        member = Member.model_validate({**_SUPPLIED, **said}, context=context)
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
    asked = [question for part in partnership.questionnaire.sections for question in part.questions]
    problems += _refused_consent(document, asked, answers)
    if problems:
        raise ProblemsFound([filled.in_cell(problem) for problem in problems])
    is_told = filled.is_form or OTHERS in document.data
    return Answer(
        source=document.path,
        values=values,
        profile=_text(document.data.get(PROFILE)),
        note=_text(document.data.get(NOTE)),
        remarks=tuple(_remarks(asked, answers)),
        gaps=tuple(_gaps(asked, document.data)) if filled.is_form else (),
        missing_consent=tuple(
            question.text
            for question in asked
            if _is_consent(question) and is_told and question.id not in answers
        ),
        is_form=filled.is_form,
    )


def _text(value: Value | None) -> str:
    return value.strip() if isinstance(value, str) else ""


def _of_envelope(document: Document) -> Iterator[Problem]:
    for key, kind in ((PROFILE, str), (NOTE, str), (OTHERS, dict)):
        if key in document.data and not isinstance(document.data[key], kind):
            wanted = "ein Text" if kind is str else "eine Gruppe von Antworten"
            yield document.problem(
                document.place((key,)),
                "form",
                f"Bei „{key}“ wird {wanted} erwartet.",
                "Bitte die Angabe prüfen.",
            )


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


def _is_consent(question: Question) -> bool:
    """A required yes or no that fills no key: nothing is published or joined against it."""
    return question.required and question.kind == "ja_nein" and question.target is None


def _refused_consent(
    document: Document, asked: list[Question], answers: Mapping[str, Value]
) -> Iterator[Problem]:
    for question in asked:
        if _is_consent(question) and str(answers.get(question.id, "")).casefold() == "nein":
            yield document.problem(
                document.place((OTHERS, question.id)),
                "einwilligung",
                f"Auf „{question.text}“ lautet die Antwort „nein“.",
                "Bitte mit dem Unternehmen klären; so wird nichts übernommen.",
            )


def _remarks(asked: list[Question], answers: Mapping[str, Value]) -> Iterator[str]:
    """Answers for the office alone; a given consent needs no mention."""
    texts = {question.id: question.text for question in asked}
    consents = {question.id for question in asked if _is_consent(question)}
    for key, value in answers.items():
        if key not in consents:
            given = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            yield f"{texts.get(key, key)} – {given}"


def _gaps(asked: list[Question], data: Mapping[str, Value]) -> Iterator[str]:
    for question in asked:
        target = (question.target or "").split(".")[0]
        if question.required and target and target not in data and target != "kennzahlen":
            yield question.text
