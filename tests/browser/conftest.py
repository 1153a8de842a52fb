"""A visitor in a real Chromium, and a server that lets the site do only what it promises.

    def test_directory_opens(visitor, demo_url):
        page = visitor.at(demo_url, viewport={"width": 390, "height": 844})
        page.goto("/mitglieder/")

At the end of each such test the visitor's `faults` must be empty: no error on the console, no
violation of the policy, no request to another host.
"""

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from partnership.checking.load import load
from partnership.office import formrules
from partnership.site import policy
from partnership.site.assets import smaller
from partnership.site.hosting.description import POLICY, editing_page
from tests.browser import editing
from tests.helpers import ENGINE, TODAY, city_with, shared_questions

SCRIPTS = Path(__file__).parents[2] / "overrides/assets/js"
# A machine that has much to do may take long; a test waits for what it expects, not for a time.
expect.set_options(timeout=30_000)


# Chromium by itself looks for updates and for the maker's hosts; tests must work without a network.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@cache
def _policy_of(site: str) -> str:
    """What a host sends: for the editing page's own site that site's policy."""
    own = editing_page(Path(site))
    return own.headers[POLICY] if own else policy.HEADER


class StrictHandler(SimpleHTTPRequestHandler):
    """A static host that sends the policy with every answer, and the site's own 404 page."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", _policy_of(self.directory))
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        own = Path(self.directory) / "404.html"
        if code != 404 or not own.is_file():
            return super().send_error(code, message, explain)
        body = own.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        return None

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing: pytest shows what matters."""


@contextmanager
def served(site: Path, handler: type[StrictHandler] = StrictHandler) -> Iterator[str]:
    """Serve a folder on a free port of the loopback; gives its address, without a slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Visitor:
    """Opens sites as people do and notes in `faults` everything that must not happen."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def at(self, url: str, **options: Any) -> Page:
        """A new page, in a context of its own, whose `goto` takes the site's addresses.

        Options are Playwright's for a context: viewport, color_scheme, java_script_enabled …
        """
        defaults = {"locale": "de-DE", "timezone_id": "Europe/Berlin"}
        context = self._browser.new_context(base_url=url, **(defaults | options))
        self._contexts.append(context)
        # What violates the policy and what is not found is an error on Chromium's console, too.
        context.on(
            "console",
            lambda message: message.type == "error" and self.faults.append(message.text),
        )
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        context.route(lambda asked: not asked.startswith(f"{url}/"), self._refuse)
        return context.new_page()

    def leave(self) -> None:
        """Close everything that was opened."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()

    def _refuse(self, route: Route) -> None:
        self.faults.append(f"request to another host: {route.request.url}")
        route.abort()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run: the system's, or else Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    system = next((path for name in names if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=system, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    """Somebody who opens pages; the test fails when they meet a fault."""
    someone = Visitor(browser)
    yield someone
    someone.leave()
    assert not someone.faults


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves any folder until the end of the run: `url = serve(folder)`."""
    with ExitStack() as servers:
        yield lambda site: servers.enter_context(served(site))


@pytest.fixture(scope="session")
def demo_url(serve: Callable[[Path], str], demo_site: Path) -> str:
    """The address of the demonstration."""
    return serve(demo_site)


@pytest.fixture(scope="session")
def editing_url(serve: Callable[[Path], str], demo_editing: Path) -> str:
    """The address of the demonstration's editing page."""
    return serve(demo_editing)


@pytest.fixture(scope="session")
def city_url(serve: Callable[[Path], str], city_site: Path) -> str:
    """The address of the real partnership's site."""
    return serve(city_site)


@pytest.fixture(scope="module")
def asking_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city with the questions of all cities, and without members."""
    questions = shared_questions()
    city = city_with(tmp_path_factory.mktemp("city"), {"data/fragebogen.yml": questions})
    shutil.rmtree(city / "members", ignore_errors=True)
    return city


@pytest.fixture(scope="module")
def scripts(
    browser: Browser,
    serve: Callable[[Path], str],
    tmp_path_factory: pytest.TempPathFactory,
    asking_city: Path,
) -> Iterator[Page]:
    """An empty page beside the scripts, with the table of rules at hand."""
    folder = tmp_path_factory.mktemp("scripts")
    for script in SCRIPTS.glob("form-*.js"):
        published = smaller(script.name, script.read_text("utf-8"))
        (folder / script.name).write_text(published, encoding="utf-8")
    (folder / "index.html").write_text("<!doctype html><title>Formular</title>", encoding="utf-8")
    context = browser.new_context(base_url=serve(folder))
    page = context.new_page()
    page.goto("/")
    rules = json.dumps(formrules.table(load(asking_city, TODAY, ENGINE)))
    page.evaluate("rules => { window.rules = rules }", rules)
    yield page
    context.close()


@pytest.fixture
def files() -> dict[str, str]:
    """Musterstadt's pages that are edited in forms."""
    return editing.pages()


@pytest.fixture
def editor(visitor: Visitor, editing_url: str, files: dict[str, str]) -> Iterator[Page]:
    """The editing page with the files of Musterstadt opened."""
    page = editing.opened(visitor.at(editing_url, viewport={"width": 1280, "height": 1400}), files)
    yield page
    # Nothing that was opened may have asked for zooming to be forbidden.
    assert "maximum-scale" not in page.locator("meta[name=viewport]").last.get_attribute("content")
