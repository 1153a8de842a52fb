"""The schemas an editor's program completes from: as checked in, and true of our own files."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from partnership.cli import main
from partnership.office.editing import schemas
from tests.conftest import DEMO_CITY, ROOT
from tests.helpers import SMALL_CITY

KEPT = ROOT / ".vscode/schemas"


class _Loader(yaml.CSafeLoader):
    """YAML 1.2 as editors read it: no dates, no yes and no."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(file: Path, *, is_page: bool) -> Any:
    text = file.read_text("utf-8")
    # Keys of years are texts in a schema.
    loaded = yaml.load(text.split("\n---", 1)[0] if is_page else text, Loader=_Loader)  # noqa: S506
    return json.loads(json.dumps(loaded))


def test_checked_in_schemas_are_those_of_the_model(tmp_path: Path) -> None:
    assert main(["schema", str(tmp_path)]) == 0
    made = {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()}
    kept = {file.name: file.read_text("utf-8") for file in KEPT.iterdir()}
    assert made == kept, "Bitte neu schreiben: partnerschaft schema .vscode/schemas"


def test_setting_names_every_data_file_and_no_page() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert {schema.removeprefix("./"): files[0] for schema, files in settings.items()} == dict(
        schemas.settings(".vscode/schemas")
    )
    for schema in settings:
        assert (ROOT / schema).is_file()


@pytest.mark.parametrize("kind", schemas.KINDS, ids=lambda kind: kind.name)
def test_schema_accepts_our_files_and_refuses_a_slip(kind: schemas.Kind) -> None:
    schema = json.loads((KEPT / f"{kind.name}.schema.json").read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    files = [
        file
        for city in (ROOT, DEMO_CITY, SMALL_CITY)
        for file in sorted(city.glob(kind.files))
        if kind.name != "nachricht" or file.name != "index.md"
        if kind.name != "seite" or "aktuelles/2" not in file.as_posix()
    ]
    assert files
    for file in files:
        found = read(file, is_page=kind.is_page)
        errors = [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(found)]
        assert errors == [], file
    slip = {"schluessel": {"nmae": "x"}} if kind.is_catalogue else {"nmae": "x"}
    assert list(validator.iter_errors(slip))
