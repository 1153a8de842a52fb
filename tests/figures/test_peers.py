"""Companies like one's own: who is shown, what was left out of account, what they do most."""

from datetime import date

import pytest

from partnership.figures.peers import most_common, peers
from tests.world import a, member

DAY = date(2026, 11, 23)


def company(slug: str, sector: str, employees: str | None, *types: str) -> object:
    size = {"beschaeftigte": employees} if employees else {}
    return member(slug, *(a(each) for each in types), branche=sector, **size)


CRAFTS = [company(f"h{n}", "handwerk", "60") for n in range(3)]
SMALL = [company(f"k{n}", "handwerk", "5") for n in range(2)]
TRADE = [company(f"v{n}", "handel", "5") for n in range(2)]
UNKNOWN = [company("u", "handel", None)]
ALL = [*CRAFTS, *SMALL, *TRADE, *UNKNOWN]


@pytest.mark.parametrize(
    ("sector", "size", "shown", "relaxed", "exact"),
    [
        ("handwerk", "50-249", ["h0", "h1", "h2"], "", 3),
        # Two of them are too few: the sector has five.
        ("handwerk", "bis-9", ["h0", "h1", "h2", "k0", "k1"], "size", 2),
        # The sector has three, one of a size that nobody knows.
        ("handel", "bis-9", ["v0", "v1", "u"], "size", 2),
        # Nobody of the sector, but three of the size.
        ("verkehr", "50-249", ["h0", "h1", "h2"], "sector", 0),
        ("verkehr", "ab-1000", ["h0", "h1", "h2", "k0", "k1", "v0", "v1", "u"], "both", 0),
    ],
)
def test_who_is_shown(sector: str, size: str, shown: list[str], relaxed: str, exact: int) -> None:
    found = peers(ALL, sector, size)
    assert [each.slug for each in found.members] == shown
    assert (found.relaxed, found.exact) == (relaxed, exact)


def test_what_most_have_comes_first_and_counts_each_company_once() -> None:
    one = member("eins", a("jobticket"), a("jobticket"), a("homeoffice"))
    two = member("zwei", a("jobticket"), a("fahrtenbuch", geplant="2027"))
    hidden = a("homeoffice", veroeffentlichung="nur_summe")
    ended = a("homeoffice", laufend="2020", eingestellt="2022")
    three = member("drei", hidden, ended)
    found = most_common((one, two, three), DAY)
    assert [(key, [each.slug for each in those]) for key, those in found] == [
        ("jobticket", ["eins", "zwei"]),
        ("homeoffice", ["eins"]),
    ]
