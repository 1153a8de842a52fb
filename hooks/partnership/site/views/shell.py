"""What surrounds every page: word mark, navigation, breadcrumbs, footer."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from markupsafe import Markup

from partnership.checking.repository import State
from partnership.language import german
from partnership.model import addresses
from partnership.model.city import City
from partnership.model.fillin import known
from partnership.site.build import Build
from partnership.site.views.city import partners
from partnership.site.views.common import Link
from partnership.site.views.linked_data import Thing, as_block

_MAIN = (
    addresses.PARTNERSHIP,
    addresses.MEMBERS,
    addresses.MEASURES,
    addresses.EVENTS,
    addresses.JOIN,
)
_FOOTER = (
    addresses.STATISTICS,
    addresses.SECTORS,
    addresses.NEWS,
    addresses.ADVICE,
    addresses.MATERIAL,
    addresses.DATA,
    addresses.CHANGES,
    addresses.SITE_MAP,
)
_LEGAL = (
    addresses.CONTACT,
    addresses.IMPRINT,
    addresses.PRIVACY,
    addresses.ACCESSIBILITY,
    addresses.EASY_LANGUAGE,
    addresses.ENGLISH,
    addresses.LICENCES,
)
# So much of a checksum or a state tells it from any other that a reader will ever meet.
_DIGITS = 12
# What a preview says of itself on every page, by the language of the page.
_INCOMPLETE = {
    "de": "Vorschau: Das ist noch nicht die offizielle Website. Einige Angaben fehlen noch.",
    "en": "Preview: This is not the official website yet. Some information is still missing.",
}
_PROPOSED = {
    "de": "Vorschau: Das ist nicht die offizielle Website. Sie zeigt, wie diese aussehen könnte.",
    "en": "Preview: This is not the official website. It shows what that might look like.",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a menu. `current` is the page itself, `active` also what lies below it."""

    title: str
    address: str
    active: bool
    current: bool
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of one page. Addresses are relative to the site's root."""

    address: str
    kind: str
    lang: str
    title: str
    head_title: str
    description: str
    lead: str
    crumbs: tuple[Link, ...]
    nav: tuple[Entry, ...]
    more: tuple[Entry, ...]
    legal: tuple[Entry, ...]
    search: str
    site_name: str
    wordmark: tuple[str, ...]
    city: str
    demo: bool
    preview: str
    updated: str
    updated_iso: str
    edit_url: str
    partners: tuple[Link, ...]
    noindex: bool
    canonical: str
    feeds: tuple[Link, ...]
    about: Markup
    data: str
    picture: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    origin: "Origin | None"


@dataclass(frozen=True, slots=True)
class Origin:
    """What the figures of a page were made from: the day, the first digits of the checksum of the
    open data, the state in git in words, the newest edition if there is one.
    """

    day: str
    checksum: str
    proof: str
    commit: str
    state: str
    edition: Link | None


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What a page says of itself to its frame: `crumbs` are the addresses of the pages above it,
    `about` is what it is about, for machines; the file with its data, scripts and styles are
    addresses, too. A page that `has_figures` says from which data.
    """

    address: str
    title: str
    description: str
    kind: str = "generated"
    lead: str = ""
    lang: str = "de"
    crumbs: tuple[str, ...] = ()
    updated: str = ""
    source: str = ""
    noindex: bool = False
    about: Thing | None = None
    data: str = ""
    has_figures: bool = False
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


class Frames:
    """Makes the frame of each page; what all pages share is worked out once."""

    def __init__(self, build: Build, pictured: frozenset[str] = frozenset()) -> None:
        partnership = build.partnership
        self.build = build
        self.pictured = pictured
        self.city: City = partnership.city
        self.day = build.day
        self.is_preview = build.is_preview
        self.preview = _INCOMPLETE if build.is_incomplete else _PROPOSED
        self.edit_base = build.edit_base
        self.root = partnership.root
        self.menu = build.menu
        self.fields = {
            addresses.field(key): field.name for key, field in partnership.fields.items()
        }
        self.langs = {addresses.prose(page.path): page.language for page in partnership.prose}
        self.site = partnership.city.site_address
        self.feeds = (
            Link(f"{self.city.name}: Aktuelles", addresses.FEED),
            Link(f"{self.city.name}: Veranstaltungen", addresses.EVENT_FEED),
        )

    def frame(self, page: PageFrame) -> Shell:
        """The frame of `page`."""
        updated = date.fromisoformat(page.updated) if page.updated else self.day
        home = page.kind == "home"
        return Shell(
            address=page.address,
            kind=page.kind,
            lang=page.lang,
            title=page.title,
            head_title=self.city.name if home else f"{page.title} – {self.city.name}",
            description=_shortened(page.description),
            lead=page.lead,
            crumbs=()
            if home
            else tuple(Link(self._title(each), each) for each in (addresses.HOME, *page.crumbs)),
            nav=self._entries(_MAIN, page.address),
            more=self._entries(_FOOTER, page.address),
            legal=self._entries(_LEGAL, page.address),
            search=addresses.SEARCH,
            site_name=self.city.name,
            wordmark=self.city.wordmark or (self.city.name,),
            city=self.city.town,
            demo=self.city.is_demonstration,
            preview=self.preview[page.lang] if self.is_preview else "",
            updated=german.day(updated),
            updated_iso=updated.isoformat(),
            edit_url=self._edit_url(page.source),
            partners=tuple(
                Link(partner.name, partner.website, external=True)
                for partner in partners(self.city)
                if known(partner.name)
            ),
            noindex=page.noindex or self.city.is_demonstration or self.is_preview,
            canonical=f"{self.site.rstrip('/')}/{page.address}" if self.site else "",
            feeds=self.feeds,
            about=as_block(page.about) if page.about else Markup(),
            data=page.data,
            picture=self._picture(page.address),
            scripts=page.scripts,
            styles=page.styles,
            origin=self._origin if page.has_figures else None,
        )

    @cached_property
    def _origin(self) -> Origin:
        build, state = self.build, self.build.state
        newest = next((each for each in build.data.editions if each.files), None)
        return Origin(
            day=german.day(build.day),
            checksum=build.data.checksum[:_DIGITS],
            proof=addresses.DATA,
            commit=build.commit[:_DIGITS],
            state=_state(state, build.commit),
            edition=Link(str(newest.year), addresses.edition(newest.year)) if newest else None,
        )

    def _edit_url(self, source: str) -> str:
        """Where the page's file is edited; empty for one that the city takes over and has not."""
        own = self.edit_base and source and (self.root / source).is_file()
        return f"{self.edit_base}{source}" if own else ""

    def _picture(self, address: str) -> str:
        """The absolute address of the picture for links; empty while the site's is not known."""
        own = address if address in self.pictured else addresses.HOME
        return f"{self.site.rstrip('/')}/{addresses.picture(own)}" if self.site else ""

    def _title(self, address: str) -> str:
        return self.fields.get(address) or self.menu.get(address, address.strip("/"))

    def _entries(self, wanted: tuple[str, ...], here: str) -> tuple[Entry, ...]:
        return tuple(
            Entry(
                self.menu[address],
                address,
                here.startswith(address),
                here == address,
                "en" if self.langs[address] == "en" else "",
            )
            for address in wanted
            if address in self.menu
        )


def _shortened(text: str, most: int = 160) -> str:
    """At most `most` characters, cut between words."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"


def _state(state: State | None, commit: str) -> str:
    """What stands before or behind the name of the state in git."""
    if state is None:
        return "ohne git gebaut"
    if not commit:
        return "Stand in git nicht öffentlich"
    return ", mit Änderungen danach" if state.unsaved else ""
