"""A module is read at one sitting: at most 300 lines, and a function at most 50 or it says why."""

import ast
from pathlib import Path

import pytest

from tests.helpers import PACKAGE
from tests.rooms import modules

LINES, OF_A_FUNCTION = 300, 50
WHY = "# Long: "


def long_functions(text: str) -> list[str]:
    """The functions of a module that are too long and give no reason."""
    lines = text.splitlines()
    return [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= OF_A_FUNCTION
        and not any(line.strip().startswith(WHY) for line in lines[node.lineno : node.end_lineno])
    ]


@pytest.mark.parametrize("module", modules(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_it_can_be_read_at_one_sitting(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LINES
    assert long_functions(text) == []


def test_what_is_too_long_is_seen() -> None:
    long = "def f() -> None:\n" + "    f()\n" * OF_A_FUNCTION
    assert long_functions(long) == ["f"]
    assert long_functions(long.removesuffix("    f()\n")) == []
    assert long_functions(long.replace("    f()\n", f"    {WHY}a list\n", 1)) == []
