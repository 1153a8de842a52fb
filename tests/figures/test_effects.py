"""The estimates, from the formula by hand."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from partnership.figures.effects import (
    Effect,
    Outcome,
    definition,
    effects,
    outcome,
    rounded,
    without_estimate,
)
from partnership.figures.effects.formula import (
    POINTS,
    RANKS,
    Corner,
    Shown,
    Term,
    names,
    place,
)
from partnership.model.catalogue import MeasureType
from partnership.model.estimate import Family
from partnership.model.partnership import Partnership
from tests.world import TODAY, a, member, partnership


def factor(mode: str, value: str = "", persons: str = "") -> dict[str, str]:
    told = {"name": mode, "einheit": "g", "verkehrsmittel": mode}
    return told | ({"wert": value} if value else {}) | ({"personen": persons} if persons else {})


def family(**factors: Mapping[str, str]) -> Family:
    told = {"titel": "F", "herausgeber": "H", "jahr": "2024", "systemgrenze": "Betrieb"}
    return Family.model_validate({**told, "quelle": {"titel": "Q"}, "werte": factors})


FAMILIES = {
    "f": family(
        auto=factor("auto", "100", "1.5"),
        strom=factor("strom", "40", "1.5"),
        bus=factor("bus", "60"),
        zug=factor("bus", "20"),
        rad=factor("rad"),
        rad_mit_wert=factor("rad", "3"),
        nox={"name": "NOx", "einheit": "g"},
    )
}


def kind(**more: Any) -> MeasureType:
    told = {"name": "T", "handlungsfeld": "fuhrpark", "frage": "?"}
    return MeasureType.model_validate({**told, "einheit": {"name": "E", "art": "anzahl"}, **more})


def ranges(**changes: Any) -> dict[str, Any]:
    spans = {"anteil": ["0.1", "0.5"], "tage": ["100", "200"], "km": ["5", "10"]}
    spans["personen"] = ["1", "1.5"]
    made = {name: {"spanne": span, "begruendung": "Probe"} for name, span in spans.items()}
    return {name: each for name, each in {**made, **changes}.items() if each is not None}


SHIFT = {"verfahren": "verlagerung", "familie": "f", "von": "auto", "nach": "bus"}
AVOID = {"verfahren": "vermeidung", "familie": "f", "von": "auto"}
VEHICLE = {"verfahren": "fahrzeug", "familie": "f", "von": "auto"}
YEARLY = ranges(
    tage=None, km=None, personen=None, km_jahr={"spanne": ["400", "1600"], "begruendung": "P"}
)
OPEN = {"begruendung": "Dafür gibt es keine Quelle."}
TYPES = {
    "ticket": kind(schaetzung={**SHIFT, **ranges()}),
    "heim": kind(schaetzung={**AVOID, **ranges()}),
    "nur_km": kind(schaetzung={"verfahren": "vermeidung", **ranges()}),
    "strom": kind(schaetzung={**VEHICLE, "nach": "strom", **ranges(personen=None)}),
    "rad": kind(schaetzung={**VEHICLE, "nach": "rad", **YEARLY}),
    "verzicht": kind(schaetzung={**SHIFT, **ranges(), "ohne_co2e": "Gilt nicht."}),
    "offen": kind(schaetzung={**SHIFT, **ranges(anteil=OPEN)}, ohne_schaetzung="Kein Anteil."),
    "platz": kind(ohne_schaetzung="Aus Plätzen folgen keine Fahrten."),
    "stumm": kind(),
    "alt": kind(ohne_schaetzung="Nicht mehr angeboten.", ersetzt_durch="platz"),
    "beides": kind(schaetzung={**AVOID, **ranges()}, ohne_schaetzung="Gilt nicht."),
}


def world(*entries: Mapping[str, Any], **fields: Any) -> Partnership:
    return partnership(member("eins", *entries, **fields), types=TYPES, families=FAMILIES)


def only(entry: Mapping[str, Any]) -> Effect:
    (found,) = effects(world(entry), TODAY)
    return found


def ends(found: Outcome | None) -> tuple[float, float]:
    assert found is not None
    return float(found.low.result), float(found.high.result)


def test_shifted_trips() -> None:
    found = only(a("ticket", umfang="40"))
    assert (found.type, found.users, found.silent, found.companies) == ("ticket", 40, 0, 1)
    assert [entry.member.slug for entry in found.entries] == ["eins"]
    # 40 × 0.1 × 100 × 2 × 5 ÷ 1.5; 40 × 0.5 × 200 × 2 × 10 ÷ 1
    assert ends(found.cars) == pytest.approx((8000 / 3, 80_000))
    # 40 × 0.1 × 100 × 2 × 5 × (150 ÷ 1.5 − 60) g; 40 × 0.5 × 200 × 2 × 10 × (150 − 20) g
    assert ends(found.co2e) == pytest.approx((0.16, 10.4))
    assert found.co2e is not None
    low, high = found.co2e.low.values, found.co2e.high.values
    assert low["personen"] == Fraction(3, 2)
    assert (low["alt"], low["neu"], low["anteil"]) == (150, 60, Fraction(1, 10))
    assert (high["personen"], high["neu"], high["km"]) == (1, 20, 10)


def test_avoided_trips() -> None:
    found = only(a("heim", umfang="40"))
    assert ends(found.cars) == pytest.approx((8000 / 3, 80_000))
    # 40 × 0.1 × 100 × 2 × 5 × 150 g ÷ 1.5; 40 × 0.5 × 200 × 2 × 10 × 150 g
    assert ends(found.co2e) == pytest.approx((0.4, 12))


def test_kilometres_need_no_factor() -> None:
    found = only(a("nur_km", umfang="40"))
    assert ends(found.cars) == pytest.approx((8000 / 3, 80_000))
    assert found.co2e is None


def test_another_car_saves_grams_but_no_kilometres() -> None:
    found = only(a("strom", umfang="40"))
    assert found.cars is None
    # 40 × 0.1 × 100 × 5 km × (150 − 60) g; 40 × 0.5 × 200 × 10 km × (150 − 60) g
    assert ends(found.co2e) == pytest.approx((0.18, 3.6))


def test_a_bicycle_saves_car_kilometres_and_grams_only_where_all_factors_are_known() -> None:
    found = only(a("rad", umfang="40"))
    assert ends(found.cars) == (1600, 32_000)
    assert found.co2e is None


def test_what_may_not_be_reckoned_is_not() -> None:
    found = only(a("verzicht", umfang="40"))
    assert found.cars is not None
    assert found.co2e is None


def test_the_least_and_the_greatest_of_all_corners() -> None:
    # The difference may be negative; then more trips make it worse.
    formula = (Term(("tage", "alt")), Term(("tage", "neu"), (), -1))
    span = (Fraction(10), Fraction(20))
    found = outcome(formula, {"tage": span, "alt": span, "neu": span})
    assert ends(found) == (-200, 200)
    assert found.low.values == {"tage": 20, "alt": 10, "neu": 20}
    assert names(formula) == ("tage", "alt", "neu")


def test_division_is_exact() -> None:
    spans = {"km": (Fraction(1), Fraction(1)), "personen": (Fraction(3), Fraction(3))}
    found = outcome((Term(("km",), ("personen",)),), spans)
    assert found.low.result == found.high.result == Fraction(1, 3)
    assert found.p5 == found.median == found.p95 == 1 / 3


@pytest.mark.parametrize(
    ("point", "base", "at"),
    [(1, 2, 0.5), (2, 2, 0.25), (6, 2, 0.375), (1, 3, 1 / 3), (5, 3, 7 / 9), (13, 13, 1 / 169)],
)
def test_places_of_the_halton_sequence(point: int, base: int, at: float) -> None:
    assert place(point, base) == pytest.approx(at, abs=1e-15)


def test_of_one_even_value_the_middle_is_in_the_middle() -> None:
    found = outcome((Term(("anteil",)),), {"anteil": (Fraction(0), Fraction(1))})
    assert (POINTS, RANKS) == (1000, (50, 500, 950))
    assert (found.p5, found.median, found.p95) == pytest.approx((0.05, 0.5, 0.95), abs=0.002)


def test_the_middle_of_a_product_by_formula() -> None:
    # Of two even values from 0 to 1, P(xy ≤ m) = m − m ln m: a half for m = 0.18668.
    even = (Fraction(0), Fraction(1))
    found = outcome((Term(("anteil", "tage")),), {"anteil": even, "tage": even})
    assert found.median == pytest.approx(0.18668, abs=0.003)


def test_every_python_has_the_same_points() -> None:
    span = {name: (Fraction(1), Fraction(2)) for name in ("anteil", "tage", "km", "alt", "neu")}
    formula = (Term(("anteil", "tage", "km", "alt")), Term(("anteil", "tage", "km", "neu"), (), -1))
    found = outcome(formula, span)
    # To the last bit: Python 3.11, 3.12 and 3.13 were asked.
    assert (found.p5, found.median, found.p95) == (
        -2.3848261686584937,
        0.00548569188518222,
        2.298239159506827,
    )


def test_every_measure_of_the_type_counts_with_its_newest_extent() -> None:
    entries = (a("heim", umfang={"2023": "7", "2024": "40"}), a("heim", umfang="2"), a("heim"))
    (found,) = effects(world(*entries), TODAY)
    assert found.users == 42
    assert found.silent == 0
    assert found.companies == 1
    assert [(entry.amount, entry.year) for entry in found.entries] == [(40, 2024), (2, None)]


@pytest.mark.parametrize(
    ("entry", "fields"),
    [
        (a("heim", umfang="40", veroeffentlichung="nur_summe"), {}),
        (a("heim", umfang="40", geplant="2025", ziel="2027"), {}),
        (a("heim", umfang="40", laufend="2020", eingestellt="2024"), {}),
        (a("heim", umfang="40"), {"bestaetigung": "oeffentliche_quelle"}),
        (a("heim", umfang="40"), {"austritt": "2024"}),
        (a("heim"), {}),
        (a("platz", umfang="40"), {}),
        (a("offen", umfang="40"), {}),
    ],
)
def test_nothing_is_estimated_from(entry: Mapping[str, Any], fields: dict[str, str]) -> None:
    assert effects(world(entry, **fields), TODAY) == ()


def test_who_states_no_extent_is_counted_apart_and_the_largest_share_is_told() -> None:
    found = partnership(
        member("stumm", a("heim")),
        member("laut", a("heim", umfang="3"), a("heim", umfang="1")),
        member("auch-stumm", a("heim")),
        member("quelle", a("heim"), bestaetigung="oeffentliche_quelle"),
        member("zwei", a("heim", umfang="5"), a("ticket", umfang="9")),
        types=TYPES,
        families=FAMILIES,
    )
    ticket, home = effects(found, TODAY)
    assert (ticket.type, ticket.silent, ticket.users, ticket.largest) == ("ticket", 0, 9, 100)
    assert (home.type, home.silent, home.users, home.largest) == ("heim", 2, 9, 56)
    assert [entry.member.slug for entry in home.entries] == ["laut", "laut", "zwei"]
    assert home.companies == 2


def test_what_a_company_declares_of_several_measures_is_one_share() -> None:
    found = partnership(
        member("eins", a("heim", umfang="3"), a("heim", umfang="4")),
        member("zwei", a("heim", umfang="5")),
        types=TYPES,
        families=FAMILIES,
    )
    assert [each.largest for each in effects(found, TODAY)] == [58]


def test_of_nothing_nobody_has_a_share() -> None:
    found = only(a("heim", umfang="0"))
    assert found.largest == 0
    assert ends(found.co2e) == (0, 0)


def test_a_mode_is_known_only_if_each_of_its_factors_is() -> None:
    estimate = TYPES["rad"].estimate
    assert estimate is not None
    assert definition(estimate, FAMILIES).ranges["neu"] is None
    full = {"f": family(auto=factor("auto", "100", "1.5"), rad=factor("rad", "3"))}
    assert definition(estimate, full).ranges["neu"] == (3, 3)
    assert definition(estimate, {}).co2e == ()


@pytest.mark.parametrize(
    ("value", "down", "nearest", "up"),
    [
        (0, "0", "0", "0"),
        (136.8, "130", "140", "140"),
        (1.52, "1.5", "1.5", "1.6"),
        (0.0449, "0.044", "0.045", "0.045"),
        (99.9, "99", "100", "100"),
        (995, "990", "1000", "1000"),
        (-1.55, "-1.6", "-1.5", "-1.5"),
        (10, "10", "10", "10"),
        (0.1 * 3, "0.30", "0.30", "0.30"),
        (Fraction(8000, 3), "2600", "2700", "2700"),
    ],
)
def test_two_digits_are_kept(value: float | Fraction, down: str, nearest: str, up: str) -> None:
    shown = [rounded(value, towards) for towards in (-1, 0, 1)]
    assert shown == [Decimal(down), Decimal(nearest), Decimal(up)]


def test_zero_is_shown_without_digits() -> None:
    assert str(rounded(0)) == "0"


def test_ends_are_rounded_outwards() -> None:
    found = only(a("ticket", umfang="40")).cars
    assert found is not None
    assert (found.shown.low, found.shown.high) == (2600, 80_000)
    assert found.low.result <= Fraction(found.p5) <= found.median <= found.p95 <= found.high.result
    assert found.shown.p5 <= Decimal(found.p5)
    assert found.shown.p95 >= Decimal(found.p95)
    assert found.times(1000).low == 2_600_000


def test_each_part_of_an_outcome_is_told_in_its_way() -> None:
    low, high = (Corner(Fraction(value), {}) for value in (1199, 4301))
    found = Outcome(low, high, p5=2199, median=3149, p95=3301)
    shown = (1100, 2100, 3100, 3400, 4400)
    assert found.shown == Shown(*map(Decimal, shown))
    assert found.times(20) == Shown(*map(Decimal, (23_000, 43_000, 63_000, 67_000, 87_000)))


def test_the_formula_of_what_is_avoided_has_nothing_new() -> None:
    avoided, shifted = (TYPES[key].estimate for key in ("heim", "ticket"))
    assert avoided is not None
    assert shifted is not None
    assert [len(definition(each, FAMILIES).co2e) for each in (avoided, shifted)] == [1, 2]


def test_a_new_mode_counts_by_person_but_by_vehicle_where_one_drives_it_oneself() -> None:
    by_person = kind(schaetzung={**SHIFT, "nach": "strom", **ranges()}).estimate
    by_vehicle = TYPES["strom"].estimate
    assert by_person is not None
    assert by_vehicle is not None
    assert definition(by_person, FAMILIES).ranges["neu"] == (40, 40)
    assert definition(by_vehicle, FAMILIES).ranges["neu"] == (60, 60)


def test_a_type_without_estimate_ends_no_list() -> None:
    found = effects(world(a("beides", umfang="4"), a("offen", umfang="4")), TODAY)
    assert [each.type for each in found] == ["beides"]
    estimate = TYPES["beides"].estimate
    assert estimate is not None
    assert found[0].definition == definition(estimate, FAMILIES)


def test_why_a_type_has_no_estimate() -> None:
    assert list(without_estimate(world())) == [
        ("offen", "Kein Anteil."),
        ("platz", "Aus Plätzen folgen keine Fahrten."),
    ]
