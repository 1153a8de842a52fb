"""A city without districts shows, asks and exports none."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from partnership.cli import main
from tests.conftest import Build
from tests.make_city import make_city
from tests.recompute import differences
from tests.shown.reader import Reader
from tests.sites import Site


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ohne-bezirke") / "stadt"
    make_city(folder, 12, seed=4)
    for path in (folder / "data/stadtbezirke.yml", *folder.glob("data/*.geojson")):
        path.unlink()
    for path in (folder / "data/partnerschaft.yml", *folder.glob("members/*.md")):
        text = re.sub(r"(?m)^(stadtbezirk|karte):.*\n", "", path.read_text("utf-8"))
        # What companies write of themselves is their own.
        path.write_text(text.replace("Stadtbezirk", "Viertel"), "utf-8")
    return folder


@pytest.fixture(scope="module")
def site(city: Path, build: Build, tmp_path_factory: pytest.TempPathFactory) -> Site:
    config = city / "mkdocs.yml"
    config.write_text(f"{config.read_text('utf-8')}\nextra: {{redaktion: true}}\n", "utf-8")
    return Site(build(city, tmp_path_factory.mktemp("ohne-bezirke") / "site"))


def tables(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for path in (folder / "daten").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            yield path.stem, next(csv.reader(file))


def test_pages_and_forms_know_of_none(site: Site) -> None:
    said = {
        address
        for address, page in site.pages.items()
        # English readers are told what the words of the German pages mean.
        if "stadtbezirk" in page.get_text().lower() and address != "en/"
    }
    assert said == set()
    assert site.pages["mitglieder/"].select("[name=branche]")
    assert not site.pages["mitglieder/"].select("[name=stadtbezirk]")
    assert not [name for name in site.files if "stadtbezirk" in name and ".schema." not in name]
    (form,) = (name for name in site.files if name.endswith("fragebogen.xlsx"))
    cells = [
        str(cell.value)
        for sheet in load_workbook(site.folder / form).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert any("Branche" in cell for cell in cells)
    assert not any("bezirk" in cell.lower() for cell in cells)
    settings = (site.folder.parent / "site-redaktion/redaktion/config.json").read_text("utf-8")
    assert "branche" in settings
    assert "stadtbezirk" not in settings


def test_open_data_have_no_column_of_them(site: Site) -> None:
    found = dict(tables(site.folder))
    assert {"mitglieder", "jahressummen"} < found.keys()
    assert "stadtbezirke" not in found
    assert not [name for name, head in found.items() if "stadtbezirk" in head]
    described = json.loads((site.folder / "daten/datapackage.json").read_bytes())
    assert "bezirk" not in json.dumps(described).lower()


def test_figures_are_complete_without(site: Site) -> None:
    assert differences(site.folder / "daten") == []
    assert Reader(site.folder).faults()[0] == []


def test_a_new_member_is_not_asked_for_one(city: Path) -> None:
    assert main(["new", "member", "Neu GmbH", "--branche", "handel", "--root", str(city)]) == 0
    written = (city / "members/neu-gmbh.md").read_text("utf-8")
    assert "branche: handel" in written
    assert "stadtbezirk" not in written
