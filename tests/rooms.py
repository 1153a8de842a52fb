"""The rooms of the library and the arrows between them, read from the imports.

`python -m tests.rooms` writes the drawing in docs/README.md and the list in docs/modules.md anew.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.helpers import PACKAGE

ROOMS = (
    "model",
    "language",
    "reading",
    "figures",
    "checking",
    "office",
    "site",
    "commands",
    "cli",
)
ENGINES = {"mkdocs", "material", "properdocs"}
DOCUMENT = PACKAGE.parents[1] / "docs/README.md"
MAP = PACKAGE.parents[1] / "docs/modules.md"
_BEGIN, _END = "<!-- drawn: begin -->\n", "<!-- drawn: end -->\n"


def modules() -> list[Path]:
    """Every module of the library but its front door."""
    return sorted(file for file in PACKAGE.rglob("*.py") if file != PACKAGE / "__init__.py")


def room_of(file: Path) -> str:
    """The room a module stands in."""
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(file: Path) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def target(name: str) -> str | None:
    """The room that a dotted name belongs to; None outside the library."""
    package, _, rest = name.partition(".")
    return rest.partition(".")[0] if package == "partnership" and rest else None


def wrong(room: str, name: str) -> bool:
    """Whether a module in `room` may not import `name`: it lies to its right, or is an engine."""
    if name.partition(".")[0] in ENGINES:
        return True
    other = target(name)
    return other is not None and ROOMS.index(other) > ROOMS.index(room)


def arrows() -> set[tuple[str, str]]:
    """The pairs of rooms of which the first imports from the second."""
    pairs = {(room_of(file), target(name)) for file in modules() for name in imported(file)}
    return {(user, used) for user, used in pairs if used not in (None, user)}


def drawing() -> str:
    """The rooms and arrows as a Mermaid diagram; an arrow runs from what is used to its user."""
    lines = [
        f"    {used} --> {user}"
        for user, used in sorted(arrows(), key=lambda pair: tuple(map(ROOMS.index, pair[::-1])))
        if user != "cli"
    ]
    return "\n".join(["```mermaid", "flowchart LR", *lines, "```", ""])


def drawn(document: str) -> str:
    """The document with the drawing of today between its marks."""
    before, rest = document.split(_BEGIN)
    return f"{before}{_BEGIN}{drawing()}{_END}{rest.split(_END)[1]}"


def first_sentence(file: Path) -> str:
    """What a module says of itself first, on one line."""
    said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return re.split(r"(?<=[.])\s+(?=[A-Z])", " ".join(said.split("\n\n")[0].split()))[0]


def module_map() -> str:
    """Every module of every room with its first sentence, as Markdown: a page to search in."""
    parts = [
        "# Where is what?\n\nEvery module with what it says of itself, room after room, left to"
        " right.\nSearch here for the word that you have in mind. `python -m tests.rooms` writes"
        " this page\nfrom the code, and a test compares.\n"
    ]
    for room in ROOMS[:-1]:
        files = [file for file in modules() if room_of(file) == room]
        parts.append(f"\n## {room}\n\n| module | |\n|---|---|\n")
        parts += [
            f"| `{file.relative_to(PACKAGE).as_posix()}` | {first_sentence(file)} |\n"
            for file in files
        ]
    return "".join(parts)


if __name__ == "__main__":
    MAP.write_text(module_map(), encoding="utf-8")
    DOCUMENT.write_text(drawn(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
