"""Rules about what companies gave for totals only."""

from collections.abc import Mapping
from typing import Any

import pytest

from partnership.checking.rules import confidential
from partnership.model.city import Confidentiality
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.problems import Problem
from partnership.model.yearsums import Closing, ConfidentialEntry, Register, RegisteredSum
from partnership.reading.source import Document
from tests.world import TODAY, document, partnership, told

HEAD = "name: N\nbranche: handel\nbestaetigung: unternehmen\n"
CITY = "data/partnerschaft.yml"


def company(text: str, slug: str = "a") -> tuple[Member, Document]:
    found = document(f"members/{slug}.md", HEAD + text)
    context = {"slug": slug, "body": "", "path": found.path}
    return Member.model_validate(found.data, context=context), found


def kept(public: str, p: str | None = None) -> Confidentiality:
    told = {"ablage_oeffentlich": public, "p_prozent": p}
    return Confidentiality.model_validate({key: each for key, each in told.items() if each})


def check(
    *found: tuple[Member, Document],
    how: Confidentiality | None = None,
    documents: Mapping[str, Document] | None = None,
    **changes: Any,
) -> list[Problem]:
    base: Partnership = partnership()
    city = base.city.model_copy(update={"confidentiality": how})
    world = partnership(*(each for each, _ in found), city=city, **changes)
    every = {each.path: each for _, each in found} | dict(documents or {})
    return list(confidential.check(world, every, TODAY))


MEASURES = "massnahmen:\n  - {typ: jobticket, laufend: 2024, veroeffentlichung: nur_summe}\n"
FIGURES = (
    "kennzahlen:\n  2024: {pkw_gesamt: 5}\n  2023: {pkw_gesamt: 5, veroeffentlichung: einzeln}"
)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (None, []),
        (kept("nein"), []),
        (kept("ja"), ["6:56+9 vertraulich", "8:3+4 vertraulich"]),
    ],
)
def test_public_files_hold_nothing_confidential(
    how: Confidentiality | None, said: list[str]
) -> None:
    found = check(company(MEASURES + FIGURES), how=how)
    assert told(found) == said
    assert all("mitglieder/a.yml" in each.remedy for each in found)
    if said:
        assert "2024" in found[1].message
        assert "einzeln" in found[1].remedy


def test_a_year_without_values_gives_nothing_away() -> None:
    assert check(company("kennzahlen: {2024: {}}"), how=kept("ja")) == []


def test_the_register_is_not_public() -> None:
    path = "data/vertraulich/beteiligte.yml"
    documents = {path: document(path, "summen: []")}
    (found,) = check(how=kept("ja"), documents=documents)
    assert (found.path, told([found])) == (path, ["2:1+1 vertraulich"])
    assert check(how=kept("nein"), documents=documents) == []


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (kept("ja", "10"), []),
        (kept("nein", "0,9"), ["3:14+2 p-prozent"]),
        (kept("nein", "1"), []),
        (kept("nein", "25"), []),
        (kept("ja", "26"), ["3:14+2 p-prozent"]),
        (kept("nein"), []),
        (None, []),
    ],
)
def test_p_is_in_its_range(how: Confidentiality | None, said: list[str]) -> None:
    documents = {CITY: document(CITY, "vertraulichkeit:\n  p_prozent: 10")}
    assert told(check(how=how, documents=documents)) == said
    assert check(how=how) == []


@pytest.mark.parametrize(("now", "has_sums", "said"), [("12", True, True), ("12", False, False),
                                                       ("10", True, False)])  # fmt: skip
def test_p_stays_what_it_was(now: str, has_sums: bool, said: bool) -> None:
    documents = {CITY: document(CITY, "vertraulichkeit:\n  p_prozent: 12")}
    told_sum = {"jahr": "2024", "groesse": "kennzahl-pkw_gesamt", "unternehmen": "3 bis 5",
                "summe": "30", "gerundet_auf": "5"}  # fmt: skip
    closing = Closing.model_validate(
        {
            "abgeschlossen_bis": "2024",
            "stand": "2025-03-01",
            "p_prozent": "10",
            "summen": [told_sum] if has_sums else [],
        }
    )
    found = check(how=kept("nein", now), documents=documents, closing=closing)
    assert told(found) == (["3:14+2 p-prozent"] if said else [])


def register(figure: str, public: dict[str, str] | None = None, **amounts: str) -> Register:
    told = {"jahr": "2024", "groesse": figure, "betraege": amounts}
    more = {"einzeln": public} if public else {}
    return Register.model_construct(sums=(RegisteredSum.model_validate({**told, **more}),))


CARS = "kennzahlen: {2024: {pkw_gesamt: %s, veroeffentlichung: %s}}"


@pytest.mark.parametrize(
    ("text", "found", "said"),
    [
        (CARS % ("5", "nur_summe"), register("kennzahl-pkw_gesamt", a="5"), False),
        (CARS % ("5", "einzeln"), register("kennzahl-pkw_gesamt", a="5"), True),
        (CARS % ("5", "einzeln"), register("kennzahl-pkw_gesamt", b="5"), False),
        (CARS % ("5", "einzeln"), register("kennzahl-unbekannt", a="5"), False),
        # What stood there beside the sum may stay, but not grow.
        (CARS % ("5", "einzeln"), register("kennzahl-pkw_gesamt", {"a": "5"}, a="5"), False),
        (CARS % ("6", "einzeln"), register("kennzahl-pkw_gesamt", {"a": "5"}, a="5"), True),
        (
            "frueher: [alt]\n" + CARS % ("5", "einzeln"),
            register("kennzahl-pkw_gesamt", alt="5"),
            True,
        ),
    ],
)
def test_what_stands_in_a_sum_is_not_published_afterwards(
    text: str, found: Register, said: bool
) -> None:
    problems = check(company(text), register=found)
    line = 6 if text.startswith("frueher") else 5
    assert told(problems) == ([f"{line}:1+10 vertraulich"] if said else [])
    assert all("2024" in each.message and "Pkw im Fuhrpark" in each.message for each in problems)
    assert all("doppelt" in each.message for each in problems)
    assert all("neue Jahre" in each.remedy for each in problems)


def test_a_figure_nobody_knows_any_more_hides_no_other() -> None:
    first, second = register("kennzahl-pkw_gesamt", x="5", a="5"), register("alt", a="5")
    both = Register.model_construct(sums=(*second.sums, *first.sums))
    assert len(check(company(CARS % ("5", "einzeln")), register=both)) == 1


def test_a_figure_is_given_once_a_measure_may_stand_beside_another() -> None:
    entry = ConfidentialEntry.model_validate({"kennzahlen": {"2024": {"pkw_gesamt": "9"}}})
    lies = document("mitglieder/a.yml", "kennzahlen:\n  2024: {pkw_gesamt: 9}")
    found = check(
        company(CARS % ("5", "einzeln")),
        register=register("kennzahl-pkw_gesamt", a="5"),
        entries={"a": entry},
        documents={lies.path: lies},
    )
    assert [each.rule for each in found] == ["vertraulich", "doppelt"]


def test_a_measure_in_the_count_of_a_field() -> None:
    sums = register("massnahmen-arbeitswege", a="1")
    text = "massnahmen:\n" + ticket("nur_summe", 5) + ticket("einzeln", 3)
    assert check(company(text), register=sums) == []
    (found,) = check(company("massnahmen:\n" + ticket("einzeln", 3)), register=sums)
    assert "Arbeitswege" in found.message


def ticket(how: str, extent: int) -> str:
    extents = f"umfang: {{2024: {extent}}}"
    return f"  - {{typ: jobticket, laufend: 2020, {extents}, veroeffentlichung: {how}}}\n"


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (ticket("nur_summe", 5), False),
        # A new measure may stand beside a confidential one, but not instead of it.
        (ticket("nur_summe", 5) + ticket("einzeln", 3), False),
        (ticket("nur_summe", 4) + ticket("einzeln", 3), True),
        (ticket("einzeln", 5), True),
    ],
)
def test_a_measure_in_a_sum(entries: str, said: bool) -> None:
    problems = check(
        company("massnahmen:\n" + entries), register=register("umfang-jobticket", a="5")
    )
    assert told(problems) == (["5:1+10 vertraulich"] if said else [])
    assert all("als neue" in each.remedy for each in problems)


def test_what_lies_apart_counts_as_kept() -> None:
    entry = ConfidentialEntry.model_validate(
        {"massnahmen": [{"typ": "jobticket", "laufend": "2020", "umfang": {"2024": "5"}}]}
    )
    apart = {"mitglieder/a.yml": document("mitglieder/a.yml", "massnahmen: []")}
    found = company("massnahmen:\n" + ticket("einzeln", 3))
    sums = register("umfang-jobticket", a="5")
    assert check(found, register=sums, entries={"a": entry}, documents=apart) == []
    assert len(check(found, register=sums)) == 1


def test_what_lies_apart_is_as_sound_as_a_member_s_file() -> None:
    text = (
        "kennzahlen:\n  2024: {pkw_gesamt: 5, anteil_elektrisch: 101}\n  2023: {pkw_gesamt: 5}\n"
        "massnahmen:\n  - {typ: jobticket, laufend: 2030}\n"
    )
    lies = document("mitglieder/a.yml", text)
    entry = ConfidentialEntry.model_validate(lies.data)
    found = check(
        company("", "b"),
        company(CARS % ("5", "einzeln")),
        entries={"a": entry},
        documents={lies.path: lies},
    )
    assert {each.path for each in found} == {"mitglieder/a.yml"}
    assert told(found) == ["6:31+4 zukunft", "3:44+3 kennzahl-zu-gross", "3:10+10 doppelt"]
    assert "„pkw_gesamt“ für 2024" in found[-1].message
    assert "members/a.md" in found[-1].message
