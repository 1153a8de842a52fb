"""All rules in one run: each of them is asked, and what was reported already is not told again."""

from typing import Any

from partnership.checking import rules
from partnership.model.city import City
from partnership.model.event import Event, News, ProsePage
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.reading.source import Document
from tests.world import TODAY, document, partnership

BODY = "Text [[statt]] <b> [w](/mitglieder/x.md)\n"


def read(kind: type[Any], path: str, text: str, body: str = "") -> tuple[Any, Document]:
    found = document(path, text, body)
    slug = path.rpartition("/")[2].removesuffix(".md")
    return kind.model_validate(found.data, context={"slug": slug, "body": "", "path": path}), found


def broken() -> tuple[Partnership, dict[str, Document]]:
    """A partnership with a fault in each kind of file."""
    head = "name: N\nbranche: handel\nbestaetigung: oeffentliche_quelle\n"
    plan = "massnahmen: [{typ: jobticket, geplant: 2025}, {typ: jobticket, ziel: 2027}]\n"
    one, one_file = read(Member, "members/Eins.md", head + plan)
    two, two_file = read(Member, "members/zwei.md", head)
    event = "titel: T\nbeginn: 2026-12-10\nstatus: abgesagt\nmaterial: [{titel: M}]\nuid: u\n"
    events = [
        read(Event, f"data/veranstaltungen/2026-12-{day}-t.md", event) for day in ("10", "11")
    ]
    page, page_file = read(ProsePage, "content/Seite.md", "titel: T\nbeschreibung: B\n", BODY)
    news, news_file = read(News, "content/aktuelles/x.md", "titel: T\nbeschreibung: B\n")
    base = partnership()
    partners = tuple(each.model_copy(update={"is_office": False}) for each in base.city.partners)
    city = base.city.model_copy(update={"partners": partners, "map_file": "fehlt.json"})
    types = document("data/massnahmentypen.yml", "jobticket: {handlungsfeld: unbekannt}")
    files = (one_file, two_file, page_file, news_file, types)
    documents = {each.path: each for each in (*files, *(found for _, found in events))}
    documents["data/partnerschaft.yml"] = document("data/partnerschaft.yml", "karte: fehlt.json")
    documents["data/handlungsfelder.yml"] = document("data/handlungsfelder.yml", "wege: {}")
    assert isinstance(city, City)
    found = partnership(
        one,
        two,
        city=city,
        events=tuple(each for each, _ in events),
        prose=(page,),
        news=(news,),
    )
    return found, documents


def test_every_rule_is_asked() -> None:
    found, documents = broken()
    every = {(each.path, each.rule) for each in rules.check(found, documents, TODAY)}
    # Every page that a site needs is missing here, and named.
    pages = {each for each in every if each[0].startswith("content/") and each[1] == "datei-fehlt"}
    assert pages
    told = sorted(every - pages)
    day = "data/veranstaltungen/2026-12-"
    assert told == [
        ("content/Seite.md", "dateiname"),
        ("content/Seite.md", "html"),
        ("content/Seite.md", "marke"),
        ("content/Seite.md", "verweis"),
        ("content/aktuelles/x.md", "dateiname"),
        ("data/massnahmentypen.yml", "unbekannt"),
        ("data/partnerschaft.yml", "datei-fehlt"),
        ("data/partnerschaft.yml", "geschaeftsstelle"),
        (f"{day}10-t.md", "fassung"),
        (f"{day}10-t.md", "material"),
        (f"{day}11-t.md", "doppelt"),
        (f"{day}11-t.md", "fassung"),
        (f"{day}11-t.md", "material"),
        (f"{day}11-t.md", "tag"),
        ("members/Eins.md", "dateiname"),
        ("members/Eins.md", "ohne-datum"),
        ("members/Eins.md", "quelle-fehlt"),
        ("members/Eins.md", "ziel-fehlt"),
        ("members/zwei.md", "doppelt"),
        ("members/zwei.md", "quelle-fehlt"),
    ]


def test_what_may_be_missing_because_it_was_faulty_is_not_told_again() -> None:
    found, documents = broken()
    incomplete = {"members/Eins.md", "data/veranstaltungen/2026-12-11-t.md"}
    told = {
        (each.path, each.rule)
        for each in rules.check(found, documents, TODAY, incomplete)
        if each.path in incomplete
    }
    assert told == {
        ("members/Eins.md", "dateiname"),
        ("data/veranstaltungen/2026-12-11-t.md", "doppelt"),
    }
    others = {each.rule for each in rules.check(found, documents, TODAY, incomplete)}
    assert {"quelle-fehlt", "material", "fassung", "geschaeftsstelle"} <= others
