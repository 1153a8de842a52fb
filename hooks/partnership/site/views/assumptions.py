"""Assumptions and factors as visitors read them: what they mean, in which unit, where from.

Shared by the page of estimates and the calculators.
"""

from dataclasses import dataclass

from partnership.figures.effects import Definition
from partnership.figures.effects.definition import NEW, OLD
from partnership.figures.effects.formula import Range
from partnership.language import german
from partnership.model.estimate import Estimate, Factor, FoundSource

# What a value is called; where it depends on the procedure, by that.
_NAMES = {
    "anteil": "Anteil der Wege, die vorher mit dem Auto zurückgelegt wurden",
    "anteil vermeidung": "Anteil der Wege, die sonst mit dem Auto zurückgelegt würden",
    "anteil fahrzeug": "Anteil der Fahrten, die vorher ein Auto oder Transporter machte",
    "tage": "Tage im Jahr",
    "km": "Kilometer, einfacher Weg",
    "km fahrzeug": "Kilometer am Tag",
    "km_jahr": "Kilometer je Fahrzeug im Jahr",
    "personen": "Personen im Auto, das nicht mehr fährt",
}
PER_VEHICLE, PER_PERSON = "Fahrzeugkilometer", "Personenkilometer"
HUNDRED = 100
_OF_ONES_OWN = (
    "Haben Sie einen eigenen Wert, tragen Sie ihn ein; bisher und neu mit derselben Systemgrenze."
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from; `kind` is empty where it is the first source."""

    title: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class AssumptionView:
    """One visible value with its lower and upper end (empty where it is not known), `unit` behind
    the numbers, and where it comes from.
    """

    key: str
    name: str
    unit: str
    low: str
    high: str
    origins: tuple[Origin, ...]
    reason: str

    @property
    def shown(self) -> str:
        """Both ends in one, or the one they are."""
        ends = self.low if self.low == self.high else f"{self.low} bis {self.high}"
        return f"{ends} {self.unit}".rstrip()


def assumptions(assumed: Estimate, made: Definition) -> tuple[AssumptionView, ...]:
    """Each assumption, with the example where it has no range."""
    found = []
    for key, each in assumed.assumptions.items():
        name = _NAMES.get(f"{key} {assumed.procedure}", _NAMES[key])
        low, high = ends(key, made.examples[key])
        found.append(
            AssumptionView(
                key,
                name,
                "%" if key == "anteil" else "",
                low,
                high,
                tuple(map(_origin, each.sources)),
                each.reason or "",
            )
        )
    return tuple(found)


def factors(assumed: Estimate, made: Definition) -> tuple[AssumptionView, ...]:
    """What is assumed of vehicles before and after, in grams."""
    by_vehicle = assumed.procedure == "fahrzeug"
    found = [_grams("Bisher", OLD, made, made.old, per_vehicle=True)] if made.old else []
    if made.new and assumed.procedure != "vermeidung":
        found.append(_grams("Neu", NEW, made, made.new, per_vehicle=by_vehicle))
    return tuple(found)


def _grams(
    when: str, key: str, made: Definition, found: tuple[Factor, ...], *, per_vehicle: bool
) -> AssumptionView:
    low, high = ends(key, made.ranges[key])
    told = " ".join(_told(each, per_vehicle=per_vehicle) for each in found)
    unit = PER_VEHICLE if per_vehicle else PER_PERSON
    names = german.listing((each.name for each in found), "oder")
    return AssumptionView(key, f"{when}: {names}, g CO₂e je {unit}", "", low, high, (), told)


def _told(factor: Factor, *, per_vehicle: bool) -> str:
    """A factor in a sentence, with how it is made one per vehicle."""
    if factor.value is None:
        return f"{factor.note or factor.name} {_OF_ONES_OWN}"
    text = f"{factor.name}: {german.number(factor.value)}"
    if per_vehicle and factor.persons:
        text += f" × {german.number(factor.persons)} Personen"
    return f"{text}. {factor.note or ''}".rstrip()


def ends(key: str, span: Range | None) -> tuple[str, str]:
    """Both ends of a range as a visitor would type them; shares in percent."""
    if span is None:
        return "", ""
    scale = HUNDRED if key == "anteil" else 1
    low, high = (german.typed(each * scale) for each in span)
    return low, high


def _origin(source: FoundSource) -> Origin:
    return Origin(source.title, source.url or "", source.kind or "")
