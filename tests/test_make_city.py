"""The generator of fictitious cities, and the one that is committed."""

from datetime import date
from pathlib import Path

import pytest

from partnership.checking.load import load
from partnership.model.partnership import Partnership
from tests.make_city import MUSTERSTADT, make_city


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def musterstadt(root: Path, demo_day: date) -> Partnership:
    return load(MUSTERSTADT, demo_day, base=root)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    make_city(tmp_path / "one", 60, seed=5)
    make_city(tmp_path / "two", 60, seed=5)
    # The site's settings name the way to the engine, which is the same from both.
    assert _files(tmp_path / "one") == _files(tmp_path / "two")


def test_another_seed_gives_other_members(tmp_path: Path) -> None:
    make_city(tmp_path / "one", 20, seed=5)
    make_city(tmp_path / "two", 20, seed=6)
    assert set(_files(tmp_path / "one/members")) != set(_files(tmp_path / "two/members"))


def test_old_members_make_way(tmp_path: Path) -> None:
    make_city(tmp_path, 20, seed=5)
    make_city(tmp_path, 7, seed=6)
    assert len(list((tmp_path / "members").glob("*.md"))) == 7


@pytest.mark.parametrize("members", [1, 150])
def test_a_made_city_is_sound(tmp_path: Path, root: Path, demo_day: date, members: int) -> None:
    make_city(tmp_path, members, seed=9)
    assert len(load(tmp_path, demo_day, base=root).members) == members


def test_addresses_of_invented_companies_lead_nowhere(tmp_path: Path) -> None:
    make_city(tmp_path, 40, seed=9)
    for path in (tmp_path / "members").glob("*.md"):
        for line in path.read_text("utf-8").splitlines():
            if "://" in line or "@" in line:
                assert ".example" in line, f"{path.name}: {line}"


def test_musterstadt_shows_every_kind_of_entry(musterstadt: Partnership, demo_day: date) -> None:
    members, measures = musterstadt.members, [m for c in musterstadt.members for m in c.measures]
    assert 95 <= len(members) <= 105
    assert {member.sector for member in members} == set(musterstadt.sectors)
    assert {member.district for member in members} == set(musterstadt.districts)
    assert {measure.status(demo_day) for measure in measures} == {
        "geplant",
        "laufend",
        "umgesetzt",
        "eingestellt",
    }
    assert any(not measure.is_public for measure in measures)
    assert any(member.left for member in members)
    assert any(member.former for member in members)
    assert any(member.logo for member in members)
    assert any(member.internal_note for member in members)
    assert any(figures.is_public for member in members for figures in member.figures.values())
    unconfirmed = sum(not member.is_confirmed for member in members)
    assert 0.08 <= unconfirmed / len(members) <= 0.16
    assert {event.state for event in musterstadt.events} == {"geplant", "verschoben", "abgesagt"}


def test_musterstadt_has_nothing_left_to_fill_in(musterstadt: Partnership) -> None:
    assert musterstadt.fill_ins == ()
    assert musterstadt.city.is_demonstration
