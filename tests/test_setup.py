"""What a fresh clone and a mirror behind a proxy rely on."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# What is installed for each purpose, with as many packages as it needs at least.
LOCKS = {"site": 20, "test": 20, "s3-server": 5, "lock": 1, "mutants": 5, "fuzz": 1}


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
    assert len(entries) == len(re.findall(r"^[A-Za-z]", text, re.MULTILINE)) >= LOCKS[lock]
    for requirement, hashes in entries:
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), requirement
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", hashes), requirement


def test_nothing_else_is_installed(root: Path) -> None:
    assert {file.stem for file in (root / "requirements").glob("*.txt")} == set(LOCKS)
    text = (root / "Makefile").read_text(encoding="utf-8")
    installs = re.findall(r"^\t.*(?:\$\(INSTALL\)|install -qq).*", text, re.MULTILINE)
    assert len(installs) >= len(LOCKS)
    for line in installs:
        assert "$(INSTALL) requirements/" in line or "--editable ." in line or line.endswith("\\")
    # A package that comes as source is built by what is locked, too.
    assert "$(INSTALL) requirements/test.txt --no-build-isolation" in text


def test_locks_agree(root: Path) -> None:
    site = {str(requirement) for requirement, _ in locked(root, "site")}
    test = {str(requirement) for requirement, _ in locked(root, "test")}
    assert site < test


def test_locks_follow_the_project_file(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    asked = {
        "site": project["project"]["dependencies"] + groups["build"],
        **{lock: groups[lock] for lock in LOCKS if lock in groups},
    }
    for lock, wanted in asked.items():
        versions: dict[str, list[str]] = {}
        for requirement, _ in locked(root, lock):
            (pin,) = requirement.specifier
            versions.setdefault(canonicalize_name(requirement.name), []).append(pin.version)
        for line in wanted:
            requirement = Requirement(line)
            found = versions.get(canonicalize_name(requirement.name), [])
            if requirement.marker:  # one of several lines, each for some Pythons
                found = [each for each in found if requirement.specifier.contains(each)]
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
    commands = [line.strip() for line in script.read_text(encoding="utf-8").splitlines()]
    assert "make test" in commands


def test_commits_are_looked_at_with_the_tools_of_the_environment(root: Path) -> None:
    path = root / ".pre-commit-config.yaml"
    validate = [sys.executable, "-m", "pre_commit", "validate-config", path]
    assert subprocess.run(validate, check=False).returncode == 0
    for repository in yaml.safe_load(path.read_text(encoding="utf-8"))["repos"]:
        assert repository["repo"] == "local"
        for hook in repository["hooks"]:
            assert hook["language"] == "system"
            command = Path(hook["entry"].split()[0])
            assert command.parent == Path(".venv/bin")
            assert Path(sys.executable).with_name(command.name).is_file(), hook


@pytest.mark.parametrize(("chromium", "passes"), [(True, True), (False, False)])
def test_without_a_browser_one_sentence_says_what_to_install(
    root: Path, tmp_path: Path, chromium: bool, passes: bool
) -> None:
    """On a path with or without a Chromium; nobody here may install one, nor can Playwright."""
    for name, exits in {
        "sudo": 1,
        "apt-get": 1,
        "playwright": 1,
        **({"chromium": 0} if chromium else {}),
    }.items():
        command = tmp_path / name
        command.write_text(f"#!/bin/sh\nexit {exits}\n", encoding="utf-8")
        command.chmod(0o755)
    (tmp_path / "id").symlink_to(shutil.which("id") or "")
    done = subprocess.run(
        ["/bin/sh", root / "tests/browser/ensure-chromium", tmp_path / "playwright"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode == 0) == passes
    assert ("please install your system's package 'chromium'" in done.stderr) != passes
    assert len(done.stderr.splitlines()) <= 1


def test_linters_and_what_needs_no_browser_come_before_the_browser(root: Path) -> None:
    plan = subprocess.run(
        ["make", "--dry-run", "test"], cwd=root, capture_output=True, encoding="utf-8", check=True
    ).stdout
    steps = ["ruff check", "mypy", "--ignore=tests/browser", "ensure-chromium", " tests/browser"]
    places = [plan.index(step) for step in steps[:-1]]
    assert [*places, plan.rindex(steps[-1])] == sorted([*places, plan.rindex(steps[-1])])


def test_licence_text_is_complete(root: Path) -> None:
    text = (root / "LICENSE").read_text(encoding="utf-8")
    assert text.split()[:6] == ["EUROPEAN", "UNION", "PUBLIC", "LICENCE", "v.", "1.2"]
    for article in range(1, 16):
        assert re.search(rf"^{article}\. [A-Z]", text, re.MULTILINE), article
    assert len(re.findall(r"[a-zéû]+|\d+", text.lower())) == 2239
