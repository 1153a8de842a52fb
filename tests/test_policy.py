"""The policy: each page says it, and nothing of what the build makes needs more."""

import base64
import hashlib
import re
from pathlib import Path

from bs4 import BeautifulSoup

from partnership.site.policy import POLICY
from tests.sites import Site


def _said(page: BeautifulSoup) -> str:
    """The policy that a page names before anything that it asks for."""
    element = page.select_one("head > meta[http-equiv=Content-Security-Policy]")
    assert element is not None
    assert not element.find_previous(["script", "link", "style"])
    return str(element["content"])


def test_every_page_says_it(demo_site: Path, demo_editing: Path) -> None:
    pages = {
        path: BeautifulSoup(path.read_bytes(), "lxml")
        for site in (demo_site, demo_editing)
        for path in site.rglob("*.html")
    }
    editing = pages.pop(demo_editing / "redaktion/index.html")
    assert {_said(page) for page in pages.values()} == {POLICY}
    # The editing page asks the Git host and no other.
    hosts = re.search(r"connect-src ([^;]*)", _said(editing))
    assert hosts
    assert hosts[1].split() == ["'self'", "blob:", "https://api.github.com", "https://github.com"]


def test_nothing_is_written_into_a_page(demo_site: Path) -> None:
    for address, page in Site(demo_site).pages.items():
        assert not page.select("style, [style]"), address
        scripts = page.select("script:not([src])")
        # Data alone, which no browser runs.
        kinds = {each.get("type") for each in scripts}
        assert kinds <= {"application/ld+json", "application/json"}, address
        attributes = {name for each in page.select("*") for name in each.attrs}
        assert not {name for name in attributes if name.startswith("on")}, address


def test_the_style_sheets_within_drawings_are_those_it_names(demo_site: Path) -> None:
    sheets = {
        sheet
        for path in demo_site.rglob("*.svg")
        for sheet in re.findall(r"<style>(.*?)</style>", path.read_text("utf-8"), re.DOTALL)
    }
    (badge,) = sheets
    digest = base64.b64encode(hashlib.sha256(badge.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in POLICY
