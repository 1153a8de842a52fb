"""German as visitors read it, and as their phones dial it."""

import pytest

from partnership.language import german


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("0211 89-1", "tel:+49211891"),
        ("(0211) 8 99 10 00", "tel:+492118991000"),
        ("0211/89 91", "tel:+492118991"),
        ("+49 (0)211 89-1", "tel:+49211891"),
        ("0049 211 891", "tel:+49211891"),
        ("0000 1234-0", "tel:000012340"),
        ("115", "tel:115"),
        ("0211 89-1, nur vormittags", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_a_number_is_dialled(written: str, dialled: str) -> None:
    assert german.dialled(written) == dialled


@pytest.mark.parametrize(
    ("number", "written"), [(0, "0"), (999, "999"), (1000, "1.000"), (-12345678, "-12.345.678")]
)
def test_whole_numbers_are_those_of_the_locale(number: int, written: str) -> None:
    assert german.number(number) == written == german.number(float(number))
