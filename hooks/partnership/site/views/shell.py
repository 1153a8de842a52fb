"""What surrounds every page: word mark, navigation, breadcrumbs, footer."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from partnership import addresses, german
from partnership.model.city import City
from partnership.model.partnership import Partnership
from partnership.views.city import partners
from partnership.views.common import Link
from partnership.views.linked_data import Thing, as_block
from partnership.words import Words

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
)


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
    long_name: str
    wordmark: tuple[str, ...]
    city: str
    demo: bool
    public_notice: str
    updated: str
    updated_iso: str
    edit_url: str
    partners: tuple[Link, ...]
    noindex: bool
    canonical: str
    feeds: tuple[Link, ...]
    root: str
    about: Markup
    picture: str


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What a page says of itself to its frame."""

    address: str
    title: str
    description: str
    kind: str = "generated"
    lead: str = ""
    lang: str = "de"
    crumbs: tuple[Link, ...] = ()
    updated: str = ""
    source: str = ""
    notice: str = ""
    noindex: bool = False
    about: Thing | None = None


class Frames:
    """Makes the frame of each page; what all pages share is worked out once."""

    def __init__(
        self,
        partnership: Partnership,
        day: date,
        words: Words,
        edit_base: str = "",
        pictured: frozenset[str] = frozenset(),
    ) -> None:
        self.pictured = pictured
        self.city: City = partnership.city
        self.day = day
        self.edit_base = edit_base
        self.titles = {
            addresses.prose(page.path): words.fill(page.menu or page.title)
            for page in partnership.prose
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
            description=page.description,
            lead=page.lead,
            crumbs=()
            if home
            else (Link(self._title(addresses.HOME), addresses.HOME), *page.crumbs),
            nav=self._entries(_MAIN, page.address),
            more=self._entries(_FOOTER, page.address),
            legal=self._entries(_LEGAL, page.address),
            search=addresses.SEARCH,
            site_name=self.city.name,
            long_name=self.city.long_name,
            wordmark=self.city.wordmark or (self.city.name,),
            city=self.city.town,
            demo=self.city.is_demonstration,
            public_notice=page.notice,
            updated=german.day(updated),
            updated_iso=updated.isoformat(),
            edit_url=f"{self.edit_base}{page.source}" if self.edit_base and page.source else "",
            partners=tuple(
                Link(partner.name, partner.website, external=True)
                for partner in partners(self.city)
            ),
            noindex=page.noindex or self.city.is_demonstration,
            canonical=f"{self.site.rstrip('/')}/{page.address}" if self.site else "",
            feeds=self.feeds,
            about=as_block(page.about) if page.about else Markup(),
            picture=self._picture(page.address),
            root=addresses.from_to(page.address, addresses.HOME),
        )

    def _picture(self, address: str) -> str:
        """The absolute address of the picture for links; empty while the site's is not known."""
        own = address if address in self.pictured else addresses.HOME
        return f"{self.site.rstrip('/')}/{addresses.picture(own)}" if self.site else ""

    def crumbs(self, address: str) -> tuple[Link, ...]:
        """The prose pages above `address`, from the top down."""
        parts = address.rstrip("/").split("/")[:-1]
        above = ["/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]
        return tuple(Link(self._title(each), each) for each in above if each in self.titles)

    def _title(self, address: str) -> str:
        return self.titles.get(address, address.strip("/"))

    def _entries(self, wanted: tuple[str, ...], here: str) -> tuple[Entry, ...]:
        return tuple(
            Entry(
                self.titles[address],
                address,
                here.startswith(address),
                here == address,
                "en" if self.langs[address] == "en" else "",
            )
            for address in wanted
            if address in self.titles
        )
