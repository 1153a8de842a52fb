"""`partnerschaft import`: an answer that lacks something, or says something of another kind, is
taken in or told in German, never a stumble.
"""

import copy
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from partnership.checking.load import load
from partnership.cli import main
from partnership.office.questionnaire import layout
from partnership.office.questionnaire.form import form
from partnership.office.questionnaire.intake import Outcome, Wishes, take_in
from tests.conftest import DEMO_CITY, ROOT
from tests.helpers import ENGINE, TODAY, city_with, shared_questions
from tests.sites import NOON

Say = pytest.CaptureFixture[str]
Way = tuple[str | int, ...]

# Every key that an answer can have.
FULL: Mapping[str, Any] = {
    "name": "Neu GmbH",
    "branche": "handel",
    "beitritt": "2024-05",
    "oeffentlich": "ja",
    "anschrift": {"strasse": "Weg 1", "plz": "01067", "ort": "Kleinstadt"},
    "website": "https://neu.example",
    "kontakt": "mobil@neu.example",
    "beschaeftigte": "12",
    "auskunft": [{"stand": "2026-11-14", "von": "unternehmen"}],
    "kennzahlen": {"2025": {"pkw_gesamt": "3", "veroeffentlichung": "einzeln"}},
    "bestaetigung": "unternehmen",
    "quellen": [{"titel": "Bericht", "url": "https://a.example", "abruf": "2026-11-01"}],
    "massnahmen": [
        {
            "typ": "jobticket",
            "titel": "Ticket",
            "geplant": "2020",
            "ziel": "2024",
            "laufend": "2022",
            "umgesetzt": "2023",
            "eingestellt": "2024",
            "umfang": {"2025": "3"},
            "veroeffentlichung": "einzeln",
            "beschreibung": "Für alle.",
        }
    ],
    "notiz_intern": "Rückruf",
    "frueher": ["alt"],
    "profil": "Wir handeln.",
    "notiz": "Bitte anrufen.",
    "antworten": {"bewaehrt": "Früh anfangen.", "wege": ["Lieferungen"]},
}
ENGLISH = ("Input", "should", "Field", "valid", "required", "error", "Error")


def ways(value: Any, way: Way = ()) -> Iterator[Way]:
    """The way to everything in `value`."""
    if way:
        yield way
    inner = value.items() if isinstance(value, dict) else ()
    for key, each in enumerate(value) if isinstance(value, list) else inner:
        yield from ways(each, (*way, key))


def parent(answer: Any, way: Way) -> Any:
    for step in way[:-1]:
        answer = answer[step]
    return answer


def without(way: Way) -> dict[str, Any]:
    answer = copy.deepcopy(dict(FULL))
    del parent(answer, way)[way[-1]]
    return answer


def with_value(way: Way, value: Any) -> dict[str, Any]:
    answer = copy.deepcopy(dict(FULL))
    parent(answer, way)[way[-1]] = value
    return answer


def taken(folder: Path, answers: list[dict[str, Any]]) -> list[Outcome]:
    """What becomes of each, as the answer of a company of its own."""
    city = city_with(folder, {"data/fragebogen.yml": shared_questions()})
    files = []
    for index, answer in enumerate(answers):
        told = dict(answer)
        if told.get("name") == FULL["name"]:
            told["name"] = f"Firma {index} GmbH"
        if told.get("frueher") == FULL["frueher"]:
            told["frueher"] = [f"alt-{index}"]
        files.append(folder / f"{index}.json")
        files[-1].write_text(json.dumps(told), "utf-8")
    outcomes = list(take_in(load(city, TODAY, ENGINE), files, TODAY, Wishes(as_new=True)))
    for outcome in outcomes:
        said = [f"{each.message} {each.remedy}" for each in outcome.problems]
        assert (outcome.state == "abgelehnt") == bool(said), outcome
        assert not any(word in each for each in said for word in ENGLISH), said
        assert all(each.message.endswith(".") for each in outcome.problems), said
    return outcomes


NEEDED = {
    ("name",),
    ("branche",),
    ("auskunft", 0, "stand"),
    ("auskunft", 0, "von"),
    ("quellen", 0, "titel"),
    ("quellen", 0, "url"),
    ("quellen", 0, "abruf"),
    ("massnahmen", 0, "typ"),
}


def test_every_key_left_out_in_turn(tmp_path: Path) -> None:
    tried = list(ways(FULL))
    outcomes = taken(tmp_path, [without(way) for way in tried])
    refused = {way: each for way, each in zip(tried, outcomes, strict=True) if each.problems}
    assert set(refused) == NEEDED
    for way, outcome in refused.items():
        (problem,) = outcome.problems
        assert problem.rule == "fehlt"
        assert problem.message.startswith(f"Es fehlt die Angabe „{way[-1]}“")


def test_every_key_alone_beside_the_name(tmp_path: Path) -> None:
    tried = [key for key in FULL if key not in {"name", "branche"}]
    alone = [{"name": FULL["name"], key: FULL[key]} for key in tried]
    for outcome in taken(tmp_path, [*alone, {"name": FULL["name"]}]):
        assert [each.message for each in outcome.problems] == [
            "Es fehlt die Angabe „branche“ (Branche)."
        ]


WRONG: Mapping[type, tuple[Any, ...]] = {
    str: ({"a": "b"}, ["a"], [["a"]], [{"a": []}]),
    dict: ("Text", "7", ["a"], {"a": {"b": {"c": ["d"]}}}),
    list: ("Text", {"a": "b"}, [["a"]], [[{"a": "b"}]]),
}
# A question of several choices has a list or one of them, an extent its years or one number.
RIGHT = [
    (("antworten", "bewaehrt"), ["a"]),
    (("antworten", "wege"), "Text"),
    (("massnahmen", 0, "umfang"), "7"),
]


def test_every_key_with_a_value_of_another_kind(tmp_path: Path) -> None:
    tried = []
    for way in ways(FULL):
        found = parent(FULL, way)[way[-1]]
        tried += [(way, wrong) for wrong in WRONG[type(found)] if (way, wrong) not in RIGHT]
    outcomes = taken(tmp_path, [with_value(way, wrong) for way, wrong in tried])
    for index, (one, outcome) in enumerate(zip(tried, outcomes, strict=True)):
        assert {each.path for each in outcome.problems} == {f"{index}.json"}, one


HOSTILE = (
    None,
    "",
    True,
    -1,
    3.5,
    [],
    {},
    "x" * 3000,
    "9" * 400,
    "\u0000",
    "\u202e",
    "<script>",
    "${7*7}",
    "../../etc",
    "2026-13-45",
    "1e999",
)


@pytest.mark.slow
@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: str(value)[:20].encode())
def test_every_key_with_a_hostile_value(tmp_path: Path, value: Any) -> None:
    taken(tmp_path, [with_value(way, value) for way in ways(FULL)])


@pytest.mark.parametrize(
    "text", ["", "abc", "- a", "[", "name", "name:", "{}", "null", "\ufeff", "? a\n: b"]
)
def test_no_answer_at_all(tmp_path: Path, text: str, capsys: Say) -> None:
    city = city_with(tmp_path, {})
    (tmp_path / "a.yml").write_text(text, "utf-8")
    assert main(["import", str(tmp_path / "a.yml"), "--root", str(city)]) == 1
    assert "a.yml: nicht übernommen\na.yml:1:" in capsys.readouterr().out


def test_excel_form_without_a_sector(
    tmp_path: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))
    book = load_workbook(io.BytesIO(form(load(DEMO_CITY, TODAY, ROOT))))
    for row in book[layout.COMPANY].iter_rows():
        if str(row[1].value or "").startswith("Wie heißt"):
            row[2].value = "Drechslerei Fantasia GmbH"
    book.save(tmp_path / "a.xlsx")
    assert main(["import", str(tmp_path / "a.xlsx"), "--root", str(DEMO_CITY)]) == 1
    # It is told of the whole form, not at the cell of its first answer.
    assert "a.xlsx:1:1: Es fehlt die Angabe „branche“ (Branche)." in capsys.readouterr().out


def test_a_goal_of_an_answer_from_the_future_is_one_mistake(tmp_path: Path) -> None:
    """It is planned since the day of the answer, which nobody typed twice."""
    answer = {**FULL, "auskunft": [{"stand": "2026-12-24", "von": "unternehmen"}]}
    answer["massnahmen"] = [{"typ": "jobticket", "ziel": "2027"}]
    (outcome,) = taken(tmp_path, [answer])
    told = [(each.rule, each.message) for each in outcome.problems]
    assert told == [("zukunft", "Der Tag der Antwort (24. Dezember 2026) liegt in der Zukunft.")]
