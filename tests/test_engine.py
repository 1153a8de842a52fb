"""The engine at arm's length: pages need no theme, and its files come along with the package."""

import os
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.helpers import MEMBER, member_text
from tests.sites import ENGINE, NOON, contents, run_build, small_city

ENVIRONMENT = os.environ | {
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
    "SOURCE_DATE_EPOCH": str(NOON),
}
# The command of the engine, as on a machine where the theme and what it brings are not installed.
WITHOUT_THEME = """
import sys
for name in ("material", "materialx", "pymdownx"):
    sys.modules[name] = None
from mkdocs.__main__ import cli
cli()
"""


def with_theme(city: Path, theme: str) -> None:
    config = city / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("theme: {", f"theme: {{name: {theme}, "))


def test_without_the_theme_only_the_style_sheet_differs(tmp_path: Path) -> None:
    with_it, without = small_city(tmp_path / "mit"), small_city(tmp_path / "ohne")
    assert run_build(with_it, "--strict", "--quiet").returncode == 0
    with_theme(without, "null")
    command = [sys.executable, "-c", WITHOUT_THEME, "build", "--strict", "--quiet"]
    subprocess.run([*command, "-f", without / "mkdocs.yml"], env=ENVIRONMENT, check=True)
    one, other = (_by_plain_names(city / "site") for city in (with_it, without))
    assert one.keys() == other.keys()
    assert {name for name, content in one.items() if other[name] != content} == {"assets/site.css"}
    assert b"<svg" in one["index.html"]
    assert b"@layer theme" in one["assets/site.css"]
    assert other["assets/site.css"] in one["assets/site.css"]


def _by_plain_names(site: Path) -> dict[str, bytes]:
    """Every file, as if names did not say what is in it."""
    named = re.compile(rb"(?<=site)\.[0-9a-f]{10}(?=\.css)")
    return {
        named.sub(b"", name.encode()).decode(): named.sub(b"", content)
        for name, content in contents(site).items()
    }


def test_a_theme_without_its_style_sheet_is_told(tmp_path: Path) -> None:
    city = small_city(tmp_path)
    with_theme(city, "mkdocs")
    done = run_build(city)
    assert done.returncode == 1
    assert "Das Thema „mkdocs“ bringt kein Stylesheet mit" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_an_installed_package_has_all_that_a_city_needs(tmp_path: Path) -> None:
    """Made as `pip install` makes it, unpacked where no checkout is near."""
    pack = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(pack, cwd=ENGINE, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    with ZipFile(wheel) as packed:
        packed.extractall(installed)
    ours = ENVIRONMENT | {"PYTHONPATH": str(installed)}
    cities = []
    for name, env in (("paket", ours), ("checkout", ENVIRONMENT)):
        city = tmp_path / name
        run = [sys.executable, "-m", "partnership.cli"]
        subprocess.run([*run, "init", city, "--stadt", "Neustadt"], env=env, check=True)
        (city / MEMBER).write_text(member_text(), "utf-8")
        subprocess.run([*run, "check", "--root", city], env=env, check=True)
        build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
        subprocess.run([*build, "-f", city / "mkdocs.yml"], env=env, check=True)
        cities.append(city)
    assert "installed/partnership/engine/" in (cities[0] / "mkdocs.yml").read_text("utf-8")
    one, other = (contents(city / "site") for city in cities)
    assert one.keys() == other.keys()
    assert [name for name, content in one.items() if other[name] != content] == []
