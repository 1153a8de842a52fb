"""A manager with three minutes and a phone: cost, duties, neighbours, whom to call, how to join."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

PHONE = {"width": 360, "height": 740}


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def home(request: pytest.FixtureRequest, visitor: Visitor, demo_url: str) -> Page:
    page = visitor.at(demo_url, viewport=PHONE, java_script_enabled=request.param)
    page.goto("/")
    return page


def test_what_it_costs_and_which_duties_stand_on_the_first_page(home: Page) -> None:
    brief = home.locator(".short")
    expect(brief).to_contain_text("Die Vereinbarung sieht keinen vor")
    expect(brief).to_contain_text("Nur, was Sie sich selbst vornehmen")
    # Within one screen below the first.
    box = brief.bounding_box()
    assert box is not None
    assert box["y"] < 2 * PHONE["height"]


def test_whom_to_call_can_be_called(home: Page) -> None:
    number = home.locator(".short a[href^='tel:']")
    expect(number).to_be_visible()
    assert re.fullmatch(r"tel:\+?\d{6,}", number.get_attribute("href") or "")
    assert home.locator(".short a[href^='mailto:']").count() == 1
    home.get_by_role("link", name="Alle Ansprechstellen").click()
    home.wait_for_url("**/kontakt/")


def test_neighbours_of_one_s_trade_and_size_are_two_taps_away(home: Page) -> None:
    home.locator("main .chips").get_by_role("link", name=re.compile("Handwerk")).click()
    home.wait_for_url("**/branchen/handwerk/")
    home.get_by_role("link", name="50 bis 249 Beschäftigte").click()
    home.wait_for_url("**/branchen/handwerk/50-249/")
    expect(home.get_by_role("heading", level=1)).to_contain_text("50 bis 249 Beschäftigte")
    # With names, and with what was left out of account to find them.
    assert home.locator("main .example a[href*='/mitglieder/']").count() >= 3
    expect(home.locator("main .callout")).to_contain_text("gleich welcher Größe")
    expect(home.locator(".chip[aria-current]")).to_have_text("50 bis 249 Beschäftigte")


def test_joining_begins_with_one_button(home: Page) -> None:
    home.locator(".hero").get_by_role("link", name="Mitmachen").click()
    home.get_by_role("link", name="Fragebogen beginnen").click()
    home.wait_for_url("**/mitmachen/fragebogen/#fragen")
    expect(home.locator("#fragen")).to_be_in_viewport()


def test_with_scripts_the_answer_comes_at_once(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url, viewport=PHONE)
    page.goto("/")
    page.get_by_label("Branche").select_option("Handwerk")
    expect(page.locator("[data-peers-result]")).to_be_empty()
    page.get_by_label("Größe").select_option("50 bis 249 Beschäftigte")
    result = page.locator("[data-peers-result]")
    expect(result).to_contain_text("gleich welcher Größe")
    expect(page.locator("[data-peers-status]")).to_contain_text("Handwerk, 50 bis 249 Beschäftigte")
    assert page.url == f"{demo_url}/"
    # Its links lead where they do on their own page, and no name is there twice.
    result.locator(".example a").first.click()
    page.wait_for_url("**/massnahmen/**")
    page.go_back()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids))


def test_where_it_cannot_be_had_its_page_is_opened(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url, viewport=PHONE)
    page.goto("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.route(
        "**/branchen/handel/bis-9/",
        lambda route: (
            route.abort() if route.request.resource_type == "fetch" else route.continue_()
        ),
    )
    page.get_by_label("Größe").select_option("bis 9 Beschäftigte")
    page.get_by_label("Branche").select_option("Handel")
    page.wait_for_url("**/branchen/handel/bis-9/")
    visitor.faults.clear()  # the console tells of the request that was to fail
