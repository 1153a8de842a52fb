"""Rules across values and records. Each rule is a function whose docstring states it and that
yields a problem for each breach; all rules report in one run."""

from collections.abc import Iterator, Mapping
from datetime import date

from partnership.model.partnership import Partnership
from partnership.problems import Problem
from partnership.rules import city, events, members, pages, references
from partnership.source import Document


def check(
    partnership: Partnership, documents: Mapping[str, Document], today: date
) -> Iterator[Problem]:
    """Every breach of every rule. `documents` are the readable files by their path; records that
    did not pass validation are missing from `partnership` and have been reported already."""
    yield from references.check(documents)
    for city_rule in city.RULES:
        yield from city_rule(partnership, documents)
    for member in partnership.members:
        for member_rule in members.RULES:
            yield from member_rule(member, documents[member.path], partnership, today)
    yield from members.distinct(partnership, documents)
    for event in partnership.events:
        for event_rule in events.RULES:
            yield from event_rule(event, documents[event.path], partnership)
    yield from events.distinct(partnership, documents)
    for page_rule in pages.RULES:
        yield from page_rule(partnership, documents)
