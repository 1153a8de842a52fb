"""The search index: what can be found and what is known of words, in the form the search page loads
on the first query.
"""

import json
from collections.abc import Iterator

from partnership.model import addresses
from partnership.model.search import every_word, words
from partnership.site.build import Build
from partnership.site.exports.file import Export
from partnership.site.kinds import KINDS
from partnership.site.kinds.kind import Found

# Field names are one letter, since they repeat with every entry:
# t title, a address, k kind, x text that is found and shown, s words that are found and, where they
# hold what was looked for, shown; w how much the entry counts, where that is not 1
Entry = dict[str, str | float]


def export(build: Build) -> Export:
    """The index as JSON."""
    known = build.partnership.search
    found = {
        "entries": list(_entries(build)),
        "same": [words(line) for line in known.same],
        "ignored": every_word(known.ignored),
    }
    content = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return Export(addresses.SEARCH_INDEX, content.encode("utf-8"))


def _entries(build: Build) -> Iterator[Entry]:
    for kind in KINDS:
        for subject in kind.subjects(build):
            for found in kind.found(build, subject):
                yield _entry(kind.address(subject), found)


def _entry(address: str, found: Found) -> Entry:
    entry: Entry = {
        "t": found.title,
        "a": f"{address}#{found.anchor}" if found.anchor else address,
        "k": found.what,
        "x": found.shown,
        "s": " ".join(found.words.split()),
    }
    return entry if found.weight == 1 else {**entry, "w": found.weight}
