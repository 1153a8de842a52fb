"""The one form of a page's head: order of the model, nothing empty, one way to quote.

It is the form in which the editing page writes, so that an edited field changes its own line and no
other. Values stay as they were typed; notes behind # do not: what the office wants to keep for
itself stands under `notiz_intern`.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from partnership.model.partnership import Partnership
from partnership.office.editing import forms, schemas
from partnership.office.editing.schemas import Schema
from partnership.reading import canonical
from partnership.reading.canonical import Bare
from partnership.reading.litter import is_left_behind
from partnership.reading.source import Document, Value, read_page

FOLDERS: Mapping[str, str] = {
    "members": "mitglied",
    "data/veranstaltungen": "veranstaltung",
    "content/aktuelles": "nachricht",
}


def pages(root: Path) -> list[str]:
    """The pages of `root` that have the one form, as paths relative to it."""
    return [
        file.relative_to(root).as_posix()
        for folder in FOLDERS
        for file in sorted((root / folder).glob("*.md"))
        if file.name != "index.md" and not is_left_behind(file.name)
    ]


def formed(partnership: Partnership, path: str) -> str:
    """The page at `path` in its one form. Raises `ProblemsFound` where it cannot be read."""
    kind = FOLDERS[path.rpartition("/")[0]]
    document = read_page(partnership.root / path, path)
    return page(document, kind, tuple(partnership.questionnaire.figures))


def page(document: Document, kind: str, figures: Sequence[str]) -> str:
    """A page of `kind`; `figures` are the keys of the questionnaire's figures in their order."""
    root, bare = _known(kind)
    values = _ordered(document.data, root, root, figures)
    marked = _marked(values, bare, "")
    return canonical.page(marked if isinstance(marked, dict) else {}, document.body)


@cache
def _known(kind: str) -> tuple[Schema, frozenset[str]]:
    """The schema of a kind of page, and the paths whose values are bare."""
    root = schemas.schema(next(each for each in schemas.KINDS if each.name == kind))
    return root, frozenset(forms.formats()[kind]["bare"])


def _is_empty(value: Value | None) -> bool:
    return value is None or value in ("", [], {})


def _ordered(
    values: Mapping[str, Any], record: Schema, root: Schema, figures: Sequence[str]
) -> dict[str, Value]:
    """`values` in the order of the schema's properties, what is empty left out."""
    order = [*record.get("properties", {}), *figures]
    found: dict[str, Value] = {}
    for key in sorted(values, key=lambda key: order.index(key) if key in order else len(order)):
        prop = record.get("properties", {}).get(key, {})
        value = _value(values[key], prop, root, figures)
        if not _is_empty(value):
            found[key] = value
    return found


def _value(value: Any, prop: Schema, root: Schema, figures: Sequence[str]) -> Any:
    inner = forms.resolved(prop, root)
    by_year = forms.by_year(prop)
    if isinstance(value, dict) and by_year is not None:
        record = forms.resolved(by_year, root)
        return {year: _value(value[year], record, root, figures) for year in sorted(value)}
    if isinstance(value, dict):
        return _ordered(value, inner, root, figures)
    if isinstance(value, list):
        item = forms.resolved(inner.get("items", {}), root)
        items = [_value(each, item, root, figures) for each in value]
        return [each for each in items if not _is_empty(each)]
    return value.strip() if isinstance(value, str) else value


def _marked(value: Value, bare: frozenset[str], way: str, *, below: bool = False) -> Value:
    """`value` with every bare text marked as such; `below` a bare path all texts are bare."""
    below = below or way in bare
    if isinstance(value, dict):
        return {
            Bare(key) if key.isdigit() else key: _marked(
                inner, bare, f"{way}.{key}" if way else key, below=below
            )
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_marked(each, bare, way, below=below) for each in value]
    if way.rpartition(".")[2] in canonical.NUMBERED:
        return canonical.numbered(value)
    return Bare(value) if below and canonical.may_be_bare(value) else value
