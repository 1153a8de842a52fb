"""The search index: what can be found, in the form the search page loads on the first query."""

import json
import re
from collections.abc import Iterator
from datetime import datetime

from partnership import addresses, german, markers
from partnership.exports.file import Export
from partnership.model.partnership import Partnership
from partnership.views.common import sorted_members
from partnership.views.events import when
from partnership.words import Words

_MARKS = re.compile(r"[#*_`>|\[\]!]+|\]\([^)]*\)|^\s*[-:|]+\s*$", re.MULTILINE)

# Field names are one letter, since they repeat with every entry:
# t title, a address, k kind, x text that is found and shown, s words that are found but not shown
Entry = dict[str, str]


def export(partnership: Partnership, now: datetime) -> Export:
    """The index as JSON."""
    entries = list(_entries(partnership, now))
    content = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return Export(addresses.SEARCH_INDEX, content.encode("utf-8"))


def _entries(partnership: Partnership, now: datetime) -> Iterator[Entry]:
    words = Words(partnership, now.date())
    for page in partnership.prose:
        if addresses.prose(page.path) not in (addresses.SEARCH, addresses.HOME):
            yield _entry(
                words.fill(page.title),
                addresses.prose(page.path),
                "Seite",
                words.fill(page.description),
                _plain(words.fill(page.body)),
            )
    for member in sorted_members(partnership.members_on(now.date())):
        types = {measure.type: None for measure in member.public_measures}
        names = german.listing(partnership.types[key].name for key in types)
        titles = " ".join(filter(None, (m.title for m in member.public_measures)))
        sector = partnership.sectors[member.sector].name
        yield _entry(
            member.name,
            addresses.member(member.slug),
            "Mitglied",
            f"{sector}. {names}" if names else sector,
            f"{titles} {_plain(member.body)}",
        )
    for key, kind in partnership.types.items():
        yield _entry(
            kind.name,
            addresses.measure_type(kind.field, key),
            "Maßnahme",
            kind.description or kind.question,
            " ".join((*kind.synonyms, kind.question, partnership.fields[kind.field].name)),
        )
    for key, field in partnership.fields.items():
        yield _entry(
            field.name, addresses.field(key), "Handlungsfeld", field.goal, field.description or ""
        )
    for event in partnership.events:
        yield _entry(
            event.title,
            addresses.event(event.slug),
            "Veranstaltung",
            german.listing(filter(None, (when(event), event.place)), last="·"),
            f"{event.summary or ''} {_plain(event.body)}",
        )
    for item in partnership.news:
        yield _entry(
            item.title, addresses.news(item.slug), "Aktuelles", item.summary, _plain(item.body)
        )


def _entry(title: str, address: str, kind: str, shown: str, found: str) -> Entry:
    return {"t": title, "a": address, "k": kind, "x": shown, "s": " ".join(found.split())}


def _plain(text: str) -> str:
    """Markdown as words: markers and signs gone."""
    return _MARKS.sub(" ", markers.MARK.sub(" ", text))
