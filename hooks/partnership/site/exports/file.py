"""A finished file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Export:
    """A file of the site: where it goes, relative to the site's root, and what is in it."""

    path: str
    content: bytes
