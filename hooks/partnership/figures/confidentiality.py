"""Which sums of confidential amounts can be published so that nobody's amount can be worked out.

Cell suppression asks of each table which cells must go. Here the finest table is protected once:
contributors are put into groups, each group's sum is safe by itself, and nothing is ever published
but sums of whole groups. Then no difference between totals, subtotals, other tables or earlier
versions can tell more than the groups do.

A group is safe if at least three companies stand behind it and the p% rule holds: whatever one of
them knows, its own amount included, it cannot narrow down another's amount to within p percent.
Source: Hundepool et al., Statistical Disclosure Control (Wiley 2012), chapter 4; the same rule in
the Handbook on Statistical Disclosure Control (ESSnet SDC 2010), chapter 4.

What a company has published by itself, though it has withdrawn it since, or in another year, where
the amount has stayed the same, is known: behind it nobody can hide. What it publishes later is its
own affair.

A group once published stays as it is. Amounts that did not change between years link the groups of
different years; each group must therefore be safe by those amounts alone that no other group has.

Why not the usual secondary suppression: tried once (pytauargus 0.6.0, OPT, November 2026) on the
first 100 partnerships of `make attack`, in each version the table of each figure and year, sector
by district by size with all margins. In a table by itself none of 50,250 suppressed cells could be
computed. From the three versions together, each suppressed without memory of the others, an
outsider who knows which amounts did not change computes 9,037 of them exactly, and 773 of 4,106
amounts; companies find 1,482. With groups it is none. The price: on average 75 percent of a
figure's total stand in some cell that suppression publishes, 25 percent in a group.

Amounts and caps are in the unit of the figure, never negative. Pure: values in, groups out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

LEAST = 3

# An amount as an outsider may know it: unchanged from one year to the next it is the same unknown.
Unknown: TypeAlias = tuple[str, str, Decimal]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a company adds to one or more figures that are published together.

    `classes` are its keys in each breakdown, by the breakdown's name; None where unknown. `cap` is
    a publicly known limit of its amount, such as its number of employees.
    """

    company: str
    amounts: Mapping[str, Decimal]
    classes: Mapping[str, str | None] = field(default_factory=dict)
    cap: Decimal | None = None


Group: TypeAlias = tuple[Contribution, ...]


def protect(
    contributions: Iterable[Contribution],
    published: Sequence[Group],
    p: Decimal,
    known: frozenset[Unknown] = frozenset(),
) -> tuple[Group, ...]:
    """Groups of `contributions` whose sums can be published beside those `published` before.

    `known` are amounts that anybody may know by other ways; behind them nobody can hide.

    Figures that limit each other (electric cars are cars) are to be passed as one: only companies
    that state the same of them share a group. Who fits into no group is left out, and so is who is
    known in part: all cars of a company tell too much about its electric ones.
    """
    accepted: list[Group] = []
    open_ones = (one for one in contributions if not _is_known_in_part(one, known))
    for cohort in _by_figures(open_ones):
        fine = _acceptable(_refined(cohort, p, known), (*published, *accepted), p, known)
        if sum(map(len, fine)) < len(cohort):
            coarse = _acceptable([cohort], (*published, *accepted), p, known)
            fine = max(fine, coarse, key=lambda groups: sum(map(len, groups)))
        accepted += fine
    return tuple(accepted)


def is_safe(group: Group, p: Decimal, shared: frozenset[Unknown] = frozenset()) -> bool:
    """Whether the sums of `group` keep each amount in it open by `p` percent, at least by 1.

    Holds against everybody, and against each contributor. `shared` are unknowns that other groups
    contain, too, or that are known; only the others can make up for a change of one amount.
    """
    return len(group) >= LEAST and all(
        _holds(group, figure, p, shared) for figure in group[0].amounts
    )


def _holds(group: Group, figure: str, p: Decimal, shared: frozenset[Unknown]) -> bool:
    """Any amount may be larger, or smaller, by `needed`, with the others making up for it: they
    can together fall by as much, and rise by as much, even without the one that looks.
    """
    free = [one for one in group if _unknown(one, figure) not in shared]
    for one in group:
        amount = one.amounts[figure]
        needed = max(amount * p / 100, Decimal(1))
        others = [other for other in free if other.company != one.company]
        falls = sorted(other.amounts[figure] for other in others)
        room = [_room(other, figure) for other in others]
        up = needed if one.cap is None else min(needed, _room(one, figure) or Decimal(0))
        if sum(falls[:-1], Decimal(0)) < up:
            return False
        down = min(needed, amount)
        endless = sum(1 for each in room if each is None)
        limited = sorted(each for each in room if each is not None)
        # The one that looks is the one that could have made up for most.
        rise = sum(limited if endless else limited[:-1], Decimal(0))
        if endless < 2 and rise < down:
            return False
    return True


def _room(one: Contribution, figure: str) -> Decimal | None:
    """By how much an amount could be larger for all that is known; None without a limit."""
    return None if one.cap is None else max(one.cap - one.amounts[figure], Decimal(0))


def _unknown(one: Contribution, figure: str) -> Unknown:
    return one.company, figure, one.amounts[figure]


def _is_known_in_part(one: Contribution, known: frozenset[Unknown]) -> bool:
    return 0 < sum(_unknown(one, figure) in known for figure in one.amounts) < len(one.amounts)


def _unknowns(group: Group) -> frozenset[Unknown]:
    return frozenset(_unknown(one, figure) for one in group for figure in one.amounts)


def _acceptable(
    groups: Sequence[Group],
    published: Sequence[Group],
    p: Decimal,
    known: frozenset[Unknown],
) -> list[Group]:
    """Those of `groups`, one after the other, that leave every published group safe."""
    accepted: list[Group] = []
    told = {_unknowns(group): group for group in published}
    for group in groups:
        own = _unknowns(group)
        if own in told:  # the same sum of the same amounts once more tells nothing new
            accepted.append(group)
            continue
        together = {**told, own: group}
        if _all_safe(together, own, p, known):
            accepted.append(group)
            told = together
    return accepted


def _all_safe(
    groups: Mapping[frozenset[Unknown], Group],
    new: frozenset[Unknown],
    p: Decimal,
    known: frozenset[Unknown],
) -> bool:
    """Whether the new group, and each that has an unknown in common with it, is safe."""
    counts = Counter(unknown for unknowns in groups for unknown in unknowns)
    shared = known.union(unknown for unknown, count in counts.items() if count > 1)
    return all(is_safe(group, p, shared) for unknowns, group in groups.items() if unknowns & new)


def _by_figures(contributions: Iterable[Contribution]) -> list[Group]:
    """The contributors who state the same figures, in a fixed order."""
    found: dict[tuple[str, ...], list[Contribution]] = {}
    for one in sorted(contributions, key=lambda each: each.company):
        found.setdefault(tuple(sorted(one.amounts)), []).append(one)
    return [tuple(found[figures]) for figures in sorted(found)]


def _refined(group: Group, p: Decimal, known: frozenset[Unknown]) -> list[Group]:
    """`group` divided, as far as its parts are safe, so that most classes get sums of their own.

    Who belongs to no class of its own stays together with others of that kind.
    """
    best: list[Group] = []
    used = ""
    for name in group[0].classes:
        parts = _divided(group, name, p, known)
        if len(parts) > max(len(best), 1):
            best, used = parts, name
    if not best:
        return [group]
    return [
        finer
        for part in best
        for finer in _refined(tuple(_without(one, used) for one in part), p, known)
    ]


def _without(one: Contribution, name: str) -> Contribution:
    rest = {key: value for key, value in one.classes.items() if key != name}
    return Contribution(one.company, one.amounts, rest, one.cap)


def _divided(group: Group, name: str, p: Decimal, known: frozenset[Unknown]) -> list[Group]:
    """The safe classes of one breakdown, and what is left as one more group, safe or empty."""
    classes: dict[str | None, list[Contribution]] = {}
    for one in group:
        classes.setdefault(one.classes.get(name), []).append(one)
    safe = [
        tuple(found) for key, found in classes.items() if key and is_safe(tuple(found), p, known)
    ]
    safe.sort(key=lambda part: (-len(part), part[0].company))
    rest = [one for one in group if not any(one in part for part in safe)]
    while rest and safe and not is_safe(tuple(rest), p, known):
        rest += safe.pop()
    if rest and not is_safe(tuple(rest), p, known):
        return []
    return [*safe, tuple(sorted(rest, key=lambda each: each.company))] if rest else safe
