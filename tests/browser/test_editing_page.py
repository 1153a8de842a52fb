"""The editing page asks the Git host and nobody else, speaks German, and takes nothing that the
check would refuse by its name, size or format.
"""

import re
import shutil
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from partnership.checking.load import load
from partnership.model.dates import LOCAL
from partnership.reading.pictures import MAX_BYTES
from partnership.site import engine
from partnership.site.editing import site as made_site
from partnership.site.exports.file import write
from partnership.site.fingerprints import Fingerprints
from partnership.site.pages import Site
from tests.browser.conftest import Visitor
from tests.browser.editing import changed, is_sound, open_entry, opened, save, shown
from tests.conftest import DEMO_CITY, ROOT
from tests.helpers import TODAY
from tests.sites import NOON

pytestmark = pytest.mark.slow

GITHUB = "https://github.com/stadt/netz/edit/main/"
GITLAB = "https://git.stadt.example/amt/netz/-/edit/main/"
Signing = Callable[..., tuple[Page, list[str]]]


@pytest.fixture
def signing(
    visitor: Visitor, demo_editing: Path, tmp_path: Path, serve: Callable[[Path], str]
) -> Signing:
    """The editing page of a repository, and everything it or a window it opens asks for."""

    def made(edit_base: str, application: str = "", **options: str) -> tuple[Page, list[str]]:
        site = tmp_path / "site"
        shutil.copytree(demo_editing, site)
        partnership = load(DEMO_CITY, TODAY, ROOT)
        now = datetime.fromtimestamp(NOON, LOCAL)
        build = Site(partnership, now, (engine.OVERRIDES,), edit_base)
        parts = Fingerprints({})
        write(made_site(build.build, build.templates, parts, application), site)
        page = visitor.at(serve(site), **options)
        asked: list[str] = []
        page.context.on("request", lambda request: asked.append(request.url))
        page.goto("/redaktion/")
        expect(page.get_by_text("Mit lokalem Repository arbeiten")).to_be_visible()
        return page, asked

    return made


def hosts(asked: list[str]) -> set[str]:
    """The hosts that were asked, without the site's own."""
    return {urlsplit(url).netloc for url in asked if url.startswith("http")} - {
        urlsplit(asked[0]).netloc
    }


def test_at_github_one_signs_in_with_a_token_alone(signing: Signing, visitor: Visitor) -> None:
    page, asked = signing(GITHUB)
    expect(page.get_by_role("button", name=re.compile("anmelden"))).to_have_count(1)
    page.context.route(
        "https://api.github.com/**", lambda route: route.fulfill(status=401, json={})
    )
    page.get_by_role("button", name="Mit Zugriffstoken anmelden").click()
    page.get_by_label("Persönliches Zugriffstoken").fill("github_pat_erfunden")
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_timeout(3000)
    assert hosts(asked) == {"api.github.com"}
    assert len(page.context.pages) == 1
    assert "another host" not in "".join(visitor.faults)
    visitor.faults.clear()  # what the browser says of an answer that refuses the token


def test_at_gitlab_one_signs_in_at_the_server_that_knows_the_page(signing: Signing) -> None:
    page, asked = signing(GITLAB, "0a1b2c")
    page.context.route("https://git.stadt.example/**", lambda route: route.fulfill(body="GitLab"))
    with page.context.expect_page() as window:
        page.get_by_role("button", name=re.compile("GitLab.? anmelden")).click()
    window.value.wait_for_url("https://git.stadt.example/**")
    found = urlsplit(window.value.url)
    assert found.path == "/oauth/authorize"
    told = parse_qs(found.query)
    assert told["client_id"] == ["0a1b2c"]
    assert told["response_type"] == ["code"]
    assert told["code_challenge_method"] == ["S256"]
    assert told["redirect_uri"] == [page.url.split("#")[0]]
    assert hosts(asked) == {"git.stadt.example"}


def test_at_gitlab_without_an_application_there_is_no_such_button(signing: Signing) -> None:
    page, asked = signing(GITLAB)
    expect(page.get_by_role("button", name=re.compile("anmelden"))).to_have_count(1)
    expect(page.get_by_role("button", name="Mit Zugriffstoken anmelden")).to_be_visible()
    assert hosts(asked) == set()


ENGLISH = re.compile(
    r"\b(the|and|your|with|sign|save|new|delete|edit|search|upload|settings|entry|entries|preview"
    r"|assets|file|more|add|remove|select|folder|status|publish|draft)\b",
    re.IGNORECASE,
)
# Every text and label of the page but the names of icons, which a font turns into pictures.
SAID = """() => {
  const every = [...document.body.querySelectorAll("*")];
  const icons = every.filter((each) => getComputedStyle(each).fontFamily.includes("Symbols"));
  const shown = icons.map((each) => [each, each.style.display]);
  for (const [each] of shown) each.style.display = "none";
  const text = document.body.innerText;
  for (const [each, display] of shown) each.style.display = display;
  const named = every.flatMap((each) => [each.getAttribute("aria-label"), each.title]);
  return [text, ...named.filter(Boolean)];
}"""
GERMAN_TOO = {"Status", "status"}


def test_it_speaks_german_to_every_browser(
    visitor: Visitor, editing_url: str, files: dict[str, str]
) -> None:
    at = {"width": 1280, "height": 900}
    page = visitor.at(editing_url, viewport=at, locale="en-US")
    opened(page, files)
    places = [
        "",
        "mitglieder/new",
        "veranstaltungen/new",
        "aktuelles/new",
        f"mitglieder/entries/{Path(min(files)).stem}",
    ]
    for place in places:
        page.goto(f"{page.url.split('#')[0]}#/collections/{place or 'mitglieder'}")
        page.wait_for_timeout(800)
        assert page.locator("html").get_attribute("lang") == "de"
        text = "\n".join(page.evaluate(SAID))
        assert set(ENGLISH.findall(text)) <= GERMAN_TOO, place


def menu(page: Page) -> str:
    """What can be done with an opened entry."""
    page.get_by_role("button", name="Editor-Optionen anzeigen").click()
    return page.get_by_role("menu").inner_text()


@pytest.mark.parametrize(
    ("folder", "collection", "may"),
    [
        ("members", "mitglieder", False),
        ("data/veranstaltungen", "veranstaltungen", False),
        ("content/aktuelles", "aktuelles", True),
    ],
)
def test_members_and_events_cannot_be_deleted(
    editor: Page, files: dict[str, str], folder: str, collection: str, may: bool
) -> None:
    path = max(path for path in files if path.startswith(f"{folder}/") and "index" not in path)
    open_entry(editor, collection, f"entries/{Path(path).stem}")
    assert ("löschen" in menu(editor).lower()) == may


@pytest.mark.parametrize(
    ("timezone", "begin"),
    [("Pacific/Auckland", "2027-02-03 00:30"), ("America/Los_Angeles", "2027-02-03")],
)
def test_an_event_is_named_after_its_day(
    visitor: Visitor, editing_url: str, files: dict[str, str], timezone: str, begin: str
) -> None:
    at = {"width": 1280, "height": 900}
    page = opened(visitor.at(editing_url, viewport=at, timezone_id=timezone), files)
    open_entry(page, "veranstaltungen", "new")
    page.get_by_role("textbox", name="Titel", exact=True).fill("Praxistag")
    page.get_by_role("textbox", name="Beginn", exact=True).fill(begin)
    ((path, _),) = changed(files, save(page, files)).items()
    assert path == "data/veranstaltungen/2027-02-03-praxistag.md"


@pytest.mark.parametrize("begin", ["3.2.2027", "2027-02-31"])
def test_a_beginning_that_names_no_day_is_refused(
    editor: Page, files: dict[str, str], begin: str
) -> None:
    open_entry(editor, "veranstaltungen", "new")
    editor.get_by_role("textbox", name="Titel", exact=True).fill("Praxistag")
    editor.get_by_role("textbox", name="Beginn", exact=True).fill(begin)
    editor.get_by_role("button", name="Speichern").click()
    expect(editor.get_by_text("Bitte genau so: Tag mit Uhrzeit: 2026-12-03 18:00.")).to_be_visible()


@pytest.mark.parametrize(
    "name",
    ["„A_B & Söhne“ (Nord) – 1/2 … C.d", "Straße №5: Œuvre"],
)
def test_whatever_a_member_is_called_its_file_has_a_sound_name(
    editor: Page, files: dict[str, str], tmp_path: Path, name: str
) -> None:
    open_entry(editor, "mitglieder", "new")
    editor.get_by_role("textbox", name="Name des Unternehmens").fill(name)
    editor.get_by_role("combobox", name="Branche").click()
    editor.get_by_role("option", name="Handwerk").first.click()
    shown(editor, editor.get_by_role("radio", name="das Unternehmen")).click()
    is_sound(save(editor, files), tmp_path)


def picture(width: int, form: str) -> bytes:
    made = BytesIO()
    Image.effect_noise((width, width), 90).convert("RGB").save(made, form)
    return made.getvalue()


def chosen(editor: Page, files: dict[str, str], file: Path) -> None:
    path = next(path for path, text in files.items() if "\nlogo:" not in text)
    open_entry(editor, "mitglieder", f"entries/{Path(path).stem}")
    editor.get_by_role("button", name="Durchsuchen").first.click()
    dialog = editor.get_by_role("dialog")
    expect(dialog.get_by_role("textbox", name=re.compile("URL"))).to_have_count(0)
    dialog.locator("input[type=file]").first.set_input_files(file)


def test_a_logo_gets_a_name_that_is_an_address(
    editor: Page, files: dict[str, str], tmp_path: Path
) -> None:
    source = tmp_path / "Mein Logo ÄÖß (1).PNG"
    source.write_bytes(picture(40, "PNG"))
    chosen(editor, files, source)
    editor.get_by_role("dialog").get_by_role("button", name="Einfügen").click()
    after = save(editor, files)
    (logo,) = [path for path in after if path.startswith("members/logos/")]
    assert re.fullmatch(r"members/logos/[a-z0-9-]+\.(png|PNG)", logo)
    ((_, lines),) = [each for each in changed(files, after).items() if each[0] != logo]
    assert lines == [f"+logo: {Path(logo).name}"]


def test_a_logo_that_is_too_large_is_refused(
    editor: Page, files: dict[str, str], tmp_path: Path
) -> None:
    source = tmp_path / "gross.png"
    source.write_bytes(picture(1200, "PNG"))
    assert source.stat().st_size > MAX_BYTES
    chosen(editor, files, source)
    editor.get_by_role("dialog").get_by_role("button", name="Einfügen").click()
    expect(editor.get_by_text("Diese Datei kann nicht hochgeladen werden")).to_be_visible()
    expect(editor.get_by_role("button", name="Speichern")).to_be_disabled()


@pytest.mark.parametrize("name", ["logo.bmp", "Entwurf.PDF", "logo"])
def test_a_logo_of_another_format_is_refused_even_past_the_dialog(
    editor: Page, files: dict[str, str], tmp_path: Path, name: str
) -> None:
    source = tmp_path / name
    source.write_bytes(picture(40, "BMP"))
    chosen(editor, files, source)
    told = editor.get_by_role("dialog", name="Bild in einem anderen Format")
    expect(told).to_contain_text(
        f"„{name}“ kann hier nicht abgelegt werden. Möglich sind SVG, PNG, JPG, JPEG, WEBP."
    )
    told.get_by_role("button", name="Verstanden").click()
    expect(told).to_have_count(0)
    # One can go on with another.
    right = tmp_path / "logo.png"
    right.write_bytes(picture(40, "PNG"))
    editor.get_by_role("dialog").locator("input[type=file]").first.set_input_files(right)
    editor.get_by_role("dialog").get_by_role("button", name="Einfügen").click()
    after = save(editor, files)
    assert [path for path in after if path.startswith("members/logos/")] == [
        "members/logos/logo.png"
    ]


# The preview looks like the page


STYLE = "(it) => { const s = getComputedStyle(it); return [s.color, s.fontWeight, s.fontFamily] }"
PREVIEWED = {
    "mitglieder": ("members/apotheke-am-gleisbogen.md", "mitglieder/apotheke-am-gleisbogen/"),
    "veranstaltungen": ("", "veranstaltungen/{}/"),
    "aktuelles": ("", "aktuelles/{}/"),
}


@pytest.mark.parametrize("collection", PREVIEWED)
def test_the_preview_looks_like_the_page(
    editor: Page, visitor: Visitor, demo_url: str, files: dict[str, str], collection: str
) -> None:
    path, address = PREVIEWED[collection]
    path = path or max(each for each in files if f"{collection}/2" in each)
    open_entry(editor, collection, f"entries/{Path(path).stem}")
    inside = editor.frame_locator("iframe").first
    expect(inside.locator("h1")).to_be_visible()
    frame = editor.frames[-1]
    page = visitor.at(demo_url, viewport={"width": 620, "height": 900})
    page.goto(f"/{address.format(Path(path).stem)}")
    title = page.locator("h1").inner_text()
    assert inside.locator("h1").inner_text().split() == title.split()
    for selector in ("h1", ".page-body p"):
        one = frame.locator(selector).first.evaluate(STYLE)
        assert one == page.locator(selector).first.evaluate(STYLE), selector
    field = (
        "Name des Unternehmens" if collection == "mitglieder" else re.compile("Titel|Überschrift")
    )
    editor.get_by_role("textbox", name=field).first.fill("Ganz neu <b>x</b>")
    expect(inside.locator("h1")).to_have_text("Ganz neu <b>x</b>")


def test_a_measure_in_the_preview(editor: Page) -> None:
    open_entry(editor, "mitglieder", "entries/apotheke-am-gleisbogen")
    inside = editor.frame_locator("iframe").first
    first = inside.locator(".measure").first
    expect(first.locator(".badge")).to_have_text("geplant")
    expect(first.locator("h4")).to_have_text("Fahrten sechs Wochen aufgezeichnet")
    expect(first).to_contain_text("September 2022")
    expect(inside.locator(".facts")).to_contain_text("Gesundheit und Soziales")


def test_news_are_written_in_an_editor(editor: Page, files: dict[str, str], tmp_path: Path) -> None:
    open_entry(editor, "aktuelles", "new")
    editor.get_by_role("textbox", name="Überschrift").fill("Neues Mitglied")
    editor.get_by_role("textbox", name=re.compile("Zusammenfassung")).fill("Ein Satz.")
    text = editor.locator("[contenteditable=true]").last
    text.click()
    text.press_sequentially("Wir sind ")
    editor.get_by_role("button", name="Fett").click()
    text.press_sequentially("viele")
    after = save(editor, files)
    ((path, _),) = changed(files, after).items()
    assert re.fullmatch(r"content/aktuelles/20\d\d-\d\d-\d\d-neues-mitglied\.md", path)
    assert after[path] == (
        "---\ntitel: Neues Mitglied\nbeschreibung: Ein Satz.\n---\nWir sind **viele**\n"
    )
    is_sound(after, tmp_path)


@pytest.mark.parametrize(
    "title",
    [
        "„Ähm“ – 1/2 … über alles",
        "Ein langer Titel, " * 4,
        "!!!",
        "Überschriftendienstleistung" * 4,
    ],
)
@pytest.mark.parametrize(
    ("timezone", "day"), [("Pacific/Auckland", "2027-01-01"), ("Europe/Berlin", "2026-12-31")]
)
def test_whatever_news_are_called_their_file_begins_with_the_day(
    visitor: Visitor,
    editing_url: str,
    files: dict[str, str],
    tmp_path: Path,
    title: str,
    timezone: str,
    day: str,
) -> None:
    at = {"width": 1280, "height": 900}
    page = visitor.at(editing_url, viewport=at, timezone_id=timezone)
    page.clock.set_system_time("2026-12-31T21:30:00Z")
    opened(page, files)
    open_entry(page, "aktuelles", "new")
    page.get_by_role("textbox", name="Überschrift").fill(title)
    page.get_by_role("textbox", name=re.compile("Zusammenfassung")).fill("Ein Satz.")
    page.locator("[contenteditable=true]").last.fill("Text.")
    after = save(page, files)
    ((path, _),) = changed(files, after).items()
    assert re.fullmatch(rf"content/aktuelles/{day}-[a-z0-9]+(-[a-z0-9]+)*\.md", path), path
    is_sound(after, tmp_path)


def test_a_new_heading_leaves_the_text_of_news_alone(editor: Page, files: dict[str, str]) -> None:
    path = max(each for each in files if "aktuelles/2" in each)
    open_entry(editor, "aktuelles", f"entries/{Path(path).stem}")
    editor.get_by_role("textbox", name="Überschrift").fill("Anders")
    after = save(editor, files)
    (lines,) = changed(files, after).values()
    assert [line[:7] for line in lines] == ["-titel:", "+titel:"]
