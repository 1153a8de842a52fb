"""Calendars: all events in one file, and each in one of its own (RFC 5545)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Timezone
from icalendar import Event as CalendarEvent

from partnership.language import german
from partnership.model import addresses
from partnership.model.dates import LOCAL
from partnership.model.event import Event
from partnership.model.partnership import Partnership
from partnership.site.exports.file import Export
from partnership.site.views.events import last_change, titled

_REFRESH = timedelta(days=1)

# Europe/Berlin since 1996 (directive 2000/84/EC): last Sunday of March to last Sunday of October.
_BERLIN = b"""BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


def exports(partnership: Partnership) -> Iterator[Export]:
    """The calendar of all events, then one of each."""
    ordered = sorted(partnership.events, key=lambda event: (event.first_day, event.slug))
    name = f"{partnership.city.name}: Veranstaltungen"
    yield Export(addresses.CALENDAR, calendar(partnership, ordered, name))
    for event in ordered:
        yield Export(addresses.event_calendar(event.slug), calendar(partnership, [event]))


def calendar(partnership: Partnership, events: Sequence[Event], name: str = "") -> bytes:
    """The given events as a calendar file. Cancelled ones stay in it: only so do calendars that
    have taken them over learn of it (RFC 5545, 3.8.1.11).

    With a `name` it is a calendar to subscribe to. Without, it is one event to be put into a
    calendar of the reader's own; some programs would open a new one for anything with a name.
    """
    found = Calendar()
    found.add("prodid", f"-//{partnership.city.short_name}//Veranstaltungen//DE")
    found.add("version", "2.0")
    if name:
        # The standard's name (RFC 7986) and the older one that most programs read.
        found.add("name", name)
        found.add("x-wr-calname", name)
        found.add("refresh-interval", _REFRESH, parameters={"value": "DURATION"})
        found.add("x-published-ttl", "P1D")
    found.add_component(Timezone.from_ical(_BERLIN))
    for event in events:
        found.add_component(_component(partnership, event))
    return bytes(found.to_ical())


def _component(partnership: Partnership, event: Event) -> CalendarEvent:
    found = CalendarEvent()
    found.add("uid", event.uid)
    found.add("dtstamp", _stamp(partnership, event))
    if event.changed is not None:
        found.add("last-modified", _stamp(partnership, event))
    found.add("sequence", event.revision)
    # Many programs show no status, so the title says it as well.
    found.add("summary", titled(event))
    begin, end = _span(event)
    found.add("dtstart", begin)
    if end is not None:
        found.add("dtend", end)
    found.add("status", "CANCELLED" if event.state == "abgesagt" else "CONFIRMED")
    # What is cancelled, and a whole day, leaves the reader's time free.
    if event.state == "abgesagt" or not isinstance(begin, datetime):
        found.add("transp", "TRANSPARENT")
    if event.place:
        found.add("location", event.place)
    if event.fields:
        found.add("categories", [partnership.fields[key].name for key in event.fields])
    if description := "\n".join(_lines(event)):
        found.add("description", description)
    site = partnership.city.site_address
    if site:
        found.add("url", f"{site.rstrip('/')}/{addresses.event(event.slug)}")
    return found


def _lines(event: Event) -> Iterator[str]:
    """What else one should know, a line each."""
    if event.moved_from is not None:
        original = german.weekday_day(german.local_day(event.moved_from))
        yield f"Ursprünglich angekündigt für {original}."
    told = {
        "": event.summary,
        "Wer einlädt: ": event.organiser,
        "Online: ": event.online,
        "Anmeldung: ": event.registration,
        "Barrierefreiheit: ": event.accessibility,
    }
    yield from (f"{label}{text}" for label, text in told.items() if text)


def _stamp(partnership: Partnership, event: Event) -> datetime:
    """When the event was last changed: its own date, so that two builds agree."""
    return datetime.combine(last_change(partnership, event), time(), UTC)


def _span(event: Event) -> tuple[date | datetime, date | datetime | None]:
    """Begin and end as a calendar wants them: both moments, or both days and the end exclusive."""
    if not isinstance(event.begin, datetime):
        end = event.last_day + timedelta(days=1) if event.end is not None else None
        return event.begin, end
    if event.end is None:
        return event.begin.astimezone(LOCAL), None
    return event.begin.astimezone(LOCAL), event.over_at.astimezone(LOCAL)
