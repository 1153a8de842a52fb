"""One way to write a word on every page, and the right number behind a number."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from partnership.language import german
from partnership.model.dates import parse_partial
from tests.conftest import DEMO_CITY, ROOT
from tests.sites import Site, front_matter, words

SHOWN = ("aria-label", "alt", "title", "content")
# Not ours to spell: code, addresses, and the titles of what others published.
NOT_OURS = "script, style, code, pre, a[href^='http'], link"


@pytest.fixture(scope="module", params=["demo", "city"])
def texts(request: pytest.FixtureRequest) -> Mapping[str, str]:
    """What is read or read out on every page, by the page's address."""
    site = Site(request.getfixturevalue(f"{request.param}_site"))
    return {address: _text(page) for address, page in site.pages.items()}


def _text(page: BeautifulSoup) -> str:
    spoken = [
        str(element[name])
        for name in SHOWN
        for element in page.find_all(attrs={name: True})
        if not str(element[name]).startswith("http")
    ]
    for element in page.select(NOT_OURS):
        element.decompose()
    # The bar keeps apart what only stands side by side, such as a figure and the next label.
    return "|".join((page.get_text("|"), *spoken))


def found(pattern: str, texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Where the pattern is met, with the page's address."""
    wrong = re.compile(pattern)
    return [(address, hit[0]) for address, text in texts.items() for hit in wrong.finditer(text)]


def test_behind_a_one_stands_the_singular(texts: Mapping[str, str]) -> None:
    types = yaml.safe_load((ROOT / "data/massnahmentypen.yml").read_text("utf-8"))
    figures = yaml.safe_load((ROOT / "data/fragebogen.yml").read_text("utf-8"))["kennzahlen"]
    units = [each["einheit"] for each in types.values()]
    forms = {(unit.get("kurz"), unit.get("einzahl")) for unit in units}
    forms |= {(each["einheit"], each.get("einzahl")) for each in figures.values()}
    forms |= {("Maßnahmen", "Maßnahme"), ("Mitglieder", "Mitglied"), ("Personen", "Person")}
    plurals = "|".join(re.escape(many) for many, one in forms if one and many != one)
    assert found(rf"(?<![\d.,:–-])(?<!\d )\b1\|? (?:{plurals})\b", texts) == []


def test_the_singular_is_met_somewhere(demo_site: Path) -> None:
    pages = (demo_site / "massnahmen/fuhrpark").glob("*/index.html")
    text = " ".join(words(BeautifulSoup(page.read_bytes(), "lxml")) for page in pages)
    for one in ("1 Betriebsrad", "1 Elektro-Nutzfahrzeug", "1 gemeinsam genutzter Pkw"):
        assert re.search(rf"\b{one}\b", text), one


def test_carbon_dioxide_is_written_in_one_way(texts: Mapping[str, str]) -> None:
    assert found(r"(?i)\bCO ?2(?!\d)|\bCO₂ ?-?äq\.|\bCO₂eq\b", texts) == []


def test_a_company_writes_itself_as_its_entry_says(texts: Mapping[str, str]) -> None:
    """Names all in capitals or all in small letters are those that writers tend to mend."""
    for city in (ROOT, DEMO_CITY):
        names = [str(front_matter(file)["name"]) for file in (city / "members").glob("*.md")]
        for name in names:
            if name.isalpha() and name in {name.lower(), name.upper()}:
                hits = found(rf"(?i)\b{name}\b", texts)
                assert {spelt for _, spelt in hits} <= {name}, hits


@pytest.mark.parametrize(
    ("founded", "since"),
    [
        ("2017-11-13", "seit dem 13. November 2017"),
        ("2017-11", "seit November 2017"),
        ("2017", "seit 2017"),
        ("spätestens 2017-11-13", "spätestens seit dem 13. November 2017"),
    ],
)
def test_since_takes_an_article_before_a_day_alone(founded: str, since: str) -> None:
    assert german.since(parse_partial(founded)) == since


def test_no_page_says_since_and_a_day_without_an_article(texts: Mapping[str, str]) -> None:
    assert found(r"(?i)\bseit\s+\d{1,2}\.", texts) == []


def test_the_page_in_english_tells_term_networks_and_sister_cities(demo_site: Path) -> None:
    page = BeautifulSoup((demo_site / "en/index.html").read_bytes(), "lxml")
    text = words(page.main)
    assert "signed on 20 June 2024. The present term runs until 31 December 2027." in text
    assert "goes on by itself, for 2 years at a time" in text
    assert "with 6 months’ notice to the end of a year" in text
    names = {words(each): each.get("lang") for each in page.select(".told h3")}
    assert names["Klimarunde Musterland"] == names["Wege-Allianz Probehausen"] == "de"
    assert "35 companies in the district of Probehausen" in text
    # What nobody has put into English is named, not shown in German.
    assert "Runder Tisch Radverkehr" in names
    assert "Verwaltung, Verbände und Betriebe" not in text


@pytest.mark.parametrize(("folder", "site"), [(ROOT, "city"), (DEMO_CITY, "demo")])
def test_each_milestone_names_all_its_sources(
    folder: Path, site: str, request: pytest.FixtureRequest
) -> None:
    data = yaml.load((folder / "data/partnerschaft.yml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - texts only
    told = {each["was"].strip(): each for each in data["meilensteine"]}
    built = request.getfixturevalue(f"{site}_site")
    page = BeautifulSoup((built / "partnerschaft/index.html").read_bytes(), "lxml")
    shown = page.select(".milestones > li")
    assert len(shown) == len(told)
    for item in shown:
        each = next(found for text, found in told.items() if plain(text) in plain(words(item)))
        sources = [each["quelle"], *each.get("weitere_quellen", [])]
        linked = [str(link["href"]) for link in item.select(".source a")]
        assert linked == [source for source in sources if source.startswith("http")]
        assert all(s.startswith("http") or s in plain(words(item)) for s in sources)


def plain(text: str) -> str:
    """Without the difference of white space."""
    return " ".join(text.split())


def test_the_legal_basis_is_said_once_where_the_office_fills_it_in(demo_site: Path) -> None:
    page = BeautifulSoup((demo_site / "datenschutz/index.html").read_bytes(), "lxml")
    facts = page.select_one("dl.facts--wide")
    assert facts is not None
    told = [words(each.dd) for each in facts.select("div") if "Rechtsgrundlage" in words(each.dt)]
    assert told == ["Artikel 6 Absatz 1 Buchstabe e DSGVO"] * 3
    facts.decompose()
    assert "Absatz 1 Buchstabe e" not in words(page.main)
