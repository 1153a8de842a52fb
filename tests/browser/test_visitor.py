"""The watch over the browser tests is itself watched: it must see what it forbids."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visitor

# A picture of the page's own, since a browser asks for one; newer ones hold `data:` to the policy.
ICON = "<svg xmlns='http://www.w3.org/2000/svg'/>"

FAULTY = {
    "inline style": ("<p style='color: red'>Text</p>", "style-src 'self'"),
    "inline script": ("<script>document.title = 'x'</script>", "script-src 'self'"),
    "error in a script": ("<script src='broken.js'></script>", "nothing is not defined"),
    "missing file": ("<img src='missing.png' alt=''>", "404"),
    "another host": ("<img src='http://other.example/x.png' alt=''>", "other.example"),
}


@pytest.mark.parametrize(("body", "told"), FAULTY.values(), ids=FAULTY)
def test_fault_is_noted(
    browser: Browser, serve: Callable[[Path], str], tmp_path: Path, body: str, told: str
) -> None:
    head = "<!doctype html><html lang=de><title>Titel</title><link rel=icon href=icon.svg>"
    (tmp_path / "index.html").write_text(head + body, encoding="utf-8")
    (tmp_path / "broken.js").write_text("nothing()", encoding="utf-8")
    (tmp_path / "icon.svg").write_text(ICON, encoding="utf-8")
    visitor = Visitor(browser)
    visitor.at(serve(tmp_path)).goto("/", wait_until="networkidle")
    visitor.leave()
    assert any(told in fault for fault in visitor.faults), visitor.faults


def test_sound_page_has_no_fault(
    visitor: Visitor, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    (tmp_path / "icon.svg").write_text(ICON, encoding="utf-8")
    (tmp_path / "style.css").write_text("p { color: green }", encoding="utf-8")
    (tmp_path / "index.html").write_text(
        "<!doctype html><html lang=de><title>Titel</title><link rel=icon href=icon.svg>"
        "<link rel=stylesheet href=style.css><p>Text</p>",
        encoding="utf-8",
    )
    page = visitor.at(serve(tmp_path))
    page.goto("/", wait_until="networkidle")
    assert page.locator("p").evaluate("p => getComputedStyle(p).color") == "rgb(0, 128, 0)"
