"""Every reference to a catalogue names one of its keys.

Works on the files as they were read, so that a slip elsewhere in a file hides nothing.
"""

from collections.abc import Iterator, Mapping

from partnership.figures.summed import HEADCOUNT
from partnership.model.problems import Problem
from partnership.model.values import KEY
from partnership.reading.source import Document, Trail, Value
from partnership.reading.wording import choices, fold, nearest

_SECTORS = "data/branchen.yml"
_DISTRICTS = "data/stadtbezirke.yml"
_FIELDS = "data/handlungsfelder.yml"
_TYPES = "data/massnahmentypen.yml"
# files beginning with → way to the reference ("*" = each) → the catalogue → what it is called
_REFERENCES: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    ("members/", ("branche",), _SECTORS, "Branche"),
    ("members/", ("stadtbezirk",), _DISTRICTS, "Stadtbezirk"),
    ("members/", ("massnahmen", "*", "typ"), _TYPES, "Maßnahmentyp"),
    ("data/veranstaltungen/", ("handlungsfelder", "*"), _FIELDS, "Handlungsfeld"),
    (_TYPES, ("*", "handlungsfeld"), _FIELDS, "Handlungsfeld"),
    (_TYPES, ("*", "ersetzt_durch"), _TYPES, "Maßnahmentyp"),
)
QUESTIONNAIRE = "data/fragebogen.yml"


def check(documents: Mapping[str, Document], *, asks_its_own: bool = True) -> Iterator[Problem]:
    """A problem for each reference that leads nowhere; an unreadable catalogue is skipped. Only a
    questionnaire that is the city's own must know its measure types.
    """
    for start, way, catalogue_path, what in _REFERENCES:
        catalogue = documents.get(catalogue_path)
        if catalogue is None:
            continue
        known = {key: _name(value) for key, value in catalogue.data.items()}
        for path, document in documents.items():
            if path.startswith(start):
                for trail in _trails(document.data, way):
                    yield from unknown_key(document, trail, known, what, catalogue_path)
    yield from _key_figures(documents)
    if asks_its_own:
        yield from _same_quantities(documents)


def _same_quantities(documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A key figure is the same as a measure type's extent, or as the headcount."""
    questionnaire, types = documents.get(QUESTIONNAIRE), documents.get(_TYPES)
    if questionnaire is not None and types is not None:
        known = {key: _name(value) for key, value in types.data.items()}
        known[HEADCOUNT] = "Beschäftigte des Unternehmens"
        for trail in _trails(questionnaire.data, ("kennzahlen", "*", "entspricht")):
            yield from unknown_key(questionnaire, trail, known, "Maßnahmentyp", _TYPES)


def _key_figures(documents: Mapping[str, Document]) -> Iterator[Problem]:
    """The key figures of a year are those of the questionnaire."""
    questionnaire = documents.get(QUESTIONNAIRE)
    figures = questionnaire.data.get("kennzahlen") if questionnaire else None
    if not isinstance(figures, dict):
        return
    known = {key: _name(value) for key, value in figures.items()}
    known["veroeffentlichung"] = "Veröffentlichung"
    for path, document in documents.items():
        years = document.data.get("kennzahlen")
        if path.startswith("members/") and isinstance(years, dict):
            for year, values in years.items():
                for name in values if isinstance(values, dict) else ():
                    trail = ("kennzahlen", year, name)
                    yield from unknown_key(
                        document, trail, known, "Kennzahl", QUESTIONNAIRE, of_key=True
                    )


def _name(value: Value) -> str:
    name = value.get("name") if isinstance(value, dict) else None
    return name if isinstance(name, str) else ""


def _trails(value: Value, way: tuple[str, ...], before: Trail = ()) -> Iterator[Trail]:
    """Each way through `value` that fits `way`."""
    if not way:
        yield before
    elif way[0] == "*":
        keys: list[str | int] = []
        if isinstance(value, list):
            keys = list(range(len(value)))
        elif isinstance(value, dict):
            keys = list(value)
        for key in keys:
            yield from _trails(value[key], way[1:], (*before, key))  # type: ignore[index]
    elif isinstance(value, dict) and way[0] in value:
        yield from _trails(value[way[0]], way[1:], (*before, way[0]))


def unknown_key(
    document: Document,
    trail: Trail,
    catalogue: Mapping[str, str],
    what: str,
    where: str,
    *,
    of_key: bool = False,
) -> Iterator[Problem]:
    """A problem if the text at `trail` (or, with `of_key`, its key) is no key of `catalogue`.

    `catalogue` maps keys to names, and `where` is the file it stands in; an editor who typed
    something like the name is told the key.
    """
    typed = trail[-1] if of_key else document.value(trail)
    if not isinstance(typed, str) or not typed or typed in catalogue:
        return
    if any(fold(key) == fold(typed) and not KEY.fullmatch(key) for key in catalogue):
        return  # the catalogue's key is the faulty one, and has been told
    # A key comes after the names, so that it wins where one is called like another's name.
    known = {name: key for key, name in catalogue.items() if name} | {key: key for key in catalogue}
    meant = nearest(typed, known)
    if meant is not None:
        remedy = f"Meinten Sie „{known[meant]}“{_explained(known[meant], catalogue)}?"
    else:
        keys = [f"{key}{_explained(key, catalogue)}" for key in catalogue]
        remedy = choices(keys, where=where) or f"In {where} steht noch kein Eintrag."
    yield document.problem(
        document.place(trail, of_key=of_key),
        "unbekannt",
        f"„{typed}“ ist keine bekannte Angabe für {what}.",
        remedy,
    )


def _explained(key: str, catalogue: Mapping[str, str]) -> str:
    """The name in brackets, where the key is a mere number."""
    return f" ({catalogue[key]})" if key.isdigit() and catalogue[key] else ""
