"""What stands beside a sum, so that nobody reads more into it than is there.

Everything is worked out from what companies publish one by one; of confidential amounts nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from partnership.figures.counting import in_force
from partnership.figures.tables import measure_of
from partnership.figures.yearsums import Sum
from partnership.model.partnership import Partnership

# On how few a sum rests: on fewer than `LEAST`, to more than half on one, neither.
Rest = Literal["few", "one", ""]
LEAST = 3


@dataclass(frozen=True, slots=True)
class Same:
    """The sums of two years for the companies that told an amount for both."""

    earlier: int
    later: int
    companies: int
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest amount of each measure, whichever year it is of."""

    amount: Decimal
    companies: int


def rest(amounts: Sequence[Decimal]) -> Rest:
    """On how few the sum of `amounts`, one a company, rests; without an amount on nobody."""
    if not amounts:
        return ""
    if len(amounts) < LEAST:
        return "few"
    return "one" if 2 * max(amounts) > sum(amounts) else ""


def same(sums: Iterable[Sum]) -> tuple[Same, ...]:
    """Each sum and the one before it, of a figure, where a company told an amount for both."""
    found = []
    for one, other in pairwise(sums):
        before = {member.slug: amount for member, amount in one.parts}
        after = {member.slug: amount for member, amount in other.parts}
        if both := before.keys() & after.keys():
            first, second = (
                sum((told[slug] for slug in both), Decimal(0)) for told in (before, after)
            )
            found.append(Same(one.year, other.year, len(both), first, second))
    return tuple(found)


def latest(partnership: Partnership, kind: str, day: date) -> Latest | None:
    """What measures of a type that run or are carried out told last; None where none told."""
    told = [
        (entry.member.slug, newest[1])
        for entry in in_force(partnership, day)
        if measure_of(entry).type == kind and (newest := measure_of(entry).latest_extent)
    ]
    if not told:
        return None
    return Latest(sum((amount for _, amount in told), Decimal(0)), len({slug for slug, _ in told}))
