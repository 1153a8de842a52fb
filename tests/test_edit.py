"""Changing a file changes what has to change; notes, order, quotes and line ends stay.

The files are written as many hands write them: in brackets or in lines, indented by one or four,
with notes, blank lines, CRLF, a byte order mark.
"""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnership.office.questionnaire import edit
from partnership.reading import canonical
from partnership.reading.source import Document, read_page

Draw = Callable[[st.SearchStrategy[Any]], Any]

# Letters and signs that nobody sees are refused by the reader.
UNSEEN = "\u115f\u1160\u2800\u3164\uffa0"
TYPED = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"], exclude_characters=UNSEEN),
    max_size=12,
)
TRICKY = st.sampled_from(
    [
        "40233",
        "18:00",
        "no",
        "ja",
        "a: b",
        "x #y",
        "#a",
        "- a",
        '"q"',
        "it's",
        "2019-05-14",
        "1e3",
        "null",
        "~",
        "a,b",
        "{x}",
        "[y",
        "y",
        "=",
        "<<",
        "---",
        "...",
    ]
) | st.sampled_from(["a\nb", "a\n\n  b"])
TEXTS = TYPED.map(partial(normalize, "NFC")).filter(bool) | TRICKY
KEYS = st.from_regex(r"[a-z]{1,6}", fullmatch=True) | st.just("2024")
VALUES = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(KEYS, inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)
GROUPS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=5)
OFTEN = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(folder: Path, text: str) -> Document:
    file = folder / "x.md"
    file.write_bytes(text.encode())
    return read_page(file, "x.md")


@OFTEN
@given(values=GROUPS)
def test_canonical_page_says_what_it_was_given(tmp_path: Path, values: dict[str, Any]) -> None:
    document = read(tmp_path, canonical.page(values, "Text"))
    assert (document.data, document.body) == (values, "Text")
    assert not document.problems


def grown(draw: Draw, value: Any) -> Any:
    """`value` with other texts and with more in it; nothing is taken away."""
    if isinstance(value, dict):
        out = {key: grown(draw, inner) for key, inner in value.items()}
        for key, inner in draw(st.dictionaries(KEYS, VALUES, max_size=2)).items():
            out.setdefault(key, inner)
        return dict(draw(st.permutations(list(out.items()))))
    if isinstance(value, list):
        return [grown(draw, inner) for inner in value] + draw(st.lists(VALUES, max_size=2))
    return draw(st.just(value) | TEXTS)


def written(draw: Draw, values: dict[str, Any], indent: int = 0) -> list[str]:
    """The lines of `values` as some hand would write them."""
    lines: list[str] = []
    pad = " " * indent
    for key, value in values.items():
        note = draw(st.sampled_from(["", "  # Notiz"]))
        start = f"{pad}{canonical.scalar(key)}:"
        if draw(st.booleans()):
            lines.append(f"{start} {canonical.inline(value)}{note}")
        elif isinstance(value, dict):
            lines += [start + note, *written(draw, value, indent + draw(st.integers(1, 4)))]
        elif isinstance(value, list) and all(isinstance(each, dict) for each in value):
            lines.append(start + note)
            offset = indent + draw(st.sampled_from([0, 2, 4]))
            for each in value:
                inner = written(draw, each, offset + 2)
                while not inner[0].strip() or inner[0].lstrip().startswith("#"):
                    inner.pop(0)
                lines += [f"{' ' * offset}- {inner[0].lstrip()}", *inner[1:]]
        else:
            lines += canonical.block({key: value}, indent)
        if draw(st.integers(0, 5)) == 0:
            lines.append(draw(st.sampled_from(["", f"{pad}# Kommentar"])))
    return lines


@st.composite
def cases(draw: Draw) -> tuple[dict[str, Any], dict[str, Any], str]:
    before = draw(GROUPS)
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    head = [line for block in written(draw, before) for line in block.split("\n")]
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return before, grown(draw, before), mark + newline.join(["---", *head, "---", "Text", ""])


@OFTEN
@given(case=cases())
def test_change_is_made_and_everything_else_stays(
    tmp_path: Path, case: tuple[dict[str, Any], dict[str, Any], str]
) -> None:
    before, after, text = case
    document = read(tmp_path, text)
    if document.problems:
        return  # some hand's writing is no valid file
    assert document.data == before
    assert edit.updated(text, before, before) == text
    try:
        new = edit.updated(text, before, after)
    except edit.CannotEdit:
        return
    changed = read(tmp_path, new)
    assert (changed.data, changed.body) == (after, "Text")
    notes = re.compile(r"# (?:Notiz|Kommentar)(?=\r?$)", re.MULTILINE)
    assert len(notes.findall(new)) == len(notes.findall(text))
    assert ("\r\n" in text) == ("\r\n" in new)
    assert new.startswith("\ufeff") == text.startswith("\ufeff")


HAND = """---
# oben
name: "Muster"   # so heißt sie
massnahmen:
    -   typ: jobticket # seit
        umfang: {2024: 210}

    # die zweite
    -   typ: homeoffice
notiz: >
  gefaltet
  über Zeilen
---
Text
"""


@pytest.mark.parametrize(
    ("trail", "value", "old", "new"),
    [
        (("name",), "Neu", '"Muster"   #', "Neu   #"),
        (("massnahmen", 0, "umfang"), {"2024": "8"}, "{2024: 210}", '{2024: "8"}'),
        (("massnahmen", 0, "typ"), "x", "jobticket # seit", "x # seit"),
        (("massnahmen", 1, "titel"), "T", "homeoffice\n", "homeoffice\n        titel: T\n"),
        (("notiz",), "kurz", ">\n  gefaltet\n  über Zeilen\n", "kurz\n"),
    ],
)
def test_one_change_touches_one_place(
    tmp_path: Path, trail: tuple[str | int, ...], value: Any, old: str, new: str
) -> None:
    before: Any = read(tmp_path, HAND).data
    after: Any = read(tmp_path, HAND).data
    place = after
    for step in trail[:-1]:
        place = place[step]
    place[trail[-1]] = value
    assert edit.updated(HAND, before, after) == HAND.replace(old, new)
