"""Who and what counts on a day: members, measures by their state, and the ends of years.

- A company counts on a day if it belongs to the partnership then (`Member.is_member`).
- A measure counts on a day if it has a status then (`Measure.status`), and its company counts.
- What a company gave for totals only (`nur_summe`) is not counted here. These figures are new every
  day: a count that grows on the day a company joins would tell what it keeps to itself. It enters
  the sums of closed years (`yearsums`). So every figure here has all its entries in the open data.
"""

from datetime import date

from partnership.figures.tables import Counted, measure_of
from partnership.model.member import STATUSES, Member
from partnership.model.partnership import Partnership

# The fields of the open data that these rules read.
MEMBERSHIP = ("mitglieder.beitritt", "mitglieder.austritt")
STEPS = tuple(f"massnahmen.{status}" for status in STATUSES)


KNOWN_YEARS = (
    "Ein Jahr steht nur da, wenn von mindestens der Hälfte derer, die damals Mitglied waren oder"
    " gewesen sein können, bekannt ist, dass sie es waren: Unbekannt ist nicht null."
)


def knows_joining(partnership: Partnership, day: date) -> bool:
    """Whether at least half of those who may have belonged on `day` are known to have joined by
    then; otherwise their number misleads.
    """
    there = len(partnership.members_on(day))
    return there > 0 and 2 * len(members_dated(partnership, day)) >= there


def known_ends(partnership: Partnership, day: date) -> tuple[date, ...]:
    """Those of the `year_ends` of which it is known who belonged: no zero stands for a gap."""
    return tuple(end for end in year_ends(partnership, day) if knows_joining(partnership, end))


def year_ends(partnership: Partnership, day: date) -> tuple[date, ...]:
    """The last day of each year from the founding on; of the running year, `day` itself."""
    years = range(partnership.city.founded.year, day.year + 1)
    return tuple(min(date(year, 12, 31), day) for year in years)


def members_dated(partnership: Partnership, day: date) -> tuple[Member, ...]:
    """Who is known to have joined by `day` and belongs then."""
    return tuple(
        member
        for member in partnership.members_on(day)
        if member.joined is not None and member.joined.first <= day
    )


def measures_on(partnership: Partnership, day: date) -> tuple[Counted, ...]:
    """Every published measure with a status on `day`, of every company that belongs then."""
    return tuple(
        Counted(member, measure)
        for member in partnership.members_on(day)
        for measure in member.public_measures
        if measure.status(day) is not None
    )


def going_on(partnership: Partnership, day: date) -> tuple[Counted, ...]:
    """Every published measure that is planned, running or done on `day`."""
    return tuple(
        entry for entry in measures_on(partnership, day) if measure_of(entry).is_going_on(day)
    )


def in_force(partnership: Partnership, day: date) -> tuple[Counted, ...]:
    """Every published measure that is running or done on `day`."""
    return tuple(
        entry for entry in measures_on(partnership, day) if measure_of(entry).is_in_force(day)
    )
