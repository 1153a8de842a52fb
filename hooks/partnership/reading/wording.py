"""From a validation error to a German sentence: what was expected, typed, and probably meant."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, RootModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from partnership.model.problems import Problem
from partnership.reading.source import Document, Trail

# error type → (what is expected, an example of a right value)
EXPECTED: Mapping[str, tuple[str, str]] = {
    "ganze_zahl": ("soll eine ganze Zahl sein", "420"),
    "zahl": ("soll eine Zahl sein", "12,5"),
    "ja_nein": ("soll „ja“ oder „nein“ sein", "ja"),
    "datum": ("soll ein Jahr, Monat oder Tag sein", "2024-03"),
    "tag": ("soll ein Tag sein", "2024-03-15"),
    "zeitpunkt": ("soll ein Tag sein, wahlweise mit Uhrzeit", "2026-12-03 18:00"),
    "uhrzeit": ("nennt eine Uhrzeit, die es nicht gibt", "2026-12-03 18:00"),
    "jahr": ("soll eine Jahreszahl mit vier Ziffern sein", "2025"),
    "adresse": ("soll eine Internetadresse mit https:// sein", "https://www.beispiel.de/"),
    "mail": ("soll eine E-Mail-Adresse sein", "mobil@beispiel.de"),
    "gemeindeschluessel": (
        "soll der Amtliche Gemeindeschlüssel mit acht Ziffern sein",
        '"01234567"',
    ),
    "plz": ("soll eine Postleitzahl mit fünf Ziffern sein", '"40233"'),
    "dateiname": ("soll ein Dateiname ohne Ordner, Leerzeichen und Umlaute sein", "logo.svg"),
    "schluesselform": (
        "soll nur aus Kleinbuchstaben, Ziffern und Strichen bestehen",
        "beispiel",
    ),
}
_RANGE = "Beispiel: [10, 20]"
# pydantic's last step on the way to a key of a mapping, as opposed to the value behind it
_OF_KEY = "[key]"
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def fold(text: str) -> str:
    """Make near misses meet: lower case, umlauts written out, no marks, no separators."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_FOLD))
    return re.sub(r"[^a-z0-9]+", "", plain)


def nearest(typed: str, known: Iterable[str]) -> str | None:
    """The nearest of `known` words; None when nothing is near."""
    by_fold = {fold(word): word for word in known}
    near = difflib.get_close_matches(fold(typed), by_fold, n=1, cutoff=0.6)
    return by_fold[near[0]] if near else None


def did_you_mean(typed: str, known: Iterable[str]) -> str:
    """„Meinten Sie …?“ for the nearest of `known`, or an empty text when nothing is near."""
    word = nearest(typed, known)
    return f"Meinten Sie „{word}“?" if word is not None else ""


def choices(known: Iterable[str], most: int = 12, where: str = "") -> str:
    """„Möglich sind: …“; a long list is shortened, and the rest is to be found in `where`."""
    words = list(known)
    if not words:
        return ""
    more = " und weitere" if len(words) > most else ""
    rest = f" (siehe {where})" if more and where else ""
    return f"Möglich sind: {', '.join(words[:most])}{more}{rest}."


def explain_all(
    errors: Iterable[ErrorDetails], document: Document, model: type[BaseModel]
) -> Iterator[tuple[ErrorDetails, Problem]]:
    """Each of pydantic's errors about `document` with its problem, each mistake once: what is
    missing because its key was mistyped is told where that stands, and what stands behind a key
    that is none is not told besides.
    """
    errors = tuple(errors)
    meant = _meant(errors, document)
    no_keys = {trail_of(error, document) for error in errors if error["loc"][-1:] == (_OF_KEY,)}
    for error in errors:
        trail = trail_of(error, document)
        if error["type"] == "missing" and (trail, error["loc"][-1]) in meant.values():
            continue
        around = {trail[: depth + 1] for depth in range(len(trail))}
        if error["loc"][-1:] != (_OF_KEY,) and around & no_keys:
            continue
        problem = explain(error, document, model)
        if trail in meant:
            problem = replace(problem, remedy=f"Meinten Sie „{meant[trail][1]}“?")
        yield error, problem


def _meant(errors: Iterable[ErrorDetails], document: Document) -> Mapping[Trail, tuple[Trail, str]]:
    """Unknown keys that are spelt much like one that is missing beside them."""
    missing: dict[Trail, list[str]] = {}
    for error in errors:
        if error["type"] == "missing":
            missing.setdefault(trail_of(error, document), []).append(str(error["loc"][-1]))
    found = {}
    for error in errors:
        if error["type"] == "extra_forbidden":
            *around, typed = trail = trail_of(error, document)
            near = nearest(str(typed), missing.get(tuple(around), ()))
            if near is not None:
                found[trail] = (tuple(around), near)
    return found


def explain(error: ErrorDetails, document: Document, model: type[BaseModel]) -> Problem:
    """Turn one of pydantic's errors about `document` into a problem at its place."""
    trail = trail_of(error, document)
    name = next((str(step) for step in reversed(trail) if isinstance(step, str)), "")
    rule = error["type"]
    if rule == "missing" and isinstance(error["loc"][-1], int):
        message, remedy = f"Bei „{name}“ fehlt ein Wert.", _RANGE
        return document.problem(document.place(trail), rule, message, remedy)
    if rule == "missing":
        return _missing(str(error["loc"][-1]), trail, document, model)
    if rule == "extra_forbidden":
        return _unknown_key(trail, name, document, model)
    if error["loc"][-1] == _OF_KEY:
        expected, example = EXPECTED.get(rule, ("ist hier nicht erlaubt", "…"))
        message, remedy = f"„{name}“ vor dem Doppelpunkt {expected}.", f"Beispiel: {example}: …"
        return document.problem(document.place(trail, of_key=True), rule, message, remedy)
    typed = document.value(trail)
    message, remedy = _sentence(rule, name, typed, error.get("ctx") or {})
    return document.problem(document.place(trail), rule, message, remedy)


def trail_of(error: ErrorDetails, document: Document) -> Trail:
    """The way to the value the error is about (for something missing: to what it is missing from),
    without pydantic's own steps such as union tags.
    """
    trail: Trail = ()
    location = error["loc"][:-1] if error["type"] == "missing" else error["loc"]
    for step in location:
        if (*trail, step) in document.places:
            trail = (*trail, step)
    return trail


def _missing(name: str, around: Trail, document: Document, model: type[BaseModel]) -> Problem:
    # A key that was typed but left empty is told where it stands.
    left_empty = (*around, name) in document.keys
    place = document.place((*around, name) if left_empty else around, of_key=left_empty)
    field = _fields_at(model, around).get(name)
    title = f" ({field.title})" if field is not None and field.title else ""
    message = (
        f"„{name}“{title} ist leer, wird aber gebraucht."
        if left_empty
        else f"Es fehlt die Angabe „{name}“{title}."
    )
    return document.problem(place, "fehlt", message, f"Bitte ergänzen: {name}: …")


def _unknown_key(trail: Trail, name: str, document: Document, model: type[BaseModel]) -> Problem:
    known = list(_fields_at(model, trail[:-1]))
    remedy = did_you_mean(name, known) or choices(known, 40)
    message = f"Die Angabe „{name}“ gibt es hier nicht."
    return document.problem(
        document.place(trail, of_key=True), "unbekannte-angabe", message, remedy
    )


def _sentence(rule: str, name: str, typed: object, context: Mapping[str, Any]) -> tuple[str, str]:
    # Long: a list of sentences, one for each kind of slip.
    here = f", hier steht „{_quote(typed)}“" if isinstance(typed, str) else ""
    if rule in EXPECTED:
        expected, example = EXPECTED[rule]
        return f"„{name}“ {expected}{here}.", f"Beispiel: {name}: {example}"
    special: Mapping[str, Callable[[], tuple[str, str]]] = {
        "zahl_mehrdeutig": lambda: (
            f"„{name}“ ist mehrdeutig: „{_quote(typed)}“ kann {context['thousand']} oder"
            f" {context['decimal']} heißen.",
            f"Bitte genau so schreiben: {context['thousand']} oder {context['decimal']}.",
        ),
        "zu_viel": lambda: (
            f"„{name}“ soll höchstens {context['most']} sein{here}.",
            "Bitte die Zahl prüfen.",
        ),
        "datum_unmoeglich": lambda: (
            f"„{name}“ nennt ein Datum, das es im Kalender nicht gibt: „{_quote(typed)}“.",
            "Bitte Tag und Monat prüfen.",
        ),
        "auswahl": lambda: (
            f"„{name}“ kennt den Wert „{_quote(typed)}“ nicht.",
            did_you_mean(str(typed), context["words"]) or choices(context["words"]),
        ),
        "luecke": lambda: (
            f"Bei „{name}“ lässt sich keine Lücke markieren: „{_quote(typed)}“.",
            "Bitte die Angabe eintragen oder die Zeile weglassen. Lücken gehen nur im Text von"
            " Seiten und bei Angaben über Geschäftsstelle, Partner und Rechtliches.",
        ),
        "ein_wert": lambda: (
            f"Bei „{name}“ wird ein einzelner Wert erwartet, hier steht eine Liste oder Gruppe.",
            f"Bitte den Wert direkt hinter den Doppelpunkt schreiben: {name}: …",
        ),
    }
    if rule in special:
        return special[rule]()
    if rule in {"too_short", "string_too_short"} and isinstance(typed, str):
        return f"„{name}“ ist leer.", "Bitte ausfüllen oder die Zeile löschen."
    if rule in {"too_long", "string_too_long"} and isinstance(typed, str):
        return f"„{name}“ ist länger als {context.get('max_length')} Zeichen.", "Bitte kürzen."
    if rule in {"tuple_type", "list_type"}:
        return (
            f"Bei „{name}“ wird eine Liste erwartet{here}.",
            "Jeder Eintrag braucht eine eigene Zeile, beginnend mit Bindestrich und Leerzeichen.",
        )
    if rule in {"model_type", "dict_type", "model_attributes_type"}:
        return (
            f"Bei „{name}“ werden eingerückte Angaben der Form „schlüssel: wert“ erwartet{here}.",
            "Bitte je Angabe eine eingerückte Zeile schreiben.",
        )
    if rule in {"too_short", "too_long"} and "actual_length" in context:
        wanted = context.get("min_length") or context.get("max_length")
        return (
            f"„{name}“ soll {wanted} Werte haben, hier stehen {context['actual_length']}.",
            _RANGE,
        )
    return f"„{name}“ wurde nicht verstanden{here}.", "Bitte die Angabe prüfen."


def _quote(typed: object, most: int = 60) -> str:
    text = " ".join(str(typed).split())
    return text if len(text) <= most else text[: most - 1] + "…"


def _fields_at(model: type[BaseModel], trail: Trail) -> Mapping[str, FieldInfo]:
    """The German keys allowed at `trail` inside a file described by `model`."""
    kind: Any = model
    for step in trail:
        kind = _step_into(kind, step)
    found = next(iter(_models_in(kind)), None)
    if found is None:
        return {}
    return {str(field.alias): field for field in found.model_fields.values()}


def _step_into(kind: Any, step: str | int) -> Any:
    if isinstance(step, int):
        return next((get_args(part)[0] for part in _parts(kind) if _is_list(part)), None)
    for part in _parts(kind):
        if isinstance(part, type) and issubclass(part, BaseModel):
            for field in part.model_fields.values():
                if field.alias == step:
                    return field.annotation
        elif get_origin(part) is dict:
            return get_args(part)[1]
    return None


def _parts(kind: Any) -> list[Any]:
    """A type without its wrappers: the members of a union, the core of an annotation."""
    origin = get_origin(kind)
    if origin is Annotated:
        return _parts(get_args(kind)[0])
    if origin in (Union, UnionType):
        return [part for arg in get_args(kind) for part in _parts(arg)]
    if isinstance(kind, type) and issubclass(kind, RootModel):
        return _parts(kind.model_fields["root"].annotation)
    return [kind]


def _is_list(kind: Any) -> bool:
    return get_origin(kind) in (tuple, list)


def _models_in(kind: Any) -> Iterable[Any]:
    return (part for part in _parts(kind) if isinstance(part, type) and issubclass(part, BaseModel))
