"""However a marker is written, the check, the list of gaps and the page understand it alike."""

from datetime import datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from markdown import markdown

from partnership.model.dates import LOCAL
from partnership.site.pages import Site
from tests.helpers import TESTS, TODAY, inspected, told
from tests.sites import words

FILE = "probe.md"
PAGE = f"content/{FILE}"
CITY = "data/partnerschaft.yml"
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=LOCAL)


def page(body: str) -> dict[str, str]:
    return {PAGE: f"---\ntitel: Probe\nbeschreibung: Zum Probieren.\n---\n{body}\n"}


def shown(folder: Path, body: str) -> BeautifulSoup:
    """The page as a visitor sees it."""
    loaded = inspected(folder, page(body))
    assert loaded.partnership is not None, loaded.problems
    site = Site(loaded.partnership, NOW, [TESTS.parent / "overrides"])
    return BeautifulSoup(site.body(FILE, markdown(site.markdown(FILE))), "lxml")


@pytest.mark.parametrize(
    "written",
    ["[[offen: die Anschrift]]", "[[ offen : die Anschrift ]]", "[[offen:die\nAnschrift]]"],
)
def test_a_gap_is_listed_and_marked(tmp_path: Path, written: str) -> None:
    loaded = inspected(tmp_path, page(f"Hier steht {written}."))
    assert [
        (gap.place.line, gap.place.column, gap.what) for gap in loaded.fill_ins if gap.path == PAGE
    ] == [(5, 12, "die Anschrift")]
    mark = shown(tmp_path, f"Hier steht {written}.").select_one("mark")
    assert words(mark) == "Noch offen: die Anschrift"


@pytest.mark.parametrize("written", ["[[zahl:mitglieder]]", "[[ zahl : mitglieder ]]"])
def test_a_number_is_filled_in(tmp_path: Path, written: str) -> None:
    assert words(shown(tmp_path, f"{written} Unternehmen").p) == "2 Unternehmen"


@pytest.mark.parametrize("written", ["[[block:netzwerke]]", "[[ block : netzwerke ]]"])
def test_a_block_takes_the_place_of_its_paragraph(tmp_path: Path, written: str) -> None:
    assert "[[" not in str(shown(tmp_path, f"Davor.\n\n{written}\n\nDanach."))


@pytest.mark.parametrize("written", ["[[offen:]]", "[[offen]]", "[[sta\ndt]]", "[[stadt: ]]"])
def test_what_no_page_would_fill_in_is_told(tmp_path: Path, written: str) -> None:
    assert told(tmp_path, page(f"Hier steht {written}.")) == [f"{PAGE}:5:12 marke"]


def test_a_gap_without_words_is_told_in_data_too(tmp_path: Path) -> None:
    text = (TESTS / "small_city" / CITY).read_text("utf-8")
    gap = "[[offen: Telefonnummer der Geschäftsstelle]]"
    assert gap in text
    found = told(tmp_path, {CITY: text.replace(gap, "[[offen: ]]")})
    assert [each.partition(" ")[2] for each in found] == ["marke"]
