"""A few of the partnerships of `make attack`: what is published keeps every amount open."""

from dataclasses import astuple

from tests.attack import Equation, Knowledge, attack
from tests.attack_trial import Result, trial

SEEDS = (1, 3, 5, 8)


def test_no_protected_amount_is_found_where_primary_rules_alone_give_many_away() -> None:
    results = [trial(seed) for seed in SEEDS]
    total = Result(*(sum(column) for column in zip(*map(astuple, results), strict=True)))
    assert (total.exact, total.close) == (0, 0)
    assert total.protected > 30
    assert total.naive_exact > 20


def test_the_attack_sees_what_a_difference_of_two_sums_tells() -> None:
    def of(*companies: str, year: int = 2024) -> frozenset[tuple[str, str, int]]:
        return frozenset((company, "pkw", year) for company in companies)

    truth = {(c, "pkw", 2024): n for c, n in {"a": 10.0, "b": 8.0, "c": 7.0, "d": 4.0}.items()}
    equations = [Equation(of("a", "b", "c", "d"), 29.0), Equation(of("a", "b", "c"), 25.0)]
    found = {each.amount[0] for each in attack(equations, Knowledge(truth)) if each.is_exact}
    assert found == {"d"}
    assert not any(each.is_exact for each in attack(equations[:1], Knowledge(truth)))
