"""Prints what the changelog says of a version, and stops where the papers do not agree on it.

    python .ci/release.py v0.1.0

`disagreements` is also what a test asks before there is a tag.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
_SECTION = re.compile(r"^## (?P<version>\S+)(?: – (?P<day>\d{4}-\d{2}-\d{2}))?$", re.MULTILINE)
# What only the city that publishes the software can fill in.
_OPEN = re.compile(r"\[\[open: [^\]]*\]\]|\.example\b")


def main() -> None:
    """Say what is new in the version that the tag names."""
    tag = sys.argv[1]
    version = project()["version"]
    found = [*disagreements()]
    if tag != f"v{version}":
        found.append(f"The tag is {tag}, the version in pyproject.toml {version}.")
    still = _OPEN.findall((ROOT / "publiccode.yml").read_text("utf-8"))
    found += [f"publiccode.yml still says {each}." for each in still]
    if found:
        sys.exit("\n".join(found))
    print(changes(version)[1])  # noqa: T201


def project() -> dict[str, Any]:
    """What pyproject.toml says of the project."""
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"])


def publiccode() -> dict[str, Any]:
    """What publiccode.yml says, days as text."""
    return dict(yaml.load((ROOT / "publiccode.yml").read_text("utf-8"), yaml.BaseLoader))  # noqa: S506


def changes(version: str) -> tuple[str, str]:
    """The day of a version by the changelog, and what it tells; both empty for one not in there."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    heads = list(_SECTION.finditer(text))
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        if head["version"] == version:
            end = after.start() if after else len(text)
            return head["day"] or "", text[head.end() : end].strip()
    return "", ""


def disagreements() -> Iterator[str]:
    """Where the papers say different things of the version, in English."""
    version = project()["version"]
    told = publiccode()
    day, text = changes(version)
    if told["softwareVersion"] != version:
        yield f"publiccode.yml says {told['softwareVersion']}, pyproject.toml {version}."
    if told["releaseDate"] != day:
        yield f"publiccode.yml says {told['releaseDate']}, CHANGELOG.md {day or 'no day'}."
    if not text:
        yield f"CHANGELOG.md tells nothing of {version}."
    if told["legal"]["license"] != project()["license"]:
        yield "publiccode.yml and pyproject.toml name different licences."


if __name__ == "__main__":
    main()
