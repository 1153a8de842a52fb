"""Fills the whole web form: what is typed into each field, and what is to be kept of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from playwright.sync_api import Locator, Page, expect

from partnership.model.member import Member
from partnership.reading import canonical

Typed: TypeAlias = Mapping[str, tuple[str, str]]

# What is typed into a field, and what a member's file says then.
TYPED: Typed = {
    "name": ("Vollständig Ausgefüllt AG", "Vollständig Ausgefüllt AG"),
    "anschrift.strasse": ("Musterstraße 1 a", "Musterstraße 1 a"),
    "anschrift.plz": ("01234", "01234"),
    "anschrift.ort": ("Musterstadt", "Musterstadt"),
    "website": ("https://vollstaendig.example/mobil", "https://vollstaendig.example/mobil"),
    "kontakt": ("mobil@vollstaendig.example", "mobil@vollstaendig.example"),
    "beschaeftigte": ("1.200", "1200"),
    "kennzahlen.jahr": ("2025", "2025"),
    "beitritt": ("05.2024", "2024-05"),
    "auskunft.stand": ("20.11.2026", "2026-11-20"),
    "titel": ("Unser Weg", "Unser Weg"),
    "geplant": ("03.2021", "2021-03"),
    "ziel": ("2028", "2028"),
    "laufend": ("14.5.2022", "2022-05-14"),
    "umgesetzt": ("2023", "2023"),
    "eingestellt": ("spätestens 2025", "spätestens 2025"),
    "umfang": ("12,5", "12.5"),
    "jahr": ("2025", "2025"),
    "beschreibung": ("Mit „Zitat“: und # Zeichen.", "Mit „Zitat“: und # Zeichen."),
}
PROSE = "Erster Satz: „so“.\n\nZweiter Satz – & mehr."
# The questions in a place: the path of each, how it is answered, and whether it is to be seen.
ASKED = """at => [...at.querySelectorAll("[data-field]")].map(field => [
  field.dataset.field,
  field.dataset.kind ?? field.querySelector("input, textarea").localName,
  field.checkVisibility(),
])"""
# Every type of measure that can be chosen.
TYPES = """at => [...at.querySelectorAll("[data-field=typ] option")]
  .map(each => each.value).filter(Boolean)"""


def fill(field: Locator, path: str, kind: str, choice: str, typed: Typed = TYPED) -> Any:
    """Answer a question, and give what is to be kept of it."""
    if kind == "select":
        value = field.locator("option").last.get_attribute("value")
        field.locator("select").select_option(value)
        return value
    if kind == "radio":
        wanted = choice if path.endswith("veroeffentlichung") else "ja"
        field.locator(f"input[value={wanted}]").check()
        return wanted
    if kind == "checks":
        for box in field.locator("input").all():
            box.check()
        return field.locator("label").all_inner_texts()
    text, kept = typed.get(path, (PROSE, PROSE) if kind == "textarea" else ("34", "34"))
    field.locator("input, textarea").fill(text)
    return kept


def fill_measure(group: Locator, kind: str, choice: str, typed: Typed) -> dict[str, Any]:
    """Answer every question of one measure."""
    group.locator("[data-field=typ] select").select_option(kind)
    said: dict[str, Any] = {"typ": kind}
    for path, how, is_visible in group.evaluate(ASKED):
        if path != "typ" and is_visible:
            field = group.locator(f"[data-field={path}]")
            said[path] = fill(field, path, how, choice, typed)
    if year := said.pop("jahr", None):
        said["umfang"] = {year: said["umfang"]}
    return said


def fill_everything(
    page: Page, choice: str, *, is_long: bool, typed: Typed = TYPED
) -> dict[str, Any]:
    """Answer every question, with measures of some types or of all; gives what is to be kept."""
    said: dict[str, Any] = {}
    measures: list[dict[str, Any]] = []
    form = page.locator("[data-form]")
    for path, kind, _ in form.evaluate(ASKED):
        field = form.locator(f'[data-field="{path}"]')
        if kind != "measures":
            said[path] = fill(field, path, kind, choice, typed)
            continue
        field.locator("[data-add]").click()
        types = field.evaluate(TYPES)
        for index, each in enumerate(types if is_long else types[:3]):
            if index:
                field.locator("[data-add]").click()
            last = field.locator("[data-measure]").last
            measures.append(fill_measure(last, each, choice, typed))
    return {**said, "massnahmen": measures}


def as_member(said: dict[str, Any]) -> dict[str, Any]:
    """What a member's file says of these answers, all questions for the office left out."""
    year = said["kennzahlen.jahr"]
    figures = {
        path.removeprefix("kennzahlen."): value
        for path, value in said.items()
        if path.startswith("kennzahlen.") and path != "kennzahlen.jahr"
    }
    return {
        "name": said["name"],
        "branche": said["branche"],
        "beitritt": said["beitritt"],
        # Not every city has districts.
        **({"stadtbezirk": said["stadtbezirk"]} if "stadtbezirk" in said else {}),
        "anschrift": {key: said[f"anschrift.{key}"] for key in ("strasse", "plz", "ort")},
        "website": said["website"],
        "kontakt": said["kontakt"],
        "beschaeftigte": said["beschaeftigte"],
        "auskunft": [{"stand": said["auskunft.stand"], "von": "unternehmen"}],
        "bestaetigung": "unternehmen",
        "kennzahlen": {year: figures},
        "massnahmen": said["massnahmen"],
    }


def plain(member: Member) -> Any:
    """The member's values, with nothing left out because it is usual."""
    values: Any = canonical.plain(member)
    for measure in values["massnahmen"]:
        measure.setdefault("veroeffentlichung", "einzeln")
    for figures in values["kennzahlen"].values():
        figures.setdefault("veroeffentlichung", "nur_summe")
    return values


def saved(page: Page, folder: Path, measures: int) -> Path:
    """The file in which the filled form is saved; so many measures stand in its review."""
    page.get_by_role("button", name="Angaben prüfen").click()
    assert page.locator("[data-errors] li").all_inner_texts() == []
    expect(page.locator("[data-review] h4")).to_have_count(measures)
    with page.expect_download() as download:
        page.get_by_role("link", name="Datei speichern").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file
