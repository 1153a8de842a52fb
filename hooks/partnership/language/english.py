"""Dates in English, for the page in English."""

from datetime import date

from babel.dates import format_date

from partnership.model.dates import PartialDate

_LOCALE = "en_GB"
_PATTERNS = {"day": "d MMMM y", "month": "MMMM y", "year": "y"}


def day(value: date) -> str:
    """„14 May 2019“."""
    return str(format_date(value, format=_PATTERNS["day"], locale=_LOCALE))


def moment(value: PartialDate) -> str:
    """„on 14 May 2019“, „in May 2019“ or „in 2019“."""
    text = format_date(value.last, format=_PATTERNS[value.precision], locale=_LOCALE)
    return f"{'on' if value.precision == 'day' else 'in'} {text}"
