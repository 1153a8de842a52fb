"""What tests in every folder share: the repository, and both sites built once for the whole run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from filelock import FileLock

from partnership.site import engine
from tests.hostile.trial import taken
from tests.sites import run_build, small_city

# Not beside the tests: where changed code is tried (`make mutants`), these are copies.
ROOT = engine.FOLDER
DEMO_CITY = ROOT / "tests/cities/musterstadt"

Build = Callable[..., Path]
Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def demo_day() -> date:
    """The day on which the demonstration is built, so that its past and its future are known."""
    return date(2026, 11, 23)


@pytest.fixture(scope="session")
def build() -> Build:
    """Builds a city's folder strictly: `build(city, site, day=…, engine="properdocs")`."""

    def run(city: Path, site: Path, *, day: date | None = None, engine: str = "mkdocs") -> Path:
        env = os.environ | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
        env.pop("SOURCE_DATE_EPOCH", None)
        if day is not None:
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Berlin"))
            env["SOURCE_DATE_EPOCH"] = str(int(noon.timestamp()))
        command = [sys.executable, "-m", engine, "build", "--strict", "--quiet"]
        done = subprocess.run(
            [*command, "-f", city / "mkdocs.yml", "-d", site],
            env=env,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{engine} build of {city.name}:\n{done.stdout}{done.stderr}"
        assert not done.stderr, f"{engine} build of {city.name} is not silent:\n{done.stderr}"
        return site

    return run


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Makes a folder that all processes of a run share: `once(name, make)` calls `make(folder)` in
    the process that asks first. Nothing may be written into it afterwards.

    `make test` is two runs, without a browser and with one; TEST_SITES names what they share.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    shared = Path(os.environ.get("TEST_SITES") or shared)

    def make_or_wait(name: str, make: Callable[[Path], object]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                # What an attempt that failed has left is no part of the next one.
                shutil.rmtree(folder, ignore_errors=True)
                make(folder)
                done.touch()
        return folder

    return make_or_wait


@pytest.fixture(scope="session")
def hostile_site(once: Once) -> Path:
    """A city of every hostile input that the check takes."""

    def make(folder: Path) -> None:
        city = small_city(folder / "alle", taken(folder / "einzeln"))
        done = run_build(city, "--strict", "--quiet")
        assert done.returncode == 0, done.stderr

    return once("feindlich", make) / "alle/stadt/site"


@pytest.fixture(scope="session")
def demo_site(build: Build, demo_day: date, once: Once) -> Path:
    """The fictitious city with its hundred members, built on `demo_day`."""
    return once("demo", lambda folder: build(DEMO_CITY, folder, day=demo_day))


@pytest.fixture(scope="session")
def demo_editing(demo_site: Path) -> Path:
    """The editing page of the fictitious city, a site of its own: its mkdocs.yml asks for one."""
    return demo_site.with_name(f"{demo_site.name}-redaktion")


@pytest.fixture(scope="session")
def city_site(build: Build, once: Once) -> Path:
    """The real partnership's site, built today."""
    return once("city", lambda folder: build(ROOT, folder))
