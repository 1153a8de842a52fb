"""What the open data are: a Frictionless data package and DCAT-AP.de metadata."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.site.exports import data, identity
from partnership.site.exports.dcat import KEYWORDS, dcat
from partnership.site.exports.file import Digest, Export
from partnership.site.exports.table import Column, Table
from partnership.site.exports.years import State


def exports(
    tables: Sequence[Table],
    past: Sequence[State],
    partnership: Partnership,
    now: datetime,
    digests: Mapping[str, Digest],
) -> Iterator[Export]:
    """`datapackage.json` and `dcat-ap.jsonld` of today's tables and of those of past years, with
    the `digests` of their files by address.
    """
    described = package(tables, past, partnership, now, digests)
    yield Export(f"{addresses.DATA}datapackage.json", _json(described))
    told = dcat(tables, past, partnership, now.date(), digests)
    yield Export(f"{addresses.DATA}dcat-ap.jsonld", _json(told))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")


def package(
    tables: Sequence[Table],
    past: Sequence[State],
    partnership: Partnership,
    now: datetime,
    digests: Mapping[str, Digest],
) -> dict[str, Any]:
    """A Frictionless data package (version 1) of every table."""
    city = partnership.city
    site = {"homepage": f"{city.site_address.rstrip('/')}/{addresses.DATA}"}
    named = [(table.name, f"{table.name}.csv", table) for table in tables]
    for year, found in past:
        named += [(f"{table.name}-{year}", f"{year}/{table.name}.csv", table) for table in found]
    return {
        "profile": "tabular-data-package",
        "name": identity.name(partnership),
        "id": identity.urn(partnership),
        "title": f"{city.name}: offene Daten",
        "description": city.summary,
        **(site if city.site_address else {}),
        "version": now.date().isoformat(),
        "created": now.isoformat(timespec="seconds"),
        "keywords": list(KEYWORDS),
        "licenses": [{"title": city.licence.name, "path": city.licence.url}],
        "contributors": [{"title": city.office.name, "role": "publisher"}],
        "resources": [
            _resource(table, name, path, digests[f"{addresses.DATA}{path}"])
            for name, path, table in named
        ],
    }


def _resource(table: Table, name: str, path: str, digest: Digest) -> dict[str, Any]:
    references = [
        {
            "fields": [column.name],
            "reference": {
                # A table that refers to itself is named by nothing (Table Schema).
                "resource": "" if column.refers == table.name else column.refers,
                "fields": ["schluessel" if column.name not in _OWN else column.name],
            },
        }
        for column in table.columns
        if column.refers
    ]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": table.title,
        "description": f"{table.title} / {table.title_en}",
        "path": path,
        "format": "csv",
        "mediatype": data.MEDIA["csv"],
        "encoding": "utf-8",
        "bytes": digest.size,
        "hash": f"sha256:{digest.sha256}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "missingValues": [""],
            **({"foreignKeys": references} if references else {}),
        },
    }


# The keys that have the same name in the table they lead to.
_OWN = frozenset({"mitglied", "massnahme"})


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if column.pattern:
        constraints["pattern"] = column.pattern
    return {
        "name": column.name,
        "type": column.kind,
        "title": column.german,
        "description": f"{column.german} / {column.english}",
        **({"constraints": constraints} if constraints else {}),
    }
