"""Every reference to a catalogue names one of its keys.

Works on the files as they were read, so that a slip elsewhere in a file hides nothing.
"""

from collections.abc import Iterator, Mapping

from partnership.problems import Problem
from partnership.source import Document, Trail, Value
from partnership.wording import choices, did_you_mean, fold

# files beginning with → way to the reference ("*" = each) → the catalogue → what it is called
_REFERENCES: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    ("members/", ("branche",), "data/branchen.yml", "Branche"),
    ("members/", ("stadtbezirk",), "data/stadtbezirke.yml", "Stadtbezirk"),
    ("members/", ("massnahmen", "*", "typ"), "data/massnahmentypen.yml", "Maßnahmentyp"),
    ("data/veranstaltungen/", ("handlungsfelder", "*"), "data/handlungsfelder.yml", "Handlungsfeld"),
    ("data/massnahmentypen.yml", ("*", "handlungsfeld"), "data/handlungsfelder.yml", "Handlungsfeld"),
    ("data/massnahmentypen.yml", ("*", "ersetzt_durch"), "data/massnahmentypen.yml", "Maßnahmentyp"),
)
_QUESTIONNAIRE = "data/fragebogen.yml"


def check(documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A problem for each reference that leads nowhere; a catalogue that cannot be read is skipped."""
    for start, way, catalogue_path, what in _REFERENCES:
        catalogue = documents.get(catalogue_path)
        if catalogue is None:
            continue
        known = {key: _name(value) for key, value in catalogue.data.items()}
        for path, document in documents.items():
            if path.startswith(start):
                for trail in _trails(document.data, way):
                    yield from unknown_key(document, trail, known, what)
    yield from _key_figures(documents)


def _key_figures(documents: Mapping[str, Document]) -> Iterator[Problem]:
    """The key figures of a year are those of the questionnaire."""
    questionnaire = documents.get(_QUESTIONNAIRE)
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
                    yield from unknown_key(document, trail, known, "Kennzahl", of_key=True)


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
            yield from _trails(value[key], way[1:], (*before, key))  # type: ignore[call-overload,index]
    elif isinstance(value, dict) and way[0] in value:
        yield from _trails(value[way[0]], way[1:], (*before, way[0]))


def unknown_key(
    document: Document,
    trail: Trail,
    catalogue: Mapping[str, str],
    what: str,
    *,
    of_key: bool = False,
) -> Iterator[Problem]:
    """A problem if the text at `trail` (or, with `of_key`, its key) is no key of `catalogue`.

    `catalogue` maps keys to names; an editor who typed the name is told the key.
    """
    typed = trail[-1] if of_key else document.value(trail)
    if not isinstance(typed, str) or typed in catalogue:
        return
    by_name = {fold(name): key for key, name in catalogue.items() if name}
    meant = by_name.get(fold(typed))
    remedy = (
        f"Meinten Sie „{meant}“?"
        if meant
        else did_you_mean(typed, catalogue) or choices(catalogue)
    )
    yield document.problem(
        document.place(trail, of_key=of_key),
        "unbekannt",
        f"„{typed}“ ist keine bekannte Angabe für {what}.",
        remedy,
    )
