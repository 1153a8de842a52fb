"""What the design promises beyond what axe sees: keyboard, large text, a calm page, few bytes."""

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.test_every_page import DESK, PHONE, TOO_WIDE, TWICE, one_of_each_kind
from tests.conftest import Build
from tests.make_city import make_city
from tests.sites import NOON

KINDS = (
    "/",
    "/mitglieder/",
    "/mitglieder/ahlenbachtal-arzneimittel-ag/",
    "/massnahmen/arbeitswege/jobticket/",
    "/statistik/",
    "/statistik/massnahmen/",
    "/veranstaltungen/",
    "/kontakt/",
    "/barrierefreiheit/",
)
MOST_STOPS = 45

# Where the focus is, and what is wrong there; empty at the end of the page.
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const name = `${at.tagName.toLowerCase()} „${at.textContent.trim().slice(0, 30)}“`;
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const faults = [];
  const drawn = at instanceof SVGElement && getComputedStyle(at.firstElementChild);
  const outline = drawn // a district gets a thick edge
    ? parseFloat(drawn.strokeWidth) >= 4
    : parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none";
  if (!outline && style.boxShadow === "none") faults.push("no visible focus");
  const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 40), 1), innerWidth - 2);
  const y = box.top + Math.min(box.height / 2, 12);
  if (y < 0 || y > innerHeight || box.right < 0 || box.left > innerWidth || !box.width) {
    faults.push("out of sight");
  } else {
    const top = document.elementFromPoint(x, y);
    const line = [...at.getClientRects()].some((rect) => {
      const hit = document.elementFromPoint(
        Math.min(Math.max(rect.left + Math.min(rect.width / 2, 40), 1), innerWidth - 2),
        rect.top + rect.height / 2,
      );
      return hit && (at.contains(hit) || hit.contains(at));
    });
    if (!line && !(top && (at.contains(top) || top.contains(at)))) faults.push("covered");
  }
  return { name, faults };
}"""
# The spacing of WCAG 1.4.12.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important; }
    * { word-spacing: .16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
# Texts that their box cuts off.
CLIPPED = """() => [...document.querySelectorAll("body *")].filter((at) => {
  const style = getComputedStyle(at);
  const hides = ["hidden", "clip"].includes(style.overflowY) && style.position !== "absolute";
  return hides && at.clientHeight > 1 && at.scrollHeight > at.clientHeight + 2 && at.innerText;
}).map((at) => `${at.tagName}.${at.className}`)"""
# Words in tables that a narrow column breaks without a hyphen.
BROKEN = """() => {
  const found = [];
  for (const cell of document.querySelectorAll("main :is(th, td)")) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let at = walker.nextNode(); at; at = walker.nextNode()) {
      if (at.parentElement.closest(".visually-hidden, code")) continue;
      for (const word of at.data.matchAll(/[\\p{L}\\d]+/gu)) {
        const range = document.createRange();
        range.setStart(at, word.index);
        range.setEnd(at, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        if (lines.size > 1) found.push(word[0]);
      }
    }
  }
  return found;
}"""
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => done(sum), 60));
})"""


def walk(page: Page) -> list[str]:
    """Press Tab from the top; everything wrong with where the focus is, with its place."""
    found, stops = [], 0
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None:
            break
        stops += 1
        found += [f"{at['name']}: {fault}" for fault in at["faults"]]
    assert stops > 8, f"only {stops} stops"
    return found


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_focus_is_always_seen_and_never_covered(
    visitor: Visitor, demo_url: str, width: dict[str, object]
) -> None:
    page = visitor.at(demo_url, reduced_motion="reduce", **width)
    found = []
    for address in KINDS:
        page.goto(address)
        found += [f"{address}: {fault}" for fault in walk(page)]
    assert not found, "\n".join(found)


def test_last_stop_of_a_page_leads_on_and_not_round(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url, reduced_motion="reduce")
    page.goto("/kontakt/")
    names = []
    for _ in range(80):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None:
            break
        names.append(at["name"])
    else:
        raise AssertionError("a trap for the focus")
    assert names[0].startswith("a „Zum Inhalt")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUS)["name"] == names[-1]


@pytest.mark.slow
@pytest.mark.parametrize("change", [TWICE, SPACED], ids=["twice the size", "wider spaced"])
def test_changed_text_is_neither_cut_off_nor_too_wide(
    visitor: Visitor, demo_url: str, demo_site: Path, change: str
) -> None:
    page = visitor.at(demo_url, **DESK)
    found = []
    for address in one_of_each_kind(demo_site):
        page.goto(address)
        page.evaluate(change)
        if (wider := page.evaluate(TOO_WIDE)) > 0:
            found.append(f"{address}: {wider} pixels wider than the window")
        found += [f"{address}: cut off: {each}" for each in page.evaluate(CLIPPED)]
    assert not found, "\n".join(found)


def test_narrow_columns_break_no_word(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url, **PHONE)
    found = []
    for address in ("/daten/", "/mitmachen/fragebogen/papier/", "/statistik/massnahmen/"):
        page.goto(address)
        page.evaluate("() => document.querySelectorAll('details').forEach((at) => at.open = true)")
        found += [f"{address}: {word}" for word in page.evaluate(BROKEN)]
    assert not found, found


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_moves_while_a_page_loads(
    visitor: Visitor, demo_url: str, width: dict[str, object]
) -> None:
    page = visitor.at(demo_url, **width)
    # On a later day, events that have passed since the build would give way.
    page.clock.set_fixed_time(datetime.fromtimestamp(NOON, UTC))
    moved = {}
    for address in (*KINDS, "/mitmachen/fragebogen/", "/mitmachen/fragebogen/papier/"):
        page.goto(address, wait_until="load")
        moved[address] = page.evaluate(SHIFTS)
    assert not {address: shift for address, shift in moved.items() if shift > 0}


def test_on_paper_only_the_page_itself_remains(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url)
    page.goto("/massnahmen/arbeitswege/jobticket/")
    page.emulate_media(media="print")
    assert page.locator("main h1").is_visible()
    for frame in ("header nav", "footer nav", ".skip", "footer button"):
        assert page.locator(frame).count() > 0, frame
        for each in page.locator(frame).all():
            assert not each.is_visible(), frame
    assert page.locator("footer").get_by_text("/massnahmen/arbeitswege/jobticket/").is_visible()
    page.evaluate("document.documentElement.dataset.theme = 'dark'")  # chosen for the screen only
    body = page.locator("body")
    assert body.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    assert body.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"


def test_dark_is_the_same_chosen_or_by_the_system(visitor: Visitor, demo_url: str) -> None:
    colours = """() => {
      const style = getComputedStyle(document.documentElement);
      return ["paper", "ink", "brand", "link", "field-3", "status-laufend"]
        .map((name) => style.getPropertyValue(`--${name}`)).concat(style.colorScheme);
    }"""
    system = visitor.at(demo_url, color_scheme="dark")
    system.goto("/kontakt/")
    chosen = visitor.at(demo_url, color_scheme="light")
    chosen.goto("/kontakt/")
    light = chosen.evaluate(colours)
    chosen.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert chosen.evaluate(colours) == system.evaluate(colours) != light
    system.evaluate("document.documentElement.dataset.theme = 'light'")
    assert system.evaluate(colours) == light


def weight(site: Path, name: str) -> int:
    return len(gzip.compress((site / name).read_bytes(), 9))


def test_pages_are_light(city_site: Path, demo_site: Path, build: Build, tmp_path: Path) -> None:
    for site in (city_site, demo_site):
        home = (site / "index.html").read_text("utf-8")
        parts = set(re.findall(r'(?:src|href)="([^":]+\.(?:css|js))"', home))
        assert parts
        assert weight(site, "index.html") + sum(weight(site, part) for part in parts) <= 60_000
    # In the demonstration, which does not change; in a city much grows with its entries. Ten
    # thousand bytes, and what the policy and the digests in names of assets add to each page.
    heavy = {
        address: size
        for path in demo_site.rglob("index.html")
        if (size := weight(demo_site, address := path.relative_to(demo_site).as_posix())) > 10_500
        # The directory has a bound of its own.
        and address != "mitglieder/index.html"
    }
    assert heavy == {}
    city = tmp_path / "stadt"
    make_city(city, 300, 7)
    assert weight(build(city, tmp_path / "site"), "mitglieder/index.html") <= 90_000
