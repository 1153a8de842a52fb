"""How a sum of confidential amounts is made, so that nobody's amount can be worked out from it.

Each amount is rounded by itself, up or down to a rung of a fixed ladder, before anything is added.
All that is ever published is made from rounded amounts alone. So no total, year, version or table,
nor any comparison between them, can tell more of a company than its rounded amounts do, and what
these leave open is known in advance, whoever looks.

The rule. From one rung the next is so far that between them lie 2p percent of the upper one, and
one more (`_next`): for p = 10 the ladder is 0, 3, 5, 8, 12, 17, 23, 30, 39, ... Each company has a
secret place between 0 and 1 for each family of figures, the same in all years. An amount is rounded
up if it lies higher between its two rungs than the place says, otherwise down. Over all places,
the rounded amount is on average the amount itself, so the roundings of many balance.

What is guaranteed: who knows every other amount exactly, all rounded amounts, this rule, p and all
published versions, and lacks only the company's amount and its secret place, cannot place the
amount within p percent of itself. Every estimate may be wrong by more, because what can have led to
the same publications is always a whole interval, at least 2p percent of each amount in it wide.

Proof. A rounded amount r tells: the amount lies between the rung below r and the rung above r,
both excluded, and every amount in there leads to r for some places. On both sides of r that is a
step of the ladder less one, and a step less one is 2p percent of its upper rung. The same holds
- at the ends: at the lowest rung, and at the highest, which is the public limit (employees) where
  there is one, one step is left. Where no step fits below the limit, half of it stands for every
  amount: that tells only what was known. An amount above the limit counts as the limit. Who knows
  that a figure is not zero loses only the zero: the first step is as if counting began at 1.
- over the years: an amount that stays the same has the same place, and so the same r.
- if it is known by how much an amount has changed, as long as that is less than a step: then it
  can be seen at most in which year it passed one place between two rungs, which is unknown in that
  whole step.
- for a part and its whole (electric cars and cars) together: they have the same ladder and place,
  so the part's r is never above the whole's. If it is below, whatever the whole is, the part can be
  its own r; if both are the same, the two amounts can be the same. Neither tells more of the other.
- for companies that put together what they know: the proof has already given them all of it.

The number of companies and which step the sum is rounded to depend on rounded amounts, too, and
so tell nothing more. That there are three of them, that counts are rounded to 5 at least, and that
their number is told by class only, is caution beyond the proof.

What is not guaranteed: against somebody who knows the company's amount, or its place, by other
ways. The place comes from a secret kept beside the confidential amounts themselves. Guesses are
not ruled out either: an amount is most likely near its rounded one.

Amounts are in the unit of the figure, never negative; p is in percent. Pure.
"""

import hmac
from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from itertools import pairwise

LEAST = 3
P_RANGE = (1, 25)
_UPPER_ENDS = (5, 10, 20, 50, 100, 200, 500)


def place(secret: str, company: str, family: str) -> Decimal:
    """Where a company's amounts of a family of figures are rounded up, from 0 to below 1."""
    digest = hmac.digest(secret.encode(), f"{family}/{company}".encode(), "sha256")
    return Decimal(int.from_bytes(digest[:8])) / Decimal(2**64)


def rounded(
    amount: Decimal,
    place: Decimal,
    p: Decimal,
    least: Decimal = Decimal(0),
    most: Decimal | None = None,
) -> Decimal:
    """The rung for `amount`; `least` and `most` are what everybody knows of it beforehand."""
    if most is not None and _next(least, p) > most:
        return (least + most) / 2
    amount = max(amount, least) if most is None else min(max(amount, least), most)
    for low, high in pairwise(_ladder(p, least, most)):
        if amount <= high:
            return high if place * (high - low) < amount - low else low
    raise AssertionError(amount)  # the ladder reaches `most`, or goes on for ever


def _ladder(p: Decimal, least: Decimal, most: Decimal | None) -> Iterator[Decimal]:
    """Every rung, upwards; `most` takes the place of the last one with too little room above."""
    rung = least
    while most is None or _next(rung, p) <= most:
        yield rung
        rung = _next(rung, p)
        if most is not None and _next(rung, p) > most:
            yield most
            return


def _next(rung: Decimal, p: Decimal) -> Decimal:
    """The next one: the lowest whole number that is 2p percent of itself, and 1, above."""
    return ((max(rung, Decimal(1)) + 1) / (1 - p / 50)).to_integral_value(ROUND_CEILING)


def published(
    amounts: Iterable[Decimal], p: Decimal, least_step: Decimal
) -> tuple[Decimal, Decimal]:
    """The sum of rounded amounts, and the step to which it is rounded once more.

    The step is 1, 2 or 5 times a power of ten, at least p percent of the largest amount, which is
    about the error of a rounded one: a finer sum would seem more exact than it is.
    """
    found = list(amounts)
    step = next(each for each in _steps() if each >= max(max(found) * p / 200, least_step))
    return to_step(sum(found, Decimal(0)), step), step


def to_step(amount: Decimal, step: Decimal) -> Decimal:
    """The nearest multiple of a step."""
    return (amount / step).to_integral_value(ROUND_HALF_UP) * step


def _steps() -> Iterator[Decimal]:
    power = Decimal(1)
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def number_class(companies: int) -> str:
    """How many there are, roughly: „3 bis 5“."""
    low = LEAST
    for high in _UPPER_ENDS:
        if companies <= high:
            return f"{low} bis {high}"
        low = high + 1
    return f"mehr als {_UPPER_ENDS[-1]}"
