"""The list of changes, from a real git repository of a small city."""

from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from partnership import history
from tests.sites import commit, git, run_build, small_city

FIRST, SECOND = "2026-10-01T10:00:00+02:00", "2026-10-05T10:00:00+02:00"
UNTIL = date(2026, 10, 31)
MEMBER = "members/beispielwerke.md"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A small city whose files were all committed on the first of October."""
    folder = small_city(tmp_path)
    git(folder, "init", "-q")
    commit(folder, "Begin", FIRST)
    return folder


def change(city: Path, old: str, new: str) -> None:
    file = city / MEMBER
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def later(city: Path, message: str = "Edit") -> list[history.Change]:
    commit(city, message, SECOND)
    return [each for each in history.changes(city, UNTIL) if each.day == date(2026, 10, 5)]


def test_new_entries_are_added(city: Path) -> None:
    found = history.changes(city, UNTIL)
    assert {each.kind for each in found} == {"added"}
    assert MEMBER in {each.path for each in found}
    assert {each.day for each in found} == {date(2026, 10, 1)}


def test_an_edit_names_what_was_edited_and_why(city: Path) -> None:
    change(city, "beschaeftigte: ", "beschaeftigte: 1")
    (found,) = later(city, "Korrektur: Zahl der Beschäftigten war falsch übertragen")
    assert found.kind == "edited"
    assert found.parts == ("Beschäftigte an den Standorten der Stadt",)
    assert found.note == "Zahl der Beschäftigten war falsch übertragen"


def test_what_is_not_published_leaves_no_trace(city: Path) -> None:
    change(city, "Rückruf im Frühjahr", "Rückruf im Mai")
    assert later(city) == []


def test_what_is_for_totals_only_leaves_no_trace(city: Path) -> None:
    text = (city / MEMBER).read_text("utf-8")
    new = "  - {typ: jobticket, laufend: 2025-01, umfang: 77, veroeffentlichung: nur_summe}\n"
    (city / MEMBER).write_text(text.replace("massnahmen:\n", f"massnahmen:\n{new}", 1), "utf-8")
    assert new in (city / MEMBER).read_text("utf-8")
    assert later(city) == []


@pytest.mark.parametrize(
    "first",
    [
        "massnahmen: [{typ: jobticket, laufend: 2025-01, veroeffentlichung: nur_summe}]\n",
        "kennzahlen: {2025: {pkw_gesamt: 12}}\n",
    ],
)
def test_nor_does_the_first_of_its_kind(city: Path, first: str) -> None:
    file = city / "members/handelshaus-probe.md"
    text = file.read_text("utf-8")
    assert first.partition(":")[0] not in text
    file.write_text(text.replace("bestaetigung:", f"{first}bestaetigung:"), "utf-8")
    assert later(city) == []
    done = run_build(city)
    assert done.returncode == 0, done.stderr
    page = (city / "site/aenderungen/index.html").read_text("utf-8")
    assert "tag-2026-10-01" in page
    assert "tag-2026-10-05" not in page


def test_the_future_of_the_build_day_is_not_told(city: Path) -> None:
    change(city, "beschaeftigte: ", "beschaeftigte: 1")
    commit(city, "Edit", SECOND)
    days = {each.day for each in history.changes(city, date(2026, 10, 4))}
    assert days == {date(2026, 10, 1)}


def test_without_git_there_is_no_history(tmp_path: Path) -> None:
    assert history.changes(small_city(tmp_path), UNTIL) == ()


def test_the_page_lists_a_correction(city: Path) -> None:
    change(city, "beschaeftigte: ", "beschaeftigte: 1")
    commit(city, "Korrektur: <b>Zahlendreher</b>", SECOND)
    done = run_build(city)
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup((city / "site/aenderungen/index.html").read_bytes(), "lxml")
    day = page.select_one("#tag-2026-10-05")
    assert day is not None
    assert day.parent is not None
    (entry,) = day.parent.select("li")
    assert entry is not None
    assert "Grund: <b>Zahlendreher</b>" in entry.get_text()
    assert [link["href"] for link in entry.select("a")] == ["../mitglieder/beispielwerke/"]
