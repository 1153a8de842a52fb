"""The Atom feeds of the news and of the events (RFC 4287)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from partnership.model import addresses
from partnership.model.city import City
from partnership.model.dates import LOCAL
from partnership.model.partnership import Partnership
from partnership.site.exports.file import Export
from partnership.site.views.events import event_in_words, last_change, sorted_news, titled

_ATOM = "http://www.w3.org/2005/Atom"
_MOST = 30


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a feed; `identity` never changes, `updated` only when the entry does."""

    identity: str
    title: str
    address: str
    summary: str
    updated: date
    published: date | None = None
    terms: tuple[str, ...] = ()


def exports(partnership: Partnership) -> Iterator[Export]:
    """The feed of the news and that of the events, each with its newest entries."""
    city = partnership.city
    news = [
        _Entry(
            _identity(city, addresses.news(item.slug)),
            item.title,
            addresses.news(item.slug),
            item.summary,
            item.day,
            item.day,
        )
        for item in sorted_news(partnership)
    ]
    events = [
        _Entry(
            _identity(city, event.uid),
            titled(event),
            addresses.event(event.slug),
            event_in_words(event),
            last_change(partnership, event),
            terms=tuple(partnership.fields[key].name for key in event.fields),
        )
        for event in sorted(
            partnership.events,
            key=lambda each: (last_change(partnership, each), each.first_day, each.slug),
            reverse=True,
        )
    ]
    yield Export(addresses.FEED, _feed(city, "Aktuelles", addresses.FEED, addresses.NEWS, news))
    yield Export(
        addresses.EVENT_FEED,
        _feed(city, "Veranstaltungen", addresses.EVENT_FEED, addresses.EVENTS, events),
    )


def _feed(city: City, title: str, own: str, page: str, entries: Sequence[_Entry]) -> bytes:
    """A feed; without entries it is dated with the founding, never with the build."""
    site = city.site_address.rstrip("/")
    shown = entries[:_MOST]
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"xml:lang": "de"})
    _text(feed, "title", f"{city.name}: {title}")
    _text(feed, "subtitle", city.summary)
    _text(feed, "id", _identity(city, page))
    _text(
        feed, "updated", _instant(max((each.updated for each in shown), default=city.founded.last))
    )
    author = ET.SubElement(feed, f"{{{_ATOM}}}author")
    _text(author, "name", city.office.name)
    if site:
        _link(feed, "self", f"{site}/{own}", "application/atom+xml")
    # Without a known site address links stay relative to the feed, which Atom allows.
    _link(feed, "alternate", f"{site}/{page}" if site else page, "text/html")
    for each in shown:
        entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        _text(entry, "title", each.title)
        _text(entry, "id", each.identity)
        if each.published is not None:
            _text(entry, "published", _instant(each.published))
        _text(entry, "updated", _instant(each.updated))
        _text(entry, "summary", each.summary)
        for term in each.terms:
            ET.SubElement(entry, f"{{{_ATOM}}}category", {"term": term})
        _link(entry, "alternate", f"{site}/{each.address}" if site else each.address, "text/html")
    ET.indent(feed)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _identity(city: City, name: str) -> str:
    """What a reader recognises an entry by: the same after the site has moved to another address.

    A name-based UUID (RFC 9562, version 5) of the town, the founding and the name within.
    """
    return uuid5(NAMESPACE_URL, f"{city.town}/{city.founded}/{name}").urn


def _instant(day: date) -> str:
    return datetime.combine(day, time(), LOCAL).isoformat()


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _link(parent: ET.Element, relation: str, address: str, kind: str) -> None:
    attributes = {"rel": relation, "type": kind, "href": address}
    ET.SubElement(parent, f"{{{_ATOM}}}link", attributes)
