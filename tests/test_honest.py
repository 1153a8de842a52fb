"""Figures that say no more than is known: what the built sites and their files tell."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sites import Site, words

BOTH = pytest.mark.parametrize("built", ["demo_site", "city_site"])


@pytest.fixture
def site(request: pytest.FixtureRequest, built: str) -> Site:
    return Site(request.getfixturevalue(built))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@BOTH
def test_no_file_is_a_head_alone(site: Site) -> None:
    files = list(site.folder.rglob("*.csv"))
    assert len(files) > 30
    assert [path for path in files if not rows(path)] == []


@BOTH
def test_only_files_that_are_there_are_described(site: Site) -> None:
    told = json.loads((site.folder / "daten/datapackage.json").read_bytes())["resources"]
    assert all((site.folder / "daten" / each["path"]).is_file() for each in told)
    names = {each["name"] for each in told}
    for each in told:
        for key in each["schema"].get("foreignKeys", ()):
            assert key["reference"]["resource"] in {*names, ""}
    assert list(site.broken_links()) == []


@BOTH
def test_a_file_of_figures_is_called_like_its_page(site: Site) -> None:
    files = sorted((site.folder / "statistik").glob("*.csv"))
    assert len(files) > 10
    for path in files:
        address = f"statistik/{path.stem}/"
        assert address in site.pages
        linked = [
            page
            for page, soup in site.pages.items()
            if page.startswith("statistik/")
            and soup.select_one(f'a[download][href$="{path.name}"]') is not None
        ]
        assert linked or not _is_shown(site, path.stem), path.name


def _is_shown(site: Site, key: str) -> bool:
    """Whether a page shows its figures; of tables that would mislead there are entries only."""
    return any(
        soup.select_one(f"section.statistic#{key}") for soup in site.pages.values()
    ) or key.startswith(("umfang-", "kennzahl-"))


@BOTH
def test_no_course_of_years_has_a_zero_for_what_is_not_known(site: Site) -> None:
    found = rows(site.folder / "daten/statistik.csv")
    counted = ("mitglieder-nach-jahr", "massnahmen-nach-jahr", "mitglieder-mit-massnahme-nach-jahr")
    courses = [row for row in found if row["tabelle"] in counted]
    assert courses
    assert [
        row for row in courses if row["wert"] == "0" and row["spalte"] in {"anzahl", "mitglieder"}
    ] == []


def test_where_few_joinings_are_known_file_and_page_both_tell_no_number(city_site: Path) -> None:
    site = Site(city_site)
    tables = {row["tabelle"] for row in rows(city_site / "daten/statistik.csv")}
    for key in ("mitglieder-nach-jahr", "mitglieder-mit-massnahme-nach-jahr"):
        known = key in tables
        shown = site.pages["statistik/"].select_one(f"section.statistic#{key}") is not None
        assert known or not shown
        assert (city_site / f"statistik/{key}.csv").exists() is known
        page = site.pages[f"statistik/{key}/"]
        assert ("zu wenig bekannt" in words(page.main)) is not known
        assert "Unbekannt ist nicht null" in words(page.main)


@BOTH
def test_the_share_of_members_with_a_measure_is_called_so(site: Site) -> None:
    assert [page for page, soup in site.pages.items() if "Abdeckung" in words(soup.body)] == []
    assert not any("abdeckung" in path.read_text("utf-8") for path in _figures(site.folder))
    old, new = "abdeckung-nach-jahr", "mitglieder-mit-massnahme-nach-jahr"
    assert f"/statistik/{new}/" in str(site.redirects[f"statistik/{old}/"])


def _figures(folder: Path) -> Iterator[Path]:
    yield from (folder / "statistik").glob("*.csv")
    yield from (folder / "daten").glob("*.csv")
