"""What messengers and networks show beside a link: title, sentence, picture."""

import io
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from partnership.model.dates import LOCAL
from partnership.site.exports import share
from partnership.site.pages import Site as Pages
from tests.conftest import ROOT
from tests.helpers import MEMBER, SMALL_CITY, member_text, partnership_with
from tests.sites import Site, run_build, small_city

FONT = (ROOT / "overrides/assets/fonts/fira-sans-600.woff2").read_bytes()
NOW = datetime(2026, 11, 23, 12, tzinfo=LOCAL)
ADDRESS = "adresse: https://kleinstadt.example/\n"


def said(page: BeautifulSoup) -> dict[str, str]:
    return {str(tag["property"]): str(tag["content"]) for tag in page.select("meta[property]")}


def test_every_page_of_a_known_address_has_its_picture(demo_site: Path) -> None:
    site = Site(demo_site)
    pictures: dict[str, str] = {}
    for address, page in site.pages.items():
        told = said(page)
        assert told["og:title"]
        assert told["og:description"]
        picture = urlsplit(told["og:image"])
        assert picture.scheme == "https"
        pictures[address] = picture.path.lstrip("/")
        assert told["og:image:alt"]
    assert set(pictures.values()) == {name for name in site.files if name.endswith("bild.png")}
    # A company's, an event's and a field's page has one of its own.
    own = {address for address, picture in pictures.items() if picture == f"{address}bild.png"}
    kinds = ("mitglieder/", "veranstaltungen/", "massnahmen/", "aktuelles/")
    below = {each for each in site.pages if each.startswith(kinds) and each.count("/") > 1}
    assert own == below | {""}


def test_pictures_have_the_promised_size_and_are_small(demo_site: Path) -> None:
    seen = set()
    for path in demo_site.rglob("bild.png"):
        content = path.read_bytes()
        seen.add(content)
        with Image.open(io.BytesIO(content)) as picture:
            assert (picture.format, picture.size) == ("PNG", (1200, 630))
        assert len(content) < 40_000
    assert len(seen) == len(list(demo_site.rglob("bild.png")))


def test_without_a_known_address_there_is_none(tmp_path: Path) -> None:
    """A network takes a picture from an absolute address only."""
    city = small_city(tmp_path)
    done = run_build(city, "--strict", "--quiet")
    assert done.returncode == 0, done.stderr
    assert not list((city / "site").rglob("bild.png"))
    page = BeautifulSoup((city / "site/index.html").read_bytes(), "lxml")
    assert "og:title" in said(page)
    assert "og:image" not in said(page)


@pytest.mark.parametrize(
    "name",
    [
        "A",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "Gesellschaft für Verkehr " * 30,
        "Łódź Şişli Ağaç 日本 <b>&amp;</b>",
    ],
)
def test_every_name_stays_within_the_margins(tmp_path: Path, name: str) -> None:
    city = (SMALL_CITY / "data/partnerschaft.yml").read_text("utf-8") + ADDRESS
    files = {MEMBER: member_text(name=f'"{name}"'), "data/partnerschaft.yml": city}
    site = Pages(partnership_with(tmp_path, files), NOW, [ROOT / "overrides"])
    drawn = share.exports(site.build.partnership.city, site.pictures, FONT)
    made = {each.path: each.content for each in drawn}
    with Image.open(io.BytesIO(made["mitglieder/muster/bild.png"])) as picture:
        colours = picture.convert("RGB")
    brand = (0, 80, 76)
    text = colours.crop((80, 0, 1122, 612)).getcolors(100_000)
    assert text is not None
    assert len(text) > 2
    for margin in ((0, 0, 78, 612), (1122, 0, 1200, 612), (0, 0, 1200, 50), (0, 575, 1200, 612)):
        assert colours.crop(margin).getcolors() == [
            ((margin[2] - margin[0]) * (margin[3] - margin[1]), brand)
        ]
