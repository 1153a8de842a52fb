"""Questions that a company must say yes to, or may say no to: being named is no duty."""

from collections.abc import Iterator, Mapping, Sequence

from partnership.model.catalogue import Question
from partnership.model.problems import Problem
from partnership.reading.source import Document, Value

# The key of a member's file that says whether the company is shown; no is an answer like any other.
LISTING = "oeffentlich"
OTHERS = "antworten"


def is_consent(question: Question) -> bool:
    """A required yes or no that fills no key: nothing is published or joined against it."""
    return question.required and question.kind == "ja_nein" and question.target is None


def is_no(value: Value | None) -> bool:
    """Whether a question of yes or no is answered with no."""
    return str(value).strip().casefold() == "nein"


def refused(
    document: Document, asked: Sequence[Question], answers: Mapping[str, Value], listing: Value
) -> Iterator[Problem]:
    """Each consent that is refused, though it is needed."""
    for question in _needed(asked, listing):
        if is_consent(question) and is_no(answers.get(question.id)):
            yield document.problem(
                document.place((OTHERS, question.id)),
                "einwilligung",
                f"Auf „{question.text}“ lautet die Antwort „nein“.",
                "Bitte mit dem Unternehmen klären; so wird nichts übernommen.",
            )


def missing(
    asked: Sequence[Question], answers: Mapping[str, Value], listing: Value
) -> tuple[str, ...]:
    """The questions of consent that are left open."""
    return tuple(
        question.text
        for question in _needed(asked, listing)
        if (is_consent(question) and question.id not in answers)
        or (question.target == LISTING and not listing)
    )


def moved(asked: Sequence[Question], data: Mapping[str, Value]) -> dict[str, Value]:
    """What older forms keep among the answers for the office, though a key is there for it now."""
    others = data.get(OTHERS)
    found = others if isinstance(others, dict) else {}
    return {
        question.target: found[question.id]
        for question in asked
        if question.target == LISTING and question.id in found and LISTING not in data
    }


def _needed(asked: Sequence[Question], listing: Value) -> Iterator[Question]:
    """The questions that are due; some are void where the company is not shown."""
    for question in asked:
        if not (question.only_listed and is_no(listing)):
            yield question
