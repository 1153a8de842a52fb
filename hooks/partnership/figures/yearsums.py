"""Sums by year: key figures, extents of measures by type, measures in force by field of action.

A figure has a public part, which is the sum of what companies publish one by one, and a
confidential part, which is published rounded at a closing (`closing`). The two are told apart
everywhere. Unlike units are never added: a share in percent has no sum.

A quantity is one figure, whether it was asked as a key figure or as the extent of measures: where
the catalogue says that they are the same, the extent counts for who has not told the key figure.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from partnership.figures import characteristics
from partnership.figures.confidentiality import to_step
from partnership.figures.summed import Figure, figures
from partnership.figures.tables import Characteristic, Counted, divided
from partnership.model.member import Measure, Member, YearFigures
from partnership.model.partnership import Partnership
from partnership.model.yearsums import ConfidentialEntry, PublishedSum

WHOLE, SECTOR, SIZE, DISTRICT = "gesamt", "branche", "groessenklasse", "stadtbezirk"
BREAKDOWNS = (SIZE, SECTOR, DISTRICT)


@dataclass(frozen=True)
class Sum:
    """A figure in a year, whole or for one class of a breakdown.

    `parts` are the public amounts by company; the confidential part is known of the whole only.
    """

    figure: Figure
    year: int
    breakdown: str
    key: str
    label: str
    parts: tuple[tuple[Member, Decimal], ...]
    confidential: PublishedSum | None = None

    @cached_property
    def public(self) -> Decimal:
        """The sum of what companies publish one by one."""
        return sum((amount for _, amount in self.parts), Decimal(0))

    @cached_property
    def together(self) -> Decimal:
        """Both parts, as exact as the confidential one, and never less than what is public."""
        if self.confidential is None:
            return self.public
        both = to_step(self.public + self.confidential.amount, self.confidential.step)
        return max(both, self.public)

    @cached_property
    def unconfirmed(self) -> int:
        """How many public amounts are told by sources only."""
        return sum(1 for member, _ in self.parts if not member.is_confirmed)


def amounts(
    partnership: Partnership, figure: Figure, member: Member, year: int, *, public: bool
) -> Decimal | None:
    """What `member` adds to `figure` in `year` from what it publishes, or from what it does not.

    None where it states nothing.
    """
    told = member.figures.get(year)
    figures = told if told and told.is_public == public else None
    measures = [measure for measure in member.measures if measure.is_public == public]
    return _amount(partnership, figure, member, figures, measures, year)


def confidential(
    partnership: Partnership,
    figure: Figure,
    member: Member,
    year: int,
    entry: ConfidentialEntry | None,
) -> Decimal | None:
    """What `member` gave for totals only, in its file and, as `entry`, apart from it.

    None where it has published the same quantity by itself: what everybody knows needs no sum, and
    would count twice.
    """
    if figure.kind == "kennzahl":
        is_public = amounts(partnership, figure, member, year, public=True) is not None
        if is_public or (figure.is_headcount and member.employees is not None):
            return None
    amount = amounts(partnership, figure, member, year, public=False)
    if entry is None:
        return amount
    told = entry.figures.get(year)
    more = _amount(partnership, figure, member, told, entry.measures, year)
    if more is None or amount is None:
        return amount if more is None else more
    return more if figure.kind == "kennzahl" else amount + more


def _amount(
    partnership: Partnership,
    figure: Figure,
    member: Member,
    told: YearFigures | None,
    measures: Iterable[Measure],
    year: int,
) -> Decimal | None:
    """What key figures of the year and measures of `member` add; None where nothing."""
    if figure.kind == "kennzahl" and told and figure.source in told.values:
        return told.values[figure.source]
    end = date(year, 12, 31)
    if figure.kind != "massnahmen":
        stated = [
            measure.extents[year]
            for measure in measures
            if measure.type == figure.extent
            and year in measure.extents
            # What is only planned is not there yet.
            and measure.status(end) != "geplant"
        ]
        return sum(stated, Decimal(0)) if stated else None
    if not member.is_member(end):
        return None
    count = sum(
        1
        for measure in measures
        if measure.type in partnership.types
        and partnership.field_of(measure) == figure.source
        and measure.is_in_force(end)
    )
    return Decimal(count) if count else None


def breakdowns(partnership: Partnership) -> Mapping[str, Characteristic]:
    """What a sum is broken down by; not every city has districts."""
    found = {SIZE: characteristics.size(), SECTOR: characteristics.sector(partnership)}
    if partnership.districts:
        found[DISTRICT] = characteristics.district(partnership)
    return found


class YearSums:
    """Every sum of a partnership on a day, looked up by figure."""

    def __init__(self, partnership: Partnership, day: date) -> None:
        self.partnership = partnership
        self.day = day
        closing = partnership.closing
        self._closed = {
            (each.figure, each.year): each for each in (closing.sums if closing else ())
        }

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that have a sum in any year."""
        return tuple(figure for figure in self._catalogue if self.by_year(figure))

    def by_year(self, figure: Figure) -> tuple[Sum, ...]:
        """The whole sum of each past year for which anything is known, oldest first."""
        return self._by_figure.get(figure.key, ())

    @cached_property
    def _by_figure(self) -> Mapping[str, tuple[Sum, ...]]:
        wholes = {
            figure.key: [self._whole(figure, year) for year in self._years]
            for figure in self._catalogue
        }
        return {
            key: tuple(each for each in found if each.parts or each.confidential)
            for key, found in wholes.items()
        }

    @cached_property
    def _catalogue(self) -> tuple[Figure, ...]:
        return figures(self.partnership)

    @cached_property
    def _years(self) -> tuple[int, ...]:
        years = {year for _, year in self._closed}
        for member in self.partnership.members:
            years |= {year for year, told in member.figures.items() if told.is_public}
            years |= {y for measure in member.public_measures for y in measure.extents if y}
        years |= set(range(self.partnership.city.founded.year, self.day.year + 1))
        # A year is over on its last day, the day on which its measures are counted.
        return tuple(sorted(year for year in years if date(year, 12, 31) <= self.day))

    @cached_property
    def _parts(self) -> Mapping[tuple[str, int], list[tuple[Member, Decimal]]]:
        """The public amounts by figure and year, in one pass over the members."""
        found: dict[tuple[str, int], list[tuple[Member, Decimal]]] = {}
        for member in self.partnership.members:
            told = {year: each for year, each in member.figures.items() if each.is_public}
            measures = member.public_measures
            for figure, years in self._possible(told, measures):
                for year in years:
                    amount = _amount(
                        self.partnership, figure, member, told.get(year), measures, year
                    )
                    if amount is not None:
                        found.setdefault((figure.key, year), []).append((member, amount))
        return found

    def _possible(
        self, told: Mapping[int, YearFigures], measures: Iterable[Measure]
    ) -> Iterator[tuple[Figure, tuple[int, ...]]]:
        """To which figures, in which years, somebody may add something: most have little to tell of
        most, and asking costs more than looking.
        """
        types = {measure.type for measure in measures}
        fields = {
            self.partnership.field_of(measure)
            for measure in measures
            if measure.type in self.partnership.types
        }
        told_years = {year for measure in measures for year in measure.extents if year}
        for figure in self._catalogue:
            if figure.kind == "massnahmen":
                if figure.source in fields:
                    yield figure, self._years
            else:
                years = {year for year, each in told.items() if figure.source in each.values}
                if figure.extent in types:
                    years |= told_years
                yield figure, tuple(year for year in self._years if year in years)

    def _whole(self, figure: Figure, year: int) -> Sum:
        parts = tuple(self._parts.get((figure.key, year), ()))
        hidden = self._closed.get((figure.key, year))
        return Sum(figure, year, WHOLE, WHOLE, "Summe", parts, hidden)

    def broken_down(self, whole: Sum) -> Iterator[Sum]:
        """The public part of a sum by class."""
        told = {member.slug: amount for member, amount in whole.parts}
        entries = [Counted(member) for member, _ in whole.parts]
        for breakdown, by in breakdowns(self.partnership).items():
            for key, label, found, _ in divided(entries, by):
                if found:
                    parts = tuple((each.member, told[each.member.slug]) for each in found)
                    yield Sum(whole.figure, whole.year, breakdown, key, label, parts)
