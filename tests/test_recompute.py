"""Every published figure is computed again from the CSV files, and pages show no other figures."""

import csv
from decimal import Decimal

import pytest

from tests.recompute import differences
from tests.sites import Site, number, words

BOTH = pytest.mark.parametrize("built", ["demo_site", "city_site"])


@pytest.fixture
def site(request: pytest.FixtureRequest, built: str) -> Site:
    return Site(request.getfixturevalue(built))


def rows(site: Site, name: str) -> list[dict[str, str]]:
    text = (site.folder / f"daten/{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@BOTH
def test_figures_and_sums_follow_from_the_published_tables_alone(site: Site) -> None:
    assert rows(site, "statistik")
    assert rows(site, "jahressummen")
    assert differences(site.folder / "daten") == []


@BOTH
def test_the_page_shows_the_figures_of_the_file(site: Site) -> None:
    told: dict[str, list[int]] = {}
    for row in rows(site, "statistik"):
        told.setdefault(row["tabelle"], []).append(int(row["wert"]))
    tables = [
        table
        for address in ("statistik/", "statistik/massnahmen/", "statistik/vergleich/")
        for table in site.pages[address].select("section.statistic:not(#mitgliederzahlen)")
    ]
    for table in tables:
        cells = [words(cell) for cell in table.select("tbody td")]
        shown = [number(cell) for cell in cells if cell != "–"]
        assert shown == told.get(str(table["id"]), []), table["id"]
    assert len(tables) > 10


@BOTH
def test_pages_of_sums_show_those_of_the_file(site: Site) -> None:
    checked = 0
    columns = ("summe_einzeln", "unternehmen_einzeln", "summe_vertraulich")
    columns = (*columns, "unternehmen_vertraulich", "summe")
    found: dict[str, list[list[str]]] = {}
    for row in rows(site, "jahressummen"):
        if row["gliederung"] == "gesamt":
            found.setdefault(row["groesse"], []).append([row[column] for column in columns])
    for figure, told in found.items():
        page = site.pages[f"statistik/{figure.replace('_', '-')}/"]
        table = page.select("section[aria-labelledby=jahre] tbody tr")
        for line, expected in zip(table, told, strict=True):
            shown = [amount(words(cell)) for cell in line.select("td")]
            assert shown == [Decimal(each or 0) for each in expected], (figure, words(line))
            checked += 1
        # Each public sum leads to as many companies as stand behind it.
        for line, expected in zip(table, told, strict=True):
            link = line.select_one("td a[href]")
            assert link is not None
            entries = page.find(id=str(link["href"]).partition("#")[2])
            assert len(entries.select("li")) == int(expected[1])  # type: ignore[union-attr]
    assert checked > 5


def amount(text: str) -> Decimal:
    """The first number of a cell; none is „–“, „offen“ as long as the year is not closed."""
    figure, _, _ = text.partition(" ")
    if figure in {"–", "offen"}:
        return Decimal(0)
    return Decimal(figure.replace(".", "").replace(",", "."))
