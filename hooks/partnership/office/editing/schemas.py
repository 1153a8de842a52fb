"""JSON Schemas of the data files, exported from the model, for completion in an editor.

They use words that tools of draft 7 know. What a schema cannot say (the calendar, references to
other files, rules across values) the check says.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from partnership.model.catalogue import (
    District,
    Field,
    MeasureType,
    Questionnaire,
    Sector,
)
from partnership.model.city import City
from partnership.model.estimate import Family
from partnership.model.event import Event, News, ProsePage
from partnership.model.legal import Criterion
from partnership.model.member import Member
from partnership.model.search import Search

_DRAFT = "http://json-schema.org/draft-07/schema#"
Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of data file: its name, the files (as a glob), its model; `is_catalogue` for a file
    with one record under each key, `is_page` for front matter above a text.
    """

    name: str
    files: str
    model: type[BaseModel]
    is_catalogue: bool = False
    is_page: bool = False


KINDS = (
    Kind("partnerschaft", "data/partnerschaft.yml", City),
    Kind("handlungsfelder", "data/handlungsfelder.yml", Field, is_catalogue=True),
    Kind("massnahmentypen", "data/massnahmentypen.yml", MeasureType, is_catalogue=True),
    Kind("branchen", "data/branchen.yml", Sector, is_catalogue=True),
    Kind("stadtbezirke", "data/stadtbezirke.yml", District, is_catalogue=True),
    Kind("emissionsfaktoren", "data/emissionsfaktoren.yml", Family, is_catalogue=True),
    Kind("barrierefreiheit", "data/barrierefreiheit.yml", Criterion, is_catalogue=True),
    Kind("fragebogen", "data/fragebogen.yml", Questionnaire),
    Kind("suche", "data/suche.yml", Search),
    Kind("mitglied", "members/*.md", Member, is_page=True),
    Kind("veranstaltung", "data/veranstaltungen/*.md", Event, is_page=True),
    Kind("nachricht", "content/aktuelles/*.md", News, is_page=True),
    Kind("seite", "content/**/*.md", ProsePage, is_page=True),
)


def schema(kind: Kind) -> Schema:
    """The schema of a kind of file; of a page, that of its front matter."""
    made = kind.model.model_json_schema(by_alias=True, mode="validation")
    parts = made.pop("$defs", {})
    if kind.is_catalogue:
        parts[kind.model.__name__] = made
        made = {
            "type": "object",
            "additionalProperties": {"$ref": f"#/definitions/{kind.model.__name__}"},
        }
    made = {"$schema": _DRAFT, "title": kind.files, **_without_code_names(made)}
    if parts:
        made["definitions"] = {name: _without_code_names(part) for name, part in parts.items()}
    return made


def _without_code_names(value: Any) -> Any:
    """The schema in the words of draft 7, without what only readers of the code understand."""
    if isinstance(value, list):
        return [_without_code_names(each) for each in value]
    if not isinstance(value, dict):
        return value
    is_record = value.get("type") == "object" and "properties" in value
    found = {}
    for word, inner in value.items():
        if word == "$ref":
            found[word] = inner.replace("#/$defs/", "#/definitions/")
        elif (is_record and word in {"title", "description"}) or _says_nothing(word, inner):
            continue
        elif word == "properties":
            found[word] = {name: _property(each) for name, each in inner.items()}
        else:
            found[word] = _without_code_names(inner)
    return found


def _says_nothing(word: str, inner: Any) -> bool:
    return word == "default" and inner in (None, [], {})


def _property(value: Schema) -> Schema:
    """A property that may be left empty is one that may be left out: no second branch for it."""
    branches = value.get("anyOf", [])
    filled = [each for each in branches if each != {"type": "null"}]
    if len(filled) == 1 and len(branches) > 1:
        rest = {word: inner for word, inner in value.items() if word != "anyOf"}
        value = {**filled[0], **rest} if "$ref" not in filled[0] else {"allOf": filled, **rest}
    if value.get("type") == "string" and not {"pattern", "format"} & value.keys():
        # Nobody puts a district's number into quotes.
        value = {**value, "type": ["string", "number"]}
    found: Schema = _without_code_names(value)
    return found


def files() -> Iterator[tuple[str, str]]:
    """Each schema as a file: its name and text."""
    for kind in KINDS:
        text = json.dumps(schema(kind), ensure_ascii=False, indent=2)
        yield f"{kind.name}.schema.json", f"{text}\n"


def settings(folder: str) -> Mapping[str, str]:
    """Schema file in `folder` → files it describes, for the YAML extension of an editor; pages are
    not among them: that extension does not look into front matter.
    """
    return {f"{folder}/{kind.name}.schema.json": kind.files for kind in KINDS if not kind.is_page}
