"""What an estimate of effects rests on: assumptions, each with its own origin, and families of
emission factors.

A family is what may be reckoned with together: one publisher, one year, one system boundary.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from partnership.model.fields import (
    ONE_WORD,
    Day,
    Key,
    Number,
    Prose,
    Record,
    Text,
    Url,
    Whole,
    key,
)

Procedure = Annotated[Literal["verlagerung", "vermeidung", "fahrzeug"], ONE_WORD]
Pair = tuple[Number, Number]
_NOTE = "Interne Notiz, nie veröffentlicht"


class FoundSource(Record):
    """Where a factor or an assumption was found."""

    title: Text = key("titel", "Titel, mit dem, was die Quelle sagt")
    url: Url | None = key("url", "Internetadresse", None)
    retrieved: Day | None = key("abruf", "Tag des Abrufs", None)
    kind: Text | None = key("art", "Art der Quelle, wenn sie nicht die erste ist", None)


class Assumption(Record):
    """A range within an estimate. Without one nothing is estimated; the calculator then begins
    with the example, or with an empty field.
    """

    span: Pair | None = key("spanne", "Kleinster und größter Wert", None)
    example: Pair | None = key("beispiel", "Womit der Rechner beginnt, wo nichts belegt ist", None)
    sources: tuple[FoundSource, ...] = key("quellen", "Quellen", ())
    reason: Text | None = key("begruendung", "Warum gerade diese Werte, oder warum keine", None)
    internal_note: Prose | None = key("notiz_intern", _NOTE, None)


class Estimate(Record):
    """How the effects of a measure are reckoned, and from which assumptions."""

    procedure: Procedure = key("verfahren", "Verfahren: verlagerung, vermeidung oder fahrzeug")
    family: Key | None = key("familie", "Familie der Emissionsfaktoren", None)
    old: Key | None = key("von", "Bisheriges Verkehrsmittel", None)
    new: Key | None = key("nach", "Neues Verkehrsmittel", None)
    share: Assumption = key("anteil", "Anteil, der vorher so unterwegs war, von 0 bis 1")
    days: Assumption | None = key("tage", "Tage im Jahr", None)
    km: Assumption | None = key("km", "Kilometer: einfacher Weg, oder Strecke am Tag", None)
    yearly_km: Assumption | None = key("km_jahr", "Kilometer je Fahrzeug im Jahr", None)
    persons: Assumption | None = key("personen", "Personen im Auto, das nicht mehr fährt", None)
    no_co2e: Text | None = key("ohne_co2e", "Warum nur Kilometer geschätzt werden", None)

    @property
    def assumptions(self) -> Mapping[str, Assumption]:
        """The assumptions that are made, by their German keys."""
        found = {
            str(field.alias): getattr(self, name) for name, field in type(self).model_fields.items()
        }
        return {name: each for name, each in found.items() if isinstance(each, Assumption)}

    @property
    def is_complete(self) -> bool:
        """Whether each assumption has a range that may stand for all companies."""
        return all(each.span is not None for each in self.assumptions.values())


class Cost(Record):
    """What a measure costs the company for each who takes part."""

    name: Text = key("name", "Was es kostet, mit Einheit")
    times: Whole = key("mal", "Wie oft im Jahr")
    example: Number = key("beispiel", "Beispielzahl")


class Calculator(Record):
    """What the calculator on a type's page begins with, beside the assumptions of the estimate."""

    title: Text = key("titel", "Überschrift, als Frage")
    users: Whole = key("beteiligte", "Beispielzahl")
    cost: Cost = key("kosten", "Kosten")


class Factor(Record):
    """An emission factor; without a value the slot stays empty and says why."""

    name: Text = key("name", "Name")
    mode: Key | None = key("verkehrsmittel", "Verkehrsmittel, für dessen Spanne er gilt", None)
    value: Number | None = key("wert", "Wert", None)
    unit: Text = key("einheit", "Einheit")
    persons: Number | None = key("personen", "Bei Autos: Personen, die im Wert stecken", None)
    boundary: Text | None = key("systemgrenze", "Grenze, wo sie von der Familie abweicht", None)
    note: Text | None = key("hinweis", "Hinweis", None)
    internal_note: Prose | None = key("notiz_intern", _NOTE, None)


class Family(Record):
    """Factors that may be reckoned with together."""

    title: Text = key("titel", "Titel der Veröffentlichung")
    publisher: Text = key("herausgeber", "Wer sie herausgibt, und das Rechenmodell")
    year: Whole = key("jahr", "Bezugsjahr")
    boundary: Text = key("systemgrenze", "Systemgrenze")
    source: FoundSource = key("quelle", "Quelle")
    preliminary: Text | None = key("vorlaeufig", "Warum die Werte vorläufig sind", None)
    internal_note: Prose | None = key("notiz_intern", _NOTE, None)
    factors: dict[Key, Factor] = key("werte", "Werte")

    def of_mode(self, mode: str) -> tuple[Factor, ...]:
        """The factors of a mode of transport, also those without a value."""
        return tuple(each for each in self.factors.values() if each.mode == mode)

    @property
    def modes(self) -> Iterable[str]:
        """The modes of transport it knows, each once."""
        return dict.fromkeys(each.mode for each in self.factors.values() if each.mode)
