"""What visitors do: look for companies, search, come back later, use a phone, have no scripts."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.conftest import DEMO_CITY
from tests.helpers import MEMBER, member_text
from tests.sites import front_matter, run_build, small_city

FILTERS = ("branche", "handlungsfeld", "stadtbezirk", "groesse", "status")


def shown(page: Page) -> list[str]:
    """The names of the cards that can be seen, in their order."""
    return page.locator("[data-card]:visible").evaluate_all("all => all.map(e => e.dataset.name)")


def choose(page: Page, name: str, value: str) -> None:
    if not page.locator(f"select[name={name}]").is_visible():
        page.locator("[data-filter] summary").click()
    page.locator(f"select[name={name}]").select_option(value)


def test_each_filter_keeps_what_it_says(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url)
    page.goto("/mitglieder/")
    everyone = shown(page)
    assert len(everyone) > 90
    for name in FILTERS:
        options = page.locator(f"select[name={name}] option").all()[1:]
        assert len(options) > 1, name
        value, label = options[0].get_attribute("value"), options[0].text_content()
        assert value
        count = int(re.findall(r"\((\d+)\)", label or "")[0])
        choose(page, name, value)
        kept = page.locator("[data-card]:visible")
        assert kept.count() == count, name
        attribute = f"data-{name}"
        assert all(value in (card.get_attribute(attribute) or "").split() for card in kept.all())
        expect(page.locator("[data-filter-status]")).to_have_text(
            f"{count} von {len(everyone)} Mitgliedern"
        )
        page.get_by_role("button", name="Zurücksetzen").click()
        expect(page.locator("[data-card]:visible")).to_have_count(len(everyone))
        expect(page).to_have_url(re.compile(r"/mitglieder/$"))


def test_filters_stand_in_the_address(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url)
    page.goto("/mitglieder/")
    choose(page, "handlungsfeld", "arbeitswege")
    choose(page, "status", "geplant")
    page.get_by_label("Name").fill("mü")
    expect(page).to_have_url(
        re.compile(r"/mitglieder/\?handlungsfeld=arbeitswege&status=geplant&name=m%C3%BC$")
    )
    page.get_by_label("Name").fill("")
    expect(page).to_have_url(re.compile(r"/mitglieder/\?handlungsfeld=arbeitswege&status=geplant$"))
    found = shown(page)
    assert 0 < len(found) < 90
    page.reload()
    assert shown(page) == found
    expect(page.locator("select[name=status]")).to_have_value("geplant")
    # To a company and back again.
    page.locator("[data-card]:visible a").first.click()
    page.wait_for_url("**/mitglieder/*/")
    page.go_back()
    assert shown(page) == found
    # Somebody else follows the link.
    other = visitor.at(demo_url)
    other.goto(page.url.removeprefix(demo_url))
    assert shown(other) == found
    # An old link may name what is no longer there, and nothing matches nonsense.
    other.goto("/mitglieder/?branche=gibt-es-nicht")
    assert len(shown(other)) > 90
    other.get_by_label("Name").fill("qqqq")
    expect(other.get_by_text("Kein Mitglied entspricht dieser Auswahl.")).to_be_visible()


def test_names_are_found_however_accents_are_typed(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url)
    page.goto("/mitglieder/")
    name = next(each for each in shown(page) if re.search("[äöü]", each))
    for typed in (
        name,
        name.lower(),
        name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"),
        name.replace("e", "é"),
        f" {name} ",
    ):
        page.get_by_label("Name").fill(typed)
        assert name in shown(page), typed


def search(page: Page, words: str) -> list[tuple[str, str]]:
    """Kind and title of each result."""
    page.get_by_label("Suchbegriff").fill(words)
    expect(page.locator("[data-search-status]")).to_contain_text(f"„{words}“")
    return [
        (kind, title)
        for kind, title in zip(
            page.locator("[data-kind]").all_text_contents(),
            page.locator("[data-search-results] a").all_text_contents(),
            strict=True,
        )
    ]


def test_search_finds_german_words_in_all_that_there_is(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/suche/")
    page.wait_for_load_state("networkidle")
    heavy = re.compile(r"/(suche\.json|minisearch\.[0-9a-f]+\.js)$")
    assert not [url for url in asked if heavy.search(url)]
    # A beginning, a part of a compound, umlauts either way, several words, a slip of the hand.
    assert ("Maßnahme", "Jobticket / Deutschlandticket Job") in search(page, "jobtick")
    assert len([url for url in asked if heavy.search(url)]) == 2
    assert ("Maßnahme", "Jobticket / Deutschlandticket Job") in search(page, "Deutschlandticket")
    compound = search(page, "ticket")
    assert any("ticket" in title and not title.startswith("Ticket") for _, title in compound)
    assert search(page, "Geschäftsreisen") == search(page, "geschaeftsreisen")
    assert search(page, "CO₂") == search(page, "CO2") != []
    assert any(kind == "Veranstaltung" for kind, _ in search(page, "Netzwerktreffen"))
    assert any(kind == "Seite" for kind, _ in search(page, "Datenschutz"))
    assert any(kind == "Aktuelles" for kind, _ in search(page, "Vereinbarung"))
    assert any(kind == "Handlungsfeld" for kind, _ in search(page, "Fuhrpark"))
    assert search(page, "Lastenrad")[0][0] in {"Maßnahme", "Mitglied"}
    assert search(page, "Lastenräder")
    assert search(page, "Netzwerktrefen")  # a slip
    path = next(iter((DEMO_CITY / "members").glob("*.md")))
    name = str(front_matter(path)["name"])
    assert search(page, name)[0] == ("Mitglied", name)
    assert search(page, "xyzzyx") == []
    # The query can be sent to others; a result leads to its page.
    page.get_by_label("Suchbegriff").fill("Impressum")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=Impressum$"))
    other = visitor.at(demo_url)
    other.goto("/suche/?q=Impressum")
    other.locator("[data-search-results] a").first.click()
    other.wait_for_url("**/impressum/")


def test_search_says_so_when_its_index_cannot_be_had(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url)
    page.route("**/suche.json", lambda route: route.fulfill(status=200, body="kein JSON"))
    page.goto("/suche/")
    page.get_by_label("Suchbegriff").fill("Fahrrad")
    expect(page.locator("[data-search-status]")).to_contain_text("gerade nicht erreichbar")


NEXT = "Sprechstunde Förderung"  # 23 November 2026, 15:00 to 17:30, the day of the build


def test_an_event_that_passes_is_corrected_without_a_new_build(
    visitor: Visitor, demo_url: str
) -> None:
    page = visitor.at(demo_url)
    page.clock.install(time="2026-11-23T17:29:00+01:00")
    page.goto("/veranstaltungen/")
    upcoming, past = page.locator("[data-upcoming]"), page.locator("[data-past]")
    expect(upcoming).to_contain_text(NEXT)
    expect(past).not_to_contain_text(NEXT)
    # While the page is open, to the minute.
    page.clock.run_for(61_000)
    expect(upcoming).not_to_contain_text(NEXT)
    expect(past.locator("li").first).to_contain_text(NEXT)
    expect(past.locator("li").first).to_contain_text("Vorbei")
    # Its own page and the home page agree.
    page.goto("/veranstaltungen/2026-11-23-sprechstunde-foerderung/")
    expect(page.get_by_text("Diese Veranstaltung ist vorbei.")).to_be_visible()
    page.goto("/")
    expect(page.locator("[data-upcoming]").get_by_text(NEXT)).to_be_hidden()
    # Long after the last build nothing is to come, and past events stand in their order.
    page.clock.set_fixed_time("2030-01-01T00:00:00+01:00")
    page.goto("/veranstaltungen/")
    expect(page.get_by_text("Zurzeit ist keine Veranstaltung angekündigt.")).to_be_visible()
    assert page.locator("[data-upcoming] li").count() == 0
    days = page.locator("[data-past] [data-over-at]").evaluate_all(
        "all => all.map(e => new Date(e.dataset.overAt).getTime())"
    )
    assert days == sorted(days, reverse=True)


def test_cancelled_and_postponed_events_say_so(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url)
    for path in sorted((DEMO_CITY / "data/veranstaltungen").glob("*.md")):
        state = front_matter(path).get("status", "geplant")
        if state == "geplant":
            continue
        said = {"abgesagt": "Diese Veranstaltung ist abgesagt.", "verschoben": "wurde verschoben."}
        page.goto(f"/veranstaltungen/{path.stem}/")
        expect(page.get_by_text(said[str(state)])).to_be_visible()


def test_everything_can_be_read_without_javascript(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto("/mitglieder/")
    cards = page.locator("[data-card]")
    assert cards.count() > 90
    assert all(card.is_visible() for card in cards.all())
    # What could not work is not offered.
    expect(page.locator("[data-filter]")).to_be_hidden()
    expect(page.get_by_role("button", name="Menü")).to_be_hidden()
    expect(page.locator("[data-theme-button]")).to_be_hidden()
    for title in ("Partnerschaft", "Mitglieder", "Maßnahmen", "Veranstaltungen", "Mitmachen"):
        expect(page.get_by_role("navigation", name="Hauptmenü").get_by_text(title)).to_be_visible()
    cards.first.locator("a").click()
    expect(page.locator("h1")).to_be_visible()
    page.goto("/veranstaltungen/")
    expect(page.locator("[data-upcoming]")).to_contain_text(NEXT)
    page.goto("/statistik/")
    expect(page.locator("table").first).to_be_attached()
    page.goto("/suche/")
    expect(page.get_by_text("Die Suche braucht JavaScript.")).to_be_visible()
    expect(page.get_by_label("Suchbegriff")).to_be_hidden()
    page.get_by_role("link", name="Übersicht aller Seiten").first.click()
    expect(page.locator(".site-map").get_by_role("link", name="Impressum")).to_be_visible()


def test_the_menu_of_a_phone(visitor: Visitor, demo_url: str) -> None:
    for width in (390, 320):
        page = visitor.at(demo_url, viewport={"width": width, "height": 844}, has_touch=True)
        page.goto("/mitglieder/")
        button = page.get_by_role("button", name="Menü")
        entry = page.get_by_role("navigation", name="Hauptmenü").get_by_role("link").nth(2)
        expect(entry).to_be_hidden()
        button.tap()
        expect(button).to_have_attribute("aria-expanded", "true")
        expect(entry).to_be_visible()
        page.keyboard.press("Escape")
        expect(entry).to_be_hidden()
        expect(button).to_be_focused()
        button.tap()
        entry.tap()
        page.wait_for_url("**/massnahmen/")


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3


def test_long_words_and_hostile_text_on_a_phone(
    visitor: Visitor, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    """Nothing runs (the visitor would notice), nothing is wider than the window."""
    hostile = '"><img src=x onerror=fetch("//fremd.example")>'
    more = (
        f"website: https://{'a' * 60}.example/{'b' * 200}\nkontakt: {'c' * 80}@muster.example\n"
        f"anschrift: {{strasse: {LONG}, ort: {LONG}}}\n"
        f"massnahmen: [{{typ: jobticket, laufend: 2024, titel: {LONG}, beschreibung: {LONG}}}]\n"
    )
    city = small_city(
        tmp_path,
        {
            MEMBER: member_text(
                more, name=LONG, body=f"# {LONG}\n\n{LONG}\n\n`{LONG}`\n\n{hostile}\n"
            ),
            "members/zweites.md": member_text(name=f"'{hostile}'"),
            "content/aktuelles/2026-11-01-lang.md": f"---\ntitel: {LONG}\nbeschreibung: {LONG}\n"
            f"---\n{LONG}\n\n| {LONG} | {LONG} |\n|---|---|\n| {LONG} | {LONG} |\n",
        },
    )
    done = run_build(city, "--strict", "--quiet")
    assert done.returncode == 0, done.stderr
    page = visitor.at(serve(city / "site"), viewport={"width": 320, "height": 640})
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for address in (
        *("/", "/mitglieder/", "/mitglieder/muster/", "/mitglieder/zweites/"),
        *("/massnahmen/arbeitswege/jobticket/", "/branchen/handel/", "/aktuelles/"),
        *("/aktuelles/2026-11-01-lang/", "/statistik/", "/aenderungen/"),
    ):
        page.goto(address, wait_until="networkidle")
        assert page.evaluate(wide) <= 0, address
    page.goto("/suche/?q=Donau")
    expect(page.locator("[data-search-results] li").first).to_be_visible()
    assert page.evaluate(wide) <= 0
