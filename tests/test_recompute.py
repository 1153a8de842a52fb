"""Every published figure is computed again from the CSV files, and pages show no other figures."""

from datetime import date
from pathlib import Path

import pytest
from bs4 import NavigableString

from partnership.checking.load import load
from partnership.site.exports import editions
from partnership.site.views.measures import MeasureIndex
from partnership.site.words import Words
from tests.conftest import DEMO_CITY
from tests.helpers import MEMBER, TODAY, member_text, partnership_with
from tests.recompute import Data, differences
from tests.shown.reader import Reader

BOTH = pytest.mark.parametrize("built", ["demo_site", "city_site"])


@pytest.fixture
def folder(request: pytest.FixtureRequest, built: str) -> Path:
    site: Path = request.getfixturevalue(built)
    return site


@pytest.fixture(scope="module")
def reader(demo_site: Path) -> Reader:
    return Reader(demo_site)


@BOTH
def test_figures_sums_and_estimates_follow_from_the_published_tables_alone(
    folder: Path, built: str
) -> None:
    tables = Data(folder / "daten").tables
    # Whoever has closed no year yet has no sums of one.
    filled = ("statistik", "annahmen") + (("jahressummen",) if built == "demo_site" else ())
    assert all(tables[name] for name in filled)
    assert differences(folder / "daten") == []


def test_figures_of_an_edition_follow_from_its_own_tables(root: Path, tmp_path: Path) -> None:
    for name, content in editions.tables(load(DEMO_CITY, TODAY, root), 2025).items():
        (tmp_path / name).write_bytes(content)
    assert Data(tmp_path).day == date(2025, 12, 31)
    assert differences(tmp_path) == []


def test_every_number_on_the_pages_follows_from_the_published_tables(reader: Reader) -> None:
    faults, shown = reader.faults()
    assert faults == []
    assert [address for address, count in shown.items() if not count] == ["statistik/zaehlregeln/"]
    assert len(shown) > 100
    assert sum(shown.values()) > 10_000


def test_ones_own_citys_pages_show_no_other_numbers(city_site: Path) -> None:
    """However few members it has: without any, these pages still say of which day they are."""
    faults, shown = Reader(city_site).faults()
    assert faults == []
    assert shown["statistik/"]
    assert shown["statistik/massnahmen/"]


# What the reader does not see, it cannot check.


@pytest.mark.parametrize(
    ("page", "selector", "text"),
    [
        ("", ".figure__value", "97"),
        ("", ".field-tile .muted", "27 Maßnahmen · 22 Unternehmen"),
        ("statistik/", ".chart__value", "17"),
        ("statistik/", "#mitglieder-nach-groesse > p", "Am häufigsten: bis 9 Beschäftigte (99)."),
        ("statistik/vergleich/", "#handlungsfeld-branche tbody td", "40"),
        ("statistik/handlungsfeld-branche/", ".entry-row h2", "Handwerk, Netzwerk: 3 Maßnahmen"),
        ("statistik/summen/", "td.number", "708"),
        ("statistik/kennzahl-beschaeftigte/", ".entry-row li .muted", "1.000"),
        ("statistik/wirkung/", ".estimate__range strong", "33 bis 360 t CO₂e im Jahr"),
        ("statistik/wirkung/", ".estimate__likely", "Mitte: 190.001."),
        ("statistik/wirkung/", ".estimate__formula", "351 × 13 % × 132 Tage"),
        ("statistik/wirkung/", ".estimate__entries li", ": 12 (2025)"),
        ("massnahmen/arbeitswege/jobticket/", '[data-range="co2e"]', "1,2 bis 11 t CO₂e"),
        ("branchen/", ".tile-list .muted", "6 Mitglieder, 26 Maßnahmen"),
        ("branchen/handwerk/", ".plain-list li", ": 11 Beratungen und Workshops"),
        ("massnahmen/fuhrpark/", ".status-counts li", "17"),
        ("mitglieder/", "option[value=handel]", "Handel (8)"),
    ],
)
def test_a_wrong_number_is_found(reader: Reader, page: str, selector: str, text: str) -> None:
    main = reader.content(page)
    assert reader.faults_of(page, reader.content(page)) == []
    element = main.select_one(selector)
    assert element is not None
    number = next(each for each in element.find_all(string=True) if any(map(str.isdigit, each)))
    number.replace_with(NavigableString(text))
    assert reader.faults_of(page, main) != []


def test_what_has_ended_is_shown_but_not_counted(tmp_path: Path) -> None:
    text = member_text(
        "massnahmen:\n"
        "  - {typ: homeoffice, laufend: 2020, eingestellt: 2024}\n"
        "  - {typ: fahrtenbuch, geplant: 2026, ziel: 2027}\n"
    )
    partnership = partnership_with(tmp_path, {MEMBER: text})
    # The other one is the ticket of another company; its log counts in totals only.
    assert Words(partnership, TODAY).fill("[[zahl: massnahmen]]") == "2"
    page = MeasureIndex(partnership, TODAY).type_page("homeoffice")
    assert (page.tile.companies, page.sectors) == (0, ())
    assert [example.member for example in page.examples] == ["Muster GmbH"]
