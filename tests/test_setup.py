"""What a fresh clone, a mirror behind a proxy and a pull request from outside rely on."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ["site", "test"]
WORKFLOWS = sorted(Path(__file__).parent.parent.glob(".github/workflows/*.yml"))


def locked(root: Path, lock: str) -> list[tuple[Requirement, str]]:
    """Each locked requirement, with the text of its hashes."""
    text = (root / f"requirements/{lock}.txt").read_text(encoding="utf-8")
    entries = re.findall(r"^(\S[^\\\n]*?) *\\\n((?: +--hash=.*\n?)+)", text, re.MULTILINE)
    return [(Requirement(name), hashes) for name, hashes in entries]


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_registry(root: Path, lock: str) -> None:
    text = (root / f"requirements/{lock}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(
        r"^\s*(-i|-f|--index|--extra-index|--find-links|--trusted)", text, re.MULTILINE
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_locked_to_hashes(root: Path, lock: str) -> None:
    text = (root / f"requirements/{lock}.txt").read_text(encoding="utf-8")
    entries = locked(root, lock)
    assert len(entries) == len(re.findall(r"^[A-Za-z]", text, re.MULTILINE)) > 20
    for requirement, hashes in entries:
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), requirement
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", hashes), requirement


def test_locks_agree(root: Path) -> None:
    site = {str(requirement) for requirement, _ in locked(root, "site")}
    test = {str(requirement) for requirement, _ in locked(root, "test")}
    assert site < test


def test_locks_follow_the_project_file(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    asked = {
        "site": project["project"]["dependencies"] + groups["build"],
        "test": groups["test"],
    }
    for lock, wanted in asked.items():
        versions: dict[str, list[str]] = {}
        for requirement, _ in locked(root, lock):
            (pin,) = requirement.specifier
            versions.setdefault(canonicalize_name(requirement.name), []).append(pin.version)
        for line in wanted:
            requirement = Requirement(line)
            found = versions.get(canonicalize_name(requirement.name), [])
            assert found, f"{line} is not locked: run `make lock`"
            assert all(map(requirement.specifier.contains, found)), f"{line}: locked {found}"


def test_make_has_the_promised_targets(root: Path) -> None:
    listed = subprocess.run(
        ["make", "help"], cwd=root, capture_output=True, encoding="utf-8", check=True
    ).stdout
    for target in ["site", "serve", "demo", "test", "check", "engines", "audit", "lock", "clean"]:
        assert f"make {target} " in listed


def test_ci_runs_what_developers_run(root: Path) -> None:
    script = root / ".ci/run"
    assert script.stat().st_mode & 0o111
    assert script.read_text(encoding="utf-8").rstrip().endswith("make test")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflow_is_safe_for_pull_requests_from_outside(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    workflow: dict[Any, Any] = yaml.safe_load(text)
    # YAML 1.1 reads the key `on` as true.
    assert "pull_request_target" not in workflow[True]
    assert "secrets." not in text
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        assert job["timeout-minutes"] <= 60, name
        # The rights to publish are given on the main branch only.
        rights = set(job.get("permissions", {}).values())
        assert "write" not in rights or "github.ref == 'refs/heads/main'" in job["if"], name
        for step in job["steps"]:
            assert re.search(r"@v\d+$", step.get("uses", "own@v1")), step
            # What an outsider writes (a branch's name, say) never becomes part of a command.
            assert "github.event" not in step.get("run", "")
            assert "github.head_ref" not in step.get("run", "")


def test_both_forges_do_the_same(root: Path) -> None:
    github = "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    gitlab = (root / ".gitlab-ci.yml").read_text(encoding="utf-8")
    yaml.safe_load(gitlab)
    for text in (github, gitlab):
        for command in ["check --format", ".ci/run", "make site", "make engines"]:
            assert command in text


def test_licence_text_is_complete(root: Path) -> None:
    text = (root / "LICENSE").read_text(encoding="utf-8")
    assert text.split()[:6] == ["EUROPEAN", "UNION", "PUBLIC", "LICENCE", "v.", "1.2"]
    for article in range(1, 16):
        assert re.search(rf"^{article}\. [A-Z]", text, re.MULTILINE), article
    assert len(re.findall(r"[a-zéû]+|\d+", text.lower())) == 2239
