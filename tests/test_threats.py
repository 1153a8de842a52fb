"""The threat model names tests that exist."""

import ast
import re

import pytest

from tests.conftest import ROOT

MODEL = (ROOT / "docs/threat-model.md").read_text(encoding="utf-8")
ROWS = [line for line in MODEL.splitlines() if line.startswith("| **")]
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", MODEL)))


def test_every_way_in_names_a_test_or_says_that_there_is_none() -> None:
    assert len(ROWS) >= 9
    for row in ROWS:
        *_, stopped, shown, _ = row.split("|")
        assert stopped.strip(), row
        assert re.search(r"`tests/[\w/]+\.py(?:::\w+)?`", shown), row


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_is_named_is_there(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert name in functions if name else functions
