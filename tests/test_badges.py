"""The badges: who gets one, what it says, and what a company pastes into its own page."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from bs4 import BeautifulSoup

from partnership.site.views.badge import badge
from tests.conftest import DEMO_CITY, ROOT
from tests.helpers import MEMBER, TODAY, member_text, partnership_with
from tests.sites import front_matter

SVG = "{http://www.w3.org/2000/svg}"


def text_of(path: Path) -> list[str]:
    root = ElementTree.fromstring(path.read_bytes())  # noqa: S314 - our own file
    return [each.text or "" for each in root.iter(f"{SVG}text")]


@pytest.mark.parametrize(("built", "city"), [("demo_site", DEMO_CITY), ("city_site", ROOT)])
def test_who_has_confirmed_gets_one(request: pytest.FixtureRequest, built: str, city: Path) -> None:
    site: Path = request.getfixturevalue(built)
    told = {path.stem: front_matter(path) for path in (city / "members").glob("*.md")}
    confirmed = {
        slug for slug, each in told.items()
        if each["bestaetigung"] == "unternehmen" and "austritt" not in each
    }  # fmt: skip
    name = yaml.safe_load((city / "data/partnerschaft.yml").read_text("utf-8"))["name"]
    found = {path.parent.name for path in site.glob("mitglieder/*/plakette.svg")}
    assert found == confirmed
    for slug, member in told.items():
        page = BeautifulSoup((site / f"mitglieder/{slug}/index.html").read_bytes(), "lxml")
        assert len(page.select('img[src$="plakette.svg"]')) == (slug in found)
        if slug in found:
            first, *rest = text_of(site / f"mitglieder/{slug}/plakette.svg")
            joined = str(member.get("beitritt", ""))
            known = joined.startswith(("19", "20"))
            assert first == (f"Mitglied seit {joined[:4]}" if known else "Mitglied")
            assert " ".join(rest) == name


@pytest.mark.parametrize(
    ("joined", "first"),
    [
        ("beitritt: 2019-05-14\n", "Mitglied seit 2019"),
        ("", "Mitglied"),
        # Only bounded by a source: the year is not known.
        ("beitritt: spätestens 2019\n", "Mitglied"),
        ("beitritt: 2019\naustritt: 2024\n", None),
        ("beitritt: 2019\naustritt: 2027\n", "Mitglied seit 2019"),
    ],
)
def test_the_year_is_on_it_where_it_is_known(
    tmp_path: Path, joined: str, first: str | None
) -> None:
    partnership = partnership_with(tmp_path, {MEMBER: member_text(joined)})
    member = next(each for each in partnership.members if each.path == MEMBER)
    found = badge(partnership, member, TODAY)
    assert (found.lines[0][0] if found else None) == first


def test_what_a_company_pastes_leads_to_its_page_and_asks_nobody(demo_site: Path) -> None:
    path = next(iter(sorted(demo_site.glob("mitglieder/*/plakette.svg"))))
    page = BeautifulSoup((path.parent / "index.html").read_bytes(), "lxml")
    (code,) = page.select(".snippet code")
    pasted = BeautifulSoup(code.get_text(), "lxml")
    (link,) = pasted.select("a[href]")
    assert str(link["href"]).endswith(f".example/mitglieder/{path.parent.name}/")
    (image,) = link.select("img")
    assert image["src"] == "plakette.svg"
    root = ElementTree.fromstring(path.read_bytes())  # noqa: S314 - our own file
    assert (image["width"], image["height"]) == (root.get("width"), root.get("height"))
    title = root.find(f"{SVG}title")
    assert title is not None
    assert image["alt"] == title.text
    # A drawing alone: nothing in it runs or fetches.
    assert not [name for each in root.iter() for name in each.attrib if name.endswith("href")]
    assert b"script" not in path.read_bytes()
    assert b"prefers-color-scheme: dark" in path.read_bytes()
