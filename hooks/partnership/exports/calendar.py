"""Calendars: all events in one file, and each in one of its own (RFC 5545)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Timezone
from icalendar import Event as CalendarEvent

from partnership import addresses
from partnership.exports.file import Export
from partnership.model.event import Event
from partnership.model.fields import LOCAL
from partnership.model.partnership import Partnership

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
    yield Export(addresses.CALENDAR, calendar(partnership, ordered))
    for event in ordered:
        yield Export(addresses.event_calendar(event.slug), calendar(partnership, [event]))


def calendar(partnership: Partnership, events: Sequence[Event]) -> bytes:
    """The given events as a calendar file."""
    found = Calendar()
    found.add("prodid", f"-//{partnership.city.short_name}//Veranstaltungen//DE")
    found.add("version", "2.0")
    found.add("x-wr-calname", f"{partnership.city.name}: Veranstaltungen")
    found.add_component(Timezone.from_ical(_BERLIN))
    for event in events:
        found.add_component(_component(partnership, event))
    return bytes(found.to_ical())


def _component(partnership: Partnership, event: Event) -> CalendarEvent:
    found = CalendarEvent()
    found.add("uid", event.uid)
    found.add("dtstamp", _stamp(event))
    found.add("sequence", event.revision)
    found.add("summary", event.title)
    found.add("dtstart", _local(event.begin))
    if event.end is not None:
        found.add("dtend", _end(event.end))
    found.add("status", "CANCELLED" if event.state == "abgesagt" else "CONFIRMED")
    if event.place:
        found.add("location", event.place)
    if event.summary:
        found.add("description", event.summary)
    site = partnership.city.site_address
    if site:
        found.add("url", f"{site.rstrip('/')}/{addresses.event(event.slug)}")
    return found


def _stamp(event: Event) -> datetime:
    """When the event was last changed: its own date, so that two builds agree."""
    return datetime.combine(event.changed or event.first_day, time(), UTC)


def _local(moment: date | datetime) -> date | datetime:
    return moment.astimezone(LOCAL) if isinstance(moment, datetime) else moment


def _end(moment: date | datetime) -> date | datetime:
    """A whole-day event ends, in a calendar file, at the beginning of the following day."""
    return _local(moment) if isinstance(moment, datetime) else moment + timedelta(days=1)
