"""Companies as an edition tells of them: read back from its tables, to be counted once more."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any, TypeAlias

from pydantic import ValidationError

from partnership.model.member import DATE_KEYS, Member
from partnership.model.partnership import Partnership

Rows: TypeAlias = Sequence[Mapping[str, str]]

_FACTS = ("name", "branche", "beitritt", "austritt", "stadtbezirk", "beschaeftigte", "bestaetigung")
_OF_MEASURE = ("typ", "titel", *DATE_KEYS)


def rows(files: Mapping[str, bytes], name: str) -> Rows:
    """The rows of a table, each by the names of its columns; none where there is no such table."""
    content = files.get(f"{name}.csv", b"")
    return list(csv.DictReader(StringIO(content.decode("utf-8"), newline="")))


def members(files: Mapping[str, bytes], partnership: Partnership) -> tuple[Member, ...]:
    """The companies of an edition, with what it published of them. What the catalogues of
    `partnership` know no more is left out, and so is a company that today's rules cannot read.
    """
    of_member: dict[str, dict[str, list[Any]]] = {}
    for row in rows(files, "auskuenfte"):
        told = of_member.setdefault(row["mitglied"], {})
        told.setdefault("auskunft", []).append({"stand": row["stand"], "von": row["von"]})
    for row, measure in _measures(files, partnership):
        told = of_member.setdefault(row["mitglied"], {})
        told.setdefault("massnahmen", []).append(measure)
    figures: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows(files, "kennzahlen"):
        of_year = figures.setdefault(row["mitglied"], {}).setdefault(
            row["jahr"], {"veroeffentlichung": "einzeln"}
        )
        of_year[row["kennzahl"]] = _number(row["wert"])
    found = []
    for row in rows(files, "mitglieder"):
        slug = row["mitglied"]
        said = {key: row[key] for key in _FACTS if row.get(key)}
        more = {**of_member.get(slug, {}), "kennzahlen": figures.get(slug, {})}
        try:
            found.append(
                Member.model_validate(
                    {**said, **more}, context={"slug": slug, "body": "", "path": ""}
                )
            )
        except ValidationError:
            continue
    return tuple(found)


def _measures(
    files: Mapping[str, bytes], partnership: Partnership
) -> Iterator[tuple[Mapping[str, str], dict[str, Any]]]:
    extents: dict[str, dict[str, str]] = {}
    for row in rows(files, "umfaenge"):
        extents.setdefault(row["massnahme"], {})[row["jahr"]] = _number(row["umfang"])
    for row in rows(files, "massnahmen"):
        if row["typ"] in partnership.types:
            measure: dict[str, Any] = {key: row[key] for key in _OF_MEASURE if row.get(key)}
            if later := row.get("verschoben_auf"):
                measure["verschoben_auf"] = later.split("; ")
            if by_year := extents.get(row["massnahme"]):
                measure["umfang"] = by_year
            elif row.get("umfang"):
                measure["umfang"] = _number(row["umfang"])
            yield row, measure


def _number(text: str) -> str:
    """A number of a table as a file of ours has it: behind a point, three digits mean thousands."""
    return text.replace(".", ",")
