"""The editing page is a site of its own: off by default, never beside what visitors see; and all
that is in its bundle is known by name, version and licence.
"""

import json
import re
from pathlib import Path

import pytest
from packaging.version import Version

from tests.conftest import ROOT
from tests.sites import Site, run_build, small_city

SOURCE = ROOT / "overrides/redaktion/source"


@pytest.mark.parametrize("setting", ["", "extra: {redaktion: false}\n"], ids=["default", "off"])
def test_nothing_of_it_is_built_by_default(tmp_path: Path, setting: str) -> None:
    city = small_city(tmp_path)
    config = city / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + setting, "utf-8")
    done = run_build(city, "--strict", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert not [name for name in Site(city / "site").files if "redaktion" in name]
    assert not (city / "site-redaktion").exists()


def test_switched_on_it_is_another_site_and_the_public_one_stays_the_same(tmp_path: Path) -> None:
    cities = [small_city(tmp_path / name) for name in ("off", "on")]
    config = cities[1] / "mkdocs.yml"
    config.write_text(f"{config.read_text('utf-8')}extra: {{redaktion: true}}\n", "utf-8")
    for city in cities:
        done = run_build(city, "--strict", "--quiet")
        assert (done.returncode, done.stderr) == (0, "")
    off, on = (Site(city / "site") for city in cities)
    assert off.files == on.files
    own = Site(cities[1] / "site-redaktion")
    tops = {name.split("/")[0] for name in own.files}
    assert tops == {"index.html", "404.html", "assets", "redaktion"}
    assert not [name for name in own.files if name.startswith("redaktion/source/")]
    # Nobody's entry is served from where the token lies.
    assert own.files_with("Handelshaus Probe") == []
    for page in (cities[1] / "site-redaktion").rglob("*.html"):
        for link in re.findall(r'(?:src|href)="([^":#]+)"', page.read_text("utf-8")):
            top = cities[1] / "site-redaktion" if link.startswith("/") else page.parent
            target = top / link.lstrip("/")
            assert (target / "index.html" if link.endswith("/") else target).is_file(), link
            assert target.resolve().is_relative_to(cities[1] / "site-redaktion"), link


def test_a_failed_build_leaves_both_sites_as_they_were(tmp_path: Path) -> None:
    city = small_city(tmp_path)
    config = city / "mkdocs.yml"
    config.write_text(f"{config.read_text('utf-8')}extra: {{redaktion: true}}\n", "utf-8")
    assert run_build(city, "--strict").returncode == 0
    before = (city / "site-redaktion/index.html").stat().st_mtime_ns
    (city / "members/muster.md").write_text("---\nname: [\n", "utf-8")
    assert run_build(city, "--strict").returncode != 0
    assert (city / "site-redaktion/index.html").stat().st_mtime_ns == before
    assert not [path for path in city.iterdir() if ".neu-" in path.name]


def test_no_part_of_the_bundle_has_a_known_fault() -> None:
    """What is bundled stands in package.json, so that whoever looks for faults finds it there."""
    lock = json.loads((SOURCE / "package-lock.json").read_text("utf-8"))["packages"]
    yaml = [part for way, part in lock.items() if way.endswith("node_modules/yaml")]
    assert yaml
    assert all(Version(part["version"]) >= Version("2.8.3") for part in yaml)  # CVE-2026-33532
    assert not [way for way, part in lock.items() if "resolved" in part]


def test_the_notices_name_every_part_of_the_bundle() -> None:
    text = (ROOT / "overrides/redaktion/cms/LICENSE.txt").read_text("utf-8")
    named = dict(re.findall(r"(?m)^((?:@[\w-]+/)?[\w.-]+) (\d+\.\d+\.\d+)(?: \(.+\))?$", text))
    asked = json.loads((SOURCE / "package.json").read_text("utf-8"))["dependencies"]
    assert asked.items() <= named.items()
    # Known to package.json, or what its own text is kept for.
    kept = {path.stem for path in (SOURCE / "licences").glob("*.txt")}
    assert named.keys() <= asked.keys() | kept
    for font in (ROOT / "overrides/redaktion/cms/assets").glob("*.woff2"):
        assert f"Font {font.name.partition('-latin')[0]}\n" in text
    assert text.count("Permission is hereby granted") > 30
    assert "SIL OPEN FONT LICENSE" in text
    assert "Apache License" in text
