"""The same files make the same site, wherever, by whomever and in whatever language it is built."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import DEMO_CITY
from tests.helpers import ENGINE
from tests.sites import NOON, commit, git

CONFIG = f"""\
INHERIT: {ENGINE}/mkdocs.yml
watch: []
theme: {{custom_dir: {ENGINE}/overrides}}
hooks: [{ENGINE}/hooks/build.py]
extra: {{redaktion: true}}
"""


def built(city: Path, umask: int, **surroundings: str) -> dict[str, tuple[int, bytes]]:
    """Mode and content of every file and folder of both sites."""
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))
    }
    env |= {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(NOON), **surroundings}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(
        [*command, "-f", str(city / "mkdocs.yml")],
        env=env,
        umask=umask,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    return {
        path.relative_to(city).as_posix(): (
            stat.S_IMODE(path.stat().st_mode),
            path.read_bytes() if path.is_file() else b"",
        )
        for site in ("site", "site-redaktion")
        for path in [city / site, *(city / site).rglob("*")]
    }


@pytest.mark.slow
def test_two_builds_are_one(tmp_path: Path) -> None:
    first, second = tmp_path / "stadt", tmp_path / "Ganz woanders/städtchen"
    shutil.copytree(DEMO_CITY, first)
    (first / "mkdocs.yml").write_text(CONFIG, "utf-8")
    git(first, "init", "-q")
    commit(first, "Begin", "2026-10-01T00:30:00+02:00")
    member = min(first.glob("members/*.md"))
    member.write_text(f"{member.read_text('utf-8')}\nNoch ein Satz.\n", "utf-8")
    # Past midnight in Germany, and another day elsewhere.
    commit(first, "Korrektur: Kontakt", "2026-10-05T00:30:00+02:00")
    second.parent.mkdir()
    git(tmp_path, "clone", "-q", str(first), str(second))
    one = built(first, 0o022, LANG="de_DE.UTF-8", TZ="Europe/Berlin", PYTHONHASHSEED="1")
    other = built(second, 0o077, LANG="C", LC_ALL="C", TZ="Pacific/Kiritimati", PYTHONHASHSEED="2")
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []
    modes = {mode for mode, _ in one.values()}
    assert modes == {0o755, 0o644}
    assert b"tag-2026-10-05" in one["site/aenderungen/index.html"][1]
