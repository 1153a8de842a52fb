"""Rules within the catalogues."""

from collections.abc import Iterator, Mapping

from partnership.model.partnership import Partnership
from partnership.model.problems import Problem
from partnership.reading.source import Document, Trail

_TYPES = "data/massnahmentypen.yml"
_FORM = "data/fragebogen.yml"


def units(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """What is counted has a word for one of it, so that no page says „1 Ladestationen“."""
    for key, kind in partnership.types.items():
        if kind.unit.kind == "anzahl" and kind.unit.short and not kind.unit.one:
            yield from _without_one(documents.get(_TYPES), (key, "einheit"), "kurz")
    for key, figure in partnership.questionnaire.figures.items():
        if figure.kind == "anzahl" and not figure.one:
            yield from _without_one(documents.get(_FORM), ("kennzahlen", key), "einheit")


def _without_one(document: Document | None, trail: Trail, plural: str) -> Iterator[Problem]:
    if document is None:
        return
    many = document.value((*trail, plural))
    yield document.problem(
        document.place((*trail, plural)),
        "einzahl",
        f"Hinter einer 1 stünde „{many}“; die Einzahl fehlt.",
        "Bitte ergänzen, zum Beispiel: einzahl: Ladestation",
    )


RULES = (units,)
