"""The estimates: every range can be reckoned again by hand, and none rests on what is confidential.

The expected numbers are worked out here from the formula, not by the library.
"""

from decimal import Decimal
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from partnership.effects import rounded
from partnership.views.effects import page
from tests.helpers import MEMBER, TODAY, measure_text, partnership_with, told
from tests.sites import Site, run_build, small_city

FACTORS = """
auto_a: {name: Auto, verkehrsmittel: auto, wert: 100, einheit: g CO2e/Pkm}
auto_b: {name: Auto, verkehrsmittel: auto, wert: 200, einheit: g CO2e/Pkm}
bus_a: {name: Bus, verkehrsmittel: bus, wert: 20, einheit: g CO2e/Pkm}
bus_b: {name: Bus, verkehrsmittel: bus, wert: 60, einheit: g CO2e/Pkm}
stickoxide: {name: Stickoxide, einheit: g NOx/Pkm, hinweis: Kein zitierfähiger Wert.}
"""
TYPES = """
jobticket:
  name: Jobticket
  handlungsfeld: arbeitswege
  einheit: {name: Beschäftigte mit Ticket, art: anzahl}
  frage: Wie viele?
  schaetzung: {verfahren: verlagerung, von: auto, nach: bus, anteil: [0.1, 0.5], \
tage: [100, 200], km: [5, 10]}
homeoffice:
  name: Mobiles Arbeiten
  handlungsfeld: arbeitswege
  einheit: {name: mobil Arbeitende, art: anzahl}
  frage: Wie viele?
  schaetzung: {verfahren: vermeidung, von: auto, anteil: [0.5, 1], tage: [10, 20], km: [1, 2]}
radabstellanlage:
  name: Stellplätze
  handlungsfeld: arbeitswege
  einheit: {name: Plätze, art: anzahl}
  frage: Wie viele?
  ohne_schaetzung: Aus Plätzen folgen keine Fahrten.
fahrtenbuch:
  name: Fahrtenbuch
  handlungsfeld: fuhrpark
  einheit: {name: vorhanden, art: ja_nein}
  frage: Gibt es eins?
  ohne_schaetzung: Es zählt nur.
"""
FILES = {"data/emissionsfaktoren.yml": FACTORS, "data/massnahmentypen.yml": TYPES}
PAGE = "statistik/wirkung/"


def effects_page(folder: Path, member: str) -> BeautifulSoup:
    city = small_city(folder)
    for path, text in {**FILES, MEMBER: member}.items():
        (city / path).write_text(text, "utf-8")
    done = run_build(city, "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    return Site(city / "site").pages[PAGE]


def home_range(folder: Path, member: str) -> str:
    partnership = partnership_with(folder, {**FILES, MEMBER: member})
    (found,) = [each for each in page(partnership, TODAY).estimates if each.anchor == "homeoffice"]
    return found.range


def words(element: object) -> str:
    return " ".join(element.get_text(" ").split())  # type: ignore[attr-defined]


def test_range_runs_between_the_corner_values(tmp_path: Path) -> None:
    member = measure_text("typ: homeoffice", "laufend: 2024", "umfang: {2023: 7, 2024: 40}")
    shown = effects_page(tmp_path, member)
    # 380 tickets of the other member, of its newest year:
    # 380 × 0.1 × 100 × 2 × 5 × (100 − 60) g = 1.52 t,
    # 380 × 0.5 × 200 × 2 × 10 × (200 − 20) g = 136.8 t
    ticket = words(shown.find(id="jobticket").parent)
    assert "1,5 bis 140 t CO₂e im Jahr" in ticket
    assert "380 (Beschäftigte mit Ticket), angegeben von 1 Unternehmen" in ticket
    assert "380 × 10 % × 100 Tage × 2 × 5 km × (100 − 60) g/km = 1,5 t" in ticket
    # 40 × 0.5 × 10 × 2 × 1 × 100 g = 40 kg; 40 × 1 × 20 × 2 × 2 × 200 g = 640 kg
    home = words(shown.find(id="homeoffice").parent)
    assert "40 bis 640 kg CO₂e im Jahr" in home
    text = words(shown)
    assert "Stickoxide: Kein zitierfähiger Wert." in text
    assert "Aus Plätzen folgen keine Fahrten." in text


@pytest.mark.parametrize(
    "lines",
    [
        ("typ: homeoffice", "laufend: 2024", "umfang: 40", "veroeffentlichung: nur_summe"),
        ("typ: homeoffice", "geplant: 2024", "ziel: 2027", "umfang: 40"),
        ("typ: homeoffice", "laufend: 2020", "eingestellt: 2024", "umfang: 40"),
        ("typ: homeoffice", "laufend: 2024"),
    ],
    ids=["for totals only", "only planned", "ended", "no extent"],
)
def test_nothing_is_estimated_from(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert home_range(tmp_path, measure_text(*lines)) == ""


def test_public_sources_are_no_declaration(tmp_path: Path) -> None:
    member = measure_text("typ: homeoffice", "laufend: 2024", "umfang: 40").replace(
        "bestaetigung: unternehmen",
        "bestaetigung: oeffentliche_quelle\n"
        "quellen: [{titel: T, url: https://a.example, abruf: 2026-11-01}]",
    )
    assert home_range(tmp_path, member) == ""


def test_without_a_declared_extent_the_page_says_so(tmp_path: Path) -> None:
    shown = effects_page(tmp_path, measure_text("typ: fahrtenbuch", "laufend: 2024"))
    home = words(shown.find(id="homeoffice").parent)
    assert "Noch nicht geschätzt: Kein Mitglied hat dazu selbst einen Umfang" in home
    assert "So würde gerechnet" in home
    assert "CO₂e im Jahr" not in home


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("anteil: [0.1, 0.5]", "anteil: [0.5, 0.1]", "spanne"),
        ("anteil: [0.1, 0.5]", "anteil: [10, 50]", "spanne"),
        ("von: auto, nach: bus", "von: auto", "fehlt"),
        ("nach: bus", "nach: buss", "unbekannt"),
        ("verfahren: verlagerung", "verfahren: verlagrung", "auswahl"),
    ],
)
def test_wrong_assumptions_are_named(tmp_path: Path, old: str, new: str, rule: str) -> None:
    files = FILES | {"data/massnahmentypen.yml": TYPES.replace(old, new, 1)}
    (problem,) = told(tmp_path, files)
    assert problem.startswith("data/massnahmentypen.yml:7:")
    assert problem.endswith(f" {rule}")


def test_a_single_value_is_no_range(tmp_path: Path) -> None:
    factors = FACTORS.replace("bus_b: {name: Bus, verkehrsmittel: bus,", "bus_b: {name: Bus,")
    (problem,) = told(tmp_path, FILES | {"data/emissionsfaktoren.yml": factors})
    assert problem == "data/massnahmentypen.yml:7:57 einzelwert"


def test_two_digits_are_kept() -> None:
    cases = {0.0: 0.0, 136.8: 140.0, 1.52: 1.5, 0.0449: 0.045, 99.9: 100.0, -1.55: -1.6}
    assert {value: rounded(value) for value in cases} == pytest.approx(cases)
    assert Decimal(str(rounded(8013.4))) == 8000
