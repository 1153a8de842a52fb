"""German as visitors read it: numbers, dates, plurals, alphabetical order, addresses."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent

from partnership.model.dates import LOCAL, PartialDate

_LOCALE = "de_DE"
_PHONE = re.compile(r"\+?[\d\s()/–-]{3,30}")
_WRITTEN_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ẞ": "SS"}
)

# Each way looks back over the space it begins with: so spaces alone are tried, and few of them.
_TOGETHER = re.compile(
    r"[ \n](?:(?<=\d.)(?=%|€|(?:Uhr|Euro|Prozent|km|kg|kWh|t|g)\b)"
    r"|(?<=\d\..)(?=Januar|Februar|März|April|Mai|Ju[nl]i|August"
    r"|September|Oktober|November|Dezember)"
    r"|(?=\d)(?:(?<=§.)|(?<=\bArtikel.)|(?<=\bAbsatz.)|(?<=\bNummer.)|(?<=\bZiffer.))"
    r"|(?<=\b[A-Za-z]\..)(?=[A-Za-z]\.)"
    r"|(?<=\w.)(?=– ))",
    re.DOTALL,
)


def number(value: int | float | Decimal) -> str:
    """`1234.5` as „1.234,5“, at most two digits behind the comma."""
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")  # what the line below says, for most of all numbers
    return str(format_decimal(value, format="#,##0.##", locale=_LOCALE))


def exact(value: Decimal) -> str:
    """`1234.056` as „1.234,056“, with each of its digits."""
    return str(format_decimal(value, format=f"#,##0.{'#' * 20}", locale=_LOCALE))


def euros(value: Decimal) -> str:
    """`12000` as „12.000,00 €“."""
    return str(format_currency(value, "EUR", locale=_LOCALE))


def typed(value: Fraction) -> str:
    """A number as one would type it: „1234,5“, at most nine digits behind the comma."""
    number = Decimal(value.numerator) / value.denominator
    return str(format_decimal(number, format=f"0.{'#' * 9}", locale=_LOCALE))


def percent(share: float) -> str:
    """A share of 0 to 1 as „12 %“, rounded to whole percent."""
    return str(format_percent(share, format="#,##0 %", locale=_LOCALE))


def day(value: date) -> str:
    """„14. Mai 2019“."""
    return str(format_date(value, format="d. MMMM y", locale=_LOCALE))


def weekday_day(value: date) -> str:
    """„Donnerstag, 3. Dezember 2026“."""
    return str(format_date(value, format="EEEE, d. MMMM y", locale=_LOCALE))


def short_day(value: date) -> str:
    """„14.05.2019“."""
    return str(format_date(value, format="dd.MM.y", locale=_LOCALE))


def month_name(value: date, *, short: bool = False) -> str:
    """„Mai“, or „Dez.“ when `short`."""
    return str(format_date(value, format="LLL" if short else "LLLL", locale=_LOCALE))


def clock(value: datetime) -> str:
    """The local time as „18:00 Uhr“."""
    return f"{format_time(value.astimezone(LOCAL), format='HH:mm', locale=_LOCALE)} Uhr"


def dialled(phone: str) -> str:
    """A phone number as a link dials it (RFC 3966): „0211 89-1“ as `tel:+49211891`. Empty for what
    is no number alone.
    """
    if not _PHONE.fullmatch(phone):
        return ""
    digits = re.sub(r"\(0\)|[^\d+]", "", phone)
    if digits.startswith("+"):
        return f"tel:{digits}"
    if match := re.fullmatch(r"00([1-9]\d*)", digits):
        return f"tel:+{match[1]}"
    match = re.fullmatch(r"0([1-9]\d*)", digits)
    return f"tel:+49{match[1]}" if match else f"tel:{digits}"


def local_day(value: date | datetime) -> date:
    """The local day of a moment."""
    return value.astimezone(LOCAL).date() if isinstance(value, datetime) else value


def partial_date(value: PartialDate) -> str:
    """„14. Mai 2019“, „Mai 2019“ or „2019“; „spätestens …“ where only a source's date is known."""
    if value.precision == "day":
        text = day(value.last)
    elif value.precision == "month":
        text = str(format_date(value.last, format="LLLL y", locale=_LOCALE))
    else:
        text = str(value.year)
    return f"spätestens {text}" if value.at_latest else text


def since(value: PartialDate) -> str:
    """„seit dem 14. Mai 2019“, „seit Mai 2019“ or „spätestens seit 2019“."""
    text = partial_date(value).removeprefix("spätestens ")
    first = "spätestens seit" if value.at_latest else "seit"
    return f"{first} {'dem ' if value.precision == 'day' else ''}{text}"


def unbroken(text: str, where: Callable[[int], bool] = lambda _: True) -> str:
    """`text` with spaces that keep a number with its unit, a day with its month, a paragraph sign
    with its number, the parts of an abbreviation, and a dash with the word before it (DIN 5008).
    `where` tells of a place whether it is typeset.
    """
    return _TOGETHER.sub(lambda at: "\N{NO-BREAK SPACE}" if where(at.start()) else at[0], text)


def counted(count: int | Decimal, one: str, many: str) -> str:
    """„1 Mitglied“, „12 Mitglieder“; none is „keine Mitglieder“, so give `many` without article."""
    return f"{number(count)} {one if count == 1 else many}"


def listing(words: Iterable[str], last: str = "und") -> str:
    """„a, b und c“."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def collation_key(text: str) -> tuple[str, str]:
    """Sorts as DIN 5007-1 does: ä as a, ß as ss, marks and case decide only between equals."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9 ]+", "", letters).strip(), text


def initial(text: str) -> str:
    """The letter under which `text` stands in an alphabetical list, „#“ for anything else."""
    first = collation_key(text)[0][:1]
    return first.upper() if first.isalpha() else "#"


def slug(text: str, most: int = 60) -> str:
    """An address of lower-case ASCII: „Müller & Söhne“ becomes `mueller-soehne`."""
    plain = unicodedata.normalize("NFKD", text.translate(_WRITTEN_OUT))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:most].rstrip("-") or "eintrag"
