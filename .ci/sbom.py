"""Bills of materials (CycloneDX) of what builds and of what reaches a browser: `make sbom`.

    python .ci/sbom.py FOLDER

`build.cdx.json` has the locked packages with their hashes, and what of licences and dependencies
the environment knows of them. `browser.cdx.json` has what pages are made of, by the list behind the
page of licences, and what is in the bundle of the editing page, by the notices its bundling writes.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from partnership.site import components

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements/site.txt"
EDITING = ROOT / "overrides/redaktion"
VERSION = SchemaVersion.V1_6
# The notices: a package with its version and licence on the first line, a rule between two.
_RULE = re.compile(r"^-{80}$", re.MULTILINE)
_HEAD = re.compile(r"(?P<name>(?:@[\w.-]+/)?[\w.-]+) (?P<version>\S+)(?: \((?P<licence>.+)\))?")
# Where the CMS would get its fonts: the packages they are from.
_FONT = re.compile(r"\$\{CDN\}([\w-]+?)(:vf)?@([\d.]+)/")


def main() -> None:
    """Write both into the folder named."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("build", build()), ("browser", browser())):
        if faults := JsonStrictValidator(VERSION).validate_str(text):
            sys.exit(f"{name}: {faults}")
        (folder / f"{name}.cdx.json").write_text(text, "utf-8")


# What builds


def build() -> str:
    """The lock, and for each package that is installed what it says of itself."""
    bill = _listed("requirements", str(LOCK))
    installed = _listed("environment", sys.prefix)
    known = {each["purl"]: each for each in installed["components"] if "purl" in each}
    refs: dict[str, str] = {}
    for each in bill["components"]:
        each.pop("description")
        if own := known.get(each["purl"]):
            refs[own["bom-ref"]] = each["bom-ref"] = each["purl"]
            each |= {key: own[key] for key in ("licenses", "description") if key in own}
            each["externalReferences"] += own.get("externalReferences", [])
        else:
            refs[each["bom-ref"]] = each["bom-ref"] = each["purl"]
    root = bill["metadata"]["component"]["bom-ref"]
    refs[root] = root
    bill["components"] = list({each["purl"]: each for each in bill["components"]}.values())
    bill["dependencies"] = [
        {"ref": refs[each["ref"]], "dependsOn": sorted(_kept(refs, each.get("dependsOn", [])))}
        for each in installed["dependencies"]
        if each["ref"] in refs
    ]
    return _written(bill)


def _kept(refs: dict[str, str], wanted: list[str]) -> set[str]:
    return {refs[each] for each in wanted if each in refs}


def _listed(kind: str, what: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "cyclonedx_py", kind, "--output-reproducible"]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), "--sv", VERSION.to_version(), what]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")  # noqa: S603
    return dict(json.loads(done.stdout))


# What reaches a browser


def browser() -> str:
    """What pages are made of, and the editing page apart."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    bill = Bom()
    site = _component("website", project["version"], components.SOFTWARE.licence)
    site.type = ComponentType.APPLICATION
    bill.metadata.component = site
    locked = dict(_locked())
    parts = []
    for each in components.BUNDLED:
        package = PackageURL.from_string(each.package)
        version = each.version or locked[package.name]
        part = _component(each.name, version, each.licence, package._replace(version=version))
        part.copyright = each.holder
        website = ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(each.website))
        part.external_references.add(website)
        part.components.update(_file(ROOT / file) for file in each.files)
        parts.append(part)
    bill.components.update(parts)
    editing = _component("editing-page", project["version"], components.SOFTWARE.licence)
    editing.type = ComponentType.APPLICATION
    editing.components.update(
        _file(file) for file in sorted((EDITING / "cms").rglob("*")) if file.is_file()
    )
    inside = list(_inside())
    bill.components.update([editing, *inside])
    bill.register_dependency(site, [*parts, editing])
    bill.register_dependency(editing, inside)
    written = json.loads(make_outputter(bill, OutputFormat.JSON, VERSION).output_as_string())
    del written["serialNumber"], written["metadata"]["timestamp"]
    return _written(written)


def _written(bill: dict[str, Any]) -> str:
    """The same bytes from the same files; the number attestations ask for follows from them."""
    text = json.dumps(bill, ensure_ascii=False)
    bill["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_URL, text).urn
    return json.dumps(bill, indent=2, ensure_ascii=False) + "\n"


def _component(
    name: str, version: str, licence: str, package: PackageURL | None = None
) -> Component:
    return Component(
        name=name,
        version=version,
        type=ComponentType.LIBRARY,
        licenses=[LicenseFactory().make_from_string(licence)],
        purl=package,
        bom_ref=str(package or name),
    )


def _inside() -> Iterator[Component]:
    """What is in the bundle of the editing page: its notices name each package and each font."""
    lock = json.loads((EDITING / "source/package-lock.json").read_text("utf-8"))["packages"]
    source = (EDITING / "source/bundle.mjs").read_text("utf-8")
    fonts = {name: (kind, version) for name, kind, version in _FONT.findall(source)}
    for notice in _RULE.split((EDITING / "cms/LICENSE.txt").read_text("utf-8")):
        head = notice.strip().partition("\n")[0]
        if font := head.removeprefix("Font ") if head.startswith("Font ") else "":
            kind, version = fonts[font]
            group = "@fontsource-variable" if kind else "@fontsource"
            yield _npm(f"{group}/{font}", version, "OFL-1.1")
        elif found := _HEAD.fullmatch(head):
            own = lock.get(f"node_modules/{found['name']}", {})
            same = own if own.get("version") == found["version"] else {}
            licence = found["licence"] or "MIT"  # of the one whose notice we keep ourselves
            yield _npm(found["name"], found["version"], licence, same.get("integrity", ""))
        else:
            sys.exit(f"a notice of nothing known: {head}")


def _npm(name: str, version: str, licence: str, integrity: str = "") -> Component:
    group, _, own = name.rpartition("/")
    part = _component(name, version, licence, PackageURL("npm", group or None, own, version))
    if integrity:
        content = base64.b64decode(integrity.removeprefix("sha512-")).hex()
        part.hashes.add(HashType(alg=HashAlgorithm.SHA_512, content=content))
    return part


def _file(path: Path) -> Component:
    name = path.relative_to(ROOT).as_posix()
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    return Component(
        name=name,
        type=ComponentType.FILE,
        bom_ref=name,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=content)],
    )


def _locked() -> Iterator[tuple[str, str]]:
    for line in LOCK.read_text("utf-8").split("\n"):
        name, sign, version = line.split(" ")[0].partition("==")
        if sign:
            yield name, version


if __name__ == "__main__":
    main()
