"""The year of an office, from an empty folder to its report: what is done to the files, what the
check and the strict build say after each step, and what a visitor then sees.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pikepdf
import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from partnership.checking.load import load
from partnership.cli import main
from partnership.model.dates import LOCAL
from partnership.model.member import Member
from partnership.office.questionnaire import layout
from tests import filling
from tests.browser import whole_form
from tests.browser.conftest import Visitor, served
from tests.sites import ENGINE, Site, commit, git, number, run_build

pytestmark = pytest.mark.slow

Say = pytest.CaptureFixture[str]
FIRST, RENAMED = "vollstaendig-ausgefuellt-ag", "alles-neu-ag"
OTHERS = ("Zweite Werke GmbH", "Dritte Werke GmbH", "Vierte Werke GmbH")
RIVAL, RENAMED_RIVAL, LEAVING = "zweite-werke-gmbh", "umgetaufte-werke-gmbh", "dritte-werke-gmbh"
FOR_TOTALS = "Nur für die Summen bestimmt."
CONFIDENTIAL = (FOR_TOTALS, "471147", "471.147")
ANNOUNCED = {
    "beginn": "2027-01-20 17:00",
    "ende": "2027-01-20 19:00",
    "ort": "Rathaus, Marktplatz 1, Musterhausen",
    "anmeldung": "mailto:treffen@musterhausen.example",
    "barrierefreiheit": "Stufenloser Zugang.",
    "zusammenfassung": "Mitglieder tauschen sich aus.",
}
NEWS = """\
---
titel: Der Jahresbericht ist da
beschreibung: Was 2026 geschah.
---
Hier ist der [Jahresbericht 2026](../dateien/jahresbericht-2026.pdf).
"""
FORM = "/mitmachen/fragebogen/"


class Office:
    """A city with public files, its confidential folder, and the site as its visitors get it."""

    def __init__(self, folder: Path, visitor: Visitor, url: str, say: Say) -> None:
        self.city, self.vault, self.home = folder / "stadt", folder / "geheim", folder
        self.url, self.visitor, self.say = url, visitor, say
        self.day = date(2026, 11, 23)
        self.patch = pytest.MonkeyPatch()
        self.vault.mkdir()
        self.goes_to(self.day)

    def goes_to(self, day: date) -> None:
        """Let it be noon of `day`."""
        self.day = day
        self.patch.setenv("SOURCE_DATE_EPOCH", str(self.moment))

    @property
    def moment(self) -> int:
        return int(datetime.combine(self.day, time(12), LOCAL).timestamp())

    def calls(self, *words: str, code: int = 0) -> str:
        """Run a command in the city; gives what it says."""
        root = () if words[0] == "init" else ("--root", str(self.city))
        ended = main([*words, *root])
        said = self.say.readouterr()
        assert ended == code, said.out + said.err
        return said.out + said.err

    def apart(self, *words: str, code: int = 0) -> str:
        """The same for commands that read the confidential folder."""
        return self.calls(*words, "--vertraulich", str(self.vault), code=code)

    def writes(self, path: str, old: str, new: str) -> None:
        """Change a file where `old` stands, once."""
        text = (self.city / path).read_text("utf-8")
        assert text.count(old) == 1, text
        (self.city / path).write_text(text.replace(old, new), "utf-8")

    def publishes(self, message: str) -> None:
        """Check, propose, merge and build, as for every change."""
        self.apart("check", "--changed-since", "HEAD")
        self.calls("check", "--changed-since", "HEAD")
        commit(self.city, message, self.day.isoformat() + "T12:00:00+01:00")
        done = run_build(self.city, "--strict", moment=self.moment)
        assert done.returncode == 0, done.stderr
        assert "WARNING" not in done.stderr

    def shows(self, address: str) -> Page:
        """A page as a visitor who comes on this day sees it."""
        page = self.visitor.at(self.url)
        page.clock.set_fixed_time(datetime.fromtimestamp(self.moment, UTC))
        page.goto(address)
        return page

    def member(self, slug: str) -> Member:
        return next(each for each in load(self.city, self.day, ENGINE).members if each.slug == slug)

    def calendar(self, page: Page) -> Any:
        """The only entry of the calendar file that the page of an event offers."""
        with page.expect_download() as download:
            page.get_by_role("link", name="Termin herunterladen").click()
        (entry,) = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")
        return entry

    def everywhere(self, text: str) -> list[str]:
        """The published files in which a text stands, also packed ones."""
        return Site(self.city / "site").files_with(text)


@pytest.fixture
def office(tmp_path: Path, visitor: Visitor, capsys: Say) -> Iterator[Office]:
    with served(tmp_path / "stadt/site") as url:
        office = Office(tmp_path, visitor, url, capsys)
        yield office
        office.patch.undo()


def joins(
    office: Office, choice: str, typed: Mapping[str, str], *, is_long: bool = False
) -> dict[str, Any]:
    """A company fills the whole web form and sends its file; the office takes it in."""
    day = {"auskunft.stand": (f"{office.day:%d.%m.%Y}", office.day.isoformat())}
    own = {key: (value, value) for key, value in typed.items()}
    page = office.shows(FORM)
    expect(page.locator("[data-form-area]")).not_to_have_attribute("inert", "")
    said = whole_form.fill_everything(
        page, choice, is_long=is_long, typed={**whole_form.TYPED, **day, **own}
    )
    file = whole_form.saved(page, office.home, len(said["massnahmen"]))
    told = office.apart("import", str(file))
    assert "neu angelegt" in told
    return said


def answers_in_excel(
    office: Office, answers: Mapping[str, Any], measures: list[Mapping[str, Any]]
) -> Path:
    """A company fills the Excel form of the site and sends it."""
    page = office.shows(FORM)
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel-Formular herunterladen").click()
    file = office.home / f"antwort-{office.day}.xlsx"
    download.value.save_as(file)
    book, left = load_workbook(file), dict(answers)
    for sheet in (layout.COMPANY, layout.FIGURES):
        for row in book[sheet].iter_rows():
            for question in [each for each in left if str(row[1].value or "").startswith(each)]:
                row[2].value = left.pop(question)
    assert not left
    for place, measure in enumerate(measures, layout.HEAD_ROW + 1):
        for column, (_, key) in enumerate(layout.COLUMNS, 1):
            book[layout.MEASURES].cell(place, column).value = measure.get(key)
    book.save(file)
    return file


def founds(office: Office) -> None:
    office.calls("init", str(office.city), "--stadt", "Musterhausen")
    git(office.city, "init", "-q")
    commit(office.city, "Anfang", "2026-11-23T08:00:00+01:00")
    office.publishes("Leer")
    page = office.shows("/")
    expect(page.get_by_text("Vorschau").first).to_be_visible()
    filling.fill(office.city, filling.named(office.city))
    office.say.readouterr()
    for key, day in (("gegruendet", "2024-03-01"), ("unterzeichnet", "2024-03-01")):
        path = office.city / "data/partnerschaft.yml"
        path.write_text(re.sub(rf"{key}: 2026-11-23.*", f"{key}: {day}", path.read_text("utf-8")))
    office.calls("check", "--release")
    office.publishes("Angaben der Stadt")
    page = office.shows("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Mobilitätspartnerschaft Musterhausen"
    )
    expect(page.get_by_text("Vorschau")).to_have_count(0)


def first_company_joins(office: Office) -> None:
    said = joins(office, "einzeln", {}, is_long=True)
    assert whole_form.plain(office.member(FIRST)) == whole_form.as_member(said)
    office.publishes("Erstes Mitglied")
    page = office.shows("/mitglieder/")
    page.get_by_role("link", name=said["name"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said["name"])
    for told in ("Musterstraße 1 a, 01234 Musterstadt", "1.200", "Mai 2024", "Zweiter Satz"):
        expect(page.locator("main")).to_contain_text(told)
    expect(page.get_by_role("heading", name="Unser Weg")).to_have_count(len(said["massnahmen"]))
    expect(page.get_by_text("34 Ladepunkte", exact=True)).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("Unternehmen ist dabei")).to_be_visible()
    expect(page.get_by_text("Maßnahmen sind geplant", exact=True)).to_be_visible()


def others_join(office: Office) -> None:
    for name in OTHERS:
        told = {"kennzahlen.fahrleistung": "471147", "beschreibung": FOR_TOTALS}
        joins(office, "nur_summe", {"name": name, **told})
    office.publishes("Drei weitere Mitglieder")
    page = office.shows("/")
    expect(page.get_by_text("Unternehmen sind dabei")).to_be_visible()
    page.goto("/mitglieder/")
    page.get_by_role("link", name=OTHERS[0]).click()
    expect(page.locator("main")).to_contain_text("keine einzelnen Maßnahmen veröffentlicht")
    assert not any(map(office.everywhere, CONFIDENTIAL))


def event_is_announced_moved_and_cancelled(office: Office) -> None:
    path = office.calls("new", "event", "Netzwerktreffen", "--am", "2027-01-20").split()[0]
    for key, value in ANNOUNCED.items():
        office.writes(
            path,
            f"\n{key}:" + (" 2027-01-20\n" if key == "beginn" else "\n"),
            f"\n{key}: {value}\n",
        )
    office.publishes("Netzwerktreffen")
    page = opened_event(office)
    expect(page.locator("main")).to_contain_text("20. Januar 2027, 17:00 bis 19:00 Uhr")
    expect(page.get_by_role("link", name="treffen@musterhausen.example")).to_be_visible()
    announced = office.calendar(page)
    assert (announced["SEQUENCE"], announced["STATUS"]) == (1, "CONFIRMED")

    office.goes_to(date(2027, 1, 11))
    office.writes(path, "beginn: 2027-01-20 17:00", "beginn: 2027-02-03 18:00")
    office.writes(path, "ende: 2027-01-20 19:00", "ende: 2027-02-03 20:00")
    office.writes(path, "status: geplant", "status: verschoben\nverschoben_von: 2027-01-20 17:00")
    said = office.calls("check", "--changed-since", "HEAD", code=1)
    assert "„beginn“ ist geändert, „fassung“ aber nicht erhöht" in said
    office.writes(path, "fassung: 1", "fassung: 2")
    office.writes(path, "geaendert: 2026-11-23", "geaendert: 2027-01-11")
    office.publishes("Netzwerktreffen verschoben")
    page = opened_event(office)
    expect(page.get_by_text("Diese Veranstaltung wurde verschoben.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("3. Februar 2027, 18:00 bis 20:00 Uhr")
    moved = office.calendar(page)
    assert (moved["UID"], moved["SEQUENCE"]) == (announced["UID"], 2)
    assert moved["STATUS"] == "CONFIRMED"
    assert moved["DTSTART"].dt == datetime(2027, 2, 3, 18, tzinfo=LOCAL)

    office.goes_to(date(2027, 1, 25))
    office.writes(path, "status: verschoben", "status: abgesagt")
    office.writes(path, "fassung: 2", "fassung: 3")
    office.writes(path, "geaendert: 2027-01-11", "geaendert: 2027-01-25")
    office.publishes("Netzwerktreffen abgesagt")
    page = opened_event(office)
    expect(page.get_by_text("Diese Veranstaltung ist abgesagt.")).to_be_visible()
    cancelled = office.calendar(page)
    assert (cancelled["UID"], cancelled["SEQUENCE"]) == (announced["UID"], 3)
    assert cancelled["STATUS"] == "CANCELLED"


def opened_event(office: Office) -> Page:
    """The page of the meeting, found as visitors find it."""
    page = office.shows("/veranstaltungen/")
    page.get_by_role("link", name="Netzwerktreffen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Netzwerktreffen")
    return page


def first_company_answers_again(office: Office) -> None:
    office.goes_to(date(2027, 2, 15))
    kinds = load(office.city, office.day, ENGINE).types
    file = answers_in_excel(
        office,
        {
            "Wie heißt Ihr Unternehmen?": "Vollständig Ausgefüllt AG",
            "Wie viele Beschäftigte arbeiten an Ihren Standorten": 1300,
            "Für welches Jahr gelten die Zahlen?": 2026,
            "Wie dürfen wir diese Zahlen": "einzeln",
            "Wie viele Ladepunkte": 36,
            "Datum der Antwort": "15.02.2027",
            "Dürfen wir Ihr Unternehmen mit": "ja",
            "Dürfen wir die Maßnahmen": "ja",
            "Bekennt sich Ihr": "ja",
            "Ist die ausfüllende Stelle": "ja",
        },
        [
            {
                "typ": kinds["jobticket"].name,
                "titel": "Ticket für alle",
                "ziel": 2029,
                "veroeffentlichung": "einzeln",
            },
        ],
    )
    told = office.apart("import", str(file), code=1)
    assert "„Ticket für alle“ lässt sich nicht zuordnen" in told
    told = office.apart("import", str(file), "--neu")
    assert "„Ticket für alle“: neu" in told
    office.publishes("Neue Auskunft")
    page = office.shows(f"/mitglieder/{FIRST}/")
    for seen in ("1.300", "36 Ladepunkte", "34 Ladepunkte", "Ticket für alle"):
        expect(page.locator("main")).to_contain_text(seen)


def companies_take_other_names(office: Office) -> None:
    for old, new in ((FIRST, RENAMED), (RIVAL, RENAMED_RIVAL)):
        git(office.city, "mv", f"members/{old}.md", f"members/{new}.md")
    office.writes(f"members/{RENAMED}.md", "name: Vollständig Ausgefüllt AG", "name: Alles Neu AG")
    office.writes(f"members/{RENAMED_RIVAL}.md", "name: Zweite Werke", "name: Umgetaufte Werke")
    said = office.calls("check", "--changed-since", "HEAD", code=1)
    assert f"Die Datei hieß bisher {FIRST}.md; deren Adresse führt ins Leere." in said
    for old, new in ((FIRST, RENAMED), (RIVAL, RENAMED_RIVAL)):
        path = office.city / f"members/{new}.md"
        head, rest = path.read_text("utf-8").split("\n---\n", 1)
        path.write_text(f"{head}\nfrueher: [{old}]\n---\n{rest}", "utf-8")
    said = office.apart("check", code=1)
    assert f"Das Mitglied heißt jetzt {RENAMED_RIVAL}.md." in said
    (office.vault / f"mitglieder/{RIVAL}.yml").rename(
        office.vault / f"mitglieder/{RENAMED_RIVAL}.yml"
    )
    office.calls("format")
    office.publishes("Neue Namen")
    page = office.shows(f"/mitglieder/{FIRST}/")
    page.wait_for_url(f"**/mitglieder/{RENAMED}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Alles Neu AG")
    page.goto("/mitglieder/")
    expect(page.get_by_role("link", name="Umgetaufte Werke GmbH")).to_be_visible()
    expect(page.get_by_text("Vollständig Ausgefüllt AG")).to_have_count(0)


def one_company_leaves(office: Office) -> None:
    path = f"members/{LEAVING}.md"
    office.writes(path, "\nbeitritt: 2024-05\n", "\nbeitritt: 2024-05\naustritt: 2027-02-28\n")
    office.publishes("Austritt")
    page = office.shows("/mitglieder/")
    expect(page.get_by_role("link", name="Dritte Werke GmbH")).to_be_visible()
    office.goes_to(date(2027, 3, 1))
    office.publishes("Am Tag danach")
    page = office.shows("/mitglieder/")
    expect(page.get_by_role("link", name="Vierte Werke GmbH")).to_be_visible()
    expect(page.get_by_role("link", name="Dritte Werke GmbH")).to_have_count(0)
    page.goto(f"/mitglieder/{LEAVING}/")
    expect(page.locator("main")).to_contain_text("gehört der Partnerschaft")


def year_is_told(office: Office) -> None:
    office.goes_to(date(2027, 3, 10))
    brochure = office.city / "content/dateien/jahresbericht-2026.pdf"
    office.calls("yearbook", "2026", str(brochure))
    news = office.city / "content/aktuelles/2027-03-10-jahresbericht.md"
    news.parent.mkdir(exist_ok=True)
    news.write_text(NEWS, "utf-8")
    office.publishes("Jahresbericht")
    page = office.shows("/")
    page.get_by_role("link", name="Der Jahresbericht ist da").click()
    # A browser shows it by itself; what it is given is looked at here.
    address = page.get_by_role("link", name="Jahresbericht 2026").get_attribute("href")
    assert address is not None
    given = page.request.get(urljoin(page.url, address)).body()
    with pikepdf.open(BytesIO(given)) as pdf, pdf.open_outline() as outline:
        assert (
            str(pdf.docinfo["/Title"])
            == "Jahresbericht 2026 – Mobilitätspartnerschaft Musterhausen"
        )
        told = [str(each.title) for whole in outline.root for each in (whole, *whole.children)]
        assert {"Was 2026 geschah", "Zahlen", "Mitglieder"} <= {*told}


def year_is_closed(office: Office) -> None:
    office.goes_to(date(2027, 3, 15))
    said = office.apart("close")
    assert "Abgeschlossen bis 2026: " in said
    office.publishes("Jahresabschluss")
    page = office.shows("/statistik/summen/")
    row = page.get_by_role("row", name=re.compile("Fahrleistung"))
    expect(row).to_contain_text("3 bis 5")
    # Each of three equal amounts goes to a rung near it, which one only the office's secret knows.
    told = re.findall(r"rund ([\d.]+)", row.inner_text())
    assert all(abs(number(each) / (3 * 471147) - 1) < 0.3 for each in told)
    assert len(told) == 2
    assert not any(map(office.everywhere, CONFIDENTIAL))


def office_asks_again(office: Office) -> None:
    office.goes_to(date(2027, 12, 1))
    table = office.home / "nachfragen.xlsx"
    said = office.calls("report", "--xlsx", str(table))
    assert "Auskunft fehlt oder ist älter als ein Jahr (2)" in said
    rows = [*load_workbook(table).worksheets[0].iter_rows(values_only=True)]
    asked = [
        (row[1], row[4]) for row in rows if row[0] == "Auskunft fehlt oder ist älter als ein Jahr"
    ]
    contact = "mobil@vollstaendig.example"
    assert asked == [("Umgetaufte Werke GmbH", contact), ("Vierte Werke GmbH", contact)]
    office.writes("members/vierte-werke-gmbh.md", "beschaeftigte: 1200", "beschaeftigte: 1250")
    office.publishes("Korrektur: Die Zahl der Beschäftigten war falsch übertragen")
    page = office.shows("/aenderungen/")
    expect(page.locator("main")).to_contain_text("Die Zahl der Beschäftigten war falsch übertragen")
    page.get_by_role("link", name="Vierte Werke GmbH").first.click()
    expect(page.locator("main")).to_contain_text("1.250")


def test_from_an_empty_folder_to_the_report(office: Office) -> None:
    founds(office)
    first_company_joins(office)
    others_join(office)
    event_is_announced_moved_and_cancelled(office)
    first_company_answers_again(office)
    companies_take_other_names(office)
    one_company_leaves(office)
    year_is_told(office)
    year_is_closed(office)
    office_asks_again(office)
