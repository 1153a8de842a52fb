"""Every published figure is computed again from the CSV files, and pages show no other figures."""

import csv
import io
import re
import shutil
import subprocess
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from bs4 import NavigableString

from partnership.checking.load import load
from partnership.figures.reckoning import Reckoning
from partnership.site.exports import recount
from partnership.site.exports.open_data import OpenData, of_edition
from partnership.site.views.measures import MeasureIndex
from partnership.site.words import Words
from tests import recompute
from tests.conftest import DEMO_CITY
from tests.helpers import MEMBER, TODAY, member_text, partnership_with
from tests.recompute import data, differences
from tests.serving import served
from tests.shown.reader import Reader
from tests.sites import Site, words

BOTH = pytest.mark.parametrize("built", ["demo_site", "city_site"])


@pytest.fixture
def folder(request: pytest.FixtureRequest, built: str) -> Path:
    site: Path = request.getfixturevalue(built)
    return site


@pytest.fixture(scope="module")
def reader(demo_site: Path) -> Reader:
    return Reader(demo_site)


@BOTH
def test_figures_sums_and_estimates_follow_from_the_published_tables_alone(
    folder: Path, built: str
) -> None:
    tables = data(folder / "daten").tables
    # Whoever has closed no year yet has no sums of one.
    filled = ("statistik", "annahmen") + (("jahressummen",) if built == "demo_site" else ())
    assert all(tables[name] for name in filled)
    assert differences(folder / "daten") == []


def test_figures_of_an_edition_follow_from_its_own_tables(root: Path, tmp_path: Path) -> None:
    for name, content in of_edition(load(DEMO_CITY, TODAY, root), 2025).items():
        (tmp_path / name).write_bytes(content)
    assert data(tmp_path).day == date(2025, 12, 31)
    assert differences(tmp_path) == []


def test_every_number_on_the_pages_follows_from_the_published_tables(reader: Reader) -> None:
    faults, shown = reader.faults()
    assert faults == []
    assert [address for address, count in shown.items() if not count] == ["statistik/zaehlregeln/"]
    assert len(shown) > 100
    assert sum(shown.values()) > 10_000


def test_ones_own_citys_pages_show_no_other_numbers(city_site: Path) -> None:
    """However few members it has: without any, these pages still say of which day they are."""
    faults, shown = Reader(city_site).faults()
    assert faults == []
    assert shown["statistik/"]
    assert shown["statistik/massnahmen/"]


# What the reader does not see, it cannot check.


@pytest.mark.parametrize(
    ("page", "selector", "text"),
    [
        ("", ".figure__value", "97"),
        ("", ".field-tile .muted", "27 Maßnahmen · 22 Unternehmen"),
        ("statistik/", ".chart__value", "17"),
        ("statistik/", "#mitglieder-nach-groesse > p", "Am häufigsten: bis 9 Beschäftigte (99)."),
        ("statistik/vergleich/", "#handlungsfeld-branche tbody td", "40"),
        ("statistik/handlungsfeld-branche/", ".entry-row h2", "Handwerk, Netzwerk: 3 Maßnahmen"),
        ("statistik/summen/", "td.number", "708"),
        ("statistik/kennzahl-beschaeftigte/", ".entry-row li .muted", "1.000"),
        ("statistik/wirkung/", ".estimate__range strong", "33 bis 360 t CO₂e im Jahr"),
        ("statistik/wirkung/", ".estimate__likely", "Mitte: 190.001."),
        ("statistik/wirkung/", ".estimate__formula", "351 × 13 % × 132 Tage"),
        ("statistik/wirkung/", ".estimate__entries li", ": 12 (2025)"),
        ("massnahmen/arbeitswege/jobticket/", '[data-range="co2e"]', "1,2 bis 11 t CO₂e"),
        ("branchen/", ".tile-list .muted", "6 Mitglieder, 26 Maßnahmen"),
        ("branchen/handwerk/", ".plain-list li", ": 11 Beratungen und Workshops"),
        ("massnahmen/fuhrpark/", ".status-counts li", "17"),
        ("mitglieder/", "option[value=handel]", "Handel (8)"),
    ],
)
def test_a_wrong_number_is_found(reader: Reader, page: str, selector: str, text: str) -> None:
    main = reader.content(page)
    assert reader.faults_of(page, reader.content(page)) == []
    element = main.select_one(selector)
    assert element is not None
    number = next(each for each in element.find_all(string=True) if any(map(str.isdigit, each)))
    number.replace_with(NavigableString(text))
    assert reader.faults_of(page, main) != []


def test_what_has_ended_is_shown_but_not_counted(tmp_path: Path) -> None:
    text = member_text(
        "massnahmen:\n"
        "  - {typ: homeoffice, laufend: 2020, eingestellt: 2024}\n"
        "  - {typ: fahrtenbuch, geplant: 2026, ziel: 2027}\n"
    )
    partnership = partnership_with(tmp_path, {MEMBER: text})
    # The other one is the ticket of another company; its log counts in totals only.
    assert Words(partnership, TODAY).fill("[[zahl: massnahmen]]") == "2"
    page = MeasureIndex(partnership, TODAY).type_page("homeoffice")
    assert (page.tile.companies, page.sectors) == (0, ())
    assert [example.member for example in page.examples] == ["Muster GmbH"]


# The program as people run it: a file beside the data, and Python.


def asked(program: Path, place: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(program), place]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@BOTH
def test_the_published_program_computes_every_figure_of_its_site(folder: Path) -> None:
    done = asked(folder / "daten/nachrechnen.py", str(folder))
    assert done.stderr == ""
    *_, files, figures = done.stdout.splitlines()
    assert re.fullmatch(r"\d+ Dateien, 0 mit falscher Prüfsumme\.", files)
    right, total = re.findall(r"[\d.]+(?= )", figures)
    assert figures == f"{right} von {total} Zahlen nachgerechnet."
    assert right == total
    assert done.returncode == 0
    # Each build says on its own page what its own files say.
    page = Site(folder).pages["statistik/zaehlregeln/"]
    assert f"{right} von {total} Zahlen hat das Programm" in words(page.html)


def test_it_reads_the_web_too(demo_site: Path) -> None:
    with served(demo_site) as address:
        done = asked(demo_site / "daten/nachrechnen.py", f"{address}/daten/")
    assert done.stdout.endswith("Zahlen nachgerechnet.\n")
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("statistik.csv", "mitglieder-nach-branche,", None, "Spalte wert: veröffentlicht"),
        ("jahressummen.csv", "2025,", None, "jahressummen.csv, Zeile 2025"),
        ("wirkung.csv", "jobticket,", None, "wirkung.csv, Zeile jobticket, Spalte beteiligte"),
        # What no figure comes from is held by the checksum.
        ("mitglieder.csv", "Handwerk", "Hantwerk", "mitglieder.csv: Die Prüfsumme ist eine andere"),
        ("umfaenge.csv", None, "", "umfaenge.csv: steht in sha256sums.txt, fehlt aber."),
    ],
)
def test_one_changed_cell_is_named(
    demo_site: Path, tmp_path: Path, name: str, before: str | None, after: str | None, told: str
) -> None:
    data_folder = shutil.copytree(demo_site / "daten", tmp_path / "daten")
    path = data_folder / name
    if before is None:
        path.unlink()
    else:
        text = path.read_text("utf-8")
        changed = text.replace(before, after, 1) if after else raised(text, before)
        assert changed != text
        path.write_text(changed, "utf-8", newline="")
    done = asked(data_folder / "nachrechnen.py", str(data_folder))
    assert done.returncode == 1
    assert told in done.stdout


def raised(text: str, start: str) -> str:
    """The first whole number of some size in the first row that begins so is another one."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    row = next(row for row in rows if ",".join(row).startswith(start))
    place = next(i for i, cell in enumerate(row) if i > 0 and cell.isdigit() and cell != row[0])
    if text.startswith("tabelle,"):
        place = rows[0].index("wert")
    if text.startswith("jahr,"):
        place = rows[0].index("summe_einzeln")
    row[place] = str(int(row[place] or 0) + 1)
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("place", ["leer", "gibt-es-nicht", "http://127.0.0.1:9/", "müll"])
def test_what_is_no_data_is_told_in_a_sentence(demo_site: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "leer").mkdir()
    (tmp_path / "müll").mkdir()
    (tmp_path / "müll/statistik.csv").write_bytes(b"\xff\xfe,,\n\0\n")
    listed = f"{sha256(b'').hexdigest()}  statistik.csv\n../../etc/passwd\n\n"
    (tmp_path / "müll/sha256sums.txt").write_text(listed, "utf-8")
    where = place if "://" in place else str(tmp_path / place)
    done = asked(demo_site / "daten/nachrechnen.py", where)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_without_an_address_it_tells_how_to_ask(demo_site: Path) -> None:
    done = asked(demo_site / "daten/nachrechnen.py", "--help")
    assert "python3 nachrechnen.py https://" in done.stderr
    assert "English: computes every published figure" in done.stderr


def test_a_build_tells_what_comes_out_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = recompute.percent
    monkeypatch.setattr(recount.program(), "percent", lambda *of: right(*of) + 1)
    text = member_text("massnahmen:\n  - {typ: homeoffice, laufend: 2020, umfang: 10}\n")
    partnership = partnership_with(tmp_path, {MEMBER: text + "beschaeftigte: 20\n"})
    found = recount.recount(OpenData(Reckoning(partnership, TODAY)).files)
    assert found.wrong
    assert all("veröffentlicht" in line and "nachgerechnet" in line for line in found.wrong)
