"""The forms of the editing page (Sveltia CMS), generated from the model's schemas.

What the page writes stays readable for the check because it has no list of fields of its own. Two
files come of it: the configuration, in the CMS's own words, and what its script must know to write
a file in its one form (see canonical.py): which values are bare, which groups go by year.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from partnership.canonical import NUMBERED
from partnership.editing import schemas
from partnership.editing.schemas import Schema
from partnership.glossary import STATUS_LABEL
from partnership.model.partnership import Partnership

# Folder on the site and in the repository where the logos lie; the file says the name alone.
LOGOS = "members/logos"
_BARE = frozenset({"partial-date", "day", "moment", "whole", "number", "year"})
_LABELS: Mapping[str, str] = {
    **{str(status): label for status, label in STATUS_LABEL.items()},
    "verschoben": "verschoben",
    "abgesagt": "abgesagt",
    "einzeln": "einzeln, mit dem Namen des Unternehmens",
    "nur_summe": "nur in Summen, nie mit dem Namen",
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
    "quellen": "Quelle",
    "material": "Material",
}
_UID, _DISTRICT = "uid", "stadtbezirk"
_YEAR, _VALUE = "jahr", "wert"


_ON_GITHUB = re.compile(
    r"(?P<server>https://github\.com)/(?P<project>[^/]+/[^/]+)/edit/(?P<branch>.+)"
)
_ON_GITLAB = re.compile(r"(?P<server>https://[^/]+)/(?P<project>.+)/-/edit/(?P<branch>.+)")


@dataclass(frozen=True, slots=True)
class Repository:
    """Where changes go: `service` is github or gitlab, `project` the path of the repository."""

    service: str = "github"
    project: str = "lokal/lokal"
    branch: str = "main"
    server: str = "https://github.com"

    @property
    def hosts(self) -> tuple[str, ...]:
        """What the editing page may ask: the Git host and nobody else."""
        if self.service == "github":
            return ("https://api.github.com", "https://github.com")
        return (self.server,)


def repository(edit_base: str) -> Repository:
    """The repository below whose address `edit_base` files are edited, as in mkdocs.yml.

    Without one the page works with a copy on one's own machine.
    """
    address = edit_base.rstrip("/")
    for service, pattern in (("github", _ON_GITHUB), ("gitlab", _ON_GITLAB)):
        if match := pattern.fullmatch(address):
            return Repository(service, match["project"], match["branch"], match["server"])
    return Repository()


@dataclass(frozen=True, slots=True)
class _Collection:
    """A folder of pages as the CMS shows it."""

    kind: str
    name: str
    label: str
    one: str
    folder: str
    slug: str
    summary: str
    icon: str


_COLLECTIONS = (
    _Collection(
        "mitglied",
        "mitglieder",
        "Mitglieder",
        "Mitglied",
        "members",
        "{{name}}",
        "{{name}}",
        "apartment",
    ),
    _Collection(
        "veranstaltung",
        "veranstaltungen",
        "Veranstaltungen",
        "Veranstaltung",
        "data/veranstaltungen",
        "{{beginn | date('YYYY-MM-DD')}}-{{titel}}",
        "{{beginn}} {{titel}}",
        "event",
    ),
    _Collection(
        "nachricht",
        "aktuelles",
        "Aktuelles",
        "Nachricht",
        "content/aktuelles",
        "{{year}}-{{month}}-{{day}}-{{titel}}",
        "{{titel}}",
        "newspaper",
    ),
)
_BODIES = {
    "mitglied": "Kurzes Profil",
    "veranstaltung": "Programm",
    "nachricht": "Text der Nachricht",
}


def configuration(partnership: Partnership, repository: Repository) -> Mapping[str, Any]:
    """The CMS's configuration; its words are those of Sveltia CMS."""
    backend: dict[str, Any] = {
        "name": repository.service,
        "repo": repository.project,
        "branch": repository.branch,
        "commit_messages": {
            "create": "{{slug}} angelegt",
            "update": "{{slug}} geändert",
            "delete": "{{slug}} gelöscht",
            "uploadMedia": "Datei {{path}} hinzugefügt",
            "deleteMedia": "Datei {{path}} gelöscht",
        },
    }
    if repository.service == "gitlab":
        backend["base_url"] = repository.server
        backend["api_root"] = f"{repository.server}/api/v4"
    return {
        "load_config_file": False,
        "backend": backend,
        # A change becomes a merge request of its own, which the check comments on.
        "publish_mode": "editorial_workflow",
        "app_title": f"Redaktion {partnership.city.name}",
        "logo": {"src": "../assets/icon.svg", "show_in_header": True},
        "media_libraries": {"stock_assets": {"providers": []}},
        "media_folder": f"/{LOGOS}",
        "public_folder": f"/{LOGOS}",
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 60},
        "output": {"omit_empty_optional_fields": True},
        "editor": {"preview": False},
        "collections": [_collection(each, partnership) for each in _COLLECTIONS],
    }


def _collection(each: _Collection, partnership: Partnership) -> Mapping[str, Any]:
    found = _schema_of(each.kind)
    body = {
        "name": "body",
        "label": _BODIES[each.kind],
        "widget": "text",
        "required": each.kind == "nachricht",
        "hint": "Text in Markdown.",
    }
    made: dict[str, Any] = {
        "name": each.name,
        "label": each.label,
        "label_singular": each.one,
        "icon": each.icon,
        "description": "Wie es geht, steht im [Handbuch](handbuch/).",
        "folder": each.folder,
        "create": True,
        "format": each.kind,
        "slug": each.slug,
        "summary": each.summary,
        "identifier_field": "name" if each.kind == "mitglied" else "titel",
        "fields": [*_fields(found, found, _choices(partnership), partnership), body],
    }
    if each.kind == "nachricht":
        # The folder's own page is none of the news; the script marks it.
        made["filter"] = {"field": "art", "value": each.kind}
        made["fields"] = [
            *made["fields"],
            {"name": "art", "widget": "hidden", "default": each.kind},
        ]
    return made


def _schema_of(kind: str) -> Schema:
    return schemas.schema(next(each for each in schemas.KINDS if each.name == kind))


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
        return {"widget": "image"}
    if name == _UID:
        return {"widget": "hidden", "default": "{{uuid}}"}  # made once, then nobody's business
    if "enum" in prop:
        options = [{"label": _LABELS.get(word, word), "value": word} for word in prop["enum"]]
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
    said = str(prop["default"])
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
        return {"widget": "list"}
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
        each.kind: {
            "bare": sorted(_bare(_schema_of(each.kind), _schema_of(each.kind))),
            "numbered": sorted(NUMBERED),
            "years": dict(_year_keys(_schema_of(each.kind), _schema_of(each.kind))),
            "files": {"logo": f"/{LOGOS}/"},
        }
        for each in _COLLECTIONS
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
