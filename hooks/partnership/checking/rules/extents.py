"""Rules about the extent of a measure: it fits the unit of the type and the years it is told of."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from partnership.language import german
from partnership.model.catalogue import Unit
from partnership.model.member import Measure, Member
from partnership.model.partnership import Partnership
from partnership.model.problems import Problem
from partnership.reading.source import Document, Trail


def check(
    member: Member,
    measure: Measure,
    trail: Trail,
    document: Document,
    partnership: Partnership,
    today: date,
) -> Iterator[Problem]:
    """No number for yes or no, no percent but of shares and then at most 100, not more employees
    than the company has; no year to come for what has begun.
    """
    unit = partnership.types[measure.type].unit
    if unit.kind == "ja_nein" and measure.extents:
        yield document.problem(
            document.place((*trail, "umfang")),
            "umfang-unpassend",
            "Bei diesem Typ wird nur gefragt, ob es die Maßnahme gibt; er hat keinen Umfang.",
            "Bitte die Angabe „umfang“ löschen; Näheres gehört in die „beschreibung“.",
        )
        return
    for year, value in measure.extents.items():
        way = (*trail, "umfang", str(year)) if year else (*trail, "umfang")
        if year:
            yield from _year(year, measure, way, document, today)
        yield from _amount(value, unit, member, way, document)


def _year(
    year: int, measure: Measure, way: Trail, document: Document, today: date
) -> Iterator[Problem]:
    place = document.place(way, of_key=True)
    if measure.running and year < measure.running.earliest.year:
        yield document.problem(
            place,
            "jahr-vor-beginn",
            f"Im Jahr {year} gab es die Maßnahme noch nicht: „laufend“ nennt"
            f" {german.partial_date(measure.running)}.",
            "Bitte eines der beiden Daten berichtigen.",
        )
    if year > today.year and any(step != "geplant" for step, _ in measure.steps):
        yield document.problem(
            place,
            "jahr-zukunft",
            f"Das Jahr {year} liegt in der Zukunft; „umfang“ nennt, was es schon gibt.",
            "Bitte das Jahr prüfen; was erst kommt, gehört in die „beschreibung“.",
        )


def _amount(
    value: Decimal, unit: Unit, member: Member, way: Trail, document: Document
) -> Iterator[Problem]:
    place = document.place(way)
    if unit.kind != "anteil" and str(document.value(way)).endswith("%"):
        yield document.problem(
            place,
            "umfang-prozent",
            f"Der Umfang ist hier kein Anteil: Gezählt wird „{unit.name}“.",
            "Bitte die Zahl ohne % angeben.",
        )
    if unit.kind == "anteil" and value > 100:
        yield document.problem(
            place,
            "umfang-zu-gross",
            f"Der Umfang ist ein Anteil in Prozent; {german.number(value)} ist mehr als 100.",
            "Bitte einen Wert von 0 bis 100 angeben.",
        )
    if unit.at_most == "beschaeftigte" and member.employees and value > member.employees:
        yield document.problem(
            place,
            "umfang-zu-gross",
            f"Der Umfang ({german.number(value)}) ist größer als die Zahl der Beschäftigten"
            f" ({german.number(member.employees)}).",
            "Bitte „umfang“ oder „beschaeftigte“ berichtigen.",
        )
