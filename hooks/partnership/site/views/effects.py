"""The estimates as a visitor reads them: a range, what it rests on, and how it was reckoned."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnership import addresses, effects, german
from partnership.effects import Corner, Effect
from partnership.model.catalogue import Estimate, Factor
from partnership.model.partnership import Partnership
from partnership.views.common import Link

_KILOGRAMS = 1000


@dataclass(frozen=True, slots=True)
class AssumptionView:
    """One visible assumption with its lower and upper value."""

    name: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class EstimateView:
    """A type whose effect can be estimated; without `range` nobody has published an extent yet."""

    anchor: str
    type: Link
    range: str
    basis: str
    formulas: tuple[str, ...]
    assumptions: tuple[AssumptionView, ...]


@dataclass(frozen=True, slots=True)
class FactorView:
    """A factor with its source; `note` is the warning that goes with it."""

    name: str
    value: str
    year: str
    boundary: str
    source: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class EffectsView:
    """The page of estimates. `empty_slots` are quantities without a citable factor."""

    estimates: tuple[EstimateView, ...]
    factors: tuple[FactorView, ...]
    without: tuple[tuple[Link, str], ...]
    empty_slots: tuple[tuple[str, str], ...]
    stand: str


def page(partnership: Partnership, day: date) -> EffectsView:
    """What the page of estimates shows on `day`."""
    found = {effect.type: effect for effect in effects.effects(partnership, day)}
    estimable = [
        (key, kind.estimate) for key, kind in partnership.active_types.items() if kind.estimate
    ]
    modes = {mode for _, assumed in estimable for mode in (assumed.old, assumed.new) if mode}
    return EffectsView(
        estimates=tuple(
            _estimate(partnership, key, assumed, found.get(key)) for key, assumed in estimable
        ),
        factors=tuple(
            _factor(factor)
            for factor in partnership.factors.values()
            if factor.mode in modes and factor.value is not None
        ),
        without=tuple(
            (_link(partnership, key), reason)
            for key, reason in effects.without_estimate(partnership)
        ),
        empty_slots=tuple(
            (factor.name, factor.note or "")
            for factor in partnership.factors.values()
            if factor.value is None
        ),
        stand=german.day(day),
    )


def _link(partnership: Partnership, key: str) -> Link:
    kind = partnership.types[key]
    return Link(kind.name, addresses.measure_type(kind.field, key))


def _estimate(
    partnership: Partnership, key: str, assumed: Estimate, effect: Effect | None
) -> EstimateView:
    unit = partnership.types[key].unit
    low, high = effects.corners(
        assumed, partnership.factors, effect.users if effect else Decimal(1)
    )
    return EstimateView(
        anchor=key.replace("_", "-"),
        type=_link(partnership, key),
        range=_range(low, high) if effect else "",
        basis=_basis(effect, unit.name) if effect else "",
        formulas=tuple(_formula(effect.users, each, assumed) for each in (low, high))
        if effect
        else (),
        assumptions=tuple(_assumptions(assumed, low, high)),
    )


def amount(tonnes: float, *, in_kilograms: bool) -> str:
    """An amount of CO2e to two significant digits, without its unit."""
    value = effects.rounded(tonnes * (_KILOGRAMS if in_kilograms else 1))
    return german.number(int(value) if value == int(value) else value)


def _range(low: Corner, high: Corner) -> str:
    small = abs(high.tonnes) < 1
    ends = [amount(each.tonnes, in_kilograms=small) for each in (low, high)]
    return f"{ends[0]} bis {ends[1]} {'kg' if small else 't'} CO₂e im Jahr"


def _basis(effect: Effect, unit: str) -> str:
    companies = german.counted(len(effect.members), "Unternehmen", "Unternehmen")
    text = f"Grundlage: {german.number(effect.users)} ({unit}), angegeben von {companies}."
    if effect.silent:
        more = german.counted(effect.silent, "weiteres", "weitere")
        verb = "nennt" if effect.silent == 1 else "nennen"
        text += f" {more} mit dieser Maßnahme {verb} keinen Umfang oder nur für Summen."
    return text


def _formula(users: Decimal, corner: Corner, assumed: Estimate) -> str:
    grams = f"{german.number(corner.old)} g/km"
    if assumed.new:
        grams = f"({german.number(corner.old)} − {german.number(corner.new)}) g/km"
    small = abs(corner.tonnes) < 1
    result = f"{amount(corner.tonnes, in_kilograms=small)} {'kg' if small else 't'}"
    return (
        f"{german.number(users)} × {german.percent(float(corner.share))}"
        f" × {german.number(corner.days)} {'Fahrt' if corner.days == 1 else 'Tage'} × 2 ×"
        f" {german.number(corner.km)} km × {grams} = {result}"
    )


def _assumptions(assumed: Estimate, low: Corner, high: Corner) -> Iterator[AssumptionView]:
    yield AssumptionView(
        "Anteil, der vorher so unterwegs war",
        german.percent(float(low.share)),
        german.percent(float(high.share)),
    )
    pairs = [
        ("Tage oder Fahrten im Jahr", low.days, high.days),
        ("Kilometer einfacher Weg", low.km, high.km),
        ("Bisher, g CO₂e je km", low.old, high.old),
    ]
    if assumed.new:
        pairs.append(("Neu, g CO₂e je km", low.new, high.new))
    for name, one, other in pairs:
        yield AssumptionView(name, german.number(one), german.number(other))


def _factor(factor: Factor) -> FactorView:
    source = factor.source
    return FactorView(
        name=factor.name,
        value=f"{german.number(factor.value or Decimal(0))} {factor.unit}",
        year=str(factor.year or ""),
        boundary=factor.boundary or "",
        source=source.title if source else "",
        url=str(source.url) if source and source.url else "",
        note=factor.note or "",
    )
