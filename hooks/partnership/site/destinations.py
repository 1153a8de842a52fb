"""What links in texts can lead to on a site that is not built yet, and the check that asks it."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache, cached_property
from os.path import isfile
from pathlib import Path

from partnership.checking.load import Loaded, inspect
from partnership.checking.rules.targets import Claim
from partnership.model import addresses, markers
from partnership.model.partnership import Partnership
from partnership.reading import links
from partnership.site import engine
from partnership.site.claims import claims
from partnership.site.exports import exports
from partnership.site.exports.open_data import OpenData
from partnership.site.kinds.kind import ProseKind
from partnership.site.pages import Site
from partnership.site.templates import Templates

_ID = re.compile(r'\sid="([^"]+)"')


def inspected(
    root: Path,
    now: datetime,
    vault: Path | None = None,
    folders: Iterable[str | Path] = (engine.OVERRIDES,),
) -> Loaded:
    """The city in `root` and its problems as each command and each build sees them at `now`: with
    what it shares with other cities, with its `vault` where one is named, and links asked of its
    own site, whose templates lie in `folders`.
    """
    return checked(root, now, vault, folders)[0]


def checked(
    root: Path,
    now: datetime,
    vault: Path | None = None,
    folders: Iterable[str | Path] = (engine.OVERRIDES,),
) -> tuple[Loaded, OpenData | None]:
    """Like `inspected`; with what was counted on the way, for a build that goes on from there."""
    asked: list[Destinations] = []

    def site(partnership: Partnership) -> Destinations:
        asked.append(Destinations(partnership, now, folders))
        return asked[-1]

    loaded = inspect(root, now.date(), engine.base_of(root), vault, site)
    return loaded, asked[-1].data if asked else None


class Destinations:
    """Pages, files and places of the site that `partnership` has at `now`."""

    def __init__(
        self,
        partnership: Partnership,
        now: datetime,
        folders: Iterable[str | Path] = (engine.OVERRIDES,),
    ) -> None:
        self._site = Site(partnership, now, folders)
        # What templates link to is judged when the site is built.
        self._site.templates = Templates(folders, lambda _: True)
        self._folders = tuple(folders)
        self.data = self._site.build.data

    def knows(self, address: str) -> bool:
        """Whether there is a page or a file."""
        return (
            self._site.knows(address)
            or any(isfile(Path(folder) / address) for folder in self._folders)  # noqa: PTH113
            or address in self._files
        )

    def claims(self) -> Iterator[Claim]:
        """Everything that has an address."""
        return claims(self._site, self._folders)

    @cached_property
    def _files(self) -> frozenset[str]:
        build = self._site.build
        return frozenset(export.path for export in exports(build.data, build.now))

    def anchors(self, address: str) -> Iterator[frozenset[str]]:
        """What a link can lead to on the page at `address`: its headings, then what each block and
        each made page shows.
        """
        kind, subject = self._site.subject(address)
        if isinstance(kind, ProseKind):
            yield links.anchors(self._site.build.words.fill_markdown(subject.body))
            for name in markers.blocks(subject.body):
                yield self._drawn(address, name)
        if address == addresses.HOME or not isinstance(kind, ProseKind):
            yield self._drawn(address)

    @cache  # noqa: B019 - lives as long as one check
    def _drawn(self, address: str, block: str = "") -> frozenset[str]:
        """The places within a block, or on what data alone make of the page."""
        if block:
            html = self._site.block(block, address)
        elif address == addresses.HOME:
            html = self._site.home("")
        else:
            html = self._site.page(address).body
        return frozenset(_ID.findall(html))
