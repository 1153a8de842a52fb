"""A company's name is what it seems to be: tried with what has been used to pass for another."""

from pathlib import Path

import pytest

from partnership.checking.rules.names import fault
from tests.helpers import MEMBER, inspected, member_text


@pytest.mark.parametrize(
    "name",
    [
        "Müller & Söhne GmbH",
        "Æbleskiver ApS",
        "İstanbul Ticaret A.Ş.",
        "Łódź Sp. z o.o.",
        "Nguyễn Văn Ấn e.K.",
        "Ελληνικά Προϊόντα",
        "Müller Ελλάς GmbH",
        "株式会社カナ",
        "شركة التنقل GmbH",
        "O\u2019Neill's Pub",
        "4711",
        "1. FC Musterstadt 04",
        "Henkel² H₂O",
        "Rad🚲 GmbH",
        "\u2026 und mehr",
        "A\u00a0B",
    ],
)
def test_a_name_as_companies_have_it(name: str) -> None:
    assert fault(name) is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Mus\u00adter", "U+00AD"),
        ("Mus\u200dter", "U+200D"),
        ("Mus\u200cter", "U+200C"),
        ("Muster\ufe0f", "U+FE0F"),
        ("Muster\U000e0041", "U+E0041"),
        ("Mus\u034fter", "U+034F"),
        ("\u3164", "U+3164"),
        ("\u2800", "U+2800"),
        ("Muster\ufffd", "U+FFFD"),
        ("Muster\ue000", "U+E000"),
        ("Muster\U0003ffff", "U+3FFFF"),
        ("Н\u0435nkel AG", "kyrillische und lateinische"),
        ("H\u0435nkel AG", "lateinische und kyrillische"),
        ("\u0397enkel", "griechische und lateinische"),
        ("Beta\u0585", "lateinische und armenische"),
        ("\uff28enkel", "Schmuckzeichen"),
        ("\U0001d407enkel", "Schmuckzeichen"),
        ("O\ufb03ce", "Schmuckzeichen"),
        ("&%!", "kein Buchstabe"),
        ("\u0301Muster", "übereinander"),
        ("M\u0301\u0302\u0303uster", "übereinander"),
    ],
)
def test_a_name_that_could_be_taken_for_another(name: str, said: str) -> None:
    found = fault(name)
    assert found is not None
    assert said in found[0]


def test_it_is_told_on_its_line(tmp_path: Path) -> None:
    text = member_text(name="H\u0435nkel AG")
    (problem,) = inspected(tmp_path, {MEMBER: text}).problems
    assert (problem.place.line, problem.place.column, problem.rule) == (2, 7, "name")
