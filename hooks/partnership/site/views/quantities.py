"""What an estimate comes to, in words: the same on the page of estimates and in a calculator, whose
script gets these sentences.
"""

from dataclasses import dataclass

from partnership.figures.effects import Outcome
from partnership.language import german

# What stands for an outcome; a single case is no range.
RANGE = "{low} bis {high} {unit}"
SINGLE = "rund {median} {unit}"
LIKELY = "Mitte: {median}. In 90 von 100 gerechneten Fällen: {p5} bis {p95}."


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that is `factor` times smaller than the formula's: in a range, and short."""

    factor: int
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is reckoned; the second unit is taken where all of it is below one of the first."""

    units: tuple[Unit, ...]


CARS = Quantity((Unit(1, "Autokilometer", "km"),))
KM = Quantity((Unit(1, "km", "km"),))
CO2E = Quantity((Unit(1, "t CO₂e", "t"), Unit(1000, "kg CO₂e", "kg")))


@dataclass(frozen=True, slots=True)
class Told:
    """An outcome in words; `likely` is empty where it is no range."""

    range: str
    likely: str


def unit_of(outcome: Outcome, quantity: Quantity) -> Unit:
    """The unit an outcome is told in."""
    first, *smaller = quantity.units
    least, most = outcome.shown.low, outcome.shown.high
    return smaller[0] if smaller and least > -1 and most < 1 else first


def tell(outcome: Outcome, quantity: Quantity) -> Told:
    """An outcome in words."""
    unit = unit_of(outcome, quantity)
    shown = outcome.times(unit.factor)
    values = {
        name: german.exact(value)
        for name, value in (
            *(("low", shown.low), ("p5", shown.p5), ("median", shown.median)),
            *(("p95", shown.p95), ("high", shown.high)),
        )
    }
    if outcome.low.result == outcome.high.result:
        return Told(SINGLE.format(**values, unit=unit.name), "")
    return Told(RANGE.format(**values, unit=unit.name), LIKELY.format(**values))
