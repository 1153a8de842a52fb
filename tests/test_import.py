"""`partnerschaft import`: an answer reaches the file, everything else stays, nothing is dropped."""

import difflib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnership.checking.load import load
from partnership.cli import main
from partnership.model.member import Member
from partnership.office.questionnaire.intake import Outcome, Wishes, take_in
from partnership.reading import canonical
from partnership.reading.source import Value
from tests.conftest import DEMO_CITY, ROOT
from tests.helpers import MEMBER, TODAY, city_with, measure_text
from tests.sites import NOON, contents

Say = pytest.CaptureFixture[str]

KNOWN = measure_text(
    "typ: jobticket   # Vertrag liegt im Büro",
    "titel: Deutschlandticket",
    "laufend: 2024-09",
    "umfang: {2024: 21}",
    "veroeffentlichung: nur_summe",
    more="# seit der ersten Stunde dabei\nbeschaeftigte: 420\nnotiz_intern: Rückruf im Mai\n",
)


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))


def take(city: Path, answer: str, *options: str) -> int:
    file = city.parent / "antwort.yml"
    file.write_text(answer, "utf-8")
    return main(["import", str(file), *options, "--root", str(city)])


def changed_lines(before: str, after: str) -> list[str]:
    """The lines that differ, with - or + in front."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in {"+++", "---"}]


def test_new_company_gets_a_file_that_is_sound(tmp_path: Path, capsys: Say) -> None:
    city = city_with(tmp_path, {})
    answer = """
name: Neu & Söhne
branche: handel
beitritt: 05.2026
anschrift: {plz: 01067, ort: Kleinstadt}
beschaeftigte: 1.200
auskunft: [{stand: 14.11.2026, von: unternehmen}]
massnahmen:
  - {typ: jobticket, geplant: 2026, ziel: 2027, umfang: {2026: "12,5"}}
profil: "Wir handeln."
notiz: Bitte anrufen.
antworten: {unbekannt: [Kosten, Zeit]}
"""
    assert take(city, answer) == 0
    said = capsys.readouterr().out
    assert "antwort.yml: neu angelegt (members/neu-soehne.md)" in said
    assert "Mitteilung des Unternehmens: Bitte anrufen." in said
    assert "Nur für die Geschäftsstelle: unbekannt – Kosten, Zeit" in said
    assert (city / "members/neu-soehne.md").read_text("utf-8") == (
        "---\n"
        "name: Neu & Söhne\n"
        "branche: handel\n"
        "beitritt: 2026-05\n"
        "anschrift:\n"
        '  plz: "01067"\n'
        "  ort: Kleinstadt\n"
        "beschaeftigte: 1200\n"
        "auskunft:\n"
        "  - stand: 2026-11-14\n"
        "    von: unternehmen\n"
        "bestaetigung: unternehmen\n"
        "massnahmen:\n"
        "  - typ: jobticket\n"
        "    geplant: 2026\n"
        "    ziel: 2027\n"
        "    umfang:\n"
        "      2026: 12.5\n"
        "---\n"
        "Wir handeln.\n"
    )
    assert main(["check", "--root", str(city)]) == 0


def test_goal_alone_makes_a_plan_of_the_day_of_the_answer(tmp_path: Path, capsys: Say) -> None:
    known = measure_text("typ: jobticket", "titel: Ticket", "geplant: 2025", "ziel: 2026")
    city = city_with(tmp_path, {MEMBER: known})
    answer = """
name: Muster GmbH
auskunft: [{stand: 2026-11-20, von: unternehmen}]
massnahmen:
  - {typ: jobticket, titel: Ticket, ziel: 2028}
  - {typ: homeoffice, ziel: 2027}
"""
    assert take(city, answer) == 0, capsys.readouterr().out
    # What was planned before is planned since then, not since this answer.
    assert changed_lines(known, (city / MEMBER).read_text("utf-8")) == [
        "+auskunft:",
        "+  - stand: 2026-11-20",
        "+    von: unternehmen",
        "+    verschoben_auf: [2028]",
        "+  - typ: homeoffice",
        "+    geplant: 2026-11-20",
        "+    ziel: 2027",
    ]
    new = answer.replace("Muster GmbH", "Ganz Neu GmbH\nbranche: handel")
    assert take(city, new) == 1  # the day of joining is still to be asked for
    assert (city / "members/ganz-neu-gmbh.md").read_text("utf-8").count("geplant: 2026-11-20") == 2


GOALS = [
    # known, answered → the lines that come, and what is said
    ("ziel: 2026", "ziel: 2028", ["+    verschoben_auf: [2028]"], "verschoben von 2026 auf 2028"),
    ("ziel: 2026", "ziel: 06/2027", ["+    verschoben_auf: [2027-06]"], "von 2026 auf 2027-06"),
    (
        "ziel: 2026\n    verschoben_auf: [2027]   # am Telefon",
        "ziel: 2028",
        [
            "-    verschoben_auf: [2027]   # am Telefon",
            "+    verschoben_auf: [2027, 2028]   # am Telefon",
        ],
        "verschoben von 2027 auf 2028",
    ),
    (
        "ziel: 2026",
        "ziel: 2026, verschoben_auf: [2027, bis 2028]",
        ["+    verschoben_auf: [2028]"],
        "verschoben von 2026 auf 2028",
    ),
    ("ziel: 2026", "ziel: 2026", [], ""),
    ("ziel: 2026\n    verschoben_auf: [2028]", "ziel: 2028", [], ""),
    ("ziel: 2026", "ziel: 2026-06", [], "„2026“ bleibt; die Antwort nennt „2026-06“."),
    ("ziel: 2026-06", "ziel: 2026", [], "„2026-06“ bleibt; die Antwort nennt „2026“."),
    ("ziel: 2026", "ziel: 2025", [], "zu klären: „Ticket“, ziel: die Antwort nennt „2025“"),
    (
        "ziel: 2026\n    verschoben_auf: [2028]",
        "ziel: 2026",
        [],
        "die Antwort nennt „2026“, eingetragen ist schon „2028“",
    ),
    ("laufend: 2025", "ziel: 2027", ["+    ziel: 2027"], "ziel"),
]


@pytest.mark.parametrize(("known", "said", "lines", "told"), GOALS)
def test_a_goal_is_added_to_and_never_overwritten(
    tmp_path: Path, known: str, said: str, lines: list[str], told: str, capsys: Say
) -> None:
    before = measure_text("typ: jobticket", "titel: Ticket", "geplant: 2025", known)
    city = city_with(tmp_path, {MEMBER: before})
    answer = f"""
name: Muster GmbH
auskunft: [{{stand: 2026-11-20, von: unternehmen}}]
massnahmen:
  - {{typ: jobticket, titel: Ticket, {said}}}
"""
    assert take(city, answer) == ("zu klären" in told or "schon" in told)
    assert told.removeprefix("zu klären: ") in capsys.readouterr().out
    changed = changed_lines(before, (city / MEMBER).read_text("utf-8"))
    dated = ["+auskunft:", "+  - stand: 2026-11-20", "+    von: unternehmen"]
    assert changed == [*dated, *lines]
    take(city, answer)
    assert changed_lines(before, (city / MEMBER).read_text("utf-8")) == changed
    assert main(["check", "--root", str(city)]) == 0


@pytest.mark.parametrize("ending", ["yml", "yaml", "json"])
def test_dates_and_addresses_as_people_write_them(tmp_path: Path, ending: str) -> None:
    city = city_with(tmp_path, {})
    answer = {
        "name": "Neu GmbH",
        "branche": "handel",
        "beitritt": "seit 2019",
        "website": "www.neu.example/mobil",
        "auskunft": [{"stand": "15. März 2026", "von": "unternehmen"}],
        "massnahmen": [
            {"typ": "jobticket", "laufend": "9/2024", "umgesetzt": "spätestens Dez. 2025"},
            {"typ": "homeoffice", "geplant": "15.03.2024", "ziel": "bis 2027"},
        ],
    }
    file = tmp_path / f"antwort.{ending}"
    file.write_text(json.dumps(answer, indent=2), "utf-8")
    assert main(["import", str(file), "--root", str(city)]) == 0
    after = (city / "members/neu-gmbh.md").read_text("utf-8")
    for line in (
        "beitritt: 2019",
        "website: https://www.neu.example/mobil",
        "  - stand: 2026-03-15",
        "    laufend: 2024-09",
        "    umgesetzt: spätestens 2025-12",
        "    geplant: 2024-03-15",
        "    ziel: 2027",
    ):
        assert f"{line}\n" in after, line


def test_older_answer_does_not_overwrite_a_newer_one(tmp_path: Path, capsys: Say) -> None:
    known = measure_text(
        "typ: jobticket",
        "laufend: 2024-09",
        more="beschaeftigte: 420\nauskunft: [{stand: 2026-11-14, von: unternehmen}]\n",
    )
    city = city_with(tmp_path, {MEMBER: known})
    answer = (
        "name: Muster GmbH\nbeschaeftigte: 80\nauskunft: [{stand: 2025-03-01, von: unternehmen}]"
    )
    assert take(city, answer) == 1
    said = capsys.readouterr().out
    assert "vom 1. März 2025" in said
    assert "vom 14. November 2026" in said
    assert "--aeltere" in said
    assert (city / MEMBER).read_text("utf-8") == known
    # The day that the office names is one, too.
    assert take(city, "name: Muster GmbH\nbeschaeftigte: 80", "--am", "2026-11-13") == 1
    assert (city / MEMBER).read_text("utf-8") == known
    assert take(city, answer, "--aeltere") == 0
    assert "beschaeftigte: 80\n" in (city / MEMBER).read_text("utf-8")
    # As old as the newest is not older.
    same = answer.replace("2025-03-01", "2026-11-14").replace("80", "81")
    assert take(city, same) == 0


def test_answer_changes_what_it_contains_and_nothing_else(tmp_path: Path, capsys: Say) -> None:
    city = city_with(tmp_path, {MEMBER: KNOWN})
    answer = """
name: Muster GmbH
website: https://muster.example
auskunft: [{stand: 2026-11-20, von: unternehmen}]
massnahmen:
  - {typ: jobticket, titel: Deutschlandticket, umgesetzt: 2026-02, umfang: {2026: 55}}
  - {typ: homeoffice, laufend: 2026}
"""
    assert take(city, answer) == 0
    said = capsys.readouterr().out
    assert "Geändert: „Deutschlandticket“, umgesetzt: 2026-02" in said
    assert "Geändert: „Mobiles Arbeiten“: neu" in said
    after = (city / MEMBER).read_text("utf-8")
    assert changed_lines(KNOWN, after) == [
        "+website: https://muster.example",
        "+auskunft:",
        "+  - stand: 2026-11-20",
        "+    von: unternehmen",
        "-    umfang: {2024: 21}",
        "+    umgesetzt: 2026-02",
        "+    umfang: {2024: 21, 2026: 55}",
        "+  - typ: homeoffice",
        "+    laufend: 2026",
    ]
    # The same answer again finds everything as it says.
    assert take(city, answer) == 0
    assert "antwort.yml: unverändert (members/muster.md)" in capsys.readouterr().out
    assert (city / MEMBER).read_text("utf-8") == after


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        pytest.param(
            "name: Muster GmbH\nmassnahmen: [{typ: jobticket, titel: Anders, laufend: 2026}]\n",
            "Zu klären: „Anders“ lässt sich nicht zuordnen und ist nicht übernommen.",
            id="a measure that cannot be matched",
        ),
        pytest.param(
            "name: Muster GmbH\nmassnahmen:\n"
            "  - {typ: jobticket, titel: Deutschlandticket, laufend: 2024-09,"
            " veroeffentlichung: einzeln}\n",
            "bleibt nur_summe, obwohl die Antwort „einzeln“ nennt",
            id="what was confidential is not opened up",
        ),
        pytest.param(
            "name: Muster GmbH\nnotiz_intern: gelöscht\n",
            "„notiz_intern“ pflegt die Geschäftsstelle; die Antwort nennt: gelöscht.",
            id="what the office looks after",
        ),
    ],
)
def test_what_is_not_taken_over_is_asked_for(
    tmp_path: Path, answer: str, told: str, capsys: Say
) -> None:
    city = city_with(tmp_path, {MEMBER: KNOWN})
    assert take(city, answer) == 1
    assert told in capsys.readouterr().out
    after = (city / MEMBER).read_text("utf-8")
    assert "notiz_intern: Rückruf im Mai" in after
    assert "Anders" not in after
    assert after.count("veroeffentlichung: nur_summe") == 1
    assert "einzeln" not in after


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        pytest.param(
            "name: Muster AG\n",
            "„Muster AG“ ist vielleicht schon im Verzeichnis: „Muster GmbH“ (members/muster.md).",
            id="a name that differs by its legal form",
        ),
        pytest.param(
            "name: Muster GmbH\nbeschaeftigte: viele\nbranche: handl\n",
            "antwort.yml:2:16: „beschaeftigte“ soll eine ganze Zahl sein, hier steht „viele“.",
            id="a wrong value",
        ),
        pytest.param(
            "name: Muster GmbH\nbeschaeftigte: viele\nbranche: handl\n",
            "antwort.yml:3:10: „handl“ ist keine bekannte Angabe für Branche. Meinten",
            id="a wrong key beside it",
        ),
        pytest.param(
            "name: Muster GmbH\nbeschaeftigte: 10\n",
            "größer als",
            id="sound in itself, but not with the file",
        ),
        pytest.param("- nur eine Liste\n", "antwort.yml:1:1:", id="no answer at all"),
        pytest.param("name: 'x\n", "antwort.yml:1:7:", id="broken YAML"),
        pytest.param("", "antwort.yml:1:1:", id="an empty file"),
        pytest.param("name: 'x'\nbrnache: handel\n", "antwort.yml:2:1:", id="an unknown key"),
    ],
)
def test_refused_answer_leaves_every_file(
    tmp_path: Path, answer: str, told: str, capsys: Say
) -> None:
    text = KNOWN.replace("{2024: 21}", "{2024: 210}")
    city = city_with(tmp_path, {MEMBER: text})
    before = contents(city)
    assert take(city, answer) == 1
    said = capsys.readouterr().out
    assert "antwort.yml: nicht übernommen" in said
    assert told in said
    assert contents(city) == before


TAKEN_OVER = """
name: Fremd GmbH
branche: handel
beschaeftigte: 1
frueher: [{slug}]
auskunft: [{{stand: 2026-11-14, von: unternehmen}}]
massnahmen: [{{typ: jobticket, laufend: 2026}}]
"""


@pytest.mark.parametrize("options", [(), ("--neu",)])
def test_nobody_becomes_another_by_saying_so(
    tmp_path: Path, capsys: Say, options: tuple[str, ...]
) -> None:
    """Whom an answer names as its former self is asked for, never changed without the office."""
    city = city_with(tmp_path, {MEMBER: KNOWN})
    before = contents(city)
    assert take(city, TAKEN_OVER.format(slug="muster"), *options) == 1
    said = capsys.readouterr().out
    assert ("vielleicht schon im Verzeichnis: „Muster GmbH“" in said) == (not options)
    assert contents(city) == before


def test_a_former_self_beside_a_name_that_is_known_is_asked_for(
    tmp_path: Path, capsys: Say
) -> None:
    city = city_with(tmp_path, {MEMBER: KNOWN})
    before = contents(city)
    answer = TAKEN_OVER.format(slug="muster").replace("Fremd GmbH", "Handelshaus Probe")
    assert take(city, answer) == 1
    said = capsys.readouterr().out
    assert "„Muster GmbH“" in said
    assert "„Handelshaus Probe“" in said
    assert contents(city) == before


def test_office_decides_who_is_meant(tmp_path: Path, capsys: Say) -> None:
    city = city_with(tmp_path, {MEMBER: KNOWN})
    answer = "name: Muster AG\nbranche: handel\nauskunft: [{stand: 2026-11-20, von: unternehmen}]\n"
    assert take(city, answer, "--mitglied", "gibtsnicht") == 1
    assert "Ein Mitglied „gibtsnicht“ gibt es nicht." in capsys.readouterr().out
    assert take(city, answer, "--mitglied", "muster") == 0
    assert "name: Muster AG\n" in (city / MEMBER).read_text("utf-8")
    assert take(city, answer.replace("AG", "KG"), "--neu") == 1
    assert "Zu klären: Der Beitritt fehlt noch" in capsys.readouterr().out
    assert (city / "members/muster-kg.md").is_file()


def test_one_refusal_does_not_stop_the_others(tmp_path: Path, capsys: Say) -> None:
    city = city_with(tmp_path, {MEMBER: KNOWN})
    answers = {
        "a.yml": "name: Erste\nbranche: handel\n",
        "b.txt": "name: Zweite\n",
        "c.yml": "name: Erste\nbeschaeftigte: 7\n",
    }
    files = []
    for name, text in answers.items():
        (tmp_path / name).write_text(text, "utf-8")
        files.append(str(tmp_path / name))
    assert main(["import", *files, "--root", str(city)]) == 1
    said = capsys.readouterr().out
    assert "a.yml: neu angelegt (members/erste.md)" in said
    assert "b.txt: nicht übernommen" in said
    assert "c.yml: geändert (members/erste.md)" in said
    assert "beschaeftigte: 7\n" in (city / "members/erste.md").read_text("utf-8")


def test_wrong_calls_are_told(tmp_path: Path, capsys: Say) -> None:
    city = city_with(tmp_path, {})
    assert main(["import", "fehlt.yml", "--root", str(city)]) == 2
    assert "Die Datei „fehlt.yml“ gibt es nicht." in capsys.readouterr().err


# Round trips over the fictitious city: a hundred members of every kind.


@pytest.fixture(scope="module")
def musterstadt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rundlauf") / "stadt"
    shutil.copytree(DEMO_CITY, folder)
    return folder


def as_answer(member: Member) -> dict[str, Value]:
    values = canonical.plain(member)
    return {**values, "profil": member.body} if member.body else values


def outcomes(city: Path, answers: Mapping[str, Mapping[str, Value]]) -> Iterator[Outcome]:
    files = []
    for slug, values in answers.items():
        file = city.parent / f"{slug}.yml"
        file.write_text("\n".join(canonical.block(values)) + "\n", "utf-8")
        files.append(file)
    yield from take_in(load(city, TODAY, ROOT), files, TODAY, Wishes())


def test_taking_in_what_a_file_says_changes_nothing(musterstadt: Path) -> None:
    before = contents(musterstadt)
    members = load(musterstadt, TODAY, ROOT).members
    answers = {member.slug: as_answer(member) for member in members}
    for outcome in outcomes(musterstadt, answers):
        assert outcome.state == "unveraendert", outcome
        # The one thing to decide about them: who has left does not answer any more.
        assert all("ausgetreten" in each for each in outcome.decisions), outcome
    assert contents(musterstadt) == before


@pytest.mark.slow
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_changed_answer_changes_its_own_lines_only(musterstadt: Path, data: st.DataObject) -> None:
    members = [each for each in load(musterstadt, TODAY, ROOT).members if each.answers]
    member = data.draw(st.sampled_from(members))
    answer = as_answer(member)
    wanted = data.draw(
        st.fixed_dictionaries(
            {},
            optional={
                "website": st.sampled_from(["https://neu.example", "https://neu.example/a#b"]),
                "kontakt": st.just("neu@neu.example"),
                "beitritt": st.just(canonical.Bare("2017-06-01")),
            },
        )
    )
    file = musterstadt / member.path
    before = file.read_text("utf-8")
    marked = before.replace("branche:", "# Notiz des Amts\nbranche:", 1)
    file.write_text(marked, "utf-8")
    try:
        (outcome,) = outcomes(musterstadt, {member.slug: {**answer, **wanted}})
        assert outcome.state != "abgelehnt", outcome.problems
        after = file.read_text("utf-8")
        assert "# Notiz des Amts\n" in after
        for line in changed_lines(marked, after):
            assert line[1:].split(":")[0] in wanted, line
        kept = canonical.plain(member)
        new = next(m for m in load(musterstadt, TODAY, ROOT).members if m.slug == member.slug)
        told = canonical.plain(new)
        for key, value in wanted.items():
            exact = key == "beitritt" and "beitritt" in kept
            assert told[key] == value or exact
    finally:
        file.write_text(before, "utf-8")
