"""Rules for the assumptions of estimates and the factors they rest on."""

from collections.abc import Iterator, Mapping

from partnership.effects import factors_of
from partnership.model.catalogue import Estimate
from partnership.model.partnership import Partnership
from partnership.problems import Problem
from partnership.rules.references import unknown_key
from partnership.source import Document, Trail

_TYPES = "data/massnahmentypen.yml"
_FACTORS = "data/emissionsfaktoren.yml"
_RANGES = (("anteil", "share"), ("tage", "days"), ("km", "km"))


def estimates(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Ranges rise, shares are shares, and each mode of transport has factors enough for a range."""
    document = documents.get(_TYPES)
    if document is None:
        return
    for key, kind in partnership.types.items():
        if kind.estimate is not None:
            trail: Trail = (key, "schaetzung")
            yield from _ranges(kind.estimate, document, trail)
            yield from _modes(kind.estimate, document, trail, partnership)


def _ranges(assumed: Estimate, document: Document, trail: Trail) -> Iterator[Problem]:
    for name, attribute in _RANGES:
        low, high = getattr(assumed, attribute)
        if low > high:
            yield document.problem(
                document.place((*trail, name)),
                "spanne",
                f"Bei „{name}“ steht der größere Wert vorn.",
                f"Bitte tauschen: {name}: [{high}, {low}]",
            )
        elif name == "anteil" and high > 1:
            yield document.problem(
                document.place((*trail, name)),
                "spanne",
                f"„{name}“ ist ein Anteil von 0 bis 1, hier steht {high}.",
                "Bitte umrechnen: 20 % sind 0,2.",
            )


def _modes(
    assumed: Estimate, document: Document, trail: Trail, partnership: Partnership
) -> Iterator[Problem]:
    if assumed.procedure == "verlagerung" and assumed.new is None:
        yield document.problem(
            document.place(trail),
            "fehlt",
            "Eine Verlagerung braucht auch das neue Verkehrsmittel.",
            "Bitte ergänzen: nach: …",
        )
    modes = {each.mode: each.mode for each in partnership.factors.values() if each.mode}
    for name, mode in (("von", assumed.old), ("nach", assumed.new)):
        if mode is None:
            continue
        place: Trail = (*trail, name)
        if mode not in modes:
            yield from unknown_key(document, place, modes, "Verkehrsmittel", _FACTORS)
        elif len(factors_of(mode, partnership.factors)) < 2:
            yield document.problem(
                document.place(place),
                "einzelwert",
                f"Für „{mode}“ steht in {_FACTORS} nur ein Wert; das ist keine Spanne.",
                f"Bitte dort bei einem zweiten Wert „verkehrsmittel: {mode}“ ergänzen oder hier"
                " statt der Schätzung unter „ohne_schaetzung“ sagen, warum keine möglich ist.",
            )


RULES = (estimates,)
