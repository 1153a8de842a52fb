"""Whatever a file holds is told in German, at its place, with a way out, and never as a traceback.

What editors get wrong are cases (`tests/checking/test_cases.py`); here is what nobody means.
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

from partnership.checking.load import inspect
from partnership.cli import main
from partnership.model.event import Event
from partnership.model.member import Measure, Member
from partnership.model.problems import FORMATS, Problem, show
from partnership.reading.events import MAX_DEPTH
from partnership.reading.textfile import MAX_BYTES
from tests.conftest import DEMO_CITY
from tests.damage import damaged
from tests.helpers import (
    ENGINE,
    EVENT,
    MEMBER,
    SMALL_CITY,
    TODAY,
    checked,
    city_with,
    inspected,
    measure_text,
    member_text,
    told,
)


def test_the_small_city_is_sound() -> None:
    loaded = checked(SMALL_CITY)
    assert show(loaded.problems, "text") == ""
    assert loaded.partnership is not None


def test_file_over_the_limit(tmp_path: Path) -> None:
    text = member_text(body="x" * MAX_BYTES)
    assert show(inspected(tmp_path, {MEMBER: text}).problems, "text") == (
        "members/muster.md:1:1: Die Datei ist 257 KiB groß, erlaubt sind 256 KiB."
        " Bitte kürzen oder in mehrere Dateien aufteilen."
    )


def test_file_at_the_limit(tmp_path: Path) -> None:
    """What a page may hold is less; of a catalogue it is all."""
    path = "data/branchen.yml"
    start = (SMALL_CITY / path).read_text("utf-8")
    rest = MAX_BYTES - len(start.encode())
    text = start + "#" + "\n#" * ((rest - 1) // 2) + " " * ((rest - 1) % 2)
    assert len(text.encode()) == MAX_BYTES
    assert told(tmp_path, {path: text}) == []


def test_depth(tmp_path: Path) -> None:
    """The head itself is the first of the twelve levels."""

    def deep(levels: int) -> str:
        return member_text(f"tief: {'[' * (levels - 1)}x{']' * (levels - 1)}\n")

    assert told(tmp_path, {MEMBER: deep(MAX_DEPTH)}) == [f"{MEMBER}:5:1 unbekannte-angabe"]
    assert told(tmp_path, {MEMBER: deep(MAX_DEPTH + 1)}) == [f"{MEMBER}:5:1 unbekannte-angabe"]
    assert told(tmp_path, {MEMBER: deep(4900)}) == [f"{MEMBER}:5:1 unbekannte-angabe"]


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
    (problem,) = checked(city).problems
    assert problem.path == "members/beispielwerke.md"
    assert "Diese Stadt hat keine Stadtbezirke" in problem.message
    member = city / problem.path
    member.write_text(member.read_text("utf-8").replace("stadtbezirk: 3\n", ""), "utf-8")
    assert checked(city).problems == ()


def test_an_empty_folder_is_no_city(tmp_path: Path) -> None:
    loaded = inspect(tmp_path, TODAY)
    assert loaded.partnership is None
    assert {problem.rule for problem in loaded.problems} == {"datei-fehlt"}


def test_a_folder_where_a_file_should_be(tmp_path: Path) -> None:
    """It is no file of a member; what lies in it is told with it."""
    assert told(tmp_path, {"members/ordner.md/leer.txt": ""}) == ["members/ordner.md:1:1 dateiart"]


def test_a_file_name_in_the_encoding_of_another_system(tmp_path: Path) -> None:
    city = city_with(tmp_path, {})
    name = b"M\xfcller.md".decode("utf-8", "surrogateescape")
    (city / "members" / name).write_text(member_text(), encoding="utf-8")
    (problem,) = checked(city).problems
    assert problem.path == "members/M\N{REPLACEMENT CHARACTER}ller.md"
    assert "das man nicht sieht oder nicht lesen kann" in show([problem], "json").encode().decode()


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
    "data/stadtbezirke-musterstadt.geojson": 20,
    "data/emissionsfaktoren.yml": 20,
    "data/suche.yml": 20,
    "data/barrierefreiheit.yml": 20,
    "content/index.md": 20,
    "content/aktuelles/2026-10-01-neuer-auftritt.md": 20,
}


@pytest.mark.slow
@pytest.mark.parametrize("path", KINDS)
def test_no_input_is_a_traceback(path: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The small city has no map and no self-assessment of its own, so those are another city's."""
    city = city_with(tmp_path_factory.mktemp("stadt"), {})
    if not (city / path).is_file():
        own = DEMO_CITY if (DEMO_CITY / path).is_file() else ENGINE
        shutil.copy(own / path, city / path)
    if path.endswith(".geojson"):
        with (city / "data/partnerschaft.yml").open("a", encoding="utf-8") as out:
            out.write(f"karte: {Path(path).name}\n")
    original = (city / path).read_bytes()
    assert checked(city).problems == ()

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
        loaded = checked(city)
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


@pytest.mark.slow
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
        problems = checked(city).problems
        assert problems
        for problem in problems:
            assert sound(problem, city), problem
        (city / path).unlink()
