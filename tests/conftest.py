"""What tests in every folder share: the repository, and both sites built once for the whole run."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

ROOT = Path(__file__).resolve().parent.parent
DEMO_CITY = ROOT / "tests/cities/musterstadt"

Build = Callable[..., Path]


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
def demo_site(build: Build, demo_day: date, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictitious city with its hundred members, built on `demo_day`."""
    return build(DEMO_CITY, tmp_path_factory.mktemp("demo") / "site", day=demo_day)


@pytest.fixture(scope="session")
def city_site(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real partnership's site, built today."""
    return build(ROOT, tmp_path_factory.mktemp("city") / "site")
