"""The types of single values: how an editor may write them, and what they become.

Everything arrives as text (see `source`). Each type raises an error with a stable name; `wording`
turns that name into a German sentence.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PrivateAttr,
    StringConstraints,
    Tag,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from partnership.dates import NoSuchDay, PartialDate, parse_partial

# Times in the files are the clock on the wall unless they carry an offset of their own.
LOCAL = ZoneInfo("Europe/Berlin")

FILL_IN = re.compile(r"\[\[offen:\s*([^\[\]]+?)\s*\]\]")

# Nine digits are more than any company counts, and keep typing errors out of the arithmetic.
_WHOLE = re.compile(r"[0-9]{1,9}|[0-9]{1,3}(?:[.\u202f\u00a0 ][0-9]{3}){1,2}")
_PLAIN_DECIMAL = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?")
_GROUPED_DECIMAL = re.compile(r"[0-9]{1,3}(?:[.\u202f\u00a0 ][0-9]{3}){1,2},[0-9]{1,9}")
_LOOKS_GROUPED = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
_MAIL = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+\.[^@\s,;<>\"'.]{2,}")
_POSTCODE = re.compile(r"[0-9]{5}")
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
# Scheme, host with a dot, perhaps a port, then anything but what could end an attribute. Nothing
# with an @ before the host: it only looks like the address one is led to.
_URL = re.compile(
    r"https?://[^\s/?#@:\[\]<>\"'`\\]+\.[^\s/?#@:\[\]<>\"'`\\]+(?::[0-9]*)?"
    r"(?:[/?#][^\s<>\"'`\\]*)?",
    re.IGNORECASE,
)
_KEY = re.compile(r"^[a-z0-9]+(?:[_-][a-z0-9]+)*$")
_MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}\.\s*[0-9]{1,2}\.\s*[0-9]{4})"
    r"(?:(?:\s*,?\s+|T)(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?::[0-9]{2})?(?:\s*Uhr)?"
    r"\s*(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)

# What completion and forms in other programs can test of a date: its shape, not the calendar. The
# formats they are named by are ours; who does not know them passes them over.
_CALENDAR_DAY = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}\. ?[0-9]{1,2}\. ?[0-9]{4}"
_DAY_TYPED = rf"^(?:{_CALENDAR_DAY})$"
_WHEN_TYPED = (
    rf"^(?:[Ss]p(?:ä|ae)testens +)?(?:{_CALENDAR_DAY}|[0-9]{{4}}(?:-[0-9]{{1,2}})?"
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


class Record(BaseModel):
    """Base of all records: frozen, strict about unknown keys, filled by German key only."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_alias=True, validate_by_name=False
    )


class FileRecord(Record):
    """A record that is one file: the file's name is its identity and address, the text below the
    front matter its prose. Both come with the validation context (`slug`, `body`, `path`).
    """

    _slug: str = PrivateAttr("")
    _body: str = PrivateAttr("")
    _path: str = PrivateAttr("")

    def model_post_init(self, context: Any) -> None:
        """Keep what the file itself says; see the class."""
        if context:
            self._slug, self._body, self._path = context["slug"], context["body"], context["path"]

    @property
    def slug(self) -> str:
        """The file's name without its ending."""
        return self._slug

    @property
    def body(self) -> str:
        """The Markdown below the front matter."""
        return self._body

    @property
    def path(self) -> str:
        """The file, relative to the city's folder."""
        return self._path


def key(alias: str, title: str, default: Any = ..., description: str = "") -> Any:
    """One field on one line: German key, German title, default (required without), description."""
    return Field(default, alias=alias, title=title, description=description or title)


def _error(rule: str, **context: Any) -> PydanticCustomError:
    # The sentence is made in `wording`; pydantic only needs some text here.
    return PydanticCustomError(rule, "value not understood", context)


def _whole(value: object) -> int:
    """`1200` and `1.200` alike: where a whole number is asked for, a dot groups thousands."""
    text = str(value).strip()
    if not _WHOLE.fullmatch(text):
        raise _error("ganze_zahl")
    return int(re.sub(r"\D", "", text))


def _number(value: object) -> Decimal:
    """Comma or dot as the decimal mark; `1.200` may mean two things and is refused."""
    text = str(value).strip().removesuffix("%").strip()
    if _LOOKS_GROUPED.fullmatch(text):
        raise _error("zahl_mehrdeutig", thousand=text.replace(".", ""), decimal=_as_decimal(text))
    if _GROUPED_DECIMAL.fullmatch(text):
        text = re.sub(r"[.\u202f\u00a0 ]", "", text)
    elif not _PLAIN_DECIMAL.fullmatch(text):
        raise _error("zahl")
    return Decimal(text.replace(",", "."))


def _as_decimal(text: str) -> str:
    return f"{float(text):g}".replace(".", ",")


def _yes_no(value: object) -> bool:
    known = {"ja": True, "nein": False, "true": True, "false": False}
    try:
        return known[str(value).strip().casefold()]
    except KeyError:
        raise _error("ja_nein") from None


def _partial(value: object, rule: str = "datum") -> PartialDate:
    try:
        return parse_partial(str(value))
    except NoSuchDay:
        raise _error("datum_unmoeglich") from None
    except ValueError:
        raise _error(rule) from None


def _day(value: object) -> date:
    """A full day; a month or a year will not do."""
    found = _partial(value, "tag")
    if found.precision != "day" or found.at_latest:
        raise _error("tag")
    return found.last


def _moment(value: object) -> date | datetime:
    """A day, or a day with a time; a time without offset is local."""
    match = _MOMENT.fullmatch(str(value).strip())
    if not match:
        raise _error("zeitpunkt")
    day = _day(match["day"])
    if match["hour"] is None:
        return day
    try:
        clock = time(int(match["hour"]), int(match["minute"]))
        if match["offset"]:
            return datetime.fromisoformat(f"{day}T{clock:%H:%M}:00{match['offset']}")
    except ValueError:
        raise _error("uhrzeit") from None
    return datetime.combine(day, clock, LOCAL)


def _url(value: object) -> str:
    """A web address with scheme and host; nothing that a browser would run."""
    text = str(value).strip()
    try:
        urlsplit(text)  # also knows characters that only look like those that divide an address
    except ValueError:
        raise _error("adresse") from None
    if not _URL.fullmatch(text):
        raise _error("adresse")
    return text


def _mail(value: object) -> str:
    text = str(value).strip()
    if not _MAIL.fullmatch(text):
        raise _error("mail")
    return text


def _postcode(value: object) -> str:
    text = str(value).strip()
    if not _POSTCODE.fullmatch(text):
        raise _error("plz")
    return text


def _key(value: object) -> str:
    text = str(value).strip()
    if not _KEY.fullmatch(text):
        raise _error("schluesselform")
    return text


def _text(value: object) -> object:
    return re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else value


def _paragraphs(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _file_name(value: object) -> str:
    """A file's name alone: no folder, no way out of the folder it is looked for in."""
    text = str(value).strip()
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", text):
        raise _error("dateiname")
    return text


def _year(value: object) -> int:
    text = str(value).strip()
    if not _YEAR.fullmatch(text):
        raise _error("jahr")
    return int(text)


def _or_fill_in(check: Any) -> Any:
    """The same check, but a marked fill-in is let through as it stands."""

    def checked(value: object) -> Any:
        text = str(value).strip()
        return text if FILL_IN.fullmatch(text) else check(value)

    return checked


def _scalar(check: Any) -> Any:
    """Refuse lists and mappings where a single value is due, before `check` sees them.

    What it returns is named like `check`: the web form reads from it what to test.
    """

    def checked(value: object) -> Any:
        if isinstance(value, list | dict):
            raise _error("ein_wert")
        return check(value)

    checked.__name__ = check.__name__
    return BeforeValidator(checked)


def _schema(**words: Any) -> WithJsonSchema:
    return WithJsonSchema(words)


def whole_up_to(most: int) -> Any:
    """A whole number from 0 to `most`, where more can only be a slip."""

    def small(value: object) -> int:
        found = _whole(value)
        if found > most:
            raise _error("zu_viel", most=most)
        return found

    return Annotated[int, _scalar(small), _schema(type="integer", minimum=0, maximum=most)]


Text = Annotated[str, _scalar(_text), StringConstraints(min_length=1, max_length=2000)]
Prose = Annotated[str, _scalar(_paragraphs), StringConstraints(min_length=1, max_length=20000)]
# `1.200` is a number for other readers of YAML, `1 200` a text.
Whole = Annotated[
    int, _scalar(_whole), _schema(type=["integer", "number", "string"], format="whole", minimum=0)
]
Number = Annotated[Decimal, _scalar(_number), _schema(type=["number", "string"], format="number")]
YesNo = Annotated[bool, _scalar(_yes_no), _schema(enum=["ja", "nein", True, False])]
Year = Annotated[int, _scalar(_year), _schema(type=["integer", "string"], format="year")]
When = Annotated[
    PartialDate,
    _scalar(_partial),
    _schema(type=["string", "integer"], format="partial-date", pattern=_WHEN_TYPED),
]
Day = Annotated[date, _scalar(_day), _schema(type="string", format="day", pattern=_DAY_TYPED)]
Moment = Annotated[
    date | datetime,
    _scalar(_moment),
    _schema(type="string", format="moment", pattern=rf"^(?:{_CALENDAR_DAY}).*$"),
]
Url = Annotated[str, _scalar(_url), _schema(type="string", format="uri")]
Mail = Annotated[str, _scalar(_mail), _schema(type="string", format="email")]
Postcode = Annotated[str, _scalar(_postcode), _schema(type="string", pattern=r"^\d{5}$")]
Key = Annotated[str, _scalar(_key), _schema(type="string", pattern=_KEY.pattern)]
FileName = Annotated[str, _scalar(_file_name), _schema(type="string")]
OpenUrl = Annotated[str, _scalar(_or_fill_in(_url)), _schema(type="string")]
OpenMail = Annotated[str, _scalar(_or_fill_in(_mail)), _schema(type="string")]
OpenFile = Annotated[str, _scalar(_or_fill_in(_file_name)), _schema(type="string")]
OpenPostcode = Annotated[str, _scalar(_or_fill_in(_postcode)), _schema(type="string")]


def choice(*words: str) -> Any:
    """One word of a closed list, whatever its capitals."""

    def pick(value: object) -> str:
        text = str(value).strip()
        for word in words:
            if text.casefold() == word.casefold():
                return word
        raise _error("auswahl", words=list(words))

    return Annotated[str, _scalar(pick), _schema(enum=list(words))]


def one_or_many(single: Any, many: Any) -> Any:
    """A union decided by shape alone, so that an error names the branch the editor meant."""
    return Annotated[
        Annotated[single, Tag("wert")] | Annotated[many, Tag("jahre")],
        Discriminator(lambda value: "jahre" if isinstance(value, dict) else "wert"),
    ]


Publication = Annotated[Literal["einzeln", "nur_summe"], _schema(enum=["einzeln", "nur_summe"])]
