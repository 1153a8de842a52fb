"""The command line as the office uses it: German, exact paths, nothing overwritten."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from partnership.cli import main
from tests.helpers import EVENT, MEMBER, checked, city_with, event_text, measure_text, member_text
from tests.sites import NOON, Site, contents, git, run_build

Say = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))


def call(*arguments: str | Path) -> int:
    try:
        return main([str(each) for each in arguments])
    except SystemExit as end:
        return int(end.code or 0)


COMMANDS: Sequence[Sequence[str]] = (
    (),
    ("check",),
    ("new",),
    ("new", "member"),
    ("new", "event"),
    ("init",),
    ("import",),
    ("report",),
    ("compare",),
    ("export",),
    ("yearbook",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_is_german(command: Sequence[str], capsys: Say) -> None:
    assert call(*command, "--help") == 0
    said = capsys.readouterr().out
    assert said.startswith("Aufruf: partnerschaft")
    assert not {"usage:", "options:", "positional", "show this"} & set(said.split())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Es fehlt: BEFEHL."),
        (("prüfen",), "„prüfen“ gibt es nicht. Möglich: check, new"),
        (("check", "--format", "pdf"), "„pdf“ gibt es nicht. Möglich: text, github"),
        (("check", "--laut"), "Das gehört nicht zum Aufruf: --laut."),
        (("check", "--format"), "--format: Hier fehlt ein Wert."),
        (("new", "member"), "Es fehlt: NAME."),
        (("import", "a.yml", "--am", "2026"), "„2026“ ist kein Tag; Beispiel: 2026-03-14."),
    ],
)
def test_wrong_use_is_explained_in_german(arguments: Sequence[str], told: str, capsys: Say) -> None:
    assert call(*arguments) == 2
    assert told in capsys.readouterr().err


def test_new_member_is_sound_once_its_sector_is_named(tmp_path: Path, capsys: Say) -> None:
    city = city_with(tmp_path, {})
    assert call("new", "member", "Müller & Söhne", "--root", city) == 0
    said = capsys.readouterr()
    assert said.out == "members/mueller-soehne.md\n"
    assert "Noch nötig: branche, eine von: " in said.err
    assert call("check", "--root", city) == 1
    assert "members/mueller-soehne.md:3:1: „branche“" in capsys.readouterr().out
    file = city / "members/mueller-soehne.md"
    file.write_text(file.read_text("utf-8").replace("branche:", "branche: handel"), "utf-8")
    assert call("check", "--root", city) == 0


def test_new_member_with_everything_said_is_sound_at_once(tmp_path: Path) -> None:
    city = city_with(tmp_path, {})
    options = ("--branche", "handel", "--beitritt", "2.3.2026", "--root", city)
    assert call("new", "member", "Neu: die #1 [im] Handel", *options) == 0
    assert call("check", "--root", city) == 0
    assert "beitritt: 2026-03-02\n" in (city / "members/neu-die-1-im-handel.md").read_text("utf-8")


def test_new_member_of_an_unknown_sector_is_not_written(tmp_path: Path, capsys: Say) -> None:
    city = city_with(tmp_path, {})
    before = contents(city)
    assert call("new", "member", "Neu", "--branche", "handl", "--root", city) == 2
    assert "Die Branche „handl“ gibt es nicht. Möglich: " in capsys.readouterr().err
    assert contents(city) == before


def test_new_event_is_sound_and_keeps_its_name(tmp_path: Path, capsys: Say) -> None:
    city = city_with(tmp_path, {})
    assert call("new", "event", "Rad & Tat", "--am", "2027-01-14", "--root", city) == 0
    assert call("check", "--root", city) == 0
    text = (city / "data/veranstaltungen/2027-01-14-rad-tat.md").read_text("utf-8")
    assert "titel: Rad & Tat\nbeginn: 2027-01-14\n" in text
    assert "uid: 2027-01-14-rad-tat@" in text
    capsys.readouterr()
    assert call("new", "event", "Ohne Tag", "--root", city) == 0
    assert "Der Tag ist nur vorläufig" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["member", "event"])
def test_new_overwrites_nothing(tmp_path: Path, kind: str, capsys: Say) -> None:
    city = city_with(tmp_path, {})
    assert call("new", kind, "Zweimal", "--root", city) == 0
    before = contents(city)
    assert call("new", kind, "Zweimal", "--root", city) == 2
    assert "gibt es schon und bleibt, wie sie ist." in capsys.readouterr().err
    assert contents(city) == before


def test_init_makes_a_city_that_builds(tmp_path: Path, capsys: Say) -> None:
    city = tmp_path / "neu"
    assert call("init", city, "--stadt", "Bad Beispiel (Nord)") == 0
    assert call("check", "--root", city) == 0
    assert call("check", "--release", "--root", city) == 1
    assert "Hier fehlt noch: Tag der Gründung." in capsys.readouterr().out
    done = run_build(city, "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    site = Site(city / "site")
    assert list(site.broken_links()) == []
    assert "Bad Beispiel (Nord)" in site.pages[""].get_text()
    # The districts of the city whose folder the engine lives in are nobody else's.
    form = site.pages["mitmachen/fragebogen/"]
    assert form.select("[data-field=branche]")
    assert not form.select("[data-field=stadtbezirk]")


def test_init_takes_a_repository_that_is_still_empty(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert call("init", tmp_path, "--stadt", "Beispielhausen") == 0
    assert (tmp_path / "data/partnerschaft.yml").is_file()
    assert call("init", tmp_path, "--stadt", "Beispielhausen") == 2


def test_init_leaves_a_folder_with_content_alone(tmp_path: Path, capsys: Say) -> None:
    (tmp_path / "brief.txt").write_text("wichtig", "utf-8")
    assert call("init", tmp_path) == 2
    assert "ist nicht leer" in capsys.readouterr().err
    assert call("init", tmp_path / "neu", "--stadt", "a: [b]") == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brief.txt"]


def test_report_lists_what_waits(tmp_path: Path, capsys: Say) -> None:
    overdue = measure_text(
        "typ: jobticket",
        "titel: Ticket für alle",
        "geplant: 2024",
        "ziel: 2025",
        more="auskunft: [{stand: 2024-05-02, von: unternehmen}]\nkontakt: mobil@muster.example\n",
    )
    files = {MEMBER: overdue, EVENT: event_text().replace("Programm.\n", "")}
    city = city_with(tmp_path, {**files, "content/dateien/alt.pdf": b"%PDF-1.4"})
    table = tmp_path / "nachfragen.xlsx"
    assert call("report", "--root", city, "--xlsx", table) == 0
    said = capsys.readouterr().out
    for told in (
        "Muster GmbH: letzte Auskunft am 2. Mai 2024 [members/muster.md]",
        "Muster GmbH: „Ticket für alle“: Ziel war 2025, Status ist geplant [members/muster.md]",
        "Muster GmbH: kein Logo hinterlegt",
        "Sprechstunde: am 10. Dezember 2026: noch ohne Programm",
        "alt.pdf: Kein Eintrag und keine Seite nennt diese Datei.",
        "Telefonnummer der Geschäftsstelle: Zeile",
    ):
        assert told in said
    rows = list(load_workbook(table).active.iter_rows(values_only=True))
    assert rows[0][:2] == ("Anlass", "Eintrag")
    assert ("Muster GmbH", "mobil@muster.example") in {(row[1], row[4]) for row in rows}
    assert f"{len(rows) - 1} Punkte, Stand 23.11.2026." in said


def test_report_asks_nobody_who_has_left_or_answered(tmp_path: Path, capsys: Say) -> None:
    fresh = member_text("auskunft: [{stand: 2026-05-02, von: unternehmen}]\naustritt: 2026-06-30\n")
    city = city_with(tmp_path, {MEMBER: fresh})
    assert call("report", "--root", city) == 0
    assert "Muster GmbH" not in capsys.readouterr().out


def test_export_writes_the_open_data_alone(tmp_path: Path) -> None:
    city, out = city_with(tmp_path, {}), tmp_path / "daten"
    assert call("export", out, "--root", city) == 0
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {"daten/mitglieder.csv", "daten/massnahmen.json", "daten/partnerschaft.xlsx"} <= names
    assert load_workbook(io.BytesIO((out / "daten/partnerschaft.xlsx").read_bytes())).sheetnames
    assert call("export", out / "daten/mitglieder.csv", "--root", city) == 2


@pytest.mark.parametrize("command", [("import", "x.yml"), ("report",), ("export", "x")])
def test_commands_that_need_sound_data_name_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Sequence[str], capsys: Say
) -> None:
    city = city_with(tmp_path, {MEMBER: member_text("brnache: handel\n")})
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.yml").write_text("name: Neu\n", "utf-8")
    assert call(*command, "--root", city) == 1
    assert "members/muster.md:5:1" in capsys.readouterr().err


def test_a_warning_stops_nothing(tmp_path: Path, capsys: Say) -> None:
    """It is shown in every form as what it is, and the data stay sound."""
    city = city_with(tmp_path, {MEMBER: member_text("kontakt: erika.muster@muster.example\n")})
    summary = tmp_path / "befund.md"
    assert main(["check", "--root", str(city), "--summary", str(summary)]) == 0
    out, told = capsys.readouterr()
    assert out.startswith(f"{MEMBER}:5:10: Hinweis: „erika.muster@muster.example“")
    assert "Alles in Ordnung. 1 Hinweis." in told
    assert "## Bitte prüfen: 1" in summary.read_text("utf-8")
    expected = {"github": "::warning file=", "gitlab": '"severity": "minor"', "json": '"warning"'}
    for form, shown in expected.items():
        assert main(["check", "--root", str(city), "--format", form]) == 0
        assert shown in capsys.readouterr().out


@pytest.mark.parametrize(
    "mail", ["mobil.team@muster.example", "info@muster.example", "jobrad2.neu@muster.example"]
)
def test_an_address_of_a_role_is_no_person(tmp_path: Path, mail: str) -> None:
    city = city_with(tmp_path, {MEMBER: member_text(f"kontakt: {mail}\n")})
    assert checked(city).warnings == ()
