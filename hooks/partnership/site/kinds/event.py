"""The page of an event."""

from collections.abc import Iterable

from partnership.language import german
from partnership.model import addresses
from partnership.model.event import Event
from partnership.model.markers import plain
from partnership.site.build import Build
from partnership.site.kinds.kind import Found, Kind
from partnership.site.views import events, linked_data
from partnership.site.views.shell import PageFrame


class Events(Kind[Event, events.EventPage]):
    """A page for each event, past ones too."""

    name = "event"

    def subjects(self, build: Build) -> Iterable[Event]:
        """Every event."""
        return build.partnership.events

    def address(self, subject: Event) -> str:
        """By the name of its file."""
        return addresses.event(subject.slug)

    def view(self, build: Build, subject: Event) -> events.EventPage:
        """When, where, how to take part."""
        return events.event_page(build.partnership, subject, build.now)

    def frame(self, build: Build, subject: Event, view: events.EventPage) -> PageFrame:
        """Below the events."""
        return PageFrame(
            address=self.address(subject),
            title=subject.title,
            description=subject.summary or f"{subject.title}, {view.card.when}",
            crumbs=(addresses.EVENTS,),
            source=subject.path,
            updated=view.updated,
            about=linked_data.event(build.partnership, subject),
            scripts=("assets/js/events.js",),
        )

    def found(self, build: Build, subject: Event) -> Iterable[Found]:
        """By its title, place and programme."""
        shown = german.listing(filter(None, (events.when(subject), subject.place)), last="·")
        words = f"{subject.summary or ''} {plain(subject.body)}"
        yield Found(subject.title, "Veranstaltung", shown, words)

    def picture(self, build: Build, subject: Event) -> tuple[str, str]:
        """Its title and its time."""
        return events.titled(subject), events.when(subject)
