"""Every mistake an editor can make is told in German, at its place, with a way out.

`tests/cases/<mistake>/` holds the faulty files as they would lie in a city, and `erwartet.txt` what
must be said about them, word for word. The listing of the folder is the specification.
"""

import contextlib
import io
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from partnership.cli import main
from partnership.load import inspect
from partnership.model.event import Event
from partnership.model.member import Measure, Member
from partnership.problems import FORMATS, Problem, show
from partnership.source import MAX_DEPTH
from partnership.textfile import MAX_BYTES
from tests.helpers import (
    EVENT,
    MEMBER,
    SMALL_CITY,
    TESTS,
    TODAY,
    city_with,
    inspected,
    measure_text,
    member_text,
    told,
)

CASES = sorted(folder for folder in (TESTS / "cases").iterdir() if folder.is_dir())
EXPECTED = "erwartet.txt"


def test_the_small_city_is_sound() -> None:
    loaded = inspect(SMALL_CITY, TODAY)
    assert show(loaded.problems, "text") == ""
    assert loaded.partnership is not None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistake(case: Path, tmp_path: Path) -> None:
    city = city_with(tmp_path, {})
    shutil.copytree(case, city, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED))
    loaded = inspect(city, TODAY)
    assert loaded.partnership is None
    expected = (case / EXPECTED).read_text(encoding="utf-8")
    assert show(loaded.problems, "text") + "\n" == expected
    # A pull request shows each of them once, on its line.
    annotations = show(loaded.problems, "github").splitlines()
    shown = [re.match(r"::error file=(.+),line=(\d+),col=(\d+),", line) for line in annotations]
    heads = re.findall(r"^(\S+):(\d+):(\d+): ", expected, re.MULTILINE)
    assert [each.groups() for each in shown if each] == heads


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistake_is_told_in_full(case: Path) -> None:
    """Every head line has file, line and column, a sentence, and a way out behind it."""
    expected = (case / EXPECTED).read_text(encoding="utf-8")
    heads = [line for line in expected.splitlines() if not re.match(r" +\d* \| ", line)]
    assert heads
    for head in heads:
        match = re.fullmatch(r"(\S+):\d+:\d+: (.+[.?…])( .+)", head)
        assert match, head
        assert (case / match[1]).is_file(), f"{head} is about a file of another case"


def test_file_over_the_limit(tmp_path: Path) -> None:
    text = member_text(body="x" * MAX_BYTES)
    assert show(inspected(tmp_path, {MEMBER: text}).problems, "text") == (
        "members/muster.md:1:1: Die Datei ist 257 KiB groß, erlaubt sind 256 KiB."
        " Bitte kürzen oder in mehrere Dateien aufteilen."
    )


def test_file_at_the_limit(tmp_path: Path) -> None:
    start = member_text()
    text = start + "x" * (MAX_BYTES - len(start))
    assert told(tmp_path, {MEMBER: text}) == []


def test_depth(tmp_path: Path) -> None:
    """The head itself is the first of the twelve levels."""

    def deep(levels: int) -> str:
        return member_text(f"tief: {'[' * (levels - 1)}x{']' * (levels - 1)}\n")

    assert told(tmp_path, {MEMBER: deep(MAX_DEPTH)}) == [f"{MEMBER}:5:1 unbekannte-angabe"]
    assert told(tmp_path, {MEMBER: deep(MAX_DEPTH + 1)}) == [
        f"{MEMBER}:5:1 unbekannte-angabe",
        f"{MEMBER}:5:{6 + MAX_DEPTH} zu-tief",
    ]


@pytest.mark.parametrize(
    "path",
    [
        "data/partnerschaft.yml",
        "data/branchen.yml",
        "data/massnahmentypen.yml",
        "data/handlungsfelder.yml",
        "data/emissionsfaktoren.yml",
        "data/fragebogen.yml",
    ],
)
def test_missing_file(path: str, tmp_path: Path) -> None:
    city = city_with(tmp_path, {})
    (city / path).unlink()
    loaded = inspect(city, TODAY)
    assert loaded.partnership is None
    first = next(problem for problem in loaded.problems if problem.path == path)
    assert first.sentence == (
        "Diese Datei fehlt. Bitte anlegen; ein Muster schreibt „partnerschaft init“."
    )


def test_a_city_may_have_no_districts(tmp_path: Path) -> None:
    city = city_with(tmp_path, {})
    (city / "data/stadtbezirke.yml").unlink()
    (problem,) = inspect(city, TODAY).problems
    assert problem.path == "members/beispielwerke.md"
    assert "Diese Stadt hat keine Stadtbezirke" in problem.message
    member = city / problem.path
    member.write_text(member.read_text("utf-8").replace("stadtbezirk: 3\n", ""), "utf-8")
    assert inspect(city, TODAY).problems == ()


def test_an_empty_folder_is_no_city(tmp_path: Path) -> None:
    loaded = inspect(tmp_path, TODAY)
    assert loaded.partnership is None
    assert {problem.rule for problem in loaded.problems} == {"datei-fehlt"}


def test_a_folder_where_a_file_should_be(tmp_path: Path) -> None:
    city = city_with(tmp_path, {"members/ordner.md/leer.txt": ""})
    assert inspect(city, TODAY).problems == ()


def test_a_file_name_in_the_encoding_of_another_system(tmp_path: Path) -> None:
    city = city_with(tmp_path, {})
    name = b"M\xfcller.md".decode("utf-8", "surrogateescape")
    (city / "members" / name).write_text(member_text(), encoding="utf-8")
    (problem,) = inspect(city, TODAY).problems
    assert problem.path == "members/M\N{REPLACEMENT CHARACTER}ller.md"
    assert "Diese Datei wird nicht gelesen" in show([problem], "json").encode().decode()


def test_one_fault_hides_no_other(tmp_path: Path) -> None:
    """Of one file: the reader's findings, the model's, references, and rules across values."""
    text = measure_text(
        "typ: jobtiket",
        "typ: homeoffice",
        "laufend: 2027",
        "umgesetzt: bald",
        more="website: www.muster.example\nbranche: industrie\nlogo: fehlt.svg\nseit: 2020\n",
    )
    assert told(tmp_path, {MEMBER: text}) == [
        f"{MEMBER}:5:10 adresse",
        f"{MEMBER}:6:1 doppelt",
        f"{MEMBER}:7:7 logo-fehlt",
        f"{MEMBER}:8:1 unbekannte-angabe",
        f"{MEMBER}:10:10 unbekannt",
        f"{MEMBER}:11:5 doppelt",
        f"{MEMBER}:12:14 zukunft",
        f"{MEMBER}:13:16 datum",
    ]


def test_a_faulty_value_is_told_once(tmp_path: Path) -> None:
    """What is missing only because it was faulty is not told as missing."""
    files = {
        "members/plan.md": measure_text("typ: jobticket", "geplant: 2025", "ziel: bald"),
        "members/ohne-datum.md": measure_text("typ: jobticket", "laufend: bald").replace(
            "Muster", "Ohne Datum"
        ),
        "members/quelle.md": "---\nname: Quelle GmbH\nbranche: handel\n"
        "bestaetigung: oeffentliche_quelle\n"
        "quellen: [{titel: Bericht, url: bericht, abruf: 2026-11-01}]\n---\n",
    }
    assert told(tmp_path, files) == [
        "members/ohne-datum.md:7:14 datum",
        "members/plan.md:8:11 datum",
        "members/quelle.md:5:33 adresse",
    ]


def test_a_catalogue_with_one_bad_entry_keeps_the_others(tmp_path: Path) -> None:
    """Else every member would seem to be of an unknown type."""
    types = (SMALL_CITY / "data/massnahmentypen.yml").read_text(encoding="utf-8")
    files = {
        "data/massnahmentypen.yml": types.replace("art: anteil", "art: anteile"),
        MEMBER: measure_text("typ: fahrtenbuch", "laufend: 2024", "umfang: 3"),
    }
    assert told(tmp_path, files) == [
        "data/massnahmentypen.yml:9:48 auswahl",
        f"{MEMBER}:8:13 umfang-unpassend",
    ]


def sound(problem: Problem, city: Path) -> bool:
    """Whether a problem names a line of its file and says something about it."""
    file = city / problem.path
    lines = re.split(rb"\r\n|\r|\n", file.read_bytes()) if file.is_file() else [b""]
    return (
        1 <= problem.place.line <= len(lines)
        and problem.place.column >= 1
        and problem.place.length >= 1
        and len(problem.message) > 10
        and problem.message.endswith((".", "?"))
        and bool(problem.remedy)
        and "wurde nicht verstanden" not in problem.message
    )


# Characters that mean something to YAML, to Unicode or to our own types are tried more often.
PIECES = st.one_of(
    st.sampled_from(
        [
            *(b": ", b":", b"- ", b"-", b"\n", b"\n  ", b"\n\t", b"\t", b" ", b"'", b'"', b"#"),
            *(b"{", b"}", b"[", b"]", b",", b"&a", b"*a", b"!a", b"|", b">", b"%", b"@", b"`"),
            *(b"?", b"? ", b"---\n", b"...\n", b"~", b"\\", b"<<: ", b"\r\n", b"\r", b"\0"),
            *("ä".encode(), "ä".encode("cp1252"), "\u2028".encode(), "\x85".encode()),
            *("\ufeff".encode(), "\ufffe".encode(), "😀".encode(), "٣".encode(), b"9" * 300),
            *(b"31.02.2024", b"1.200", b"spaetestens ", b"2026-12-03 25:99", b"[[" * 9),
        ]
    ),
    st.binary(min_size=1, max_size=4),
    st.text(min_size=1, max_size=4).map(lambda text: text.encode("utf-8", "replace")),
)


@st.composite
def damaged(draw: st.DrawFn, original: bytes) -> bytes:
    """`original` after a few slips of the hand: characters and lines deleted, doubled, replaced."""
    content = original
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        if draw(st.booleans()):
            lines = content.split(b"\n")
            number = draw(st.integers(0, len(lines) - 1))
            slip = draw(st.sampled_from(["drop", "double", "indent", "outdent", "empty"]))
            lines[number : number + 1] = {
                "drop": [],
                "double": [lines[number]] * 2,
                "indent": [b"  " + lines[number]],
                "outdent": [lines[number][1:]],
                "empty": [lines[number].split(b":")[0] + b":"],
            }[slip]
            content = b"\n".join(lines)
        else:
            content = content[:at] + draw(PIECES) + content[at + draw(st.integers(0, 8)) :]
    return content


# Every kind of file that is read, with how many examples: what editors touch most gets most.
KINDS = {
    "members/beispielwerke.md": 75,
    "data/veranstaltungen/2026-12-03-netzwerktreffen.md": 50,
    "data/massnahmentypen.yml": 30,
    "data/partnerschaft.yml": 30,
    "data/fragebogen.yml": 30,
    "data/branchen.yml": 20,
    "data/handlungsfelder.yml": 20,
    "data/stadtbezirke.yml": 20,
    "data/stadtbezirke.geojson": 20,
    "data/emissionsfaktoren.yml": 20,
    "data/barrierefreiheit.yml": 20,
    "content/index.md": 20,
    "content/aktuelles/2026-10-01-neuer-auftritt.md": 20,
}


@pytest.mark.parametrize("path", KINDS)
def test_no_input_is_a_traceback(path: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The small city has no map and no self-assessment of its own, so those are the real ones."""
    city = city_with(tmp_path_factory.mktemp("stadt"), {})
    if not (city / path).is_file():
        shutil.copy(TESTS.parent / path, city / path)
    if path.endswith(".geojson"):
        with (city / "data/partnerschaft.yml").open("a", encoding="utf-8") as out:
            out.write(f"karte: {Path(path).name}\n")
    original = (city / path).read_bytes()
    assert inspect(city, TODAY).problems == ()

    @settings(
        max_examples=KINDS[path],
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.one_of(damaged(original), st.binary(max_size=200)))
    @example(b"")
    @example(b"---")
    @example(b"---\n---")
    @example(b"[]")
    @example(b"\xef\xbb\xbf---\n\xff")
    @example(b"---\nname: " + b"[" * 5000 + b"\n---\n")
    @example(b"---\n" + b"a:\n " * 50 + b"\n---\n")
    def check(content: bytes) -> None:
        (city / path).write_bytes(content)
        loaded = inspect(city, TODAY)
        assert (loaded.partnership is None) == bool(loaded.problems)
        for problem in loaded.problems:
            assert sound(problem, city), problem
        for form in FORMATS:
            show(loaded.problems, form).encode()
        with contextlib.redirect_stdout(io.StringIO()) as out:
            assert main(["check", "--root", str(city)]) == int(bool(loaded.problems))
        assert out.getvalue().strip() == show(loaded.problems, "text")

    check()


ODD = ["", '""', "[]", "{}", "[x, [y]]", "[{x: y}]", "{x: {y: z}}", "0", "-1", "x" * 3000, "99999"]


def keys_of(model: type[BaseModel]) -> list[str]:
    return [str(field.alias) for field in model.model_fields.values()]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:12] or "nothing")
def test_no_value_of_any_key_is_a_traceback(odd: str, tmp_path: Path) -> None:
    """Each key of a member, a measure and an event, with a value it was not made for."""
    city = city_with(tmp_path, {})
    files = [(MEMBER, f"---\n{key}: {odd}\n---\n") for key in keys_of(Member)]
    files += [(MEMBER, measure_text(f"{key}: {odd}")) for key in keys_of(Measure)]
    files += [(EVENT, f"---\n{key}: {odd}\n---\n") for key in keys_of(Event)]
    assert len(files) > 40
    for path, text in files:
        (city / path).write_text(text, encoding="utf-8")
        problems = inspect(city, TODAY).problems
        assert problems
        for problem in problems:
            assert sound(problem, city), problem
        (city / path).unlink()
