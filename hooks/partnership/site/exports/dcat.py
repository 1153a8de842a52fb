"""What the open data are: a Frictionless data package and DCAT-AP.de metadata."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from partnership import addresses
from partnership.exports import data, years
from partnership.exports.file import Export
from partnership.exports.table import Column, Table, as_csv
from partnership.exports.years import State
from partnership.model.partnership import Partnership
from partnership.views.linked_data import address

_NAME = "mobilitaetspartnerschaft"
_KEYWORDS = ("Betriebliches Mobilitätsmanagement", "Mobilität", "Unternehmen", "Verkehr")

# The licences of DCAT-AP.de (http://dcat-ap.de/def/licenses/) that a city is likely to name, by
# what their addresses have in common; any other licence stands under its own address.
_LICENCES: Mapping[str, str] = {
    "govdata.de/dl-de/zero-2-0": "http://dcat-ap.de/def/licenses/dl-zero-de/2.0",
    "govdata.de/dl-de/by-2-0": "http://dcat-ap.de/def/licenses/dl-by-de/2.0",
    "creativecommons.org/publicdomain/zero/1.0": "http://dcat-ap.de/def/licenses/cc-zero",
    "creativecommons.org/licenses/by/4.0": "http://dcat-ap.de/def/licenses/cc-by/4.0",
}
_EU = "http://publications.europa.eu/resource/authority"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def exports(
    tables: Sequence[Table],
    past: Sequence[State],
    partnership: Partnership,
    now: datetime,
) -> Iterator[Export]:
    """`datapackage.json` and `dcat-ap.jsonld` of today's tables and of those of past years."""
    found = _json(package(tables, past, partnership, now))
    yield Export(f"{addresses.DATA}datapackage.json", found)
    yield Export(
        f"{addresses.DATA}dcat-ap.jsonld", _json(dcat(tables, past, partnership, now.date()))
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")


def package(
    tables: Sequence[Table],
    past: Sequence[State],
    partnership: Partnership,
    now: datetime,
) -> dict[str, Any]:
    """A Frictionless data package (version 1) of every table."""
    city = partnership.city
    site = {"homepage": f"{city.site_address.rstrip('/')}/{addresses.DATA}"}
    resources = [_resource(table, table.name, f"{table.name}.csv") for table in tables]
    for year, found in past:
        resources += [
            _resource(table, f"{table.name}-{year}", f"{year}/{table.name}.csv") for table in found
        ]
    return {
        "profile": "tabular-data-package",
        "name": _NAME,
        "title": f"{city.name}: offene Daten",
        "description": city.summary,
        **(site if city.site_address else {}),
        "version": now.date().isoformat(),
        "created": now.isoformat(timespec="seconds"),
        "keywords": list(_KEYWORDS),
        "licenses": [{"title": city.licence.name, "path": city.licence.url}],
        "contributors": [{"title": city.office.name, "role": "publisher"}],
        "resources": resources,
    }


def _resource(table: Table, name: str, path: str) -> dict[str, Any]:
    content = as_csv(table)
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
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
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


def dcat(
    tables: Sequence[Table], past: Sequence[State], partnership: Partnership, day: date
) -> dict[str, Any]:
    """DCAT-AP.de 3.0 as JSON-LD: a catalogue, a data set a table, a distribution a file.

    The states of past years are data sets, too; those of one table form a `dcat:DatasetSeries`.

    Without a known site address the identifiers are relative to the file, which JSON-LD allows.
    """
    city = partnership.city
    publisher = {"@id": _at(partnership, addresses.HOME, "herausgeber")}
    contact = {
        "@id": _at(partnership, addresses.CONTACT, "kontakt"),
        "@type": "vcard:Organization",
        "vcard:fn": city.office.name,
        "vcard:hasURL": {"@id": _at(partnership, addresses.CONTACT)},
    }
    catalogue = {
        "@id": _at(partnership, addresses.DATA, "katalog"),
        "@type": "dcat:Catalog",
        "dct:title": _german(f"{city.name}: offene Daten"),
        "dct:description": _german(city.summary),
        "dct:publisher": publisher,
        "dct:language": _term("language/DEU", "dct:LinguisticSystem"),
        "dct:modified": _day(day),
        "foaf:homepage": {
            "@id": _at(partnership, addresses.DATA),
            "@type": "foaf:Document",
        },
        "dcat:dataset": [
            *(
                _dataset(partnership, table.name, table.title, data.downloads(table), day)
                for table in tables
            ),
            _dataset(partnership, "alles", "Alle Tabellen", (data.workbook(),), day),
            *(
                _past_dataset(partnership, year, table, day)
                for year, found in past
                for table in found
            ),
        ],
    }
    in_series = {table.name for _, found in past for table in found}
    return {
        "@context": _CONTEXT,
        "@graph": [
            catalogue,
            {
                **publisher,
                "@type": "foaf:Organization",
                "foaf:name": next(each.name for each in city.partners if each.is_office),
            },
            contact,
            *(
                _series(partnership, table, past, day)
                for table in tables
                if table.name in in_series
            ),
        ],
    }


def _series(
    partnership: Partnership, table: Table, past: Sequence[State], day: date
) -> dict[str, Any]:
    """What holds the past states of a table together."""
    city, first, last = partnership.city, past[0][0], past[-1][0]
    title = f"{table.title} am Ende der Jahre {first} bis {last}"
    return {
        "@id": _at(partnership, addresses.DATA, f"{table.name}-jahre"),
        "@type": "dcat:DatasetSeries",
        "dct:title": _german(f"{city.name}: {title}"),
        "dct:description": _german(
            f"{title}, berechnet aus den heute bekannten Daten. {city.summary}"
        ),
        "dct:publisher": {"@id": _at(partnership, addresses.HOME, "herausgeber")},
        "dcat:contactPoint": {"@id": _at(partnership, addresses.CONTACT, "kontakt")},
        "dct:accrualPeriodicity": _term("frequency/ANNUAL", "dct:Frequency"),
        "dct:modified": _day(day),
        "dct:temporal": _period(date(first, 12, 31), date(last, 12, 31)),
    }


def _past_dataset(partnership: Partnership, year: int, table: Table, day: date) -> dict[str, Any]:
    """A table as it was at the end of a past year."""
    end = date(year, 12, 31)
    found = _dataset(
        partnership, f"{table.name}-{year}", table.title, years.downloads(year, table), day
    )
    series = {"@id": _at(partnership, addresses.DATA, f"{table.name}-jahre")}
    return {**found, "dct:temporal": _period(end, end), "dcat:inSeries": series}


def _period(start: date, end: date) -> dict[str, Any]:
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _day(start),
        "dcat:endDate": _day(end),
    }


def _dataset(
    partnership: Partnership, name: str, title: str, files: Sequence[data.Download], day: date
) -> dict[str, Any]:
    city = partnership.city
    licence = {"@id": _licence(city.licence.url), "@type": "dct:LicenseDocument"}
    return {
        "@id": _at(partnership, addresses.DATA, name),
        "@type": "dcat:Dataset",
        "dct:identifier": f"{_NAME}-{name}",
        "dct:title": _german(f"{city.name}: {title}"),
        "dct:description": _german(f"{title} der Partnerschaft. {city.summary}"),
        "dct:publisher": {"@id": _at(partnership, addresses.HOME, "herausgeber")},
        "dcat:contactPoint": {"@id": _at(partnership, addresses.CONTACT, "kontakt")},
        "dcat:keyword": [_german(word) for word in _KEYWORDS],
        "dcat:theme": _term("data-theme/TRAN", "http://www.w3.org/2004/02/skos/core#Concept"),
        "dcatde:politicalGeocodingLevelURI": {
            "@id": "http://dcat-ap.de/def/politicalGeocoding/Level/municipality"
        },
        "dct:language": _term("language/DEU", "dct:LinguisticSystem"),
        "dct:accrualPeriodicity": _term("frequency/IRREG", "dct:Frequency"),
        "dct:modified": _day(day),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(city.founded.first),
        },
        "dcat:landingPage": {"@id": _at(partnership, addresses.DATA), "@type": "foaf:Document"},
        "dcat:distribution": [
            {
                "@id": _at(partnership, file.path),
                "@type": "dcat:Distribution",
                "dct:title": _german(file.title),
                "dcat:accessURL": {"@id": _at(partnership, file.path)},
                "dcat:downloadURL": {"@id": _at(partnership, file.path)},
                "dct:format": _term(f"file-type/{file.ending.upper()}", "dct:MediaTypeOrExtent"),
                "dcat:mediaType": {
                    "@id": f"https://www.iana.org/assignments/media-types/{file.media}",
                    "@type": "dct:MediaType",
                },
                "dct:license": licence,
                "dct:modified": _day(day),
            }
            for file in files
        ],
    }


def _licence(url: str) -> str:
    return next((known for part, known in _LICENCES.items() if part in url), url)


def _at(partnership: Partnership, target: str, fragment: str = "") -> str:
    found = address(partnership, addresses.DATA, target)
    return f"{found}#{fragment}" if fragment else found


def _term(name: str, kind: str) -> dict[str, str]:
    return {"@id": f"{_EU}/{name}", "@type": kind}


def _german(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "de"}


def _day(day: date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}
