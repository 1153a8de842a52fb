"""The two built sites as their visitors get them: complete, linked, and silent about secrets."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from partnership.checking.load import inspect
from partnership.model import markers
from partnership.model.dates import LOCAL
from partnership.model.partnership import Partnership
from partnership.site.pages import Site as Pages
from tests.conftest import DEMO_CITY, ROOT
from tests.helpers import SMALL_CITY, TODAY, member_text, partnership_with
from tests.sites import Site, front_matter, number, resolve, run_build, small_city, words

BOTH = pytest.mark.parametrize("site", ["demo", "city"], indirect=True)

# The addresses that are promised to those who keep bookmarks.
PAGES = (
    *("", "partnerschaft/", "mitglieder/", "massnahmen/", "statistik/", "veranstaltungen/"),
    *("aktuelles/", "beratung/", "mitmachen/", "mitmachen/fragebogen/", "material/", "daten/"),
    *("kontakt/", "impressum/", "datenschutz/", "barrierefreiheit/", "leichte-sprache/", "en/"),
    "lizenzen/",
)
FILES = (
    *("veranstaltungen.ics", "veranstaltungen.xml", "aktuelles.xml", "404.html"),
    *("daten/mitglieder.csv", "daten/mitglieder.json"),
    *("daten/massnahmen.csv", "daten/massnahmen.json"),
    *("daten/statistik.csv", "daten/statistik.json"),
    *("daten/veranstaltungen.json", "daten/partnerschaft.xlsx"),
    *("daten/datapackage.json", "daten/dcat-ap.jsonld"),
)
LEGAL = ("kontakt/", "impressum/", "datenschutz/", "barrierefreiheit/", "leichte-sprache/", "en/")
EMPTY_SECTOR = re.compile("Hier ist noch kein Unternehmen dieser Branche verzeichnet")
SOURCES = {"demo": DEMO_CITY, "city": ROOT}


@pytest.fixture(scope="module")
def parsed() -> dict[str, Site]:
    return {}


@pytest.fixture
def site(request: pytest.FixtureRequest, parsed: dict[str, Site]) -> Site:
    if request.param not in parsed:
        parsed[request.param] = Site(request.getfixturevalue(f"{request.param}_site"))
    return parsed[request.param]


@pytest.fixture
def source(request: pytest.FixtureRequest) -> Path:
    return SOURCES[request.node.callspec.params["site"]]


@pytest.fixture
def demo(demo_site: Path, parsed: dict[str, Site]) -> Site:
    return parsed.setdefault("demo", Site(demo_site))


@pytest.fixture
def city(city_site: Path, parsed: dict[str, Site]) -> Site:
    return parsed.setdefault("city", Site(city_site))


# Addresses and links


@BOTH
def test_every_promised_address_answers(site: Site) -> None:
    assert [each for each in PAGES if each not in site.pages] == []
    assert [each for each in FILES if each not in site.files] == []


@BOTH
def test_every_field_and_type_has_its_page(site: Site) -> None:
    fields = {key.replace("_", "-") for key in catalogue("handlungsfelder")}
    types = {
        f"{kind['handlungsfeld']}/{key}/".replace("_", "-")
        for key, kind in catalogue("massnahmentypen").items()
    }
    below = {each.removeprefix("massnahmen/") for each in site.pages if each.startswith("massn")}
    assert below == {"", *(f"{field}/" for field in fields), *types}


@BOTH
def test_every_member_has_its_page_and_every_old_address_leads_on(site: Site, source: Path) -> None:
    files = sorted((source / "members").glob("*.md"))
    former = {
        f"mitglieder/{old}/": f"mitglieder/{path.stem}/"
        for path in files
        for old in front_matter(path).get("frueher", [])  # type: ignore[attr-defined]
    }
    expected = {"mitglieder/"} | {f"mitglieder/{path.stem}/" for path in files}
    assert {each for each in site.pages if each.startswith("mitglieder/")} == expected
    assert len(list((site.folder / "mitglieder").rglob("index.html"))) == len(expected) + len(
        former
    )
    leads = {
        old: resolve(old, str(page.select_one("a")["href"]))  # type: ignore[index]
        for old, page in site.redirects.items()
        if old.startswith("mitglieder/")
    }
    assert leads == former


@BOTH
def test_no_link_or_anchor_is_broken(site: Site) -> None:
    assert list(site.broken_links()) == []


@BOTH
def test_every_page_is_found_by_following_links(site: Site) -> None:
    seen, new = set(), {""}
    while new:
        seen |= new
        new = {
            target
            for address in new
            for link in site.pages[address].select("a[href]")
            if (target := resolve(address, re.sub(r"[?#].*", "", str(link["href"])))) in site.pages
        } - seen
    missed = set(site.pages) - seen
    # The address of a sector that nobody belongs to is kept, and offered to nobody.
    assert [each for each in missed if not EMPTY_SECTOR.search(words(site.pages[each].main))] == []


@BOTH
def test_only_files_that_something_asks_for_are_published(site: Site) -> None:
    tops = {name.split("/")[0] for name in site.files if "/" in name}
    asked = {address.split("/")[0] for address in site.pages if address}
    assert tops - asked <= {".well-known", "assets", "dateien"}


# The frame of every page


@BOTH
def test_every_page_has_one_title_and_says_what_it_is(site: Site) -> None:
    wrong = []
    for address, page in site.pages.items():
        titles = page.find_all("h1")
        description = page.find("meta", attrs={"name": "description"})
        sound = (
            len(titles) == 1
            and words(titles[0])
            and page.html["lang"] == ("en" if address == "en/" else "de")  # type: ignore[index]
            and page.title is not None
            and words(page.title)
            and isinstance(description, Tag)
            and 20 <= len(str(description["content"])) <= 160
        )
        if not sound:
            wrong.append(address)
    assert wrong == []


@BOTH
def test_no_two_pages_have_the_same_title(site: Site) -> None:
    titles: dict[str, list[str]] = {}
    for address, page in site.pages.items():
        titles.setdefault(words(page.title), []).append(address)
    assert [pages for pages in titles.values() if len(pages) > 1] == []


@BOTH
def test_every_page_leads_to_all_legal_pages(site: Site) -> None:
    wrong = []
    for address, page in site.pages.items():
        leads = {resolve(address, str(link["href"])) for link in page.select("footer a[href]")}
        if missing := set(LEGAL) - leads:
            wrong.append(f"{address}: {missing}")
    assert wrong == []


@BOTH
def test_no_id_stands_twice_on_a_page(site: Site) -> None:
    wrong = []
    for address, page in site.pages.items():
        ids = [each["id"] for each in page.find_all(id=True)]
        wrong += [f"{address}#{each}" for each in set(ids) if ids.count(each) > 1]
    assert wrong == []


@BOTH
def test_no_marker_is_left_over(site: Site) -> None:
    assert [address for address, page in site.pages.items() if "[[" in page.get_text()] == []


def test_the_demonstration_says_so_on_every_page(demo: Site) -> None:
    told = [address for address, page in demo.pages.items() if "Vorführung" in words(page.body)]
    assert told == list(demo.pages)
    assert all(page.select(".demo-banner") for page in demo.pages.values())


def test_who_is_no_demonstration_does_not_say_so(city: Site) -> None:
    data = yaml.load((ROOT / "data/partnerschaft.yml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - texts only
    for address, page in city.pages.items():
        assert bool(page.select(".demo-banner")) == (data.get("demonstration") == "ja"), address


# Figures


COUNTED = ("statistik/", "statistik/massnahmen/", "statistik/vergleich/")


def statistics(site: Site, selector: str) -> list[Tag]:
    """Elements of the pages with figures that are counted every day."""
    return [found for address in COUNTED for found in site.pages[address].select(selector)]


def figures(site: Site) -> Iterator[tuple[str, str, int, str]]:
    """Each figure of the statistics: its table, what it counts, its value, where it leads."""
    for address in COUNTED:
        for table in site.pages[address].select("section.statistic:not(#mitgliederzahlen)"):
            heads = [words(each) for each in table.select("thead th")]
            for row in table.select("tbody tr"):
                for head, cell in zip(heads[1:], row.select("td"), strict=True):
                    link = cell.select_one("a[href]")
                    if words(cell) != "–":  # there is nothing to count a share of
                        path, _, anchor = str(link["href"] if link else "").partition("#")
                        target = f"{resolve(address, path)}#{anchor}" if link else ""
                        yield str(table["id"]), head, number(words(cell)), target


@BOTH
def test_every_figure_leads_to_the_entries_that_make_it_up(site: Site, source: Path) -> None:
    checked = 0
    for table, head, value, link in figures(site):
        if not link:
            assert value == 0, (table, head)
            continue
        target, _, anchor = link.partition("#")
        assert target in site.pages, link
        section = site.pages[target].find(id=anchor)
        assert isinstance(section, Tag), link
        entries = section.select("li")
        if head.startswith("Anteil"):
            assert entries, link
            continue
        companies = table.startswith("mitglieder") or "Unternehmen mit" in head
        behind = len(entries) if companies else sum(map(contributed, entries))
        assert behind == value, link
        checked += 1
    # One's own city may have nobody to count yet.
    assert checked > 20 or source != DEMO_CITY


def contributed(entry: Tag) -> int:
    """What a company adds: „3 Maßnahmen“ or „42 Personen“ stand beside it; nothing means one."""
    notes = entry.select(".muted")
    return number(words(notes[-1])) if notes else 1


@BOTH
def test_every_figure_is_defined_on_the_page_and_in_the_data(site: Site, source: Path) -> None:
    told = (site.folder / "daten/definitionen.csv").read_text("utf-8").splitlines()
    definitions = {row["tabelle"]: row for row in csv.DictReader(told)}
    columns = {
        f"{each['name']}.{field['name']}"
        for each in json.loads((site.folder / "daten/datapackage.json").read_bytes())["resources"]
        for field in each["schema"]["fields"]
    }
    shown = statistics(site, "section.statistic:not(#mitgliederzahlen)")
    assert len(shown) > 3 or source != DEMO_CITY
    for section in shown:
        definition = definitions[str(section["id"])]
        page = words(section.select_one(".statistic__definition"))
        assert definition["zaehlregel"] in page
        assert definition["stichtag"] in page
        assert definition["felder"]
        assert set(definition["felder"].split()) <= columns


@BOTH
def test_every_chart_has_a_name_and_every_figure_a_table(site: Site) -> None:
    for section in statistics(site, "section.statistic"):
        chart = section.select_one("svg[role]")
        if chart is not None:
            assert all(section.find(id=each) for each in str(chart["aria-labelledby"]).split())
            assert section.select("table tbody tr")
        assert section.select("table tbody tr") or "Hier ist noch nichts verzeichnet" in words(
            section
        )


def test_where_joining_is_not_known_published_numbers_stand_instead_of_a_curve(
    tmp_path: Path,
) -> None:
    told = [(20, "Stadtblatt"), (100, "Vereinbarung")]
    numbers = "".join(
        f"  - {{stand: {year}-04, anzahl: {number}, quelle: {source}}}\n"
        for year, (number, source) in enumerate(told, start=2018)
    )
    city_file = (SMALL_CITY / "data/partnerschaft.yml").read_text("utf-8")
    files = {
        "data/partnerschaft.yml": f"{city_file}mitgliederzahlen:\n{numbers}",
        "members/beispielwerke.md": member_text(),
    }
    page = BeautifulSoup(block("statistik", partnership_with(tmp_path, files), TODAY), "lxml")
    assert page.select_one("section#mitglieder-nach-jahr") is None
    rows = page.select("#mitgliederzahlen tbody tr")
    assert [number(words(row.select_one("td"))) for row in rows] == [n for n, _ in told]
    assert all(row.select("td")[1].get_text(strip=True) for row in rows)


def test_only_what_companies_declared_counts_as_commitment(demo: Site) -> None:
    """Counted from the files: every published measure with a goal, of confirmed companies."""
    goals: Counter[str] = Counter()
    for _, member in members_of(DEMO_CITY):
        for measure in member.get("massnahmen", []):  # type: ignore[attr-defined]
            if "ziel" in measure and measure.get("veroeffentlichung") != "nur_summe":
                goals[measure["ziel"][:4]] += member["bestaetigung"] == "unternehmen"
    rows = demo.pages["statistik/vergleich/"].select("#selbstbindung-nach-jahr tbody tr")
    shown = {words(row.th): [number(words(cell)) for cell in row.select("td")] for row in rows}
    assert {year: cells[0] for year, cells in shown.items()} == dict(goals)
    assert all(sum(cells[1:-1]) == cells[0] for cells in shown.values())


def test_the_big_figures_are_those_of_the_directory(demo: Site) -> None:
    home = {
        resolve("", str(each["href"]).split("#")[0]): number(words(each.select_one("span")))
        for each in demo.pages[""].select("a.figure")
    }
    assert home["mitglieder/"] == len(demo.pages["mitglieder/"].select("[data-card]"))


# Ways through the site


def test_what_others_in_my_trade_do_is_two_clicks_away(demo: Site) -> None:
    """Home → sector → what its companies do; each sector with members is offered."""
    home = demo.pages[""].select("a.chip[href*='branchen/']")
    offered = {resolve("", str(link["href"])) for link in home}
    members = [front_matter(path) for path in (DEMO_CITY / "members").glob("*.md")]
    assert len(offered) >= len({member["branche"] for member in members}) - 1
    shown = [demo.pages[each].select(".example__name") for each in offered if each]
    assert sum(1 for examples in shown if examples) > len(offered) / 2


def test_every_named_measure_leads_to_its_company(demo: Site) -> None:
    for address, page in demo.pages.items():
        if re.fullmatch(r"branchen/[^/]+/", address):
            for example in page.select(".example a[href*='mitglieder/']"):
                assert "#" in str(example["href"])


# What is protected


def members_of(source: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    for path in sorted((source / "members").glob("*.md")):
        yield path, front_matter(path)


@BOTH
def test_unconfirmed_members_carry_the_notice_and_others_do_not(site: Site, source: Path) -> None:
    for path, member in members_of(source):
        page = words(site.pages[f"mitglieder/{path.stem}/"].main)
        told = "öffentlicher Quelle, noch nicht vom Unternehmen bestätigt" in page
        assert told == (member["bestaetigung"] == "oeffentliche_quelle"), path.name


@BOTH
def test_every_source_of_an_unconfirmed_member_is_linked(site: Site, source: Path) -> None:
    for path, member in members_of(source):
        page = site.pages[f"mitglieder/{path.stem}/"]
        linked = {str(link["href"]) for link in page.select(".sources a[href]")}
        assert {each["url"] for each in member.get("quellen", [])} <= linked  # type: ignore[attr-defined]


def test_internal_notes_of_the_demonstration_stay_internal(demo: Site) -> None:
    notes = [
        str(member["notiz_intern"])
        for _, member in members_of(DEMO_CITY)
        if "notiz_intern" in member
    ]
    assert notes
    assert {note: demo.files_with(note) for note in notes if demo.files_with(note)} == {}


PROTECTED = """\
---
name: Schweigsam Schrauben GmbH
branche: industrie
bestaetigung: unternehmen
beschaeftigte: 9000
kennzahlen:
  2025: {pkw_gesamt: 7357, veroeffentlichung: nur_summe}
massnahmen:
  - typ: jobticket
    titel: Geheimtitel Zwiebelfisch
    laufend: 2024-03-17
    umfang: {2024: 6113, 2025: 8731}
    beschreibung: Geheimbeschreibung Quittenbrot
    veroeffentlichung: nur_summe
    quellen: [{titel: Geheimquelle Rhabarber, url: https://geheim.example/, abruf: 2026-01-05}]
  - typ: homeoffice
    titel: Offener Titel
    laufend: 2024
notiz_intern: Geheimnotiz Pfifferling
---
Wir sprechen wenig.
"""


@pytest.fixture(scope="module")
def discreet(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small city with a member that keeps most to itself."""
    folder = small_city(tmp_path_factory.mktemp("still"), {"members/schweigsam.md": PROTECTED})
    done = run_build(folder, "--strict", "--quiet")
    assert done.returncode == 0, done.stderr
    return Site(folder / "site")


@pytest.mark.parametrize(
    "secret",
    ["Zwiebelfisch", "Quittenbrot", "Rhabarber", "geheim.example", "2024-03-17", "17. März 2024"],
)
def test_a_measure_for_totals_only_is_named_nowhere(discreet: Site, secret: str) -> None:
    assert discreet.files_with(secret) == []


@pytest.mark.parametrize("extent", ["8731", "8.731", "6113", "6.113", "7357", "7.357"])
def test_what_is_for_totals_only_states_no_extent(discreet: Site, extent: str) -> None:
    assert discreet.files_with(extent) == []


def test_internal_notes_are_published_nowhere(discreet: Site) -> None:
    assert discreet.files_with("Pfifferling") == []
    assert discreet.files_with("notiz_intern") == []


def test_a_measure_for_totals_only_leaves_no_trace_in_daily_counts(discreet: Site) -> None:
    """A count that grows on the day a company joins would tell what it keeps to itself."""
    row = discreet.pages["statistik/massnahmen-nach-typ/"].find(id="w-jobticket")
    assert isinstance(row, Tag)
    assert words(row.h2) == "Jobticket: 1"
    assert "Schweigsam" not in words(row)
    kind = discreet.pages["massnahmen/arbeitswege/jobticket/"]
    assert "Schweigsam" not in words(kind.main)
    assert "Schweigsam" in words(discreet.pages["massnahmen/arbeitswege/homeoffice/"].main)
    # Its open measure is its first: a gap in the numbers would tell of another one.
    assert discreet.pages["mitglieder/schweigsam/"].find(id="massnahme-1")
    assert (
        "schweigsam/homeoffice,schweigsam" in (discreet.folder / "daten/massnahmen.csv").read_text()
    )


def test_filters_do_not_tell_what_is_for_totals_only(discreet: Site) -> None:
    """The small city's first company has its fleet measure counted only."""
    card = discreet.pages["mitglieder/"].select_one("[data-name='Beispielwerke GmbH']")
    assert card is not None
    assert str(card["data-handlungsfeld"]).split() == ["arbeitswege"]
    assert str(card["data-status"]).split() == ["umgesetzt"]


def test_nothing_for_totals_only_in_the_demonstration(demo: Site) -> None:
    """What only measures for totals say stands in no file; some say what others say openly."""
    opened, secret = [], set()
    for _, member in members_of(DEMO_CITY):
        for measure in member.get("massnahmen", []):  # type: ignore[attr-defined]
            texts = {measure.get("titel", ""), measure.get("beschreibung", "")} - {""}
            if measure.get("veroeffentlichung") == "nur_summe":
                secret |= texts
            else:
                opened += texts
    known = "\n".join([*opened, (ROOT / "data/massnahmentypen.yml").read_text("utf-8")])
    own = [text for text in secret if text not in known]
    assert len(own) > 5
    whole = b"\n".join(content for _, content in demo.text_of_files()).decode("utf-8", "ignore")
    assert [text for text in own if text in whole] == []


def test_a_companys_page_is_silent_about_its_measures_for_totals(demo: Site) -> None:
    types = yaml.safe_load((ROOT / "data/massnahmentypen.yml").read_text("utf-8"))
    for path, member in members_of(DEMO_CITY):
        measures = member.get("massnahmen", [])
        opened = [m for m in measures if m.get("veroeffentlichung") != "nur_summe"]  # type: ignore[attr-defined]
        page = demo.pages[f"mitglieder/{path.stem}/"]
        titles = [words(each) for each in page.select("article.measure h4")]
        assert sorted(titles) == sorted(
            " ".join(each.get("titel", types[each["typ"]]["name"]).split()) for each in opened
        )


# The agreement's term


@pytest.mark.parametrize(
    ("day", "until", "notice"),
    [
        (date(2024, 9, 30), "31. Dezember 2024", "Kündigt bis zum 30. September 2024 niemand"),
        (date(2024, 10, 1), "31. Dezember 2024", "ist am 30. September 2024 abgelaufen"),
        (date(2024, 12, 31), "31. Dezember 2024", "bis zum 31. Dezember 2025"),
        (date(2025, 1, 1), "31. Dezember 2025", "Kündigt bis zum 30. September 2025 niemand"),
        (date(2027, 12, 31), "31. Dezember 2027", "bis zum 31. Dezember 2028"),
    ],
)
def test_the_agreements_term_follows_the_day(day: date, until: str, notice: str) -> None:
    page = city_block("vereinbarung-laufzeit", day)
    assert f"Laufende Laufzeit bis {until}" in page
    assert notice in page


def city_block(name: str, day: date) -> str:
    """A block of the small city's pages on a day; the loader would find later data faulty then."""
    partnership = inspect(SMALL_CITY, TODAY, ROOT).partnership
    assert partnership is not None
    return words(BeautifulSoup(block(name, partnership, day), "lxml").body)


def block(name: str, partnership: Partnership, day: date) -> str:
    """A block of a partnership's pages on a day, as HTML."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=LOCAL)
    pages = Pages(partnership, noon, [ROOT / "overrides"])
    pages.add_files(export.path for export in pages.files())
    return str(pages.block(name, "partnerschaft/"))


@pytest.mark.parametrize("name", sorted(markers.BLOCKS))
def test_a_block_without_data_says_so(name: str) -> None:
    """The small city has next to nothing of what partnerships may tell."""
    assert len(city_block(name, TODAY)) > 15


@pytest.mark.parametrize(("own", "shown"), [("§ 1", "§ 1: Ziel"), ("1", "Ziffer 1: Ziel")])
def test_a_clause_is_counted_once(tmp_path: Path, own: str, shown: str) -> None:
    """A numbering that carries a sign of its own does not become „Ziffer § 1“."""
    city_file = (SMALL_CITY / "data/partnerschaft.yml").read_text("utf-8")
    clause = f"  ziffern:\n    - {{nummer: {own}, titel: Ziel, kern: Kern, bedeutung: Sinn}}\n"
    files = {
        "data/partnerschaft.yml": city_file.replace("vereinbarung:\n", f"vereinbarung:\n{clause}")
    }
    html = block("vereinbarung-ziffern", partnership_with(tmp_path, files), TODAY)
    headings = BeautifulSoup(html, "lxml").select("section.clause h2")
    assert [words(each) for each in headings] == [shown]


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        (datetime(2026, 12, 31, 23, 30, tzinfo=LOCAL), "31. Dezember 2026"),
        (datetime(2027, 1, 1, 0, 30, tzinfo=LOCAL), "31. Dezember 2027"),
    ],
)
def test_the_day_of_the_build_is_that_of_berlin(
    tmp_path: Path, moment: datetime, until: str
) -> None:
    folder = small_city(tmp_path)
    done = run_build(folder, "--strict", "--quiet", moment=int(moment.timestamp()))
    assert done.returncode == 0, done.stderr
    page = Site(folder / "site").pages["partnerschaft/"]
    assert f"Laufende Laufzeit bis {until}" in words(page.main)


# Gaps that only the office can fill


def test_gaps_are_seen_on_the_page_and_listed_by_the_build(tmp_path: Path) -> None:
    folder = small_city(tmp_path)
    done = run_build(folder, "--strict")
    assert done.returncode == 0, done.stderr
    built = Site(folder / "site")
    marks = [words(each) for each in built.pages["impressum/"].select("mark.fill-in")]
    assert "Noch offen: Telefonnummer der Geschäftsstelle" in marks
    assert re.search(r"data/partnerschaft\.yml:\d+: Telefonnummer der Geschäftsstelle", done.stderr)


# One engine, many cities


def test_the_code_knows_no_city() -> None:
    named = [
        path.relative_to(ROOT).as_posix()
        for folder in ("hooks", "overrides")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".css", ".js", ".svg"}
        and re.search(r"d(ü|ue)sseldorf", path.read_text("utf-8"), re.IGNORECASE)
    ]
    assert named == []


def test_the_demonstration_does_not_name_the_real_city(demo: Site) -> None:
    named = [
        name
        for name, content in demo.text_of_files()
        if re.search(rb"D(\xc3\xbc|ue)sseldorf", content, re.IGNORECASE)
    ]
    assert named == []


def catalogue(name: str) -> dict[str, dict[str, object]]:
    """A shared catalogue, read without the library that is under test."""
    text = (ROOT / f"data/{name}.yml").read_text("utf-8")
    return dict(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - it makes texts only
