"""What a change must not take back: the goals companies set themselves, the editions of years.

A goal may be moved (`verschoben_auf`), its first value stays: a company is measured by it. Only
what was public counts; moved to what is for totals only within the same file it still stands.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TypeAlias

from partnership.language import german
from partnership.model.dates import PartialDate, parse_partial
from partnership.model.problems import Place, Problem, ProblemsFound
from partnership.reading import archive
from partnership.reading.source import Document, Trail, Value, parse_yaml, read_yaml

# Type of a measure and last day of its first goal: what the years of the statistics are made of.
_Goal: TypeAlias = tuple[str, date]


def broken(before: Document, now: Document) -> Iterator[Problem]:
    """The first goals of a member's file that stand in it no more."""
    kept = Counter(goal for _, goal, _ in _first_goals(now))
    asked: Counter[_Goal] = Counter()
    for measure, goal, when in _first_goals(before):
        if measure.get("veroeffentlichung") != "nur_summe":
            asked[goal] += 1
            if asked[goal] > kept[goal]:
                yield _problem(measure, when, before, now)


def _first_goals(document: Document) -> Iterator[tuple[dict[str, Value], _Goal, PartialDate]]:
    for measure in _measures(document):
        kind, goal = measure.get("typ"), measure.get("ziel")
        if isinstance(kind, str) and isinstance(goal, str):
            with suppress(ValueError):  # what cannot be read is told elsewhere
                when = parse_partial(goal)
                yield measure, (kind, when.last), when


def _measures(document: Document) -> Iterator[dict[str, Value]]:
    told = document.data.get("massnahmen")
    return (each for each in (told if isinstance(told, list) else ()) if isinstance(each, dict))


def _problem(
    measure: dict[str, Value], when: PartialDate, before: Document, now: Document
) -> Problem:
    name = str(measure.get("titel") or measure["typ"])
    others = {goal for _, goal, _ in _first_goals(before)}
    trails: list[Trail] = [
        ("massnahmen", place, "ziel")
        for place, each in enumerate(now.data.get("massnahmen") or ())
        if isinstance(each, dict)
        and each.get("typ") == measure["typ"]
        and _goal_of(each) not in others
    ]
    trail: Trail = trails[0] if trails else ("massnahmen",)
    return now.problem(
        now.place(trail, of_key=not trails),
        "ziel-geaendert",
        f"Das Ziel „{german.partial_date(when)}“ der Maßnahme „{name}“ steht nicht mehr da."
        " Daran wird das Unternehmen gemessen.",
        f"Bitte „ziel: {when}“ stehen lassen; ein späteres Ziel kommt unter „verschoben_auf“ dazu."
        " War es von Anfang an falsch oder soll es nicht mehr gezeigt werden, beginnt die"
        " Beschreibung der Änderung mit „Korrektur:“ und nennt den Grund.",
    )


def _goal_of(measure: dict[str, Value]) -> _Goal | None:
    with suppress(ValueError):
        return str(measure.get("typ")), parse_partial(str(measure.get("ziel"))).last
    return None


def rewritten(before: bytes, root: Path) -> Iterator[Problem]:
    """Entries of editions that are no longer as they were; `before` is their file of then. That a
    file is the one of its entry is seen without history.
    """
    told: dict[str, Value] = {}
    with suppress(ProblemsFound):  # what could not be read then binds nobody
        told = parse_yaml(before, archive.RECORDS).data
    document = _records(root)
    for year, entry in told.items():
        now = document.data.get(year) if document else None
        kept = now if isinstance(now, dict) else {}
        if not isinstance(entry, dict) or all(kept.get(key) == entry[key] for key in entry):
            continue
        place = document.place((year,), of_key=True) if document else Place(1, 1)
        yield Problem(
            archive.RECORDS,
            place if now else Place(1, 1),
            "ausgabe-veraendert",
            f"Was hier zur Ausgabe {year} stand, ist verändert oder gelöscht. Eine Ausgabe bleibt,"
            " wie sie veröffentlicht wurde.",
            "Bitte zurückholen, was da stand. Soll sie nicht mehr erscheinen, kommt unter"
            " „zurueckgezogen“ der Grund dazu.",
        )


def _records(root: Path) -> Document | None:
    with suppress(ProblemsFound):
        if (root / archive.RECORDS).is_file():
            return read_yaml(root / archive.RECORDS, archive.RECORDS)
    return None
