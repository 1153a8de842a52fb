"""Rules about the city's own data, its catalogues, references between files, estimates."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from partnership.checking.rules import catalogue, city, clashes, effects, references
from partnership.checking.rules.targets import Claim
from partnership.model.catalogue import MeasureType, Questionnaire, Sector
from partnership.model.city import City
from partnership.model.estimate import Family
from partnership.model.event import ProsePage
from partnership.model.partnership import Partnership
from partnership.model.problems import Place, Problem
from partnership.reading.source import Document
from tests.world import document, member, partnership, told

CITY = "data/partnerschaft.yml"
TYPES = "data/massnahmentypen.yml"
DATA = Path(__file__).parents[1] / "small_city/data"


def city_of(text: str, **changes: Any) -> tuple[Partnership, Mapping[str, Document]]:
    """The small city with these lines in its file, from the second line on."""
    own = (DATA / "partnerschaft.yml").read_text("utf-8")
    keys = {line.partition(":")[0] for line in text.splitlines() if line[:1].strip()}
    kept, skips = [], False
    for line in own.splitlines():
        if line[:1].strip():
            skips = line.partition(":")[0] in keys
        if not skips:
            kept.append(line)
    found = document(CITY, text + "\n" + "\n".join(kept))
    return partnership(city=City.model_validate(found.data), **changes), {CITY: found}


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        (("ja", "nein"), []),
        (("nein", "nein"), ["2:1+14 geschaeftsstelle"]),
        (("ja", "ja"), ["2:1+14 geschaeftsstelle"]),
    ],
)
def test_one_partner_runs_the_office(roles: tuple[str, str], said: list[str]) -> None:
    one, two = roles
    found = city_of(
        "initialpartner:\n"
        f"  - {{key: stadt, name: S, kurz: S, art: stadt, geschaeftsstelle: {one}}}\n"
        f"  - {{key: kammer, name: K, kurz: K, art: ihk, geschaeftsstelle: {two}}}\n"
    )
    problems = list(city.office(*found))
    assert told(problems) == said
    assert all(f"sind {roles.count('ja')}." in each.message for each in problems)


def test_where_partners_are_unreadable_nothing_more_is_said() -> None:
    found, documents = city_of("motto: M")
    bare = replace(found, city=found.city.model_copy(update={"partners": ()}))
    assert told(city.office(bare, documents)) == []
    assert told(city.office(bare, {})) == []


def test_advice_and_notice_are_given_by_a_partner() -> None:
    found, documents = city_of(
        "beratung:\n"
        "  - {key: a, name: A, wer: kammer, was: W}\n"
        "  - {key: b, name: B, wer: kamer, was: W}\n"
        "vereinbarung:\n  unterzeichnet: 2023\n  erste_laufzeit_bis: 2024-12-31\n"
        "  verlaengerung: {jahre: 1, automatisch: ja}\n"
        "  kuendigung: {frist_monate: 3, zum: jahresende, form: schriftlich}\n"
        "  kuendigungen:\n    - {partner: xyz, am: 2025-01-01, zum: 2025-12-31}\n"
    )
    problems = list(city.office(found, documents))
    assert told(problems) == ["4:28+5 unbekannt", "11:17+3 unbekannt"]
    assert "„kammer“" in problems[0].remedy
    assert "Initialpartner" in problems[0].message
    assert "Initialpartner" in problems[1].message
    assert "stadt" in problems[1].remedy
    assert "für Initialpartner." in problems[1].message


def test_the_map_exists() -> None:
    there = city_of("karte: branchen.yml")
    assert told(city.map_file(*there)) == []
    assert told(city.map_file(*city_of("karte: fehlt.json"))) == ["2:8+10 datei-fehlt"]
    assert told(city.map_file(*city_of("motto: M"))) == []


def test_only_gaps_in_the_city_s_data() -> None:
    found = city_of('motto: "[[stadt]]"\nadresse: "[[offen: Adresse]]"')
    assert told(city.only_gaps(*found)) == ["2:9+9 marke"]
    assert told(city.only_gaps(found[0], {})) == []


def test_what_is_counted_has_a_word_for_one() -> None:
    def kind(art: str, **unit: str) -> MeasureType:
        told = {"name": "T", "handlungsfeld": "fuhrpark", "frage": "?"}
        return MeasureType.model_validate({**told, "einheit": {"name": "E", "art": art, **unit}})

    types = {
        "ohne": kind("anzahl", kurz="Stationen"),
        "mit": kind("anzahl", kurz="Stationen", einzahl="Station"),
        "name": kind("anzahl"),
        "anteil": kind("anteil", kurz="Prozent"),
    }
    text = "ohne:\n  einheit: {kurz: Stationen}\nname: {}\nmit: {}\nanteil: {}"
    documents = {TYPES: document(TYPES, text)}
    problems = list(catalogue.units(partnership(types=types, questionnaire=_form()), documents))
    assert told(problems) == ["3:19+9 einzahl"]
    assert "„Stationen“" in problems[0].message
    assert told(catalogue.units(partnership(types=types, questionnaire=_form()), {})) == []


FORM = "data/fragebogen.yml"


def _form(**figure: str) -> Questionnaire:
    base = partnership().questionnaire
    return base.model_copy(update={"figures": _figures(**figure) if figure else {}})


def _figures(**figure: str) -> dict[str, Any]:
    from partnership.model.catalogue import KeyFigure

    return {"autos": KeyFigure.model_validate({"name": "A", "frage": "?", **figure})}


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ({"einheit": "Autos", "art": "anzahl"}, ["4:14+5 einzahl"]),
        ({"einheit": "Autos", "art": "anzahl", "einzahl": "Auto"}, []),
        ({"einheit": "Prozent", "art": "anteil"}, []),
    ],
)
def test_what_a_key_figure_counts_has_a_word_for_one(
    figure: dict[str, str], said: list[str]
) -> None:
    documents = {FORM: document(FORM, "kennzahlen:\n  autos:\n    einheit: Autos")}
    found = catalogue.units(partnership(types={}, questionnaire=_form(**figure)), documents)
    assert told(found) == said


# References


SECTORS = document("data/branchen.yml", "handel: {name: Handel}\nindustrie: {name: Industrie}")
DISTRICTS = document("data/stadtbezirke.yml", '"1": {name: Altstadt}\n"2": {}')


def checked(*documents: Document) -> list[str]:
    found = {each.path: each for each in documents}
    return [f"{each.path} {each.rule}: {each.remedy}" for each in references.check(found)]


def test_references_to_catalogues() -> None:
    types = document(
        TYPES, "ticket: {name: Jobticket, handlungsfeld: weg}\nalt: {ersetzt_durch: tiket}"
    )
    fields = document("data/handlungsfelder.yml", "wege: {name: Wege}")
    event = document("data/veranstaltungen/e.md", "handlungsfelder: [wege, wegge]")
    company = document(
        "members/m.md",
        "branche: Handel\nstadtbezirk: Altstadt\nmassnahmen: [{typ: ticket}, {typ: Jobtiket}, {}]",
    )
    assert checked(SECTORS, DISTRICTS, types, fields, event, company) == [
        "members/m.md unbekannt: Meinten Sie „handel“?",
        "members/m.md unbekannt: Meinten Sie „1“ (Altstadt)?",
        "members/m.md unbekannt: Meinten Sie „ticket“?",
        "data/veranstaltungen/e.md unbekannt: Meinten Sie „wege“?",
        f"{TYPES} unbekannt: Meinten Sie „wege“?",
        f"{TYPES} unbekannt: Meinten Sie „ticket“?",
    ]
    # An unreadable catalogue is skipped, and hides nothing of the next one.
    assert checked(DISTRICTS, company) == ["members/m.md unbekannt: Meinten Sie „1“ (Altstadt)?"]


def test_where_a_reference_stands() -> None:
    company = document("members/m.md", "branche: handle\nmassnahmen: [{typ: a}]")
    types = document(TYPES, "b: {}")
    documents = {each.path: each for each in (SECTORS, types, company)}
    found = list(references.check(documents))
    assert told(found) == ["2:10+6 unbekannt", "3:20+1 unbekannt"]
    assert "„handle“" in found[0].message
    assert "Branche" in found[0].message
    assert "Maßnahmentyp" in found[1].message


def test_what_is_no_text_is_reported_elsewhere() -> None:
    company = document("members/m.md", 'branche: [a]\nstadtbezirk: ""\nmassnahmen: text')
    types = document(TYPES, "b: text\nc: [x]")
    fields = document("data/handlungsfelder.yml", "wege: text")
    assert checked(SECTORS, DISTRICTS, types, fields, company) == []


def test_an_empty_catalogue_and_one_without_anything_alike() -> None:
    company = document("members/m.md", "stadtbezirk: xyz")
    assert checked(DISTRICTS, company)[0].startswith("members/m.md unbekannt: ")
    assert "1 (Altstadt)" in checked(DISTRICTS, company)[0]
    assert "2 (" not in checked(DISTRICTS, company)[0]
    empty = document("data/stadtbezirke.yml", "# nichts")
    assert checked(empty, company) == [
        "members/m.md unbekannt: In data/stadtbezirke.yml steht noch kein Eintrag."
    ]


def test_a_key_wins_over_another_s_name() -> None:
    twisted = document("data/branchen.yml", "a: {name: handel}\nhandel: {name: b}")
    company = document("members/m.md", "branche: Handel")
    assert checked(twisted, company) == ["members/m.md unbekannt: Meinten Sie „handel“?"]


def test_key_figures_are_those_of_the_questionnaire() -> None:
    form = document(FORM, "kennzahlen:\n  pkw_gesamt: {name: Pkw}\n  rad: text")
    company = document(
        "members/m.md",
        "kennzahlen:\n  2025: {pkw_gesamt: 1, pkw_gesammt: 2, veroeffentlichung: einzeln}\n"
        "  2024: text\n  2023: {radd: 1}",
    )
    documents = {each.path: each for each in (form, company)}
    found = list(references.check(documents))
    assert told(found) == ["3:25+11 unbekannt", "5:10+4 unbekannt"]
    assert all("für Kennzahl." in each.message for each in found)
    assert "„pkw_gesamt“" in found[0].remedy
    news = document("content/n.md", "kennzahlen: {2025: {xyz: 1}}")
    listed = document("members/l.md", "kennzahlen: [a]")
    assert checked(form, news, listed) == []
    for text in ("titel: F", "kennzahlen: text"):
        assert checked(document(FORM, text), company) == []
    assert checked(company) == []


def test_a_catalogue_of_many_says_where_it_stands() -> None:
    many = document("data/branchen.yml", "\n".join(f"branche{n}: {{}}" for n in range(40)))
    (found,) = checked(many, document("members/m.md", "branche: xyz"))
    assert "data/branchen.yml" in found


def test_a_key_figure_is_the_same_as_an_extent_or_as_the_headcount() -> None:
    lines = ("jobticket", "beschaeftigte", "jobtickt", "Dienstfahrrad", "beschaeftigt", "Zug")
    form = document(
        FORM,
        "kennzahlen:\n" + "".join(f"  k{n}: {{entspricht: {w}}}\n" for n, w in enumerate(lines)),
    )
    types = document(TYPES, "jobticket: {name: Ticket}\ndienstrad: {name: Dienstfahrräder}")
    documents = {each.path: each for each in (form, types)}
    found = list(references.check(documents, asks_its_own=True))
    assert told(found) == [
        "5:20+8 unbekannt",
        "6:20+13 unbekannt",
        "7:20+12 unbekannt",
        "8:20+3 unbekannt",
    ]
    assert {each.path for each in found} == {FORM}
    assert all(each.message.endswith("für Maßnahmentyp.") for each in found)
    assert [each.remedy for each in found] == [
        "Meinten Sie „jobticket“?",
        "Meinten Sie „dienstrad“?",
        "Meinten Sie „beschaeftigte“?",
        "Möglich sind: jobticket, dienstrad, beschaeftigte.",
    ]
    # The questions that cities share may ask for what one of them has no type for.
    assert list(references.check(documents, asks_its_own=False)) == []
    for one in (form, types):
        assert list(references.check({one.path: one}, asks_its_own=True)) == []
    many = document(TYPES, "".join(f"typ{n}: {{}}\n" for n in range(40)))
    last = list(references.check({FORM: form, TYPES: many}, asks_its_own=True))[-1]
    assert TYPES in last.remedy


# Estimates


def factor(mode: str, unit: str = "g", **more: str) -> dict[str, str]:
    return {"name": mode.title(), "einheit": unit, "verkehrsmittel": mode, **more}


def family(**factors: dict[str, str]) -> Family:
    told = {"titel": "F", "herausgeber": "H", "jahr": "2024", "systemgrenze": "Betrieb"}
    return Family.model_validate({**told, "quelle": {"titel": "Q"}, "werte": factors})


FAMILIES = {
    "eins": family(
        auto=factor("auto", wert="164", personen="1.4"),
        bus=factor("bus", wert="90"),
        zug=factor("bus", wert="42"),
        rad=factor("rad"),
        flug=factor("flug", wert="290", systemgrenze="auch in der Höhe"),
        lkw=factor("lkw", "kg", wert="1"),
        roller=factor("roller", wert="20"),
        nox={"name": "NOx", "einheit": "g"},
    ),
    "zwei": family(bahn=factor("bahn", wert="7")),
}


def estimate(text: str, more: str = "", **changes: Any) -> list[str]:
    """What is said of a type's assumptions; they stand in the third line, `more` in the fourth."""
    found = document(TYPES, f"t:\n  schaetzung: {{{text}}}\n  {more}")
    told_type = {"name": "T", "handlungsfeld": "fuhrpark", "frage": "?"}
    kind = MeasureType.model_validate(
        {**told_type, "einheit": {"name": "E", "art": "anzahl"}, **found.data["t"]}  # type: ignore[dict-item]
    ).model_copy(update=changes)
    types = {"andere": kind.model_copy(update={"estimate": None, "calculator": None}), "t": kind}
    city_with = partnership(types=types, families=FAMILIES)
    assert told(effects.estimates(city_with, {})) == []
    problems = list(effects.estimates(city_with, {TYPES: found}))
    assert all(
        "für Verkehrsmittel." in each.message or "für Familie." in each.message
        for each in problems
        if each.rule == "unbekannt"
    )
    return [f"{line} {each.remedy}" for line, each in zip(told(problems), problems, strict=True)]


FINE = (
    "verfahren: verlagerung, familie: eins, von: auto, nach: bus,"
    " anteil: {spanne: [0.1, 1], quellen: [{titel: Q}]}, tage: {spanne: [5, 5], begruendung: B},"
    " km: {spanne: [1, 2], begruendung: B}, personen: {spanne: [1, 2], begruendung: B}"
)
SOURCES = "Bitte „quellen“ ergänzen"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", []),
        ("[0.1, 1]", "[0.5, 0.1]", ["3:94+1 spanne Bitte tauschen: spanne: [0.1, 0.5]"]),
        ("[0.1, 1]", "[0.1, 1.1]", ["3:94+1 spanne Bitte umrechnen: 20 % sind 0,2."]),
        ("[5, 5]", "[5, 367]", ["3:143+1 spanne Bitte die Zahl prüfen."]),
        ("[1, 2], begruendung: B}, p", "[3, 2], begruendung: B}, p", ["spanne Bitte tauschen"]),
        ("personen: {spanne: [1, 2]", "personen: {spanne: [0, 2]", ["spanne Bitte die Zahl"]),
        (", nach: bus", "", ["3:15+1 annahme Bitte ergänzen: nach: …"]),
        ("von: auto", "von: auuto", ["unbekannt Meinten Sie „auto“?"]),
        ("nach: bus", "nach: buss", ["unbekannt Meinten Sie „bus“?"]),
        ("familie: eins", "familie: einz", ["unbekannt Meinten Sie „eins“?"]),
        ("familie: eins, ", "", ["annahme Bitte ergänzen, zum Beispiel: familie: eins"]),
        (", quellen: [{titel: Q}]", "", [f"annahme {SOURCES}, oder die „spanne“ streichen"]),
        ("[5, 5], begruendung: B", "[5, 5]", [f"annahme {SOURCES} oder unter „begruendung“"]),
        (", tage: {spanne: [5, 5], begruendung: B}", "", ["annahme Bitte ergänzen: tage: …"]),
        (
            "personen: {",
            "km_jahr: {",
            ["annahme Bitte ergänzen: personen: …", "ueberzaehlig Bitte"],
        ),
        # No two families, no two boundaries, no two units.
        ("nach: bus", "nach: bahn", ["mischung Bitte alles aus einer Familie nehmen, in „eins“"]),
        ("nach: bus", "nach: flug", ["mischung Bitte nur Verkehrsmittel mit derselben System"]),
        ("nach: bus", "nach: lkw", ["mischung Bitte nur Verkehrsmittel mit derselben Einheit"]),
        ("von: auto", "von: roller", ["besetzung Bitte dort ergänzen: personen: …"]),
        # What is not estimated says why.
        ("nach: bus", "nach: rad", ["3:15+1 annahme Bitte sagen, warum: ohne_co2e: …"]),
        ("von: auto, nach: bus,", "", ["annahme Bitte sagen, warum: ohne_co2e: …"]),
        ("nach: bus", "nach: rad, ohne_co2e: Kein Wert", []),
        (
            "spanne: [5, 5], begruendung: B",
            "beispiel: [5, 5], begruendung: B",
            ["annahme Bitte sagen, warum: ohne_schaetzung: …"],
        ),
        (
            "{spanne: [5, 5], begruendung: B}",
            "{}",
            [
                "annahme Bitte ergänzen: begruendung: …",
                "annahme Bitte sagen, warum: ohne_schaetzung: …",
            ],
        ),
    ],
)
def test_assumptions(old: str, new: str, said: list[str]) -> None:
    found = estimate(FINE.replace(old, new, 1) if old else FINE)
    assert len(found) == len(said)
    assert all(part in each for part, each in zip(said, found, strict=True)), found


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        ("personen: {", "km_jahr: {", ["3:15+1 annahme", "3:206+7 ueberzaehlig"]),
        ("familie: eins, ", "", ["3:15+1 annahme"]),
        (", quellen: [{titel: Q}]", "", ["3:85+1 annahme"]),
        ("[5, 5], begruendung: B", "[5, 5]", ["3:134+1 annahme"]),
        (
            "spanne: [5, 5], begruendung: B",
            "beispiel: [5, 5]",
            ["3:134+1 annahme", "3:3+1 annahme"],
        ),
        (", tage: {spanne: [5, 5], begruendung: B}", "", ["3:15+1 annahme"]),
        ("nach: bus", "nach: bahn", ["3:72+4 mischung"]),
        ("nach: bus", "nach: flug", ["3:15+1 mischung"]),
        ("nach: bus", "nach: lkw", ["3:15+1 mischung"]),
        ("von: auto", "von: roller", ["3:60+6 besetzung"]),
    ],
)
def test_where_an_assumption_is_missed(old: str, new: str, places: list[str]) -> None:
    found = estimate(FINE.replace(old, new, 1))
    assert [" ".join(each.split()[:2]) for each in found] == places


def test_what_modes_there_are_is_listed() -> None:
    (found,) = estimate(FINE.replace("nach: bus", "nach: schiff"))
    assert found.endswith("Möglich sind: auto, bus, rad, flug, lkw, roller.")


def test_two_boundaries_of_their_own_are_two_as_well() -> None:
    families = {
        "eins": family(
            auto=factor("auto", wert="164", personen="1.4", systemgrenze="nur Auspuff"),
            bus=factor("bus", wert="90", systemgrenze="mit Bau"),
            bahn=factor("bahn", wert="7", systemgrenze="nur Auspuff"),
        )
    }
    found = document(TYPES, f"t:\n  schaetzung: {{{FINE}}}")

    def said(new: str) -> list[str]:
        told_type = {"name": "T", "handlungsfeld": "fuhrpark", "frage": "?"}
        value = document(TYPES, f"t:\n  schaetzung: {{{FINE.replace('bus', new)}}}").data["t"]
        assert isinstance(value, dict)
        kind = MeasureType.model_validate(
            {**told_type, "einheit": {"name": "E", "art": "anzahl"}, **value}
        )
        world = partnership(types={"t": kind}, families=families)
        return [each.message for each in effects.estimates(world, {TYPES: found})]

    assert said("bahn") == []
    (message,) = said("bus")
    assert "„Auto“ hat eine eigene" in message


def test_an_example_lies_within_the_same_bounds() -> None:
    text = FINE.replace("spanne: [5, 5]", "beispiel: [400, 400]")
    (found,) = estimate(text, no_estimate="Kein Anteil.")
    assert "spanne Bitte die Zahl prüfen." in found


def test_another_vehicle_needs_kilometres_of_a_day_or_of_a_year() -> None:
    text = FINE.replace("verlagerung", "fahrzeug")
    (found,) = estimate(text)
    assert found.endswith("ueberzaehlig Bitte streichen oder das Verfahren ändern.")
    day = text.partition(", personen")[0]
    assert estimate(day) == []
    yearly = f"{day.partition(', tage')[0]}, km_jahr: {{spanne: [1, 9], begruendung: B}}"
    assert estimate(yearly) == []
    (found,) = estimate(yearly.replace(", km_jahr", ", km"))
    assert found.endswith("annahme Bitte ergänzen: tage: …")


def test_what_is_avoided_needs_no_other_mode() -> None:
    text = FINE.replace("verlagerung", "vermeidung").replace(", nach: bus", "")
    assert estimate(text) == []


def test_a_calculator_needs_something_to_reckon_with() -> None:
    more = "rechner: {titel: Was, beteiligte: 5, kosten: {name: K, mal: 12, beispiel: 20}}"
    assert estimate(FINE, more) == []
    (found,) = estimate(FINE, more, estimate=None)
    assert found == "4:12+1 annahme Bitte „schaetzung“ ergänzen oder „rechner“ streichen."


# Addresses


def page(path: str) -> ProsePage:
    context = {"slug": "x", "body": "", "path": path}
    return ProsePage.model_validate({"titel": "T", "beschreibung": "B"}, context=context)


def clashed(*members_: Any, prose: tuple[str, ...] = (), **changes: Any) -> list[str]:
    found = partnership(*members_, prose=tuple(map(page, prose)), **changes)
    documents = {path: document(path, "titel: T") for path in prose}
    for each in members_:
        former = "frueher:\n" + "".join(f"  - {name}\n" for name in each.former)
        documents[each.path] = document(each.path, former if each.former else "name: N")
    for path, keys in (
        ("data/branchen.yml", found.sectors),
        ("data/handlungsfelder.yml", found.fields),
        (TYPES, found.types),
    ):
        documents[path] = document(path, "".join(f"{key}: {{}}\n" for key in keys) or "#")
    problems = list(clashes.check(found, documents))
    lines = zip(problems, told(problems), strict=True)
    return [f"{each.path} {line} {each.message}" for each, line in lines]


def test_addresses_that_are_free() -> None:
    assert clashed(member("a", frueher=["b"]), prose=("content/index.md", "content/x/y-2.md")) == []


def test_addresses_that_are_taken() -> None:
    (found,) = clashed(member("a"), prose=("content/mitglieder/a.md",))
    assert found == (
        "members/a.md 2:1+1 adresse-vergeben Die Adresse /mitglieder/a/ gehört schon zu"
        " content/mitglieder/a.md."
    )
    (found,) = clashed(prose=("content/x.md", "content/x/index.md"))
    assert found.startswith("content/x/index.md 2:1+1 adresse-vergeben ")
    (found,) = clashed(member("a", frueher=["b", "c"]), prose=("content/mitglieder/c.md",))
    assert found.startswith("members/a.md 4:5+1 adresse-vergeben ")
    # Another member's address is told by another rule.
    assert clashed(member("b"), member("a", frueher=["b"])) == []


def test_reserved_names() -> None:
    (found,) = clashed(member("index"))
    assert found.startswith("members/index.md 2:1+1 dateiname ")
    assert "„index.md“" in found
    (found,) = clashed(member("a", frueher=["index"]))
    assert found.startswith("members/a.md 3:5+5 frueher-vergeben ")


@pytest.mark.parametrize("path", ["content/Neu.md", "content/a_b.md", "content/a b.md"])
def test_names_of_pages(path: str) -> None:
    (found,) = clashed(prose=(path,))
    assert found.startswith(f"{path} 1:1+1 dateiname ")


def test_keys_that_make_one_address() -> None:
    sectors = {key: Sector.model_validate({"name": key}) for key in ("a_b", "a-b")}
    (found,) = clashed(sectors=sectors)
    assert found.startswith("data/branchen.yml 3:1+3 adresse-vergeben ")
    assert found.endswith("gehört schon zu data/branchen.yml, „a_b“.")
    fields = {key: partnership().fields["fuhrpark"] for key in ("a_b", "a-b", "fuhrpark")}
    (found,) = clashed(fields=fields, types={})
    assert found.startswith("data/handlungsfelder.yml 3:1+3 ")
    types = {key: partnership().types["jobticket"] for key in ("a_b", "a-b")}
    (found,) = clashed(types=types)
    assert found.startswith(f"{TYPES} 3:1+3 ")
    (found,) = clashed(prose=("content/branchen/handel.md",))
    assert found.startswith("data/branchen.yml ")
    assert told(clashes.check(partnership(sectors=sectors), {})) == []


class Claimed:
    """A built site on which these addresses are claimed."""

    def __init__(self, *claims: Claim) -> None:
        self._claims = claims

    def knows(self, address: str) -> bool:
        return any(each.address == address for each in self._claims)

    def anchors(self, address: str) -> Collection[str]:
        return ()

    def claims(self) -> Iterable[Claim]:
        return self._claims


def on_site(*claims: Claim) -> list[Problem]:
    files = [document(TYPES, "a: {}\nb: {zwei: [x, y]}")]
    return list(clashes.on_site({each.path: each for each in files}, Claimed(*claims)))


def test_what_a_site_has_is_claimed_once() -> None:
    theirs = Claim("daten/a/index.html", "der Seite A", TYPES, ("a",))
    assert on_site(theirs, Claim("daten/b/index.html", "der Seite B", TYPES, ("b",))) == []
    # The same claim twice is one.
    assert on_site(theirs, theirs) == []
    # Who cannot give way is not told.
    assert on_site(theirs, Claim("daten/a/index.html", "den Daten")) == []


def test_an_address_claimed_twice_is_told_at_the_later_claim() -> None:
    of_site = Claim("daten/a/index.html", "den offenen Daten")
    claims = [Claim("Daten/A/index.html", "X", TYPES, way) for way in (("b",), ("b", "zwei", 1))]
    by_key, by_value = (on_site(of_site, claim)[0] for claim in claims)
    assert told([by_key, by_value]) == ["3:1+1 adresse-vergeben", "3:15+1 adresse-vergeben"]
    assert by_key.path == TYPES
    assert by_key.message == "Die Adresse /Daten/A/ gehört schon zu den offenen Daten."
    assert by_key.remedy == "Bitte eines von beiden umbenennen."


def test_a_file_that_is_no_text_is_told_of_at_its_beginning() -> None:
    of_site = Claim("dateien/a.pdf", "den offenen Daten")
    (found,) = on_site(of_site, Claim("dateien/a.PDF", "X", "content/dateien/a.PDF"))
    assert found == Problem(
        "content/dateien/a.PDF",
        Place(1, 1),
        "adresse-vergeben",
        "Die Adresse /dateien/a.PDF gehört schon zu den offenen Daten.",
        "Bitte eines von beiden umbenennen.",
    )
