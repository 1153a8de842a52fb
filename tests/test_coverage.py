"""Where few members are listed, unknown never reads as none; with none, few and many members no
page looks broken.
"""

import re

import pytest
from bs4 import BeautifulSoup, Tag

from tests.make_city import make_city
from tests.sites import Site, run_build, words

pytestmark = pytest.mark.slow

FIGURES = ("statistik/", "statistik/massnahmen/", "statistik/vergleich/")
SIZES = (0, 6, 96)
# Musterstadt's office last published 91 members.
PUBLISHED = 91


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Site]:
    """Cities of three sizes."""
    sites = {}
    for size in SIZES:
        city = tmp_path_factory.mktemp(f"mit-{size}") / "stadt"
        make_city(city, size, seed=7)
        done = run_build(city, "--strict", "--quiet")
        assert done.returncode == 0, done.stderr
        sites[size] = Site(city / "site")
    return sites


@pytest.mark.parametrize("size", SIZES)
def test_no_page_links_into_nothing(built: dict[int, Site], size: int) -> None:
    assert list(built[size].broken_links()) == []


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_left_empty(built: dict[int, Site], size: int) -> None:
    empty = [
        f"{address}: {element.name} {element.get('class', '')}"
        for address, page in built[size].pages.items()
        for element in page.main.select(
            "section, ul, ol, table, p, li, dd, td, h2, h3, .entry-rows"
        )
        if not element.has_attr("hidden")
        and not words(element)
        and not element.select("img, svg, input, button")
        and element.find_parent(attrs={"hidden": True}) is None
        and element.find_parent("form") is None
    ]
    # The form and the search are filled by their scripts.
    assert [each for each in empty if not each.startswith(("mitmachen/fragebogen", "suche"))] == []


@pytest.mark.parametrize("size", [0, 6])
def test_few_entries_make_no_chart_and_no_zero(built: dict[int, Site], size: int) -> None:
    site = built[size]
    for address in FIGURES:
        page = site.pages[address]
        drawn = [figure["id"] for figure in page.select("section.statistic:has(svg.chart)")]
        assert set(drawn) <= {"mitgliederzahlen"}, address
        assert [words(cell) for cell in zeros(page)] == []
        assert "verzeichnet" in words(page.select_one("p.callout"))
    home = [words(figure) for figure in site.pages[""].select(".figure")]
    assert home[0].startswith(f"{PUBLISHED} Unternehmen sind dabei")
    assert not any(re.match("0 ", figure) for figure in home)
    assert not any("laufen oder" in figure for figure in home)


@pytest.mark.parametrize("size", SIZES)
def test_a_table_has_more_to_tell_than_that_nothing_is_known(
    built: dict[int, Site], size: int
) -> None:
    for address in FIGURES:
        for section in built[size].pages[address].select("section.statistic:has(.figures-table)"):
            labels = [words(label) for label in section.select("tbody th")]
            assert [label for label in labels if not label.startswith("ohne")], section["id"]


@pytest.mark.parametrize("size", SIZES)
def test_what_is_most_frequent_is_more_than_the_rest(built: dict[int, Site], size: int) -> None:
    for address in FIGURES:
        for section in built[size].pages[address].select("section.statistic:has(.figures-table)"):
            told = re.match("Am häufigsten: .*", words(section.select_one("p")))
            if not told:
                continue
            counts = [
                int(words(cell).split()[0])
                for label, cell in zip(
                    section.select("tbody th"), section.select("tbody td"), strict=True
                )
                if f"{words(label)} (" not in told[0] and not words(label).startswith("ohne")
            ]
            assert min(map(int, re.findall(r"\((\d+)\)", told[0]))) > max(counts, default=0)


@pytest.mark.parametrize("size", [6, 96])
def test_a_company_alone_in_its_trade_is_not_shown_others(
    built: dict[int, Site], size: int
) -> None:
    headings = [page.select_one("#aehnlich") for page in built[size].pages.values()]
    for heading in filter(None, headings):
        assert heading.find_parent("section").select(".card")


def zeros(page: BeautifulSoup) -> list[Tag]:
    """Cells and sums that say none."""
    return [cell for cell in page.select("main td, .chart__value") if words(cell) in {"0", "0 %"}]


@pytest.mark.parametrize("size", [0, 6])
def test_unknown_never_reads_as_none(built: dict[int, Site], size: int) -> None:
    none = re.compile(r"\b(noch keine?[ns]?|kein Unternehmen|kein Mitglied)\b", re.IGNORECASE)
    found = [
        f"{address}: {text.strip()}"
        for address, page in built[size].pages.items()
        if not address.startswith(("mitmachen/", "aktuelles/", "veranstaltungen/", "leichte"))
        for text in page.main.find_all(string=none)
        if not re.search(r"verzeichnet|Auskunft|bestätigt|selbst gemacht|entspricht", str(text))
        and text.find_parent(attrs={"hidden": True}) is None
    ]
    # The prose of the partnership speaks of rules, not of entries.
    assert [each for each in found if each.startswith(("massnahmen", "mitglieder", "stat"))] == []


def test_many_entries_have_their_charts(built: dict[int, Site]) -> None:
    site = built[96]
    assert len(site.pages["statistik/"].select("svg.chart")) >= 4
    assert len(site.pages["statistik/massnahmen/"].select("svg.chart")) == 4
    assert len(site.pages["statistik/vergleich/"].select("table")) >= 4
    assert not any(site.pages[address].select("p.callout") for address in FIGURES)
    assert any("laufen oder" in words(figure) for figure in site.pages[""].select(".figure"))
