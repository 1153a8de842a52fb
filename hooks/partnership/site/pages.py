"""The site put together: every page that `kinds` lists, the files beside them, the sitemap."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from partnership.checking.history import History
from partnership.checking.repository import State
from partnership.model import addresses, markers
from partnership.model.event import News, ProsePage
from partnership.model.fillin import mark
from partnership.model.markers import Marker
from partnership.model.partnership import Partnership
from partnership.site import drawn, engine, search, security, status
from partnership.site.blocks import BLOCKS
from partnership.site.build import Build
from partnership.site.exports import attachments, exports, share
from partnership.site.exports.file import Export
from partnership.site.exports.open_data import OpenData
from partnership.site.kinds import HOME, KINDS, missing
from partnership.site.kinds.kind import Kind, ProseKind
from partnership.site.templates import Templates
from partnership.site.views.shell import Frames, Shell

_TAG = re.compile(r"<[^<>]+>")


@dataclass(frozen=True, slots=True)
class Page:
    """A generated page: its address, its rendered body, its frame, and the file an editor opens to
    change it, relative to the city's folder.
    """

    address: str
    body: Markup
    shell: Shell
    source: str


class Site:
    """One build of the site: `partnership` seen at `now` (a moment with time zone).

    `folders` are searched for templates, first match first; `edit_base` is the address below which
    a page's source can be edited, empty for none; `history` are the latest changes of entries,
    `state` is that of the files in git; `data` are what has been counted of it before; `preview`
    makes it a preview even when nothing is open.
    """

    def __init__(
        self,
        partnership: Partnership,
        now: datetime,
        folders: Iterable[str | Path],
        edit_base: str = "",
        history: History | None = None,
        state: State | None = None,
        data: OpenData | None = None,
        *,
        preview: bool = False,
    ) -> None:
        self.build = Build(partnership, now, edit_base, history, state, data, preview=preview)
        self.templates = Templates(folders, self.knows)
        self._files: set[str] = set()

    # Addresses

    def knows(self, address: str) -> bool:
        """Whether the site has a page or a file at `address`."""
        return address in self._pages or address in self._files

    def add_files(self, paths: Iterable[str]) -> None:
        """Tell which files, apart from pages, the site will have."""
        self._files.update(paths)

    @cached_property
    def _pages(self) -> Mapping[str, tuple[Kind[Any, Any], Any]]:
        """Each address with the kind of its page and what it is about."""
        return {kind.address(subject): (kind, subject) for kind, subject in self._subjects()}

    def _subjects(self) -> Iterator[tuple[Kind[Any, Any], Any]]:
        return ((kind, subject) for kind in KINDS for subject in kind.subjects(self.build))

    def pages(self) -> Iterator[tuple[str, Any]]:
        """The address of every page with what it is about, also where two would have the same."""
        return ((kind.address(subject), subject) for kind, subject in self._subjects())

    def subject(self, address: str) -> tuple[Kind[Any, Any], Any]:
        """The kind of the page at `address`, and what it is about. Raises `KeyError`."""
        return self._pages[address]

    # Frames

    @cached_property
    def pictures(self) -> Mapping[str, share.Words]:
        """What the pictures for links say, by the address of their page."""
        found = (
            (address, kind.picture(self.build, subject))
            for address, (kind, subject) in self._pages.items()
        )
        return {address: words for address, words in found if words}

    @cached_property
    def frames(self) -> Frames:
        """Makes the frame of each page."""
        return Frames(self.build, frozenset(self.pictures))

    def missing(self) -> Shell:
        """The frame of the page for unknown addresses."""
        return self.frames.frame(missing.frame())

    # Generated pages

    def generated(self) -> Iterator[Page]:
        """Every page that data alone makes."""
        for address, (kind, _) in self._pages.items():
            if not isinstance(kind, ProseKind):
                yield self.page(address)

    def page(self, address: str) -> Page:
        """The page at `address`, which data alone make."""
        kind, subject = self._pages[address]
        view = kind.view(self.build, subject)
        body = self.templates.render(f"pages/{kind.name}.html", address, {kind.name: view})
        frame = kind.frame(self.build, subject, view)
        return Page(address, body, self.frames.frame(frame), frame.source)

    # Prose pages

    @cached_property
    def prose(self) -> Mapping[str, tuple[ProseKind[Any], ProsePage | News]]:
        """The pages that editors write, by their file."""
        return {
            subject.path: (kind, subject)
            for kind, subject in self._pages.values()
            if isinstance(kind, ProseKind)
        }

    def home(self, prose: str) -> Markup:
        """The body of the home page around its rendered `prose`."""
        values = {"home": HOME.around(self.build), "prose": Markup(prose)}  # noqa: S704
        return self.templates.render(f"pages/{HOME.name}.html", addresses.HOME, values)

    def _filled(self, content: str, here: str) -> Markup:
        """Put blocks and marked gaps into a rendered prose page; void elements end as in HTML."""
        # No mark fits into an attribute, such as the text for a picture.
        content = _TAG.sub(lambda tag: markers.replaced(tag[0], _in_words), content)
        content = self._with_gaps(content.replace(" />", ">"), here)
        filled = markers.paragraphs_replaced(
            content,
            lambda marker: self.block(marker.argument or "", here) if marker.is_block else None,
        )
        # Safe: prose is the office's own Markdown, blocks come from the escaping environment.
        return Markup(filled)  # noqa: S704

    def block(self, name: str, here: str) -> Markup:
        """The block `name` on the page at `here`."""
        values = {
            **BLOCKS[name].values(self.build),
            "gaps": lambda text: self._text_with_gaps(text, here),
            "unsaid": self._unsaid,
        }
        return self.templates.render(f"blocks/{name}.html", here, values)

    @cached_property
    def _unsaid(self) -> Mapping[str, str]:
        """What the city's file does not say, as a marked gap, by its key."""
        return {gap.key: mark(gap.what) for gap in self.build.partnership.fill_ins if gap.key}

    def _with_gaps(self, html: str, here: str) -> str:
        """Finished HTML, its gaps marked; what stands between their brackets is HTML, too."""

        def shown(marker: Marker) -> str | None:
            values = {"what": Markup(marker.missing)}  # noqa: S704
            return (
                self.templates.render("blocks/offen.html", here, values) if marker.missing else None
            )

        return markers.replaced(html, shown)

    def _text_with_gaps(self, text: str, here: str) -> Markup:
        """A plain text of the data, escaped, its gaps marked."""
        return Markup(self._with_gaps(str(escape(text)), here))  # noqa: S704

    # Each page as an engine asks for it: by its file in content/, also where there is no such file

    @cached_property
    def made(self) -> Mapping[str, Page]:
        """The pages that data alone makes."""
        return {f"{page.address}index.md": page for page in self.generated()}

    def markdown(self, file: str) -> str:
        """The Markdown of a page, its words and numbers filled in; of a made one there is none."""
        path = f"content/{file}"
        return (
            self.build.words.fill_markdown(self.prose[path][1].body) if path in self.prose else ""
        )

    def body(self, file: str, rendered: str) -> Markup:
        """The body of a page; of one with Markdown, from the `rendered` HTML."""
        if f"content/{file}" not in self.prose:
            return self.made[file].body
        kind, subject = self.prose[f"content/{file}"]
        filled = self._filled(rendered, kind.address(subject))
        return self.home(filled) if kind is HOME else filled

    def shell(self, file: str) -> Shell:
        """The frame of a page."""
        if file in self.made:
            return self.made[file].shell
        kind, subject = self.prose[f"content/{file}"]
        return self.frames.frame(kind.frame(self.build, subject))

    def is_listed(self, file: str) -> bool:
        """Whether the sitemap names a page."""
        made = self.made.get(file)
        kind, subject = self._pages[made.address] if made else self.prose[f"content/{file}"]
        return bool(kind.is_listed(subject))

    # Files

    def files(self) -> Iterator[Export]:
        """Every file beside the pages."""
        yield from exports(self.build.data, self.build.now)
        yield status.export(self.build, len(self._pages))
        yield from security.exports(self.build)
        yield from attachments.exports(self.build.partnership)
        yield search.export(self.build)
        yield from drawn.redirects(self.build, self.templates)
        yield drawn.form_table(self.build, self.templates)
        yield from drawn.badges(self.build, self.templates)
        yield from share.exports(
            self.build.partnership.city,
            self.pictures,
            (engine.FONTS / "fira-sans-600.woff2").read_bytes(),
        )


def _in_words(marker: Marker) -> str | None:
    return f"Noch offen: {marker.missing}" if marker.missing else None
