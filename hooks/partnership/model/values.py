"""How an editor may write a single value, and what it becomes.

Everything arrives as text (see `source`). Each check raises an error with a stable name; `wording`
turns that name into a German sentence.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

from partnership.model import markers
from partnership.model.dates import LOCAL, NoSuchDay, PartialDate, parse_partial

# Nine digits are more than any company counts, and keep typing errors out of the arithmetic.
_WHOLE = re.compile(r"[0-9]{1,9}|[0-9]{1,3}(?:[.\u202f\u00a0 ][0-9]{3}){1,2}")
_PLAIN_DECIMAL = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?")
_GROUPED_DECIMAL = re.compile(r"[0-9]{1,3}(?:[.\u202f\u00a0 ][0-9]{3}){1,2},[0-9]{1,9}")
_LOOKS_GROUPED = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
_MAIL = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+\.[^@\s,;<>\"'.]{2,}")
_POSTCODE = re.compile(r"[0-9]{5}")
_MUNICIPALITY = re.compile(r"[0-9]{8}")
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
# Scheme, host with a dot, perhaps a port, then anything but what could end an attribute. Nothing
# with an @ before the host: it only looks like the address one is led to.
_URL = re.compile(
    r"https?://[^\s/?#@:\[\]<>\"'`\\.]+\.[^\s/?#@:\[\]<>\"'`\\]+(?::[0-9]*)?"
    r"(?:[/?#][^\s<>\"'`\\]*)?",
    re.IGNORECASE,
)
KEY = re.compile(r"^[a-z0-9]+(?:[_-][a-z0-9]+)*$")
_MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}\.\s*[0-9]{1,2}\.\s*[0-9]{4})"
    r"(?:(?:\s*,\s+|\s+|T)(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?::[0-9]{2})?(?:\s*Uhr)?"
    r"\s*(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)

# What completion and forms in other programs can test of a date: its shape, not the calendar. The
# formats they are named by are ours; who does not know them passes them over.
CALENDAR_DAY = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}\. ?[0-9]{1,2}\. ?[0-9]{4}"
DAY_TYPED = rf"^(?:{CALENDAR_DAY})$"
WHEN_TYPED = (
    rf"^(?:[Ss]p(?:ä|ae)testens +)?(?:{CALENDAR_DAY}|[0-9]{{4}}(?:-[0-9]{{1,2}})?"
    r"|[0-9]{1,2}\. ?[0-9]{4})$"
)

# What the web form tests in the browser; it is handed these expressions, not a copy of them.
PATTERNS: Mapping[str, re.Pattern[str]] = {
    "whole": _WHOLE,
    "plain": _PLAIN_DECIMAL,
    "grouped": _GROUPED_DECIMAL,
    "looksGrouped": _LOOKS_GROUPED,
    "mail": _MAIL,
    "postcode": _POSTCODE,
    "year": _YEAR,
    "url": _URL,
}


def web(text: str | None) -> str:
    """The web address that `text` is; empty where it is a sentence, a marked gap or nothing."""
    return text if text and _URL.fullmatch(text) else ""


def error(rule: str, **context: Any) -> PydanticCustomError:
    """What a check raises. The sentence is made in `wording`; pydantic only needs some text."""
    return PydanticCustomError(rule, "value not understood", context)


def whole(value: object) -> int:
    """`1200` and `1.200` alike: where a whole number is asked for, a dot groups thousands."""
    typed = str(value).strip()
    if not _WHOLE.fullmatch(typed):
        raise error("ganze_zahl")
    return int(re.sub(r"\D", "", typed))


def number(value: object) -> Decimal:
    """Comma or dot as the decimal mark; `1.200` may mean two things and is refused."""
    typed = str(value).strip().removesuffix("%").strip()
    if _LOOKS_GROUPED.fullmatch(typed):
        raise error("zahl_mehrdeutig", thousand=typed.replace(".", ""), decimal=_as_decimal(typed))
    if _GROUPED_DECIMAL.fullmatch(typed):
        typed = re.sub(r"[.\u202f\u00a0 ]", "", typed)
    elif not _PLAIN_DECIMAL.fullmatch(typed):
        raise error("zahl")
    return Decimal(typed.replace(",", "."))


def _as_decimal(typed: str) -> str:
    return f"{float(typed):g}".replace(".", ",")


def yes_no(value: object) -> bool:
    """`ja` or `nein`; other programs write true and false."""
    known = {"ja": True, "nein": False, "true": True, "false": False}
    try:
        return known[str(value).strip().casefold()]
    except KeyError:
        raise error("ja_nein") from None


def partial(value: object, rule: str = "datum") -> PartialDate:
    """A year, a month or a day; `rule` names the error of anything else."""
    try:
        return parse_partial(str(value))
    except NoSuchDay:
        raise error("datum_unmoeglich") from None
    except ValueError:
        raise error(rule) from None


def day(value: object) -> date:
    """A full day; a month or a year will not do."""
    found = partial(value, "tag")
    if found.precision != "day" or found.at_latest:
        raise error("tag")
    return found.last


def moment(value: object) -> date | datetime:
    """A day, or a day with a time; a time without offset is local."""
    match = _MOMENT.fullmatch(str(value).strip())
    if not match:
        raise error("zeitpunkt")
    found = day(match["day"])
    if match["hour"] is None:
        return found
    try:
        clock = time(int(match["hour"]), int(match["minute"]))
        if match["offset"]:
            return datetime.fromisoformat(f"{found}T{clock:%H:%M}:00{match['offset']}")
    except ValueError:
        raise error("uhrzeit") from None
    return datetime.combine(found, clock, LOCAL)


def url(value: object) -> str:
    """A web address with scheme and host; nothing that a browser would run."""
    typed = str(value).strip()
    try:
        urlsplit(typed)  # also knows characters that only look like those that divide an address
    except ValueError:
        raise error("adresse") from None
    if not _URL.fullmatch(typed):
        raise error("adresse")
    return typed


def mail(value: object) -> str:
    """A mail address; the `mailto:` of a copied link is no part of it."""
    typed = re.sub(r"^mailto:\s*", "", str(value).strip(), flags=re.IGNORECASE)
    if not _MAIL.fullmatch(typed):
        raise error("mail")
    return typed


def address_or_text(value: object) -> object:
    """A web or mail address, or words; what begins like an address must be one."""
    typed = text(value)
    if not isinstance(typed, str):
        return typed
    if re.match(r"(?:https?:|www\.)", typed, re.IGNORECASE):
        return url(typed)
    if re.match(r"mailto:", typed, re.IGNORECASE) or ("@" in typed and " " not in typed):
        return mail(typed)
    return typed


def is_mail(typed: str) -> bool:
    """Whether what `address_or_text` let through is a mail address."""
    return _MAIL.fullmatch(typed) is not None


def postcode(value: object) -> str:
    """Five digits; the first may be a zero."""
    typed = str(value).strip()
    if not _POSTCODE.fullmatch(typed):
        raise error("plz")
    return typed


def municipality(value: object) -> str:
    """The official key of a municipality (Amtlicher Gemeindeschlüssel): eight digits."""
    typed = str(value).strip()
    if not _MUNICIPALITY.fullmatch(typed):
        raise error("gemeindeschluessel")
    return typed


def key(value: object) -> str:
    """A key of the data: lower-case letters, digits, dashes between them."""
    typed = str(value).strip()
    if not KEY.fullmatch(typed):
        raise error("schluesselform")
    return typed


def open_text(value: object) -> object:
    """Text on one line, whatever lines it was typed on; gaps may be marked in it."""
    return re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else value


def text(value: object) -> object:
    """Text on one line, without gaps: it may come to where none can be shown."""
    return _without_gap(open_text(value))


def open_paragraphs(value: object) -> object:
    """Text that keeps its lines; gaps may be marked in it."""
    return value.strip() if isinstance(value, str) else value


def paragraphs(value: object) -> object:
    """Text that keeps its lines, without gaps."""
    return _without_gap(open_paragraphs(value))


def _without_gap(value: object) -> object:
    if isinstance(value, str) and markers.has_gap(value):
        raise error("luecke")
    return value


def file_name(value: object) -> str:
    """A file's name alone: no folder, no way out of the folder it is looked for in."""
    typed = str(value).strip()
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", typed):
        raise error("dateiname")
    return typed


def year(value: object) -> int:
    """A year of four digits."""
    typed = str(value).strip()
    if not _YEAR.fullmatch(typed):
        raise error("jahr")
    return int(typed)


def or_fill_in(check: Any) -> Any:
    """The same check, but a marked fill-in is let through as it stands."""

    def checked(value: object) -> Any:
        typed = str(value).strip()
        return typed if markers.is_gap(typed) else check(value)

    return checked
