"""Rules about prose pages, news and events."""

from pathlib import Path
from typing import Any

import pytest

from partnership.checking.rules import events, links, pages
from partnership.checking.rules.targets import Targets
from partnership.model.event import Event, News
from tests.world import document, member, partnership, told

PAGE = "content/mitmachen/index.md"


@pytest.mark.parametrize(
    ("slug", "fits"),
    [
        ("2026-11-23-neues", True),
        ("2026-11-23-neues-2-mitglied", True),
        ("2026-02-30-neues", False),
        ("2026-11-23", False),
        ("2026-11-23-Neues", False),
        ("neues-2026-11-23-a", False),
    ],
)
def test_names_of_news(slug: str, fits: bool) -> None:
    path = f"content/aktuelles/{slug}.md"
    item = News.model_validate(
        {"titel": "T", "beschreibung": "B"}, context={"slug": slug, "body": "", "path": path}
    )
    found = list(pages.news_names(partnership(news=(item,)), {path: document(path, "titel: T")}))
    assert told(found) == ([] if fits else ["2:1+1 dateiname"])
    assert all(f"„{slug}.md“" in each.message for each in found)


def said(rule: Any, body: str, path: str = PAGE, *members: Any) -> list[str]:
    """What a rule says of a page's text, which begins in the fourth line."""
    found = rule(partnership(*members), {path: document(path, "titel: T", body)})
    return told(found)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Text [[stadt]] und [[zahl: mitglieder]] [[offen: X]].", []),
        ("[[block: partner]]", []),
        ("  [[block: partner]]  ", []),
        ("Text\n\nText [[block: partner]]", ["6:6+18 marke"]),
        ("[[statt]]", ["4:1+9 marke"]),
        ("[[zahl: berge]] [[offen:]]", ["4:1+15 marke", "4:17+10 marke"]),
    ],
)
def test_markers(body: str, expected: list[str]) -> None:
    assert said(pages.known_markers, body) == expected
    assert said(pages.known_markers, body, "members/a.md") == []


def remedy(body: str) -> str:
    documents = {PAGE: document(PAGE, "titel: T", body)}
    (found,) = pages.known_markers(partnership(), documents)
    return found.remedy


def test_what_a_marker_may_have_meant() -> None:
    assert "stadt" in remedy("[[statt]]")
    assert "zahl: mitglieder" in remedy("[[zahl: mitgleider]]")
    assert "block: partner" in remedy("[[block: partnr]]")
    nothing_alike = remedy("[[xyzxyzxyz]]")
    assert nothing_alike
    assert "None" not in nothing_alike
    assert nothing_alike.endswith("REDAKTION.md).")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Ein <b>Wort</b>.", ["4:5+3 html", "4:12+4 html"]),
        ("<!-- Kommentar -->", ["4:1+18 html"]),
        ("a < b und <https://a.example>", []),
        ("`<b>` und ``<i>``", []),
        ("```\n<b>\n```\n<i>", ["7:1+3 html"]),
        ("~~~\n<b>\n~~~", []),
        ("# Zwei", ["4:1+6 zweiter-titel"]),
        ("#Zwei", ["4:1+5 zweiter-titel"]),
        ("## Zwei", []),
        ("Text\n\nZwei\n====", ["6:1+4 zweiter-titel"]),
        ("\n====", []),
        ("```\n# Kommentar\n```", []),
    ],
)
def test_a_page_is_markdown(body: str, expected: list[str]) -> None:
    assert said(pages.markdown_only, body) == expected
    html = [each for each in expected if each.endswith("html")]
    assert said(pages.markdown_only, body, "members/a.md") == html


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Text ![Foto](foto.png)", ["4:6+17 bild"]),
        ("![Foto][1]", ["4:1+10 bild"]),
        ("Nein! [Foto](../foto.md)", []),
        ("`![Foto](foto.png)`", []),
    ],
)
def test_a_profile_has_no_pictures(body: str, expected: list[str]) -> None:
    assert said(pages.markdown_only, body, "members/a.md") == expected
    assert said(pages.markdown_only, body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[a](javascript:x)", ["4:5+12 adresse"]),
        ("[a](https://a.example)", []),
        ("![b](https://a.example/b.png)", ["4:6+23 bild-fremd"]),
        ("[a]: javascript:x", ["4:6+12 adresse"]),
        ('[a](<data:x> "Titel")', ["4:6+6 adresse"]),
        ("[a]()", ["4:5+1 verweis"]),
    ],
)
def test_links_are_harmless(body: str, expected: list[str]) -> None:
    assert said(links.check, body) == expected


def test_what_is_html_or_no_address_is_quoted_in_part() -> None:
    long = "x" * 60
    documents = {PAGE: document(PAGE, "titel: T", f'<b title="{long}">\n[a](javascript:{long})')}
    (html,) = pages.markdown_only(partnership(), documents)
    (link,) = links.check(partnership(), documents)
    assert html.message.startswith(f'„<b title="{long[:30]}“ ')
    assert link.message.startswith(f"„javascript:{long[:29]}“ ")


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("../mitglieder/werk/index.md", None),
        ("../mitglieder/werk/index.md#massnahme-1", None),
        ("https://a.example/mitglieder/werk/", None),
        ("../mitglieder/werk.md", "Gemeint ist wohl: ../mitglieder/werk/index.md"),
        ("../mitglieder/werk/", "Gemeint ist wohl: ../mitglieder/werk/index.md"),
        ("/mitglieder/werk/", "Gemeint ist wohl: ../mitglieder/werk/index.md"),
        ("../../members/werk.md#x", "Gemeint ist wohl: ../mitglieder/werk/index.md"),
        ("../mitglieder/wrk/index.md", "Meinten Sie „werk“?"),
        ("../mitglieder/xyz/index.md", "Ein Mitglied „xyz“ gibt es nicht."),
    ],
)
def test_links_to_members(target: str, expected: str | None) -> None:
    documents = {PAGE: document(PAGE, "titel: T", f"Zu [W]({target}).\n")}
    found = list(links.check(partnership(member("werk")), documents))
    assert [each.remedy for each in found] == ([expected] if expected else [])
    assert told(found) == ([f"4:8+{len(target)} verweis"] if expected else [])
    assert all(f"„{target}“" in each.message for each in found)


def test_links_to_members_by_reference_and_from_elsewhere() -> None:
    rule = links.check
    assert said(rule, "[w]: ../mitglieder/werk.md", PAGE, member("werk")) == ["4:6+21 verweis"]
    both = "[a](https://a.example) [w](../mitglieder/werk.md)"
    assert said(rule, both, PAGE, member("werk")) == ["4:28+21 verweis"]
    documents = {
        "content/index.md": document("content/index.md", "titel: T", "[w](mitglieder/werk/)")
    }
    found = links.check(partnership(member("werk")), documents)
    assert [each.remedy for each in found] == ["Gemeint ist wohl: mitglieder/werk/index.md"]


# Events

MOVED = "\nstatus: verschoben\nfassung: 2"


def event(text: str, slug: str = "2026-12-10-treffen") -> list[str]:
    path = f"data/veranstaltungen/{slug}.md"
    found = document(path, text if "uid" in text else f"{text}\ntitel: Treffen\nuid: u@x")
    one = Event.model_validate(found.data, context={"slug": slug, "body": "", "path": path})
    problems = [p for rule in events.RULES for p in rule(one, found, partnership(events=(one,)))]
    lines = zip(told(problems), problems, strict=True)
    return [f"{line} {each.message} {each.remedy}" for line, each in lines]


@pytest.mark.parametrize(
    ("text", "slug", "rule"),
    [
        ("beginn: 2026-12-10", "2026-12-10-treffen", ""),
        ("beginn: 2026-12-10 18:00", "2026-12-10-treffen-2", ""),
        ("beginn: 2026-12-10", "treffen", "2:1+1 dateiname "),
        ("beginn: 2026-12-10", "2026-12-10-Treffen", "2:1+1 dateiname "),
        ("beginn: 2026-12-10", "2026-12-11-treffen", "2:9+10 tag "),
        (f"beginn: 2026-12-10\nverschoben_von: 2026-12-09{MOVED}", "2026-12-09-treffen", ""),
        (f"beginn: 2026-12-10\nverschoben_von: 2026-12-09 18:00{MOVED}", "2026-12-09-treffen", ""),
        (f"beginn: 2026-12-10\nverschoben_von: 2026-12-09{MOVED}", "2026-12-10-treffen", ""),
        (
            f"beginn: 2026-12-10\nverschoben_von: 2026-12-09{MOVED}",
            "2026-12-08-treffen",
            "2:9+10 tag ",
        ),
        ("beginn: 2026-12-10\nverschoben_von: 2026-12-09", "2026-12-10-t", "3:17+10 verschoben "),
        (
            f"beginn: 2026-12-10\nverschoben_von: 2026-12-10{MOVED}",
            "2026-12-10-t",
            "3:17+10 verschob",
        ),
        ("beginn: 2026-12-10\nanmeldeschluss: 2026-12-10", "2026-12-10-t", ""),
        ("beginn: 2026-12-10\nanmeldeschluss: 2026-12-11", "2026-12-10-t", "3:17+10 reihenfolge "),
        ("beginn: 2026-12-10 18:00\nende: 2026-12-10 18:00", "2026-12-10-t", ""),
        ("beginn: 2026-12-10 18:00\nende: 2026-12-10 17:59", "2026-12-10-t", "3:7+16 reihenfolge "),
        ("beginn: 2026-12-10\nende: 2026-12-10", "2026-12-10-t", ""),
        ("beginn: 2026-12-10\nende: 2026-12-09", "2026-12-10-t", "3:7+10 reihenfolge "),
        ("beginn: 2026-12-10\nende: 2026-12-10 08:00", "2026-12-10-t", ""),
        ("beginn: 2026-12-10\nstatus: abgesagt", "2026-12-10-t", "3:9+8 fassung "),
        ("beginn: 2026-12-10\nstatus: abgesagt\nfassung: 2", "2026-12-10-t", ""),
        ("beginn: 2026-12-10\nmaterial: [{titel: M, url: https://a.example}]", "2026-12-10-t", ""),
        ("beginn: 2026-12-10\nmaterial: [{titel: M}]", "2026-12-10-t", "3:12+1 material "),
        (
            "beginn: 2026-12-10\nmaterial: [{titel: M, datei: x.pdf}]",
            "2026-12-10-t",
            "3:30+5 datei-fehlt ",
        ),
    ],
)
def test_events(text: str, slug: str, rule: str) -> None:
    found = event(text, slug)
    assert len(found) == bool(rule)
    assert all(each.startswith(rule) for each in found)


def test_what_is_said_of_events() -> None:
    assert "2026-12-10-treffen.md" in event("beginn: 2026-12-10", "x")[0]
    (day,) = event("beginn: 2026-12-10", "2026-12-11-x")
    assert "2026-12-11" in day
    assert "10. Dezember 2026" in day
    (state,) = event("beginn: 2026-12-10\nstatus: verschoben")
    assert "verschoben" in state
    assert "auf 1." in state
    (material,) = event("beginn: 2026-12-10\nmaterial: [{titel: Folien}]")
    assert "„Folien“" in material


def test_a_uid_is_one_event_s() -> None:
    found, documents = [], {}
    for name, uid in (("a", "u@x"), ("b", "v@x"), ("c", "u@x")):
        path = f"data/veranstaltungen/{name}.md"
        documents[path] = document(path, f"titel: T\nbeginn: 2026-12-10\nuid: {uid}")
        context = {"slug": name, "body": "", "path": path}
        found.append(Event.model_validate(documents[path].data, context=context))
    (problem,) = events.distinct(partnership(events=tuple(found)), documents)
    assert told([problem]) == ["4:6+3 doppelt"]
    assert problem.path.endswith("c.md")
    assert "„u@x“" in problem.message
    assert "data/veranstaltungen/a.md" in problem.message


@pytest.mark.parametrize(
    ("path", "target", "meant"),
    [
        ("content/mitmachen/index.md", "fragebogen.html#teil-2", "fragebogen.md#teil-2"),
        # As a browser shows it, a page is a folder.
        ("content/mitmachen/fragebogen.md", "teil/eins.html", "fragebogen/teil/eins.md"),
        ("content/mitmachen/index.md", "/content/kontakt.md", "../kontakt.md"),
        ("content/mitmachen/index.md", "..\\kontakt.md", "../kontakt.md"),
        ("content/kontakt.md", "mitmachen/", "mitmachen/index.md"),
        ("content/kontakt.md", "mitmachen/fragebgen.md#a", "mitmachen/fragebogen.md"),
        ("content/kontakt.md", "ganz-anders.md", ""),
    ],
)
def test_what_a_wrong_link_meant(path: str, target: str, meant: str, tmp_path: Path) -> None:
    names = ("index", "kontakt", "mitmachen/index", "mitmachen/fragebogen")
    paths = [f"content/{name}.md" for name in (*names, "mitmachen/fragebogen/teil/eins")]
    documents = {each: document(each, "titel: T") for each in paths}
    targets = Targets(partnership(root=tmp_path), documents, None)
    assert targets.meant(documents[path], target) == meant


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[Seite](https://a.example)", []),
        ("[Seite](kontakt.md)", ["4:9+10 verweis"]),
        ("![Bild](bild.png)", []),
    ],
)
def test_an_entry_leads_out(text: str, found: list[str]) -> None:
    assert said(links.check, text, "members/werk.md", member("werk")) == found
