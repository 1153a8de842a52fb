"""What the handbook of the office says is true of the code: its keys, examples and commands."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from partnership.cli import main
from partnership.model.event import Event, News, ProsePage
from partnership.model.member import Measure, Member
from partnership.problems import show
from tests import reference
from tests.conftest import ROOT
from tests.helpers import SMALL_CITY, inspected

HANDBOOK = (ROOT / "REDAKTION.md").read_text("utf-8")


def section(title: str) -> str:
    found = re.search(rf"^(#+) {title}$(.+?)(?=^#{{1,3}} |\Z)", HANDBOOK, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[2]


def keys_of(model: type[BaseModel]) -> set[str]:
    return {str(field.alias) for field in model.model_fields.values()}


@pytest.mark.parametrize(
    ("title", "model"),
    [
        ("Angaben eines Mitglieds", Member),
        ("Angaben einer Maßnahme", Measure),
        ("Eine Veranstaltung", Event),
    ],
)
def test_its_table_has_exactly_the_keys_of_the_model(title: str, model: type[BaseModel]) -> None:
    first = re.findall(r"^\| (`.+?) \|", section(title), re.MULTILINE)
    assert {key for cell in first for key in re.findall(r"`(\w+)`", cell)} == keys_of(model)


@pytest.mark.parametrize(
    ("title", "model"), [("Eine Nachricht", News), ("Der Text einer Seite", ProsePage)]
)
def test_it_names_every_key_of_a_page(title: str, model: type[BaseModel]) -> None:
    assert keys_of(model) <= set(re.findall(r"`(\w+)`", section(title)))


def test_the_reference_is_that_of_the_model() -> None:
    """Written anew with: python -m tests.reference"""
    assert reference.FILE.read_text("utf-8") == reference.text()
    assert "data/ANGABEN.md" in HANDBOOK


def test_its_example_of_a_member_is_sound(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(---\nname: .+?)```", HANDBOOK, re.DOTALL)
    logo = (SMALL_CITY / "members/logos/beispielwerke.svg").read_bytes()
    files = {"members/beispielwerke.md": example, "members/logos/beispielwerke.svg": logo}
    loaded = inspected(tmp_path, files)
    assert show(loaded.problems, "text") == ""


def test_its_commands_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    made = set(re.findall(r"`make (\w+)`", HANDBOOK))
    assert made
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in made)
    called = set(re.findall(r"`partnerschaft (\w+)", HANDBOOK))
    assert {"new", "check", "report"} <= called
    for command in called:
        with pytest.raises(SystemExit) as left:
            main([command, "--help"])
        assert left.value.code == 0, command


# Another city takes all of this over; what it says of a city comes from data/.


def names_of_the_city() -> Iterator[str]:
    city = yaml.safe_load((ROOT / "data/partnerschaft.yml").read_text("utf-8"))
    yield city["stadt"]
    yield from (partner["name"] for partner in city["initialpartner"])
    yield from (sister["ort"] for sister in city["schwesterpartnerschaften"])
    for partner in city["initialpartner"]:
        yield partner["website"].removeprefix("https://").removeprefix("www.")


def test_nothing_shared_names_the_city() -> None:
    """Prose, code, templates, catalogues. News are the city's own; no other takes them over."""
    names = list(names_of_the_city())
    assert len(names) > 8
    words = re.compile(
        "|".join(
            rf"\b{re.escape(form)}" for name in names for form in {name, name.replace("ü", "ue")}
        )
    )
    files = [
        file
        for folder in ("content", "hooks", "overrides")
        for file in (ROOT / folder).rglob("*")
        if file.suffix in {".md", ".py", ".html", ".js", ".css", ".xml", ".yml", ".txt"}
        and "aktuelles" not in file.parts
    ]
    own = {"partnerschaft.yml", "stadtbezirke.yml"}
    files += [file for file in (ROOT / "data").glob("*.yml") if file.name not in own]
    assert len(files) > 100
    found = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in files
        if (match := words.search(file.read_text("utf-8")))
    ]
    assert found == []
