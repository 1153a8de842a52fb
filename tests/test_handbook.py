"""What the handbook of the office says is true of the code: its keys, examples and commands."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from partnership.cli import main
from partnership.commands.create import TOWN
from partnership.model.event import News, ProsePage
from partnership.model.member import Member
from partnership.model.problems import show
from partnership.office.questionnaire import layout, package
from partnership.reading import limits, pictures
from partnership.reading.textfile import MAX_BYTES
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


@pytest.mark.parametrize(("title", "model"), reference.TABLES)
def test_its_table_has_exactly_the_keys_of_the_model(title: str, model: type[BaseModel]) -> None:
    """Written anew with: python -m tests.reference"""
    first = re.findall(r"^\| (`.+?) \|", section(title), re.MULTILINE)
    assert {key for cell in first for key in re.findall(r"`(\w+)`", cell)} == keys_of(model)


def test_a_key_without_a_row_gets_one_where_the_model_has_it() -> None:
    row = "| `logo` | Datei in `members/logos/`"
    (whole,) = [line for line in HANDBOOK.splitlines(keepends=True) if line.startswith(row)]
    written = reference.handbook(HANDBOOK.replace(whole, "| `gibt_es_nicht` | weg |\n"))
    title = Member.model_fields["logo"].title
    assert written == HANDBOOK.replace(whole, f"| `logo` | {title} |\n")
    assert reference.handbook(HANDBOOK) == HANDBOOK


@pytest.mark.parametrize(
    ("title", "model"), [("Eine Nachricht", News), ("Der Text einer Seite", ProsePage)]
)
def test_it_names_every_key_of_a_page(title: str, model: type[BaseModel]) -> None:
    assert keys_of(model) <= set(re.findall(r"`(\w+)`", section(title)))


def test_its_table_of_limits_has_those_of_the_code() -> None:
    told = section("Wie viel möglich ist")
    thousands = [limits.MOST_IN_PAGE, limits.MOST_IN_LINE, 2000]
    assert int(re.findall(r"(\d+) KiB", told)[0]) * 1024 == MAX_BYTES
    assert [f"{number:,} Zeichen".replace(",", ".") for number in thousands] == [
        f"{number} Zeichen" for number in re.findall(r"([\d.]+)(?: Zeichen| je Zeile)", told)
    ]
    assert f"| {limits.MOST_ENTRIES} |" in told
    assert f"{limits.MOST_HEADINGS} Überschriften, {limits.MOST_BRACKETS} eckige" in told
    assert f"{limits.MOST_LEVELS} Stufen" in told
    assert (
        f"{pictures.MAX_BYTES // 1_000_000} MB und {pictures.MAX_PIXELS // 1_000_000} Mega" in told
    )
    assert f"{layout.MEASURE_ROWS} Maßnahmen, {package.MOST_BYTES // 1_000_000} MB" in told


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
    """As far as it has said them: where `init` wrote the city's file, some are still open."""
    return (name for name in names_in_the_file() if TOWN not in name and "[[" not in name)


def names_in_the_file() -> Iterator[str]:
    city = yaml.safe_load((ROOT / "data/partnerschaft.yml").read_text("utf-8"))
    yield city["stadt"]
    yield from (partner["name"] for partner in city["initialpartner"])
    yield from (sister["ort"] for sister in city.get("schwesterpartnerschaften", []))
    for partner in city["initialpartner"]:
        if "website" in partner:
            yield partner["website"].removeprefix("https://").removeprefix("www.")


def test_nothing_shared_names_the_city() -> None:
    """Prose, code, templates, catalogues. News are the city's own; no other takes them over."""
    names = list(names_of_the_city())
    assert names or TOWN in (ROOT / "data/partnerschaft.yml").read_text("utf-8")
    forms = (form for name in names for form in (name, name.replace("ü", "ue")))
    # Some cities are called like other things: Hof, Essen. A longer word is not about the city.
    words = re.compile(
        "|".join(rf"\b{re.escape(form)}(?:er[ns]?|s)?\b" for form in forms) or "(?!)"
    )
    files = [
        file
        for folder in ("content", "hooks", "overrides")
        for file in (ROOT / folder).rglob("*")
        if file.suffix in {".md", ".py", ".html", ".js", ".css", ".xml", ".yml", ".txt"}
        and "aktuelles" not in file.parts
    ]
    own = {"partnerschaft.yml", "stadtbezirke.yml", "barrierefreiheit.yml", "jahressummen.yml"}
    files += [file for file in (ROOT / "data").glob("*.yml") if file.name not in own]
    assert len(files) > 100
    found = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in files
        if (match := words.search(file.read_text("utf-8")))
    ]
    assert found == []
