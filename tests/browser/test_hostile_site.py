"""What somebody wrote who means no good, in Chromium without any policy: nothing runs, and nobody
else is asked.
"""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.serving import served

pytestmark = pytest.mark.slow

POLICY = re.compile(r'<meta http-equiv="?Content-Security-Policy"?[^>]*>')
# What an input calls if it runs, and what a browser tells of dialogues that it would open.
WATCH = """
    window.hits = [];
    for (const each of ["hit", "alert", "open"]) window[each] = () => hits.push(each);
"""


@pytest.fixture(scope="module")
def bare(hostile_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of all that is taken, without the policy that each page says."""
    folder = shutil.copytree(hostile_site, tmp_path_factory.mktemp("ohne") / "site")
    for page in folder.rglob("*.html"):
        text, count = POLICY.subn("", page.read_text("utf-8"))
        assert count == 1 or 'http-equiv="refresh"' in text, page
        page.write_text(text, "utf-8")
    return folder


def test_nothing_runs_and_nobody_else_is_asked(bare: Path, browser: Browser) -> None:
    pages = [
        path.parent.relative_to(bare).as_posix()
        for path in bare.rglob("index.html")
        # These lead to another page of the site before anything could be tried on them.
        if 'http-equiv="refresh"' not in path.read_text("utf-8")
    ]
    drawings = [path.relative_to(bare).as_posix() for path in bare.rglob("*.svg")]
    assert len(pages) > 100
    assert len(drawings) > 20
    asked, ran = [], []
    with served(bare) as url:
        context = browser.new_context(base_url=url)
        context.add_init_script(WATCH)
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        for address in [*(f"{each}/" for each in pages), *drawings]:
            page.goto(f"/{address}".replace("/./", "/"))
            # Whatever waits for the mouse or the keyboard gets it.
            page.evaluate(
                "for (const each of document.querySelectorAll('main *'))"
                " for (const kind of ['mouseover', 'focus', 'error', 'toggle'])"
                " each.dispatchEvent(new Event(kind))"
            )
            ran += [(address, each) for each in page.evaluate("window.hits")]
        context.close()
    assert ran == []
    assert [each for each in asked if not each.startswith(f"{url}/") and each[:5] != "data:"] == []


def test_the_watch_would_see_it(browser: Browser) -> None:
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    page.set_content("<img src=x onerror=hit()>")
    page.wait_for_function("window.hits.length")
    context.close()
