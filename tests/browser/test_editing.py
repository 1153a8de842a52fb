"""The editing page in a real browser, on a copy of the files: what the office does in a year.

The folder that a person would choose is one the browser keeps for itself, filled with the files of
Musterstadt; what the page writes there is read back and checked as the build checks it.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from partnership.checking.load import load
from partnership.office.editing import form
from partnership.office.editing.configuration import configuration
from partnership.office.editing.repository import repository
from partnership.reading import canonical
from tests.browser.conftest import Visitor
from tests.browser.editing import changed, choose, is_sound, open_entry, save, shown
from tests.conftest import DEMO_CITY, ROOT
from tests.helpers import REAL_DAY

MEMBER = "members/architekturbuero-immergruen-gmbh.md"


def test_one_edited_field_changes_one_line(editor: Page, files: dict[str, str]) -> None:
    open_entry(editor, "mitglieder", f"entries/{Path(MEMBER).stem}")
    editor.get_by_role("textbox", name="Internetauftritt").fill("https://neu.example")
    after = save(editor, files)
    ((path, lines),) = changed(files, after).items()
    assert path == MEMBER
    assert [line[:9] for line in lines] == ["-website:", "+website:"]
    assert lines[1] == "+website: https://neu.example"


@pytest.mark.slow
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
    shown(editor, editor.get_by_role("textbox", name="Postleitzahl")).fill("00131")
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_goal_is_moved_with_one_line(editor: Page, files: dict[str, str], tmp_path: Path) -> None:
    path = next(
        path
        for path, text in files.items()
        if text.count("  - typ: ") == 1 and "    ziel: 20" in text and "umgesetzt" not in text
    )
    open_entry(editor, "mitglieder", f"entries/{Path(path).stem}")
    measures = editor.get_by_role("group", name=re.compile("Maßnahmen"))
    shown(editor, measures.get_by_role("button", name="Aufklappen")).click()
    moved = editor.get_by_role("group", name=re.compile("Ziel verschoben auf"))
    shown(editor, moved.get_by_role("textbox")).fill("2031")
    moved.get_by_role("button", name=re.compile("späteres Ziel")).click()
    moved.get_by_role("textbox").last.fill("2032-06")
    after = save(editor, files)
    (lines,) = changed(files, after).values()
    assert [line for line in lines if line[0] == "+"] == ["+    verschoben_auf: [2031, 2032-06]"]
    is_sound(after, tmp_path)


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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
def rewritten(visitor: Visitor, editing_url: str) -> Callable[[str, list[str]], list[str]]:
    page = visitor.at(editing_url)
    page.goto("/redaktion/handbuch/")
    return lambda kind, texts: page.evaluate(MODULE, [kind, texts])


@pytest.mark.parametrize("root", [DEMO_CITY, ROOT], ids=["Musterstadt", "the city"])
def test_every_page_is_in_the_form_in_which_it_is_edited(
    rewritten: Callable[[str, list[str]], list[str]], root: Path
) -> None:
    partnership = load(root, REAL_DAY, None if root == ROOT else ROOT)
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
        partnership = load(root, REAL_DAY, None if root == ROOT else ROOT)
        for address in (
            "",
            "https://github.com/stadt/netz/edit/main/",
            "https://gitlab.opencode.de/a/b/c/-/edit/main/",
        ):
            made: Any = configuration(partnership, repository(address, "0a1b2c"))
            jsonschema.Draft7Validator(schema).validate(made)
            # What the schema leaves open, and the CMS refuses when it starts.
            choices = [each for each in _within(made) if set(each) == {"label", "value"}]
            assert choices
            assert {type(said) for each in choices for said in each.values()} == {str}


def _within(value: Any) -> Iterator[dict[str, Any]]:
    """Every group in a configuration."""
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _within(each)
