"""The edition of a closed year: written once, provable by anybody, and never another one."""

import csv
import re
import subprocess
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import yaml

from partnership.cli import main
from tests.helpers import SMALL_CITY, member_text
from tests.sites import NOON, Site, commit, contents, git, run_build, small_city, words

Say = pytest.CaptureFixture[str]
PLACE = "daten/ausgabe/2025/"
ZIP = "data/ausgaben/2025.zip"
RECORDS = "data/ausgaben.yml"
CITY = (SMALL_CITY / "data/partnerschaft.yml").read_text("utf-8")
PRIVATE = f"{CITY}vertraulichkeit: {{ablage_oeffentlich: nein}}\n"
FIRST = "members/beispielwerke.md"
# With a secret among the files, the name of a state in git tells nothing of the others.
SALTED = {"data/vertraulich/beteiligte.yml": "geheimnis: abc\n"}


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return small_city(tmp_path, SALTED)


def close(city: Path, *options: str) -> int:
    return main(["close", "--root", str(city), *options])


def built(city: Path) -> Site:
    done = run_build(city, "--strict")
    assert done.returncode == 0, done.stderr
    return Site(city / "site")


def record(city: Path) -> dict[str, Any]:
    found: dict[Any, dict[str, Any]] = yaml.safe_load((city / RECORDS).read_text("utf-8"))
    return found[2025]


def published(city: Path) -> dict[str, bytes]:
    """What the edition's folder on the site holds, without its page."""
    found = contents(city / "site" / PLACE)
    return {name: content for name, content in found.items() if name != "index.html"}


def figure(content: bytes, table: str, row: str) -> int:
    """A figure of a table of figures."""
    rows = csv.DictReader(StringIO(content.decode("utf-8")))
    (found,) = [each for each in rows if (each["tabelle"], each["merkmal"]) == (table, row)]
    return int(found["wert"])


def test_sha256sum_proves_the_published_files(city: Path) -> None:
    git(city, "init", "-q")
    commit(city, "Begin", "2026-10-01T10:00:00+02:00")
    state = subprocess.run(
        ["git", "-C", city, "rev-parse", "HEAD"], capture_output=True, check=True, text=True
    ).stdout.strip()
    assert close(city) == 0
    site = built(city)
    folder = city / "site" / PLACE
    done = subprocess.run(
        ["sha256sum", "-c", "sha256sums.txt"],
        cwd=folder,
        capture_output=True,
        check=True,
        text=True,
    )
    tables = {name for name in published(city) if name.endswith(".csv")}
    assert {line.removesuffix(": OK") for line in done.stdout.splitlines()} == tables
    assert {"mitglieder.csv", "massnahmen.csv", "statistik.csv", "definitionen.csv"} <= tables
    listed = (folder / "sha256sums.txt").read_bytes()
    shown = words(site.pages[PLACE].select_one("dl.facts"))
    assert f"Prüfsumme (SHA-256) {sha256(listed).hexdigest()}" in shown
    assert f"Stand in git (Commit) {state}" in shown
    assert record(city) == {
        "stand": record(city)["stand"],
        "commit": state,
        "pruefsumme": sha256(listed).hexdigest(),
    }
    with ZipFile(folder / "ausgabe-2025.zip") as packed:
        assert set(packed.namelist()) == {*tables, "sha256sums.txt"}
        assert all(packed.read(name) == (folder / name).read_bytes() for name in packed.namelist())


def test_today_s_data_are_proved_in_the_same_way(city: Path) -> None:
    site = built(city)
    folder = city / "site/daten"
    subprocess.run(["sha256sum", "-c", "--quiet", "sha256sums.txt"], cwd=folder, check=True)
    listed = sha256((folder / "sha256sums.txt").read_bytes()).hexdigest()
    told = site.pages["daten/"].select_one("#datenstand + p code.digits")
    assert words(told) == listed


def test_counted_on_the_last_day_of_its_year(city: Path) -> None:
    joined = member_text("beitritt: 2026-02\n", "Spät GmbH")
    (city / "members/spaet.md").write_text(joined, "utf-8")
    assert close(city) == 0
    built(city)
    of_edition = published(city)["statistik.csv"]
    today = (city / "site/daten/statistik.csv").read_bytes()
    for content, day in ((of_edition, "2025-12-31"), (today, "2026-11-23")):
        days = {row["stichtag"] for row in csv.DictReader(StringIO(content.decode("utf-8")))}
        assert max(days) == day
    by_sector = "mitglieder-nach-branche", "handel"
    assert figure(today, *by_sector) == figure(of_edition, *by_sector) + 1


def test_a_back_dated_entry_changes_live_figures_and_not_the_edition(city: Path) -> None:
    assert close(city) == 0
    site = built(city)
    before, today = published(city), (city / "site/daten/statistik.csv").read_bytes()
    assert "dasselbe" in words(site.pages[PLACE].select_one("section:has(#heute)"))
    late = "beitritt: 2020-05\nmassnahmen:\n  - {typ: jobticket, laufend: 2021-03}\n"
    (city / "members/nachzuegler.md").write_text(member_text(late, "Nachzügler KG"), "utf-8")
    site = built(city)
    assert published(city) == before
    row = "massnahmen-nach-typ", "jobticket"
    new = (city / "site/daten/statistik.csv").read_bytes()
    assert figure(new, *row) == figure(today, *row) + 1
    text = words(site.pages[PLACE].select_one("section:has(#heute)"))
    assert f"{figure(today, *row)} {figure(new, *row)} Nachzügler KG nachgetragen" in text
    assert site.pages[PLACE].select("a[href$='mitglieder/nachzuegler/']")
    told = (city / "site/daten/revision-2025.csv").read_text("utf-8")
    assert "massnahmen-nach-typ,jobticket,anzahl" in told
    overview = words(site.pages["daten/ausgabe/"].select_one("tbody tr"))
    count = len(told.splitlines()) - 1
    assert re.search(rf"2025 23\. November 2026 {count} Zahlen sind heute anders", overview)
    assert list(site.broken_links()) == []


def test_who_was_removed_is_counted_and_not_named(city: Path) -> None:
    (city / "members/geht.md").write_text(member_text("beitritt: 2020\n", "Geht OHG"), "utf-8")
    assert close(city) == 0
    (city / "members/geht.md").unlink()
    site = built(city)
    text = words(site.pages[PLACE])
    assert "1 Eintrag entfernt" in text
    assert "Geht OHG" not in text
    assert "Geht OHG" not in (city / "site/daten/revision-2025.csv").read_text("utf-8")


def test_a_year_is_closed_once(city: Path, capsys: Say) -> None:
    assert close(city) == 0
    before = contents(city)
    capsys.readouterr()
    for options in ((), ("--jahr", "2025")):
        assert close(city, *options) == 2
        assert "2025 ist seit dem 23. November 2026 abgeschlossen" in capsys.readouterr().err
    assert contents(city) == before
    assert close(city, "--jahr", "2024") == 0
    assert sorted(yaml.safe_load((city / RECORDS).read_text("utf-8"))) == [2024, 2025]
    after = contents(city)
    assert after[ZIP] == before[ZIP]
    assert set(built(city).pages) >= {PLACE, "daten/ausgabe/2024/"}


@pytest.mark.parametrize(
    ("year", "said"),
    [("2026", "noch nicht vorbei"), ("2016", "gab es die Partnerschaft noch nicht")],
)
def test_a_year_that_cannot_be_closed(city: Path, year: str, said: str, capsys: Say) -> None:
    assert close(city, "--jahr", year) == 2
    assert said in capsys.readouterr().err
    assert not (city / RECORDS).exists()


def test_what_is_not_in_git_is_in_no_edition(city: Path, capsys: Say) -> None:
    git(city, "init", "-q")
    commit(city, "Begin", "2026-10-01T10:00:00+02:00")
    (city / "members/neu.md").write_text(member_text(name="Neu GmbH"), "utf-8")
    assert close(city) == 2
    assert "members/neu.md" in capsys.readouterr().err
    commit(city, "Neu", "2026-10-02T10:00:00+02:00")
    assert close(city) == 0


def test_nothing_confidential_is_in_it(city: Path) -> None:
    kept = (
        "kennzahlen: {2025: {pkw_gesamt: 7319}}\nmassnahmen:\n"
        "  - {typ: radabstellanlage, titel: Geheimsache, laufend: 2024, umfang: {2025: 4711},"
        " veroeffentlichung: nur_summe}\n"
    )
    for name in "abc":
        text = member_text(kept, f"Firma {name}")
        (city / f"members/{name}.md").write_text(text, "utf-8")
    hidden = member_text("oeffentlich: nein\n", "Unsichtbar GmbH")
    (city / "members/unsichtbar.md").write_text(hidden, "utf-8")
    (city / "data/partnerschaft.yml").write_text(PRIVATE, "utf-8")
    assert close(city) == 0
    with ZipFile(city / ZIP) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist()).decode("utf-8")
        sums = packed.read("jahressummen.csv").decode("utf-8")
    assert not [w for w in ("7319", "4711", "Geheimsache", "Unsichtbar") if w in everything]
    assert "Firma a" in everything
    assert ",3 bis 5," in sums


def test_a_city_without_members_has_editions_too(city: Path) -> None:
    for file in (city / "members").glob("*.md"):
        file.unlink()
    assert close(city) == 0
    page = built(city).pages[PLACE]
    assert "dasselbe" in words(page.select_one("section:has(#heute)"))


# Tampering


def rewritten(city: Path, change: Callable[[dict[str, bytes]], None], *, listed: bool) -> None:
    """The archive with other contents; `listed`: the list of checksums is made to fit."""
    with ZipFile(city / ZIP) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    change(files)
    if listed:
        names = sorted(name for name in files if name.endswith(".csv"))
        lines = (f"{sha256(files[name]).hexdigest()}  {name}\n" for name in names)
        files["sha256sums.txt"] = "".join(lines).encode()
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    (city / ZIP).write_bytes(out.getvalue())


def one_more(files: dict[str, bytes]) -> None:
    files["statistik.csv"] = files["statistik.csv"].replace(b",1,0,", b",2,0,", 1)


def without(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.pop(name) and None


TAMPERED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a figure": (lambda city: rewritten(city, one_more, listed=False), "statistik.csv"),
    "a figure and the list": (lambda city: rewritten(city, one_more, listed=True), "Prüfsumme"),
    "a table left out": (
        lambda city: rewritten(
            city, lambda files: files.pop("branchen.csv") and None, listed=False
        ),
        "branchen.csv",
    ),
    "a table more": (
        lambda city: rewritten(city, lambda files: files.update({"neu.csv": b""}), listed=True),
        "Prüfsumme",
    ),
    "the list left out": (
        lambda city: rewritten(city, without("sha256sums.txt"), listed=False),
        "sha256sums.txt",
    ),
    "a way out": (
        lambda city: rewritten(
            city, lambda files: files.update({"../../index.html": b"x"}), listed=False
        ),
        "in keine Ausgabe gehört",
    ),
    "far too much": (
        lambda city: rewritten(
            city, lambda files: files.update({"leer.csv": bytes(101_000_000)}), listed=True
        ),
        "mehr, als zu einer Ausgabe gehören kann",
    ),
    "no archive": (lambda city: (city / ZIP).write_bytes(b"PK"), "nicht entpacken"),
    "cut off": (
        lambda city: (city / ZIP).write_bytes((city / ZIP).read_bytes()[:-900]),
        "nicht entpacken",
    ),
    "gone": (lambda city: (city / ZIP).unlink(), "Die Ausgabe 2025 fehlt"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_is_found_on_its_file(city: Path, what: str, capsys: Say) -> None:
    assert close(city) == 0
    assert main(["check", "--root", str(city)]) == 0
    tamper, said = TAMPERED[what]
    tamper(city)
    capsys.readouterr()
    assert main(["check", "--root", str(city)]) == 1
    told = capsys.readouterr().out
    assert told.startswith(f"{ZIP}:1:1: ")
    assert said in told
    assert "aus git zurückholen" in told
    assert told.count("\n") == 1
    done = run_build(city, "--strict")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_an_edition_nobody_knows_and_a_file_that_is_none(city: Path, capsys: Say) -> None:
    assert close(city) == 0
    (city / "data/ausgaben/2024.zip").write_bytes((city / ZIP).read_bytes())
    (city / "data/ausgaben/notiz.txt").write_text("?", "utf-8")
    capsys.readouterr()
    assert main(["check", "--root", str(city)]) == 1
    told = [line.split(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert told == ["data/ausgaben/2024.zip", "data/ausgaben/notiz.txt"]


@pytest.mark.parametrize(
    ("old", "new"), [("pruefsumme:", "summe:"), ("stand: 2026-11-23", "stand: gestern")]
)
def test_a_faulty_entry_is_told_once(city: Path, old: str, new: str, capsys: Say) -> None:
    assert close(city) == 0
    text = (city / RECORDS).read_text("utf-8")
    (city / RECORDS).write_text(text.replace(old, new), "utf-8")
    capsys.readouterr()
    assert main(["check", "--root", str(city)]) == 1
    told = capsys.readouterr().out
    assert told.startswith(f"{RECORDS}:")
    assert ZIP not in told


@pytest.fixture
def closed(city: Path) -> Path:
    """A city with an edition, all of it in git."""
    git(city, "init", "-q")
    commit(city, "Begin", "2026-10-01T10:00:00+02:00")
    assert close(city) == 0
    commit(city, "Abschluss", "2026-10-02T10:00:00+02:00")
    return city


def since(city: Path, say: Say) -> str:
    say.readouterr()
    main(["check", "--changed-since", "HEAD", "--root", str(city)])
    return say.readouterr().out


def test_an_edition_cannot_be_replaced_by_another_with_its_checksum(
    closed: Path, capsys: Say
) -> None:
    assert since(closed, capsys) == ""
    before = (closed / RECORDS).read_text("utf-8")
    (closed / ZIP).unlink()
    (closed / RECORDS).unlink()
    (closed / "members/neu.md").write_text(member_text(name="Neu GmbH"), "utf-8")
    git(closed, "add", "-A")
    git(closed, "commit", "-qm", "Weg")
    git(closed, "tag", "weg")
    assert close(closed) == 0
    assert (closed / RECORDS).read_text("utf-8") != before
    capsys.readouterr()
    assert main(["check", "--changed-since", "HEAD~1", "--root", str(closed)]) == 1
    told = capsys.readouterr().out
    assert told.startswith(f"{RECORDS}:")
    assert "Was hier zur Ausgabe 2025 stand, ist verändert oder gelöscht." in told


@pytest.mark.parametrize(
    ("old", "new"), [("stand: 2026-11-23", "stand: 2026-11-22"), ("commit: ", "commit: ab")]
)
def test_what_is_said_of_an_edition_stays(closed: Path, old: str, new: str, capsys: Say) -> None:
    text = (closed / RECORDS).read_text("utf-8")
    (closed / RECORDS).write_text(text.replace(old, new, 1), "utf-8")
    assert since(closed, capsys).startswith(f"{RECORDS}:3:1: ")


def test_an_edition_is_withdrawn_with_its_reason(closed: Path, capsys: Say) -> None:
    text = (closed / RECORDS).read_text("utf-8")
    (closed / RECORDS).write_text(f"{text}  zurueckgezogen: enthielt einen Namen\n", "utf-8")
    assert "ist zurückgezogen, aber noch da" in since(closed, capsys)
    (closed / ZIP).unlink()
    assert since(closed, capsys) == ""
    site = built(closed)
    assert "Grund: enthielt einen Namen" in words(site.pages[PLACE])
    assert published(closed) == {}
    assert "zurückgezogen" in words(site.pages["daten/ausgabe/"].select_one("tbody"))
    assert list(site.broken_links()) == []


# Where figures say from which data they are


def origin(site: Site, address: str) -> str:
    (found,) = site.pages[address].select(".origin")
    return re.sub(r" (?=[.,])", "", words(found))


def test_every_page_of_figures_names_edition_commit_and_checksum(closed: Path) -> None:
    site = built(closed)
    state = subprocess.run(
        ["git", "-C", closed, "rev-parse", "HEAD"], capture_output=True, check=True, text=True
    ).stdout.strip()
    checksum = sha256((closed / "site/daten/sha256sums.txt").read_bytes()).hexdigest()
    pages = [
        address
        for address in site.pages
        if address.startswith(("statistik/", "daten/")) and address != "statistik/zaehlregeln/"
    ]
    assert len(pages) > 20
    for address in pages:
        told = origin(site, address)
        assert f"Prüfsumme {checksum[:12]}" in told, address
        assert f"Stand in git {state[:12]}." in told, address
        assert "Letzte Ausgabe: 2025." in told, address
    assert not site.pages["kontakt/"].select(".origin")
    edited = (closed / FIRST).read_text("utf-8").replace("beschaeftigte:", "beschaeftigte: 1", 1)
    (closed / FIRST).write_text(edited, "utf-8")
    told = origin(built(closed), "statistik/")
    assert f"Stand in git {state[:12]}, mit Änderungen danach." in told
    assert checksum[:12] not in told


def test_where_amounts_may_be_in_the_files_no_state_is_named(tmp_path: Path) -> None:
    """It is a hash of them all: who knows all others could try one amount after the other."""
    city = small_city(tmp_path)
    git(city, "init", "-q")
    commit(city, "Begin", "2026-10-01T10:00:00+02:00")
    state = subprocess.run(
        ["git", "-C", city, "rev-parse", "HEAD"], capture_output=True, check=True, text=True
    ).stdout.strip()
    assert close(city) == 0
    assert "commit" not in record(city)
    site = built(city)
    assert "Stand in git nicht öffentlich." in origin(site, "statistik/")
    assert "Stand in git (Commit) nicht genannt" in words(site.pages[PLACE])
    assert site.files_with(state[:12]) == []
    # Public files hold no such amount.
    open_city = f"{CITY}vertraulichkeit: {{ablage_oeffentlich: ja}}\n"
    (city / "data/partnerschaft.yml").write_text(open_city, "utf-8")
    for file in (city / "members").glob("*.md"):
        file.write_text(member_text(name=file.stem), "utf-8")
    commit(city, "Öffentlich", "2026-10-02T10:00:00+02:00")
    assert "Stand in git nicht" not in origin(built(city), "statistik/")


def test_without_git_it_says_so(city: Path) -> None:
    told = origin(built(city), "statistik/")
    assert "ohne git gebaut. Noch ist kein Jahr abgeschlossen." in told
    assert "Noch ist kein Jahr abgeschlossen." in words(Site(city / "site").pages["daten/ausgabe/"])
