"""The metadata of the open data for portals: DCAT-AP.de."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from partnership.model import addresses
from partnership.model.fillin import known
from partnership.model.partnership import Partnership
from partnership.site.exports import data, identity, years
from partnership.site.exports.file import Digest
from partnership.site.exports.table import Table
from partnership.site.exports.years import State
from partnership.site.views.linked_data import address

KEYWORDS = ("Betriebliches Mobilitätsmanagement", "Mobilität", "Unternehmen", "Verkehr")


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
    "dcatap": "http://data.europa.eu/r5r/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def dcat(
    tables: Sequence[Table],
    past: Sequence[State],
    partnership: Partnership,
    day: date,
    digests: Mapping[str, Digest],
) -> dict[str, Any]:
    """DCAT-AP.de 3.0 as JSON-LD: a catalogue, a data set a table, a distribution a file, with the
    `digests` of the files by their addresses.

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
    in_series = {table.name for _, found in past for table in found}
    return {
        "@context": _CONTEXT,
        "@graph": [
            _catalogue(tables, past, partnership, day, digests),
            {
                **publisher,
                "@type": "foaf:Organization",
                "foaf:name": next(known(each.name) for each in city.partners if each.is_office)
                or city.administration,
            },
            contact,
            *(
                _series(partnership, table, past, day)
                for table in tables
                if table.name in in_series
            ),
        ],
    }


def _catalogue(
    tables: Sequence[Table],
    past: Sequence[State],
    partnership: Partnership,
    day: date,
    digests: Mapping[str, Digest],
) -> dict[str, Any]:
    """Every data set: the tables of today, all of them together, those of past years."""
    city = partnership.city
    files = Files(partnership, day, digests)
    return {
        "@id": _at(partnership, addresses.DATA, "katalog"),
        "@type": "dcat:Catalog",
        "dct:title": _german(f"{city.name}: offene Daten"),
        "dct:description": _german(city.summary),
        "dct:identifier": identity.name(partnership),
        "dct:spatial": _place(partnership),
        "dct:publisher": {"@id": _at(partnership, addresses.HOME, "herausgeber")},
        "dct:language": _term("language/DEU", "dct:LinguisticSystem"),
        "dct:modified": _day(day),
        "foaf:homepage": {
            "@id": _at(partnership, addresses.DATA),
            "@type": "foaf:Document",
        },
        "dcat:dataset": [
            *(_dataset(files, table.name, table.title, data.downloads(table)) for table in tables),
            _dataset(files, "alles", "Alle Tabellen", (data.workbook(),)),
            *(_past_dataset(files, year, table) for year, found in past for table in found),
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
        "dct:spatial": _place(partnership),
        "dct:accrualPeriodicity": _term("frequency/ANNUAL", "dct:Frequency"),
        "dct:modified": _day(day),
        "dct:temporal": _period(date(first, 12, 31), date(last, 12, 31)),
    }


def _past_dataset(files: "Files", year: int, table: Table) -> dict[str, Any]:
    """A table as it was at the end of a past year."""
    end = date(year, 12, 31)
    found = _dataset(files, f"{table.name}-{year}", table.title, years.downloads(year, table))
    series = {"@id": _at(files.partnership, addresses.DATA, f"{table.name}-jahre")}
    return {**found, "dct:temporal": _period(end, end), "dcat:inSeries": series}


def _period(start: date, end: date) -> dict[str, Any]:
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _day(start),
        "dcat:endDate": _day(end),
    }


@dataclass(frozen=True, slots=True)
class Files:
    """What the distributions of one build have in common."""

    partnership: Partnership
    day: date
    digests: Mapping[str, Digest]


def _dataset(
    files: Files, name: str, title: str, downloads: Sequence[data.Download]
) -> dict[str, Any]:
    partnership, city = files.partnership, files.partnership.city
    return {
        "@id": _at(partnership, addresses.DATA, name),
        "@type": "dcat:Dataset",
        "dct:identifier": f"{identity.name(partnership)}-{name}",
        "dct:title": _german(f"{city.name}: {title}"),
        "dct:description": _german(f"{title} der Partnerschaft. {city.summary}"),
        "dct:publisher": {"@id": _at(partnership, addresses.HOME, "herausgeber")},
        "dcat:contactPoint": {"@id": _at(partnership, addresses.CONTACT, "kontakt")},
        "dcat:keyword": [_german(word) for word in KEYWORDS],
        "dcat:theme": _term("data-theme/TRAN", "http://www.w3.org/2004/02/skos/core#Concept"),
        "dct:spatial": _place(partnership),
        "dcatde:politicalGeocodingLevelURI": {
            "@id": "http://dcat-ap.de/def/politicalGeocoding/Level/municipality"
        },
        "dct:language": _term("language/DEU", "dct:LinguisticSystem"),
        "dct:accrualPeriodicity": _term("frequency/IRREG", "dct:Frequency"),
        "dct:modified": _day(files.day),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(city.founded.first),
        },
        "dcat:landingPage": {"@id": _at(partnership, addresses.DATA), "@type": "foaf:Document"},
        "dcat:distribution": [_distribution(files, each) for each in downloads],
    }


def _distribution(files: Files, file: data.Download) -> dict[str, Any]:
    """A file. It is issued anew by every build, and there for as long as the site is."""
    partnership, digest = files.partnership, files.digests[file.path]
    return {
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
        "dct:license": {
            "@id": _licence(partnership.city.licence.url),
            "@type": "dct:LicenseDocument",
        },
        "dct:issued": _day(files.day),
        "dct:modified": _day(files.day),
        "dcatap:availability": _term("planned-availability/STABLE", "skos:Concept"),
        "dcat:byteSize": {"@value": str(digest.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {
                "@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
                "@type": "spdx:ChecksumAlgorithm",
            },
            "spdx:checksumValue": {"@value": digest.sha256, "@type": "xsd:hexBinary"},
        },
    }


def _place(partnership: Partnership) -> dict[str, Any]:
    """The town: as DCAT-AP.de names it where the key of the municipality is known."""
    found = identity.municipality(partnership)
    return {
        **({"@id": found} if found else {}),
        "@type": "dct:Location",
        "skos:prefLabel": _german(partnership.city.town),
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
