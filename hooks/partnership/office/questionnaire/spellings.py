"""How companies write dates and web addresses, in the spelling that the files keep.

The files themselves are stricter: one way to write is easier to read, to compare and to search. The
web form applies the same expressions in the browser.
"""

import re
from collections.abc import Mapping, Sequence

from partnership.model.member import DATE_KEYS
from partnership.reading.source import Value

Respelling = tuple[re.Pattern[str], str]

_MONTHS = (
    "Januar|Jänner|Jan",
    "Februar|Feber|Feb",
    "März|Maerz|Mär|Mrz",
    "April|Apr",
    "Mai",
    "Juni|Jun",
    "Juli|Jul",
    "August|Aug",
    "September|Sept|Sep",
    "Oktober|Okt",
    "November|Nov",
    "Dezember|Dez",
)
# What is found gives way to the text beside it, one after the other. No groups: the browser writes
# them in another way.
USUAL: Mapping[str, Sequence[Respelling]] = {
    "date": (
        (re.compile(r"^(?:seit|ab|bis)\s+", re.IGNORECASE), ""),
        (re.compile(r"(?<=[0-9])/(?=[0-9]{4}$)"), "."),
        *(
            (re.compile(rf"\b(?:{names})\b\.?\s*(?=[0-9]{{4}}$)", re.IGNORECASE), f"{number}.")
            for number, names in enumerate(_MONTHS, 1)
        ),
    ),
    "url": ((re.compile(r"^(?=[^\s/?#@:]+\.[^\s/?#@:.0-9]{2,}(?:[/?#]|$))"), "https://"),),
}
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(
        ("beitritt", "austritt", "stand", "abruf", *DATE_KEYS, "verschoben_auf"), "date"
    ),
    **dict.fromkeys(("website", "url"), "url"),
}


def respelled(value: Value, key: str = "") -> Value:
    """The value that stands at `key`, with what stands in it, spelled as files spell it."""
    if isinstance(value, dict):
        return {inner: respelled(each, inner) for inner, each in value.items()}
    if isinstance(value, list):
        return [respelled(each, key) for each in value]
    text = value.strip()
    for pattern, instead in USUAL.get(_KINDS.get(key, ""), ()):
        text = pattern.sub(instead, text)
    return text if key in _KINDS else value
