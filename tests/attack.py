"""An attack on the published sums of confidential amounts.

It shares no code with the project. It reads what a site publishes as open data, in several
versions. Of one company at a time it lacks the amounts and the secret place of a family of figures,
and knows all the rest: every other amount and how it was rounded, who stands in which sum, in which
years the amount was the same, that it is not nothing, that nobody has more job tickets than
employees, that electric cars are cars, the rule and p. It tries every amount with every place and
keeps what would have led to the same files.
"""

import csv
import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

# A confidential amount: who, of which figure, in which year.
Amount = tuple[str, str, int]
# A published sum: its value, and what it is rounded to.
Sum = tuple[Fraction, Fraction]
# A way to round an amount: to what, and for which places, from one number to another.
Way = tuple[Fraction, Fraction, Fraction]


@dataclass
class Knowledge:
    """What is known: every amount by company, figure and year, limits, wholes, p and the secret.

    Of the company under attack the amounts serve only to know which did not change, and to judge
    what was found; the secret is not used for it.
    """

    truth: Mapping[Amount, int]
    p: int
    secret: str
    caps: Mapping[tuple[str, str], int] = field(default_factory=dict)
    wholes: Mapping[str, str] = field(default_factory=dict)

    def place(self, company: str, figure: str) -> Fraction:
        """Where the amounts of a company are rounded up."""
        name = f"{self.wholes.get(figure, figure)}/{company}".encode()
        return Fraction(
            int.from_bytes(hmac.new(self.secret.encode(), name, "sha256").digest()[:8]), 2**64
        )


@dataclass(frozen=True)
class Finding:
    """What is left of an amount, from `low` to `high`; `before` is what was possible anyway."""

    amount: Amount
    truth: int
    low: int
    high: int
    before: tuple[int, int]

    def is_placed(self, p: float) -> bool:
        """Whether the middle of what is left is certainly within p percent of the amount."""
        is_news = (self.low, self.high) != self.before
        return is_news and (self.high - self.low < self.truth * 2 * p / 100 or self.is_exact)

    @property
    def is_exact(self) -> bool:
        """Whether only the amount itself is left."""
        return self.low == self.high and self.before[0] != self.before[1]


def published(folders: Iterable[Path]) -> dict[tuple[str, int], Sum]:
    """The confidential part of every sum; no version may tell another one than the others."""
    found: dict[tuple[str, int], Sum] = {}
    for folder in folders:
        with (folder / "jahressummen.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["summe_vertraulich"]:
                    assert row["gliederung"] == "gesamt"
                    told = Fraction(row["summe_vertraulich"]), Fraction(row["gerundet_auf"])
                    assert found.setdefault((row["groesse"], int(row["jahr"])), told) == told
    return found


def ways(amount: int, p: int, least: int, most: int | None = None) -> list[Way]:
    """How an amount can be rounded, by the rule as it is published."""
    rungs = _rungs(p, least, most, amount)
    if len(rungs) < 2:
        assert most is not None
        return [(Fraction(least + most, 2), Fraction(0), Fraction(1))]
    clipped = max(amount, least) if most is None else min(max(amount, least), most)
    low = max(rung for rung in rungs if rung <= clipped)
    if low == clipped:
        return [(Fraction(low), Fraction(0), Fraction(1))]
    high = min(rung for rung in rungs if rung > clipped)
    share = Fraction(clipped - low, high - low)
    return [(Fraction(high), Fraction(0), share), (Fraction(low), share, Fraction(1))]


def _rungs(p: int, least: int, most: int | None, amount: int) -> list[int]:
    rungs = [least]
    while rungs[-1] <= amount:
        following = max(rungs[-1], 1) + 1
        while 100 * (following - max(rungs[-1], 1) - 1) < 2 * p * following:
            following += 1
        if most is not None and following > most:
            # The limit stands for the last rung below it.
            return [*rungs[:-1], most] if len(rungs) > 1 else rungs
        rungs.append(following)
    if most is not None and rungs[-1] < most and len(rungs) > 1:
        return _rungs(p, least, most, most)
    return rungs


Rule = Callable[[int, int, int, int | None], list[Way]]


def attack(
    sums: Mapping[tuple[str, int], Sum], knowledge: Knowledge, rule: Rule = ways
) -> list[Finding]:
    """What can be found out about every amount that stands in some sum."""
    return _Attack(sums, knowledge, rule).findings()


class _Attack:
    def __init__(
        self, sums: Mapping[tuple[str, int], Sum], knowledge: Knowledge, rule: Rule
    ) -> None:
        self.sums, self.known, self.rule = sums, knowledge, rule
        self._found: dict[tuple[int, int, int | None], list[Way]] = {}
        self.inside: dict[tuple[str, int], dict[str, Fraction]] = {key: {} for key in sums}
        for (company, figure, year), amount in knowledge.truth.items():
            place = knowledge.place(company, figure)
            (rounded,) = (
                value
                for value, first, end in self._ways(company, figure, amount)
                if first <= place < end
            )
            self.inside[figure, year][company] = rounded
        for key, amounts in self.inside.items():  # the rule is the one that is published
            assert self._fits(key, list(amounts.values())), key

    def findings(self) -> list[Finding]:
        return [self._finding(amount) for amount in sorted(self.known.truth)]

    def _finding(self, amount: Amount) -> Finding:
        company, figure, year = amount
        truth = self.known.truth[amount]
        left = self._possible(amount)
        others = [
            (other, figure == whole)
            for part, whole in self.known.wholes.items()
            if figure in (part, whole)
            and (other := (company, part if figure == whole else whole, year)) in self.known.truth
        ]
        for other, is_whole in others:
            beside = self._possible(other)
            left = {
                value: kept
                for value, own in left.items()
                if (kept := [way for way in own if _goes_with(value, way, beside, is_whole)])
            }
        assert truth in left
        low = high = truth
        while low - 1 in left:
            low -= 1
        while high + 1 in left:
            high += 1
        cap = self.known.caps.get((company, figure))
        before = min(truth, 1), max(truth, cap) if cap is not None else high + 1
        return Finding(amount, truth, low, high, before)

    def _possible(self, amount: Amount) -> dict[int, list[Way]]:
        """The values it can have, each with the ways of rounding that fit what is published."""
        company, figure, year = amount
        truth = self.known.truth[amount]
        years = [
            each
            for (who, what, each), value in self.known.truth.items()
            if (who, what, value) == (company, figure, truth)
        ]
        assert year in years
        cap = self.known.caps.get((company, figure), 4 * truth + 20)
        found = {}
        for value in range(min(truth, 1), max(cap, truth) + 1):
            fitting = [
                way
                for way in self._ways(company, figure, value)
                if all(self._fits_with(company, (figure, each), way[0]) for each in years)
            ]
            if fitting:
                found[value] = fitting
        return found

    def _ways(self, company: str, figure: str, amount: int) -> list[Way]:
        least = 0 if figure.startswith("kennzahl-") else 1
        cap = self.known.caps.get((company, figure))
        if (amount, least, cap) not in self._found:
            self._found[amount, least, cap] = self.rule(amount, self.known.p, least, cap)
        return self._found[amount, least, cap]

    def _fits_with(self, company: str, key: tuple[str, int], rounded: Fraction) -> bool:
        others = [value for who, value in self.inside[key].items() if who != company]
        return self._fits(key, [*others, rounded])

    def _fits(self, key: tuple[str, int], rounded: Sequence[Fraction]) -> bool:
        """Whether these rounded amounts lead to the published sum, and to its step."""
        least = max(max(rounded) * self.known.p / 200, 5)
        step = next(
            Fraction(digit * 10**power)
            for power in range(20)
            for digit in (1, 2, 5)
            if digit * 10**power >= least
        )
        total = (sum(rounded, Fraction(0)) / step + Fraction(1, 2)).__floor__() * step
        return (total, step) == self.sums[key]


def _goes_with(value: int, way: Way, beside: Mapping[int, Sequence[Way]], is_whole: bool) -> bool:
    """Whether the other of part and whole can be something that fits, with the same place."""
    return any(
        max(way[1], each[1]) < min(way[2], each[2])
        for other, own in beside.items()
        if (other <= value if is_whole else other >= value)
        for each in own
    )
