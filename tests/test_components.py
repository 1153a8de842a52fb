"""What others made of the pages: listed with version and licence, said to visitors, and what its
packages make.
"""

import importlib.metadata
import json
import re
import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from typing import Any

import material
import pytest
from bs4 import BeautifulSoup

from partnership.site.components import BUNDLED, COMPONENTS
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

OVERRIDES = ROOT / "overrides"
SOURCES = (OVERRIDES / "assets/source", OVERRIDES / "redaktion/source")


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_every_file_of_others_is_listed() -> None:
    there = {
        *(OVERRIDES / "assets/fonts").glob("*.woff2"),
        *(OVERRIDES / "assets/js/vendor").glob("*.js"),
        *(OVERRIDES / "symbols").rglob("*.svg"),
    }
    listed = [ROOT / file for each in BUNDLED for file in each.files]
    assert len(listed) == len(set(listed))
    assert set(listed) == there
    # Any other font or library would be one that nobody has listed.
    fonts = {file for file in OVERRIDES.rglob("*.woff2") if "node_modules" not in file.parts}
    assert fonts - there == set((OVERRIDES / "redaktion/cms/assets").glob("*.woff2"))


@pytest.mark.parametrize("folder", SOURCES, ids=lambda folder: folder.parent.name)
def test_npm_packages_are_locked_without_a_registry(folder: Path) -> None:
    package = read(folder / "package.json")
    asked = {**package.get("dependencies", {}), **package["devDependencies"]}
    lock = read(folder / "package-lock.json")["packages"]
    assert {**lock[""].get("dependencies", {}), **lock[""]["devDependencies"]} == asked
    for name, version in asked.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert lock[f"node_modules/{name}"]["version"] == version
    for place, each in lock.items():
        assert not place or each["integrity"].startswith("sha512-"), place
        assert "resolved" not in each, place


def test_versions_are_those_of_the_packages() -> None:
    asked = read(SOURCES[0] / "package.json")["devDependencies"]
    packages = {each.package for each in BUNDLED if "pkg:npm" in each.package}
    assert packages == {
        f"pkg:npm/{name.replace('@', '%40')}@{version}"
        for name, version in asked.items()
        if name != "esbuild"
    }
    search = (OVERRIDES / "assets/js/vendor/minisearch.js").read_text("utf-8")
    assert search.startswith(f"/*! MiniSearch {asked['minisearch']}, MIT")


def test_symbols_and_licence_are_those_of_the_theme() -> None:
    theme = Path(material.__file__).parent / "templates/.icons/material"
    for file in (OVERRIDES / "symbols/material").glob("*.svg"):
        assert file.read_bytes() == (theme / file.name).read_bytes(), file.name
    (licence,) = (
        path
        for path in importlib.metadata.files("mkdocs-material") or ()
        if path.name == "LICENSE" and "dist-info" in str(path)
    )
    kept = OVERRIDES / "licences/material-for-mkdocs.txt"
    assert kept.read_bytes() == Path(str(licence.locate())).read_bytes()


def test_visitors_are_told_and_get_the_licences(demo_site: Path) -> None:
    page = BeautifulSoup((demo_site / "lizenzen/index.html").read_text("utf-8"), "lxml")
    says = {
        "EUPL-1.2": "EUROPEAN UNION PUBLIC LICENCE",
        "OFL-1.1": "SIL OPEN FONT LICENSE Version 1.1",
        "MIT": "Permission is hereby granted, free of charge",
        "Apache-2.0": "Apache License",
    }
    main = page.select_one("main")
    assert main is not None
    for each in COMPONENTS:
        entry = next(term for term in main.select("dt") if each.name in term.get_text())
        told = entry.find_next_sibling("dd")
        assert told is not None
        assert each.holder in told.get_text()
        assert each.version in entry.get_text()
        link = told.select_one("a[rel=license]")
        assert link is not None
        text = (demo_site / "lizenzen" / str(link["href"])).resolve().read_text("utf-8")
        assert says[each.licence] in text
        assert each.licence_name in link.get_text()
    home = BeautifulSoup((demo_site / "index.html").read_text("utf-8"), "lxml")
    assert home.select_one('footer a[href="lizenzen/"]') is not None
    # What they are made from stays at home.
    assert not (demo_site / "assets/source").exists()
    assert not (demo_site / "licences").exists()


@pytest.fixture(scope="module")
def bills(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sbom")
    command = [sys.executable, "-W", "error::DeprecationWarning", ROOT / ".ci/sbom.py", folder]
    subprocess.run(command, check=True)
    return folder


@pytest.mark.parametrize("name", ["build", "browser"])
def test_bill_is_sound(bills: Path, name: str) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = (bills / f"{name}.cdx.json").read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = json.loads(text)
    # What the action that attests asks for before it takes a file for CycloneDX.
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert "timestamp" not in bill["metadata"]
    refs = {each["bom-ref"] for each in bill["components"]}
    refs.add(bill["metadata"]["component"]["bom-ref"])
    named = [each for edge in bill["dependencies"] for each in edge.get("dependsOn", [])]
    assert named
    assert {*named, *(edge["ref"] for edge in bill["dependencies"])} <= refs


def test_bill_of_the_build_has_every_locked_package_with_its_hashes(bills: Path) -> None:
    bill = read(bills / "build.cdx.json")
    lock = (ROOT / "requirements/site.txt").read_text("utf-8")
    packages = {
        f"pkg:pypi/{name}@{version}"
        for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE)
    }
    assert {each["purl"] for each in bill["components"]} == packages
    hashes = {
        value["content"]
        for each in bill["components"]
        for reference in each["externalReferences"]
        for value in reference.get("hashes", ())
    }
    assert set(re.findall(r"sha256:([0-9a-f]{64})", lock)) <= hashes
    # Only what another Python or system would get is not installed, and says nothing of itself.
    silent = [each["name"] for each in bill["components"] if "licenses" not in each]
    assert len(silent) < len(packages) / 10, silent


def test_bill_of_the_browser_has_what_pages_and_the_editing_page_are_made_of(bills: Path) -> None:
    parts = {each["bom-ref"]: each for each in read(bills / "browser.cdx.json")["components"]}
    names = {each["name"] for each in parts.values()}
    assert {each.name for each in BUNDLED} <= names
    lock = read(SOURCES[1] / "package-lock.json")["packages"]
    for name, version in read(SOURCES[1] / "package.json")["dependencies"].items():
        part = parts[f"pkg:npm/{name.replace('@', '%40')}@{version}"]
        assert part["licenses"]
        encoded = lock[f"node_modules/{name}"]["integrity"].removeprefix("sha512-")
        assert [each["content"] for each in part["hashes"]] == [b64decode(encoded).hex()]
    fonts = list((OVERRIDES / "redaktion/cms/assets").glob("*.woff2"))
    assert sum("@fontsource" in name for name in names) == len(fonts)
    files = {file["name"] for each in parts.values() for file in each.get("components", ())}
    assert {file for each in BUNDLED for file in each.files} <= files
    assert "overrides/redaktion/cms/redaktion.js" in files
    assert all(each["version"] for each in parts.values())
