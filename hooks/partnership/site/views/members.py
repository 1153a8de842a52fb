"""The directory and a company's page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnership.figures.coverage import coverage
from partnership.figures.sizes import SIZES
from partnership.language import german
from partnership.language.glossary import STATUS_LABEL, UNCONFIRMED
from partnership.language.markup import to_html
from partnership.model import addresses
from partnership.model.catalogue import KeyFigure
from partnership.model.member import STATUSES, Member
from partnership.model.partnership import Partnership
from partnership.site.views.badge import Badge, badge
from partnership.site.views.common import (
    FieldRef,
    Link,
    MeasureView,
    MemberCard,
    SourceView,
    field_ref,
    measure_views,
    named_source,
    source_views,
)
from partnership.site.views.measures import MeasureIndex


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter and how many members it leaves."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the directory; `key` is its name in the address."""

    key: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """The list of all members. The first card of each letter has an anchor, where `jumps` lead."""

    cards: tuple[tuple[MemberCard, str], ...]
    jumps: tuple[tuple[str, str], ...]
    filters: tuple[Filter, ...]
    count: str
    unconfirmed: int
    nameless: str
    published_headcount: str
    published_source: Link


@dataclass(frozen=True, slots=True)
class MeasureGroup:
    """A member's measures in one field of action."""

    field: FieldRef
    measures: tuple[MeasureView, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of key facts: a label, a value, perhaps a link."""

    label: str
    value: str
    address: str = ""
    external: bool = False


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A company's page."""

    card: MemberCard
    lead: str
    profile_html: str
    facts: tuple[Fact, ...]
    groups: tuple[MeasureGroup, ...]
    status_counts: tuple[tuple[str, str, int], ...]
    notice: str
    sources: tuple[SourceView, ...]
    left: str
    figures: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    similar: tuple[tuple[MemberCard, str], ...]
    sector: Link
    updated: str
    badge: Badge | None


def directory(index: MeasureIndex) -> Directory:
    """Every member, with the filters that have something to choose from."""
    partnership = index.partnership
    cards = tuple(index.card(member) for member in index.members)
    first: dict[str, MemberCard] = {}
    for card in cards:
        first.setdefault(card.initial, card)
    published, source = _headcount(partnership, index.day)
    nameless = partnership.count_on(index.day) - len(cards)
    return Directory(
        cards=tuple(
            (card, _anchor(card.initial) if first.get(card.initial) is card else "")
            for card in cards
        ),
        jumps=tuple((initial, _anchor(initial)) for initial in first),
        filters=_filters(partnership, cards),
        count=german.counted(len(cards), "Mitglied", "Mitglieder"),
        unconfirmed=sum(1 for card in cards if not card.confirmed),
        nameless=german.counted(nameless, "weiteres Mitglied möchte", "weitere Mitglieder möchten")
        if nameless
        else "",
        published_headcount=published,
        published_source=source,
    )


def _anchor(initial: str) -> str:
    return f"buchstabe-{initial}" if initial != "#" else "buchstabe-andere"


def _headcount(partnership: Partnership, day: date) -> tuple[str, Link]:
    """The newest published number of members, where it exceeds what the directory can list."""
    newest = coverage(partnership, day).published
    if newest is None:
        return "", Link("", "")
    about = "rund " if newest.about else ""
    stand = german.partial_date(newest.as_of)
    return (
        f"{about}{german.number(newest.count)} Unternehmen an (Stand: {stand})",
        Link(*named_source(newest.source), external=True),
    )


def _filters(partnership: Partnership, cards: tuple[MemberCard, ...]) -> tuple[Filter, ...]:
    def options(pairs: list[tuple[str, str]], keys_of: str) -> tuple[Option, ...]:
        found: dict[str, int] = {}
        for card in cards:
            keys = getattr(card, keys_of)
            for key in keys if isinstance(keys, tuple) else (keys,):
                name = key.key if isinstance(key, FieldRef) else key
                found[name] = found.get(name, 0) + 1
        return tuple(Option(key, label, found[key]) for key, label in pairs if key in found)

    sectors = sorted(
        ((key, sector.name) for key, sector in partnership.sectors.items()),
        key=lambda pair: german.collation_key(pair[1]),
    )
    filters = (
        Filter("branche", "Branche", options(sectors, "sector_key")),
        Filter(
            "handlungsfeld",
            "Handlungsfeld",
            options([(k, f.short) for k, f in partnership.fields.items()], "fields"),
        ),
        Filter(
            "stadtbezirk",
            "Stadtbezirk",
            options([(k, d.name) for k, d in partnership.districts.items()], "district_key"),
        ),
        Filter("groesse", "Größe", options([(k, lb) for k, _, _, lb in SIZES], "size_key")),
        Filter(
            "status",
            "Status",
            options([(s, STATUS_LABEL[s]) for s in STATUSES], "status_keys"),
        ),
    )
    return tuple(each for each in filters if each.options)


def member_page(index: MeasureIndex, member: Member) -> MemberPage:
    """All that may be shown of one company."""
    partnership, day = index.partnership, index.day
    card = index.card(member)
    views = measure_views(partnership, member, day)
    return MemberPage(
        card=card,
        lead=f"{card.sector}" + (f" · {card.district}" if card.district else ""),
        profile_html=to_html(member.body),
        facts=_facts(member, card),
        groups=tuple(
            MeasureGroup(field_ref(partnership, key), tuple(v for v in views if v.field.key == key))
            for key in partnership.fields
            if any(view.field.key == key for view in views)
        ),
        status_counts=tuple(
            (status, STATUS_LABEL[status], sum(1 for v in views if v.status.key == status))
            for status in STATUSES
            if any(view.status.key == status for view in views)
        ),
        notice="" if member.is_confirmed else UNCONFIRMED,
        sources=source_views(member.sources),
        left=german.since(member.left) if member.left and not member.is_member(day) else "",
        figures=_figures(partnership, member),
        similar=index.similar(member),
        sector=Link(card.sector, addresses.sector(member.sector)),
        updated=_updated(member, day).isoformat(),
        badge=badge(partnership, member, day),
    )


def _updated(member: Member, day: date) -> date:
    """The day of the newest statement the page rests on."""
    stated = [answer.as_of for answer in member.answers]
    stated += [source.retrieved for source in member.sources]
    return max(stated, default=day)


def _facts(member: Member, card: MemberCard) -> tuple[Fact, ...]:
    facts = [Fact("Branche", card.sector, addresses.sector(member.sector))]
    if member.joined:
        facts.append(Fact("Mitglied seit", card.joined))
    if card.district:
        facts.append(Fact("Stadtbezirk", card.district))
    if member.employees is not None:
        facts.append(Fact("Beschäftigte am Ort", german.number(member.employees)))
    if member.address:
        town = " ".join(filter(None, (member.address.postcode, member.address.town)))
        facts.append(Fact("Anschrift", ", ".join(filter(None, (member.address.street, town)))))
    if member.website:
        shown = member.website.split("//", 1)[-1].rstrip("/")
        facts.append(Fact("Internet", shown, member.website, external=True))
    if member.contact:
        facts.append(Fact("Kontakt", member.contact, f"mailto:{member.contact}", external=True))
    if member.last_answer:
        facts.append(Fact("Letzte Auskunft", german.day(member.last_answer.as_of)))
    return tuple(facts)


def _figures(
    partnership: Partnership, member: Member
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Key figures by year, newest first; those for totals only stay out."""
    known = partnership.questionnaire.figures
    shown = []
    for year, figures in sorted(member.figures.items(), reverse=True):
        if figures.is_public and figures.values:
            values = tuple(
                (known[key].name, _with_unit(value, known[key]))
                for key, value in figures.values.items()
            )
            shown.append((str(year), values))
    return tuple(shown)


def _with_unit(value: Decimal, figure: KeyFigure) -> str:
    return german.counted(value, figure.one or figure.unit, figure.unit)
