"""The estimates as a visitor reads them: a range, what it rests on, and how it was reckoned."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from partnership.figures import effects
from partnership.figures.effects import Effect, Outcome, definition
from partnership.figures.effects.definition import NEW, OLD
from partnership.figures.effects.formula import Corner
from partnership.language import german
from partnership.model import addresses
from partnership.model.estimate import Estimate, Factor, Family
from partnership.model.partnership import Partnership
from partnership.site.views.assumptions import HUNDRED, AssumptionView, assumptions, factors
from partnership.site.views.common import Link
from partnership.site.views.quantities import CARS, CO2E, Quantity, tell, unit_of

_HALF = 50


@dataclass(frozen=True, slots=True)
class QuantityView:
    """What is estimated: the range, what comes out mostly, and how both ends were reckoned."""

    range: str
    likely: str
    formulas: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EstimateView:
    """A type whose effect can be estimated; without `quantities` nobody has published an extent
    yet. `no_co2e` tells why only kilometres are, `largest` what one company alone contributes.
    """

    anchor: str
    type: Link
    quantities: tuple[QuantityView, ...]
    no_co2e: str
    basis: str
    largest: str
    entries: tuple[Link, ...]
    assumptions: tuple[AssumptionView, ...]


@dataclass(frozen=True, slots=True)
class FactorView:
    """A factor as it is listed; `note` is the warning that goes with it."""

    name: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class FamilyView:
    """Factors of one source, year and boundary."""

    title: str
    publisher: str
    year: str
    boundary: str
    url: str
    factors: tuple[FactorView, ...]


@dataclass(frozen=True, slots=True)
class EffectsView:
    """The page of estimates. `empty_slots` are quantities without a citable factor."""

    preliminary: str
    estimates: tuple[EstimateView, ...]
    calculators: tuple[Link, ...]
    families: tuple[FamilyView, ...]
    without: tuple[tuple[Link, str], ...]
    empty_slots: tuple[tuple[str, str], ...]
    stand: str


def page(partnership: Partnership, day: date) -> EffectsView:
    """What the page of estimates shows on `day`."""
    found = {effect.type: effect for effect in effects.effects(partnership, day)}
    estimable = {
        key: kind.estimate
        for key, kind in partnership.active_types.items()
        if kind.estimate and kind.estimate.is_complete
    }
    used = _used(partnership, estimable.values())
    return EffectsView(
        preliminary=" ".join(
            dict.fromkeys(family.preliminary for family, _ in used if family.preliminary)
        ),
        estimates=tuple(
            _estimate(partnership, key, assumed, found.get(key))
            for key, assumed in estimable.items()
        ),
        calculators=tuple(
            Link(kind.calculator.title, f"{_link(partnership, key).address}#rechner")
            for key, kind in partnership.active_types.items()
            if kind.calculator
        ),
        families=tuple(_family(family, modes) for family, modes in used),
        without=tuple(
            (_link(partnership, key), reason)
            for key, reason in effects.without_estimate(partnership)
        ),
        empty_slots=tuple(
            (factor.name, factor.note or "")
            for family in partnership.families.values()
            for factor in family.factors.values()
            if factor.value is None and factor.mode is None
        ),
        stand=german.day(day),
    )


def _used(
    partnership: Partnership, estimates: Iterable[Estimate]
) -> tuple[tuple[Family, frozenset[str | None]], ...]:
    """The families that greenhouse gases are estimated with, and the modes taken from each."""
    modes: dict[str, set[str | None]] = {}
    for assumed in estimates:
        if assumed.family and not assumed.no_co2e:
            modes.setdefault(assumed.family, set()).update((assumed.old, assumed.new))
    return tuple(
        (partnership.families[key], frozenset(taken - {None})) for key, taken in modes.items()
    )


def _link(partnership: Partnership, key: str) -> Link:
    kind = partnership.types[key]
    return Link(kind.name, addresses.measure_type(kind.field, key))


def _estimate(
    partnership: Partnership, key: str, assumed: Estimate, effect: Effect | None
) -> EstimateView:
    kind = partnership.types[key]
    made = definition(assumed, partnership.families)
    return EstimateView(
        anchor=key.replace("_", "-"),
        type=_link(partnership, key),
        quantities=tuple(_quantities(effect, assumed)) if effect else (),
        no_co2e=assumed.no_co2e or "",
        basis=_basis(effect, kind.unit.name) if effect else "",
        largest=_largest(effect) if effect else "",
        entries=_entries(effect) if effect else (),
        assumptions=(
            *assumptions(assumed, made),
            *(() if assumed.no_co2e else factors(assumed, made)),
        ),
    )


def _quantities(effect: Effect, assumed: Estimate) -> Iterator[QuantityView]:
    for outcome, kind in ((effect.cars, CARS), (effect.co2e, CO2E)):
        if outcome is not None:
            yield _quantity(outcome, kind, assumed)


def _quantity(outcome: Outcome, kind: Quantity, assumed: Estimate) -> QuantityView:
    told, unit = tell(outcome, kind), unit_of(outcome, kind)
    shown = outcome.times(unit.factor)
    return QuantityView(
        range=told.range,
        likely=told.likely,
        formulas=tuple(
            (
                which,
                f"{_formula(corner, assumed, in_grams=kind is CO2E)} ="
                f" {german.exact(end)} {unit.short}",
            )
            for which, corner, end in (
                ("Untere Grenze", outcome.low, shown.low),
                ("Obere Grenze", outcome.high, shown.high),
            )
        ),
    )


def _formula(corner: Corner, assumed: Estimate, *, in_grams: bool) -> str:
    """How an end was reckoned: „351 × 12 % × 132 Tage × 2 × 10 km ÷ 1,4“."""
    value = {name: german.typed(each) for name, each in corner.values.items()}
    share = german.typed(corner.values["anteil"] * HUNDRED)
    steps = [value["beteiligte"], f"{share} %"]
    if assumed.yearly_km:
        steps.append(f"{value['km_jahr']} km")
    else:
        there_and_back = ["2"] if assumed.procedure != "fahrzeug" else []
        steps += [f"{value['tage']} Tage", *there_and_back, f"{value['km']} km"]
    persons = f" ÷ {value['personen']}" if "personen" in value else ""
    if not in_grams:
        return f"{' × '.join(steps)}{persons}"
    grams = f"{value[OLD]}{persons}"
    if NEW in value:
        grams = f"({grams} − {value[NEW]})"
    return f"{' × '.join(steps)} × {grams} g/km"


def _basis(effect: Effect, unit: str) -> str:
    companies = german.counted(effect.companies, "Unternehmen", "Unternehmen")
    text = f"Grundlage: {german.number(effect.users)} ({unit}), angegeben von {companies}."
    if effect.silent:
        more = german.counted(effect.silent, "weiteres", "weitere")
        verb = "nennt" if effect.silent == 1 else "nennen"
        text += f" {more} mit dieser Maßnahme {verb} keinen Umfang oder nur einen für Summen."
    return text


def _largest(effect: Effect) -> str:
    """What one company alone contributes; more than half of it is said with a warning."""
    if effect.companies == 1:
        return "Die Angabe kommt von einem einzigen Unternehmen."
    text = f"Auf ein einzelnes Unternehmen entfallen {effect.largest} % davon"
    return f"{text}, also mehr als die Hälfte." if effect.largest > _HALF else f"{text}."


def _entries(effect: Effect) -> tuple[Link, ...]:
    """The entries behind an estimate, in the order of the alphabet."""
    ordered = sorted(effect.entries, key=lambda each: german.collation_key(each.member.name))
    return tuple(
        Link(
            each.member.name,
            addresses.member(each.member.slug),
            note=german.number(each.amount) + (f" ({each.year})" if each.year else ""),
        )
        for each in ordered
    )


def _family(family: Family, modes: frozenset[str | None]) -> FamilyView:
    return FamilyView(
        title=family.title,
        publisher=family.publisher,
        year=str(family.year),
        boundary=family.boundary,
        url=family.source.url or "",
        factors=tuple(
            _factor(each)
            for each in family.factors.values()
            if each.mode in modes and each.value is not None
        ),
    )


def _factor(factor: Factor) -> FactorView:
    persons = f"{german.number(factor.persons)} Personen je Auto." if factor.persons else ""
    return FactorView(
        name=factor.name,
        value=f"{german.number(factor.value or 0)} {factor.unit}",
        note=" ".join(each for each in (persons, factor.note) if each),
    )
