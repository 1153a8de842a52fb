"""The search answers what people ask: whole questions, other words, parts of compounds."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

# What people ask, and where the answer stands; where several pages answer, each of them will do.
QUESTIONS = (
    ("Was kostet die Mitgliedschaft?", "mitmachen/"),
    ("Gibt es einen Mitgliedsbeitrag?", "mitmachen/"),
    ("Wie kann ich kündigen?", "mitmachen/ or partnerschaft/vereinbarung/"),
    ("Wer ist mein Ansprechpartner?", "kontakt/ or beratung/"),
    ("Telefonnummer", "kontakt/"),
    (
        "Welche Pflichten haben wir?",
        "mitmachen/ or partnerschaft/aufgaben/ or partnerschaft/vereinbarung/",
    ),
    ("Wie werde ich Mitglied?", "mitmachen/"),
    ("Wer kann mitmachen?", "mitmachen/"),
    ("Lohnt sich das für kleine Betriebe?", "mitmachen/"),
    ("Was ist eine Selbstbindung?", "mitmachen/"),
    ("Werden meine Angaben veröffentlicht?", "mitmachen/fragebogen/ or mitmachen/"),
    ("E-Auto", "massnahmen/fuhrpark/elektro-pkw/"),
    ("Elektrotransporter", "massnahmen/fuhrpark/elektro-nutzfahrzeuge/"),
    ("Ladesäulen für Mitarbeiter", "massnahmen/arbeitswege/ladepunkte-beschaeftigte/"),
    ("Jobticket", "massnahmen/arbeitswege/jobticket/"),
    ("Dienstrad Leasing", "massnahmen/arbeitswege/fahrradleasing/"),
    ("Fahrradparkplätze", "massnahmen/arbeitswege/abstellanlagen/"),
    ("Lastenrad", "massnahmen/wirtschaftsverkehr/lastenraeder/"),
    ("Homeoffice", "massnahmen/arbeitswege/homeoffice/"),
    ("Fahrgemeinschaften", "massnahmen/arbeitswege/fahrgemeinschaften/"),
    ("Carsharing", "massnahmen/fuhrpark/poolfahrzeuge/"),
    ("Parkplätze für Beschäftigte", "massnahmen/arbeitswege/parkraummanagement/"),
    ("Dienstreisen mit der Bahn", "massnahmen/geschaeftsreisen/bahnreisen/"),
    (
        "Wie viele Mitglieder gibt es?",
        "statistik/ or mitglieder/ or statistik/mitglieder-nach-jahr/",
    ),
    ("Wie viel CO2 wird gespart?", "statistik/wirkung/"),
    ("Daten herunterladen", "daten/"),
    ("Wann ist die nächste Veranstaltung?", "veranstaltungen/"),
    ("Impressum", "impressum/"),
    ("Setzt die Seite Cookies?", "datenschutz/"),
    ("Barriere melden", "barrierefreiheit/"),
    ("Wer sind die Partner?", "partnerschaft/"),
    ("Laufzeit der Vereinbarung", "partnerschaft/vereinbarung/"),
    ("Welche Aufgaben hat die Stadt?", "partnerschaft/aufgaben/"),
    ("Fragebogen ausfüllen", "mitmachen/fragebogen/"),
    ("Fehler in unserem Eintrag", "mitglieder/"),
    ("English", "en/"),
    ("Beratung für Unternehmen", "beratung/"),
    ("Handwerk", "branchen/handwerk/"),
    ("Wie wird gezählt?", "statistik/zaehlregeln/"),
    ("Flyer", "material/"),
)
FIRST, AT_LEAST = 3, 38


def answers(page: Page, question: str) -> list[str]:
    """The addresses of the results within the site, in their order."""
    page.get_by_label("Suchbegriff").fill(question)
    expect(page.locator("[data-search-status]")).to_contain_text(f"„{question}“")
    links = page.locator("[data-search-results] a").evaluate_all(
        "links => links.map((link) => new URL(link.href))"
        ".map(({ pathname, hash }) => pathname.slice(1) + hash)"
    )
    return [str(link) for link in links]


def opened(visitor: Visitor, url: str) -> Page:
    page = visitor.at(url, viewport={"width": 390, "height": 844})
    page.goto("/suche/")
    return page


def test_plain_questions_find_their_page(visitor: Visitor, demo_url: str) -> None:
    page = opened(visitor, demo_url)
    missed = {}
    for question, expected in QUESTIONS:
        found = [address.partition("#")[0] for address in answers(page, question)[:FIRST]]
        if not set(expected.split(" or ")) & set(found):
            missed[question] = found
    assert len(missed) <= len(QUESTIONS) - AT_LEAST, missed


def test_an_answer_is_found_at_its_place(visitor: Visitor, demo_url: str, demo_site: Path) -> None:
    page = opened(visitor, demo_url)
    found = answers(page, "Was kostet die Mitgliedschaft?")[0]
    assert found.startswith("mitmachen/#was-kostet")
    anchor = found.partition("#")[2]
    assert f'id="{anchor}"' in (demo_site / "mitmachen/index.html").read_text("utf-8")
    page.locator("[data-search-results] a").first.click()
    expect(page.get_by_role("heading", name="Was kostet die Mitgliedschaft?")).to_be_in_viewport()


def test_what_was_found_is_marked_and_shown(visitor: Visitor, demo_url: str) -> None:
    page = opened(visitor, demo_url)
    answers(page, "Wie kann ich kündigen?")
    first = page.locator(".result").filter(has_text="Können wir wieder austreten?").first
    expect(first.locator("mark").first).to_have_text("austreten")
    # Of a long text, the part with the word.
    answers(page, "Stückzahlen")
    told = page.locator(".result").filter(has_text="Standorte in mehreren").locator("[data-text]")
    expect(told.locator("mark")).to_have_text("Stückzahlen")
    # Nothing that was typed becomes part of the page.
    answers(page, "<img src=x onerror=alert(1)>")
    assert page.locator("main img").count() == 0


def test_compounds_and_their_parts_meet(visitor: Visitor, demo_url: str) -> None:
    page = opened(visitor, demo_url)
    bicycles = "massnahmen/arbeitswege/fahrradleasing/"
    for asked in ("Leasing", "Leasingfahrräder", "Fahrrad-Leasing", "fahrradleasings"):
        assert bicycles in answers(page, asked)[:FIRST], asked
    assert answers(page, "Fahrradparkplätze")[0] == "massnahmen/arbeitswege/abstellanlagen/"


def test_what_holds_only_a_part_is_called_so(visitor: Visitor, demo_url: str) -> None:
    page = opened(visitor, demo_url)
    answers(page, "Lastenrad Xylophon")
    expect(page.locator("[data-search-status]")).to_contain_text("mit einem Teil davon")
    answers(page, "Lastenrad")
    expect(page.locator("[data-search-status]")).not_to_contain_text("Teil davon")
    # A question of nothing but small words is taken at its words.
    assert answers(page, "wie oft")
