"""Rules about events."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from partnership.language import german
from partnership.model.dates import LOCAL
from partnership.model.event import Event
from partnership.model.partnership import Partnership
from partnership.model.problems import Problem
from partnership.reading.source import Document

_NAME = re.compile(r"^\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)*$")


def file_name(event: Event, document: Document, partnership: Partnership) -> Iterator[Problem]:
    """The file begins with the day of the event, or with the day it was moved from."""
    if not _NAME.match(event.slug):
        yield document.problem(
            document.place(()),
            "dateiname",
            f"Der Dateiname „{event.slug}.md“ passt nicht.",
            f"Richtig wäre zum Beispiel {event.first_day}-{german.slug(event.title)}.md",
        )
        return
    days = {event.first_day.isoformat()}
    if event.moved_from is not None:
        days.add(german.local_day(event.moved_from).isoformat())
    if event.slug[:10] not in days:
        yield document.problem(
            document.place(("beginn",)),
            "tag",
            f"Der Dateiname beginnt mit {event.slug[:10]}, die Veranstaltung aber am"
            f" {german.day(event.first_day)}.",
            "Bei einer Verschiebung bleibt der Dateiname, und „verschoben_von“ nennt den"
            " ursprünglichen Beginn; sonst bitte den Dateinamen anpassen.",
        )


def times(event: Event, document: Document, partnership: Partnership) -> Iterator[Problem]:
    """An event ends after it begins."""
    if event.end is not None and _moment(event.end) < _moment(event.begin):
        yield document.problem(
            document.place(("ende",)),
            "reihenfolge",
            "Das Ende liegt vor dem Beginn.",
            "Bitte eines der beiden Daten berichtigen.",
        )


def _moment(value: date | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time(), LOCAL)


def moved(event: Event, document: Document, partnership: Partnership) -> Iterator[Problem]:
    """A change of time or state raises `fassung`, so that calendars take it over."""
    if event.state != "geplant" and event.revision < 2:
        yield document.problem(
            document.place(("status",)),
            "fassung",
            f"Die Veranstaltung ist {event.state}, „fassung“ steht aber noch auf {event.revision}.",
            "Bitte „fassung“ um 1 erhöhen, damit Kalender die Änderung übernehmen.",
        )


def moved_from(event: Event, document: Document, partnership: Partnership) -> Iterator[Problem]:
    """What was moved had another begin, and says so; what was not has none."""
    if event.moved_from is None:
        return
    place = document.place(("verschoben_von",))
    if event.state == "geplant":
        yield document.problem(
            place,
            "verschoben",
            "„verschoben_von“ nennt einen früheren Beginn, der Status ist aber „geplant“.",
            "Bitte „status: verschoben“ eintragen oder die Zeile löschen.",
        )
    if event.moved_from == event.begin:
        yield document.problem(
            place,
            "verschoben",
            "„verschoben_von“ und „beginn“ nennen denselben Zeitpunkt.",
            "Unter „beginn“ steht der neue, unter „verschoben_von“ der ursprüngliche.",
        )


def registration(event: Event, document: Document, partnership: Partnership) -> Iterator[Problem]:
    """Nobody can register once it is over."""
    until = event.registration_until
    if until is not None and until > event.last_day:
        yield document.problem(
            document.place(("anmeldeschluss",)),
            "reihenfolge",
            f"Der Anmeldeschluss ({german.day(until)}) liegt nach der Veranstaltung"
            f" ({german.day(event.last_day)}).",
            "Bitte eines der beiden Daten berichtigen.",
        )


def material(event: Event, document: Document, partnership: Partnership) -> Iterator[Problem]:
    """Material is an address or a file that exists."""
    for index, item in enumerate(event.material):
        place = document.place(("material", index))
        if item.url is None and item.file is None:
            yield document.problem(
                place,
                "material",
                f"Bei „{item.title}“ fehlt, wo es zu finden ist.",
                "Bitte „url“ oder „datei“ angeben.",
            )
        elif item.file and partnership.find(f"content/dateien/{item.file}") is None:
            yield document.problem(
                document.place(("material", index, "datei")),
                "datei-fehlt",
                f"Die Datei content/dateien/{item.file} gibt es nicht.",
                "Bitte dort ablegen oder den Eintrag löschen.",
            )


RULES = (file_name, times, moved, moved_from, registration, material)


def changed(event: Event, document: Document, today: date) -> Iterator[Problem]:
    """No change is from the future: calendars would take no other for newer."""
    if event.changed is not None and event.changed > today:
        yield document.problem(
            document.place(("geaendert",)),
            "zukunft",
            f"Der Tag der letzten Änderung ({german.day(event.changed)}) liegt in der Zukunft.",
            "Bitte den Tag prüfen.",
        )


def distinct(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """No two events share a `uid`."""
    seen: dict[str, str] = {}
    for event in partnership.events:
        other = seen.setdefault(event.uid, event.path)
        if other != event.path:
            document = documents[event.path]
            yield document.problem(
                document.place(("uid",)),
                "doppelt",
                f"Die Kennung „{event.uid}“ gehört schon zu {other}.",
                "Bitte eine eigene Kennung vergeben; sie darf sich später nicht ändern.",
            )
