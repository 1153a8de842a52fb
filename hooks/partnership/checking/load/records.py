"""From a document to a record, or to its problems and what is left of it."""

import copy
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from partnership.model.problems import Place, Problem
from partnership.reading import wording
from partnership.reading.source import Document, Trail, Value

Model = TypeVar("Model", bound=BaseModel)


def validated(document: Document, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """The record that `document` holds, and what is wrong with it.

    A record with faulty values comes without them, so that rules can look at the rest of it; None
    where nothing is left.
    """
    name = document.path.rsplit("/", 1)[-1].removesuffix(".md")
    context = {"slug": name, "body": document.body, "path": document.path}
    try:
        return model.model_validate(document.data, context=context), []
    except ValidationError as error:
        faults = error.errors()
    found = list(wording.explain_all(faults, document, model))
    return _without_faults(document, model, faults, context), _deepest(found)


def _deepest(found: list[tuple[ErrorDetails, Problem]]) -> list[Problem]:
    """Of several problems at one place, the one told about the deepest value.

    What is missing is told at the group it is missing from, so there every problem counts.
    """
    missing = [problem for _, problem in found if problem.rule == "fehlt"]
    best: dict[Place, tuple[int, Problem]] = {}
    for fault, problem in found:
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
