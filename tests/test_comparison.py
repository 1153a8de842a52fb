"""What a pull request is told: what it does to the public site, and every mistake at its line."""

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from partnership.cli import main
from tests.helpers import MEMBER, city_with, member_text

FIRST = "members/beispielwerke.md"


@pytest.fixture(autouse=True)
def on_a_known_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795431600")


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return city_with(tmp_path / "before", {})


def after(tmp_path: Path, **texts: str) -> Path:
    return city_with(tmp_path / "after", texts)


def compared(before: Path, now: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["compare", str(before), "--root", str(now)]) == 0
    return capsys.readouterr().out


def edited(city: Path, old: str, new: str) -> Path:
    text = (city / FIRST).read_text("utf-8")
    assert old in text
    (city / FIRST).write_text(text.replace(old, new), "utf-8")
    return city


def test_equal_states(before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "ändert sich nichts" in compared(before, after(tmp_path), capsys)


def test_a_new_member(before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = compared(before, city_with(tmp_path, {MEMBER: member_text()}), capsys)
    assert "- **Neu:** Muster GmbH\n" in told
    assert "- **Neu:** mitglieder/muster/\n" in told
    assert "### Zahlen" in told
    assert "Entfällt" not in told


def test_an_edited_figure(before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = edited(after(tmp_path), "beschaeftigte: 420", "beschaeftigte: 430")
    told = compared(before, now, capsys)
    assert "- **Geändert:** Beispielwerke GmbH: Beschäftigte am Ort „420“ → „430“\n" in told


def test_what_is_not_published_is_not_told(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = edited(after(tmp_path), "Rückruf im Frühjahr", "Rückruf im Herbst")
    assert "ändert sich nichts" in compared(before, now, capsys)


def test_a_renamed_member_without_a_redirect_is_noticed(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = after(tmp_path)
    (now / FIRST).rename(now / "members/neuer-name.md")
    told = compared(before, now, capsys)
    assert "ins Leere (`frueher` ergänzen?):** mitglieder/beispielwerke/\n" in told
    assert "**Umbenannt:** Beispielwerke GmbH (beispielwerke) wird zu Beispielwerke GmbH" in told


def test_a_renamed_member_with_a_redirect(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = edited(after(tmp_path), "frueher: [", "frueher: [beispielwerke, ")
    (now / FIRST).rename(now / "members/neuer-name.md")
    told = compared(before, now, capsys)
    assert "- **Entfällt, leitet weiter:** mitglieder/beispielwerke/\n" in told
    assert "ins Leere" not in told


def test_a_rename_is_told_as_one(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = edited(after(tmp_path), "frueher: [", "frueher: [beispielwerke, ")
    edited(now, "name: Beispielwerke GmbH", "name: Neuer Name AG")
    (now / FIRST).rename(now / "members/neuer-name.md")
    told = compared(before, now, capsys)
    entries = told.partition("### Mitglieder")[2].partition("###")[0].split("- ")[1:]
    assert [" ".join(entry.split()) for entry in entries] == [
        "**Umbenannt:** Beispielwerke GmbH (beispielwerke) wird zu Neuer Name AG (neuer-name)",
        "**Geändert:** Neuer Name AG: Name des Unternehmens „Beispielwerke GmbH“ → „Neuer Name AG“",
    ]


def test_an_answer_is_a_few_lines_in_german(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As many things as one questionnaire can change at once."""
    now = edited(after(tmp_path), "beschaeftigte: 420", "beschaeftigte: 1430")
    edited(now, "branche: industrie", "branche: handel")
    edited(now, "massnahmen:\n", "massnahmen:\n  - {typ: jobticket, titel: Alle, laufend: 2024-05,"
           " umfang: {2024: 1, 2025: 2, 2026: 3}}\n")  # fmt: skip
    for year in (2024, 2026):
        figures = "{veroeffentlichung: einzeln, pkw_gesamt: 1, anteil_elektrisch: 2}"
        edited(now, "kennzahlen:\n", f"kennzahlen:\n  {year}: {figures}\n")
    told = compared(before, now, capsys)
    assert "Beschäftigte am Ort „420“ → „1.430“" in told
    assert "Name der Branche „" in told
    assert "Maßnahmen (neu): Jobticket" in told
    assert "Kennzahlen der Mitglieder nach Jahren (neu): 4" in told
    assert told.count("**Geändert:** Beispielwerke GmbH") == 1
    assert len([line for line in told.splitlines() if line]) < 20
    for key in ("beschaeftigte", "branche_name", "pkw_gesamt", "typ_name", "wert"):
        assert key not in told


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (FIRST, "branche: industrie", "brache: industrie"),
        (FIRST, "---\n", "+++\n"),
        ("data/partnerschaft.yml", "name:", "nahme:"),
        ("data/branchen.yml", "name:", "nahme:"),
    ],
)
def test_a_faulty_earlier_state_is_compared_as_far_as_it_can_be_read(
    tmp_path: Path, path: str, old: str, new: str, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = city_with(tmp_path / "before", {})
    text = (earlier / path).read_text("utf-8")
    assert old in text
    (earlier / path).write_text(text.replace(old, new, 1), "utf-8")
    told = compared(earlier, city_with(tmp_path / "after", {MEMBER: member_text()}), capsys)
    assert "Der frühere Stand hat Fehler." in told
    assert f"nicht verglichen: `{path}`." in told
    assert "- **Neu:** Muster GmbH\n" in told
    assert "Beispielwerke" not in told


def test_an_earlier_state_that_was_no_city(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = compared(tmp_path, after(tmp_path), capsys)
    assert "Der frühere Stand hat Fehler." in told
    assert "data/partnerschaft.yml" in told


def test_hostile_names_stay_text(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = member_text(name="'<img src=x> GmbH'")
    assert "<img" not in compared(before, city_with(tmp_path, {MEMBER: hostile}), capsys)


def test_a_faulty_state_is_not_compared(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = edited(after(tmp_path), "branche: industrie", "brache: industrie")
    assert main(["compare", str(before), "--root", str(now)]) == 1
    assert "Meinten Sie „branche“?" in capsys.readouterr().err


# The check of a pull request


def faulty_repository(tmp_path: Path) -> Path:
    """Two members with a mistake each; only the second differs from the last commit."""
    city = edited(city_with(tmp_path, {}), "branche: industrie", "brache: industrie")
    identity = ["-c", "user.name=Test", "-c", "user.email=test@stadt.example"]
    for command in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "Begin"]):
        subprocess.run(["git", "-C", city, *command], check=True)
    other = city / "members/handelshaus-probe.md"
    other.write_text(other.read_text("utf-8").replace("branche:", "brance:"), "utf-8")
    return city


def test_changed_files_come_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    city = faulty_repository(tmp_path)
    options = ["--format", "github", "--changed-since", "HEAD", "--root", str(city)]
    assert main(["check", *options]) == 1
    files = [line.split(",")[0] for line in capsys.readouterr().out.splitlines()]
    assert files[0] == "::error file=members/handelshaus-probe.md"
    assert files[-1] == "::error file=members/beispielwerke.md"


def test_an_unknown_state_is_said_in_german(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    city = faulty_repository(tmp_path)
    assert main(["check", "--changed-since", "nirgends", "--root", str(city)]) == 2
    assert "git kennt den Stand „nirgends“ nicht." in capsys.readouterr().err


def test_summary_and_junit_hold_every_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    city, summary, junit = faulty_repository(tmp_path), tmp_path / "s.md", tmp_path / "j.xml"
    options = ["--summary", str(summary), "--junit", str(junit), "--root", str(city)]
    assert main(["check", "--format", "json", *options]) == 1
    problems = json.loads(capsys.readouterr().out)
    assert len(problems) == 2
    text = summary.read_text("utf-8")
    cases = ElementTree.parse(junit).getroot().findall("testcase/failure")  # noqa: S314 - our own
    for problem in problems:
        assert f"`{problem['path']}`, Zeile {problem['line']}: " in text
    assert [each.get("message") for each in cases] == [
        f"{problem['message']} {problem['remedy']}" for problem in problems
    ]


def test_a_sound_city_has_a_friendly_summary(tmp_path: Path) -> None:
    summary = tmp_path / "s.md"
    assert main(["check", "--summary", str(summary), "--root", str(city_with(tmp_path, {}))]) == 0
    assert summary.read_text("utf-8") == "Alle Daten und Inhalte sind in Ordnung.\n"
