"""Dates as editors know them: a day, a month or a year, and what follows from them; the clock.

A step that is known to the month counts from the month's end, one known to the year from the
year's end: what has been said to happen "in 2024" is certain only when 2024 is over.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import total_ordering
from typing import Literal
from zoneinfo import ZoneInfo

Precision = Literal["day", "month", "year"]

# Times in the files are the clock on the wall unless they carry an offset of their own.
LOCAL = ZoneInfo("Europe/Berlin")

_AT_LATEST = re.compile(r"^(?:spätestens|spaetestens)\s+", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_GERMAN = re.compile(r"(?:(?:(\d{1,2})\.\s*)?(\d{1,2})\.\s*)?(\d{4})", re.ASCII)

_SECONDS = re.compile(r"-?\d{1,18}", re.ASCII)

# Months of 30 days.
_FEBRUARY, _SHORT = 2, frozenset({4, 6, 9, 11})

# Years before the car are typing errors.
YEARS = (1900, 2200)
# What the web form tests in the browser.
PATTERNS: Mapping[str, re.Pattern[str]] = {
    "atLatest": _AT_LATEST,
    "iso": _ISO,
    "german": _GERMAN,
}


class NoSuchDay(ValueError):
    """Written like a date, but the calendar does not have it."""


class NoMoment(ValueError):
    """What the environment says is no moment of the build."""

    def __str__(self) -> str:
        return (
            "Die Umgebungsvariable SOURCE_DATE_EPOCH nennt keinen Zeitpunkt. Erwartet wird eine"
            " ganze Zahl, die Sekunden seit dem 1. Januar 1970; ohne sie gilt die Uhr."
        )


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, month or year. `at_latest`: only the date of a source is known, the event was before.

    Compared and counted by its last possible day.
    """

    year: int
    month: int | None = None
    day: int | None = None
    at_latest: bool = False

    @property
    def precision(self) -> Precision:
        """How exactly the date is known."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first(self) -> date:
        """The first day of the day, month or year it names."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def earliest(self) -> date:
        """The earliest day it can mean; the calendar's first where only a latest day is known."""
        return date.min if self.at_latest else self.first

    @property
    def last(self) -> date:
        """The latest day it can mean: the day from which it counts."""
        if self.day:
            return self.first
        if self.month == _FEBRUARY:
            return date(self.year, _FEBRUARY, 29 if calendar.isleap(self.year) else 28)
        month = self.month or 12
        return date(self.year, month, 30 if month in _SHORT else 31)

    def __lt__(self, other: "PartialDate") -> bool:
        return self.last < other.last

    def __str__(self) -> str:
        text = f"{self.year:04}"
        if self.month:
            text += f"-{self.month:02}"
        if self.day:
            text += f"-{self.day:02}"
        return f"spätestens {text}" if self.at_latest else text


def parse_partial(text: str) -> PartialDate:
    """Read `2019`, `2019-05`, `2019-05-14`, `14.05.2019`, `05.2019`, each also after "spätestens".

    Raises `NoSuchDay` for the 31st of February and the like, `ValueError` for anything else.
    """
    rest, marked = _AT_LATEST.subn("", text.strip())
    if match := _ISO.fullmatch(rest):
        year, month, day = match.groups()
    elif match := _GERMAN.fullmatch(rest):
        day, month, year = match.groups()
    else:
        raise ValueError(text)
    if not YEARS[0] <= int(year) <= YEARS[1]:
        raise ValueError(text)
    try:
        found = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise NoSuchDay(text) from None
    return PartialDate(
        found.year, found.month if month else None, found.day if day else None, bool(marked)
    )


def now(environment: Mapping[str, str]) -> datetime:
    """Tell the moment of the build in local time: `SOURCE_DATE_EPOCH` (seconds, for reproducible
    builds) or the clock.

    Raises `NoMoment` where the variable is set and no such number, or one of another age.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return datetime.now(UTC).astimezone(LOCAL)
    # A number as programs write it: the engine reads it, too, and must not read another one.
    if not _SECONDS.fullmatch(epoch):
        raise NoMoment
    try:
        moment = datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise NoMoment from None
    if not YEARS[0] <= moment.year <= YEARS[1]:
        raise NoMoment
    return moment.astimezone(LOCAL)
