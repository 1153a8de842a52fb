"""What stands beside a sum: on how few it rests, the same companies in two years, the latest."""

from decimal import Decimal

import pytest

from partnership.figures import context, summed
from partnership.figures.context import Latest, Same
from partnership.figures.yearsums import YearSums
from partnership.model.partnership import Partnership
from tests.world import TODAY, a, member, partnership


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        ("", ""),
        ("5", "few"),
        ("0", "few"),
        ("5 5", "few"),
        ("5 5 5", ""),
        ("10 5 5", ""),
        ("11 5 5", "one"),
        ("5 5 11", "one"),
        ("0 0 0", ""),
        ("1 0 0", "one"),
        ("3 3 3 3", ""),
    ],
)
def test_on_how_few_a_sum_rests(amounts: str, told: str) -> None:
    assert context.rest([Decimal(each) for each in amounts.split()]) == told


def same(found: Partnership) -> tuple[Same, ...]:
    sums = YearSums(found, TODAY)
    figure = next(each for each in summed.figures(found) if each.key == "umfang-jobticket")
    return context.same(sums.by_year(figure))


def test_only_who_told_both_years_is_compared() -> None:
    found = partnership(
        member("eins", a(umfang={"2023": "10", "2024": "14", "2025": "20"})),
        member("zwei", a(umfang={"2023": "100", "2025": "7"})),
        member("drei", a(umfang={"2024": "1000"})),
    )
    assert same(found) == (
        Same(2023, 2024, 1, Decimal(10), Decimal(14)),
        Same(2024, 2025, 1, Decimal(14), Decimal(20)),
    )


def test_what_is_for_totals_only_is_not_compared() -> None:
    hidden = a(umfang={"2023": "10", "2024": "14"}, veroeffentlichung="nur_summe")
    assert same(partnership(member("eins", hidden))) == ()


def test_nobody_in_both_years_is_no_row() -> None:
    found = partnership(
        member("eins", a(umfang={"2023": "10"})), member("zwei", a(umfang={"2024": "5"}))
    )
    assert same(found) == ()


def test_the_latest_amounts_are_those_in_force_whichever_year_they_are_of() -> None:
    found = partnership(
        member("eins", a(umfang={"2023": "10", "2025": "20"}), a(umfang="1")),
        member("zwei", a(umfang={"2021": "7"})),
        member("drei", a(umfang="500", geplant="2026")),
        member("vier", a(umfang="500", laufend="2020", eingestellt="2024")),
        member("fuenf", a(umfang="500", veroeffentlichung="nur_summe")),
        member("sechs", a()),
        member("sieben", a("radabstellanlage", umfang="500")),
    )
    assert context.latest(found, "jobticket", TODAY) == Latest(Decimal(28), 2)


def test_without_an_amount_there_is_no_latest() -> None:
    assert context.latest(partnership(member("eins", a())), "jobticket", TODAY) is None
