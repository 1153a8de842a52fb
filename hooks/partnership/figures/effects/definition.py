"""A measure type's assumptions as ranges and formulas.

    shifted, avoided   trips = users × share × days × 2 × km (one way)
                       car km saved = trips ÷ persons in the car
                       g CO2e saved = car km × old − trips × new
    other vehicle      km replaced = users × share × days × km (a day), or users × share × km a year
                       g CO2e saved = km replaced × (old − new)

`old` is in grams per vehicle kilometre: a factor per person kilometre times the persons that are in
it. So is `new` of another vehicle; of other modes it is per person kilometre. Where an electric car
replaces a car, the kilometres are driven all the same, and no car kilometre is saved.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from partnership.figures.effects.formula import Formula, Range, Term, names
from partnership.model.estimate import Estimate, Factor, Family

# There and back; tonnes of grams.
TRIPS, GRAMS = "wege", "gramm"
CONSTANTS: Mapping[str, Range] = {
    TRIPS: (Fraction(2), Fraction(2)),
    GRAMS: (Fraction(1_000_000), Fraction(1_000_000)),
}
_NOTHING: Range = (Fraction(0), Fraction(0))
USERS, OLD, NEW, COST = "beteiligte", "alt", "neu", "kosten"
# Between which bounds a value lies; beyond them it can only be a slip.
BOUNDS: Mapping[str, tuple[int, int]] = {
    USERS: (0, 1_000_000),
    "anteil": (0, 1),
    "tage": (0, 366),
    "km": (0, 1_000),
    "km_jahr": (0, 200_000),
    "personen": (1, 9),
    OLD: (0, 5_000),
    NEW: (0, 5_000),
    COST: (0, 100_000),
}


@dataclass(frozen=True, slots=True)
class Definition:
    """How the effects of a type are reckoned. `ranges` are those of its values, None for one that
    is not known; `examples` those the calculator begins with. `km` and `co2e` (tonnes) are the
    formulas; co2e is empty where it is not reckoned. `saves_cars` tells what the kilometres are.
    """

    ranges: Mapping[str, Range | None]
    examples: Mapping[str, Range | None]
    km: Formula
    co2e: Formula
    saves_cars: bool
    old: tuple[Factor, ...]
    new: tuple[Factor, ...]

    def of(
        self, formula: Formula, users: Fraction, *, with_examples: bool = False
    ) -> Mapping[str, Range] | None:
        """The ranges that `formula` needs, for so many users; None if one is not known."""
        chosen = self.examples if with_examples else self.ranges
        known = {**CONSTANTS, **chosen, USERS: (users, users)}
        found = {name: span for name in names(formula) if (span := known[name]) is not None}
        return found if formula and len(found) == len(names(formula)) else None


def definition(assumed: Estimate, families: Mapping[str, Family]) -> Definition:
    """The definition that `assumed` and the factors of its family make."""
    family = families.get(assumed.family or "")
    old = family.of_mode(assumed.old) if family and assumed.old else ()
    new = family.of_mode(assumed.new) if family and assumed.new else ()
    by_vehicle = assumed.procedure == "fahrzeug"
    shifts = assumed.procedure != "vermeidung"
    factors = {
        OLD: _grams(old, per_vehicle=True),
        NEW: _grams(new, per_vehicle=by_vehicle) if shifts else _NOTHING,
    }
    made = assumed.assumptions
    spans = {name: _exact(each.span) for name, each in made.items()}
    begins = {name: _exact(each.span or each.example) for name, each in made.items()}
    km, co2e = _formulas(assumed, shifts=shifts)
    return Definition(
        ranges={**spans, **factors},
        examples={**begins, **factors},
        km=km,
        co2e=co2e if old else (),
        saves_cars=not (by_vehicle and any(each.persons for each in new)),
        old=old,
        new=new,
    )


def _formulas(assumed: Estimate, *, shifts: bool) -> tuple[Formula, Formula]:
    by_vehicle = assumed.procedure == "fahrzeug"
    if assumed.yearly_km:
        activity: tuple[str, ...] = (USERS, "anteil", "km_jahr")
    elif by_vehicle:
        activity = (USERS, "anteil", "tage", "km")
    else:
        activity = (USERS, "anteil", "tage", TRIPS, "km")
    persons = () if by_vehicle else ("personen",)
    before = Term((*activity, OLD), (*persons, GRAMS))
    after = Term((*activity, NEW), (GRAMS,), -1)
    return (Term(activity, persons),), (before, after) if shifts else (before,)


def _grams(factors: tuple[Factor, ...], *, per_vehicle: bool) -> Range | None:
    """The least and the greatest of the factors; None if one of them has no value."""
    found = [
        Fraction(each.value) * (Fraction(each.persons or 1) if per_vehicle else 1)
        for each in factors
        if each.value is not None
    ]
    return (min(found), max(found)) if found and len(found) == len(factors) else None


def _exact(pair: tuple[object, object] | None) -> Range | None:
    return None if pair is None else (Fraction(str(pair[0])), Fraction(str(pair[1])))
