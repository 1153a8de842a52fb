"""Where a link in a page may lead: pages, places on them, files; what a wrong one meant."""

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from os.path import isfile
from typing import Protocol
from urllib.parse import unquote

from partnership.checking.rules.pages import missing_pages
from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.reading.links import anchors
from partnership.reading.pictures import FORMATS
from partnership.reading.source import Document, Trail
from partnership.reading.special import special
from partnership.reading.wording import nearest

_EVENTS = "data/veranstaltungen"
# Below these, and in these files, the site has more than its files in content/ show.
_MADE = (
    addresses.MEASURES,
    addresses.SECTORS,
    addresses.STATISTICS,
    addresses.EVENTS,
    addresses.NEWS,
    addresses.DATA,
    "assets/",
)
_MADE_FILES = frozenset(
    {
        *(addresses.CALENDAR, addresses.FEED, addresses.EVENT_FEED, addresses.ICON),
        *(addresses.SEARCH_INDEX, addresses.FORM, addresses.FORM_TABLE, addresses.STATUS),
    }
)


@dataclass(frozen=True, slots=True)
class Claim:
    """An address (a file of the site) and whose it is, as a German dative: a file of the city, then
    with its `path` and the `trail` in it, or a part of the site.
    """

    address: str
    owner: str
    path: str = ""
    trail: Trail = ()

    @property
    def is_key(self) -> bool:
        """Whether it is a key that makes the address, and not a value."""
        return isinstance(self.trail[-1] if self.trail else None, str)


class Site(Protocol):
    """What a built site knows of itself."""

    def knows(self, address: str) -> bool:
        """Whether there is a page or a file."""

    def anchors(self, address: str) -> Iterable[Collection[str]]:
        """What a link can lead to on a page, in parts, those first that are quickly known."""

    def claims(self) -> Iterable[Claim]:
        """Everything that has an address; what can give way comes last."""


class Targets:
    """What links can lead to. Paths are relative to content/, also those of made pages."""

    def __init__(
        self,
        partnership: Partnership,
        documents: Mapping[str, Document],
        site: Site | None,
    ) -> None:
        self.partnership = partnership
        self.documents = documents
        self.site = site
        self.content = partnership.root / "content"
        self._missing = {addresses.prose(path) for path in missing_pages(partnership, documents)}
        self._anchors: dict[str, frozenset[str]] = {}
        self._names: dict[str, dict[str, str]] = {}

    def is_missed(self, path: str) -> bool:
        """Whether the page is one that should be there and has been told missing."""
        return path.endswith(".md") and addresses.prose(path) in self._missing

    def is_there(self, path: str) -> bool:
        """Whether there is such a page or file, as far as can be told."""
        if path.startswith("../"):
            return False
        if f"content/{path}" in self.documents or path in _MADE_FILES:
            return True
        if isfile(self.content / path):  # noqa: PTH113 - too long a name is no error
            return True
        if special(self.partnership.root, f"content/{path}"):
            return True  # told of itself
        if self.site is not None and path.startswith((addresses.MEMBERS, *_MADE)):
            return self.site.knows(addresses.prose(path) if path.endswith(".md") else path)
        parts = path.split("/")
        # A member or an event that cannot be read has been told of.
        if path.startswith(addresses.MEMBERS) and parts[2:] == ["index.md"]:
            slug = parts[1]
            return slug in self.partnership.slugs or self._has_file(f"members/{slug}.md")
        if path.startswith(addresses.EVENTS) and parts[2:] == ["index.md"]:
            return self._has_file(f"{_EVENTS}/{parts[1]}.md")
        return False

    def _has_file(self, path: str) -> bool:
        return isfile(self.partnership.root / path)  # noqa: PTH113

    def is_open(self, path: str) -> bool:
        """Whether only the site could tell, and is not there to be asked."""
        return self.site is None and path.startswith(_MADE) and not path.endswith(FORMATS)

    def anchors(self, path: str) -> Iterable[Collection[str]] | None:
        """What a link can lead to on a page, part by part; None while only the site could tell."""
        if self.site is not None:
            return self.site.anchors(addresses.prose(path))
        document = self.documents.get(f"content/{path}")
        if document is None or path == "index.md" or "[[" in document.body:
            return None
        if path not in self._anchors:
            self._anchors[path] = anchors(document.body)
        return (self._anchors[path],)

    def meant(self, document: Document, target: str) -> str:
        """The link on the page `document` that was probably meant; empty where nothing is near."""
        folder = folder_of(document)
        file, mark, anchor = target.partition("#")
        file = unquote(file).replace("\\", "/").strip()
        bare = re.sub(r"(?:/?index)?\.(?:html|md)$", "", file.rstrip("/"))
        ways = (
            posixpath.join(folder, bare),
            posixpath.join(addresses.prose(document.path), bare),  # as a browser shows it
            re.sub(r"^(?:\.{0,2}/)*(?:content/)?", "", bare),
        )
        for way in map(posixpath.normpath, ways):
            for path in (f"{way}.md", f"{way}/index.md", way):
                if not path.startswith("..") and self.is_there(path):
                    return posixpath.relpath(path, folder or ".") + mark + anchor
        known = self._named(posixpath.splitext(file)[1])
        near = nearest(_name(posixpath.normpath(ways[0])), known)
        return posixpath.relpath(known[near], folder or ".") if near else ""

    def _named(self, ending: str) -> Mapping[str, str]:
        """All paths with that ending by what they are called."""
        if ending not in self._names:
            self._names[ending] = {_name(p): p for p in self._every if p.endswith(ending)}
        return self._names[ending]

    @cached_property
    def _every(self) -> tuple[str, ...]:
        return tuple(self._all())

    def _all(self) -> Iterator[str]:
        """Every page, as far as it can be told, and every file in content/."""
        for file in self.content.rglob("*"):
            if file.is_file():
                yield file.relative_to(self.content).as_posix()
        for path in self.documents:
            folder, _, name = path.rpartition("/")
            if path.startswith("content/"):
                yield path.removeprefix("content/")
            elif made := {"members": addresses.MEMBERS, _EVENTS: addresses.EVENTS}.get(folder):
                yield f"{made}{name.removesuffix('.md')}/index.md"


def _name(path: str) -> str:
    """What a page or file is called: its own name, or that of the folder whose index it is."""
    whole = posixpath.splitext(path)[0].removesuffix("/index")
    return posixpath.basename(whole)


def folder_of(document: Document) -> str:
    """The folder of a page below content/."""
    return posixpath.dirname(document.path.removeprefix("content/"))
