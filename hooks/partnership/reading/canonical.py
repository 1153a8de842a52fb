"""The one form in which our own hand writes a record into a file.

Keys stand in the order of the model, which is that of the handbook. Blocks are indented by two
blanks, a list of single words stands in brackets, a value stands on one line. Dates, numbers and
yes or no are written bare; a text is quoted where a YAML reader that guesses types would take it
for something else (`"40233"`, `"18:00"`, `"no"`), and only there.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import yaml
from pydantic import BaseModel

from partnership.model.dates import PartialDate
from partnership.reading.source import Value

# Keys whose value is a name or a mere number; the number needs no quotes.
NUMBERED = frozenset({"stadtbezirk"})
_NUMBER = re.compile(r"[1-9]\d*", re.ASCII)
_BARE = re.compile(r"[^\W_][^\W_ .:+,-]*(?:[ .:+,-]+[^\W_ .:+,-]*)*")
_RESOLVER = yaml.resolver.Resolver()
_TEXT_TAG = "tag:yaml.org,2002:str"
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=<~. ")
# What one YAML reader or another takes for a number, a time or a date, and single-letter booleans.
_NUMBER_LIKE = re.compile(r"[+.]?\d[\d_.,:+xXoObBeE-]*|[yYnN]", re.ASCII)
_UNPRINTABLE = re.compile(
    r"[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_THREE_DECIMALS = re.compile(r"\d{1,3}\.\d{3}")


class Bare(str):
    """A value that is no text: written without quotes."""

    __slots__ = ()


def plain(record: BaseModel) -> dict[str, Value]:
    """What `record` says, as a file would say it: German keys in the model's order, values in
    their one spelling. Only what was given; an empty list or group counts as given.
    """
    said: dict[str, Value] = {}
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        if name in record.model_fields_set and value is not None:
            said[str(field.alias)] = _plain(value)
    for key, value in (record.__pydantic_extra__ or {}).items():
        said[key] = _plain(value)
    for key in NUMBERED & said.keys():
        said[key] = numbered(said[key])
    return said


def numbered(value: Value) -> Value:
    """`value`, bare if it is a mere number."""
    return Bare(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value


def may_be_bare(text: str) -> bool:
    """Whether a date or number, as somebody typed it, can stand without quotes."""
    return bool(_BARE.fullmatch(text)) and ": " not in text and not text.endswith(":")


def _plain(value: object) -> Value:
    if isinstance(value, BaseModel):
        return plain(value)
    if isinstance(value, Mapping):
        # Years are the only keys that are no text.
        return {
            Bare(key) if isinstance(key, int) else str(key): _plain(inner)
            for key, inner in value.items()
        }
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    if isinstance(value, bool):
        return Bare("ja" if value else "nein")
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, int | PartialDate):
        return Bare(value)
    if isinstance(value, date):
        return Bare(value.isoformat())
    return str(value)


def number(value: Decimal) -> Bare:
    """A number as every reader understands it: with a point, but `0,125` with a comma, because
    exactly three digits behind a point look like grouped thousands.
    """
    text = f"{value.normalize():f}"
    return Bare(text.replace(".", ",") if _THREE_DECIMALS.fullmatch(text) else text)


def page(values: Mapping[str, Value], body: str = "") -> str:
    """A whole file: the values as its front matter, `body` below."""
    head = "\n".join(block(values))
    return f"---\n{head}\n---\n{body.strip()}\n" if body.strip() else f"---\n{head}\n---\n"


def block(values: Mapping[str, Value], indent: int = 0) -> list[str]:
    """The lines of a group of values, indented by `indent` blanks."""
    lines: list[str] = []
    pad = " " * indent
    for key, value in values.items():
        lines += _entry(f"{pad}{scalar(key)}:", value, indent)
    return lines


def items(values: Iterable[Value], indent: int) -> list[str]:
    """The lines of a list whose dashes stand behind `indent` blanks."""
    lines: list[str] = []
    pad = " " * indent
    for value in values:
        if isinstance(value, dict) and value:
            first, *rest = block(value, indent + 2)
            lines += [f"{pad}- {first.lstrip()}", *rest]
        else:
            lines.append(f"{pad}- {inline(value)}")
    return lines


def _entry(start: str, value: Value, indent: int) -> list[str]:
    if isinstance(value, dict) and value:
        return [start, *block(value, indent + 2)]
    if isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        return [start, *items(value, indent + 2)]
    if isinstance(value, str) and _is_paragraphs(value):
        pad = " " * (indent + 2)
        return [f"{start} |-", *(f"{pad}{line}" if line else "" for line in value.split("\n"))]
    return [f"{start} {scalar(value) if isinstance(value, str) else inline(value)}"]


def _is_paragraphs(text: str) -> bool:
    return "\n" in text and text == text.strip() and not _UNPRINTABLE.search(text)


def inline(value: Value) -> str:
    """The value on one line, groups and lists in brackets."""
    if isinstance(value, dict):
        inner = (f"{scalar(key, True)}: {inline(item)}" for key, item in value.items())
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, list):
        return f"[{', '.join(inline(item) for item in value)}]"
    return scalar(value, True)


def scalar(text: str, in_brackets: bool = False) -> str:
    """A single value on one line, quoted where it must be."""
    if isinstance(text, Bare) and not (in_brackets and "," in text):
        return str(text)
    return text if _is_safe(text, in_brackets) else _quoted(text)


def _is_safe(text: str, in_brackets: bool) -> bool:
    if not text or text[0] in _INDICATORS or text[-1] in ": " or _NUMBER_LIKE.fullmatch(text):
        return False
    if ": " in text or " #" in text or re.search(r"[\t\n]", text) or _UNPRINTABLE.search(text):
        return False
    if in_brackets and re.search(r"[,\[\]{}?:]", text):
        return False
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return bool(tag == _TEXT_TAG)


def _quoted(text: str) -> str:
    # JSON's quoted texts are YAML's, once the line ends that only YAML knows are escaped as well.
    return _UNPRINTABLE.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
