"""Write data/ANGABEN.md, which lists every key of the files in data/, from the model.

python -m tests.reference
"""

import types
import typing
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from partnership.model.catalogue import (
    District,
    Factor,
    Field,
    MeasureType,
    Questionnaire,
    Sector,
)
from partnership.model.city import City
from partnership.model.legal import Criterion

FILE = Path(__file__).resolve().parent.parent / "data/ANGABEN.md"
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
    ("emissionsfaktoren.yml", Factor, "<schlüssel>."),
    ("fragebogen.yml", Questionnaire, ""),
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


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8", newline="\n")
