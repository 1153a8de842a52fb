"""Write what the documents of the office say of keys, from the model: all of data/ANGABEN.md; in
REDAKTION.md a row for each key that has none yet, with its title.

python -m tests.reference
"""

import re
import types
import typing
from collections.abc import Iterator
from pathlib import Path

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
from partnership.model.event import Event
from partnership.model.legal import Criterion
from partnership.model.member import Measure, Member
from partnership.model.search import Search

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "data/ANGABEN.md"
HANDBOOK = ROOT / "REDAKTION.md"
# The headings of the handbook below which a table lists the keys of a file.
TABLES: tuple[tuple[str, type[BaseModel]], ...] = (
    ("Angaben eines Mitglieds", Member),
    ("Angaben einer Maßnahme", Measure),
    ("Eine Veranstaltung", Event),
)
HEAD = """\
# Alle Angaben der Dateien in data/

Zum Nachschlagen. Mitglieder, Veranstaltungen, Nachrichten und Seiten stehen im
[Handbuch](../REDAKTION.md). Ein Punkt trennt eine Gruppe von der Angabe darin; `[]` steht für
jeden Eintrag einer Liste, `<schlüssel>` für ein frei gewähltes Kurzwort, auf das andere Dateien
verweisen.
"""
FILES: tuple[tuple[str, type[BaseModel], str], ...] = (
    ("partnerschaft.yml", City, ""),
    ("handlungsfelder.yml", Field, "<schlüssel>."),
    ("massnahmentypen.yml", MeasureType, "<schlüssel>."),
    ("branchen.yml", Sector, "<schlüssel>."),
    ("stadtbezirke.yml", District, "<schlüssel>."),
    ("emissionsfaktoren.yml", Family, "<schlüssel>."),
    ("fragebogen.yml", Questionnaire, ""),
    ("suche.yml", Search, ""),
    ("barrierefreiheit.yml", Criterion, "<schlüssel>."),
)


def text() -> str:
    """The whole page."""
    parts = [HEAD]
    for name, model, prefix in FILES:
        rows = "".join(
            f"| `{way}` | {title}{', nötig' if required else ''} |\n"
            for way, title, required in keys(model, prefix)
        )
        parts.append(f"## {name}\n\n| Angabe | Bedeutung |\n|---|---|\n{rows}")
    return "\n".join(parts)


def keys(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, str, bool]]:
    """Each key with its title and whether it is required; below a group, those of the group."""
    for field in model.model_fields.values():
        way = f"{prefix}{field.alias}"
        yield way, field.title or "", field.is_required()
        for inner, mark in _models(field.annotation):
            yield from keys(inner, f"{way}{mark}.")


def _models(kind: object, mark: str = "") -> Iterator[tuple[type[BaseModel], str]]:
    """The groups a key may hold, with the mark of a list or of freely chosen keys."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind, mark
        return
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        mark = f"{mark}[]"
    elif origin is dict:
        mark, arguments = f"{mark}.<schlüssel>", arguments[1:]
    elif origin not in (typing.Union, types.UnionType, typing.Annotated):
        return
    for argument in arguments:
        yield from _models(argument, mark)


def handbook(document: str) -> str:
    """The handbook with a row for each key; one row may hold several. What the office has worded
    stays, rows of keys that are gone do not; a new one stands behind the key before it.
    """
    for title, model in TABLES:
        table = re.search(
            rf"^#+ {title}$.*?^\|---\|---\|\n((?:^\|[^\n]*\n)+)", document, re.MULTILINE | re.DOTALL
        )
        assert table, title
        rows = [(_keys_in(row), row) for row in table[1].splitlines(keepends=True)]
        known = {str(field.alias): field.title or "" for field in model.model_fields.values()}
        rows = [(named, row) for named, row in rows if named & known.keys()]
        at = 0
        for key, meaning in known.items():
            found = [place for place, (named, _) in enumerate(rows) if key in named]
            if not found:
                rows.insert(at, ({key}, f"| `{key}` | {meaning} |\n"))
            at = (found[0] if found else at) + 1
        written = "".join(row for _, row in rows)
        document = document[: table.start(1)] + written + document[table.end(1) :]
    return document


def _keys_in(row: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", row.split("|")[1]))


if __name__ == "__main__":
    HANDBOOK.write_text(handbook(HANDBOOK.read_text("utf-8")), encoding="utf-8", newline="\n")
    FILE.write_text(text(), encoding="utf-8", newline="\n")
