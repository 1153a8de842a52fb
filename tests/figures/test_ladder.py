"""How confidential amounts are rounded before they are added, and what that leaves open."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

import pytest

from partnership.figures.confidentiality import number_class, place, published, rounded, to_step

P = Decimal(10)
# Between every two of them lies every share at which an amount below 60 is rounded up.
PLACES = [Decimal(n) / 40 for n in range(40)]


def to(amount: float, at: Decimal, p: int = 10, least: int = 0, most: int | None = None) -> Decimal:
    limit = None if most is None else Decimal(most)
    return rounded(Decimal(str(amount)), at, Decimal(p), Decimal(least), limit)


def rungs(amount: float, **rule: int) -> list[float]:
    """To what an amount is rounded, down and up."""
    return sorted({float(to(amount, at, **rule)) for at in PLACES})


@pytest.mark.parametrize(
    ("p", "least", "ladder"),
    [
        (10, 0, [0, 3, 5, 8, 12, 17, 23, 30, 39]),
        (10, 1, [1, 3, 5, 8, 12, 17, 23, 30, 39]),
        (5, 0, [0, 3, 5, 7, 9, 12, 15, 18, 22, 26, 30, 35, 40]),
        (25, 1, [1, 4, 10, 22]),
        (1, 1, [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35, 37, 39]),
    ],
)
def test_the_ladder(p: int, least: int, ladder: list[int]) -> None:
    for low, high in pairwise(ladder):
        assert rungs(low, p=p, least=least) == [low]
        assert rungs(low + 1, p=p, least=least) == [low, high]
        assert rungs(high - 0.5, p=p, least=least) == [low, high]


def test_the_ladder_further_up() -> None:
    """The upper rung is 2p percent of itself, and one, above the lower."""
    assert to(46, Decimal(0), p=25) == 46
    assert to(94, Decimal("0.5"), p=25) == 94
    # Were the upper one 93, this would be it.
    assert to(93, Decimal("0.99"), p=25) == 46


@pytest.mark.parametrize(
    ("amount", "most", "found"), [(1, 3, [0, 3]), (1, 2, [1]), (4, 8, [3, 5]), (4, 7, [3, 7])]
)
def test_the_limit_is_the_last_rung(amount: int, most: int, found: list[float]) -> None:
    """Where the step to it fits; else it takes the place of the rung before."""
    assert rungs(amount, most=most) == found


@pytest.mark.parametrize(
    ("amount", "at", "found"),
    [(15, "0.59", 17), (15, "0.6", 12), (15, "0.99", 12), (15, "0", 17), (12, "0", 12)],
)
def test_the_place_says_from_where_on_it_is_rounded_up(amount: int, at: str, found: int) -> None:
    assert to(amount, Decimal(at)) == found


@pytest.mark.parametrize("amount", [0, 1, 2, 4, 13, 14.5, 37, 1234])
def test_over_all_places_roundings_balance(amount: float) -> None:
    every = [to(amount, Decimal(n) / 8000 + Decimal("0.00001")) for n in range(8000)]
    assert float(sum(every)) / 8000 == pytest.approx(amount, rel=1e-3, abs=1e-3)


def leading_to(p: int, least: int = 0, most: int | None = None) -> dict[Decimal, set[int]]:
    """What an amount can have been, by what it was rounded to."""
    found: dict[Decimal, set[int]] = {}
    for amount in range(least, 60 if most is None else most + 1):
        for at in PLACES:
            found.setdefault(to(amount, at, p, least, most), set()).add(amount)
    return found


def is_open(amounts: Iterable[int], p: int) -> bool:
    """Whether every estimate may be wrong by more than p percent of any of the amounts."""
    found = sorted(amounts)
    whole = found == list(range(found[0], found[-1] + 1))
    return whole and found[-1] - found[0] >= Decimal(2 * p) / 100 * found[-1]


@pytest.mark.parametrize("p", [1, 10, 25])
@pytest.mark.parametrize("least", [0, 1])
@pytest.mark.parametrize("most", [None, 4, 30, 34])
def test_what_is_left_of_an_amount_is_never_too_narrow(
    p: int, least: int, most: int | None
) -> None:
    found = leading_to(p, least, most)
    last = max(found)
    for value, amounts in found.items():
        if most is None and value in sorted(found)[-2:]:
            continue  # more would lead to it than were tried
        assert is_open(amounts, p), (value, amounts)
        # Also for who knows that it is not nothing.
        assert is_open(amounts - {0}, p) or len(found) == 1
    assert most is None or last in {most, Decimal(least + most) / 2}


@pytest.mark.parametrize("most", [1, 2])
def test_where_no_step_fits_below_a_limit_nothing_is_told(most: int) -> None:
    assert {to(amount, at, 10, 1, most) for amount in range(4) for at in PLACES} == {
        Decimal(1 + most) / 2
    }


def test_more_than_the_limit_counts_as_the_limit() -> None:
    assert rungs(50, least=1, most=30) == [30]


@pytest.mark.parametrize("p", [5, 10, 25])
def test_a_part_and_its_whole_tell_nothing_of_each_other(p: int) -> None:
    apart = leading_to(p)
    together: dict[tuple[Decimal, Decimal], set[tuple[int, int]]] = {}
    at_both = {at: [to(amount, at, p) for amount in range(60)] for at in PLACES}
    for values in at_both.values():
        for whole in range(60):
            for part in range(whole + 1):
                key = values[whole], values[part]
                together.setdefault(key, set()).add((whole, part))
    for (whole, part), found in together.items():
        assert part <= whole
        if whole >= 60:
            continue  # more would lead to it than were tried
        assert {each for each, _ in found} == apart[whole]
        assert {each for _, each in found} == {n for n in apart[part] if n < 60}


@pytest.mark.parametrize(
    ("amounts", "finest", "found"),
    [
        ([12, 17, 8], 5, (35, 5)),
        ([12, 17, 8], 1, (37, 1)),
        ([104, 82, 64], 1, (250, 10)),
        ([104, 82, 64], 5, (250, 10)),
        ([0, 0, 3], 5, (5, 5)),
        ([0, 0, 0], 5, (0, 5)),
        ([40000, 3000, 2000], 1, (46000, 2000)),
        ([40001, 3000, 2000], 1, (45000, 5000)),
    ],
)
def test_the_sum_is_rounded_to_half_p_percent_of_the_largest(
    amounts: list[int], finest: int, found: tuple[int, int]
) -> None:
    assert published(map(Decimal, amounts), P, Decimal(finest)) == found


def test_to_the_nearest_step() -> None:
    assert [to_step(Decimal(n), Decimal(5)) for n in (0, 2, 2.5, 7, 7.5)] == [0, 0, 5, 5, 10]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (3, "3 bis 5"), (5, "3 bis 5"), (6, "6 bis 10"), (20, "11 bis 20"),
        (500, "201 bis 500"), (501, "mehr als 500"),
    ],
)  # fmt: skip
def test_how_many_there_are_is_told_by_class(number: int, said: str) -> None:
    assert number_class(number) == said


def test_each_company_has_a_place_of_its_own_in_each_family() -> None:
    places = [place("geheim", f"firma-{n}", "kennzahl-pkw") for n in range(200)]
    assert all(0 <= each < 1 for each in places)
    assert len(set(places)) == 200
    assert 80 < sum(each < Decimal("0.5") for each in places) < 120
    assert place("geheim", "a", "x") == place("geheim", "a", "x")
    assert place("geheim", "a", "x") != place("geheim", "a", "y")
    assert place("geheim", "a", "x") != place("anderes", "a", "x")
