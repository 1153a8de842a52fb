"""Sums by year: what is added, from where, and how it is broken down."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnership.figures import summed, yearsums
from partnership.figures.summed import Figure
from partnership.figures.yearsums import Sum, YearSums
from partnership.model.catalogue import KeyFigure
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.yearsums import Closing, ConfidentialEntry
from tests.world import TODAY, a, member, partnership


def figure(found: Partnership, key: str) -> Figure:
    return next(each for each in summed.figures(found) if each.key == key)


def told(year: int = 2024, how: str = "einzeln", **values: str) -> Mapping[str, Any]:
    return {str(year): {"veroeffentlichung": how, **values}}


def test_figures_in_the_order_of_the_catalogues() -> None:
    found = partnership()
    more = {
        "elektrisch": KeyFigure.model_validate(
            {
                "name": "davon elektrisch",
                "einheit": "Pkw",
                "frage": "?",
                "art": "anzahl",
                "teil_von": "pkw_gesamt",
            }
        )
    }
    questionnaire = found.questionnaire.model_copy(
        update={"figures": {**found.questionnaire.figures, **more}}
    )
    every = summed.figures(partnership(questionnaire=questionnaire))
    assert [(each.key, each.kind, each.source, each.family) for each in every] == [
        ("kennzahl-pkw_gesamt", "kennzahl", "pkw_gesamt", "kennzahl-pkw_gesamt"),
        ("kennzahl-elektrisch", "kennzahl", "elektrisch", "kennzahl-pkw_gesamt"),
        ("umfang-jobticket", "umfang", "jobticket", "umfang-jobticket"),
        ("umfang-radabstellanlage", "umfang", "radabstellanlage", "umfang-radabstellanlage"),
        ("massnahmen-arbeitswege", "massnahmen", "arbeitswege", "massnahmen-arbeitswege"),
        ("massnahmen-fuhrpark", "massnahmen", "fuhrpark", "massnahmen-fuhrpark"),
    ]
    assert {each.is_count for each in every} == {True}
    assert [(each.name, each.unit) for each in every[:3]] == [
        ("Pkw im Fuhrpark", "Pkw"),
        ("Pkw im Fuhrpark, davon elektrisch", "Pkw"),
        ("Jobticket", "Beschäftigte mit Ticket"),
    ]
    assert every[-1].unit == "wirksame Maßnahmen"
    assert every[-1].name == "Sauberer Fuhrpark"


def test_a_quantity_asked_in_two_ways_is_one_figure() -> None:
    told_twice = KeyFigure.model_validate(
        {"name": "Plätze", "einheit": "Plätze", "frage": "?", "art": "anzahl",
         "entspricht": "radabstellanlage"}
    )  # fmt: skip
    base = partnership()
    world = partnership(
        questionnaire=base.questionnaire.model_copy(update={"figures": {"plaetze": told_twice}})
    )
    keys = [each.key for each in summed.figures(world)]
    assert "kennzahl-plaetze" in keys
    assert "umfang-radabstellanlage" not in keys
    assert summed.key_of_extent(world, "radabstellanlage") == "kennzahl-plaetze"
    assert summed.key_of_extent(world, "jobticket") == "umfang-jobticket"
    # What is never added has no figure, but a key all the same.
    assert summed.key_of_extent(world, "ohne_summe") == "umfang-ohne_summe"
    stands = a("radabstellanlage", umfang={"2024": "30"})
    this = figure(world, "kennzahl-plaetze")
    for company, amount in (
        (member("a", stands), 30),
        (member("b", stands, kennzahlen=told(plaetze="20")), 20),
        (member("c", kennzahlen=told(plaetze="20")), 20),
    ):
        assert yearsums.amounts(world, this, company, 2024, public=True) == amount


COMPANY = member(
    "eins",
    a("jobticket", umfang={"2023": "3", "2024": "5"}),
    a("jobticket", umfang={"2024": "7"}, veroeffentlichung="nur_summe"),
    a("jobticket", umfang={"2024": "2"}),
    # Only planned: it is not there yet.
    a("jobticket", geplant="2023", ziel="2026", umfang={"2024": "50"}),
    a("jobticket", geplant="2023", laufend="2025", umfang={"2024": "60", "2025": "4"}),
    a("fahrtenbuch", laufend="2024", eingestellt="2025-06"),
    a("homeoffice", umfang="9"),
    kennzahlen=told(pkw_gesamt="12") | told(2023, "nur_summe", pkw_gesamt="11"),
)


@pytest.mark.parametrize(
    ("key", "year", "public", "hidden"),
    [
        ("kennzahl-pkw_gesamt", 2024, 12, None),
        ("kennzahl-pkw_gesamt", 2023, None, 11),
        ("kennzahl-pkw_gesamt", 2022, None, None),
        ("umfang-jobticket", 2024, 7, 7),
        ("umfang-jobticket", 2025, 4, None),
        ("umfang-jobticket", 2023, 3, None),
        ("umfang-jobticket", 2022, None, None),
        ("massnahmen-arbeitswege", 2024, 3, 1),
        ("massnahmen-arbeitswege", 2019, None, None),
        ("massnahmen-fuhrpark", 2023, None, None),
        ("massnahmen-fuhrpark", 2024, 1, None),
        ("massnahmen-fuhrpark", 2025, None, None),
    ],
)
def test_what_a_company_adds(key: str, year: int, public: int | None, hidden: int | None) -> None:
    found = partnership(COMPANY)
    this = figure(found, key)
    assert yearsums.amounts(found, this, COMPANY, year, public=True) == public
    assert yearsums.amounts(found, this, COMPANY, year, public=False) == hidden


def test_measures_count_of_who_is_a_member_at_the_end_of_the_year() -> None:
    gone = member("gegangen", a(), a("unbekannt"), beitritt="2021", austritt="2024-12-31")
    found = partnership(gone)
    this = figure(found, "massnahmen-arbeitswege")
    counted = [yearsums.amounts(found, this, gone, y, public=True) for y in range(2020, 2026)]
    assert counted == [None, 1, 1, 1, 1, None]


def test_what_lies_apart_is_added_to_what_is_hidden_in_the_file() -> None:
    found = partnership(COMPANY)
    entry = ConfidentialEntry.model_validate(
        {
            "kennzahlen": {"2024": {"pkw_gesamt": "4"}, "2023": {"pkw_gesamt": "5"}},
            "massnahmen": [a("jobticket", umfang={"2024": "1", "2023": "6"})],
        }
    )

    def hidden(key: str, year: int, apart: ConfidentialEntry | None = entry) -> Decimal | None:
        return yearsums.confidential(found, figure(found, key), COMPANY, year, apart)

    assert hidden("kennzahl-pkw_gesamt", 2023) == 5
    assert hidden("kennzahl-pkw_gesamt", 2024) is None  # published by itself
    assert hidden("kennzahl-pkw_gesamt", 2022) is None
    assert hidden("kennzahl-pkw_gesamt", 2023, None) == 11
    assert hidden("umfang-jobticket", 2024) == 8
    assert hidden("umfang-jobticket", 2023) == 6
    assert hidden("massnahmen-arbeitswege", 2024) == 2
    assert hidden("massnahmen-fuhrpark", 2024) is None
    # An entry that says nothing of it leaves what the file says.
    assert hidden("umfang-jobticket", 2024, ConfidentialEntry()) == 7


def published(**fields: object) -> dict[str, object]:
    base = {"jahr": "2024", "groesse": "kennzahl-pkw_gesamt", "unternehmen": "3 bis 5"}
    return {**base, "summe": "80", "gerundet_auf": "5", **fields}


CLOSING = Closing.model_validate(
    {
        "abgeschlossen_bis": "2024",
        "stand": "2025-03-01",
        "p_prozent": "10",
        "summen": [published(), published(jahr="2023", summe="30")],
    }
)


def company(slug: str, cars: str, **fields: Any) -> Member:
    return member(slug, kennzahlen=told(pkw_gesamt=cars), **fields)


def sums(*members: Member, **changes: Any) -> YearSums:
    return YearSums(partnership(*members, **changes), TODAY)


def shown(each: Sum) -> tuple[str, str, Decimal, Decimal | None, Decimal]:
    hidden = each.confidential.amount if each.confidential else None
    return each.breakdown, each.key, each.public, hidden, each.together


def test_public_and_confidential_parts_are_told_apart() -> None:
    found = sums(
        company("a", "5", branche="industrie", beschaeftigte="9", stadtbezirk="1"),
        company("b", "7", bestaetigung="oeffentliche_quelle"),
        closing=CLOSING,
    )
    this = found.figures[0]
    assert this.key == "kennzahl-pkw_gesamt"
    before, whole = found.by_year(this)
    assert (before.year, whole.year) == (2023, 2024)
    assert shown(before) == ("gesamt", "gesamt", 0, 30, 30)
    # Both together are as exact as the one that is rounded, but never less than what is public.
    assert shown(whole) == ("gesamt", "gesamt", 12, 80, 90)
    assert whole.label == "Summe"
    assert [each.slug for each, _ in whole.parts] == ["a", "b"]
    assert (whole.unconfirmed, before.unconfirmed) == (1, 0)
    assert list(map(shown, found.broken_down(whole))) == [
        ("groessenklasse", "bis-9", 5, None, 5),
        ("groessenklasse", "ohne-angabe", 7, None, 7),
        ("branche", "industrie", 5, None, 5),
        ("branche", "handel", 7, None, 7),
        ("stadtbezirk", "1", 5, None, 5),
        ("stadtbezirk", "ohne-angabe", 7, None, 7),
    ]
    parts = list(found.broken_down(whole))
    assert {(each.figure, each.year) for each in parts} == {(this, 2024)}
    assert [each.label for each in parts][:2] == [
        "bis 9 Beschäftigte",
        "ohne Angabe",
    ]
    assert list(found.broken_down(before)) == []


def test_both_together_are_never_less_than_what_is_public() -> None:
    few = CLOSING.model_copy(
        update={"sums": (CLOSING.sums[0].model_copy(update={"amount": Decimal(0)}),)}
    )
    found = sums(company("a", "12"), closing=few)
    assert [each.together for each in found.by_year(found.figures[0])] == [12]


def test_without_districts_there_is_no_such_breakdown() -> None:
    found = sums(company("a", "5"), districts={})
    (whole,) = found.by_year(found.figures[0])
    assert {each.breakdown for each in found.broken_down(whole)} == {"groessenklasse", "branche"}


def test_only_past_years_for_which_anything_is_known() -> None:
    found = sums(
        member(
            "a",
            a("jobticket", laufend="2021-03", umfang={"2016": "1", "2026": "9"}),
            a("radabstellanlage", umfang="4"),
            a("jobticket", umfang={"2012": "1"}, veroeffentlichung="nur_summe"),
            kennzahlen=told(2015, pkw_gesamt="3")
            | told(2014, "nur_summe", pkw_gesamt="3")
            | told(2026, pkw_gesamt="3"),
        )
    )
    years = {each.key: [whole.year for whole in found.by_year(each)] for each in found.figures}
    assert years == {
        "kennzahl-pkw_gesamt": [2015],
        "umfang-jobticket": [2016],
        "massnahmen-arbeitswege": [2020, 2021, 2022, 2023, 2024, 2025],
    }
    assert found.by_year(found.figures[0]) is found.by_year(found.figures[0])


def test_measures_are_counted_from_the_founding_on() -> None:
    early = member("a", a(laufend="2010"))
    found = YearSums(partnership(early), date(2019, 5, 1))
    (this,) = found.figures
    assert [each.year for each in found.by_year(this)] == [2017, 2018]
