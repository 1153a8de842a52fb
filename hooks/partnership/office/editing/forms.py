"""The forms of the editing page (Sveltia CMS), generated from the model's schemas.

What the page writes stays readable for the check because it has no list of fields of its own. Two
files come of it: the configuration (see configuration.py), in the CMS's own words, and what its
script must know to write a file in its one form (see canonical.py): which values are bare, which
groups go by year.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from partnership.language.glossary import PUBLICATION_EXPLAINED, STATUS_LABEL
from partnership.model.partnership import Partnership
from partnership.office.editing import schemas
from partnership.office.editing.schemas import Schema
from partnership.reading.canonical import NUMBERED
from partnership.reading.pictures import FORMATS

# Folder on the site and in the repository where the logos lie; the file says the name alone.
LOGOS = "members/logos"
_BARE = frozenset({"partial-date", "day", "moment", "whole", "number", "year"})
_LABELS: Mapping[str, str] = {
    **{str(status): label for status, label in STATUS_LABEL.items()},
    "verschoben": "verschoben",
    "abgesagt": "abgesagt",
    **{str(choice): words for choice, words in PUBLICATION_EXPLAINED.items()},
    "unternehmen": "das Unternehmen",
    "oeffentliche_quelle": "öffentliche Quelle, noch nicht bestätigt",
    "geschaeftsstelle": "die Geschäftsstelle",
}
_HINTS = {
    "partial-date": "Jahr, Monat oder Tag: 2024, 2024-05 oder 2024-05-14.",
    "day": "Tag: 2024-05-14.",
    "moment": "Tag mit Uhrzeit: 2026-12-03 18:00.",
    "whole": "Ganze Zahl, zum Beispiel 420.",
    "number": "Zahl, zum Beispiel 12,5.",
    "year": "Jahr mit vier Ziffern.",
    "uri": "Vollständig, mit https://.",
    "email": "Adresse einer Funktion, nie einer Person.",
}
_PATTERNS = {
    "whole": r"^[0-9]{1,9}$|^[0-9]{1,3}([. ][0-9]{3}){1,2}$",
    "number": r"^[0-9]{1,9}([.,][0-9]{1,9})?$",
    "year": r"^(19|20|21)[0-9]{2}$",
    "uri": r"^https?://[^\s]+\.[^\s]+$",
    "email": r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
}
_ONE = {
    "auskunft": "Auskunft",
    "massnahmen": "Maßnahme",
    "verschoben_auf": "späteres Ziel",
    "quellen": "Quelle",
    "material": "Material",
}
# The kinds of pages that have a form.
KINDS = ("mitglied", "veranstaltung", "nachricht")

_UID, _DISTRICT = "uid", "stadtbezirk"
_YEAR, _VALUE = "jahr", "wert"
_BEGIN = "beginn"
# The file is named after its first ten characters, so it is written in one way only.
_BEGIN_TYPED = (
    r"^(19|20|21)[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    r"|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))"
    r"( ([01][0-9]|2[0-3]):[0-5][0-9])?$"
)


def schema_of(kind: str) -> Schema:
    """The schema of a kind of page."""
    return schemas.schema(next(each for each in schemas.KINDS if each.name == kind))


def fields_of(kind: str, partnership: Partnership) -> list[Mapping[str, Any]]:
    """The form's fields for the head of a kind of page."""
    found = schema_of(kind)
    return _fields(found, found, _choices(partnership), partnership)


def _choices(partnership: Partnership) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Field → what may be chosen there: label and key of each entry of a catalogue."""
    fields = partnership.fields
    return {
        "branche": [(each.name, key) for key, each in partnership.sectors.items()],
        "stadtbezirk": [(each.name, key) for key, each in partnership.districts.items()],
        "typ": [
            (f"{fields[each.field].short}: {each.name}", key)
            for key, each in partnership.active_types.items()
        ],
        "handlungsfelder": [(each.name, key) for key, each in fields.items()],
    }


def _fields(
    record: Schema,
    root: Schema,
    choices: Mapping[str, Sequence[tuple[str, str]]],
    partnership: Partnership,
) -> list[Mapping[str, Any]]:
    """A form field for each property of `record`; references lead into `root`."""
    needed = set(record.get("required", ()))
    return [
        {
            "name": name,
            "label": prop.get("title", name),
            **({} if name in needed or name == _UID else {"required": False}),
            **_widget(name, resolved(prop, root), root, choices, partnership),
        }
        for name, prop in record["properties"].items()
        if name != _DISTRICT or partnership.districts
    ]


def resolved(prop: Schema, root: Schema) -> Schema:
    """The record a property refers to, or the property itself."""
    for part in prop.get("allOf", [prop]):
        if "$ref" in part:
            found: Schema = root["definitions"][part["$ref"].rpartition("/")[2]]
            return found
    return prop


def _widget(
    name: str,
    prop: Schema,
    root: Schema,
    choices: Mapping[str, Sequence[tuple[str, str]]],
    partnership: Partnership,
) -> Mapping[str, Any]:
    if name in choices and prop.get("type") != "object":
        options = [{"label": label, "value": key} for label, key in choices[name]]
        multiple = {"multiple": True} if prop.get("type") == "array" else {}
        return {"widget": "select", "options": options, **multiple}
    if name == "logo":
        # As the check limits them; an address elsewhere would be asked by every visitor.
        return {"widget": "image", "accept": ",".join(FORMATS), "choose_url": False}
    if name == _BEGIN:
        return {**_text(prop), "pattern": [_BEGIN_TYPED, f"Bitte genau so: {_HINTS['moment']}"]}
    if name == _UID:
        return {"widget": "hidden", "default": "{{uuid}}"}  # made once, then nobody's business
    if "enum" in prop:
        # The schema also takes true and false, which another program may make of ja and nein.
        words = [word for word in prop["enum"] if isinstance(word, str)]
        options = [{"label": _LABELS.get(word, word), "value": word} for word in words]
        return {"widget": "select", "options": options, **_unsaid(prop)}
    if years := by_year(prop):
        return {
            "widget": "list",
            "label_singular": "Jahr",
            "summary": "{{fields.jahr}}",
            "fields": _years(years, root, choices, partnership),
        }
    if prop.get("type") == "array":
        one = {"label_singular": _ONE[name]} if name in _ONE else {}
        return {**_list(prop, root, choices, partnership), **one}
    if prop.get("type") == "object":
        return {"widget": "object", "fields": _fields(prop, root, choices, partnership)}
    return _text(prop)


def _text(prop: Schema) -> Mapping[str, Any]:
    form = prop.get("format", "")
    made: dict[str, Any] = {"widget": "text" if prop.get("maxLength", 0) > 2000 else "string"}
    pattern = prop.get("pattern") or _PATTERNS.get(form)
    if pattern:
        made["pattern"] = [pattern, f"Bitte prüfen. {_HINTS.get(form, '')}".strip()]
    if form in _HINTS:
        made["hint"] = _HINTS[form]
    return {**made, **_unsaid(prop)}


def _unsaid(prop: Schema) -> Mapping[str, str]:
    """What holds where nothing is said, as a hint: filled in, it would change every old entry."""
    if "default" not in prop:
        return {}
    said = {True: "ja", False: "nein"}.get(prop["default"], str(prop["default"]))
    return {"hint": f"Ohne Angabe gilt: {_LABELS.get(said, said)}."}


def by_year(prop: Schema) -> Schema | None:
    """What stands under each year, where a property is a group of years."""
    for branch in (prop, *prop.get("oneOf", ()), *prop.get("anyOf", ())):
        inner = branch.get("additionalProperties")
        if (
            branch.get("type") == "object"
            and "properties" not in branch
            and isinstance(inner, dict)
        ):
            return inner
    return None


def _years(
    inner: Schema,
    root: Schema,
    choices: Mapping[str, Sequence[tuple[str, str]]],
    partnership: Partnership,
) -> list[Mapping[str, Any]]:
    """The fields of one year: a number, or a record with each figure of the questionnaire."""
    year = {
        "name": _YEAR,
        "label": "Jahr",
        "widget": "string",
        "required": False,
        "pattern": [_PATTERNS["year"], f"Bitte prüfen. {_HINTS['year']}"],
    }
    record = resolved(inner, root)
    if record.get("type") != "object":
        return [year, {"name": _VALUE, "label": "Umfang", **_text(record)}]
    figures = [
        {"name": key, "label": f"{each.name} ({each.unit})", "required": False, **_text(_NUMBER)}
        for key, each in partnership.questionnaire.figures.items()
    ]
    return [year, *_fields(record, root, choices, partnership), *figures]


_NUMBER: Schema = {"format": "number"}


def _list(
    prop: Schema,
    root: Schema,
    choices: Mapping[str, Sequence[tuple[str, str]]],
    partnership: Partnership,
) -> Mapping[str, Any]:
    item = resolved(prop["items"], root)
    if item.get("type") != "object":
        hint = _HINTS.get(item.get("format", ""))
        return {"widget": "list", **({"hint": hint} if hint else {})}
    fields = _fields(item, root, choices, partnership)
    first = " ".join(f"{{{{fields.{each['name']}}}}}" for each in fields[:2])
    return {"widget": "list", "summary": first, "collapsed": True, "fields": fields}


def formats() -> Mapping[str, Any]:
    """What the script must know to read and write each kind of page.

    `bare`: paths written without quotes; `numbered`: those only where they are a plain number;
    `years`: keys of groups by year, true where a year holds one number; `files`: keys that name a
    file, with its folder.
    """
    return {
        kind: {
            "bare": sorted(_bare(schema_of(kind), schema_of(kind))),
            "numbered": sorted(NUMBERED),
            "years": dict(_year_keys(schema_of(kind), schema_of(kind))),
            "files": {"logo": f"/{LOGOS}/"},
        }
        for kind in KINDS
    }


def _bare(record: Schema, root: Schema, way: str = "") -> Iterator[str]:
    for name, prop in record.get("properties", {}).items():
        here = f"{way}{name}"
        inner = resolved(prop, root)
        if prop.get("format") in _BARE:
            yield here
        elif years := by_year(prop):
            yield here
            yield from _bare(resolved(years, root), root, f"{here}.")
        elif inner.get("type") == "array" and inner["items"].get("format") in _BARE:
            yield here
        elif inner.get("type") == "array":
            yield from _bare(resolved(inner["items"], root), root, f"{here}.")
        else:
            yield from _bare(inner, root, f"{here}.")


def _year_keys(record: Schema, root: Schema) -> Iterator[tuple[str, bool]]:
    for name, prop in record.get("properties", {}).items():
        inner = resolved(prop, root)
        if years := by_year(prop):
            yield name, resolved(years, root).get("type") != "object"
        elif inner.get("type") == "array":
            yield from _year_keys(resolved(inner["items"], root), root)
        else:
            yield from _year_keys(inner, root)


def as_json(value: Mapping[str, Any]) -> bytes:
    """A file of the editing page."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")
