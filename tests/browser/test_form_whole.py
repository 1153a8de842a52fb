"""The web form with every field filled and every choice taken: what was typed is what is kept."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from partnership.checking.load import load
from partnership.cli import main
from tests.browser.conftest import Visitor
from tests.browser.whole_form import PROSE, as_member, fill_everything, plain, saved
from tests.conftest import DEMO_CITY, ROOT
from tests.sites import NOON

pytestmark = pytest.mark.slow


def opened(visitor: Visitor, demo_url: str) -> Page:
    """The form, ready to be filled."""
    page = visitor.at(demo_url)
    page.clock.set_fixed_time(datetime.fromtimestamp(NOON, UTC))
    page.goto("/mitmachen/fragebogen/")
    expect(page.locator("[data-form-area]")).not_to_have_attribute("inert", "")
    return page


@pytest.mark.parametrize("choice", ["einzeln", "nur_summe"])
def test_every_field_filled_is_accepted_saved_imported_and_kept(
    visitor: Visitor,
    demo_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    choice: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = opened(visitor, demo_url)
    said = fill_everything(page, choice, is_long=choice == "einzeln")
    # A button is named as it is read, with its spaces.
    expect(page.get_by_role("button", name="Maßnahme 1 entfernen", exact=True)).to_be_visible()
    file = saved(page, tmp_path, len(said["massnahmen"]))
    city = shutil.copytree(DEMO_CITY, tmp_path / "stadt")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))
    assert main(["import", str(file), "--root", str(city)]) == 0, capsys.readouterr().out
    told = capsys.readouterr().out
    assert f"Mitteilung des Unternehmens: {PROSE}" in told
    partnership = load(city, date(2026, 11, 23), ROOT)
    (member,) = [each for each in partnership.members if each.name == said["name"]]
    assert plain(member) == as_member(said)
    assert member.body == PROSE


def test_a_goal_that_is_moved_in_a_later_answer_stands_beside_the_first(
    visitor: Visitor, demo_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))
    city = shutil.copytree(DEMO_CITY, tmp_path / "stadt")
    page = opened(visitor, demo_url)
    measures = len(fill_everything(page, "einzeln", is_long=False)["massnahmen"])
    assert main(["import", str(saved(page, tmp_path, measures)), "--root", str(city)]) == 0
    (path,) = city.glob("members/vollstaendig-*.md")
    before = path.read_text("utf-8")
    page.get_by_role("button", name="Zurück zu den Angaben").click()
    goal = page.locator("[data-measure] [data-field=ziel]").first
    expect(goal.locator("label")).to_contain_text("Umsetzung vorgesehen bis")
    goal.locator("input").fill("06.2030")
    file = saved(page, tmp_path, measures)
    for _ in range(2):
        assert main(["import", str(file), "--root", str(city)]) == 0
        first = "    ziel: 2028\n"
        moved = before.replace(first, f"{first}    verschoben_auf: [2030-06]\n", 1)
        assert path.read_text("utf-8") == moved
