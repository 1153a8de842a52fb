"""The estimates: every range can be reckoned again by hand, and none rests on what is confidential.

The expected numbers are worked out here from the formula, not by the library.
"""

import csv
import re
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from partnership.site.views.effects import EstimateView, page
from tests.helpers import ENGINE, MEMBER, TODAY, measure_text, partnership_with, told
from tests.sites import Site, run_build, small_city

FACTORS = """
probe:
  titel: Probewerte
  herausgeber: Probeamt
  jahr: 2023
  systemgrenze: Betrieb
  quelle: {titel: Probeamt, url: "https://probeamt.example/"}
  vorlaeufig: Die Probewerte sind vorläufig.
  notiz_intern: Nachsehen in Band 7.
  werte:
    auto: {name: Auto, verkehrsmittel: auto, wert: 100, einheit: g CO2e/Pkm, personen: "1,5"}
    bus: {name: Bus, verkehrsmittel: bus, wert: 60, einheit: g CO2e/Pkm, notiz_intern: Siehe Band 7}
    zug: {name: Zug, verkehrsmittel: bus, wert: 20, einheit: g CO2e/Pkm}
    stickoxide: {name: Stickoxide, einheit: g NOx/Pkm, hinweis: Kein zitierfähiger Wert.}
"""
TYPES = """
jobticket:
  name: Jobticket
  handlungsfeld: arbeitswege
  einheit: {name: Beschäftigte mit Ticket, art: anzahl}
  frage: Wie viele?
  schaetzung:
    verfahren: verlagerung
    familie: probe
    von: auto
    nach: bus
    anteil: {spanne: [0.1, 0.5], quellen: [{titel: Umfrage, url: "https://umfrage.example/"}]}
    tage: {spanne: [100, 200], begruendung: Festgelegt.}
    km: {spanne: [5, 10], begruendung: Festgelegt., notiz_intern: Siehe Band 7}
    personen: {spanne: [1, "1,5"], begruendung: Festgelegt.}
homeoffice:
  name: Mobiles Arbeiten
  handlungsfeld: arbeitswege
  einheit: {name: mobil Arbeitende, art: anzahl}
  frage: Wie viele?
  schaetzung:
    verfahren: vermeidung
    familie: probe
    von: auto
    anteil: {spanne: [0.5, 1], quellen: [{titel: Umfrage}]}
    tage: {spanne: [10, 20], begruendung: Festgelegt.}
    km: {spanne: [1, 2], begruendung: Festgelegt.}
    personen: {spanne: [1, "1,5"], begruendung: Festgelegt.}
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


def effects_site(folder: Path, member: str) -> Site:
    city = small_city(folder)
    for path, text in {**FILES, MEMBER: member}.items():
        (city / path).write_text(text, "utf-8")
    done = run_build(city, "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    return Site(city / "site")


def home(folder: Path, member: str) -> EstimateView:
    partnership = partnership_with(folder, {**FILES, MEMBER: member})
    (found,) = [each for each in page(partnership, TODAY).estimates if each.anchor == "homeoffice"]
    return found


def words(element: object) -> str:
    return " ".join(element.get_text(" ").split())  # type: ignore[attr-defined]


def section(shown: BeautifulSoup, anchor: str) -> str:
    return words(shown.find(id=anchor).parent)  # type: ignore[union-attr]


def test_ranges_run_between_the_corners_and_are_rounded_outwards(tmp_path: Path) -> None:
    member = measure_text("typ: homeoffice", "laufend: 2023", "umfang: {2023: 7, 2024: 40}")
    site = effects_site(tmp_path, member)
    shown = site.pages[PAGE]
    # 380 tickets of the other member, of its newest year:
    # 380 × 0.1 × 100 × 2 × 5 ÷ 1.5 = 25 333 km, 380 × 0.5 × 200 × 2 × 10 ÷ 1 = 760 000 km
    # 380 × 0.1 × 100 × 2 × 5 × (150 ÷ 1.5 − 60) g = 1.52 t,
    # 380 × 0.5 × 200 × 2 × 10 × (150 ÷ 1 − 20) g = 98.8 t
    ticket = section(shown, "jobticket")
    assert "25.000 bis 760.000 Autokilometer weniger im Jahr" in ticket
    assert "1,5 bis 99 t CO₂e weniger im Jahr" in ticket
    assert "380 × 10 % × 100 Tage × 2 × 5 km ÷ 1,5 = 25.000 km" in ticket
    assert "380 × 50 % × 200 Tage × 2 × 10 km × (150 ÷ 1 − 20) g/km = 99 t" in ticket
    assert "380 (Beschäftigte mit Ticket), angegeben von 1 Unternehmen" in ticket
    assert "Die Angabe kommt von einem einzigen Unternehmen." in ticket
    # 40 × 0.5 × 10 × 2 × 1 × 150 ÷ 1.5 g = 40 kg; 40 × 1 × 20 × 2 × 2 × 150 g = 480 kg
    at_home = section(shown, "homeoffice")
    assert "40 bis 480 kg CO₂e weniger im Jahr" in at_home
    text = words(shown)
    assert "Stickoxide: Kein zitierfähiger Wert." in text
    assert "Aus Plätzen folgen keine Fahrten." in text


def test_what_stands_behind_an_estimate_is_linked_and_notes_to_editors_are_nowhere(
    tmp_path: Path,
) -> None:
    member = measure_text("typ: jobticket", "laufend: 2023", "umfang: {2023: 7, 2024: 400}")
    site = effects_site(tmp_path, member)
    shown = site.pages[PAGE]
    entries = shown.select("#jobticket ~ details li, .estimate__entries li")
    assert [words(each) for each in entries] == [
        "Beispielwerke GmbH : 380 (2025)",
        "Muster GmbH : 400 (2024)",
    ]
    assert [each.a["href"] for each in entries] == [
        "../../mitglieder/beispielwerke/",
        "../../mitglieder/muster/",
    ]
    ticket = section(shown, "jobticket")
    assert "Auf ein einzelnes Unternehmen entfallen 51 % davon, also mehr als die Hälfte." in ticket
    assert shown.select_one('a[href="https://umfrage.example/"]')
    # Once, above everything else that the page tells.
    assert len(re.findall("vorläufig", words(shown.main))) == 1
    assert "vorläufig" in words(shown.select_one(".callout"))
    for path in site.folder.rglob("*"):
        if path.suffix in {".html", ".csv", ".json", ".jsonld", ".xml"}:
            assert "Band 7" not in path.read_text("utf-8"), path


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
    found = home(tmp_path, measure_text(*lines))
    assert (found.quantities, found.basis, found.entries) == ((), "", ())


def test_public_sources_are_no_declaration(tmp_path: Path) -> None:
    member = measure_text("typ: homeoffice", "laufend: 2024", "umfang: 40").replace(
        "bestaetigung: unternehmen",
        "bestaetigung: oeffentliche_quelle\n"
        "quellen: [{titel: T, url: https://a.example, abruf: 2026-11-01}]",
    )
    assert home(tmp_path, member).quantities == ()


def test_without_a_declared_extent_the_page_says_so(tmp_path: Path) -> None:
    site = effects_site(tmp_path, measure_text("typ: fahrtenbuch", "laufend: 2024"))
    at_home = section(site.pages[PAGE], "homeoffice")
    assert "Noch nicht geschätzt: Hier ist dazu noch kein Umfang verzeichnet" in at_home
    assert "So würde gerechnet" in at_home
    assert "CO₂e weniger" not in at_home


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("spanne: [0.1, 0.5]", "spanne: [0.5, 0.1]", "12:22 spanne"),
        ("spanne: [0.1, 0.5]", "spanne: [10, 50]", "12:22 spanne"),
        ("    nach: bus\n", "", "8:5 annahme"),
        ("nach: bus", "nach: buss", "11:11 unbekannt"),
        ("verfahren: verlagerung", "verfahren: verlagrung", "8:16 auswahl"),
    ],
)
def test_wrong_assumptions_are_named(tmp_path: Path, old: str, new: str, problem: str) -> None:
    files = FILES | {"data/massnahmentypen.yml": TYPES.replace(old, new, 1)}
    (found,) = told(tmp_path, files)
    assert found == f"data/massnahmentypen.yml:{problem}"


# Our own data


def test_our_own_estimates_rest_on_one_family_and_each_share_on_a_source(
    demo_site: Path,
) -> None:
    with (demo_site / "daten/annahmen.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["annahme"] for row in rows} == {"anteil", "tage", "km", "km_jahr", "personen"}
    for row in rows:
        assert row["quellen"] or row["begruendung"], row
        assert not row["min"] or row["annahme"] != "anteil" or "https://" in row["quellen"], row
    with (demo_site / "daten/schaetzungen.csv").open(encoding="utf-8", newline="") as file:
        assert {row["familie"] for row in csv.DictReader(file)} <= {"uba_2024", ""}
    factors = yaml.safe_load((ENGINE / "data/emissionsfaktoren.yml").read_text("utf-8"))
    for family in factors.values():
        assert family["vorlaeufig"], family
        for factor in family["werte"].values():
            assert "wert" in factor or factor["hinweis"], factor
    # What the literature gives no ground for.
    empty = {key for key, each in factors["uba_2024"]["werte"].items() if "wert" not in each}
    assert {"stickoxide", "feinstaub", "lastenrad", "transporter"} <= empty
