"""Rules for the assumptions of estimates and the factors they rest on."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from partnership.checking.rules.references import unknown_key
from partnership.figures.effects.definition import BOUNDS, definition
from partnership.language import german
from partnership.model.catalogue import MeasureType
from partnership.model.estimate import Assumption, Estimate, Factor, Family
from partnership.model.partnership import Partnership
from partnership.model.problems import Problem
from partnership.reading.source import Document, Trail

_TYPES = "data/massnahmentypen.yml"
_FACTORS = "data/emissionsfaktoren.yml"
# Which assumptions a procedure rests on; another vehicle's may be kilometres a year instead.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "verlagerung": ("tage", "km", "personen"),
    "vermeidung": ("tage", "km", "personen"),
    "fahrzeug": ("tage", "km"),
}


def estimates(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """An estimate has the assumptions of its procedure and factors of one family; what is not
    estimated says why.
    """
    document = documents.get(_TYPES)
    if document is None:
        return
    for key, kind in partnership.types.items():
        if kind.estimate is not None:
            trail: Trail = (key, "schaetzung")
            yield from _assumptions(kind.estimate, document, trail)
            for name, assumed in kind.estimate.assumptions.items():
                yield from _span(name, assumed, document, (*trail, name))
            yield from _factors(kind.estimate, document, trail, partnership.families)
        yield from _reasons(kind, document, (key,), partnership.families)
        if kind.calculator is not None and kind.estimate is None:
            yield _missing(
                document,
                (key, "rechner"),
                "Der Rechner hat keine Annahmen, mit denen er rechnen kann.",
                "Bitte „schaetzung“ ergänzen oder „rechner“ streichen.",
            )


def _missing(document: Document, trail: Trail, message: str, remedy: str) -> Problem:
    return document.problem(document.place(trail), "annahme", message, remedy)


def _assumptions(assumed: Estimate, document: Document, trail: Trail) -> Iterator[Problem]:
    made, needed = assumed.assumptions, _NEEDED[assumed.procedure]
    if assumed.procedure == "fahrzeug" and "km_jahr" in made:
        needed = ("km_jahr",)
    for name in needed:
        if name not in made:
            yield _missing(
                document,
                trail,
                f"Beim Verfahren „{assumed.procedure}“ fehlt die Annahme „{name}“.",
                f"Bitte ergänzen: {name}: …",
            )
    for name in made:
        if name not in ("anteil", *needed):
            yield document.problem(
                document.place((*trail, name), of_key=True),
                "ueberzaehlig",
                f"„{name}“ geht beim Verfahren „{assumed.procedure}“ in keine Rechnung ein.",
                "Bitte streichen oder das Verfahren ändern.",
            )


def _span(name: str, assumed: Assumption, document: Document, trail: Trail) -> Iterator[Problem]:
    for key, pair in (("spanne", assumed.span), ("beispiel", assumed.example)):
        if pair is not None:
            yield from _pair(pair, name, document, (*trail, key))
    if assumed.span is None:
        if not assumed.reason and not assumed.sources:
            yield _missing(
                document,
                trail,
                f"Für „{name}“ steht hier weder eine Spanne noch, warum es keine gibt.",
                "Bitte ergänzen: begruendung: …",
            )
    elif name == "anteil" and not assumed.sources:
        yield _missing(
            document,
            trail,
            "Für den Anteil fehlt eine Quelle. Ohne Quelle wird nichts geschätzt.",
            "Bitte „quellen“ ergänzen, oder die „spanne“ streichen und unter „begruendung“ sagen,"
            " dass es keine gibt.",
        )
    elif not assumed.sources and not assumed.reason:
        yield _missing(
            document,
            trail,
            f"Woher die Spanne für „{name}“ kommt, steht hier nicht.",
            "Bitte „quellen“ ergänzen oder unter „begruendung“ sagen, dass es eine eigene"
            " Festlegung ist.",
        )


def _pair(
    pair: tuple[Decimal, Decimal], name: str, document: Document, trail: Trail
) -> Iterator[Problem]:
    (low, high), (least, most) = pair, BOUNDS[name]
    outside = next((each for each in pair if not least <= each <= most), None)
    if low > high:
        yield document.problem(
            document.place(trail),
            "spanne",
            f"Bei „{name}“ steht der größere Wert vorn.",
            f"Bitte tauschen: {trail[-1]}: [{high}, {low}]",
        )
    elif outside is not None:
        yield document.problem(
            document.place(trail),
            "spanne",
            f"„{name}“ liegt zwischen {german.number(least)} und {german.number(most)}, hier steht"
            f" {german.number(outside)}.",
            "Bitte umrechnen: 20 % sind 0,2." if name == "anteil" else "Bitte die Zahl prüfen.",
        )


def _factors(
    assumed: Estimate, document: Document, trail: Trail, families: Mapping[str, Family]
) -> Iterator[Problem]:
    modes = {name: mode for name, mode in (("von", assumed.old), ("nach", assumed.new)) if mode}
    if assumed.family is None:
        if modes:
            yield _missing(
                document,
                trail,
                "Aus welcher Familie die Emissionsfaktoren kommen, steht hier nicht.",
                f"Bitte ergänzen, zum Beispiel: familie: {next(iter(families), '…')}",
            )
        return
    family = families.get(assumed.family)
    if family is None:
        known = {key: each.title for key, each in families.items()}
        yield from unknown_key(document, (*trail, "familie"), known, "Familie", _FACTORS)
        return
    used: list[Factor] = []
    for name, mode in modes.items():
        found = family.of_mode(mode)
        used += found
        if not found:
            yield from _of_another_family(mode, document, (*trail, name), assumed.family, families)
    yield from _of_one_kind(used, family, document, trail)
    if assumed.procedure != "vermeidung" and assumed.old and not assumed.new:
        yield _missing(
            document,
            trail,
            "Hier fehlt, womit der Weg jetzt zurückgelegt wird.",
            "Bitte ergänzen: nach: …",
        )
    if any(
        each.value is not None and not each.persons for each in family.of_mode(assumed.old or "")
    ):
        yield document.problem(
            document.place((*trail, "von")),
            "besetzung",
            f"Gerechnet wird je Fahrzeugkilometer, aber bei „{assumed.old}“ steht in {_FACTORS}"
            " nicht, wie viele Personen im Wert stecken.",
            "Bitte dort ergänzen: personen: …",
        )


def _of_another_family(
    mode: str, document: Document, trail: Trail, own: str, families: Mapping[str, Family]
) -> Iterator[Problem]:
    other = next((key for key, each in families.items() if mode in each.modes), None)
    if other is None:
        known = {each: each for each in families[own].modes}
        yield from unknown_key(document, trail, known, "Verkehrsmittel", _FACTORS)
        return
    yield document.problem(
        document.place(trail),
        "mischung",
        f"„{mode}“ steht in der Familie „{other}“, diese Schätzung rechnet mit „{own}“. Werte aus"
        " zwei Familien haben verschiedene Jahre und Grenzen und dürfen nicht verrechnet werden.",
        f"Bitte alles aus einer Familie nehmen, in „{own}“ gibt es:"
        f" {', '.join(families[own].modes)}.",
    )


def _of_one_kind(
    used: list[Factor], family: Family, document: Document, trail: Trail
) -> Iterator[Problem]:
    valued = [each for each in used if each.value is not None]
    units = dict.fromkeys(each.unit for each in valued)
    if len(units) > 1:
        yield document.problem(
            document.place(trail),
            "mischung",
            f"Diese Schätzung mischt die Einheiten {german.listing(units)}.",
            "Bitte nur Verkehrsmittel mit derselben Einheit verrechnen.",
        )
    boundaries = dict.fromkeys(each.boundary or family.boundary for each in valued)
    if len(boundaries) > 1:
        apart = next(each.name for each in valued if each.boundary)
        yield document.problem(
            document.place(trail),
            "mischung",
            f"Diese Schätzung mischt zwei Systemgrenzen: „{apart}“ hat eine eigene.",
            "Bitte nur Verkehrsmittel mit derselben Systemgrenze verrechnen.",
        )


def _reasons(
    kind: MeasureType, document: Document, trail: Trail, families: Mapping[str, Family]
) -> Iterator[Problem]:
    assumed = kind.estimate
    if assumed is None:
        return
    if not assumed.is_complete and not kind.no_estimate:
        yield _missing(
            document,
            trail,
            "Eine Annahme hat keine Spanne, deshalb wird hier nichts geschätzt.",
            "Bitte sagen, warum: ohne_schaetzung: …",
        )
    made = definition(assumed, families)
    # A mode that no family knows has been told already.
    lacks_factors = not assumed.old or any(each.value is None for each in (*made.old, *made.new))
    if assumed.is_complete and lacks_factors and not assumed.no_co2e:
        yield _missing(
            document,
            (*trail, "schaetzung"),
            "Ohne Emissionsfaktoren werden hier keine Treibhausgase geschätzt.",
            "Bitte sagen, warum: ohne_co2e: …",
        )


RULES = (estimates,)
