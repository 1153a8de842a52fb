"""Whom visitors can ask: what is known can be called and written to, what is not leaves no row."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import Tag

from tests.helpers import SMALL_CITY
from tests.sites import Site, run_build, small_city, words

PAGES = ("kontakt/", "beratung/", "partnerschaft/aufgaben/", "mitmachen/", "mitmachen/fragebogen/")
CITY = "data/partnerschaft.yml"


@pytest.fixture(scope="module")
def demo(demo_site: Path) -> Site:
    return Site(demo_site)


def ways(element: Tag | None) -> list[str]:
    assert element is not None
    return [str(each["href"]) for each in element.select("a")]


def item(site: Site, page: str, heading: str) -> Tag:
    """The card with this heading."""
    (found,) = (
        each
        for each in site.pages[page].select(".told > li, .partner-list > li")
        if words(each.select_one("h3, h4")) == heading
    )
    return found


def test_the_office_is_reached_in_every_way_that_it_has(demo: Site) -> None:
    (facts,) = demo.pages["kontakt/"].select("main .facts")
    assert ways(facts) == [
        "tel:000012340",
        "mailto:mobilitaetspartnerschaft@musterstadt.example",
        "https://www.musterstadt.example/mobilitaet/gespraech",
        "https://www.musterstadt.example/mobilitaet/kontakt",
        "https://www.musterstadt.example/mobilitaet",
    ]
    assert "Am Alten Zollhaus 12 00101 Musterstadt" in words(facts)


def test_a_chamber_is_reached_in_its_own_ways(demo: Site) -> None:
    chamber = item(demo, "kontakt/", "Industrie- und Handelskammer Musterland")
    assert ways(chamber) == [
        "tel:0000567820",
        "mailto:mobilitaet@ihk-musterland.example",
        "https://www.ihk-musterland.example/mobilitaet/termin",
        "https://www.ihk-musterland.example",
    ]
    assert "Börsenplatz 3, 00102 Musterstadt" in words(chamber)


def test_advice_has_its_own_contact_or_that_of_who_gives_it(demo: Site) -> None:
    own = ways(item(demo, "beratung/", "Fuhrpark-Check").select_one(".ways"))
    assert own == [
        "tel:0000901244",
        "mailto:fuhrpark@hwk-musterland.example",
        "https://www.hwk-musterland.example/fuhrpark-check/termin",
        "https://www.hwk-musterland.example/fuhrpark-check",
    ]
    chambers = ways(item(demo, "beratung/", "Einstiegsberatung der Kammern").select_one(".ways"))
    assert chambers[0] == "tel:0000567820"
    citys = ways(item(demo, "beratung/", "Mobilitätsberatung der Stadt").select_one(".ways"))
    assert citys[0] == "tel:000012340"


def test_every_type_of_measure_says_whom_to_call(demo: Site) -> None:
    types = {path: page for path, page in demo.pages.items() if page.select(".type-page .steps")}
    assert len(types) > 10
    silent = [p for p, page in types.items() if not page.select(".type-page a[href^='tel:']")]
    assert silent == []


def test_whom_to_ask_stands_before_the_long_form(demo: Site) -> None:
    page = str(demo.pages["mitmachen/fragebogen/"].main)
    assert 0 < page.index('href="tel:000012340"') < page.index("data-form")


def test_what_is_not_known_leaves_no_row_and_the_website_is_the_way_on(tmp_path: Path) -> None:
    data: Any = yaml.safe_load((SMALL_CITY / CITY).read_text("utf-8"))
    office = data["geschaeftsstelle"]
    open_to = "[[offen: Lakune]]"
    office |= {"stelle": open_to, "telefon": open_to, "email": open_to, "terminseite": open_to}
    office["anschrift"] = {"strasse": open_to, "plz": open_to, "ort": "Ort"}
    office["website"] = "https://stadt.example/mobil"
    data["initialpartner"][0]["kontakt"] = {"telefon": open_to, "email": open_to}
    folder = small_city(tmp_path, {CITY: yaml.safe_dump(data, allow_unicode=True)})
    done = run_build(folder, "--strict")
    assert done.returncode == 0, done.stderr
    site = Site(folder / "site")
    for path in PAGES:
        assert "Noch offen: Lakune" not in words(site.pages[path].main), path
    assert "https://stadt.example/mobil" in ways(site.pages["kontakt/"].select_one("main .facts"))
    assert "https://stadt.example/mobil" in ways(
        site.pages["mitmachen/fragebogen/"].select_one(".ways")
    )
    # Who edits still learns of it.
    assert "Lakune" in done.stderr
