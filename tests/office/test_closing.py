"""The closing of a year: what is published, who stands in it, and that neither changes again."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from partnership.figures import confidentiality
from partnership.model.catalogue import KeyFigure
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.yearsums import Closing, ConfidentialEntry, Register
from partnership.office.closing import Vault, close, open_vault
from tests.world import a, member, partnership

CARS = "kennzahl-pkw_gesamt"
P = Decimal(10)
DAY = date(2026, 3, 1)


def company(slug: str, how: str = "nur_summe", years: Mapping[int, int] | None = None) -> Member:
    """A company with so many cars by year, published one by one or for totals only."""
    figures = {
        str(year): {"veroeffentlichung": how, "pkw_gesamt": str(cars)}
        for year, cars in (years or {2025: 50}).items()
    }
    return member(slug, kennzahlen=figures)


def closed(
    *members: Member,
    until: int = 2025,
    apart: Mapping[str, ConfidentialEntry] | None = None,
    before: tuple[Closing, Register] | None = None,
    p: Decimal = P,
    **changes: Any,
) -> tuple[Closing, Register]:
    closing, register = before or (None, Register(geheimnis="geheim"))
    found = partnership(*members, closing=closing, **changes)
    return close(found, Vault(Path(), apart or {}, register), p, until, DAY)


def sums(found: tuple[Closing, Register]) -> list[tuple[str, int, str]]:
    return [(each.figure, each.year, each.companies) for each in found[0].sums]


def inside(found: tuple[Closing, Register]) -> list[dict[str, int]]:
    return [{slug: int(amount) for slug, amount in each.amounts.items()} for each in found[1].sums]


def three(year: int = 2025) -> tuple[Member, ...]:
    return tuple(
        company(slug, years={year: cars}) for slug, cars in zip("abc", (61, 52, 43), strict=True)
    )


def test_three_companies_make_a_sum_of_rounded_amounts() -> None:
    found = closed(*three(), company("einzeln", "einzeln"))
    closing, register = found
    assert (closing.until, closing.day, closing.p_percent) == (2025, DAY, 10)
    assert sums(found) == [(CARS, 2025, "3 bis 5")]
    assert inside(found) == [{"a": 61, "b": 52, "c": 43}]
    rounded = [
        confidentiality.rounded(Decimal(cars), confidentiality.place("geheim", slug, CARS), P)
        for slug, cars in (("a", 61), ("b", 52), ("c", 43))
    ]
    (told,) = closing.sums
    assert (told.amount, told.step) == confidentiality.published(rounded, P, Decimal(5))
    assert (register.secret, register.sums[0].public) == ("geheim", {})


def test_two_make_none() -> None:
    assert sums(closed(*three()[:2])) == []


@pytest.mark.parametrize(
    ("year", "number"), [(2016, 0), (2017, 1), (2024, 1), (2025, 1), (2026, 0)]
)
def test_years_from_the_founding_to_the_one_that_is_closed(year: int, number: int) -> None:
    assert len(sums(closed(*three(year)))) == number


def test_a_secret_is_made_once_and_kept() -> None:
    first = closed(*three(), before=(None, Register()))  # type: ignore[arg-type]
    other = closed(*three(), before=(None, Register()))  # type: ignore[arg-type]
    assert first[1].secret != other[1].secret
    assert len(str(first[1].secret)) == 32
    assert closed(*three(), before=first)[1].secret == first[1].secret


def test_what_was_published_never_changes() -> None:
    first = closed(*three())
    corrected = (company("a", years={2025: 999}), *three()[1:], *(company(s) for s in "def"))
    later = closed(*corrected, before=first, p=Decimal(20))
    assert later[0].sums == first[0].sums
    assert later[1].sums == first[1].sums
    assert later[0].p_percent == 10


def test_a_figure_with_too_few_companies_is_published_when_it_has_enough() -> None:
    first = closed(*three()[:2])
    assert sums(closed(*three(), before=first)) == [(CARS, 2025, "3 bis 5")]


def test_the_same_amounts_make_the_same_sum_every_year() -> None:
    years = {2023: 61, 2024: 61, 2025: 61}
    found = closed(*(company(slug, years=years) for slug in "abcdefg"))
    assert len({(each.amount, each.step) for each in found[0].sums}) == 1
    assert [each.year for each in found[0].sums] == [2023, 2024, 2025]


def test_an_earlier_year_closed_again_does_not_open_a_later_one() -> None:
    first = closed(*three())
    assert closed(*three(), before=first, until=2020)[0].until == 2025
    assert closed(*three(), before=first, until=2026)[0].until == 2026


def test_sums_stand_by_year_then_by_figure_in_the_catalogue_s_order() -> None:
    stands = a("radabstellanlage", laufend="2026", umfang={"2024": "50"})
    members = [
        member(
            slug,
            {**stands, "veroeffentlichung": "nur_summe"},
            kennzahlen={"2025": {"pkw_gesamt": "50"}, "2024": {"pkw_gesamt": "40"}},
        )
        for slug in "abc"
    ]
    found = closed(*members)
    order = [(2024, CARS), (2024, "umfang-radabstellanlage"), (2025, CARS)]
    assert [(each.year, each.figure) for each in found[0].sums] == order
    assert [(each.year, each.figure) for each in found[1].sums] == order


def test_what_lies_apart_counts() -> None:
    entry = ConfidentialEntry.model_validate({"kennzahlen": {"2025": {"pkw_gesamt": "43"}}})
    found = closed(*three()[:2], member("c"), apart={"c": entry})
    assert inside(found) == [{"a": 61, "b": 52, "c": 43}]


def test_what_is_published_beside_a_sum_is_kept() -> None:
    both = [
        a("radabstellanlage", umfang={"2025": "50"}, veroeffentlichung="nur_summe"),
        a("radabstellanlage", umfang={"2025": "7"}),
    ]
    found = closed(member("a", *both), *(member(slug, both[0]) for slug in "bc"))
    of_stands = next(each for each in found[1].sums if each.figure == "umfang-radabstellanlage")
    assert of_stands.amounts == {"a": 50, "b": 50, "c": 50}
    assert of_stands.public == {"a": 7}


def test_a_renamed_company_is_rounded_as_before() -> None:
    def of(slug: str, year: int, *former: str) -> Member:
        return member(slug, kennzahlen={str(year): {"pkw_gesamt": "61"}}, frueher=list(former))

    _, b, c = three(2024)
    first = closed(of("alt", 2024), b, c)
    _, b, c = three()
    second = closed(of("neu", 2025, "alt"), b, c, before=first)
    # The order of former names does not matter, nor one under which it was in no sum.
    third = closed(of("neuer", 2025, "neu", "alt"), b, c, before=first)
    assert [*inside(second)[1]] == [*inside(third)[1]] == ["alt", "b", "c"]


# A quantity that is asked twice


def twice(same_as: str) -> Partnership:
    """The small city, whose key figure is the same as something else."""
    base = partnership()
    told = {"name": "Plätze", "einheit": "Plätze", "frage": "?", "art": "anzahl"}
    figure = KeyFigure.model_validate({**told, "entspricht": same_as})
    return partnership(
        questionnaire=base.questionnaire.model_copy(update={"figures": {"plaetze": figure}})
    )


def test_a_quantity_asked_in_two_ways_is_one_figure() -> None:
    stands = a("radabstellanlage", umfang={"2025": "30"}, veroeffentlichung="nur_summe")
    shown = a("radabstellanlage", umfang={"2025": "30"})
    hidden = {"2025": {"plaetze": "20"}}
    found = closed(
        member("a", stands),
        member("b", stands, kennzahlen=hidden),
        member("c", kennzahlen=hidden),
        # What is published in one way is known, whatever the other says.
        member("d", shown, kennzahlen=hidden),
        questionnaire=twice("radabstellanlage").questionnaire,
    )
    stated = {each.figure: each.amounts for each in found[1].sums if each.year == 2025}
    assert stated["kennzahl-plaetze"] == {"a": 30, "b": 20, "c": 20}
    assert "umfang-radabstellanlage" not in stated


def test_a_headcount_that_stands_on_the_member_s_page_is_in_no_sum() -> None:
    hidden = {"2025": {"plaetze": "20"}}
    questionnaire = twice("beschaeftigte").questionnaire
    silent = [member(slug, kennzahlen=hidden) for slug in "abc"]
    telling = [member(slug, kennzahlen=hidden, beschaeftigte="21") for slug in "def"]
    found = closed(*silent, *telling, questionnaire=questionnaire)
    assert inside(found) == [{"a": 20, "b": 20, "c": 20}]


def test_nobody_has_more_tickets_than_employees() -> None:
    entry = a("jobticket", umfang={"2025": "40"}, veroeffentlichung="nur_summe")
    (told,) = [
        each
        for each in closed(*(member(slug, entry, beschaeftigte="40") for slug in "abc"))[0].sums
        if each.figure == "umfang-jobticket"
    ]
    assert told.amount == 120


def test_the_confidential_folder(tmp_path: Path) -> None:
    folder = tmp_path / "vertraulich"
    folder.mkdir()
    found = open_vault(partnership(member("a")), folder)
    assert (found.folder, found.entries, found.register.sums) == (folder, {}, ())
    assert found.register.secret is None
    (folder / "beteiligte.yml").write_text("geheimnis: abc\n", "utf-8")
    assert open_vault(partnership(), folder).register.secret == "abc"  # noqa: S105
    assert open_vault(partnership(root=tmp_path), None).folder == tmp_path / "data/vertraulich"
