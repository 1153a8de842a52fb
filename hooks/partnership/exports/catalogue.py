"""What the open data are: a Frictionless data package and DCAT-AP.de metadata."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from partnership import addresses
from partnership.exports import data
from partnership.exports.data import Table
from partnership.exports.file import Export
from partnership.model.partnership import Partnership

_MEDIA = {"csv": "text/csv", "json": "application/json"}


def exports(tables: Sequence[Table], partnership: Partnership, now: datetime) -> Iterator[Export]:
    """`datapackage.json` and `dcat-ap.jsonld`."""
    yield Export(f"{addresses.DATA}datapackage.json", _json(package(tables, partnership, now)))
    yield Export(f"{addresses.DATA}dcat-ap.jsonld", _json(dcat(tables, partnership, now)))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")


def package(tables: Sequence[Table], partnership: Partnership, now: datetime) -> dict[str, Any]:
    """A Frictionless data package (v1) of the tables that exist as CSV."""
    city = partnership.city
    return {
        "profile": "tabular-data-package",
        "name": "mobilitaetspartnerschaft",
        "title": f"{city.name}: offene Daten",
        "description": city.summary,
        "created": now.isoformat(timespec="seconds"),
        "licenses": [{"title": city.licence.name, "path": city.licence.url}],
        "resources": [_resource(table) for table in tables if table.name != "veranstaltungen"],
    }


def _resource(table: Table) -> dict[str, Any]:
    content = data.as_csv(table)
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "type": column.kind,
                    "description": f"{column.german} / {column.english}",
                }
                for column in table.columns
            ],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def dcat(tables: Sequence[Table], partnership: Partnership, now: datetime) -> dict[str, Any]:
    """DCAT-AP metadata as JSON-LD: one data set, a distribution a file."""
    city = partnership.city
    base = city.site_address.rstrip("/") or "."
    folder = f"{base}/{addresses.DATA}"
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": folder,
        "@type": "dcat:Dataset",
        "dct:title": {"@value": f"{city.name}: Mitglieder und Maßnahmen", "@language": "de"},
        "dct:description": {"@value": city.summary, "@language": "de"},
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": city.office.name},
        "dct:modified": {"@value": now.date().isoformat(), "@type": "xsd:date"},
        "dcat:keyword": [
            {"@value": word, "@language": "de"}
            for word in ("Betriebliches Mobilitätsmanagement", "Unternehmen", "Maßnahmen")
        ],
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "@id": f"{folder}{name}",
                "dcat:accessURL": {"@id": f"{folder}{name}"},
                "dcat:downloadURL": {"@id": f"{folder}{name}"},
                "dcat:mediaType": media,
                "dct:license": {"@id": city.licence.url},
                "dct:title": {"@value": title, "@language": "de"},
            }
            for name, media, title in _files(tables)
        ],
    }


def _files(tables: Sequence[Table]) -> Iterator[tuple[str, str, str]]:
    for table in tables:
        for ending, media in _MEDIA.items():
            if ending == "json" or table.name != "veranstaltungen":
                yield f"{table.name}.{ending}", media, f"{table.title} ({ending.upper()})"
    yield (
        "partnerschaft.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Alle Tabellen (Excel)",
    )
