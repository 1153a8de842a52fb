"""What is told of the partnership itself: partners, office, term, milestones, home page."""

from dataclasses import dataclass
from datetime import date, datetime

from partnership import addresses, german
from partnership.model.city import City
from partnership.model.member import IN_FORCE
from partnership.model.partnership import Partnership
from partnership.views.common import MeasureView, MemberCard, measure_views, named_source
from partnership.views.events import EventCard, NewsCard, event_list, news_list
from partnership.views.measures import FieldTile, MeasureIndex, SectorTile


@dataclass(frozen=True, slots=True)
class PartnerView:
    """A founding partner and its tasks."""

    name: str
    short: str
    kind: str
    is_office: bool
    website: str
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """The agreement's term on the build day."""

    signed: str
    first_until: str
    until: str
    until_iso: str
    notice_until: str
    notice_open: bool
    next_until: str
    automatic: bool
    years: str
    months: str
    form: str
    terminations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause of the agreement: its anchor, its number as shown, what it says and means."""

    anchor: str
    number: str
    title: str
    core: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A dated fact with its source, which may be an address or plain words."""

    when: str
    iso: str
    text: str
    source: str
    source_url: str


@dataclass(frozen=True, slots=True)
class Told:
    """Something told with a name, a text, perhaps a website and a source."""

    name: str
    text: str
    website: str
    source_url: str
    source: str
    note: str = ""


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
    sectors: tuple[SectorTile, ...]
    stand: str


def partners(city: City) -> tuple[PartnerView, ...]:
    """The founding partners in the order of the data."""
    return tuple(
        PartnerView(
            partner.name,
            partner.short,
            partner.kind,
            partner.is_office,
            _web(partner.website),
            partner.tasks,
        )
        for partner in city.partners
    )


def _web(text: str | None) -> str:
    """An address, or nothing where only a fill-in stands."""
    return text if text and text.startswith(("https://", "http://")) else ""


def term(city: City, day: date) -> Term:
    """The term of the agreement on `day`; see `Agreement.term_end` and `notice_until`."""
    agreement = city.agreement
    end = agreement.term_end(day)
    notice = agreement.notice_until(day)
    following = agreement.following(end)
    names = {partner.id: partner.name for partner in city.partners}
    return Term(
        signed=german.partial_date(agreement.signed),
        first_until=german.day(agreement.first_term_until),
        until=german.day(end),
        until_iso=end.isoformat(),
        notice_until=german.day(notice),
        notice_open=day <= notice,
        next_until=german.day(following),
        automatic=agreement.extension.automatic,
        years="ein Jahr"
        if agreement.extension.years == 1
        else german.counted(agreement.extension.years, "Jahr", "Jahre"),
        months=_in_words(agreement.notice.months),
        form=agreement.notice.form,
        terminations=tuple(
            f"{names.get(each.partner, each.partner)}: gekündigt am {german.day(each.given)},"
            f" wirksam zum {german.day(each.effective)}"
            for each in agreement.terminations
        ),
    )


def _in_words(months: int) -> str:
    words = {1: "einem Monat", 2: "zwei Monaten", 3: "drei Monaten", 6: "sechs Monaten"}
    return words.get(months, f"{months} Monaten")


def clauses(city: City) -> tuple[ClauseView, ...]:
    """The agreement's clauses in our own words."""
    return tuple(
        ClauseView(
            f"ziffer-{german.slug(each.number)}",
            # A numbering such as „§ 3“ already says what it counts.
            f"Ziffer {each.number}" if each.number[:1].isdigit() else each.number,
            each.title,
            each.core,
            each.meaning,
        )
        for each in city.agreement.clauses
    )


def milestones(city: City) -> tuple[Dated, ...]:
    """Published milestones, oldest first."""
    ordered = sorted(city.milestones, key=lambda each: (each.when.first, each.when.last))
    return tuple(
        Dated(german.partial_date(each.when), str(each.when), each.what, *named_source(each.source))
        for each in ordered
    )


def networks(city: City) -> tuple[Told, ...]:
    """The networks the partnership works with."""
    return tuple(_told(each.name, each.text, each.website, each.source) for each in city.networks)


def sisters(city: City) -> tuple[Told, ...]:
    """Partnerships of the same model elsewhere."""
    return tuple(
        _told(each.name, each.text, each.website, each.source, each.town) for each in city.sisters
    )


def aims(city: City) -> tuple[Told, ...]:
    """Published aims and facts of the city."""
    return tuple(_told("", each.what, None, each.source) for each in city.aims)


def advice(city: City) -> tuple[Told, ...]:
    """Who advises on what."""
    names = {partner.id: partner.name for partner in city.partners}
    return tuple(
        _told(each.name, each.what, None, each.source, note=_for(names[each.by], each.for_whom))
        for each in city.advice
    )


def _for(who: str, for_whom: str | None) -> str:
    return f"{who}, für {for_whom}" if for_whom else who


def _told(name: str, text: str, website: str | None, source: str | None, note: str = "") -> Told:
    shown, url = named_source(source)
    return Told(name, text, website or "", url, shown, note)


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
        partners=partners(city),
        sectors=tuple(index.sector_tiles()),
        stand=german.day(day),
    )


def _figures(partnership: Partnership, index: MeasureIndex, day: date) -> tuple[BigFigure, ...]:
    members = index.members
    measures = [m for member in members for m in member.public_measures if m.status(day)]
    in_force = sum(1 for measure in measures if measure.status(day) in IN_FORCE)
    planned = sum(1 for measure in measures if measure.status(day) == "geplant")
    figures = []
    newest = max(partnership.city.headcounts, key=lambda each: each.as_of, default=None)
    if newest is not None and newest.count > len(members):
        about = "rund " if newest.about else ""
        figures.append(
            BigFigure(
                f"{about}{german.number(newest.count)}",
                "Unternehmen sind dabei",
                addresses.PARTNERSHIP,
                f"Stand: {german.partial_date(newest.as_of)}",
            )
        )
        label = "davon sind hier mit Quelle verzeichnet"
    else:
        label = "Unternehmen sind dabei" if len(members) != 1 else "Unternehmen ist dabei"
    figures.append(BigFigure(german.number(len(members)), label, addresses.MEMBERS))
    figures.append(
        BigFigure(
            german.number(in_force),
            "Maßnahmen laufen oder sind umgesetzt"
            if in_force != 1
            else "Maßnahme läuft oder ist umgesetzt",
            addresses.MEASURES,
        )
    )
    if planned:
        figures.append(
            BigFigure(
                german.number(planned),
                "weitere sind geplant" if planned != 1 else "weitere ist geplant",
                addresses.table("massnahmen-nach-status") + "#w-geplant",
            )
        )
    founded = str(partnership.city.founded.year)
    figures.append(BigFigure(founded, "gegründet", addresses.AGREEMENT))
    return tuple(figures)


def _newest_measures(
    partnership: Partnership, index: MeasureIndex, day: date
) -> tuple[MeasureView, ...]:
    """The measures whose last step is newest, one a company, so that nobody fills the list."""
    found = []
    for member in index.members:
        dated = [
            (max(step.iso.removeprefix("spätestens ") for step in view.steps if step.reached), view)
            for view in measure_views(partnership, member, day)
            if any(step.reached for step in view.steps) and view.status.key != "eingestellt"
        ]
        if dated:
            found.append(max(dated, key=lambda pair: pair[0]))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(view for _, view in found[:3])
