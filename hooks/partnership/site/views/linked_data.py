"""What a page is about, for machines: schema.org terms as JSON-LD.

The block in a page is data, never run; whatever it holds can neither end it nor begin markup.
Addresses are absolute where the site's own is known, otherwise relative to the page.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from partnership.model import addresses
from partnership.model.dates import LOCAL
from partnership.model.event import Event
from partnership.model.fillin import known
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.values import web

Thing = Mapping[str, Any]

_CONTEXT = "https://schema.org"
_STATUS = {
    "geplant": "EventScheduled",
    "verschoben": "EventRescheduled",
    "abgesagt": "EventCancelled",
}
# Inside <script> only these signs could end the block or open a comment.
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def as_block(thing: Thing) -> Markup:
    """The content of a `<script type="application/ld+json">`."""
    return as_data({"@context": _CONTEXT, **thing})


def as_data(value: Mapping[str, Any]) -> Markup:
    """The content of a block of data in a page: JSON that no sign in it can end."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))  # noqa: S704 - no sign of markup is left


def address(partnership: Partnership, here: str, target: str) -> str:
    """`target` as it is written on the page at `here`."""
    site = partnership.city.site_address
    return f"{site.rstrip('/')}/{target}" if site else addresses.from_to(here, target)


def organisation(partnership: Partnership, here: str) -> Thing:
    """The partnership itself."""
    city, office = partnership.city, partnership.city.office
    return {
        "@type": "Organization",
        "@id": f"{address(partnership, here, addresses.HOME)}#partnerschaft",
        "name": city.name,
        "alternateName": city.long_name,
        "description": city.summary,
        "url": address(partnership, here, addresses.HOME),
        "logo": address(partnership, here, addresses.ICON),
        "foundingDate": str(city.founded),
        "areaServed": {"@type": "City", "name": city.town},
        "founder": [
            _stated({"@type": "Organization", "name": each.name, "url": web(each.website) or None})
            for each in city.partners
            if known(each.name)
        ],
        "contactPoint": _stated(
            {
                "@type": "ContactPoint",
                "name": office.name,
                "url": address(partnership, here, addresses.CONTACT),
                "email": known(office.mail) or None,
                "telephone": known(office.phone) or None,
                "availableLanguage": "de",
            }
        ),
    }


def member(partnership: Partnership, company: Member, day: date) -> Thing:
    """A company, and that it is a member; of one that has left by `day` the latter is not said."""
    here, city = addresses.member(company.slug), partnership.city
    sector = partnership.sectors[company.sector].name
    joined = {
        "@type": "Organization",
        "@id": f"{address(partnership, here, addresses.HOME)}#partnerschaft",
        "name": city.name,
        "url": address(partnership, here, addresses.HOME),
    }
    return _stated(
        {
            "@type": "Organization",
            "@id": f"{address(partnership, here, here)}#unternehmen",
            "name": company.name,
            "url": address(partnership, here, here),
            "sameAs": web(company.website) or None,
            "knowsAbout": sector,
            "numberOfEmployees": (
                {"@type": "QuantitativeValue", "value": company.employees}
                if company.employees is not None
                else None
            ),
            "memberOf": joined if company.is_member(day) else None,
        }
    )


def event(partnership: Partnership, event: Event) -> Thing:
    """An event."""
    here = addresses.event(event.slug)
    online = (event.online or "").strip()
    takes_part_online = bool(online) and online.casefold() != "nein"
    places: list[Thing] = []
    if event.place:
        name, _, rest = event.place.partition(",")
        places.append(_stated({"@type": "Place", "name": name, "address": rest.strip() or None}))
    if takes_part_online:
        where = web(online) or address(partnership, here, here)
        places.append({"@type": "VirtualLocation", "url": where})
    mode = "Mixed" if len(places) > 1 else "Online" if takes_part_online else "Offline"
    return _stated(
        {
            "@type": "Event",
            "name": event.title,
            "description": event.summary,
            "url": address(partnership, here, here),
            "identifier": event.uid,
            "startDate": _iso(event.begin),
            "endDate": _iso(event.end) if event.end is not None else None,
            "previousStartDate": _iso(event.moved_from) if event.moved_from else None,
            "eventStatus": f"{_CONTEXT}/{_STATUS[event.state]}",
            "eventAttendanceMode": f"{_CONTEXT}/{mode}EventAttendanceMode",
            "location": places or None,
            "organizer": {
                "@type": "Organization",
                "name": event.organiser or partnership.city.name,
            },
            "inLanguage": "de",
        }
    )


def dataset(partnership: Partnership, day: date, files: Iterable[tuple[str, str, str]]) -> Thing:
    """The open data as of `day`; each file is an address, a media type and a title."""
    here, city = addresses.DATA, partnership.city
    return {
        "@type": "Dataset",
        "@id": f"{address(partnership, here, here)}#daten",
        "name": f"{city.name}: offene Daten",
        "description": f"Mitglieder, Maßnahmen, Statistik und Termine. {city.summary}",
        "url": address(partnership, here, here),
        "license": city.licence.url,
        "isAccessibleForFree": True,
        "inLanguage": "de",
        "dateModified": day.isoformat(),
        "temporalCoverage": f"{city.founded}/..",
        "spatialCoverage": {"@type": "City", "name": city.town},
        "creator": {
            "@type": "Organization",
            "@id": f"{address(partnership, here, addresses.HOME)}#partnerschaft",
            "name": city.name,
            "url": address(partnership, here, addresses.HOME),
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "name": title,
                "encodingFormat": media,
                "contentUrl": address(partnership, here, path),
            }
            for path, media, title in files
        ],
    }


def _stated(thing: Thing) -> Thing:
    """Only what is known: a missing value is left out, never empty."""
    return {name: value for name, value in thing.items() if value is not None}


def _iso(moment: date | datetime) -> str:
    return (moment.astimezone(LOCAL) if isinstance(moment, datetime) else moment).isoformat()
