"""What measures may save in greenhouse gases: estimates as ranges, apart from what is declared.

Only CO2 equivalents are estimated. A range runs between the corner values of visible assumptions:

    shifted trips   saved = users × share × days × 2 × km × (old − new)
    avoided trips   saved = users × share × days × 2 × km × old

with the share of users who travelled by the old mode before, days a year, kilometres one way and
grams of CO2 equivalents per kilometre; the lower end takes every lower value and the smallest
difference of factors, the upper end the opposite. The formula is the usual one for shifted and
avoided traffic: activity times emission factor (GHG Protocol, Corporate Value Chain Standard,
categories 6 and 7: distance-based method). Nothing is extrapolated to companies that state nothing.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnership.model.catalogue import Estimate, Factor
from partnership.model.member import IN_FORCE, Member
from partnership.model.partnership import Partnership

_GRAMS_PER_TONNE = 1_000_000
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Corner:
    """One end of a range: `old` and `new` in g CO2e per km, `tonnes` of CO2e a year, unrounded."""

    share: Decimal
    days: Decimal
    km: Decimal
    old: Decimal
    new: Decimal
    tonnes: float


@dataclass(frozen=True, slots=True)
class Effect:
    """The estimate for a measure type: how many `users` it rests on, declared by which `members`,
    and the two corners. `silent` companies have such a measure, but publish no extent of their own.
    """

    type: str
    users: Decimal
    members: tuple[Member, ...]
    silent: int
    low: Corner
    high: Corner


def effects(partnership: Partnership, day: date) -> tuple[Effect, ...]:
    """The estimate of each type that has assumptions and declared extents on `day`.

    What a company gave for totals only does not enter: from a range the total could be computed.
    Entries from public sources do not either: the company has not declared them.
    """
    found = []
    for key, kind in partnership.types.items():
        if kind.estimate is None:
            continue
        users, members, silent = _users(partnership, key, day)
        if members:
            low, high = corners(kind.estimate, partnership.factors, users)
            found.append(Effect(key, users, members, silent, low, high))
    return tuple(found)


def _users(
    partnership: Partnership, key: str, day: date
) -> tuple[Decimal, tuple[Member, ...], int]:
    total, members, silent = Decimal(0), [], 0
    for member in partnership.members_on(day):
        # Not even counted: that a company keeps a measure to itself is not told, either.
        measures = [each for each in member.public_measures if each.type == key]
        running = [each for each in measures if each.status(day) in IN_FORCE]
        if not running or not member.is_confirmed:
            continue
        stated = [each.latest_extent[1] for each in running if each.latest_extent]
        if stated:
            total += sum(stated)
            members.append(member)
        else:
            silent += 1
    return total, tuple(members), silent


def factors_of(mode: str, factors: Mapping[str, Factor]) -> tuple[tuple[str, Factor], ...]:
    """The factors that span the range of a mode of transport, with their keys, lowest first."""
    found = [(key, each) for key, each in factors.items() if each.mode == mode and _value(each)]
    return tuple(sorted(found, key=lambda pair: pair[1].value or Decimal(0)))


def _value(factor: Factor) -> bool:
    return factor.value is not None


def _range(mode: str | None, factors: Mapping[str, Factor]) -> tuple[Decimal, Decimal]:
    if mode is None:
        return Decimal(0), Decimal(0)
    values = [each.value or Decimal(0) for _, each in factors_of(mode, factors)]
    return min(values), max(values)


def corners(
    assumed: Estimate, factors: Mapping[str, Factor], users: Decimal
) -> tuple[Corner, Corner]:
    """The lower and the upper end for `users` users. Needs factors for the modes it names."""
    old, new = _range(assumed.old, factors), _range(assumed.new, factors)
    ends = []
    for end, other in ((0, 1), (1, 0)):
        share, days, km = assumed.share[end], assumed.days[end], assumed.km[end]
        grams = users * share * days * 2 * km * (old[end] - new[other])
        tonnes = float(grams) / _GRAMS_PER_TONNE
        ends.append(Corner(share, days, km, old[end], new[other], tonnes))
    return ends[0], ends[1]


def rounded(value: float) -> float:
    """`value` to two significant digits: an estimate knows no more."""
    if value == 0:
        return 0.0
    return round(value, _DIGITS - 1 - math.floor(math.log10(abs(value))))


def without_estimate(partnership: Partnership) -> Sequence[tuple[str, str]]:
    """Types whose effect is not estimated, with the reason."""
    return [
        (key, kind.no_estimate)
        for key, kind in partnership.active_types.items()
        if kind.estimate is None and kind.no_estimate
    ]
