"""The calculator on a measure type's page: its fields, a worked example, and the rules by which its
script reckons in the browser. All of it comes from the definition that the estimates use.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from partnership.figures.effects import Definition, definition, outcome
from partnership.figures.effects.definition import BOUNDS, CONSTANTS, COST, NEW, OLD, USERS
from partnership.figures.effects.formula import (
    BASES,
    KNOWN_DIGITS,
    POINTS,
    RANKS,
    SHOWN_DIGITS,
    Formula,
    Term,
    names,
)
from partnership.language import german
from partnership.model import values
from partnership.model.catalogue import MeasureType
from partnership.model.estimate import Calculator
from partnership.model.partnership import Partnership
from partnership.office.formrules import MESSAGES, javascript
from partnership.site.views import quantities
from partnership.site.views.assumptions import HUNDRED, AssumptionView, assumptions, factors
from partnership.site.views.linked_data import as_data
from partnership.site.views.quantities import CO2E, KM, Quantity, Told

_TIMES = "mal"
_COSTS: Formula = (Term((USERS, COST, _TIMES)),)
_MISSING = "Dafür fehlt noch: {what}."
_WRONG = "Bitte prüfen Sie die markierten Angaben."
_WHOLE = frozenset({USERS})
# What is missing, in short.
_SHORT: Mapping[str, str] = {
    USERS: "die Zahl der Beteiligten",
    COST: "die Kosten",
    "anteil": "der Anteil",
    "tage": "die Tage",
    "km": "die Kilometer",
    "km_jahr": "die Kilometer",
    "personen": "die Personen im Auto",
    OLD: "der Wert bisher",
    NEW: "der Wert neu",
}


@dataclass(frozen=True, slots=True)
class ResultView:
    """What comes out for the example: an amount in words, or what is missing for one."""

    key: str
    name: str
    told: Told


@dataclass(frozen=True, slots=True)
class CalculatorView:
    """A calculator. `own` are what only the company knows, `rules` is a JSON object for the script
    (`_rules`), `basis` says whose factors they are and `no_co2e` why no grams are reckoned.
    """

    title: str
    own: tuple[AssumptionView, ...]
    assumed: tuple[AssumptionView, ...]
    results: tuple[ResultView, ...]
    basis: str
    no_co2e: str
    rules: Markup


def calculator(partnership: Partnership, kind: MeasureType) -> CalculatorView | None:
    """The calculator of a type, if it has one."""
    assumed, begins = kind.estimate, kind.calculator
    if assumed is None or begins is None:
        return None
    made = definition(assumed, partnership.families)
    fields = (*assumptions(assumed, made), *(factors(assumed, made) if made.co2e else ()))
    own = (
        _own(USERS, kind.unit.short or kind.unit.name, Fraction(begins.users)),
        _own(COST, begins.cost.name, Fraction(begins.cost.example)),
    )
    family = partnership.families.get(assumed.family or "")
    basis = ""
    if family is not None and any(each.value is not None for each in (*made.old, *made.new)):
        marked = ", vorläufig" if family.preliminary else ""
        basis = f"Emissionsfaktoren: {family.publisher}, {family.year}{marked}."
    keys = tuple(field.key for field in (*own, *fields))
    return CalculatorView(
        title=begins.title,
        own=own,
        assumed=fields,
        results=tuple(_results(made, begins)),
        basis=basis,
        no_co2e=assumed.no_co2e or "",
        rules=as_data(_rules(made, begins, keys)),
    )


def _own(key: str, name: str, value: Fraction) -> AssumptionView:
    typed = german.typed(value)
    return AssumptionView(key, f"{name[:1].upper()}{name[1:]}", "", typed, typed, (), "")


def _formulas(made: Definition) -> Iterator[tuple[str, str, Formula, Quantity | None]]:
    """What is reckoned: key, name, formula, and in which units; costs are plain."""
    yield COST, "Kosten im Jahr", _COSTS, None
    saved = "Weniger Autokilometer im Jahr" if made.saves_cars else "Ersetzte Kilometer im Jahr"
    yield "km", saved, made.km, KM
    if made.co2e:
        yield "co2e", "Weniger Treibhausgase im Jahr", made.co2e, CO2E


def _results(made: Definition, begins: Calculator) -> Iterator[ResultView]:
    for key, name, formula, quantity in _formulas(made):
        if quantity is None:
            amount = begins.users * begins.cost.example * begins.cost.times
            yield ResultView(key, name, Told(german.euros(amount), ""))
            continue
        ranges = made.of(formula, Fraction(begins.users), with_examples=True)
        if ranges is None:
            unknown = [each for each in names(formula) if made.examples.get(each, 0) is None]
            what = german.listing(_SHORT[each] for each in unknown)
            told = Told("", _MISSING.format(what=what))
        else:
            told = quantities.tell(outcome(formula, ranges), quantity)
        yield ResultView(key, name, told)


def _rules(made: Definition, begins: Calculator, keys: Sequence[str]) -> Mapping[str, Any]:
    """Everything the script needs to know: it has no number and no sentence of its own."""
    formulas = {key: (formula, quantity) for key, _, formula, quantity in _formulas(made)}
    return {
        "felder": {
            key: {
                "name": _SHORT[key],
                "von": BOUNDS[key][0] * (scale := HUNDRED if key == "anteil" else 1),
                "bis": BOUNDS[key][1] * scale,
                "durch": scale,
                "ganz": key in _WHOLE,
            }
            for key in keys
        },
        "fest": {
            **{name: float(low) for name, (low, _) in CONSTANTS.items()},
            _TIMES: begins.cost.times,
        },
        "formeln": {
            key: [[term.times, term.over, term.sign] for term in formula]
            for key, (formula, _) in formulas.items()
        },
        "einheiten": {
            key: [[unit.factor, unit.name] for unit in quantity.units]
            for key, (_, quantity) in formulas.items()
            if quantity is not None
        },
        "basen": {key: base for key, base in BASES.items() if key in keys},
        "punkte": POINTS,
        "raenge": RANKS,
        "ziffern": [KNOWN_DIGITS, SHOWN_DIGITS],
        "muster": {
            name: javascript(values.PATTERNS[name])
            for name in ("whole", "plain", "grouped", "looksGrouped")
        },
        "texte": {
            **{rule: MESSAGES[rule] for rule in ("zahl", "zahl_mehrdeutig", "ganze_zahl")},
            "grenze": "Bitte einen Wert von {von} bis {bis}.",
            "verkehrt": "Der größere Wert gehört nach hinten: {bis} ist kleiner als {von}.",
            "spanne": quantities.RANGE,
            "einzeln": quantities.SINGLE,
            "meist": quantities.LIKELY,
            "fehlt": _MISSING,
            "falsch": _WRONG,
        },
    }
