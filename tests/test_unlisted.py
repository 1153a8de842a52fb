"""Who does not want to be named belongs all the same: counted among the members, shown nowhere."""

from pathlib import Path

import pytest

from partnership.checking.load import inspect
from partnership.cli import main
from tests.helpers import (
    ENGINE,
    MEMBER,
    SMALL_CITY,
    TODAY,
    city_with,
    member_text,
    shared_questions,
    told,
)
from tests.sites import NOON, Site, commit, contents, git, run_build, small_city, words

Say = pytest.CaptureFixture[str]

CITY = (SMALL_CITY / "data/partnerschaft.yml").read_text("utf-8")
QUESTIONS = shared_questions()
PUBLIC = {
    "data/partnerschaft.yml": CITY + "vertraulichkeit: {ablage_oeffentlich: ja}\n",
    "data/fragebogen.yml": QUESTIONS,
    "members/beispielwerke.md": member_text(name="Beispielwerke GmbH"),
}
HIDDEN = "members/verschwiegene-werke-gmbh.md"
ANSWER = """
name: Verschwiegene Werke GmbH
branche: handel
beitritt: 2026-05
website: https://verschwiegen.example
beschaeftigte: 4711
anschrift: {strasse: Verborgenstraße 9, plz: "01234", ort: Kleinstadt}
auskunft: [{stand: 2026-11-20, von: unternehmen}]
kennzahlen: {2025: {pkw_gesamt: 3779, veroeffentlichung: einzeln}}
oeffentlich: nein
massnahmen:
  - {typ: jobticket, titel: Verdecktes Ticket, laufend: 2024, veroeffentlichung: einzeln}
profil: Wir schweigen gern.
antworten: {massnahmen_veroeffentlichen: nein, selbstbindung: ja, befugt: ja}
"""
SECRETS = (
    "Verschwiegene",
    "verschwiegene-werke",
    "verschwiegen.example",
    "Verborgenstraße",
    "4711",
    "3779",
    "Verdecktes Ticket",
    "schweigen gern",
)


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))


def take(city: Path, answer: str = ANSWER) -> int:
    file = city.parent / "antwort.yml"
    file.write_text(answer, "utf-8")
    return main(["import", str(file), "--root", str(city)])


def count(city: Path) -> int:
    partnership = inspect(city, TODAY, ENGINE).partnership
    assert partnership is not None
    return partnership.count_on(TODAY)


def test_where_files_are_not_public_the_file_is_kept(tmp_path: Path, capsys: Say) -> None:
    city = city_with(tmp_path, {"data/fragebogen.yml": QUESTIONS})
    before = count(city)
    assert take(city) == 0, capsys.readouterr().out
    assert "oeffentlich: nein\n" in (city / HIDDEN).read_text("utf-8")
    partnership = inspect(city, TODAY, ENGINE).partnership
    assert partnership is not None
    assert [each.name for each in partnership.unlisted] == ["Verschwiegene Werke GmbH"]
    assert "Verschwiegene Werke GmbH" not in {each.name for each in partnership.members}
    assert count(city) == before + 1
    # The next answer finds the file, and the company may think again.
    assert take(city, ANSWER.replace("4711", "4712")) == 0
    assert "beschaeftigte: 4712\n" in (city / HIDDEN).read_text("utf-8")
    assert take(city, ANSWER.replace("oeffentlich: nein", "oeffentlich: ja")) == 1
    assert "oeffentlich: nein\n" in (city / HIDDEN).read_text("utf-8")
    yes = ANSWER.replace("oeffentlich: nein", "oeffentlich: ja").replace(": nein,", ": ja,")
    assert take(city, yes) == 0, capsys.readouterr().out
    assert "oeffentlich: ja\n" in (city / HIDDEN).read_text("utf-8")
    assert count(city) == before + 1


def test_who_is_shown_may_ask_to_be_shown_no_more(tmp_path: Path) -> None:
    city = city_with(tmp_path, {"data/fragebogen.yml": QUESTIONS})
    before = (city / "members/beispielwerke.md").read_text("utf-8")
    name = next(line for line in before.splitlines() if line.startswith("name: "))
    assert take(city, f"{name}\noeffentlich: nein\n") == 0
    assert "oeffentlich: nein\n" in (city / "members/beispielwerke.md").read_text("utf-8")


def test_where_files_are_public_nothing_but_the_number_is_kept(tmp_path: Path, capsys: Say) -> None:
    city = city_with(tmp_path, PUBLIC)
    before, files = count(city), contents(city)
    assert take(city) == 0, capsys.readouterr().out
    said = capsys.readouterr().out
    assert "gezählt (data/partnerschaft.yml)" in said
    assert "ohne_eintrag: 1 (Stand 20. November 2026)" in said
    after = contents(city)
    assert {path for path in after if after[path] != files.get(path)} == {"data/partnerschaft.yml"}
    assert not any(secret.encode() in text for text in after.values() for secret in SECRETS)
    assert count(city) == before + 1
    other = ANSWER.replace("Verschwiegene", "Ganz andere").replace("2026-11-20", "2026-11-10")
    assert take(city, other) == 0
    assert "ohne_eintrag:\n  stand: 2026-11-20\n  anzahl: 2\n" in (
        city / "data/partnerschaft.yml"
    ).read_text("utf-8")
    assert count(city) == before + 2
    assert main(["check", "--root", str(city)]) == 0


def test_where_files_are_public_the_office_takes_an_entry_away(tmp_path: Path, capsys: Say) -> None:
    city = city_with(tmp_path, {**PUBLIC, MEMBER: member_text()})
    before = contents(city)
    assert take(city, "name: Muster GmbH\noeffentlich: nein\n") == 1
    assert "Bitte diese Datei löschen" in capsys.readouterr().out
    assert contents(city) == before
    hidden = {**PUBLIC, MEMBER: member_text("oeffentlich: nein\n")}
    assert told(tmp_path / "zwei", hidden) == [f"{MEMBER}:5:14 eintrag-oeffentlich"]


@pytest.mark.parametrize(
    ("changed", "refused"),
    [("selbstbindung: ja", "selbstbindung: nein"), ("befugt: ja", "befugt: nein")],
)
def test_the_commitment_itself_is_still_needed(
    tmp_path: Path, changed: str, refused: str, capsys: Say
) -> None:
    city = city_with(tmp_path, PUBLIC)
    before = contents(city)
    assert take(city, ANSWER.replace(changed, refused)) == 1
    assert "lautet die Antwort „nein“" in capsys.readouterr().out
    assert contents(city) == before


def test_nothing_of_it_is_anywhere_in_the_site(tmp_path: Path, capsys: Say) -> None:
    city = small_city(
        tmp_path,
        {
            "data/fragebogen.yml": QUESTIONS,
            "content/zahl.md": "---\ntitel: Zahl\nbeschreibung: Die Zahl der Mitglieder.\n---\n"
            "Dabei sind [[zahl: mitglieder]] Unternehmen.\n",
        },
    )
    git(city, "init", "-q")
    # It was shown once: the history of the files still knows it.
    yes = ANSWER.replace("oeffentlich: nein", "oeffentlich: ja").replace(": nein,", ": ja,")
    assert take(city, yes) == 0, capsys.readouterr().out
    commit(city, "Mitglied aufgenommen", "2026-11-20T10:00:00+01:00")
    run_build(city)
    shown = Site(city / "site")
    assert all(shown.files_with(secret) for secret in ("Verschwiegene", "Verdecktes Ticket"))
    members = {page for page in shown.pages if page.startswith("mitglieder/")}
    counted = words(shown.pages["zahl/"].select_one("main"))

    assert take(city) == 0, capsys.readouterr().out
    commit(city, "Eintrag zurückgezogen", "2026-11-21T10:00:00+01:00")
    built = run_build(city, "--strict")
    assert built.returncode == 0, built.stderr
    site = Site(city / "site")
    assert {secret: site.files_with(secret) for secret in SECRETS} == {
        secret: [] for secret in SECRETS
    }
    left = members - {page for page in site.pages if page.startswith("mitglieder/")}
    assert left == {"mitglieder/verschwiegene-werke-gmbh/"}
    assert not any("verschwiegen" in name for name in site.files)
    # It is still one of those who belong to the partnership.
    assert words(site.pages["zahl/"].select_one("main")) == counted
    directory = words(site.pages["mitglieder/"].select_one("main"))
    assert "1 weiteres Mitglied möchte nicht genannt werden" in directory
