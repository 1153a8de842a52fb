"""Rules within the city's own data."""

from collections.abc import Iterator, Mapping

from partnership.checking.rules.references import unknown_key
from partnership.model import markers
from partnership.model.partnership import Partnership
from partnership.model.problems import Problem
from partnership.reading.source import Document

_CITY = "data/partnerschaft.yml"


def office(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """One founding partner runs the office; advice and notice are given by one of them."""
    if not partnership.city.partners:
        return
    document = documents[_CITY]
    offices = [partner for partner in partnership.city.partners if partner.is_office]
    if len(offices) != 1:
        yield document.problem(
            document.place(("initialpartner",), of_key=True),
            "geschaeftsstelle",
            f"Genau ein Initialpartner führt die Geschäftsstelle, angegeben sind {len(offices)}.",
            "Bitte bei einem Partner „geschaeftsstelle: ja“ schreiben.",
        )
    known = {partner.id: partner.name for partner in partnership.city.partners}
    for index in range(len(partnership.city.advice)):
        yield from unknown_key(document, ("beratung", index, "wer"), known, "Initialpartner", _CITY)
    for index in range(len(partnership.city.agreement.terminations)):
        trail = ("vereinbarung", "kuendigungen", index, "partner")
        yield from unknown_key(document, trail, known, "Initialpartner", _CITY)


def map_file(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """The map of the districts, if the city names one, exists."""
    name = partnership.city.map_file
    if name is not None and partnership.find(f"data/{name}") is None:
        document = documents[_CITY]
        yield document.problem(
            document.place(("karte",)),
            "datei-fehlt",
            f"Die Datei data/{name} gibt es nicht.",
            "Bitte dort ablegen oder die Zeile „karte“ löschen.",
        )


def only_gaps(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Of the markers of prose, the city's data know only the gap."""
    document = documents.get(_CITY)
    for marker, place in markers.in_lines(document.lines if document else ()):
        if document and not marker.missing:
            yield document.problem(
                place,
                "marke",
                f"Die Marke {marker.written} gilt nur im Text von Seiten, nicht in dieser Datei.",
                "Bitte den Text selbst schreiben; erlaubt ist hier nur [[offen: …]].",
            )


RULES = (office, map_file, only_gaps)
