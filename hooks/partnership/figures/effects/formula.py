"""A formula as a sum of products, and what it yields when its values are ranges.

The range runs between the least and the greatest result over all corners, that is over every
combination of the ends of its values; it is reckoned in fractions, without rounding.

Beside it stands what comes out mostly. `POINTS` points are spread over the ranges, each value as
likely as any other of its range and independent of the others. They are no random numbers but a
Halton sequence (J. H. Halton, 1960), which covers the ranges more evenly: for the n-th point, from
1, a value's place in its range is n written in the value's base, its digits mirrored at the point
(n = 6 in base 2 is 110, its place 0.011, three eighths). So every computer and every language has
the same points. Of the results in order of size, those at `RANKS` are the lower end of the middle
90 %, the median, and the upper end.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias, TypeVar

POINTS = 1000
RANKS = (50, 500, 950)
# A prime for each value that may have a range; a formula has either the one or the other km.
BASES: Mapping[str, int] = {
    "anteil": 2,
    "tage": 3,
    "km": 5,
    "km_jahr": 5,
    "personen": 7,
    "alt": 11,
    "neu": 13,
}
# Twelve digits are known for sure, whatever the rounding of the processor; two are shown.
KNOWN_DIGITS = 12
SHOWN_DIGITS = 2

Range: TypeAlias = tuple[Fraction, Fraction]
Amount = TypeVar("Amount", Fraction, float)


@dataclass(frozen=True, slots=True)
class Term:
    """A product of the values named in `times`, divided by those in `over`, added or taken away."""

    times: tuple[str, ...]
    over: tuple[str, ...] = ()
    sign: int = 1

    @property
    def names(self) -> tuple[str, ...]:
        """The values it needs."""
        return (*self.times, *self.over)


Formula: TypeAlias = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Corner:
    """An end of a range: the result, and the values it comes from."""

    result: Fraction
    values: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Shown:
    """What an outcome is told as: two significant digits, ends rounded outwards."""

    low: Decimal
    p5: Decimal
    median: Decimal
    p95: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a formula yields: both ends of the range, and of the middle 90 % the ends and the
    median, all in the formula's unit and not rounded.
    """

    low: Corner
    high: Corner
    p5: float
    median: float
    p95: float

    @property
    def shown(self) -> Shown:
        """The outcome as it is told."""
        return self.times(1)

    def times(self, factor: int) -> Shown:
        """The outcome as it is told in a unit that is `factor` times smaller."""
        return Shown(
            rounded(self.low.result * factor, -1),
            rounded(self.p5 * factor, -1),
            rounded(self.median * factor),
            rounded(self.p95 * factor, 1),
            rounded(self.high.result * factor, 1),
        )


def names(formula: Formula) -> tuple[str, ...]:
    """The values a formula needs, each once."""
    return tuple(dict.fromkeys(name for term in formula for name in term.names))


def result(formula: Formula, values: Mapping[str, Amount], zero: Amount) -> Amount:
    """The sum, worked out from left to right (so floats agree with those of other languages)."""
    total = zero
    for term in formula:
        product = zero + term.sign
        for name in term.times:
            product *= values[name]
        for name in term.over:
            product /= values[name]
        total += product
    return total


def outcome(formula: Formula, ranges: Mapping[str, Range]) -> Outcome:
    """What `formula` yields. `ranges` has every value it needs."""
    needed = names(formula)
    ends = [tuple(dict.fromkeys(ranges[name])) for name in needed]
    corners = []
    for chosen in itertools.product(*ends):
        values = dict(zip(needed, chosen, strict=True))
        corners.append(Corner(result(formula, values, Fraction()), values))
    # Corners alike in their result: the first.
    low = min(corners, key=lambda corner: corner.result)
    high = max(corners, key=lambda corner: corner.result)
    found = sorted(_simulated(formula, {name: ranges[name] for name in needed}))
    p5, median, p95 = (found[rank - 1] for rank in RANKS)
    return Outcome(low, high, p5, median, p95)


def _simulated(formula: Formula, ranges: Mapping[str, Range]) -> list[float]:
    spans = {name: (float(low), float(high)) for name, (low, high) in ranges.items()}
    found = []
    for point in range(1, POINTS + 1):
        values = {
            name: low if low == high else low + (high - low) * place(point, BASES[name])
            for name, (low, high) in spans.items()
        }
        found.append(result(formula, values, 0.0))
    return found


def place(point: int, base: int) -> float:
    """Where the `point`-th value lies between the ends of its range: 0 to 1."""
    found, weight = 0.0, 1.0
    while point:
        weight /= base
        point, digit = divmod(point, base)
        found += weight * digit
    return found


def rounded(value: Fraction | float, towards: int = 0) -> Decimal:
    """`value` to two significant digits: down (`towards` -1), up (1), or to the nearest (0).

    Further than the twelfth digit it is not looked, so that 0.3 and 0.1 × 3 are the same.
    """
    mantissa, exponent = f"{float(value):.{KNOWN_DIGITS - 1}e}".split("e")
    digits = int(mantissa.replace(".", ""))
    unit = 10 ** (KNOWN_DIGITS - SHOWN_DIGITS)
    if towards:
        kept = -(-digits // unit) if towards > 0 else digits // unit
    else:
        kept = (digits + unit // 2) // unit
    return Decimal(kept).scaleb(int(exponent) - SHOWN_DIGITS + 1) if kept else Decimal(0)
