"""The calculators: they reckon as the estimates do, in the browser alone, whatever is typed.

What must come out is worked out by tests/recompute.py, from the CSV files and what is typed.
"""

import csv
import json
import random
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import Locator, Page, expect

from partnership.figures.effects.formula import BASES, POINTS, RANKS, Term, outcome
from tests import recompute
from tests.browser.conftest import Visitor
from tests.browser.test_every_page import DARK, DESK, KEPT, LIGHT, PHONE, RULES, TOO_WIDE
from tests.conftest import ROOT
from tests.recompute import Data, Row, rule
from tests.shown.calculators import Filled, reckoned, row_of
from tests.shown.page import numbers

JOBTICKET = "/massnahmen/arbeitswege/jobticket/"
WITH_CALCULATOR = (
    JOBTICKET,
    "/massnahmen/arbeitswege/fahrradleasing/",
    "/massnahmen/arbeitswege/homeoffice/",
    "/massnahmen/fuhrpark/elektro-pkw/",
    "/massnahmen/fuhrpark/elektro-nutzfahrzeuge/",
    "/massnahmen/wirtschaftsverkehr/lastenraeder/",
)
SCRIPTS = ROOT / "overrides/assets/js"


# What is typed into a field beside what stands in the other one.
OTHERS = {
    "beteiligte": ("1.201",),
    "kosten": ("17,35",),
    "anteil": ("3,5", "100"),
    "tage": ("20", "366"),
    "km": ("0,75", "99"),
    "km_jahr": ("50", "9000"),
    "personen": ("1", "8,5"),
    "alt": ("99", "900,5"),
    "neu": ("0", "150"),
}


@pytest.fixture(scope="module")
def data(demo_site: Path) -> Data:
    return recompute.data(demo_site / "daten")


def german(value: Decimal) -> str:
    """As somebody types it."""
    return f"{value.normalize():f}".replace(".", ",")


def fields(page: Page) -> dict[str, list[Locator]]:
    """The inputs of each value, „von“ before „bis“."""
    found: dict[str, list[Locator]] = {}
    for field in page.locator("[data-value]").all():
        found.setdefault(str(field.get_attribute("data-value")), []).append(field)
    return found


def filled(page: Page) -> Filled:
    """What stands in the fields."""
    typed = {key: [each.input_value() for each in own] for key, own in fields(page).items()}
    return {
        # Only where a whole number is asked for a dot is typed; there it groups thousands.
        key: tuple(Decimal(text.replace(".", "").replace(",", ".")) for text in texts if text)
        for key, texts in typed.items()
    }


def shown(page: Page) -> dict[str, list[Decimal]]:
    """The numbers of each result."""
    found = {}
    for each in page.locator("[data-range]").all():
        key = str(each.get_attribute("data-range"))
        told = [each, page.locator(f'[data-likely="{key}"]')]
        # A saving may be less than none.
        texts = [one.inner_text().replace("-", "minus ") for one in told]
        found[key] = [n for text in texts for n in _signed(text)]
    return found


def _signed(text: str) -> list[Decimal]:
    parts = text.split("minus ")
    first, *negative = [numbers(part) for part in parts]
    return [*first, *(n for own in negative for n in (-own[0], *own[1:]))]


def times(page: Page) -> int:
    told = json.loads(page.locator("[data-rules]").text_content() or "")
    return int(told["fest"]["mal"])


def test_every_type_that_has_one_is_tried(demo_site: Path) -> None:
    found = [
        f"/{path.parent.relative_to(demo_site).as_posix()}/"
        for path in demo_site.glob("massnahmen/*/*/index.html")
        if "data-calculator" in path.read_text("utf-8")
    ]
    assert sorted(found) == sorted(WITH_CALCULATOR)


def test_it_reproduces_the_rows_of_the_published_estimates(
    visitor: Visitor, demo_url: str, demo_site: Path, data: Data
) -> None:
    with (demo_site / "daten/wirkung.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["typ"]: row for row in csv.DictReader(file)}
    page = visitor.at(demo_url)
    tried = 0
    for address in WITH_CALCULATOR:
        row = row_of(data, address)
        if row["typ"] not in rows:
            continue
        told, made = rows[row["typ"]], rule(data, row)
        assert made is not None
        page.goto(address)
        empty = dict.fromkeys(fields(page), ())
        values = {**empty, **made.spans, "beteiligte": (Decimal(told["beteiligte"]),)}
        values["anteil"] = tuple(each * 100 for each in made.spans["anteil"])
        for key, own in fields(page).items():
            for field in own:
                field.fill("")
            for field, value in zip(own, values[key], strict=False):
                field.fill(german(value))
        found = shown(page)
        for key, name in (("km", "auto_km"), ("co2e", "co2e_t")):
            if told[f"{name}_von"]:
                low, high, half, _, _, five, most = found[key]
                ends = {"von": low, "p5": five, "mitte": half, "p95": most, "bis": high}
                assert {end: Decimal(told[f"{name}_{end}"]) for end in ends} == ends, row["typ"]
                tried += 1
            else:
                assert not found.get(key), row["typ"]
    assert tried == 4


@pytest.mark.slow
@pytest.mark.parametrize("address", WITH_CALCULATOR)
def test_each_field_changes_what_comes_out(
    visitor: Visitor, demo_url: str, data: Data, address: str
) -> None:
    page = visitor.at(demo_url)
    page.goto(address)
    row, often = row_of(data, address), times(page)
    assert shown(page) == reckoned(data, row, filled(page), often)
    # What nobody documents is typed in, so that everything can be reckoned.
    for key, own in fields(page).items():
        for at, field in enumerate(own):
            if not field.input_value():
                field.fill({"anteil": "7,5", "alt": "210"}.get(key, "12,25") if at == 0 else "")
    before = shown(page)
    assert all(before.values()), before
    assert before == reckoned(data, row, filled(page), often)
    for key, own in fields(page).items():
        for at, field in enumerate(own):
            kept, other = field.input_value(), OTHERS[key][at]
            if kept == other:
                continue
            field.fill(other)
            after = shown(page)
            assert after == reckoned(data, row, filled(page), often)
            assert after != before, field.get_attribute("id")
            field.fill(kept)
    assert shown(page) == before


def test_both_languages_reckon_to_the_last_digit(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url)
    page.goto(JOBTICKET)
    script = page.locator("script[src*='js/calculator.']").get_attribute("src")
    assert script
    chance = random.Random(5)  # noqa: S311 - made-up ranges
    keys = ("anteil", "tage", "km", "personen", "alt", "neu")
    formula = (
        Term(("anteil", "tage", "km", "alt"), ("personen",)),
        Term(("anteil", "tage", "km", "neu"), (), -1),
    )
    tries = []
    for _ in range(40):
        pairs = [
            sorted(chance.choice((0.5, 1, 7.25, 100, 1 / 3)) * chance.random() + 0.01 for _ in "ab")
            for _ in keys
        ]
        tries.append(dict(zip(keys, pairs, strict=True)))
    found = page.evaluate(
        """async ([tries, formula, rules]) => {
          const script = document.querySelector("script[src*='js/calculator.']").src;
          const text = await (await fetch(script)).text();
          const name = text.match(/calculator-formula[.\\w]*\\.js/)[0];
          const { outcome } = await import(new URL(name, script));
          return tries.map((ranges) => outcome(formula, ranges, rules));
        }""",
        [
            tries,
            [[term.times, term.over, term.sign] for term in formula],
            {"punkte": POINTS, "raenge": RANKS, "basen": dict(BASES)},
        ],
    )
    for spans, told in zip(tries, found, strict=True):
        exact = outcome(
            formula, {key: (Fraction(low), Fraction(high)) for key, (low, high) in spans.items()}
        )
        assert (told["p5"], told["median"], told["p95"]) == (exact.p5, exact.median, exact.p95)
        assert told["low"] == pytest.approx(float(exact.low.result), rel=1e-12)
        assert told["high"] == pytest.approx(float(exact.high.result), rel=1e-12)


def test_the_scripts_have_no_number_of_their_own() -> None:
    for name in ("calculator.js", "calculator-formula.js"):
        code = re.sub(r"^\s*//.*$", "", (SCRIPTS / name).read_text("utf-8"), flags=re.MULTILINE)
        code = re.sub(r"\bp(5|95)\b", "", code)
        assert set(re.findall(r"\d+", code)) <= {"0", "1", "9"}, name  # 9: of the class [^0-9]


HOSTILE = {
    "zwanzig": "Die Angabe soll eine Zahl sein.",
    "-5": "Die Angabe soll eine Zahl sein.",
    "1,5,5": "Die Angabe soll eine Zahl sein.",
    "1e999": "Die Angabe soll eine Zahl sein.",
    "Infinity": "Die Angabe soll eine Zahl sein.",
    "0x10": "Die Angabe soll eine Zahl sein.",
    "9" * 400: "Die Angabe soll eine Zahl sein.",
    "<img src=x onerror=alert(1)>": "Die Angabe soll eine Zahl sein.",
    "'; DROP TABLE x; {von}": "Die Angabe soll eine Zahl sein.",
    "=1+1": "Die Angabe soll eine Zahl sein.",
    "１２": "Die Angabe soll eine Zahl sein.",
    "1.200": "Diese Zahl kann 1200 oder 1,2 heißen.",
    "366,5": "Bitte einen Wert von 0 bis 366.",
    "999999999": "Bitte einen Wert von 0 bis 366.",
}


def test_whatever_is_typed_is_answered_in_german_beside_the_field(
    visitor: Visitor, demo_url: str
) -> None:
    page = visitor.at(demo_url)
    page.on("dialog", lambda dialog: visitor.faults.append(dialog.message))
    page.goto(JOBTICKET)
    days = page.locator("#r-tage-von")
    for typed, said in HOSTILE.items():
        days.fill(typed)
        days.blur()
        error = page.locator("#r-tage-von-fehler")
        expect(error).to_be_visible()
        assert error.inner_text().startswith(said), typed
        assert days.get_attribute("aria-invalid") == "true"
        assert days.get_attribute("aria-describedby") == "r-tage-von-fehler"
        assert shown(page) == {"kosten": [], "km": [], "co2e": []}, typed
        expect(page.locator('[data-likely="km"]')).to_have_text(
            "Bitte prüfen Sie die markierten Angaben."
        )
        days.fill("130")
        expect(error).to_be_hidden()
        assert days.get_attribute("aria-invalid") is None
        assert days.get_attribute("aria-describedby") is None
    assert page.locator("img[src=x]").count() == 0
    users = page.locator("#r-beteiligte")
    for typed, said in {
        "2,5": "Die Angabe soll eine ganze Zahl sein.",
        "1000001": "Bitte einen Wert von 0 bis 1.000.000.",
    }.items():
        users.fill(typed)
        users.blur()
        assert page.locator("#r-beteiligte-fehler").inner_text().startswith(said)
    users.fill("1.200")  # where a whole number is asked for, a dot groups thousands
    assert shown(page)["kosten"] == [Decimal(288_000)]


def test_ends_the_wrong_way_round_and_one_end_alone(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url)
    page.goto(JOBTICKET)
    low, high = page.locator("#r-km-von"), page.locator("#r-km-bis")
    low.fill("30")
    low.blur()
    assert (
        page.locator("#r-km-bis-fehler").inner_text()
        == "Der größere Wert gehört nach hinten: 17,2 ist kleiner als 30."
    )
    high.fill("")
    high.blur()
    expect(page.locator("#r-km-bis-fehler")).to_be_hidden()
    alone = shown(page)
    high.fill("30")
    assert shown(page) == alone
    low.fill("")
    assert shown(page) == alone
    high.fill("")
    expect(page.locator('[data-likely="km"]')).to_have_text("Dafür fehlt noch: die Kilometer.")
    assert shown(page)["kosten"] == [Decimal(12_000)]
    # Empty is no mistake.
    assert page.locator("[aria-invalid]").count() == 0


def test_nothing_is_asked_sent_or_kept(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url)
    page.goto(JOBTICKET, wait_until="networkidle")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    for own in fields(page).values():
        for field in own:
            field.fill("3")
            field.press("Enter")
    page.get_by_role("button", name="Beispiel wiederherstellen").click()
    assert asked == []
    assert page.evaluate(KEPT) == 0
    assert page.evaluate("() => indexedDB.databases().then((all) => all.length)") == 0
    assert page.url.endswith(JOBTICKET)
    page.locator("#r-beteiligte").fill("77")
    page.reload()
    assert page.locator("#r-beteiligte").input_value() == "50"


def test_the_example_comes_back(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url)
    page.goto(JOBTICKET)
    before, typed = shown(page), filled(page)
    for own in fields(page).values():
        own[0].fill("2")
    page.locator("#r-tage-von").fill("nichts")
    page.locator("#r-tage-von").blur()
    page.get_by_role("button", name="Beispiel wiederherstellen").click()
    expect(page.locator("#r-tage-von-fehler")).to_be_hidden()
    assert (shown(page), filled(page)) == (before, typed)


def test_it_is_told_politely_and_each_field_has_a_name(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url)
    page.goto(JOBTICKET)
    results = page.get_by_role("status").filter(has_text="Kosten im Jahr")
    assert results.get_attribute("aria-live") == "polite"
    days = page.get_by_role("group", name="Tage im Jahr")
    expect(days.get_by_role("textbox", name="von")).to_have_value("132")
    expect(days.get_by_role("textbox", name="bis")).to_have_value("220")
    page.get_by_role("textbox", name="Beschäftigte mit Ticket").focus()
    page.keyboard.type("100")  # a keyboard alone: select, type, go on
    order = []
    for _ in range(4):
        page.keyboard.press("Tab")
        order.append(page.evaluate("() => document.activeElement.id"))
    assert order[:3] == ["r-kosten", "r-anteil-von", "r-anteil-bis"]
    # Numbers of a phone's keyboard, with a comma.
    assert {field.get_attribute("inputmode") for own in fields(page).values() for field in own} == {
        "decimal"
    }


def test_without_javascript_it_is_a_worked_example(
    visitor: Visitor, demo_url: str, demo_site: Path
) -> None:
    page = visitor.at(demo_url, java_script_enabled=False)
    for address in WITH_CALCULATOR:
        page.goto(address)
        expect(page.get_by_text("Ein Rechenbeispiel.")).to_be_visible()
        expect(page.get_by_role("button", name="Drucken")).to_be_hidden()
        # The words of both are the same to the letter.
        text = (demo_site / address.strip("/") / "index.html").read_text("utf-8")
        read = BeautifulSoup(text, "lxml")
        assert all(field.has_attr("readonly") for field in read.select("[data-value]"))
        told = [" ".join(each.text.split()) for each in read.select("[data-range], [data-likely]")]
        alive = visitor.at(demo_url)
        alive.goto(address)
        expect(alive.get_by_text("Ein Rechenbeispiel.")).to_be_hidden()
        assert [
            " ".join((each.text_content() or "").split())
            for each in alive.locator("[data-range], [data-likely]").all()
        ] == told


def test_on_paper_fields_and_results_remain(visitor: Visitor, demo_url: str) -> None:
    page = visitor.at(demo_url, **DESK)
    page.goto(JOBTICKET)
    page.locator("#r-beteiligte").fill("123")
    page.emulate_media(media="print")
    expect(page.locator("#r-beteiligte")).to_be_visible()
    assert page.locator("#r-beteiligte").evaluate("e => getComputedStyle(e).borderStyle") == "none"
    expect(page.locator('[data-range="kosten"]')).to_have_text("29.520,00 €")
    expect(page.get_by_role("button", name="Drucken")).to_be_hidden()
    expect(page.locator(".calculator-area .needs-js").first).to_be_hidden()
    assert (
        page.locator(".calculator__side").evaluate("e => getComputedStyle(e).position") != "sticky"
    )
    printed: list[str] = []
    page.expose_function("printed", lambda: printed.append("yes"))
    page.emulate_media(media="screen")
    page.evaluate("() => { window.print = () => window.printed(); }")
    page.get_by_role("button", name="Drucken").click()
    assert printed == ["yes"]


@pytest.mark.slow
@pytest.mark.parametrize("look", [LIGHT | DESK, DARK | DESK, LIGHT | PHONE, DARK | PHONE])
def test_it_is_accessible_and_fits_also_with_mistakes(
    visitor: Visitor, demo_url: str, look: dict[str, object]
) -> None:
    page = visitor.at(demo_url, **look)
    found = []
    for address in WITH_CALCULATOR:
        page.goto(address)
        for wrong in (False, True):
            if wrong:
                for own in fields(page).values():
                    for field in own:
                        field.fill("keine Zahl, sondern ein langer Satz ohne Ende")
                        field.blur()
            assert page.evaluate(TOO_WIDE) <= 0, address
            found += [
                f"{address} {wrong}: {broken['id']}: {broken['nodes'][0]['target']}"
                for broken in Axe().run(page, options={"runOnly": RULES}).response["violations"]
            ]
    assert found == []


def test_rows_are_those_of_the_pages(data: Data) -> None:
    found: list[Row] = [row_of(data, address) for address in WITH_CALCULATOR]
    assert {row["typ"] for row in found} == {row["typ"] for row in data.tables["schaetzungen"]}
