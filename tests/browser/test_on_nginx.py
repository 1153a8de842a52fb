"""Under the headers that a real server sends, no page of any kind breaks the policy."""

from pathlib import Path

from tests.browser.conftest import Visitor
from tests.browser.test_every_page import one_of_each_kind
from tests.conftest import DEMO_CITY
from tests.hosting.servers import serving


def test_every_kind_of_page(visitor: Visitor, demo_site: Path, tmp_path: Path) -> None:
    # Of its own, because the command writes beside pages; the server shows the shared site.
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_bytes((demo_site / "index.html").read_bytes())
    with serving("nginx", DEMO_CITY, site, tmp_path / "config", demo_site) as url:
        page = visitor.at(url)
        for address in one_of_each_kind(demo_site):
            answer = page.goto(address)
            assert answer, address
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], address
        # Opened for itself, the badge follows dark surroundings by a style sheet within.
        page.goto("/mitglieder/stadtwerke-altmusterland-ag/plakette.svg")
