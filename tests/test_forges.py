"""What both forges are told to do: in a form they take, safe for outsiders, pinned to hashes."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted(ROOT.glob(".github/workflows/*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
SCHEMAS = {
    **dict.fromkeys(WORKFLOWS, "vendor.github-workflows"),
    GITLAB: "vendor.gitlab-ci",
    ROOT / ".github/dependabot.yml": "vendor.dependabot",
    ROOT / "renovate.json": "vendor.renovate",
}
RELEASE = ROOT / ".github/workflows/release.yml"
WATCH = ROOT / ".github/workflows/watch.yml"
# These test on every Python; a release is made of what they have tested, watching needs no test.
EVERY_PYTHON = [path for path in WORKFLOWS if path not in {RELEASE, WATCH}]
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


def read(path: Path) -> dict[Any, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def values(tree: object, key: str) -> Iterator[object]:
    """What stands behind `key` anywhere in a file."""
    if isinstance(tree, dict):
        if key in tree:
            yield tree[key]
        for below in tree.values():
            yield from values(below, key)
    elif isinstance(tree, list):
        for below in tree:
            yield from values(below, key)


@pytest.mark.slow
@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_file_follows_the_published_schema(path: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[path], path]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


def test_gitlab_takes_the_names_of_what_it_shows() -> None:
    """A rule that its schema does not know: ASCII letters, digits, _, - and spaces."""
    names = list(values(read(GITLAB), "expose_as"))
    assert names
    for name in names:
        assert re.fullmatch(r"[A-Za-z0-9_ -]{1,100}", str(name)), name


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_and_says_its_version(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = re.findall(r"uses:(.*)", text)
    assert lines
    for line in lines:
        assert re.fullmatch(r" [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line
    # One version of an action in all workflows.
    everywhere = "".join(each.read_text(encoding="utf-8") for each in WORKFLOWS)
    for action in set(re.findall(r"uses: (.*)@", text)):
        assert len(set(re.findall(rf"uses: {action}@(.*)", everywhere))) == 1, action


def test_nothing_is_installed_but_what_is_locked() -> None:
    """By make with hashes, by npm from its lock, from Debian; no tool straight from a registry."""
    files = [*WORKFLOWS, GITLAB, *ROOT.glob(".ci/*"), ROOT / ".devcontainer/devcontainer.json"]
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\bpip3? install|\bpipx\b|\buvx?\b|\bnpx\b|npm (?:i|install)\b", text)
        assert not re.search(r"\b(?:curl|wget)\b", text), path


def test_a_release_is_attested_with_its_bills_of_materials() -> None:
    jobs = read(RELEASE)["jobs"]
    assert set(jobs["publish"]["needs"]) == {"test", "build"}
    built = " ".join(step.get("run", "") for step in jobs["build"]["steps"])
    for command in (".ci/release.py", "hatchling build", "make sbom", "sha256sum"):
        assert command in built
    attested = [step["with"] for step in jobs["publish"]["steps"] if "actions/attest@" in str(step)]
    assert [each.get("sbom-path") for each in attested] == [
        None,
        "dist/build.cdx.json",
        "dist/browser.cdx.json",
    ]
    # A cache could hold what somebody else has put there.
    assert "cache" not in str(jobs)


def test_newer_versions_of_everything_bundled_are_proposed() -> None:
    dependabot = read(ROOT / ".github/dependabot.yml")["updates"]
    renovate = json.loads((ROOT / "renovate.json").read_text(encoding="utf-8"))
    folders = {
        path.parent.relative_to(ROOT).as_posix()
        for path in (ROOT / "overrides").glob("*/source/package.json")
    }
    assert len(folders) == 2
    (npm,) = (each for each in dependabot if each["package-ecosystem"] == "npm")
    assert set(npm["directories"]) == {f"/{folder}" for folder in folders}
    (pip,) = (each for each in dependabot if each["package-ecosystem"] == "pip")
    assert list((ROOT / pip["directory"].strip("/")).glob("*.txt"))
    (locks,) = renovate["pip_requirements"]["managerFilePatterns"]
    for file in (ROOT / "requirements").glob("*.txt"):
        assert re.search(locks.strip("/"), f"requirements/{file.name}")
    # Fonts and library that stand in other files than a lock.
    found: set[str] = set()
    for manager in renovate["customManagers"]:
        (pattern,) = manager["managerFilePatterns"]
        (match,) = manager["matchStrings"]
        for file in (*ROOT.glob("overrides/*/source/*.mjs"), *ROOT.glob("hooks/**/*.py")):
            path = file.relative_to(ROOT).as_posix()
            if re.search(pattern[1:-1], path):
                named = match.replace("(?<", "(?P<")
                hits = [each["depName"] for each in re.finditer(named, file.read_text("utf-8"))]
                assert hits, (path, match)
                found.update(hits)
    assert found == {
        *("source-sans-3", "noto-mono", "material-symbols-outlined"),
        *("minisearch", "fontsource/fira-sans"),
    }


def test_every_image_is_pinned() -> None:
    found = list(values(read(GITLAB), "image"))
    assert found
    for image in found:
        assert re.fullmatch(r"python:3\.\d+\.\d+-trixie@sha256:[0-9a-f]{64}", str(image)), image
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
    assert container["image"] == read(GITLAB)["default"]["image"]
    assert not list(values(read(GITLAB), "services"))
    for path in WORKFLOWS:
        assert not list(values(read(path), "container")), path
        assert not list(values(read(path), "services")), path


@pytest.mark.parametrize("path", EVERY_PYTHON, ids=lambda path: path.name)
def test_github_tests_every_supported_python(path: Path) -> None:
    job = read(path)["jobs"]["test"]
    assert job["strategy"]["matrix"]["python"] == PYTHONS


def test_gitlab_tests_every_supported_python() -> None:
    file = read(GITLAB)
    for version in PYTHONS:
        job = file[f"Tests mit Python {version}"]
        image = job.get("image", file["default"]["image"])
        assert image.startswith(f"python:{version}."), image


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflow_is_safe_for_pull_requests_from_outside(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    workflow = read(path)
    # YAML 1.1 reads the key `on` as true.
    assert "pull_request_target" not in workflow[True]
    assert "secrets." not in text
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        assert job["timeout-minutes"] <= 60, name
        # The rights to publish are given on the main branch only, and for a version's tag.
        written = {right for right, level in job.get("permissions", {}).items() if level == "write"}
        if written:
            is_release = path == RELEASE
            where = "refs/tags/v" if is_release else "github.ref == 'refs/heads/main'"
            assert where in job["if"], name
        # What has been merged may tell of itself in an issue.
        if written - {"issues"}:
            # Such a job runs nothing of the repository's, and somebody has to agree to it.
            assert job["environment"]["name"] == ("release" if is_release else "github-pages")
            assert not any("checkout" in step.get("uses", "") for step in job["steps"])
        for step in job["steps"]:
            # What an outsider writes (a branch's name, say) never becomes part of a command.
            assert "github.event" not in step.get("run", "")
            assert "github.head_ref" not in step.get("run", "")


def test_both_forges_do_the_same() -> None:
    github = "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    gitlab = GITLAB.read_text(encoding="utf-8")
    for text in (github, gitlab):
        for command in [
            "check --format",
            ".ci/run",
            ".ci/bundle",
            ".ci/watch",
            "make site",
            "make engines",
        ]:
            assert command in text
