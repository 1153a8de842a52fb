"""Events and news: one file each, with prose below the front matter."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal

from partnership.model.dates import LOCAL
from partnership.model.fields import (
    ONE_WORD,
    AddressOrText,
    Day,
    FileName,
    FileRecord,
    Moment,
    Record,
    Text,
    Url,
    Whole,
    key,
)
from partnership.model.member import Source

EventState = Annotated[Literal["geplant", "verschoben", "abgesagt"], ONE_WORD]
Language = Annotated[Literal["de", "en"], ONE_WORD]


class Material(Record):
    """Something to take along: a web address, or a file in content/dateien/."""

    title: Text = key("titel", "Bezeichnung")
    url: Url | None = key("url", "Internetadresse", None)
    file: FileName | None = key("datei", "Datei in content/dateien/", None)


class Event(FileRecord):
    """An event. `uid` and `revision` are what calendars recognise it by."""

    title: Text = key("titel", "Titel")
    begin: Moment = key("beginn", "Beginn")
    end: Moment | None = key("ende", "Ende", None)
    place: Text | None = key("ort", "Ort", None)
    online: AddressOrText | None = key(
        "online", "Online-Teilnahme: ja, nein oder Internetadresse", None
    )
    organiser: Text | None = key("veranstalter", "Veranstalter", None)
    state: EventState = key("status", "Status", "geplant")
    moved_from: Moment | None = key("verschoben_von", "Ursprünglicher Beginn", None)
    registration: AddressOrText | None = key(
        "anmeldung", "Anmeldung: Adresse, E-Mail oder Hinweis", None
    )
    registration_until: Day | None = key("anmeldeschluss", "Anmeldeschluss", None)
    accessibility: Text | None = key("barrierefreiheit", "Angaben zur Barrierefreiheit", None)
    fields: tuple[Text, ...] = key("handlungsfelder", "Handlungsfelder", ())
    material: tuple[Material, ...] = key("material", "Material", ())
    summary: Text | None = key("zusammenfassung", "Worum es geht, in einem Satz", None)
    sources: tuple[Source, ...] = key("quellen", "Öffentliche Quellen", ())
    uid: Text = key("uid", "Kennung für Kalender, ändert sich nie")
    revision: Whole = key("fassung", "Fassung, bei jeder Änderung um 1 erhöht", 1)
    changed: Day | None = key("geaendert", "Tag der letzten Änderung", None)

    @property
    def first_day(self) -> date:
        """The local day on which it begins."""
        return _day(self.begin)

    @property
    def last_day(self) -> date:
        """The local day on which it ends; an event without end ends on its first day."""
        return _day(self.end) if self.end is not None else self.first_day

    @property
    def over_at(self) -> datetime:
        """The moment from which it is past: its end, or midnight after its last day."""
        if isinstance(self.end, datetime):
            return self.end
        return datetime.combine(self.last_day + timedelta(days=1), time(), LOCAL)

    def is_over(self, now: datetime) -> bool:
        """Whether it is past at `now`."""
        return self.over_at <= now


def _day(moment: date | datetime) -> date:
    return moment.astimezone(LOCAL).date() if isinstance(moment, datetime) else moment


class News(FileRecord):
    """One news item; its day is the beginning of its file's name."""

    title: Text = key("titel", "Überschrift")
    summary: Text = key("beschreibung", "Zusammenfassung in ein bis zwei Sätzen")
    sources: tuple[Source, ...] = key("quellen", "Öffentliche Quellen", ())

    @property
    def day(self) -> date:
        """The day of publication, from the file's name (checked by the rules)."""
        return date.fromisoformat(self.slug[:10])


class ProsePage(FileRecord):
    """A page of the site's own text in content/."""

    title: Text = key("titel", "Titel der Seite")
    menu: Text | None = key("menue", "Kurzer Titel für Menüs", None)
    description: Text = key("beschreibung", "Beschreibung für Suchmaschinen")
    lead: Text | None = key("vorspann", "Einleitender Satz unter dem Titel", None)
    as_of: Day | None = key("stand", "Tag der letzten inhaltlichen Änderung", None)
    language: Language = key("sprache", "Sprache der Seite", "de")
