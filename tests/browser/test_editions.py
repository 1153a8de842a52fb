"""The edition of a year as visitors open it, without any script."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Visitor


def test_an_edition_is_read_and_taken_along_without_scripts(
    visitor: Visitor, demo_url: str
) -> None:
    page = visitor.at(demo_url, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto("/daten/")
    page.get_by_role("main").get_by_role("link", name="Ausgaben").click()
    page.get_by_role("link", name="2025", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ausgabe 2025")
    table = page.get_by_role("table", name=re.compile("heute anders"))
    expect(table).to_contain_text("Wirksame Maßnahmen am Jahresende")
    expect(table.get_by_role("link").first).to_be_visible()
    expect(page.get_by_role("table", name="Tabellen der Ausgabe 2025")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Alle Tabellen in einer Datei").click()
    assert download.value.suggested_filename == "ausgabe-2025.zip"


def test_its_pages_are_open_to_everybody(visitor: Visitor, demo_url: str) -> None:
    for scheme in ("light", "dark"):
        page = visitor.at(demo_url, color_scheme=scheme, viewport={"width": 390, "height": 844})
        for address in ("/daten/ausgabe/", "/daten/ausgabe/2025/"):
            page.goto(address)
            assert Axe().run(page).response["violations"] == []
            assert page.evaluate("document.documentElement.scrollWidth") == 390
