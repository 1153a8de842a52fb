"""Partnerships for unit tests, made of a few words: no file of a member is read, no rule is run."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from partnership.figures.tables import Row, Table
from partnership.model.catalogue import District, Field, MeasureType, Questionnaire, Sector
from partnership.model.city import City
from partnership.model.member import Measure, Member
from partnership.model.partnership import Partnership
from partnership.model.problems import Problem
from partnership.reading.source import Document, parse_page

_DATA = Path(__file__).parent / "small_city/data"
TODAY = date(2026, 11, 23)


def _catalogue(name: str, record: type[Any]) -> Mapping[str, Any]:
    return {key: record.model_validate(value) for key, value in _read(name).items()}


def _read(name: str) -> Any:
    # Every value as text, as an editor's file is read, too.
    return yaml.load((_DATA / f"{name}.yml").read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506


@lru_cache(maxsize=1)
def _base() -> Partnership:
    return Partnership(
        root=_DATA.parent,
        base=None,
        city=City.model_validate(_read("partnerschaft")),
        fields=_catalogue("handlungsfelder", Field),
        types=_catalogue("massnahmentypen", MeasureType),
        sectors=_catalogue("branchen", Sector),
        families={},
        districts=_catalogue("stadtbezirke", District),
        questionnaire=Questionnaire.model_validate(_read("fragebogen")),
        criteria={},
        members=(),
        events=(),
        news=(),
        prose=(),
        fill_ins=(),
    )


def partnership(*members: Member, **changes: Any) -> Partnership:
    """The small city, founded in November 2017, with these members, and whatever else is named."""
    known = {name: getattr(_base(), name) for name in Partnership.__dataclass_fields__}
    return Partnership(**{**known, "members": members, **changes})


def member(slug: str, *measures: Mapping[str, Any], **fields: Any) -> Member:
    """A company that answered itself, with `fields` and `measures` as its file would have them."""
    told = {"name": slug.title(), "branche": "handel", "bestaetigung": "unternehmen"}
    context = {"slug": slug, "body": "", "path": f"members/{slug}.md"}
    return Member.model_validate({**told, **fields, "massnahmen": list(measures)}, context=context)


def measure(typ: str = "jobticket", **fields: Any) -> Measure:
    """A measure alone."""
    return Measure.model_validate({"typ": typ, **fields})


def a(typ: str = "jobticket", **fields: Any) -> Mapping[str, Any]:
    """A measure as an entry of a member's file; running since 2020 unless it has dates."""
    dates = {"geplant", "ziel", "laufend", "umgesetzt", "eingestellt"} & fields.keys()
    return {"typ": typ, **({} if dates else {"laufend": "2020"}), **fields}


def values(table: Table) -> dict[str, int]:
    """The figure of each row of a table of one characteristic."""
    return {row.key: row.value for row in table.rows}


def cells(row: Row) -> dict[str, int]:
    """The figures of a row by column."""
    return {cell.column.key: cell.value for cell in row.cells}


def rows(table: Table) -> dict[str, dict[str, int]]:
    """Every figure of a table by row and column."""
    return {row.key: cells(row) for row in table.rows}


def slugs(table: Table, row: str, column: int = 0) -> list[str]:
    """The members behind a figure."""
    found = next(each for each in table.rows if each.key == row)
    return [entry.member.slug for entry in found.cells[column].entries]


def document(path: str, text: str, body: str = "") -> Document:
    """A file as it is read; `text` begins in its second line, `body` two lines below its end."""
    return parse_page(f"---\n{text.rstrip()}\n---\n{body}", path)


def told(problems: Iterable[Problem]) -> list[str]:
    """Each problem as `line:column+length rule`; every one says what is wrong and what to do."""
    found = []
    for each in problems:
        assert len(each.message.split()) > 2, each
        assert len(each.remedy.split()) > 1, each
        place = each.place
        found.append(f"{place.line}:{place.column}+{place.length} {each.rule}")
    return found
