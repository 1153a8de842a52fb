"""A member company, its measures, and what follows from their dates alone."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import ConfigDict
from pydantic import Field as PydanticField

from partnership.model.dates import PartialDate
from partnership.model.fields import (
    ONE_WORD,
    Day,
    FileName,
    FileRecord,
    Key,
    Mail,
    Number,
    NumberOrYears,
    Postcode,
    Prose,
    Record,
    Text,
    Url,
    When,
    Whole,
    Year,
    YesNo,
    key,
)

# The dates of a measure by their keys in a file. All but the goal are steps, which make a status.
DateKey = Annotated[Literal["geplant", "ziel", "laufend", "umgesetzt", "eingestellt"], ONE_WORD]
DATE_KEYS: tuple[DateKey, ...] = ("geplant", "ziel", "laufend", "umgesetzt", "eingestellt")
Status = Literal["geplant", "laufend", "umgesetzt", "eingestellt"]
STATUSES: tuple[Status, ...] = ("geplant", "laufend", "umgesetzt", "eingestellt")

Publication = Annotated[Literal["einzeln", "nur_summe"], ONE_WORD]
Respondent = Annotated[Literal["unternehmen", "geschaeftsstelle"], ONE_WORD]
Confirmation = Annotated[Literal["unternehmen", "oeffentliche_quelle"], ONE_WORD]


class Source(Record):
    """A published place that says something about the company."""

    title: Text = key("titel", "Titel der Veröffentlichung")
    url: Url = key("url", "Internetadresse")
    retrieved: Day = key("abruf", "Tag des Abrufs")
    says: Text | None = key("sagt", "Was die Quelle aussagt, in eigenen Worten", None)


class Address(Record):
    """Where the company is."""

    street: Text | None = key("strasse", "Straße und Hausnummer", None)
    postcode: Postcode | None = key("plz", "Postleitzahl", None)
    town: Text | None = key("ort", "Ort", None)


class Answer(Record):
    """One answered questionnaire."""

    as_of: Day = key("stand", "Tag der Antwort")
    given_by: Respondent = key("von", "Wer geantwortet hat")


class Measure(Record):
    """One measure a company declares. Each step keeps its date; the status follows from them."""

    type: Text = key("typ", "Maßnahmentyp", description="Schlüssel aus data/massnahmentypen.yml")
    title: Text | None = key("titel", "Bezeichnung im Unternehmen", None)
    planned: When | None = key("geplant", "Geplant seit", None)
    goal: When | None = key("ziel", "Umsetzung vorgesehen bis", None)
    moved_to: tuple[When, ...] = key("verschoben_auf", "Ziel verschoben auf", ())
    running: When | None = key("laufend", "In Umsetzung seit", None)
    done: When | None = key("umgesetzt", "Umgesetzt seit", None)
    ended: When | None = key("eingestellt", "Eingestellt seit", None)
    extent: NumberOrYears | None = key("umfang", "Umfang in der Einheit des Typs", None)
    publication: Publication = key(
        "veroeffentlichung", "Veröffentlichung: einzeln oder nur_summe", "einzeln"
    )
    description: Text | None = key("beschreibung", "Kurze Beschreibung", None)
    sources: tuple[Source, ...] = key("quellen", "Quellen zu dieser Maßnahme", ())

    @property
    def is_public(self) -> bool:
        """Whether the measure may be shown for its company."""
        return self.publication == "einzeln"

    @property
    def dates(self) -> Mapping[DateKey, PartialDate | None]:
        """Each date by its key, None where it is not given."""
        return {
            "geplant": self.planned,
            "ziel": self.goal,
            "laufend": self.running,
            "umgesetzt": self.done,
            "eingestellt": self.ended,
        }

    @property
    def goals(self) -> tuple[PartialDate, ...]:
        """The goal the company set itself first, by which it is measured, then each it was moved
        to; the last one holds.
        """
        return () if self.goal is None else (self.goal, *self.moved_to)

    @property
    def steps(self) -> tuple[tuple[Status, PartialDate], ...]:
        """The dated steps that are given, in the order in which they follow each other."""
        # Every statistic asks every measure, often for many days: no mapping is made on the way.
        dated = (self.planned, self.running, self.done, self.ended)
        return tuple(
            (step, when) for step, when in zip(STATUSES, dated, strict=True) if when is not None
        )

    def status(self, day: date) -> Status | None:
        """The status on `day`: the last step that counts by then.

        A step counts from the last day its date can mean. Before the first one counts, but within
        its month or year, the measure is planned; earlier it does not exist (None).
        """
        current: Status | None = None
        for status, when in self.steps:
            if when.last <= day:
                current = status
            elif when.first <= day and current is None:
                current = "geplant"
        return current

    def stage(self, day: date) -> Status:
        """The status on `day`; planned as long as no step counts."""
        return self.status(day) or "geplant"

    def is_in_force(self, day: date) -> bool:
        """Whether it is running or done on `day`."""
        return self.status(day) in {"laufend", "umgesetzt"}

    def has_ended(self, day: date) -> bool:
        """Whether it has been given up by `day`."""
        return self.status(day) == "eingestellt"

    def is_going_on(self, day: date) -> bool:
        """Whether it is planned, running or done on `day`: there, and not given up."""
        return self.status(day) is not None and not self.has_ended(day)

    @property
    def extents(self) -> Mapping[int | None, Decimal]:
        """The declared extent by year; a single number without year stands under None."""
        if self.extent is None:
            return {}
        if isinstance(self.extent, dict):
            return dict(sorted(self.extent.items()))
        return {None: self.extent}

    @property
    def latest_extent(self) -> tuple[int | None, Decimal] | None:
        """The newest declared extent and its year."""
        return list(self.extents.items())[-1] if self.extents else None


class YearFigures(Record):
    """Key figures of one year, keyed as under `kennzahlen` in data/fragebogen.yml."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Number] = PydanticField(init=False)

    publication: Publication = key(
        "veroeffentlichung", "Veröffentlichung: einzeln oder nur_summe", "nur_summe"
    )

    @property
    def is_public(self) -> bool:
        """Whether the figures may be shown for their company."""
        return self.publication == "einzeln"

    @property
    def values(self) -> Mapping[str, Decimal]:
        """Figure by key."""
        return self.__pydantic_extra__ or {}


class Member(FileRecord):
    """A company of the partnership, as its file tells it. `slug` is the file's name."""

    name: Text = key("name", "Name des Unternehmens")
    sector: Text = key("branche", "Branche", description="Schlüssel aus data/branchen.yml")
    joined: When | None = key("beitritt", "Beitritt zur Partnerschaft", None)
    left: When | None = key("austritt", "Austritt aus der Partnerschaft", None)
    is_listed: YesNo = key("oeffentlich", "Wird auf der Website gezeigt", True)
    district: Text | None = key("stadtbezirk", "Stadtbezirk", None)
    address: Address | None = key("anschrift", "Anschrift", None)
    website: Url | None = key("website", "Internetauftritt", None)
    contact: Mail | None = key("kontakt", "E-Mail-Adresse einer Funktion, nie einer Person", None)
    logo: FileName | None = key("logo", "Logo (Datei in members/logos/)", None)
    employees: Whole | None = key("beschaeftigte", "Beschäftigte an den Standorten der Stadt", None)
    answers: tuple[Answer, ...] = key("auskunft", "Beantwortete Fragebögen", ())
    figures: dict[Year, YearFigures] = key(
        "kennzahlen", "Kennzahlen je Jahr", {}, "Schlüssel aus data/fragebogen.yml"
    )
    confirmation: Confirmation = key("bestaetigung", "Wer die Angaben bestätigt hat")
    sources: tuple[Source, ...] = key("quellen", "Öffentliche Quellen", ())
    measures: tuple[Measure, ...] = key("massnahmen", "Maßnahmen", ())
    internal_note: Prose | None = key("notiz_intern", "Interne Notiz, nie veröffentlicht", None)
    former: tuple[Key, ...] = key("frueher", "Frühere Adressen (Dateinamen)", ())

    @property
    def is_confirmed(self) -> bool:
        """Whether the company itself answered; otherwise published sources speak."""
        return self.confirmation == "unternehmen"

    @property
    def public_measures(self) -> tuple[Measure, ...]:
        """The measures that may be shown for this company."""
        return tuple(measure for measure in self.measures if measure.is_public)

    @property
    def last_answer(self) -> Answer | None:
        """The newest answered questionnaire."""
        return max(self.answers, key=lambda answer: answer.as_of, default=None)

    def is_member(self, day: date) -> bool:
        """Whether the company belongs to the partnership on `day`.

        Without a known day of joining it counts from the beginning: that it is a member is known,
        since when is not. It counts from the earliest day the date of its joining can mean, up to
        and including the last day the date of its leaving can mean.
        """
        if self.left is not None and self.left.last < day:
            return False
        return self.joined is None or self.joined.earliest <= day
