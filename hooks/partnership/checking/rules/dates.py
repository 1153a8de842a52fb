"""Rules about the dates of a measure: steps in their order, goals that only move to a later day."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from partnership.language import german
from partnership.model.dates import PartialDate
from partnership.model.member import Measure
from partnership.model.problems import Problem
from partnership.reading.source import Document, Trail


def check(measure: Measure, trail: Trail, document: Document, today: date) -> Iterator[Problem]:
    """What is wrong with the dates of the measure at `trail`."""
    yield from _goals(measure, trail, document)
    yield from _steps(measure, trail, document, today)


def turned(later: str, end: PartialDate, earlier: str, start: PartialDate) -> tuple[str, str, str]:
    """The rule, what is wrong and the remedy, where what comes later is dated before."""
    return (
        "reihenfolge",
        f"{later} ({german.partial_date(end)}) liegt vor {earlier} ({german.partial_date(start)}).",
        "Bitte eines der beiden Daten berichtigen.",
    )


def _steps(measure: Measure, trail: Trail, document: Document, today: date) -> Iterator[Problem]:
    """Steps are given, in order, and none lies in the future."""
    if not measure.steps:
        yield document.problem(
            document.place((*trail, "typ")),
            "ohne-datum",
            "Diese Maßnahme hat noch kein Datum.",
            "Bitte mindestens eines angeben: geplant, laufend, umgesetzt oder eingestellt.",
        )
    for (before, start), (after, end) in pairwise(measure.steps):
        if end.last < start.earliest:
            yield document.problem(
                document.place((*trail, after)),
                *turned(f"„{after}“", end, f"„{before}“", start),
            )
    for status, when in measure.steps:
        if when.first > today:
            yield document.problem(
                document.place((*trail, status)),
                "zukunft",
                f"„{status}“ ({german.partial_date(when)}) liegt in der Zukunft.",
                "Was erst kommt, steht unter „ziel“; „geplant“ ist der Tag, an dem geplant wurde.",
            )


def _goals(measure: Measure, trail: Trail, document: Document) -> Iterator[Problem]:
    """A plan has a goal; the first one stays, and each later one is later."""
    if measure.planned and measure.goal is None and len(measure.steps) == 1:
        yield document.problem(
            document.place((*trail, "geplant")),
            "ziel-fehlt",
            "Eine geplante Maßnahme braucht ein Ziel.",
            "Bitte ergänzen, bis wann sie umgesetzt sein soll, zum Beispiel: ziel: 2027",
        )
    if measure.goal is None and measure.moved_to:
        yield document.problem(
            document.place((*trail, "verschoben_auf"), of_key=True),
            "ziel-fehlt",
            "Hier ist ein Ziel verschoben, aber das erste Ziel fehlt.",
            "Bitte unter „ziel“ das Ziel eintragen, das zuerst genannt war.",
        )
    if measure.planned and measure.goal and measure.goal.last < measure.planned.earliest:
        yield document.problem(
            document.place((*trail, "ziel")),
            *turned("„ziel“", measure.goal, "„geplant“", measure.planned),
        )
    for place, (before, after) in enumerate(pairwise(measure.goals)):
        if after.last <= before.last:
            yield document.problem(
                document.place((*trail, "verschoben_auf", place)),
                "reihenfolge",
                f"Das Ziel ist von „{german.partial_date(before)}“ auf"
                f" „{german.partial_date(after)}“ verschoben; das ist nicht später.",
                "Unter „ziel“ steht das erste Ziel, unter „verschoben_auf“ jedes spätere in seiner"
                " Reihenfolge. Wer früher fertig wird, trägt nur „umgesetzt“ ein.",
            )
