"""What the documents for engineers name exists: files, targets, commands, modules."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnership.cli import main
from tests.conftest import ROOT

DOCUMENTS = sorted(
    [
        *(
            ROOT / name
            for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "overrides/DESIGN.md")
        ),
        *(each for each in (ROOT / "docs").rglob("*.md") if each.name != "modules.md"),  # is made
    ]
)
# What a path may be relative to: README and DESIGN draw their trees without saying so each time.
HOMES = (
    *("", "hooks/partnership/", "hooks/partnership/site/", "overrides/", "overrides/assets/css/"),
    *("overrides/redaktion/", "overrides/redaktion/source/"),
)
ELSEWHERE = re.compile(
    "|".join(
        (
            # A build, a command or a machine makes them.
            *(r"site(-\w+)?/", "hosting/", "sbom/", r"\.venv/", "current/", "releases/", "daten/"),
            *("status.json", "report.pdf", "mitglieder.csv", "assets/site.css"),
            # A city has them in time.
            *("data/ausgaben.yml", "data/jahressummen.yml"),
            # They are no paths.
            *("/", "https?:", "ssh:", "s3:", r"\.example"),
            # They are said not to be there, or made up by an example.
            *("uv.lock", r"site/\w+/district.py", "(overrides/)?pages/district.html"),
        )
    )
)
PATH = re.compile(r"[\w.<>{},*/-]+(?:/|\.(?:py|md|yml|toml|html|css|js|txt|json|geojson))")


def named() -> Iterator[tuple[Path, str]]:
    """Everything that stands as code in a document, and where a link leads."""
    for document in DOCUMENTS:
        text = document.read_text("utf-8")
        for code in re.findall(r"```\w*\n(.*?)```|`([^`\n]+)`", text, re.DOTALL):
            yield document, code[0] or code[1]
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            yield document, f"]({target}"


def ids(value: object) -> str:
    return value.name if isinstance(value, Path) else str(value)


LINKS = [(where, text[2:]) for where, text in named() if text.startswith("](")]
CODE = [(where, text) for where, text in named() if not text.startswith("](")]


@pytest.mark.parametrize(("document", "link"), LINKS, ids=ids)
def test_a_link_leads_to_a_file(document: Path, link: str) -> None:
    if not re.match(r"https?:", link):
        assert (document.parent / link.partition("#")[0]).exists()


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (document, text)
        for document, text in CODE
        if PATH.fullmatch(text) and not ELSEWHERE.match(text) and "<" not in text
    ],
    ids=ids,
)
def test_a_file_that_is_named_is_there(document: Path, path: str) -> None:
    forms = [path]
    if choice := re.search(r"\{(.+)\}", path):
        forms = [path.replace(choice[0], each) for each in choice[1].split(",")]
    homes = [document.parent, *(ROOT / home for home in HOMES)]
    assert [each for each in forms if not any(any(home.glob(each)) for home in homes)] == []


def test_the_drawn_tree_is_that_of_the_repository() -> None:
    (tree,) = re.findall(
        r"```\n(mkdocs\.yml .*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL
    )
    library = ROOT / "hooks/partnership"
    for line in tree.splitlines():
        head = re.match(r"( {0,2})(\S.*?)(?: {2,}|$)", line)
        if head:
            home = library if head[1] else ROOT
            names = [each for each in re.split(r",? ", head[2]) if each]
            assert [each for each in names if not (home / each).exists()] == [], line


def test_targets_and_commands_exist() -> None:
    text = "\n".join(code for _, code in CODE)
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    called = set(re.findall(r"\bmake ([a-z]+)", text))
    assert len(called) > 8
    assert called <= targets
    commands = set(re.findall(r"\bpartnerschaft ([a-z]+)", text))
    assert len(commands) > 4
    for command in commands:
        with pytest.raises(SystemExit) as left:
            main([command, "--help"])
        assert left.value.code == 0, command
    for module in re.findall(r"python -m (tests[\w.]+)", text):
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file(), module
