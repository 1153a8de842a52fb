"""A page's Markdown cut at its headings: what a search can lead to within a page."""

from collections.abc import Iterator
from dataclasses import dataclass

from partnership.reading.links import headings


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its anchor, and the Markdown below it up to the next one."""

    anchor: str
    title: str
    text: str


def sections(markdown: str) -> Iterator[Section]:
    """Every section, in order; one that only holds others has no text of its own."""
    found = list(headings(markdown))
    for at, (_, below, anchor, title) in enumerate(found, 1):
        end = found[at][0] if at < len(found) else len(markdown)
        yield Section(anchor, title, markdown[below:end].strip())
