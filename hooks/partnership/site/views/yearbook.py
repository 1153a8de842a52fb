"""The yearly report: what the site says of one year, put together for print."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from partnership.figures.reckoning import Reckoning
from partnership.language import german
from partnership.model.dates import LOCAL
from partnership.model.fillin import known
from partnership.model.member import Measure, Member, Status
from partnership.model.partnership import Partnership
from partnership.site.views.common import sorted_members
from partnership.site.views.events import EventCard, event_card, sorted_news
from partnership.site.views.statistics import Statistics, StatisticsPage


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member in the list."""

    name: str
    sector: str
    district: str
    joined: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What a company has begun or finished in the year."""

    company: str
    measure: str
    type_name: str
    when: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class FieldSteps:
    """The steps of the year in one field of action."""

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class NewsLine:
    """A news item in short."""

    title: str
    day: str
    summary: str


@dataclass(frozen=True, slots=True)
class Yearbook:
    """One year. `complete` says whether it is over on the day of the report."""

    year: int
    title: str
    name: str
    long_name: str
    summary: str
    stand: str
    made: str
    made_iso: str
    complete: bool
    demo: bool
    statistics: StatisticsPage
    joined: tuple[MemberLine, ...]
    members: tuple[MemberLine, ...]
    unconfirmed: int
    finished: tuple[FieldSteps, ...]
    begun: tuple[FieldSteps, ...]
    events: tuple[EventCard, ...]
    news: tuple[NewsLine, ...]
    partners: tuple[str, ...]
    office: str
    contact: tuple[str, ...]
    licence: str


def yearbook(partnership: Partnership, year: int, today: date) -> Yearbook:
    """The report of `year`, seen on `today`: at the year's end, of the running year on `today`.

    Raises `ValueError` for a year before the founding or one that has not begun.
    """
    # Long: a list of what the report shows, in its order.
    city = partnership.city
    if not city.founded.year <= year <= today.year:
        raise ValueError(year)
    end = min(date(year, 12, 31), today)
    members = sorted_members(partnership.members_on(end))
    # Seen when the year was over: what took place in it is past.
    close = _midnight(end)
    events = sorted(
        (event for event in partnership.events if event.first_day.year == year),
        key=lambda event: (event.first_day, event.slug),
    )
    return Yearbook(
        year=year,
        title=f"Jahresbericht {year}",
        name=city.name,
        long_name=city.long_name,
        summary=city.summary,
        stand=german.day(end),
        made=german.day(today),
        made_iso=today.isoformat(),
        complete=today > date(year, 12, 31),
        demo=city.is_demonstration,
        statistics=Statistics(Reckoning(partnership, end)).page,
        joined=tuple(
            _member(partnership, member) for member in members if _joined_in(member, year)
        ),
        members=tuple(_member(partnership, member) for member in members),
        unconfirmed=sum(1 for member in members if not member.is_confirmed),
        finished=_steps(partnership, members, year, end, "umgesetzt"),
        begun=_steps(partnership, members, year, end, "laufend"),
        events=tuple(event_card(event, close) for event in events),
        news=tuple(
            NewsLine(item.title, german.day(item.day), item.summary)
            for item in reversed(sorted_news(partnership))
            if item.day.year == year and item.day <= end
        ),
        partners=tuple(each.name for each in city.partners if known(each.name)),
        office=city.office.name,
        contact=tuple(
            text
            # A gap that only the office can fill stays out of a printed report.
            for text in map(known, (city.office.mail, city.office.phone, city.site_address))
            if text
        ),
        licence=city.licence.name,
    )


def _midnight(end: date) -> datetime:
    return datetime.combine(end + timedelta(days=1), time(), LOCAL)


def _joined_in(member: Member, year: int) -> bool:
    """Whether it is known that the member joined in the year."""
    return member.joined is not None and member.joined.year == year and not member.joined.at_latest


def _member(partnership: Partnership, member: Member) -> MemberLine:
    district = partnership.districts.get(member.district or "")
    return MemberLine(
        name=member.name,
        sector=partnership.sectors[member.sector].name,
        district=district.name if district else "",
        joined=german.partial_date(member.joined) if member.joined else "",
        confirmed=member.is_confirmed,
    )


def _steps(
    partnership: Partnership, members: list[Member], year: int, end: date, status: Status
) -> tuple[FieldSteps, ...]:
    """The steps to `status` that are known to fall into the year, by field of action."""
    found: dict[str, list[Step]] = {key: [] for key in partnership.fields}
    for member in members:
        for measure in member.public_measures:
            when = dict(measure.steps).get(status)
            if when and when.year == year and not when.at_latest and when.last <= end:
                found[partnership.field_of(measure)].append(
                    _step(partnership, member, measure, german.partial_date(when))
                )
    return tuple(
        FieldSteps(partnership.fields[key].name, tuple(steps))
        for key, steps in found.items()
        if steps
    )


def _step(partnership: Partnership, member: Member, measure: Measure, when: str) -> Step:
    name = partnership.types[measure.type].name
    return Step(member.name, measure.title or name, name, when, member.is_confirmed)
