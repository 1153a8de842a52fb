"""The pieces several pages show: a measure, a member's card, a link, a source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from partnership.figures.context import Rest
from partnership.figures.sizes import size_class
from partnership.language import german
from partnership.language.glossary import STATUS_LABEL, UNCONFIRMED
from partnership.model import addresses
from partnership.model.city import Advice, Aim, Milestone, Network, Sister
from partnership.model.member import STATUSES, Measure, Member, Source, Status
from partnership.model.partnership import Partnership
from partnership.model.values import web

# On how few companies a sum rests.
RESTS: Mapping[Rest, str] = {
    "few": "von weniger als drei Unternehmen",
    "one": "mehr als die Hälfte von einem Unternehmen",
    "": "",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A link within the site (`address` relative to its root) or, if `external`, elsewhere."""

    title: str
    address: str
    external: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """A published source as shown: title, address, day of retrieval, what it says."""

    title: str
    url: str
    retrieved: str
    says: str


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A field of action where it is only mentioned; `position` counts from 1 and picks its colour
    and pattern.
    """

    key: str
    name: str
    short: str
    symbol: str
    position: int
    address: str


@dataclass(frozen=True, slots=True)
class StatusView:
    """A status: its key, its word."""

    key: Status
    label: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a measure's life; `reached` on the build day."""

    key: str
    label: str
    when: str
    iso: str
    reached: bool


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure as its company's page shows it."""

    anchor: str
    title: str
    type_name: str
    type_address: str
    field: FieldRef
    status: StatusView
    steps: tuple[StepView, ...]
    goal: str
    moved: bool
    extent: str
    history: tuple[tuple[str, str], ...]
    unit: str
    description: str
    sources: tuple[SourceView, ...]
    member_name: str
    member_address: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class MemberCard:
    """A member in a list, with the keys the filters work on."""

    name: str
    address: str
    initial: str
    monogram: str
    logo: str
    sector: str
    sector_key: str
    district: str
    district_key: str
    size: str
    size_key: str
    measures: str
    measure_count: int
    fields: tuple[FieldRef, ...]
    status_keys: tuple[str, ...]
    joined: str
    confirmed: bool
    notice: str


def field_ref(partnership: Partnership, key: str) -> FieldRef:
    """The field of action with this key, as a reference."""
    field = partnership.fields[key]
    position = list(partnership.fields).index(key) + 1
    return FieldRef(key, field.name, field.short, field.symbol, position, addresses.field(key))


def source_views(sources: Iterable[Source]) -> tuple[SourceView, ...]:
    """Sources as shown."""
    return tuple(
        SourceView(source.title, source.url, german.day(source.retrieved), source.says or "")
        for source in sources
    )


def quantity(partnership: Partnership, measure: Measure, year: int | None) -> str:
    """The extent of one year in the unit of the type: „380 Beschäftigte mit Ticket“."""
    unit = partnership.types[measure.type].unit
    value = measure.extents[year]
    if unit.kind == "anteil":
        return f"{german.number(value)} %"
    many = unit.short or unit.name
    return german.counted(value, unit.one or many, many)


def measure_view(
    partnership: Partnership, member: Member, index: int, measure: Measure, day: date
) -> MeasureView:
    """The view of the measure at `index` among those its member shows.

    Counted among all, a missing number would tell that there is one for totals only.
    """
    kind = partnership.types[measure.type]
    status = measure.stage(day)
    history = tuple(
        (str(year) if year else "", quantity(partnership, measure, year))
        for year in measure.extents
    )
    newest_year, newest = history[-1] if history else ("", "")
    return MeasureView(
        anchor=f"massnahme-{index + 1}",
        title=measure.title or kind.name,
        type_name=kind.name,
        type_address=addresses.measure_type(kind.field, measure.type),
        field=field_ref(partnership, kind.field),
        status=StatusView(status, STATUS_LABEL[status]),
        steps=_steps(measure, day),
        goal=_goal(measure),
        moved=bool(measure.moved_to),
        extent=f"{newest} ({newest_year})" if newest_year else newest,
        history=history if len(history) > 1 else (),
        unit=kind.unit.name,
        description=measure.description or "",
        sources=source_views(measure.sources),
        member_name=member.name,
        member_address=addresses.member(member.slug),
        confirmed=member.is_confirmed,
    )


def _goal(measure: Measure) -> str:
    """„2025, verschoben auf 2027“."""
    return ", verschoben auf ".join(map(german.partial_date, measure.goals))


def _steps(measure: Measure, day: date) -> tuple[StepView, ...]:
    return tuple(
        StepView(
            status,
            STATUS_LABEL[status],
            german.partial_date(when) if status == "geplant" else german.since(when),
            str(when),
            when.last <= day,
        )
        for status, when in measure.steps
    )


def measure_views(partnership: Partnership, member: Member, day: date) -> tuple[MeasureView, ...]:
    """The measures of a member that may be shown, newest status first within the file's order."""
    return tuple(
        measure_view(partnership, member, index, measure, day)
        for index, measure in enumerate(member.public_measures)
    )


def member_card(partnership: Partnership, member: Member, day: date) -> MemberCard:
    """A member as a card; counts and filters know only what may be shown, and of what has ended
    only that it has.
    """
    public = member.public_measures
    going_on = [measure for measure in public if not measure.has_ended(day)]
    keys = {partnership.field_of(measure) for measure in going_on}
    statuses = {measure.stage(day) for measure in public}
    size = size_class(member.employees)
    district = partnership.districts.get(member.district or "")
    return MemberCard(
        name=member.name,
        address=addresses.member(member.slug),
        initial=german.initial(member.name),
        monogram=monogram(member.name),
        logo=addresses.logo(member.logo) if member.logo else "",
        sector=partnership.sectors[member.sector].name,
        sector_key=member.sector,
        district=district.name if district else "",
        district_key=member.district or "",
        size=size[1] if size else "",
        size_key=size[0] if size else "",
        measures=german.counted(len(going_on), "Maßnahme", "Maßnahmen") if going_on else "",
        measure_count=len(going_on),
        fields=tuple(field_ref(partnership, key) for key in partnership.fields if key in keys),
        status_keys=tuple(status for status in STATUSES if status in statuses),
        joined=german.partial_date(member.joined) if member.joined else "",
        confirmed=member.is_confirmed,
        notice="" if member.is_confirmed else UNCONFIRMED,
    )


def monogram(name: str) -> str:
    """Up to two letters that stand for a company without a logo."""
    words = [word for word in name.replace("-", " ").split() if word[:1].isalpha()]
    # „Atelier für Holz“: what stands between names gives no letter.
    words = words[:1] + [word for word in words[1:] if not word[0].islower()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


def sorted_members(members: Iterable[Member]) -> list[Member]:
    """In German alphabetical order."""
    return sorted(members, key=lambda member: german.collation_key(member.name))


def named_source(text: str | None) -> tuple[str, str]:
    """What to write for a source, and its address if it has one."""
    address = web(text)
    if not address:
        return text or "", ""
    return address.split("//", 1)[1].split("/", 1)[0].removeprefix("www."), address


def sources_of(told: Advice | Aim | Milestone | Network | Sister) -> tuple[Link, ...]:
    """The sources of a statement about the partnership, the first one first."""
    return tuple(
        Link(*named_source(each), external=True)
        for each in (told.source, *told.more_sources)
        if each
    )
