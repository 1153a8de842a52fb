"""The editions of closed years as shown: their files, their checksums, what has changed since."""

from dataclasses import dataclass
from itertools import groupby

from partnership.language import german
from partnership.model import addresses
from partnership.reading import archive
from partnership.site.build import Build
from partnership.site.exports.editions import Frozen
from partnership.site.views.common import Link
from partnership.site.views.revisions import Changed, changed

# More differences stand in the file alone.
_ROWS = 30


@dataclass(frozen=True, slots=True)
class FileView:
    """A table of an edition."""

    title: str
    path: str
    rows: str


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition in a list. `withdrawn` says why it is not published any more."""

    link: Link
    written: str
    commit: str
    checksum: str
    withdrawn: str
    changed: str


@dataclass(frozen=True, slots=True)
class EditionPage:
    """The page of an edition; `groups` are the figures that changed, by the title of their table,
    `more` says how many stand in the file alone.
    """

    line: EditionLine
    year: str
    archive: str
    list: str
    files: tuple[FileView, ...]
    groups: tuple[tuple[str, tuple[Changed, ...]], ...]
    more: str
    revision: str


def page(build: Build, edition: Frozen) -> EditionPage:
    """The page of an edition."""
    folder, found = addresses.edition(edition.year), build.data.revisions.get(edition.year, ())
    titles = {table.name: table.title for table in build.data.tables}
    return EditionPage(
        line=_line(build, edition),
        year=str(edition.year),
        archive=addresses.edition_archive(edition.year),
        list=f"{folder}{archive.LIST}",
        files=tuple(
            FileView(titles.get(name.removesuffix(".csv"), name), f"{folder}{name}", _rows(content))
            for name, content in edition.files.items()
            if name != archive.LIST
        ),
        groups=tuple(
            (title, tuple(changed(build.partnership, each) for each in group))
            for title, group in groupby(found[:_ROWS], key=lambda each: each.title)
        ),
        more=german.number(len(found) - _ROWS) if len(found) > _ROWS else "",
        revision=addresses.revision(edition.year),
    )


def lines(build: Build) -> tuple[EditionLine, ...]:
    """Every edition, the newest first."""
    return tuple(_line(build, edition) for edition in build.data.editions)


def _line(build: Build, edition: Frozen) -> EditionLine:
    others = len(build.data.revisions.get(edition.year, ()))
    return EditionLine(
        link=Link(str(edition.year), addresses.edition(edition.year)),
        written=german.day(edition.record.day),
        commit=edition.record.commit or "",
        checksum=edition.record.checksum,
        withdrawn=edition.record.withdrawn or "",
        changed=german.counted(others, "Zahl ist", "Zahlen sind") if others else "",
    )


def _rows(content: bytes) -> str:
    """How many rows a table has; a text in it has no line end."""
    return german.number(max(content.count(b"\r\n") - 1, 0))
