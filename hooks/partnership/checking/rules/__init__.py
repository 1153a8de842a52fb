"""Rules across values and records. Each rule is a function whose docstring states it and that
yields a problem for each breach; all rules report in one run.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from partnership.checking.rules import (
    catalogue,
    city,
    clashes,
    confidential,
    editions,
    effects,
    events,
    folders,
    links,
    members,
    names,
    pages,
    persons,
    references,
    search,
)
from partnership.model.partnership import Partnership
from partnership.model.problems import Problem
from partnership.reading.source import Document

# What these miss may have been left out because it was faulty, which has been reported already.
_OF_WHAT_IS_MISSING = frozenset(
    {
        *("ohne-datum", "ziel-fehlt", "quelle-fehlt", "material", "fassung", "tag"),
        *("geschaeftsstelle", "annahme"),
    }
)


def check(
    partnership: Partnership,
    documents: Mapping[str, Document],
    today: date,
    incomplete: Collection[str] = (),
) -> Iterator[Problem]:
    """Every breach of every rule. `documents` are the readable files by their path; the records of
    those in `incomplete` lack the values that did not pass validation.
    """
    for problem in _all(partnership, documents, today):
        if problem.path not in incomplete or problem.rule not in _OF_WHAT_IS_MISSING:
            yield problem


def _all(
    partnership: Partnership, documents: Mapping[str, Document], today: date
) -> Iterator[Problem]:
    own = (partnership.root / references.QUESTIONNAIRE).is_file()
    yield from references.check(documents, asks_its_own=own)
    for city_rule in (*city.RULES, *catalogue.RULES, *effects.RULES):
        yield from city_rule(partnership, documents)
    for member in partnership.members:
        for member_rule in members.RULES:
            yield from member_rule(member, documents[member.path], partnership, today)
    yield from members.distinct(partnership, documents)
    yield from names.check(partnership, documents)
    yield from confidential.check(partnership, documents, today)
    for event in partnership.events:
        for event_rule in events.RULES:
            yield from event_rule(event, documents[event.path], partnership)
        yield from events.changed(event, documents[event.path], today)
    yield from events.distinct(partnership, documents)
    yield from clashes.check(partnership, documents)
    for page_rule in pages.RULES:
        yield from page_rule(partnership, documents)
    yield from pages.hints(partnership, documents, today)
    yield from links.check(partnership, documents)
    yield from folders.check(partnership, documents)
    yield from editions.check(partnership, documents)
    yield from search.check(partnership, documents)
    yield from persons.check(documents)
