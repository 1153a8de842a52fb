"""Companies like one's own: of the same sector and size, and what they do most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from partnership.figures.sizes import size_of
from partnership.model.member import Member

# What was left out of account, so that there are enough: nothing, the size, the sector, both.
Relaxed = Literal["", "size", "sector", "both"]
# Of fewer than these nobody learns what is usual.
LEAST = 3


@dataclass(frozen=True, slots=True)
class Peers:
    """Those that are shown, what was `relaxed` to find them, and how many fit exactly."""

    members: tuple[Member, ...]
    relaxed: Relaxed
    exact: int


def peers(members: Sequence[Member], sector: str, size: str) -> Peers:
    """The `members` of a sector and a size class, in their order; where these are fewer than
    `LEAST`, those of the sector, or else of the size class, or else all.
    """
    of_sector = tuple(each for each in members if each.sector == sector)
    of_size = tuple(each for each in members if size_of(each) == size)
    both = tuple(each for each in of_sector if size_of(each) == size)
    ways: tuple[tuple[tuple[Member, ...], Relaxed], ...] = (
        (both, ""),
        (of_sector, "size"),
        (of_size, "sector"),
    )
    enough = ((found, relaxed) for found, relaxed in ways if len(found) >= LEAST)
    found, relaxed = next(enough, (tuple(members), "both"))
    return Peers(found, relaxed, len(both))


def most_common(members: Sequence[Member], day: date) -> tuple[tuple[str, tuple[Member, ...]], ...]:
    """The types of public measures that go on on `day`, each with the members that have one, those
    of most members first; equal ones in the order of their keys.
    """
    found: dict[str, list[Member]] = {}
    for member in members:
        going_on = {each.type for each in member.public_measures if each.is_going_on(day)}
        for key in going_on:
            found.setdefault(key, []).append(member)
    ranked = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple((key, tuple(those)) for key, those in ranked)
