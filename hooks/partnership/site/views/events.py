"""Events and news, correct on the build day; browsers correct what has passed since."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from partnership.language import german
from partnership.language.markup import to_html
from partnership.model import addresses
from partnership.model.dates import LOCAL
from partnership.model.event import Event, News
from partnership.model.partnership import Partnership
from partnership.model.values import is_mail, web
from partnership.site.views.common import FieldRef, Link, SourceView, field_ref, source_views

STATE_LABEL = {"geplant": "", "verschoben": "Verschoben", "abgesagt": "Abgesagt"}


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event in a list. `over_at` lets a browser move it to the past later than the build."""

    title: str
    address: str
    day: str
    month: str
    year: str
    iso: str
    when: str
    place: str
    state: str
    state_label: str
    summary: str
    over: bool
    over_at: str
    online: bool


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event's page."""

    card: EventCard
    programme_title: str
    programme_html: Markup
    organiser: str
    online: Link | None
    online_text: str
    moved_from: str
    registration: Link | None
    registration_text: str
    registration_until: str
    accessibility: str
    fields: tuple[FieldRef, ...]
    material: tuple[Link, ...]
    sources: tuple[SourceView, ...]
    calendar: str
    updated: str


@dataclass(frozen=True, slots=True)
class EventList:
    """All events: upcoming ones soonest first, past ones latest first."""

    upcoming: tuple[EventCard, ...]
    past: tuple[EventCard, ...]


@dataclass(frozen=True, slots=True)
class NewsCard:
    """A news item in a list."""

    title: str
    address: str
    day: str
    iso: str
    summary: str


def event_card(event: Event, now: datetime) -> EventCard:
    """An event as a card, seen at `now`."""
    first = event.first_day
    online = (event.online or "").strip().casefold()
    return EventCard(
        title=event.title,
        address=addresses.event(event.slug),
        day=str(first.day),
        month=german.month_name(first, short=True),
        year=str(first.year),
        iso=event.begin.isoformat(),
        when=when(event),
        place=event.place or ("online" if online and online != "nein" else ""),
        state=event.state,
        state_label=STATE_LABEL[event.state],
        summary=event.summary or "",
        over=event.is_over(now),
        over_at=event.over_at.astimezone(LOCAL).isoformat(),
        online=bool(online) and online != "nein",
    )


def when(event: Event) -> str:
    """„Donnerstag, 3. Dezember 2026, 18:00 bis 20:00 Uhr“, also over several days."""
    end = german.clock(event.end) if isinstance(event.end, datetime) else ""
    text = german.weekday_day(event.first_day)
    if isinstance(event.begin, datetime):
        text += f", {german.clock(event.begin)}"
    if event.last_day != event.first_day:
        text += f" bis {german.weekday_day(event.last_day)}" + (f", {end}" if end else "")
    elif end:
        text = f"{text.removesuffix(' Uhr')} bis {end}"
    return text


def titled(event: Event) -> str:
    """The title where no other sign tells the state: „Abgesagt: Praxistag“."""
    label = STATE_LABEL[event.state]
    return f"{label}: {event.title}" if label else event.title


def event_in_words(event: Event) -> str:
    """When, where and what in a line of text."""
    told = (when(event), event.place, event.summary)
    return ". ".join(part.rstrip(".") for part in told if part) + "."


def last_change(partnership: Partnership, event: Event) -> date:
    """The day an event was last changed.

    Where the file does not say it, the founding of the partnership: a day before any real change,
    so that no program takes the change for older than what it has.
    """
    return event.changed or partnership.city.founded.first


def event_list(partnership: Partnership, now: datetime) -> EventList:
    """Every event, sorted by whether it is over at `now`."""
    ordered = sorted(partnership.events, key=lambda event: (event.first_day, event.over_at))
    cards = [event_card(event, now) for event in ordered]
    return EventList(
        upcoming=tuple(card for card in cards if not card.over),
        past=tuple(card for card in reversed(cards) if card.over),
    )


def event_page(partnership: Partnership, event: Event, now: datetime) -> EventPage:
    """An event's page."""
    online = event.online or ""
    registration = event.registration or ""
    has_own_title = event.body.lstrip().startswith("#")
    return EventPage(
        card=event_card(event, now),
        programme_title="" if has_own_title else "Programm",
        programme_html=to_html(event.body, top=2 if has_own_title else 3),
        organiser=event.organiser or "",
        online=Link("Online teilnehmen", online, external=True) if web(online) else None,
        online_text="" if web(online) else _online_text(online),
        moved_from=german.weekday_day(german.local_day(event.moved_from))
        if event.moved_from
        else "",
        registration=_registration(registration),
        registration_text="" if _registration(registration) else registration,
        registration_until=german.day(event.registration_until) if event.registration_until else "",
        accessibility=event.accessibility or "",
        fields=tuple(field_ref(partnership, key) for key in event.fields),
        material=tuple(
            Link(item.title, item.url, external=True)
            if item.url
            else Link(item.title, f"dateien/{item.file}")
            for item in event.material
        ),
        sources=source_views(event.sources),
        calendar=addresses.event_calendar(event.slug),
        updated=(event.changed or german.local_day(now)).isoformat(),
    )


def _online_text(online: str) -> str:
    known = {"ja": "Die Veranstaltung findet (auch) online statt.", "nein": "", "": ""}
    return known.get(online.strip().casefold(), online)


def _registration(text: str) -> Link | None:
    if web(text):
        return Link("Zur Anmeldung", text, external=True)
    if is_mail(text):
        return Link(text, f"mailto:{text}", external=True)
    return None


def news_list(partnership: Partnership) -> tuple[NewsCard, ...]:
    """All news, newest first."""
    return tuple(news_card(item) for item in sorted_news(partnership))


def sorted_news(partnership: Partnership) -> list[News]:
    """News, newest first; of one day in the order of their names."""
    return sorted(partnership.news, key=lambda item: (-item.day.toordinal(), item.slug))


def news_card(item: News) -> NewsCard:
    """A news item as a card."""
    return NewsCard(
        item.title,
        addresses.news(item.slug),
        german.day(item.day),
        item.day.isoformat(),
        item.summary,
    )
