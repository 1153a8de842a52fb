"""Sums by year: key figures, extents of measures by type, measures in force by field of action.

A figure has a public part, which is the sum of what companies publish one by one, and a
confidential part, which is the sum of groups of companies published at a closing (`closing`). The
two are told apart everywhere. Unlike units are never added: a share in percent has no sum.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from partnership.glossary import SIZES
from partnership.model.member import IN_FORCE, Measure, Member
from partnership.model.partnership import Partnership
from partnership.model.yearsums import ConfidentialEntry, PublishedSum
from partnership.statistics import size_of

SUMMED = frozenset({"anzahl", "menge"})
WHOLE, SECTOR, SIZE, DISTRICT = "gesamt", "branche", "groessenklasse", "stadtbezirk"
# Breakdowns in the order in which they are preferred when not all can be published.
BREAKDOWNS = (SIZE, SECTOR, DISTRICT)


@dataclass(frozen=True, slots=True)
class Figure:
    """What is added: `kind` says from where, `source` is the key there; `family` names figures
    that limit each other.
    """

    key: str
    kind: str
    source: str
    name: str
    unit: str
    family: str


@dataclass(frozen=True)
class Sum:
    """A figure in a year, whole or for one class of a breakdown.

    `parts` are the public amounts by company; `groups` the confidential groups that lie within.
    """

    figure: Figure
    year: int
    breakdown: str
    key: str
    label: str
    parts: tuple[tuple[Member, Decimal], ...]
    groups: tuple[PublishedSum, ...]

    @cached_property
    def public(self) -> Decimal:
        """The sum of what companies publish one by one."""
        return sum((amount for _, amount in self.parts), Decimal(0))

    @cached_property
    def confidential(self) -> Decimal:
        """The sum of the published groups."""
        return sum((group.amount for group in self.groups), Decimal(0))

    @cached_property
    def hidden(self) -> int:
        """How many companies stand behind the confidential part."""
        return sum(group.companies for group in self.groups)

    @cached_property
    def unconfirmed(self) -> int:
        """How many public amounts are told by sources only."""
        return sum(1 for member, _ in self.parts if not member.is_confirmed)


def figures(partnership: Partnership) -> tuple[Figure, ...]:
    """Every figure that has a sum, in the order of the catalogues."""
    found = []
    for key, figure in partnership.questionnaire.figures.items():
        if figure.kind in SUMMED:
            family = f"kennzahl-{figure.part_of or key}"
            whole = partnership.questionnaire.figures.get(figure.part_of or "")
            name = f"{whole.name}, {figure.name}" if whole else figure.name
            found.append(Figure(f"kennzahl-{key}", "kennzahl", key, name, figure.unit, family))
    for key, kind in partnership.types.items():
        if kind.unit.kind in SUMMED:
            name = f"umfang-{key}"
            found.append(Figure(name, "umfang", key, kind.name, kind.unit.name, name))
    for key, field in partnership.fields.items():
        name = f"massnahmen-{key}"
        found.append(Figure(name, "massnahmen", key, field.name, "wirksame Maßnahmen", name))
    return tuple(found)


def amounts(
    partnership: Partnership, figure: Figure, member: Member, year: int, *, public: bool
) -> Decimal | None:
    """What `member` adds to `figure` in `year` from what it publishes, or from what it does not.

    None where it states nothing.
    """
    if figure.kind == "kennzahl":
        told = member.figures.get(year)
        return told.values.get(figure.source) if told and told.is_public == public else None
    measures = [measure for measure in member.measures if measure.is_public == public]
    return of_measures(partnership, figure, member, measures, year)


def confidential(
    partnership: Partnership,
    figure: Figure,
    member: Member,
    year: int,
    entry: ConfidentialEntry | None,
) -> Decimal | None:
    """What `member` gave for totals only, in its file and, as `entry`, apart from it."""
    amount = amounts(partnership, figure, member, year, public=False)
    if entry is None:
        return amount
    if figure.kind == "kennzahl":
        told = entry.figures.get(year)
        more = told.values.get(figure.source) if told else None
    else:
        more = of_measures(partnership, figure, member, entry.measures, year)
    return amount if more is None else (amount or Decimal(0)) + more


def of_measures(
    partnership: Partnership,
    figure: Figure,
    member: Member,
    measures: Iterable[Measure],
    year: int,
) -> Decimal | None:
    """What these measures of `member` add to a figure about measures; None where nothing."""
    if figure.kind == "umfang":
        stated = [
            measure.extents[year]
            for measure in measures
            if measure.type == figure.source and year in measure.extents
        ]
        return sum(stated, Decimal(0)) if stated else None
    end = date(year, 12, 31)
    if not member.is_member(end):
        return None
    count = sum(
        1
        for measure in measures
        if measure.type in partnership.types
        and partnership.field_of(measure) == figure.source
        and measure.status(end) in IN_FORCE
    )
    return Decimal(count) if count else None


def class_of(member: Member, breakdown: str) -> str | None:
    """The key of a member in a breakdown, None where it is not known."""
    if breakdown == SIZE:
        return size_of(member)
    return member.sector if breakdown == SECTOR else member.district


def breakdowns(partnership: Partnership) -> tuple[str, ...]:
    """The breakdowns there are; not every city has districts."""
    return BREAKDOWNS if partnership.districts else (SIZE, SECTOR)


def classes(partnership: Partnership, breakdown: str) -> Mapping[str, str]:
    """The classes of a breakdown with their names."""
    if breakdown == SIZE:
        return {key: label for key, _, _, label in SIZES}
    found = partnership.sectors if breakdown == SECTOR else partnership.districts
    return {key: each.name for key, each in found.items()}


class YearSums:
    """Every sum of a partnership on a day, looked up by figure."""

    def __init__(self, partnership: Partnership, day: date) -> None:
        self.partnership = partnership
        self.day = day
        closing = partnership.closing
        self._groups: dict[tuple[str, int], list[PublishedSum]] = {}
        for group in closing.sums if closing else ():
            self._groups.setdefault((group.figure, group.year), []).append(group)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that have a sum in any year."""
        return tuple(figure for figure in figures(self.partnership) if self.by_year(figure))

    def by_year(self, figure: Figure) -> tuple[Sum, ...]:
        """The whole sum of each past year for which anything is known, oldest first."""
        if figure.key not in self._by_year:
            found = (self._whole(figure, year) for year in self._years)
            self._by_year[figure.key] = tuple(each for each in found if each.parts or each.groups)
        return self._by_year[figure.key]

    @cached_property
    def _by_year(self) -> dict[str, tuple[Sum, ...]]:
        return {}

    @cached_property
    def _years(self) -> tuple[int, ...]:
        years = {year for _, year in self._groups}
        for member in self.partnership.members:
            years |= {year for year, told in member.figures.items() if told.is_public}
            years |= {y for measure in member.public_measures for y in measure.extents if y}
        years |= set(range(self.partnership.city.founded.year, self.day.year))
        return tuple(sorted(year for year in years if year < self.day.year))

    def _whole(self, figure: Figure, year: int) -> Sum:
        parts = []
        for member in self.partnership.members:
            amount = amounts(self.partnership, figure, member, year, public=True)
            if amount is not None:
                parts.append((member, amount))
        groups = tuple(self._groups.get((figure.key, year), ()))
        return Sum(figure, year, WHOLE, WHOLE, "Summe", tuple(parts), groups)

    def broken_down(self, whole: Sum) -> Iterator[Sum]:
        """The same sum by class; confidential groups of several classes stand in a row apart."""
        for breakdown in breakdowns(self.partnership):
            parts: dict[str | None, list[tuple[Member, Decimal]]] = {}
            for member, amount in whole.parts:
                parts.setdefault(class_of(member, breakdown), []).append((member, amount))
            groups: dict[str | None, list[PublishedSum]] = {}
            for group in whole.groups:
                groups.setdefault(_common(group, breakdown), []).append(group)
            known = classes(self.partnership, breakdown)
            labels: dict[str | None, str] = {key: label for key, label in known.items()}  # noqa: C416
            labels[None] = "ohne Angabe oder keiner Klasse zuzuordnen"
            for key, label in labels.items():
                if key in parts or key in groups:
                    yield Sum(
                        whole.figure,
                        whole.year,
                        breakdown,
                        key or "ohne-angabe",
                        label,
                        tuple(parts.get(key, ())),
                        tuple(groups.get(key, ())),
                    )


def _common(group: PublishedSum, breakdown: str) -> str | None:
    if breakdown == SIZE:
        return group.size
    return group.sector if breakdown == SECTOR else group.district
