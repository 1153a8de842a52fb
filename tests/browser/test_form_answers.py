"""Random answers to the questionnaire: what the browser takes, the import takes, and the member's
file says what was answered. With one thing wrong, both refuse it, at the same field.

The answers are made from the questions and catalogues themselves. `make audit` tries many more.
"""

import copy
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from partnership.checking.load import load
from partnership.model.catalogue import Question
from partnership.model.member import STATUSES
from partnership.model.partnership import Partnership
from partnership.office.questionnaire.intake import Outcome, Wishes, take_in
from partnership.reading import canonical
from partnership.reading.source import read_yaml
from tests.browser.test_form_rules import CHECK, located
from tests.helpers import ENGINE, TODAY

Draw = Callable[[st.SearchStrategy[Any]], Any]
# What is typed, and what a file says of it.
Said = tuple[Any, Any]

MONTHS = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]

SIGNS = st.sampled_from("aäbcßdEÉ 09-–.,;:#'\"„“!?%()/+*=@&|~😀")
LINES = (
    st.text(SIGNS, min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)
)
PROSE = st.lists(LINES, min_size=1, max_size=3).map("\n\n".join)
HOSTS = st.from_regex(r"[a-z]{1,8}(-[a-z0-9]{1,5})?\.example", fullmatch=True)


def spelled(day: date, precision: str, *, is_late: bool) -> st.SearchStrategy[Said]:
    """A date as people write it, and as a file has it."""
    month = MONTHS[day.month - 1]
    ways = {
        "day": (
            f"{day:%Y-%m-%d}",
            f"{day:%d.%m.%Y}",
            f"{day.day}.{day.month}.{day.year}",
            f"{day.day}. {month} {day.year}",
        ),
        "month": (f"{day:%Y-%m}", f"{day:%m.%Y}", f"{day.month}/{day.year}", f"{month} {day.year}"),
        "year": (f"{day.year}",),
    }[precision]
    if is_late:
        ways = tuple(f"spätestens {way}" for way in ways)
    elif precision != "day":
        ways += tuple(f"seit {way}" for way in ways)
    kept = f"{day:%Y-%m-%d}"[: {"day": 10, "month": 7, "year": 4}[precision]]
    return st.tuples(st.sampled_from(ways), st.just(f"spätestens {kept}" if is_late else kept))


def when(draw: Draw, first: date, last: date) -> tuple[date, Said]:
    """A day between the two, and how it is written."""
    day = first + timedelta(draw(st.integers(0, (last - first).days)))
    precision = draw(st.sampled_from(["day", "month", "year"]))
    return day, draw(spelled(day, precision, is_late=draw(st.integers(0, 9)) == 0))


def amount(draw: Draw) -> Said:
    """A number up to 100, with a decimal comma or point."""
    whole = draw(st.integers(0, 99))
    return draw(
        st.sampled_from(
            [(f"{whole}", f"{whole}"), (f"{whole},5", f"{whole}.5"), (f"{whole}.25", f"{whole}.25")]
        )
    )


def measure(draw: Draw, partnership: Partnership, steps: tuple[str, ...], stand: date) -> Said:
    """A measure with some of the `steps` that are asked for, in their order."""
    kind = draw(st.sampled_from(sorted(partnership.active_types)))
    typed: dict[str, Any] = {"typ": kind}
    kept: dict[str, Any] = {"typ": kind}
    chosen = [step for step in STATUSES if step in steps and draw(st.booleans())]
    day = date(2015, 1, 1)
    for step in chosen:
        day, (typed[step], kept[step]) = when(draw, day, stand)
    if not chosen:
        kept["geplant"] = stand.isoformat()
    if chosen in ([], ["geplant"]) or draw(st.booleans()):
        _, (typed["ziel"], kept["ziel"]) = when(draw, max(day, stand), date(2033, 12, 31))
    unit = partnership.types[kind].unit
    if unit.kind != "ja_nein" and draw(st.booleans()):
        value, number = amount(draw)
        since = str(kept.get("laufend", ""))
        years = [each for each in ("2024", "2025") if since[:4] <= each or since.startswith("s")]
        year = draw(st.sampled_from(["", *years]))
        typed["umfang"] = {year: value} if year else value
        kept["umfang"] = {year: number} if year else number
    for key in ("titel", "beschreibung"):
        if draw(st.booleans()):
            typed[key] = kept[key] = draw(LINES)
    typed["veroeffentlichung"] = kept["veroeffentlichung"] = draw(
        st.sampled_from(["einzeln", "nur_summe"])
    )
    return typed, kept


def single(draw: Draw, partnership: Partnership, question: Question) -> Said:
    """An answer to a question that has one, by its kind."""
    if question.kind == "auswahl":
        found = {"branchen": partnership.sectors, "stadtbezirke": partnership.districts}
        entries = question.options or tuple(found[question.options_from or ""])
        return (draw(st.sampled_from(entries)),) * 2
    if question.kind == "monat":
        return when(draw, date(2017, 11, 1), TODAY)[1]
    if question.kind == "zahl":
        heads = draw(st.integers(100, 99_999))
        grouped = f"{heads:,}".replace(",", draw(st.sampled_from([".", " ", "\u00a0"])))
        return draw(st.sampled_from([f"{heads}", grouped])), f"{heads}"
    if question.kind == "url":
        host = draw(HOSTS)
        return draw(
            st.sampled_from(
                [
                    (f"https://{host}/a?b=c#d", f"https://{host}/a?b=c#d"),
                    (f"www.{host}", f"https://www.{host}"),
                    (f"{host}/weg", f"https://{host}/weg"),
                ]
            )
        )
    if question.kind == "mail":
        return (f"mobil@{draw(HOSTS)}",) * 2
    if question.target == "anschrift.plz":
        return (f"{draw(st.integers(0, 99_999)):05}",) * 2
    return (draw(PROSE if question.kind == "langtext" else LINES),) * 2


@st.composite
def answers(draw: Draw, partnership: Partnership) -> Said:
    """What a company answers, as the form's script holds it, and what its file says then."""
    typed: dict[str, Any] = {}
    kept: dict[str, Any] = {}
    stand = TODAY - timedelta(draw(st.integers(0, 400)))
    asked = [each for part in partnership.questionnaire.sections for each in part.questions]
    measures: list[Said] = []
    for question in asked:
        target = question.target or ""
        if not (question.required or draw(st.booleans())):
            continue
        if question.kind == "massnahmen":
            count = draw(st.integers(0, 3))
            measures += [measure(draw, partnership, question.steps, stand) for _ in range(count)]
        elif question.kind == "mehrfach":
            found = partnership.options(question)
            chosen = draw(st.lists(st.sampled_from(found), min_size=1, unique=True))
            typed.setdefault("antworten", {})[question.id] = chosen
        elif target == "oeffentlich":
            typed[target] = draw(st.sampled_from(["ja", "nein"]))
            if typed[target] == "nein":
                kept[target] = "nein"
        elif question.kind == "ja_nein":
            agrees = "ja" if question.required else draw(st.sampled_from(["ja", "nein"]))
            typed.setdefault("antworten", {})[question.id] = agrees
        elif target.startswith("kennzahlen."):
            continue
        elif target == "auskunft.stand":
            way, day = draw(spelled(stand, "day", is_late=False))
            typed["auskunft"] = [{"stand": way, "von": "unternehmen"}]
            kept["auskunft"] = [{"stand": day, "von": "unternehmen"}]
        else:
            put(
                target or f"antworten.{question.id}",
                single(draw, partnership, question),
                typed,
                kept,
            )
    if draw(st.booleans()):
        figures(draw, partnership, typed, kept)
    if measures:
        typed["massnahmen"], kept["massnahmen"] = map(list, zip(*measures, strict=True))
    return typed, kept


def put(path: str, said: Said, typed: dict[str, Any], kept: dict[str, Any]) -> None:
    """Note an answer at `path`; what no file keeps is only typed."""
    group, _, key = path.rpartition(".")
    for values, value in zip((typed, kept), said, strict=True):
        if group != "antworten" or values is typed:
            (values.setdefault(group, {}) if group else values)[key] = value


def figures(
    draw: Draw, partnership: Partnership, typed: dict[str, Any], kept: dict[str, Any]
) -> None:
    year = draw(st.sampled_from(["2023", "2024", "2025"]))
    told = {key: amount(draw) for key in partnership.questionnaire.figures if draw(st.booleans())}
    if told:
        choice = draw(st.sampled_from(["einzeln", "nur_summe"]))
        for values, place in ((typed, 0), (kept, 1)):
            values["kennzahlen"] = {
                year: {"veroeffentlichung": choice, **{key: told[key][place] for key in told}}
            }


def imported(city: Path, texts: list[str], folder: Path) -> tuple[Partnership, list[Outcome]]:
    """The files that the form would save, taken into a city of their own."""
    shutil.rmtree(city / "members", ignore_errors=True)
    files = []
    for index, text in enumerate(texts):
        files.append(folder / f"{index}.yml")
        files[-1].write_text(text, "utf-8")
    outcomes = list(take_in(load(city, TODAY, ENGINE), files, TODAY, Wishes(as_new=True)))
    return load(city, TODAY, ENGINE), outcomes


def named(said: list[Said]) -> list[Said]:
    """Each with a name of its own, so that each is a new company."""
    for index, each in enumerate(said):
        for values in each:
            values["name"] = f"{values['name']} {index} GmbH"
    return said


def tried(page: Page, city: Path, folder: Path, said: list[Said]) -> None:
    """What is right is right everywhere, and nothing of it changes on the way."""
    told = page.evaluate(CHECK, [[[typed, typed] for typed, _ in said], TODAY.isoformat()])
    for (typed, _), (_, problems) in zip(said, told, strict=True):
        assert problems == [], typed
    partnership, outcomes = imported(city, [text for text, _ in told], folder)
    members = {each.name: each for each in partnership.everybody}
    for (typed, kept), outcome in zip(said, outcomes, strict=True):
        assert outcome.state == "neu", (typed, outcome.problems)
        profile = kept.pop("profil", "")
        note = kept.pop("notiz", "")
        member = members[kept["name"]]
        plain: Any = canonical.plain(member)
        assert plain == {**kept, "bestaetigung": "unternehmen"}, typed
        assert member.body == profile
        assert outcome.message == note


AFFORDABLE = {
    "deadline": None,
    "database": None,
    "phases": [Phase.generate],
    "suppress_health_check": list(HealthCheck),
}


# How often lists of 20 to 30 answers are drawn; an audit draws new ones each time.
OFTEN = [
    pytest.param({"max_examples": 5, "derandomize": True}, id="some"),
    pytest.param({"max_examples": 50}, id="many", marks=pytest.mark.audit),
]


@pytest.mark.parametrize("often", OFTEN)
def test_what_the_form_takes_is_taken_in_and_kept(
    scripts: Page,
    asking_city: Path,
    tmp_path_factory: pytest.TempPathFactory,
    often: dict[str, Any],
) -> None:
    @settings(**AFFORDABLE, **often)
    @given(said=st.lists(answers(load(asking_city, TODAY, ENGINE)), min_size=20, max_size=30))
    def trial(said: list[Said]) -> None:
        tried(scripts, asking_city, tmp_path_factory.mktemp("answers"), named(said))

    trial()


def spoil(draw: Draw, partnership: Partnership, typed: dict[str, Any]) -> dict[str, Any]:
    """The same answers with one thing wrong."""
    wrong = copy.deepcopy(typed)
    ways: list[Callable[[], Any]] = [
        partial(wrong.__setitem__, key, value)
        for key, values in {
            "website": ["kein wort", "ftp://a.example"],
            "kontakt": ["mobil", "a@b"],
            "beschaeftigte": ["viele", "-3"],
            "beitritt": ["31.02.2024", "13/2024", "Mörz 2025"],
            "name": ["x" * 2001],
            "anschrift": [{"plz": "123"}, {"plz": "D-40233"}],
            "auskunft": [
                [{"stand": stand, "von": "unternehmen"}] for stand in ("2026-12-24", "11/2026")
            ],
            "kennzahlen": [
                {"25": {"pkw_gesamt": "3"}},
                {"2025": {"pkw_gesamt": "1.200"}},
                {"2025": {"arbeitsweg_pkw": "101"}},
            ],
        }.items()
        for value in values
    ]
    ways.append(partial(wrong.pop, "name"))
    shares = [key for key, kind in partnership.types.items() if kind.unit.kind == "anteil"]
    counts = [key for key, kind in partnership.types.items() if kind.unit.at_most]
    facts = [key for key, kind in partnership.types.items() if kind.unit.kind == "ja_nein"]
    kind = draw(st.sampled_from(sorted(partnership.active_types)))
    measures: list[dict[str, Any]] = [
        {"typ": kind},
        {"typ": kind, "geplant": "2025"},
        {"typ": kind, "laufend": "bald"},
        {"typ": kind, "umgesetzt": "2099"},
        {"typ": kind, "laufend": "2024", "umgesetzt": "2023"},
        {"typ": kind, "ziel": "2020"},
        {"typ": kind, "geplant": "2025", "ziel": "03/2024"},
        {"typ": kind, "laufend": "2024", "beschreibung": "x" * 2001},
        *({"typ": each, "laufend": "2024", "umfang": "zehn"} for each in (shares + counts)[:1]),
        *({"typ": each, "laufend": "2024", "umfang": "101"} for each in shares[:1]),
        *({"typ": each, "laufend": "2024", "umfang": {"24": "3"}} for each in shares[:1]),
        *({"typ": each, "laufend": "2024", "umfang": {"2024": "999999"}} for each in counts[:1]),
        *({"typ": each, "laufend": "2024", "umfang": "3"} for each in facts[:1]),
    ]
    ways += [partial(wrong.setdefault("massnahmen", []).append, each) for each in measures]
    draw(st.sampled_from(ways))()
    if not wrong["massnahmen"]:
        del wrong["massnahmen"]
    return wrong


def refused(page: Page, city: Path, folder: Path, wrong: list[dict[str, Any]]) -> None:
    """The browser and the import find the same places."""
    told = page.evaluate(CHECK, [[[each, each] for each in wrong], TODAY.isoformat()])
    _, outcomes = imported(city, [text for text, _ in told], folder)
    for index, (answer, (_, problems), outcome) in enumerate(
        zip(wrong, told, outcomes, strict=True)
    ):
        document = read_yaml(folder / f"{index}.yml", f"{index}.yml")
        browser = {located(document, each["at"], each["rule"]) for each in problems}
        build = {
            (each.place.line, each.place.column, each.rule.removeprefix("string_"))
            for each in outcome.problems
        }
        assert browser, answer
        assert outcome.state == "abgelehnt", answer
        assert browser == build, (answer, outcome.problems)


@pytest.mark.parametrize("often", OFTEN)
def test_what_is_wrong_is_refused_by_both_at_the_same_field(
    scripts: Page,
    asking_city: Path,
    tmp_path_factory: pytest.TempPathFactory,
    often: dict[str, Any],
) -> None:
    partnership = load(asking_city, TODAY, ENGINE)

    @settings(**AFFORDABLE, **often)
    @given(data=st.data())
    def trial(data: st.DataObject) -> None:
        said = data.draw(st.lists(answers(partnership), min_size=20, max_size=30))
        wrong = [spoil(data.draw, partnership, typed) for typed, _ in named(said)]
        refused(scripts, asking_city, tmp_path_factory.mktemp("answers"), wrong)

    trial()
