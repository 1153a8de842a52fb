"""No command shows a traceback, whatever it is given: every argument of every command meets targets
that are missing, unreadable, unwritable, huge or hostile.
"""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnership import cli
from tests.helpers import city_with
from tests.sites import NOON, contents, run_build, small_city

Say = pytest.CaptureFixture[str]
Argument = tuple[tuple[str, ...], argparse.Action]

# What stands for an argument that is not the one under trial, by its name in the parser.
_HARMLESS = {
    "paths": [],
    "name": ["Neuland GmbH"],
    "title": ["Treffen"],
    "year": ["2025"],
    "files": ["{folder}/antwort.yml"],
    "before": ["{city}"],
    "folder": ["{folder}/neu"],
    "file": ["{folder}/bericht.pdf"],
    "server": ["nginx"],
    "target": ["{folder}/web"],
    "url": ["http://127.0.0.1:9/"],
}
# What the trial puts there. The tests may run as root, for whom permissions do not count.
_HOSTILE = {
    "missing": "{folder}/nirgends",
    "in no folder": "{folder}/nirgends/tief/unten.yml",
    "below a file": "{folder}/antwort.yml/unten.yml",
    "folder": "{folder}",
    "full": "/dev/full",
    "no regular file": "/dev/null",
    "not to be written": "/proc/nirgends/neu.xlsx",
    "not to be read": "{folder}/kaputt.yml",
    "in a circle": "{folder}/kreis.yml",
    "huge": "{folder}/riesig.yml",
    "too long": "x" * 5000,
    "nothing": "",
    "no words": "\udcff\x1b[31m\n..//",
    "number": "9" * 5000,
    "negative": "-1",
    "markup": "<b>${7*7}{{7*7}}%s</b>",
    "out": "../../../../../../etc",
}


def arguments(
    parser: argparse.ArgumentParser, before: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every command with its parser, found in the parser itself."""
    inner = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    if not inner:
        yield before, parser
    for action in inner:
        for name, command in action.choices.items():
            yield from arguments(command, (*before, name))


COMMANDS = dict(arguments(cli.parser()))
TRIALS = [
    pytest.param(command, action, id=f"{' '.join(command)} {action.dest}")
    for command, parser in COMMANDS.items()
    for action in parser._actions
    if action.nargs != 0
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "antwort.yml").write_text("name: Neuland GmbH\nbranche: handel\n", "utf-8")
    (tmp_path / "kaputt.yml").symlink_to("/proc/self/mem")
    (tmp_path / "kreis.yml").symlink_to("kreis.yml")
    with (tmp_path / "riesig.yml").open("wb") as huge:
        huge.truncate(3_000_000_000)  # a hole: it takes no room
    return tmp_path


def called(command: tuple[str, ...], values: list[str], say: Say) -> tuple[int, str]:
    """How a command ends that is given `values`, and what it says."""
    try:
        code = cli.main([*command, *values])
    except SystemExit as end:
        code = int(end.code or 0)
    said = say.readouterr()
    return code, said.out + said.err


def line(folder: Path, command: tuple[str, ...], action: argparse.Action, value: str) -> list[str]:
    """The arguments of a call in which only `action` is given something out of the ordinary."""
    places = {"folder": str(folder), "city": str(folder / "stadt")}
    value = value.replace("{folder}", str(folder))
    made: list[str] = []
    for each in COMMANDS[command]._actions:
        if each is action and each.option_strings:
            made += [f"{each.option_strings[0]}={value}"]
        elif each.dest == "root" and each is not action:
            made += ["--root", places["city"]]
    positional: list[str] = []
    for each in COMMANDS[command]._actions:
        if not each.option_strings:
            harmless = [text.format(**places) for text in _HARMLESS[each.dest]]
            positional += [value] if each is action else harmless
    return [*made, "--", *positional] if positional else made


@pytest.mark.slow
@pytest.mark.parametrize(("command", "action"), TRIALS)
def test_no_argument_makes_a_command_stumble(
    command: tuple[str, ...], action: argparse.Action, folder: Path, capsys: Say
) -> None:
    for name, value in _HOSTILE.items():
        city_with(folder, {})
        code, said = called(command, line(folder, command, action, value), capsys)
        assert code in {0, 1, 2}, (name, said)
        assert code == 0 or said.strip(), name
        for wrong in ("Traceback", "Errno", "invalid ", "argument ", "No such"):
            assert wrong not in said, (name, said)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("check", "--summary"), "nicht lesen oder schreiben: es ist ein Ordner, keine Datei."),
        (("check", "--junit"), "nicht lesen oder schreiben: es ist ein Ordner, keine Datei."),
        (("report", "--xlsx"), "nicht lesen oder schreiben: es ist ein Ordner, keine Datei."),
        (("yearbook", "2025"), "nicht lesen oder schreiben: es ist ein Ordner, keine Datei."),
        (("export",), ""),
        (("import",), "ist ein Ordner. Bitte die Dateien darin nennen"),
    ],
)
def test_a_folder_where_a_file_is_meant(
    arguments: tuple[str, ...], told: str, folder: Path, capsys: Say
) -> None:
    pytest.importorskip("weasyprint") if arguments[0] == "yearbook" else None
    options = ["--root", str(city_with(folder, {}))]
    code, said = called(arguments, [str(folder), *options], capsys)
    assert code == (2 if told else 0)
    assert told in said


@pytest.mark.parametrize(
    "clock",
    [
        "abc",
        "1e9",
        "9" * 20,
        "253402300800",
        "-62135596801",
        "9" * 5000,
        "-9999999999",
        "1_000",
        "+5",
        "٣",
        "1.5",
    ],
)
def test_a_clock_that_is_none(
    clock: str, folder: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = city_with(folder, {})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", clock)
    for command in (("check",), ("report",)):
        code, said = called(command, ["--root", str(city)], capsys)
        assert code == 2
        assert "SOURCE_DATE_EPOCH nennt keinen Zeitpunkt." in said


def test_a_build_without_a_moment(folder: Path) -> None:
    done = run_build(small_city(folder / "bau"), "--strict", moment="abc")
    assert done.returncode
    said = done.stdout + done.stderr
    assert "SOURCE_DATE_EPOCH nennt keinen Zeitpunkt." in said
    assert "Traceback" not in said


def test_a_state_is_never_an_option_of_git(folder: Path, capsys: Say) -> None:
    city = city_with(folder, {})
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", "-C", str(city), *command], check=True)
    written = folder / "geschrieben"
    state = f"--changed-since=--output={written}"
    code, said = called(("check",), ["--root", str(city), state], capsys)
    assert code == 2
    assert "git kennt den Stand" in said
    assert not written.exists()


@pytest.mark.parametrize("command", [("export",), ("schema",), ("init",)], ids=" ".join)
@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("antwort.yml/unten", "ein Teil des Weges dorthin ist eine Datei, kein Ordner."),
        ("x" * 300, "der Name ist zu lang."),
    ],
)
def test_a_folder_that_cannot_be_made(
    command: tuple[str, ...], place: str, told: str, folder: Path, capsys: Say
) -> None:
    options = ["--root", str(city_with(folder, {}))] if command == ("export",) else []
    code, said = called(command, [str(folder / place), *options], capsys)
    assert code == 2
    assert told in said


def test_findings_are_shown_even_where_the_summary_cannot_be_written(
    folder: Path, capsys: Say
) -> None:
    city = city_with(folder, {"members/muster.md": "---\nname: Muster\n---\n"})
    options = ["--root", str(city), "--summary", str(folder)]
    code, said = called(("check",), options, capsys)
    assert code == 2
    assert "members/muster.md:2:1: Es fehlt die Angabe „branche“" in said
    assert "es ist ein Ordner" in said


def spoilt(city: Path, made: str) -> None:
    """Let the folder of a city be something else than one."""
    if made == "empty":
        shutil.rmtree(city)
        city.mkdir()
    elif made == "folders for files":
        for path in [path for path in city.rglob("*") if path.is_file()]:
            path.unlink()
            path.mkdir()
    elif made == "files for folders":
        for path in [path for path in city.iterdir() if path.is_dir()]:
            shutil.rmtree(path)
            path.write_text("", "utf-8")
    else:
        (city / "members/\udcff\udcfe.md").write_text("---\nname: A\n---\n", "utf-8")
        (city / "members/a\nb.md").write_text("---\nname: A\n---\n", "utf-8")
        (city / "data/veranstaltungen/\x1b[31m.md").write_text("---\n---\n", "utf-8")


@pytest.mark.parametrize("command", sorted(COMMANDS), ids=" ".join)
@pytest.mark.parametrize(
    "made", ["empty", "folders for files", "files for folders", "foreign names"]
)
def test_no_folder_makes_a_command_stumble(
    command: tuple[str, ...], made: str, folder: Path, capsys: Say
) -> None:
    spoilt(city_with(folder, {}), made)
    values = line(folder, command, argparse.Action([], "none of them"), "")
    code, said = called(command, values, capsys)
    assert code in {0, 1, 2}, said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("redirected", "told"),
    [
        (
            "> /dev/full",
            "Die Ausgabe lässt sich nicht schreiben: der Platz reicht nicht.",
        ),
        (">&-", ""),
        ("| true", ""),
    ],
)
def test_an_output_that_takes_nothing(redirected: str, told: str, folder: Path) -> None:
    city = city_with(folder, {})
    command = f'"{sys.executable}" -m partnership.cli report --root "{city}" {redirected}'
    done = subprocess.run(  # noqa: S602 - our own words
        command,
        shell=True,
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
    )
    assert done.stderr.strip() == told


def test_a_terminal_that_knows_few_signs(folder: Path) -> None:
    city = city_with(folder, {})
    done = subprocess.run(
        [sys.executable, "-m", "partnership.cli", "report", "--root", city],
        capture_output=True, check=False, cwd=folder, env={"PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.returncode == 0
    assert not done.stderr
    assert b"Telefonnummer der Gesch?ftsstelle" in done.stdout


def test_a_fault_of_the_program_is_told_as_one(
    folder: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("partnership.commands.usage.sound", stumble)
    assert called(("report",), ["--root", str(city_with(folder, {}))], capsys) == (
        3,
        "Das ist ein Fehler des Programms, nicht Ihrer Angaben. Bitte melden Sie ihn mit dem Aufruf"
        " und dieser Zeile: KeyError in test_refusals.py, Zeile"
        f" {stumble.__code__.co_firstlineno + 1}: 'x'\n",
    )


# Mistakes in a call that can be named better than by what the system says


@pytest.mark.parametrize(
    ("path", "code", "told"),
    [
        ("members/fehlt.md", 2, "„members/fehlt.md“ gibt es im Ordner der Stadt nicht."),
        ("../anderswo", 2, "„../anderswo“ gibt es im Ordner der Stadt nicht."),
        ("members/handelshaus-probe.md", 0, "Alles in Ordnung."),
        ("members", 1, "1 Befund."),
        ("members/", 1, "1 Befund."),
        ("./members/muster.md", 1, "1 Befund."),
        ("data/../members/muster.md", 1, "1 Befund."),
        (".", 1, "1 Befund."),
    ],
)
def test_check_of_a_path(path: str, code: int, told: str, folder: Path, capsys: Say) -> None:
    city = city_with(folder, {"members/muster.md": "---\nname: Muster\nbranche: handel\n---\n"})
    ended, said = called(("check",), [path, "--root", str(city)], capsys)
    assert (ended, told in said) == (code, True), said


@pytest.mark.parametrize(("kind", "name"), [("member", ""), ("member", " "), ("event", "–!–")])
def test_new_needs_a_name(kind: str, name: str, folder: Path, capsys: Say) -> None:
    city = city_with(folder, {})
    before = contents(city)
    code, said = called(("new", kind), [name, "--root", str(city)], capsys)
    assert code == 2
    assert f"„{name}“ ist kein Name: Bitte mindestens einen Buchstaben" in said
    assert contents(city) == before


@pytest.mark.parametrize("name", ["Beispielwerke", "Beispielwerke AG", "BEISPIEL-WERKE GmbH"])
def test_new_member_asks_about_a_name_that_is_known(name: str, folder: Path, capsys: Say) -> None:
    city = city_with(folder, {})
    before = contents(city)
    code, said = called(("new", "member"), [name, "--root", str(city)], capsys)
    assert code == 2
    assert "Meinten Sie Beispielwerke GmbH (members/beispielwerke.md)?" in said
    assert contents(city) == before
    code, said = called(("new", "member"), [f"{name} Nord", "--root", str(city)], capsys)
    assert code == 0, said
