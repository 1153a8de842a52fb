"""What a measure is on a day, and whether a company belongs then, from their dates alone."""

from datetime import date
from decimal import Decimal

import pytest

from partnership.model.member import DATE_KEYS, STATUSES
from tests.world import TODAY, measure, member


@pytest.mark.parametrize(
    ("dates", "day", "status"),
    [
        # A step counts from the last day its date can mean.
        ({"laufend": "2024-05-14"}, date(2024, 5, 13), None),
        ({"laufend": "2024-05-14"}, date(2024, 5, 14), "laufend"),
        ({"laufend": "2024-05"}, date(2024, 5, 31), "laufend"),
        ({"laufend": "2024"}, date(2024, 12, 31), "laufend"),
        # Before, but within its month or year, it is planned; earlier it does not exist.
        ({"laufend": "2024"}, date(2024, 12, 30), "geplant"),
        ({"laufend": "2024"}, date(2024, 1, 1), "geplant"),
        ({"laufend": "2024"}, date(2023, 12, 31), None),
        # What has begun does not fall back because its end is known to the year only.
        ({"laufend": "2024", "umgesetzt": "2026"}, TODAY, "laufend"),
        ({"laufend": "2024", "umgesetzt": "2026"}, date(2026, 12, 31), "umgesetzt"),
        ({"geplant": "2024", "ziel": "2025"}, TODAY, "geplant"),
        ({"umgesetzt": "2024", "eingestellt": "2026-11"}, TODAY, "umgesetzt"),
        ({"umgesetzt": "2024", "eingestellt": "2026-11-23"}, TODAY, "eingestellt"),
        ({"ziel": "2020"}, TODAY, None),
        ({}, TODAY, None),
    ],
)
def test_status(dates: dict[str, str], day: date, status: str | None) -> None:
    assert measure(**dates).status(day) == status


@pytest.mark.parametrize(
    ("dates", "in_force", "going_on", "ended"),
    [
        ({"laufend": "2027"}, False, False, False),
        ({"geplant": "2025", "ziel": "2027"}, False, True, False),
        ({"laufend": "2025"}, True, True, False),
        ({"umgesetzt": "2025"}, True, True, False),
        ({"laufend": "2024", "eingestellt": "2025"}, False, False, True),
    ],
)
def test_in_force_going_on_ended(
    dates: dict[str, str], in_force: bool, going_on: bool, ended: bool
) -> None:
    found = measure(**dates)
    assert found.is_in_force(TODAY) is in_force
    assert found.is_going_on(TODAY) is going_on
    assert found.has_ended(TODAY) is ended


def test_dates_and_steps() -> None:
    every = measure(**{key: str(2020 + index) for index, key in enumerate(DATE_KEYS)})
    assert {key: when.year for key, when in every.dates.items() if when} == {
        "geplant": 2020,
        "ziel": 2021,
        "laufend": 2022,
        "umgesetzt": 2023,
        "eingestellt": 2024,
    }
    assert [status for status, _ in every.steps] == list(STATUSES)
    assert [status for status, _ in measure(umgesetzt="2023", geplant="2020").steps] == [
        "geplant",
        "umgesetzt",
    ]


def test_goals_the_first_one_first() -> None:
    assert measure(geplant="2024").goals == ()
    assert [str(goal) for goal in measure(ziel="2025").goals] == ["2025"]
    moved = measure(ziel="2025", verschoben_auf=["2026-06", "2027"])
    assert [str(goal) for goal in moved.goals] == ["2025", "2026-06", "2027"]
    assert str(moved.goal) == "2025"


@pytest.mark.parametrize(
    ("fields", "day", "belongs"),
    [
        ({}, date(1950, 1, 1), True),
        ({"beitritt": "2020-05-14"}, date(2020, 5, 13), False),
        ({"beitritt": "2020-05-14"}, date(2020, 5, 14), True),
        ({"beitritt": "2020"}, date(2020, 1, 1), True),
        ({"beitritt": "2020"}, date(2019, 12, 31), False),
        ({"beitritt": "spätestens 2020"}, date(2000, 1, 1), True),
        # The day a company leaves is its last one as a member.
        ({"austritt": "2024-05-14"}, date(2024, 5, 14), True),
        ({"austritt": "2024-05-14"}, date(2024, 5, 15), False),
        ({"austritt": "2024-02"}, date(2024, 2, 29), True),
        ({"austritt": "2024-02"}, date(2024, 3, 1), False),
        ({"austritt": "2024"}, date(2024, 12, 31), True),
        ({"austritt": "2024"}, date(2025, 1, 1), False),
    ],
)
def test_membership(fields: dict[str, str], day: date, belongs: bool) -> None:
    assert member("eins", **fields).is_member(day) is belongs


def test_extents() -> None:
    assert measure().extents == {}
    assert measure().latest_extent is None
    assert measure(umfang="5").latest_extent == (None, Decimal(5))
    by_year = measure(umfang={"2025": "7", "2023": "9"})
    assert list(by_year.extents.items()) == [(2023, Decimal(9)), (2025, Decimal(7))]
    assert by_year.latest_extent == (2025, Decimal(7))


def test_what_is_public() -> None:
    shown, kept = {"typ": "jobticket"}, {"typ": "jobticket", "veroeffentlichung": "nur_summe"}
    found = member("eins", kept, shown)
    assert [each.is_public for each in found.measures] == [False, True]
    assert found.public_measures == found.measures[1:]
    told = member("zwei", kennzahlen={"2024": {"pkw_gesamt": "5"}}).figures[2024]
    assert not told.is_public
    assert told.values == {"pkw_gesamt": Decimal(5)}


def test_who_answered_last() -> None:
    answers = [{"stand": day, "von": "unternehmen"} for day in ("2024-05-01", "2025-05-01")]
    newest = member("eins", auskunft=answers[::-1]).last_answer
    assert newest is not None
    assert newest.as_of == date(2025, 5, 1)
    assert member("zwei").last_answer is None
    assert member("zwei").is_confirmed
    assert not member("drei", bestaetigung="oeffentliche_quelle").is_confirmed
