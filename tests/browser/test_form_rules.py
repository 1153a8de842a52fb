"""The web form says of an answer what the build says of it, and its file says what was typed.

The scripts of the form run in Chromium; the same answers go through the loader as members' files.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from partnership.checking.load import inspect
from partnership.language import german
from partnership.office.questionnaire.spellings import respelled
from partnership.reading.source import Document, Trail, read_page
from tests.helpers import ENGINE, TODAY

Answers = dict[str, Any]
Verdict = set[tuple[int, int, str]]

SCRIPTS = Path(__file__).parents[2] / "overrides/assets/js"
# What the form cannot know, or leaves no room for: other files, and words outside of its lists.
ELSEWHERE = {"doppelt", "dateiname", "unbekannt"}
# Rules across values. The loader tells some of them only once every single value is understood.
ACROSS = {
    "ohne-datum",
    "ziel-fehlt",
    "reihenfolge",
    "zukunft",
    "jahr-vor-beginn",
    "jahr-zukunft",
    "umfang-prozent",
    "umfang-unpassend",
    "umfang-zu-gross",
    "kennzahl-zu-gross",
}
CHECK = """async ([answers, day]) => {
  const { checker } = await import("/form-check.js");
  const { yaml } = await import("/form-yaml.js");
  const check = checker(JSON.parse(window.rules));
  return answers.map(([typed, kept]) => [yaml(kept), check(typed, day)]);
}"""
EMIT = """async (all) => {
  const { yaml } = await import("/form-yaml.js");
  return JSON.parse(all).map((each) => yaml(each));
}"""
SLUG = "async (all) => { const { slug } = await import('/form-yaml.js'); return all.map(slug); }"


def compare(scripts: Page, asking_city: Path, answers: list[Answers]) -> None:
    """Put the same answers before the browser and before the loader."""
    told = scripts.evaluate(CHECK, [[[each, kept(each)] for each in answers], TODAY.isoformat()])
    members = asking_city / "members"
    shutil.rmtree(members, ignore_errors=True)
    members.mkdir()
    paths = [f"members/m{index}.md" for index in range(len(answers))]
    for path, (text, _) in zip(paths, told, strict=True):
        head = f"---\nbestaetigung: unternehmen\n{text}---\n"
        (asking_city / path).write_bytes(head.encode())
    by_file: dict[str, Verdict] = {}
    for problem in inspect(asking_city, TODAY, ENGINE).problems:
        if problem.rule not in ELSEWHERE:
            place, rule = problem.place, problem.rule.removeprefix("string_")
            by_file.setdefault(problem.path, set()).add((place.line, place.column, rule))
    for path, answer, (_, found) in zip(paths, answers, told, strict=True):
        document = read_page(asking_city / path, path)
        browser = {located(document, each["at"], each["rule"]) for each in found}
        build = by_file.get(path, set())
        if {rule for _, _, rule in build} <= ACROSS:
            assert browser == build, answer
        else:
            assert build <= browser, answer
            # Of a faulty year the loader tells the year alone, the browser its amount, too.
            told_of = {line for line, _, _ in build}
            further = {rule for line, _, rule in browser - build if line not in told_of}
            assert further <= ACROSS, answer


def kept(answers: Answers) -> Answers:
    """The answers as the import keeps them: in the spelling of files, and with a goal alone, a
    measure is planned today.
    """
    steps = {"geplant", "laufend", "umgesetzt", "eingestellt"}
    measures = [
        each if "ziel" not in each or each.keys() & steps else {**each, "geplant": str(TODAY)}
        for each in answers.get("massnahmen", [])
    ]
    found: Answers = respelled({**answers, **({"massnahmen": measures} if measures else {})})
    return found


def located(document: Document, at: str, rule: str) -> tuple[int, int, str]:
    """Where in the file a finding of the browser stands."""
    steps = at.removesuffix("@").split(".")
    lists = ("massnahmen", "auskunft")
    trail: Trail = tuple(
        int(step) if index and steps[index - 1] in lists else step
        for index, step in enumerate(steps)
    )
    place = document.place(trail[:-1] if rule == "fehlt" else trail, of_key=at.endswith("@"))
    return place.line, place.column, rule.removeprefix("string_")


def answer(**more: Any) -> Answers:
    return {"name": "Muster GmbH", "branche": "handel", **more}


SPELLINGS = [
    ("beitritt", "2019 2019-05 2019-5-4 14.05.2019 05.2019 5.2019 1899 2201 31.02.2019 2019-13"),
    ("beitritt", "spätestens,2019 Spaetestens,2019-05 spätestens2019 spätestens,spätestens,2019"),
    ("beitritt", "zwanzig 14.5.19 2019/05 2019-05- 0.2019 00.05.2019 ٢٠١٩ 29.02.2024 29.02.2023"),
    ("beitritt", "seit,2019 ab,05.2024 bis,2027 09/2024 9/2024 März,2025 Seit,mrz.,2025 14/9/2024"),
    (
        "beitritt",
        "15.,März,2025 1.Mai,2025 spätestens,Dez.,2024 äMai,2025 Mai,25 13/2024",
    ),
    ("website", "www.a.de WWW.A.de/b a.de?x a.de:80 a.b 1.2.2024 www a..de .de ü.de www.a.de/ü@b"),
    ("beschaeftigte", "420 1.200 1,200 12,5 -3 1.2.3 1.200.000 1234567890 007 12.34 1e3 ２０"),
    ("website", "https://a.de http://a.de HTTPS://A.de ftp://a.de a.de https://a https://x@a.de"),
    (
        "website",
        "https://a.de:80/x?y#z https://a.de/@x javascript:alert(1) https://a.de/<b> //a.de",
    ),
    ("kontakt", "a@b.de a@b a@b.c a@@b.de a;b@c.de ü@ö.de a@b.d.e.fg @b.de a@.de"),
    ("anschrift.plz", "40233 4023 402330 D-40233 40-233 ４0233"),
    (
        "auskunft.stand",
        "2026-11-23 23.11.2026 2026-11 24.11.2026 2027 spätestens,2026-01-01 31.4.2026",
    ),
    ("kennzahlen.pkw", "12 12,5 1.200 1.200,5 0,125 0.125 12.5 100,0001 -1 12,5%"),
    ("kennzahlen.anteil", "0 100 100,1 101 50,5,% %"),
    ("kennzahlen.jahr", "2025 1899 25 2199 2200 20255"),
]


def spelled(path: str, text: str) -> Answers:
    group, _, key = path.partition(".")
    if group == "anschrift":
        return answer(anschrift={key: text})
    if group == "auskunft":
        return answer(auskunft=[{"stand": text, "von": "unternehmen"}])
    if key == "jahr":
        return answer(kennzahlen={text: {"pkw_gesamt": "3"}})
    if group == "kennzahlen":
        name = {"pkw": "pkw_gesamt", "anteil": "arbeitsweg_pkw"}[key]
        return answer(kennzahlen={"2025": {name: text}})
    return answer(**{path: text})


def test_choices_have_nothing_to_be_checked(scripts: Page, asking_city: Path) -> None:
    choices = ("einzeln", "nur_summe")
    figures = [{"pkw_gesamt": "3", "veroeffentlichung": choice} for choice in choices]
    compare(scripts, asking_city, [answer(kennzahlen={"2025": each}) for each in figures])


def test_every_spelling(scripts: Page, asking_city: Path) -> None:
    texts = [(path, text.replace(",", " ")) for path, line in SPELLINGS for text in line.split()]
    texts += [(path, text) for path, line in SPELLINGS for text in line.split()]
    padded = [(path, f"\u00a0 {text}\t") for path, text in texts]
    long = [answer(name="x" * 2000), answer(name="x" * 2001), answer(name="😀" * 2000), {}]
    compare(scripts, asking_city, [spelled(*each) for each in texts + padded] + long)


DATES = st.builds(
    lambda mark, text: mark + text,
    st.sampled_from(["", "", "", "spätestens "]),
    st.one_of(
        st.integers(2022, 2028).map(str),
        st.builds("{}-{:02}".format, st.integers(2022, 2027), st.integers(0, 13)),
        st.builds(
            "{}.{}.{}".format, st.integers(1, 31), st.integers(1, 12), st.integers(2025, 2027)
        ),
    ),
)
NUMBERS = st.one_of(
    st.sampled_from(
        ["0", "99", "100", "100,5", "101", "1.200", "1200", "12,5", "420", "421", "x", "5 %"]
    ),
    st.integers(0, 10**9).map(str),
)
YEARS = st.sampled_from(["2019", "2024", "2025", "2199", "24", "zwanzig"])
MEASURES = st.builds(
    lambda dates, more: {"typ": "jobticket", **dates, **more},
    st.dictionaries(
        st.sampled_from(["geplant", "ziel", "laufend", "umgesetzt", "eingestellt"]), DATES
    ),
    st.fixed_dictionaries(
        {},
        optional={
            "typ": st.sampled_from(["jobticket", "homeoffice", "radabstellanlage", "fahrtenbuch"]),
            "umfang": NUMBERS | st.dictionaries(YEARS, NUMBERS, min_size=1, max_size=2),
            "titel": st.sampled_from(["Ticket", "x" * 2001]),
            "veroeffentlichung": st.sampled_from(["einzeln", "nur_summe"]),
        },
    ),
)
COMPANIES = st.builds(
    lambda measures, more: answer(massnahmen=measures, **more),
    st.lists(MEASURES, min_size=1, max_size=3),
    st.fixed_dictionaries({}, optional={"beschaeftigte": st.sampled_from(["420", "0", "viele"])}),
)
AFFORDABLE = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a batch need not shrink: the message names the one answer
    suppress_health_check=list(HealthCheck),
)


@AFFORDABLE
@given(answers=st.lists(COMPANIES, min_size=20, max_size=60))
def test_every_measure(scripts: Page, asking_city: Path, answers: list[Answers]) -> None:
    compare(scripts, asking_city, answers)


def near(*texts: str) -> st.SearchStrategy[str]:
    """Texts made of the pieces of right ones, so that many are nearly right."""
    return st.lists(st.sampled_from(texts), min_size=1, max_size=8).map("".join)


NEARLY = st.one_of(
    near(
        "https://", "http", ":", "/", ".", "@", "a", "ü", "de", "?", "#", "[", "]", " ", "\\", '"'
    ).map(lambda text: answer(website=text)),
    near("a", "b.de", "@", ".", ",", "'", " ", "ö", ";").map(lambda text: answer(kontakt=text)),
    near("20", "19", "-", ".", "0", "5", "12", "31", " ", "spätestens ", "Spätestens", "ſ").map(
        lambda text: answer(beitritt=text)
    ),
    near("1", "20", "300", ".", ",", "%", " ", "\u202f", "\u00a0", "+", "e").map(
        lambda text: answer(beschaeftigte=text, kennzahlen={"2025": {"pkw_gesamt": text}})
    ),
)


@AFFORDABLE
@given(answers=st.lists(NEARLY, min_size=40, max_size=120))
def test_what_is_nearly_right(scripts: Page, asking_city: Path, answers: list[Answers]) -> None:
    # A text of blanks alone is no answer; the form leaves it out.
    kept = [each for each in answers if all(str(value).strip() for value in each.values())]
    compare(scripts, asking_city, kept)


# Each of them means something to YAML.
WORDS = "yes No on ~ null 1e3 0o7 1_000 12:30 2024-01-01 nur_summe ja nein y Ä_ß &a *a !!str a:b"
HARD = st.one_of(
    st.sampled_from(WORDS.split()),
    st.sampled_from("=<-?:#&*!|>'\"%@`\\{[,~]}\t\n\0\x7f\x85\u2028\ufeff"),
    st.sampled_from(["a: b", "a #b", "- a", " a ", "a\n\nb\n", "<<", "--- a", "... a"]),
)
TEXTS = st.one_of(st.text(), HARD, st.builds(lambda *parts: "".join(parts), HARD, st.text(), HARD))
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@AFFORDABLE
@given(groups=st.lists(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=5), min_size=20))
def test_file_says_what_was_typed(scripts: Page, groups: list[dict[str, Any]]) -> None:
    for text, said in zip(scripts.evaluate(EMIT, json.dumps(groups)), groups, strict=True):
        assert yaml.safe_load(text) == said
        assert yaml.load(text, Loader=yaml.CSafeLoader) == said


@AFFORDABLE
@given(names=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cn"])), min_size=50))
def test_file_is_named_as_the_build_would(scripts: Page, names: list[str]) -> None:
    names += ["Müller & Söhne GmbH", "ÄÖÜ ẞ", "", "x" * 59 + " yz", "Œuvre ﬁn"]
    assert scripts.evaluate(SLUG, names) == [german.slug(name) for name in names]
