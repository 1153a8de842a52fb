"""How many of the known members are listed, and so which figures a page may show at all.

Where few members are listed, or most of what is known of them comes from the press, what is missing
is unknown and not none. Then no chart compares, no curve tells a course and no zero is shown: each
would picture what somebody happened to report. This rule stands here alone.
"""

from dataclasses import dataclass
from datetime import date

from partnership.figures.counting import knows_joining
from partnership.model.city import Headcount
from partnership.model.partnership import Partnership


@dataclass(frozen=True, slots=True)
class Coverage:
    """Members listed, all members with those that are shown nowhere, those listed that answered
    themselves, and the newest published number of members where that is larger than all.
    """

    listed: int
    members: int
    confirmed: int
    published: Headcount | None
    knows_joining: bool

    @property
    def known(self) -> int:
        """How many members there are, as far as anybody knows."""
        return self.published.count if self.published else self.members

    @property
    def shows_members(self) -> bool:
        """Whether the entries tell what the members are: at least half of them are listed."""
        return self.listed > 0 and 2 * self.listed >= self.known

    @property
    def shows_measures(self) -> bool:
        """Whether they tell what the members do: at least half have said so themselves."""
        return self.confirmed > 0 and 2 * self.confirmed >= self.known

    @property
    def shows_course(self) -> bool:
        """Whether they tell how the number of members came about."""
        return self.shows_members and self.knows_joining


def coverage(partnership: Partnership, day: date) -> Coverage:
    """What the entries show on `day`."""
    members, count = partnership.members_on(day), partnership.count_on(day)
    newest = partnership.city.newest_headcount
    return Coverage(
        listed=len(members),
        members=count,
        confirmed=sum(1 for member in members if member.is_confirmed),
        published=newest if newest is not None and newest.count > count else None,
        knows_joining=knows_joining(partnership, day),
    )
