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
    assert "- **Geändert:** Beispielwerke GmbH: beschaeftigte „420“ → „430“\n" in told


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


def test_a_renamed_member_with_a_redirect(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = edited(after(tmp_path), "frueher: [", "frueher: [beispielwerke, ")
    (now / FIRST).rename(now / "members/neuer-name.md")
    told = compared(before, now, capsys)
    assert "- **Entfällt, leitet weiter:** mitglieder/beispielwerke/\n" in told
    assert "ins Leere" not in told


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
    assert len(problems) == 4
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
