"""The Atom feed of the news (RFC 4287)."""

from collections.abc import Iterator
from datetime import datetime, time
from xml.etree import ElementTree as ET

from partnership import addresses
from partnership.exports.file import Export
from partnership.german import slug
from partnership.model.fields import LOCAL
from partnership.model.partnership import Partnership
from partnership.views.events import sorted_news

_ATOM = "http://www.w3.org/2005/Atom"
_MOST = 30


def exports(partnership: Partnership) -> Iterator[Export]:
    """The news feed; without news it is dated with the founding, never with the build."""
    yield Export(addresses.FEED, _feed(partnership))


def _feed(partnership: Partnership) -> bytes:
    city = partnership.city
    site = city.site_address.rstrip("/")
    news = sorted_news(partnership)[:_MOST]
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"xml:lang": "de"})
    _text(feed, "title", f"{city.name}: Aktuelles")
    _text(feed, "id", _id(site, city.short_name, addresses.NEWS))
    newest = news[0].day if news else city.founded.last
    _text(feed, "updated", _instant(datetime.combine(newest, time(), LOCAL)))
    author = ET.SubElement(feed, f"{{{_ATOM}}}author")
    _text(author, "name", city.office.name)
    if site:
        _link(feed, "self", f"{site}/{addresses.FEED}")
        _link(feed, "alternate", f"{site}/{addresses.NEWS}")
    for item in news:
        address = addresses.news(item.slug)
        entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        _text(entry, "title", item.title)
        _text(entry, "id", _id(site, city.short_name, address))
        _text(entry, "updated", _instant(datetime.combine(item.day, time(), LOCAL)))
        _text(entry, "summary", item.summary)
        # Without a known site address the link stays relative to the feed, which Atom allows.
        _link(entry, "alternate", f"{site}/{address}" if site else address)
    ET.indent(feed)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _id(site: str, name: str, address: str) -> str:

    return f"{site}/{address}" if site else f"urn:{slug(name)}:{address.strip('/')}"


def _instant(moment: datetime) -> str:
    return moment.isoformat()


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _link(parent: ET.Element, relation: str, address: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", {"rel": relation, "href": address})
