"""The search index: what can be found, in the form the search page loads on the first query."""

import json
from collections.abc import Iterator

from partnership.model import addresses
from partnership.site.build import Build
from partnership.site.exports.file import Export
from partnership.site.kinds import KINDS

# Field names are one letter, since they repeat with every entry:
# t title, a address, k kind, x text that is found and shown, s words that are found but not shown
Entry = dict[str, str]


def export(build: Build) -> Export:
    """The index as JSON."""
    content = json.dumps(list(_entries(build)), ensure_ascii=False, separators=(",", ":"))
    return Export(addresses.SEARCH_INDEX, content.encode("utf-8"))


def _entries(build: Build) -> Iterator[Entry]:
    for kind in KINDS:
        for subject in kind.subjects(build):
            if found := kind.found(build, subject):
                yield {
                    "t": found.title,
                    "a": kind.address(subject),
                    "k": found.what,
                    "x": found.shown,
                    "s": " ".join(found.words.split()),
                }
