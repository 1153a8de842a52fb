"""The home page: what, who, what was achieved, what now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from partnership.figures.coverage import Coverage, coverage
from partnership.language import german
from partnership.model import addresses
from partnership.model.fillin import known
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.site.views.city import PartnerView, partners
from partnership.site.views.common import MeasureView, MemberCard, measure_views
from partnership.site.views.contact import Contact, office
from partnership.site.views.events import EventCard, NewsCard, event_list, news_list
from partnership.site.views.measures import MeasureIndex
from partnership.site.views.peers import size_choices
from partnership.site.views.practice import FieldTile, SectorTile


@dataclass(frozen=True, slots=True)
class BigFigure:
    """A figure on the home page."""

    value: str
    label: str
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """The home page: what, who, what was achieved, what now."""

    title: str
    lead: str
    motto: str
    figures: tuple[BigFigure, ...]
    fields: tuple[FieldTile, ...]
    next_event: EventCard | None
    further_events: tuple[EventCard, ...]
    members: tuple[MemberCard, ...]
    measures: tuple[MeasureView, ...]
    news: tuple[NewsCard, ...]
    partners: tuple[PartnerView, ...]
    contact: Contact
    sectors: tuple[SectorTile, ...]
    sizes: tuple[tuple[str, str], ...]
    stand: str


def home(partnership: Partnership, index: MeasureIndex, now: datetime) -> Home:
    """Everything the home page shows."""
    city = partnership.city
    day = now.date()
    events = event_list(partnership, now)
    newest = sorted(
        index.members, key=lambda m: m.joined.last if m.joined else date.min, reverse=True
    )
    return Home(
        title=city.name,
        lead=city.summary,
        motto=city.motto or "",
        figures=_figures(partnership, index, day),
        fields=index.field_tiles(),
        next_event=events.upcoming[0] if events.upcoming else None,
        further_events=events.upcoming[1:3],
        members=tuple(index.card(each) for each in newest[:6]),
        measures=_newest_measures(partnership, index, day),
        news=news_list(partnership)[:3],
        partners=tuple(each for each in partners(city) if known(each.name)),
        contact=office(city),
        sectors=tuple(index.sector_tiles()),
        sizes=size_choices(index),
        stand=german.day(day),
    )


def _figures(partnership: Partnership, index: MeasureIndex, day: date) -> tuple[BigFigure, ...]:
    members = index.members
    cover = coverage(partnership, day)
    figures = []
    if newest := cover.published:
        about = "rund " if newest.about else ""
        figures.append(
            BigFigure(
                f"{about}{german.number(newest.count)}",
                "Unternehmen sind dabei",
                addresses.PARTNERSHIP,
                f"Stand: {german.partial_date(newest.as_of)}",
            )
        )
        label, shown = "davon sind hier mit Quelle verzeichnet", len(members)
    else:
        label = "Unternehmen sind dabei" if cover.known != 1 else "Unternehmen ist dabei"
        shown = cover.known
    if shown:
        figures.append(BigFigure(german.number(shown), label, addresses.MEMBERS))
    figures += _figures_of_measures(members, day, cover)
    founded = str(partnership.city.founded.year)
    figures.append(BigFigure(founded, "gegründet", addresses.AGREEMENT))
    return tuple(figures)


def _figures_of_measures(
    members: Sequence[Member], day: date, cover: Coverage
) -> Iterator[BigFigure]:
    """What the measures come to; where few are known, how many are listed and no more."""
    measures = [m for member in members for m in member.public_measures if m.is_going_on(day)]
    in_force = sum(1 for measure in measures if measure.is_in_force(day))
    planned = len(measures) - in_force
    if not cover.shows_measures:
        if count := len(measures):
            label = "Maßnahmen sind" if count != 1 else "Maßnahme ist"
            listed = f"{label} hier verzeichnet"
            yield BigFigure(german.number(count), listed, addresses.MEASURES)
        return
    if in_force:
        yield BigFigure(
            german.number(in_force),
            "Maßnahmen laufen oder sind umgesetzt"
            if in_force != 1
            else "Maßnahme läuft oder ist umgesetzt",
            addresses.MEASURES,
        )
    if planned:
        what = "weitere" if in_force else "Maßnahmen" if planned != 1 else "Maßnahme"
        yield BigFigure(
            german.number(planned),
            f"{what} sind geplant" if planned != 1 else f"{what} ist geplant",
            addresses.table("massnahmen-nach-status") + "#w-geplant",
        )


def _newest_measures(
    partnership: Partnership, index: MeasureIndex, day: date
) -> tuple[MeasureView, ...]:
    """The measures whose last step is newest, one a company, so that nobody fills the list."""
    found = []
    for member in index.members:
        dated = [
            (max(step.iso.removeprefix("spätestens ") for step in view.steps if step.reached), view)
            for measure, view in zip(
                member.public_measures, measure_views(partnership, member, day), strict=True
            )
            if any(step.reached for step in view.steps) and not measure.has_ended(day)
        ]
        if dated:
            found.append(max(dated, key=lambda pair: pair[0]))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(view for _, view in found[:3])
