"""Who and what counts on a day."""

from datetime import date

import pytest

from partnership.figures.counting import (
    STEPS,
    going_on,
    in_force,
    knows_joining,
    measures_on,
    members_dated,
    year_ends,
)
from partnership.figures.shares import percent
from partnership.figures.sizes import size_class, size_of
from partnership.figures.tables import Counted
from tests.world import TODAY, a, measure, member, partnership


def test_year_ends_are_31_december_and_the_day_itself_in_the_running_year() -> None:
    assert year_ends(partnership(), date(2019, 3, 1)) == (
        date(2017, 12, 31),
        date(2018, 12, 31),
        date(2019, 3, 1),
    )
    assert year_ends(partnership(), date(2017, 12, 31)) == (date(2017, 12, 31),)


@pytest.mark.parametrize(
    ("employees", "key"),
    [
        (None, None),
        ("0", "bis-9"),
        ("9", "bis-9"),
        ("10", "10-49"),
        ("49", "10-49"),
        ("50", "50-249"),
        ("249", "50-249"),
        ("250", "250-999"),
        ("999", "250-999"),
        ("1000", "ab-1000"),
        ("250000", "ab-1000"),
    ],
)
def test_size_classes_meet_without_a_gap(employees: str | None, key: str | None) -> None:
    assert size_of(member("eins", beschaeftigte=employees)) == key


def test_a_size_class_has_its_name() -> None:
    assert size_class(49) == ("10-49", "10 bis 49 Beschäftigte")
    assert size_class(-1) is None


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(0, 3, 0), (1, 3, 33), (2, 3, 67), (3, 3, 100), (1, 8, 13), (3, 8, 38), (1, 200, 1)],
)
def test_halves_are_rounded_up(part: int, whole: int, share: int) -> None:
    assert percent(part, whole) == share


@pytest.mark.parametrize(
    ("joined", "most_know"),
    [((), False), (("2020",), True), (("2020", None), True), ((None,), False)],
)
def test_a_curve_of_members_needs_half_of_them(
    joined: tuple[str | None, ...], most_know: bool
) -> None:
    found = [member(f"nr-{at}", beitritt=when) for at, when in enumerate(joined)]
    assert knows_joining(partnership(*found), TODAY) is most_know
    assert not knows_joining(partnership(*found, member("x"), member("y")), TODAY)


def test_members_dated() -> None:
    found = partnership(
        member("undatiert"),
        member("im-jahr", beitritt="2024"),
        member("spaetestens", beitritt="spätestens 2024-06-01"),
        member("kuenftig", beitritt="2025"),
        member("ausgetreten", beitritt="2020", austritt="2022"),
    )
    assert [each.slug for each in members_dated(found, date(2024, 1, 1))] == ["im-jahr"]
    # Who has joined at the latest by a day counts from that day on, though it belonged before.
    assert [each.slug for each in members_dated(found, date(2024, 6, 1))] == [
        "im-jahr",
        "spaetestens",
    ]


def test_measures_on_a_day() -> None:
    found = partnership(
        member(
            "eins",
            a(titel="läuft"),
            a(titel="geplant", geplant="2025", ziel="2027"),
            a(titel="eingestellt", laufend="2020", eingestellt="2021"),
            a(titel="kommt erst", laufend="2028"),
            a(titel="vertraulich", veroeffentlichung="nur_summe"),
        ),
        member("gegangen", a(), austritt="2024"),
    )

    def titles(entries: tuple[Counted, ...]) -> list[str | None]:
        return [entry.measure.title for entry in entries if entry.measure]

    assert titles(measures_on(found, TODAY)) == ["läuft", "geplant", "eingestellt"]
    assert titles(going_on(found, TODAY)) == ["läuft", "geplant"]
    assert titles(in_force(found, TODAY)) == ["läuft"]
    assert {entry.member.slug for entry in measures_on(found, TODAY)} == {"eins"}


def test_steps_are_fields_of_the_open_data() -> None:
    names = [f"massnahmen.{alias}" for alias, when in measure().dates.items() if alias != "ziel"]
    assert list(STEPS) == names
