"""The estimates: what members' own declarations come to. Nothing is extrapolated to companies that
state nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from partnership.figures.effects.definition import Definition, definition
from partnership.figures.effects.formula import Formula, Outcome, outcome
from partnership.figures.shares import percent
from partnership.model.member import Member
from partnership.model.partnership import Partnership


@dataclass(frozen=True, slots=True)
class Entry:
    """What one member declares: the extent, and its year where it has one."""

    member: Member
    amount: Decimal
    year: int | None


@dataclass(frozen=True, slots=True)
class Effect:
    """The estimate for a measure type: the `entries` it rests on, and `users` together. `silent`
    companies have such a measure, but publish no extent of their own. `largest` is the share of the
    largest contributor in whole percent. `cars` are car kilometres saved a year, `co2e` tonnes a
    year; None where either is not estimated.
    """

    type: str
    definition: Definition
    users: Decimal
    entries: tuple[Entry, ...]
    silent: int
    largest: int
    cars: Outcome | None
    co2e: Outcome | None

    @property
    def companies(self) -> int:
        """How many members declare it."""
        return len({entry.member.slug for entry in self.entries})


def effects(partnership: Partnership, day: date) -> tuple[Effect, ...]:
    """The estimate of each type that has assumptions and declared extents on `day`.

    What a company gave for totals only does not enter: from a range the total could be computed.
    Entries from public sources do not either: the company has not declared them.
    """
    found = []
    for key, kind in partnership.types.items():
        if kind.estimate is None or not kind.estimate.is_complete:
            continue
        entries, silent = _entries(partnership, key, day)
        if entries:
            made = definition(kind.estimate, partnership.families)
            users = sum((entry.amount for entry in entries), Decimal(0))
            found.append(
                Effect(
                    key,
                    made,
                    users,
                    entries,
                    silent,
                    _largest(entries, users),
                    _outcome(made, made.km if made.saves_cars else (), users),
                    _outcome(made, () if kind.estimate.no_co2e else made.co2e, users),
                )
            )
    return tuple(found)


def _outcome(made: Definition, formula: Formula, users: Decimal) -> Outcome | None:
    ranges = made.of(formula, Fraction(users))
    return None if ranges is None else outcome(formula, ranges)


def _largest(entries: Sequence[Entry], users: Decimal) -> int:
    """The share of the one who declares most, in percent; of nothing, nobody has a share."""
    amounts: dict[str, Decimal] = {}
    for entry in entries:
        slug = entry.member.slug
        amounts[slug] = amounts.get(slug, Decimal(0)) + entry.amount
    return percent(max(amounts.values()), users) if users else 0


def _entries(partnership: Partnership, key: str, day: date) -> tuple[tuple[Entry, ...], int]:
    """What is declared of a type, and how many have it without declaring how much."""
    found: list[Entry] = []
    silent = 0
    for member in partnership.members_on(day):
        # Not even counted: that a company keeps a measure to itself is not told, either.
        measures = [each for each in member.public_measures if each.type == key]
        running = [each for each in measures if each.is_in_force(day)]
        if not running or not member.is_confirmed:
            continue
        stated = [
            Entry(member, extent[1], extent[0])
            for each in running
            if (extent := each.latest_extent) is not None
        ]
        found += stated
        silent += not stated
    return tuple(found), silent


def without_estimate(partnership: Partnership) -> Iterator[tuple[str, str]]:
    """Types whose effect is not estimated, with the reason."""
    for key, kind in partnership.active_types.items():
        if kind.no_estimate and not (kind.estimate and kind.estimate.is_complete):
            yield key, kind.no_estimate
