"""What would be wrong with a member's file, told at the place in the answer it comes from."""

from collections.abc import Iterable
from dataclasses import replace

from partnership.model.problems import Place, Problem
from partnership.office.questionnaire.answer import Answer
from partnership.reading.source import Document, Trail, Value
from partnership.reading.wording import fold

_MEASURES = "massnahmen"
_DAY_OF_ANSWER: Trail = ("auskunft", 0, "stand")


def all_retold(problems: Iterable[Problem], made: Document, answer: Answer) -> list[Problem]:
    """What is wrong with `made`, which is not written, told in the answer: at one place of it
    each rule once.
    """
    found: dict[tuple[str, Place, str], Problem] = {}
    for problem in problems:
        told = _retold(problem, made, answer)
        found.setdefault((told.path, told.place, told.rule), told)
    return list(found.values())


def _retold(problem: Problem, made: Document, answer: Answer) -> Problem:
    """As it is with a remark where the answer does not say what is wrong."""
    trail = _at(problem, made) if problem.path == made.path else None
    said = _in_answer(trail, made, answer) if trail else None
    if said is None:
        about = f"Mit der Antwort aus {answer.source} ergäbe sich:"
        return replace(problem, message=f"{about} {problem.message}")
    document = answer.filled.document
    found = document.problem(document.place(said), problem.rule, problem.message, problem.remedy)
    return answer.filled.in_cell(found)


def _at(problem: Problem, made: Document) -> Trail | None:
    """The way to the value that the problem points at, the longest where several begin there."""
    places = (*made.places.items(), *made.keys.items())
    found = [trail for trail, place in places if place == problem.place]
    return max(found, key=len, default=None)


def _in_answer(trail: Trail, made: Document, answer: Answer) -> Trail | None:
    """The same way in the answer, if it says something there."""
    head, *rest = trail
    if head == _MEASURES and rest and isinstance(rest[0], int):
        index = _measure(rest[0], made, answer.filled.document)
        if index is None:
            return None
        trail = (head, index, *rest[1:])
    document = answer.filled.document
    if trail[2:] == ("geplant",) and document.value(trail) is None:
        trail = _DAY_OF_ANSWER  # a goal alone is planned since then
    return trail if document.value(trail[:3]) is not None else None


def _measure(index: int, made: Document, said: Document) -> int | None:
    """Which measure of the answer became the one at `index`: by type and title, or by type."""
    for with_title in (True, False):
        ours, theirs = (_identities(document, with_title) for document in (made, said))
        same = [place for place, each in enumerate(theirs) if each == ours[index]]
        if len(same) == ours.count(ours[index]):
            return same[ours[:index].count(ours[index])]
    return None


def _identities(document: Document, with_title: bool) -> list[tuple[str, str]]:
    measures = document.data.get(_MEASURES)
    return [
        (_text(each, "typ"), _text(each, "titel") if with_title else "")
        for each in (measures if isinstance(measures, list) else [])
    ]


def _text(measure: Value, key: str) -> str:
    return fold(str(measure.get(key, ""))) if isinstance(measure, dict) else ""
