"""Dates as editors know them, and the term of an agreement that follows from them."""

from datetime import UTC, date, datetime

import pytest

from partnership.model.city import Agreement
from partnership.model.dates import LOCAL, NoSuchDay, PartialDate, now, parse_partial


@pytest.mark.parametrize(
    ("typed", "first", "last", "precision", "written"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31), "year", "2019"),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "month", "2020-02"),
        ("2. 2019", date(2019, 2, 1), date(2019, 2, 28), "month", "2019-02"),
        ("14.05.2019", date(2019, 5, 14), date(2019, 5, 14), "day", "2019-05-14"),
        (" 2019-5-4 ", date(2019, 5, 4), date(2019, 5, 4), "day", "2019-05-04"),
        ("1900", date(1900, 1, 1), date(1900, 12, 31), "year", "1900"),
        ("2200", date(2200, 1, 1), date(2200, 12, 31), "year", "2200"),
    ],
)
def test_partial_dates(typed: str, first: date, last: date, precision: str, written: str) -> None:
    found = parse_partial(typed)
    assert (found.first, found.last, found.precision, str(found)) == (
        first,
        last,
        precision,
        written,
    )
    assert found.earliest == first


@pytest.mark.parametrize("typed", ["Spätestens 2019-05", "spaetestens  05.2019"])
def test_at_the_latest(typed: str) -> None:
    found = parse_partial(typed)
    assert found == PartialDate(2019, 5, at_latest=True)
    assert (found.first, found.earliest, found.last) == (
        date(2019, 5, 1),
        date.min,
        date(2019, 5, 31),
    )
    assert str(found) == "spätestens 2019-05"


@pytest.mark.parametrize("typed", ["", "19", "1899", "2201", "2019-", "Mai 2019", "٢٠١٩"])
def test_what_is_no_date(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*") as caught:
        parse_partial(typed)
    assert not isinstance(caught.value, NoSuchDay)


@pytest.mark.parametrize("typed", ["2019-02-29", "31.4.2019", "2019-13", "00.2019"])
def test_what_the_calendar_does_not_have(typed: str) -> None:
    with pytest.raises(NoSuchDay):
        parse_partial(typed)


def test_dates_are_compared_by_their_last_day() -> None:
    year, month, day = (parse_partial(text) for text in ("2019", "2019-11", "2019-12-30"))
    assert month < day < year
    assert not parse_partial("2019-12-31") < year


def test_now_is_local_and_can_be_set() -> None:
    found = now({"SOURCE_DATE_EPOCH": "1767223800"})
    assert found == datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    assert found.date() == date(2026, 1, 1)
    assert found.tzinfo == LOCAL
    assert abs(now({}) - datetime.now(UTC)).total_seconds() < 60
    with pytest.raises(ValueError, match="SOURCE_DATE_EPOCH"):
        now({"SOURCE_DATE_EPOCH": "abc"})


def agreement(until: str, years: int = 1, automatic: str = "ja", months: int = 3) -> Agreement:
    return Agreement.model_validate(
        {
            "unterzeichnet": "2020",
            "erste_laufzeit_bis": until,
            "verlaengerung": {"jahre": str(years), "automatisch": automatic},
            "kuendigung": {"frist_monate": str(months), "zum": "jahresende", "form": "schriftlich"},
        }
    )


@pytest.mark.parametrize(
    ("found", "day", "end", "notice"),
    [
        (agreement("2024-12-31"), date(2024, 12, 31), date(2024, 12, 31), date(2024, 9, 30)),
        (agreement("2024-12-31"), date(2025, 1, 1), date(2025, 12, 31), date(2025, 9, 30)),
        (agreement("2024-12-31", 2), date(2025, 1, 1), date(2026, 12, 31), date(2026, 9, 30)),
        (agreement("2024-12-31", 0), date(2030, 1, 1), date(2024, 12, 31), date(2024, 9, 30)),
        (
            agreement("2024-12-31", 1, "nein"),
            date(2030, 1, 1),
            date(2024, 12, 31),
            date(2024, 9, 30),
        ),
        (agreement("2024-02-29"), date(2024, 3, 1), date(2025, 2, 28), date(2024, 11, 30)),
        (
            agreement("2024-12-31", months=12),
            date(2024, 1, 1),
            date(2024, 12, 31),
            date(2023, 12, 31),
        ),
        (
            agreement("2024-12-31", months=0),
            date(2024, 1, 1),
            date(2024, 12, 31),
            date(2024, 12, 31),
        ),
    ],
)
def test_terms(found: Agreement, day: date, end: date, notice: date) -> None:
    assert found.term_end(day) == end
    assert found.notice_until(day) == notice
