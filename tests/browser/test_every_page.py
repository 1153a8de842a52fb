"""What holds on every page: accessible, fits a phone, keeps nothing of its visitors.

`make test` looks at one page of every kind, `make audit` at all of them. That a page breaks no
policy and asks no other host is the `visitor`'s own rule.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from partnership.model import addresses as addresses_of
from tests.browser.conftest import Visitor
from tests.conftest import ROOT

# WCAG 2.2 AA and what axe itself calls good practice.
RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 320, "height": 640}}
TWICE = "() => { document.documentElement.style.fontSize = '200%'; }"
LIGHT = {"color_scheme": "light"}
DARK = {"color_scheme": "dark"}

KEPT = "() => document.cookie.length + localStorage.length + sessionStorage.length"
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def addresses(site: Path) -> list[str]:
    """Every page of a site, the home page first; redirects from old addresses are none.

    Nor is the editing page: a program of others, which keeps its state and only the office opens.
    """
    editor = site / "redaktion/index.html"
    pages = sorted(path for path in site.rglob("index.html") if path != editor)
    return [
        f"/{path.parent.relative_to(site).as_posix()}/".replace("/./", "/")
        for path in pages
        if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")
    ]


def one_of_each_kind(site: Path) -> list[str]:
    """Every page of prose that all cities share, and one of many alike: for each first part and
    depth one with a table and one without.
    """
    content = ROOT / "content"
    prose = {
        f"/{addresses_of.prose(path.relative_to(ROOT).as_posix())}"
        for path in content.rglob("*.md")
    }
    kinds: dict[object, str] = {}
    for address in addresses(site):
        has_table = "<table" in (site / address[1:] / "index.html").read_text("utf-8")
        alike = (address.split("/")[1], address.count("/"), has_table)
        kinds.setdefault(address if address in prose else alike, address)
    return list(kinds.values())


def faults(page: Page, where: Iterable[str], change: str = "() => {}") -> list[str]:
    """All that is wrong on the pages after a `change`, each fault with its page and its place."""
    found = []
    for address in where:
        page.goto(address)
        page.evaluate(change)
        if kept := page.evaluate(KEPT):
            found.append(f"{address}: keeps something before any click ({kept})")
        if (wider := page.evaluate(TOO_WIDE)) > 0:
            found.append(f"{address}: {wider} pixels wider than the window")
        for broken in Axe().run(page, options={"runOnly": RULES}).response["violations"]:
            places = ", ".join(str(node["target"]) for node in broken["nodes"][:3])
            found.append(f"{address}: {broken['id']}: {broken['help']}: {places}")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("look", [LIGHT | DESK, DARK | PHONE], ids=["desk", "dark-phone"])
def test_one_page_of_each_kind(
    visitor: Visitor, demo_url: str, demo_site: Path, look: dict[str, object]
) -> None:
    found = faults(visitor.at(demo_url, **look), one_of_each_kind(demo_site))
    assert not found, "\n".join(found)


@pytest.mark.audit
@pytest.mark.parametrize(
    ("width", "change"),
    [(DESK, "() => {}"), (PHONE, "() => {}"), (DESK, TWICE)],
    ids=["desk", "phone", "text twice the size"],
)
@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("site", ["demo", "city"])
def test_all_pages(
    visitor: Visitor,
    request: pytest.FixtureRequest,
    site: str,
    colours: dict[str, object],
    width: dict[str, object],
    change: str,
) -> None:
    folder, url = request.getfixturevalue(f"{site}_site"), request.getfixturevalue(f"{site}_url")
    found = faults(visitor.at(url, **colours, **width), addresses(folder), change)
    assert not found, "\n".join(found)
