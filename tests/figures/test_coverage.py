"""How much of the partnership the entries show: from when on a page may compare and draw."""

from typing import Any

import pytest

from partnership.figures.coverage import Coverage, coverage
from partnership.model.city import Headcount
from tests.world import TODAY, member, partnership


def published(count: int) -> Headcount:
    """A published number of members."""
    return Headcount.model_validate({"stand": "2026", "anzahl": str(count), "quelle": "Bericht"})


@pytest.mark.parametrize(
    ("listed", "confirmed", "known", "members", "measures"),
    [
        (0, 0, 0, False, False),
        (0, 0, 100, False, False),
        (6, 0, 100, False, False),
        (49, 49, 100, False, False),
        (50, 49, 100, True, False),
        (50, 50, 100, True, True),
        (6, 6, 0, True, True),
        (6, 2, 0, True, False),
        (1, 1, 0, True, True),
    ],
)
def test_half_of_the_known_members_are_enough(
    listed: int, confirmed: int, known: int, *, members: bool, measures: bool
) -> None:
    newest = published(known) if known > listed else None
    cover = Coverage(listed, listed, confirmed, newest, knows_joining=True)
    assert (cover.shows_members, cover.shows_measures) == (members, measures)
    assert cover.shows_course is members
    assert not Coverage(listed, listed, confirmed, newest, knows_joining=False).shows_course


def of_three(*told: int, **more: Any) -> Coverage:
    """What three companies, two of them confirmed, show beside published numbers of members."""
    base = partnership()
    city = base.city.model_copy(update={"headcounts": tuple(map(published, told))})
    source = {"bestaetigung": "oeffentliche_quelle"}
    members = member("eins"), member("zwei"), member("drei", **source)
    return coverage(partnership(*members, city=city, **more), TODAY)


def test_who_is_listed_and_who_answered() -> None:
    found = of_three()
    assert (found.listed, found.members, found.confirmed) == (3, 3, 2)
    assert found.published is None
    assert found.known == 3


@pytest.mark.parametrize(("told", "known"), [(2, 3), (3, 3), (4, 4)])
def test_a_published_number_counts_where_it_is_larger(told: int, known: int) -> None:
    found = of_three(told)
    assert found.known == known
    assert (found.published is not None) == (told > 3)


def test_who_is_shown_nowhere_is_a_member_but_not_listed() -> None:
    found = of_three(unlisted=(member("vier", oeffentlich="nein"),))
    assert (found.listed, found.members, found.known) == (3, 4, 4)
    # A published number is held against all of them.
    assert of_three(4, unlisted=(member("vier", oeffentlich="nein"),)).published is None


@pytest.mark.parametrize(
    ("joined", "knows"), [([], False), ([""], False), (["2020"], True), (["2020", ""], True)]
)
def test_a_course_needs_the_day_of_joining_of_half_of_them(joined: list[str], knows: bool) -> None:
    members = [member(f"m{n}", **({"beitritt": at} if at else {})) for n, at in enumerate(joined)]
    assert coverage(partnership(*members), TODAY).knows_joining is knows


def test_nobody_listed_and_nobody_known() -> None:
    nobody = coverage(partnership(), TODAY)
    assert (nobody.listed, nobody.known) == (0, 0)
    assert not nobody.shows_members
    assert not nobody.shows_measures
