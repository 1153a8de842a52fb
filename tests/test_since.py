"""What a change takes away is a finding: addresses that lead nowhere, events calendars keep as they
were. From real git repositories of a small city.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from partnership.cli import main
from tests.helpers import EVENT, MEMBER, event_text, member_text
from tests.sites import NOON, commit, git, small_city

Say = pytest.CaptureFixture[str]
FIRST = "members/beispielwerke.md"
NEW = "members/neuer-name.md"


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))
    folder = small_city(tmp_path, {EVENT: event_text("ort: Rathaus\nfassung: 3\n")})
    git(folder, "init", "-q")
    commit(folder, "Begin", "2026-10-01T10:00:00+02:00")
    return folder


def edit(city: Path, path: str, old: str, new: str) -> None:
    text = (city / path).read_text("utf-8")
    assert old in text
    (city / path).write_text(text.replace(old, new, 1), "utf-8")


def found(city: Path, say: Say, *options: str) -> str:
    """The findings since the last commit; empty where all is well."""
    say.readouterr()
    code = main(["check", "--changed-since", "HEAD", "--root", str(city), *options])
    said = say.readouterr()
    assert (code == 0) == (said.err.startswith("Alles in Ordnung."))
    return said.out


def test_an_unchanged_city_has_none(city: Path, capsys: Say) -> None:
    assert found(city, capsys) == ""


def test_a_deleted_member(city: Path, capsys: Say) -> None:
    (city / FIRST).unlink()
    told = found(city, capsys)
    assert told.startswith(
        f"{FIRST}:1:1: Die Datei des Mitglieds „Beispielwerke GmbH“ ist gelöscht;"
    )
    assert "„austritt“" in told
    assert found(city, capsys, "members/handelshaus-probe.md") == ""
    assert FIRST in found(city, capsys, FIRST)


@pytest.mark.parametrize("staged", [True, False])
def test_a_rename_without_its_former_name(city: Path, staged: bool, capsys: Say) -> None:
    (city / FIRST).rename(city / NEW)
    edit(city, NEW, "name: Beispielwerke GmbH", "name: Ganz anders AG")
    if staged:
        git(city, "add", "-A")
    told = found(city, capsys)
    assert f"{NEW}:" in told
    assert "Die Datei hieß bisher beispielwerke.md; deren Adresse führt ins Leere." in told
    former = told.partition("Bitte „frueher: [")[2].partition("]")[0]
    assert former.endswith("beispielwerke")
    assert "gelöscht" not in told


def test_a_rename_with_its_former_name(city: Path, capsys: Say) -> None:
    (city / FIRST).rename(city / NEW)
    edit(city, NEW, "frueher: [", "frueher: [beispielwerke, ")
    assert found(city, capsys) == ""


def test_a_former_name_that_is_taken_out(city: Path, capsys: Say) -> None:
    text = (city / FIRST).read_text("utf-8")
    former = text.partition("frueher: [")[2].partition("]")[0]
    edit(city, FIRST, f"frueher: [{former}]\n", "")
    assert f"„{former}“ steht nicht mehr da und führt ins Leere." in found(city, capsys)


EDITS: dict[str, Callable[[Path], None]] = {
    "beginn": lambda city: edit(city, EVENT, "2026-12-10 10:00", "2026-12-10 11:00"),
    "ende": lambda city: edit(city, EVENT, "ort:", "ende: 2026-12-10 12:00\nort:"),
    "ort": lambda city: edit(city, EVENT, "Rathaus", "Bahnhof"),
    "status": lambda city: edit(city, EVENT, "ort:", "status: abgesagt\nort:"),
}


@pytest.mark.parametrize("key", EDITS)
@pytest.mark.parametrize("renamed", [True, False])
def test_an_event_that_calendars_would_keep_as_it_was(
    city: Path, key: str, renamed: bool, capsys: Say
) -> None:
    EDITS[key](city)
    path = EVENT
    if renamed:
        path = EVENT.replace("sprechstunde", "sprechtag")
        (city / EVENT).rename(city / path)
    told = found(city, capsys)
    assert f"{path}:" in told
    assert f"„{key}“ ist geändert, „fassung“ aber nicht erhöht" in told
    assert "Bitte „fassung: 4“ eintragen." in told
    edit(city, path, "fassung: 3", "fassung: 4")
    assert found(city, capsys) == ""


def test_the_same_time_written_otherwise_is_no_change(city: Path, capsys: Say) -> None:
    edit(city, EVENT, "2026-12-10 10:00", "10.12.2026, 10.00 Uhr")
    edit(city, EVENT, "Programm.", "Ein anderes Programm.")
    assert found(city, capsys) == ""


def test_what_only_the_other_side_changed_is_nobodys_fault(city: Path, capsys: Say) -> None:
    git(city, "checkout", "-qb", "vorschlag")
    git(city, "checkout", "-q", "-")
    (city / "members/neu.md").write_text(
        "---\nname: Neu GmbH\nbranche: handel\nbestaetigung: unternehmen\n---\n", "utf-8"
    )
    edit(city, EVENT, "fassung: 3", "fassung: 9")
    commit(city, "Drüben", "2026-10-02T10:00:00+02:00")
    git(city, "tag", "drueben")
    git(city, "checkout", "-q", "vorschlag")
    assert main(["check", "--changed-since", "drueben", "--root", str(city)]) == 0


def test_a_broken_file_is_told_once(city: Path, capsys: Say) -> None:
    (city / FIRST).write_text("---\nname: [\n---\n", "utf-8")
    (city / EVENT).write_text("---\nbeginn: 2026-12-10 11:00\n---\n", "utf-8")
    told = found(city, capsys)
    assert "frueher" not in told
    assert "fassung" not in told


GOAL = "ziel: 2025"
MEASURE = "massnahmen:\n  - typ: jobticket\n    titel: Ticket\n    geplant: 2024\n    ziel: 2025\n"
PLANNED = member_text(MEASURE)


@pytest.fixture
def planned(city: Path) -> Path:
    (city / MEMBER).write_text(PLANNED, "utf-8")
    commit(city, "Ein Plan", "2026-10-02T10:00:00+02:00")
    return city


REWRITTEN = {
    "later": ("ziel: 2025", "ziel: 2027"),
    "moved, but not beside it": ("ziel: 2025", "ziel: 2026\n    verschoben_auf: [2027]"),
    "left out": ("    ziel: 2025\n", "    laufend: 2026-01\n"),
    "gone with its measure": (MEASURE, ""),
    "of another type": ("typ: jobticket", "typ: homeoffice"),
}


@pytest.mark.parametrize("change", REWRITTEN)
def test_a_first_goal_that_is_rewritten(planned: Path, change: str, capsys: Say) -> None:
    edit(planned, MEMBER, *REWRITTEN[change])
    said = found(planned, capsys)
    assert said.startswith(f"{MEMBER}:")
    assert "Das Ziel „2025“ der Maßnahme „Ticket“ steht nicht mehr da." in said
    assert "Bitte „ziel: 2025“ stehen lassen" in said
    if "ziel: " in (text := (planned / MEMBER).read_text("utf-8")) and "jobticket" in text:
        assert said.startswith(f"{MEMBER}:9:11")
    # A renamed company keeps its goals, too.
    edit(planned, MEMBER, "name:", "frueher: [muster]\nname:")
    (planned / MEMBER).rename(planned / NEW)
    assert "steht nicht mehr da" in found(planned, capsys)


KEPT = {
    "moved": (GOAL, f"{GOAL}\n    verschoben_auf: [2027]"),
    "written more exactly": (GOAL, "ziel: 2025-12-31"),
    "done": (GOAL, f"{GOAL}\n    umgesetzt: 2026-02"),
    "under another title": ("titel: Ticket", "titel: Deutschlandticket"),
    "for totals only": (GOAL, f"{GOAL}\n    veroeffentlichung: nur_summe"),
    "beside another": (MEASURE, f"{MEASURE}  - typ: jobticket\n    laufend: 2020\n"),
}


@pytest.mark.parametrize("change", KEPT)
def test_a_first_goal_that_stands(planned: Path, change: str, capsys: Say) -> None:
    edit(planned, MEMBER, *KEPT[change])
    assert found(planned, capsys) == ""


def test_one_of_two_equal_goals_is_missed(planned: Path, capsys: Say) -> None:
    edit(planned, MEMBER, MEASURE, MEASURE + MEASURE.removeprefix("massnahmen:\n"))
    commit(planned, "Zwei", "2026-10-03T10:00:00+02:00")
    edit(planned, MEMBER, MEASURE, MEASURE.replace("2025", "2026"))
    assert found(planned, capsys).count("steht nicht mehr da") == 1


def test_what_was_for_totals_only_is_no_promise(planned: Path, capsys: Say) -> None:
    edit(planned, MEMBER, GOAL, f"{GOAL}\n    veroeffentlichung: nur_summe")
    commit(planned, "Nur Summe", "2026-10-03T10:00:00+02:00")
    edit(planned, MEMBER, MEASURE.partition("\n")[2], "")
    edit(planned, MEMBER, "    veroeffentlichung: nur_summe\n", "")
    edit(planned, MEMBER, "massnahmen:\n", "")
    assert found(planned, capsys) == ""


@pytest.mark.parametrize(
    ("message", "is_told"),
    [("Korrektur: Jahr vertippt", False), ("Ziel neu", True), ("Korrektur:", True)],
)
def test_a_mistake_is_corrected_with_its_reason(
    planned: Path, message: str, is_told: bool, capsys: Say
) -> None:
    git(planned, "tag", "vorher")
    edit(planned, MEMBER, GOAL, "ziel: 2026")
    commit(planned, message, "2026-10-03T10:00:00+02:00")
    capsys.readouterr()
    code = main(["check", "--changed-since", "vorher", "--root", str(planned)])
    assert code == is_told
    assert ("steht nicht mehr da" in capsys.readouterr().out) == is_told
