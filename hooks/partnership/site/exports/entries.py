"""A member on its own: one JSON file beside its page, with its rows of the open data's tables."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.site.exports.columns import MEASURE, MEMBER
from partnership.site.exports.file import Export
from partnership.site.exports.table import Cell, Table

_OWN = "mitglieder"


def exports(tables: Sequence[Table], partnership: Partnership, day: date) -> Iterator[Export]:
    """`mitglied.json` of each member; a table without a row of it is left out."""
    licence = partnership.city.licence
    for slug, rows in _rows_of(tables).items():
        told: dict[str, Any] = {
            "titel": f"{rows[_OWN][0]['name']} in der {partnership.city.name}",
            "stand": day.isoformat(),
            "lizenz": {"name": licence.name, "url": licence.url},
            "mitglied": rows[_OWN][0],
            **{name: found for name, found in rows.items() if name != _OWN},
        }
        content = json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8")
        yield Export(addresses.member_file(slug), content)


def _rows_of(tables: Sequence[Table]) -> Mapping[str, Mapping[str, list[dict[str, Cell]]]]:
    """For each member the rows that bear its key or that of one of its measures, by table."""
    found: dict[str, dict[str, list[dict[str, Cell]]]] = {}
    owner: dict[Cell, Cell] = {}
    for table in tables:
        names = [column.name for column in table.columns]
        if not {MEMBER.name, MEASURE.name} & set(names):
            continue
        for cells in table.rows:
            row = dict(zip(names, cells, strict=True))
            member = row[MEMBER.name] if MEMBER.name in row else owner[row[MEASURE.name]]
            if MEMBER.name in row and MEASURE.name in row:
                owner[row[MEASURE.name]] = member
            found.setdefault(str(member), {}).setdefault(table.name, []).append(row)
    return found
