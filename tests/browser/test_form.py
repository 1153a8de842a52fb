"""The web form by keyboard alone: six measures, a file at the end, and the page they become."""

import gzip
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from partnership.cli import main
from tests.browser.conftest import Visitor
from tests.conftest import DEMO_CITY, ROOT, Build
from tests.sites import NOON, Site

FORM = "/mitmachen/fragebogen/"

COMPANY = {
    "Wie heißt Ihr Unternehmen?": "Drechslerei Fantasia GmbH",
    "Zu welcher Branche gehört Ihr Unternehmen?": "Handwerk",
    "Postleitzahl": "01234",
    "Ort": "Musterstadt",
    "Adresse Ihrer Website": "https://fantasia.example",
    "Wie viele Beschäftigte arbeiten": "48",
    "Wer sind Sie, und was ist": "Wir drechseln: „Stühle“ & Tische.",
}
# Section, then what stands in the fields of the measure.
MEASURES = [
    (
        "Maßnahme",
        {
            "Art der Maßnahme": "Jobticket",
            "Bezeichnung im Unternehmen": "Ticket für alle",
            "In Umsetzung seit": "09.2024",
            "Umgesetzt seit": "2025",
            "Wie viele Ihrer Beschäftigten nutzen": "12",
            "Für welches Jahr": "2025",
            "Kurze Beschreibung": "Zuschuss von 50 %.",
        },
        "einzeln",
    ),
    ("Maßnahme", {"Art der Maßnahme": "Dienstradleasing", "Umgesetzt seit": "2023"}, "einzeln"),
    (
        "Maßnahme",
        {"Art der Maßnahme": "Homeoffice", "In Umsetzung seit": "spätestens 2021"},
        "nur in Summen",
    ),
    (
        "Geplante Maßnahme",
        {
            "Art der Maßnahme": "Ladepunkte",
            "Geplant seit": "2026",
            "Umsetzung vorgesehen bis": "2028",
        },
        "einzeln",
    ),
    (
        "Geplante Maßnahme",
        {
            "Art der Maßnahme": "Lastenräder",
            "Geplant seit": "01.10.2026",
            "Umsetzung vorgesehen bis": "06.2027",
        },
        "einzeln",
    ),
    (
        "Geplante Maßnahme",
        {
            "Art der Maßnahme": "Fahrgemeinschaften",
            "Geplant seit": "2026",
            "Umsetzung vorgesehen bis": "2027",
        },
        "einzeln",
    ),
]

# What a person hears or reads of the control that has the focus.
FOCUSED = """() => {
  const at = document.activeElement;
  const own = at.labels?.length ? at.labels[0].textContent : at.textContent;
  const legend = at.type === "radio" && at.closest("fieldset").querySelector("legend");
  const group = legend ? legend.textContent : "";
  return `${group} ${own}`.replace(/\\s+/g, " ").trim();
}"""
HIDDEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.width === 0 || box.bottom < 0 || box.top > innerHeight;
}"""


def tab_to(page: Page, label: str, key: str = "Tab") -> None:
    """Press Tab until the control with that label has the focus; it must always be in sight."""
    for _ in range(60):
        page.keyboard.press(key)
        assert not page.evaluate(HIDDEN), page.evaluate(FOCUSED)
        if str(page.evaluate(FOCUSED)).startswith(label):
            return
    raise AssertionError(f"no way to „{label}“ by keyboard")


def press(page: Page, label: str) -> None:
    tab_to(page, label)
    page.keyboard.press("Enter")


def fill(page: Page, answers: dict[str, str]) -> None:
    for label, answer in answers.items():
        tab_to(page, label)
        page.keyboard.type(answer)


def choose(page: Page, question: str, answer: str) -> None:
    """Choose one of a group of radio buttons: Space takes the first, an arrow goes on."""
    tab_to(page, question)
    page.keyboard.press("Space")
    while answer not in str(page.evaluate(FOCUSED)):
        page.keyboard.press("ArrowDown")


def axe_findings(page: Page) -> list[str]:
    return [
        f"{broken['id']}: {[node['target'] for node in broken['nodes']]}"
        for broken in Axe().run(page).response["violations"]
    ]


@pytest.fixture
def city(tmp_path: Path) -> Path:
    folder = tmp_path / "stadt"
    shutil.copytree(DEMO_CITY, folder)
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("../../..", str(ROOT)), "utf-8")
    return folder


@pytest.mark.slow
def test_six_measures_by_keyboard_become_the_companys_page(
    visitor: Visitor,
    demo_url: str,
    city: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    build: Build,
    demo_day: date,
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = visitor.at(demo_url, reduced_motion="reduce")  # where it scrolls to, it is at once
    page.clock.set_fixed_time(datetime.fromtimestamp(NOON, UTC))
    page.goto(FORM)
    page.locator("[data-draft]").focus()
    fill(page, COMPANY)
    for button, fields, publication in MEASURES:
        press(page, f"{button} hinzufügen")
        # The focus goes on to the first field of the new measure, the type.
        assert str(page.evaluate(FOCUSED)).startswith("Art der Maßnahme")
        kind, *rest = fields.items()
        page.keyboard.type(kind[1])
        fill(page, dict(rest))
        choose(page, "Wie darf diese Maßnahme", publication)
    for question in ("Dürfen wir Ihr Unternehmen", "Dürfen wir die Maßnahmen"):
        choose(page, question, "ja")
    for question in ("Bekennt sich Ihr", "Ist die ausfüllende Stelle"):
        choose(page, question, "ja")
    fill(page, {"Wann sind Sie der Partnerschaft": "05.2026"})
    fill(page, {"Was möchten Sie der Geschäftsstelle": "Bitte anrufen."})
    press(page, "Angaben prüfen")

    heading = page.get_by_role("heading", name="Ihre Angaben im Überblick")
    expect(heading).to_be_focused()
    expect(page.locator("[data-review] h4")).to_have_count(6)
    assert axe_findings(page) == []
    tab_to(page, "Datei speichern")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    file = tmp_path / download.value.suggested_filename
    assert file.name == "drechslerei-fantasia-gmbh.yml"
    download.value.save_as(file)

    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))
    capsys.readouterr()
    assert main(["import", str(file), "--root", str(city)]) == 0
    # Nothing else was filled in on the way.
    assert capsys.readouterr().out.splitlines() == [
        "drechslerei-fantasia-gmbh.yml: neu angelegt (members/drechslerei-fantasia-gmbh.md)",
        "  Mitteilung des Unternehmens: Bitte anrufen.",
    ]
    site = Site(build(city, tmp_path / "site", day=demo_day))
    member = site.pages["mitglieder/drechslerei-fantasia-gmbh/"]
    text = " ".join(member.get_text(" ").split())
    for told in (
        "Drechslerei Fantasia GmbH",
        "Handwerk",
        "48",
        "Wir drechseln: „Stühle“ & Tische.",
        "Ticket für alle",
        "Zuschuss von 50 %.",
        "Dienstradleasing",
        "Ladepunkte für Beschäftigte",
        "Lastenräder im Betrieb",
        "Fahrgemeinschaften und Mitfahrportal",
    ):
        assert told in text, told
    assert "Homeoffice und mobiles Arbeiten" not in text
    assert "Bitte anrufen" not in text


WRONG = {
    "Postleitzahl": ("123", "fünf Ziffern"),
    "Adresse Ihrer Website": ("www", "https://"),
    "Unter welcher E-Mail-Adresse": ("mobil", "E-Mail-Adresse"),
    "Wie viele Beschäftigte arbeiten": ("viele", "ganze Zahl"),
    "Wie viele Pkw gehören": ("einige", "Zahl"),
    "Für welches Jahr gelten": ("19", "Jahr"),
    "Wann sind Sie der Partnerschaft": ("31.02.2024", "gibt es im Kalender nicht"),
    "Datum der Antwort": ("1.1.2099", "in der Zukunft"),
}
WRONG_MEASURE = {
    "Geplant seit": ("bald", "Jahr, Monat oder Tag"),
    "Umsetzung vorgesehen bis": ("13.2027", "gibt es im Kalender nicht"),
    "Wie viele Ihrer Beschäftigten nutzen": ("zehn", "Zahl"),
    "Für welches Jahr gilt diese Zahl": ("x", "Jahr"),
}


def test_every_wrong_answer_is_told_beside_its_field_and_aloud(
    visitor: Visitor, demo_url: str
) -> None:
    page = visitor.at(demo_url, viewport={"width": 390, "height": 844})
    page.goto(FORM)
    page.get_by_role("button", name="Geplante Maßnahme hinzufügen").click()
    measure = page.locator("[data-measure]")
    measure.get_by_label("Art der Maßnahme").select_option("jobticket")
    for place, cases in ((page.locator("[data-form]"), WRONG), (measure, WRONG_MEASURE)):
        for label, (answer, told) in cases.items():
            field = place.get_by_label(label)
            field.fill(answer)
            field.blur()
            expect(field).to_have_attribute("aria-invalid", "true")
            # The description that a screen reader reads with the field is the message beside it.
            (words,) = field.evaluate(
                "at => at.getAttribute('aria-describedby').split(' ').slice(-1)"
                ".map(id => document.getElementById(id).textContent)"
            )
            assert told in words, (label, words)
            expect(page.get_by_role("status").first).to_contain_text(words)
    page.get_by_role("button", name="Angaben prüfen").click()
    summary = page.locator("[data-errors]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Bitte berichtigen Sie 20 Angaben")
    assert axe_findings(page) == []
    # Each line leads to its field.
    summary.get_by_role("link", name="Postleitzahl").click()
    expect(page.get_by_label("Postleitzahl")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("40233")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Postleitzahl")).not_to_have_attribute("aria-invalid", "true")


def test_draft_is_kept_only_when_asked_for(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url)
    page.goto(FORM)
    name = page.get_by_label("Wie heißt Ihr Unternehmen?")
    kept = "() => localStorage.length"
    name.fill("Ohne Entwurf")
    assert page.evaluate(kept) == 0
    page.get_by_label("Entwurf auf diesem Gerät behalten").check()
    page.get_by_role("button", name="Maßnahme hinzufügen").first.click()
    page.locator("[data-measure]").get_by_label("Art der Maßnahme").select_option("jobticket")
    name.fill("Mit Entwurf")
    page.reload()
    expect(name).to_have_value("Mit Entwurf")
    expect(page.get_by_text("Ihr Entwurf vom")).to_be_visible()
    expect(page.locator("[data-measure] select")).to_have_value("jobticket")
    page.get_by_role("button", name="Entwurf löschen").click()
    assert page.evaluate(kept) == 0
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(name).to_have_value("")


def test_without_javascript_paper_and_excel_remain(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url, java_script_enabled=False)
    page.goto(FORM)
    expect(page.locator("[data-form-area]")).to_be_hidden()
    expect(page.get_by_role("link", name="Excel-Formular").first).to_be_visible()
    page.get_by_role("link", name="Fragebogen auf Papier").first.click()
    expect(page.get_by_text("Wie heißt Ihr Unternehmen?")).to_be_visible()


def test_where_the_form_cannot_be_loaded_whole_the_other_ways_are_named(
    visitor: Visitor, demo_url: str
) -> None:
    page = visitor.at(demo_url)
    page.route("**/formular.json", lambda route: route.abort())
    page.goto(FORM)
    told = page.get_by_role("alert").filter(has_text="nicht vollständig geladen")
    expect(told).to_be_visible()
    expect(told.get_by_role("link")).to_have_count(2)
    # Nothing can be typed that would be lost.
    page.get_by_label("Wie heißt Ihr Unternehmen?").focus()
    assert page.evaluate("() => document.activeElement === document.body")
    visitor.faults.clear()  # it was meant to fail


def test_the_questionnaire_can_be_printed_from_its_own_page(
    visitor: Visitor, demo_url: str
) -> None:
    page = visitor.at(demo_url)
    page.add_init_script("window.print = () => { document.title = 'gedruckt'; }")
    page.goto(f"{FORM}papier/")
    page.get_by_role("button", name="Fragebogen drucken").click()
    expect(page).to_have_title("gedruckt")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Fragebogen drucken")).to_be_hidden()
    # Answers stand there in words, not as the keys of the files.
    expect(page.get_by_text("nur in Summen: zählt mit")).to_be_visible()
    expect(page.get_by_text("nur_summe")).to_have_count(0)
    expect(page.get_by_text("Wie heißt Ihr Unternehmen?")).to_be_visible()


def test_scripts_of_the_form_are_small(demo_site: Path) -> None:
    scripts = [path.read_bytes() for path in demo_site.glob("assets/js/form*.js")]
    assert scripts
    assert sum(len(gzip.compress(script)) for script in scripts) <= 11_264
