"""The same site from both engines: MkDocs, and ProperDocs which takes its place one day."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import DEMO_CITY, Build

# Each engine signs its pages, and the theme names itself with it.
SIGNATURE = re.compile(rb'<meta name="generator" content="[^"]*">')


def contents(site: Path) -> dict[str, bytes]:
    """Every file of a site by its address."""
    return {
        path.relative_to(site).as_posix(): SIGNATURE.sub(b"", path.read_bytes())
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


@pytest.mark.slow
def test_properdocs_builds_the_same_site(
    build: Build, demo_site: Path, demo_day: date, tmp_path: Path
) -> None:
    other = contents(build(DEMO_CITY, tmp_path / "site", day=demo_day, engine="properdocs"))
    first = contents(demo_site)
    assert other.keys() == first.keys()
    assert [address for address, body in first.items() if other[address] != body] == []
