"""The editing page in a real browser, on a copy of the files: what the office does in a year.

The folder that a person would choose is one the browser keeps for itself, filled with the files of
Musterstadt; what the page writes there is read back and checked as the build checks it.
"""

import difflib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Locator, Page, expect

from partnership import canonical
from partnership.editing import form, forms
from partnership.load import inspect, load
from partnership.problems import show
from tests.browser.conftest import Visitor
from tests.conftest import DEMO_CITY, ROOT
from tests.helpers import TODAY

FOLDERS = ("members", "data/veranstaltungen", "content/aktuelles")
PICK = """() => {
  const files = __FILES__;
  window.showDirectoryPicker = async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("stadt", { create: true });
    await folder.getDirectoryHandle(".git", { create: true });
    for (const [path, text] of Object.entries(files)) {
      const parts = path.split("/");
      let at = folder;
      for (const part of parts.slice(0, -1))
        at = await at.getDirectoryHandle(part, { create: true });
      const out = await (await at.getFileHandle(parts.at(-1), { create: true })).createWritable();
      await out.write(text);
      await out.close();
    }
    folder.requestPermission = folder.queryPermission = async () => "granted";
    return folder;
  };
}"""
READ = """async () => {
  const found = {};
  const walk = async (folder, path) => {
    for await (const [name, entry] of folder.entries()) {
      if (entry.kind === "directory") await walk(entry, `${path}${name}/`);
      else found[`${path}${name}`] = await (await entry.getFile()).text();
    }
  };
  await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle("stadt"), "");
  return found;
}"""


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """Musterstadt's pages."""
    return {
        file.relative_to(DEMO_CITY).as_posix(): file.read_text("utf-8")
        for folder in FOLDERS
        for file in sorted((DEMO_CITY / folder).glob("*.md"))
    }


@pytest.fixture
def editor(visitor: Visitor, demo_url: str, files: dict[str, str]) -> Iterator[Page]:
    """The editing page with the files of Musterstadt opened."""
    page = visitor.at(demo_url, viewport={"width": 1280, "height": 900})
    page.add_init_script(f"({PICK.replace('__FILES__', json.dumps(files))})()")
    page.goto("/redaktion/")
    page.get_by_text("Mit lokalem Repository arbeiten").click()
    expect(page.get_by_role("button", name="Neu")).to_be_visible()
    yield page
    # Nothing that was opened may have asked for zooming to be forbidden.
    assert "maximum-scale" not in page.locator("meta[name=viewport]").last.get_attribute("content")


def open_entry(page: Page, collection: str, entry: str) -> None:
    base = page.url.split("#")[0]
    page.goto(f"{base}#/collections/{collection}/{entry}")
    expect(page.get_by_role("button", name="Speichern")).to_be_visible()


def save(page: Page, before: dict[str, str]) -> dict[str, str]:
    """Save, and give the files once one has changed."""
    page.get_by_role("button", name="Speichern").click()
    for _ in range(40):
        page.wait_for_timeout(100)
        after: dict[str, str] = page.evaluate(READ)
        if after != before:
            return after
    raise AssertionError("nothing was saved")


def changed(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """The lines that differ, by file, with - or + in front."""
    return {
        path: [
            line
            for line in difflib.unified_diff(
                before.get(path, "").splitlines(),
                after.get(path, "").splitlines(),
                n=0,
                lineterm="",
            )
            if line[0] in "+-" and line[:3] not in {"+++", "---"}
        ]
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    }


def is_sound(after: dict[str, str], folder: Path) -> None:
    """Whether the check accepts the city with these files."""
    city = folder / "stadt"
    shutil.copytree(DEMO_CITY, city, dirs_exist_ok=True)
    for path, text in after.items():
        target = city / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.suffix == ".md":
            target.write_text(text, "utf-8")
    loaded = inspect(city, TODAY, ROOT)
    assert not loaded.problems, show(loaded.problems, "text")


MEMBER = "members/architekturbuero-immergruen-gmbh.md"


def test_one_edited_field_changes_one_line(editor: Page, files: dict[str, str]) -> None:
    open_entry(editor, "mitglieder", f"entries/{Path(MEMBER).stem}")
    editor.get_by_role("textbox", name="Internetauftritt").fill("https://neu.example")
    after = save(editor, files)
    ((path, lines),) = changed(files, after).items()
    assert path == MEMBER
    assert [line[:9] for line in lines] == ["-website:", "+website:"]
    assert lines[1] == "+website: https://neu.example"


def test_member_that_leaves_gets_one_line(
    editor: Page, files: dict[str, str], tmp_path: Path
) -> None:
    open_entry(editor, "mitglieder", f"entries/{Path(MEMBER).stem}")
    editor.get_by_role("textbox", name="Austritt aus der Partnerschaft").fill("2026-10-31")
    after = save(editor, files)
    assert changed(files, after) == {MEMBER: ["+austritt: 2026-10-31"]}
    is_sound(after, tmp_path)


def test_new_member_with_a_measure_is_sound(
    editor: Page, files: dict[str, str], tmp_path: Path
) -> None:
    open_entry(editor, "mitglieder", "new")
    editor.get_by_role("textbox", name="Name des Unternehmens").fill("Drechslerei Ölmühle")
    choose(editor, "Branche", "Handwerk")
    editor.get_by_role("checkbox", name=re.compile("Anschrift")).click()
    editor.get_by_role("textbox", name="Postleitzahl").fill("00131")
    shown(editor, editor.get_by_role("radio", name="das Unternehmen")).click()
    shown(editor, editor.get_by_role("button", name=re.compile("Maßnahme.? hinzufügen"))).click()
    choose(editor, "Maßnahmentyp", re.compile("Jobticket"))
    shown(editor, editor.get_by_role("textbox", name="In Umsetzung seit")).fill("2026-05")
    after = save(editor, files)
    ((path, _),) = changed(files, after).items()
    assert path.startswith("members/drechslerei")
    assert after[path] == (
        "---\n"
        "name: Drechslerei Ölmühle\n"
        "branche: handwerk\n"
        "anschrift:\n"
        '  plz: "00131"\n'
        "bestaetigung: unternehmen\n"
        "massnahmen:\n"
        "  - typ: jobticket\n"
        "    laufend: 2026-05\n"
        "---\n"
    )
    is_sound(after, tmp_path)


def test_edited_measure_changes_one_line(editor: Page, files: dict[str, str]) -> None:
    path = next(path for path, text in files.items() if text.count("  - typ: ") == 1)
    open_entry(editor, "mitglieder", f"entries/{Path(path).stem}")
    measures = editor.get_by_role("group", name=re.compile("Maßnahmen"))
    shown(editor, measures.get_by_role("button", name="Aufklappen")).click()
    shown(editor, editor.get_by_role("textbox", name="Bezeichnung im Unternehmen")).fill("Neuer")
    after = save(editor, files)
    (lines,) = changed(files, after).values()
    assert [line for line in lines if line[0] == "+"] == ["+    titel: Neuer"]
    assert len(lines) <= 2


def test_logo_lies_where_the_build_looks_for_it(
    editor: Page, files: dict[str, str], tmp_path: Path
) -> None:
    path = next(path for path, text in files.items() if "\nlogo:" not in text)
    open_entry(editor, "mitglieder", f"entries/{Path(path).stem}")
    source = tmp_path / "zeichen.png"
    source.write_bytes((ROOT / "overrides/redaktion/bilder/mitglied.png").read_bytes())
    editor.get_by_role("button", name="Durchsuchen").first.click()
    dialog = editor.get_by_role("dialog")
    expect(dialog).not_to_contain_text("Unsplash")
    dialog.locator("input[type=file]").first.set_input_files(source)
    dialog.get_by_role("button", name="Einfügen").click()
    after = save(editor, files)
    assert changed(files, after)[path] == ["+logo: zeichen.png"]
    assert "members/logos/zeichen.png" in after


def shown(page: Page, wanted: Locator) -> Locator:
    """A control of a form that is drawn as one scrolls."""
    for _ in range(20):
        if wanted.count():
            break
        page.get_by_role("group", name=re.compile("^Feld")).last.scroll_into_view_if_needed()
        page.wait_for_timeout(100)
    return wanted.first


def choose(page: Page, field: str, answer: str | re.Pattern[str]) -> None:
    shown(page, page.get_by_role("combobox", name=field)).click()
    page.get_by_role("option", name=answer).first.click()


def test_new_event_is_sound(editor: Page, files: dict[str, str], tmp_path: Path) -> None:
    open_entry(editor, "veranstaltungen", "new")
    editor.get_by_role("textbox", name="Titel", exact=True).fill("Praxistag Lastenrad")
    editor.get_by_role("textbox", name="Beginn", exact=True).fill("2027-02-03 17:00")
    after = save(editor, files)
    ((path, _),) = changed(files, after).items()
    assert path == "data/veranstaltungen/2027-02-03-praxistag-lastenrad.md"
    assert after[path].startswith(
        "---\ntitel: Praxistag Lastenrad\nbeginn: 2027-02-03 17:00\nuid: "
    )
    is_sound(after, tmp_path)


def test_cancelled_event_changes_its_own_lines(
    editor: Page, files: dict[str, str], tmp_path: Path
) -> None:
    path = next(path for path in sorted(files, reverse=True) if "veranstaltungen/2027" in path)
    open_entry(editor, "veranstaltungen", f"entries/{Path(path).stem}")
    shown(editor, editor.get_by_role("radio", name="abgesagt")).click()
    shown(editor, editor.get_by_role("textbox", name=re.compile("^Fassung"))).fill("2")
    after = save(editor, files)
    (found,) = changed(files, after).values()
    assert [line for line in found if line[0] == "+"] == ["+status: abgesagt", "+fassung: 2"]
    is_sound(after, tmp_path)


# The form in which the page writes, without its windows: fast enough for every file.

MODULE = """async ([kind, texts]) => {
  const { read, write } = await import("/redaktion/cms/format.js");
  const table = (await (await fetch("/redaktion/format.json")).json())[kind];
  return texts.map((text) => write(table)(read(kind, table)(text)));
}"""


@pytest.fixture
def rewritten(visitor: Visitor, demo_url: str) -> Callable[[str, list[str]], list[str]]:
    page = visitor.at(demo_url)
    page.goto("/impressum/")
    return lambda kind, texts: page.evaluate(MODULE, [kind, texts])


@pytest.mark.parametrize("root", [DEMO_CITY, ROOT], ids=["Musterstadt", "the city"])
def test_every_page_is_in_the_form_in_which_it_is_edited(
    rewritten: Callable[[str, list[str]], list[str]], root: Path
) -> None:
    partnership = load(root, TODAY, None if root == ROOT else ROOT)
    for folder, kind in form.FOLDERS.items():
        paths = [path for path in form.pages(root) if path.startswith(f"{folder}/")]
        texts = [(root / path).read_text("utf-8") for path in paths]
        assert [form.formed(partnership, path) for path in paths] == texts
        assert rewritten(kind, texts) == texts


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=9)
TRICKY = st.sampled_from(
    [
        *"y=?|>~",
        "no",
        "Ja",
        "null",
        "0x1F",
        "1e3",
        "1_000",
        "12:30",
        "2019-05-14",
        "a: b",
        "a #b",
        "- a",
        "'a'",
        '"a"',
        "[a",
        "{a}",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "<<",
        ".5",
        "+.inf",
        "2001-12-14 21:59:43",
        "٣",
        "１２",
        "a\nb",
        "a\n\n  b",
        "x:",
    ]
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(TRICKY | WORDS, min_size=20, max_size=40))
def test_both_ways_to_write_agree(
    rewritten: Callable[[str, list[str]], list[str]], texts: list[str]
) -> None:
    pages = [canonical.page({"name": text, "frueher": [text, text]}, "Text") for text in texts]
    assert rewritten("mitglied", pages) == pages


def test_configuration_is_one_the_cms_knows() -> None:
    # The schema the CMS ships with the version we bundle, without its descriptions.
    schema = json.loads((ROOT / "tests/files/sveltia-cms.json").read_text("utf-8"))
    for root in (DEMO_CITY, ROOT):
        partnership = load(root, TODAY, None if root == ROOT else ROOT)
        for address in (
            "",
            "https://github.com/stadt/netz/edit/main/",
            "https://gitlab.opencode.de/a/b/c/-/edit/main/",
        ):
            made: Any = forms.configuration(partnership, forms.repository(address))
            jsonschema.Draft7Validator(schema).validate(made)
