"""Every mistake an editor can make is told in German, at its place, with a way out.

`tests/cases/<mistake>/` holds the faulty files as they would lie in a city, and `erwartet.txt` what
must be said about them, word for word. The listing of the folder is the specification. By which
name programs know each finding (`check --format json`, GitLab, JUnit) stands in `cases/regeln.txt`.
"""

import re
import shutil
from pathlib import Path

import pytest

from partnership.model.problems import in_order, show
from tests.helpers import TESTS, checked, city_with

CASES = sorted(folder for folder in (TESTS / "cases").iterdir() if folder.is_dir())
EXPECTED = "erwartet.txt"
RULES = {
    name: rules.split()
    for name, _, rules in (
        line.partition(":") for line in (TESTS / "cases/regeln.txt").read_text("utf-8").splitlines()
    )
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistake(case: Path, tmp_path: Path) -> None:
    city = city_with(tmp_path, {})
    shutil.copytree(case, city, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED))
    loaded = checked(city)
    found = in_order([*loaded.problems, *loaded.warnings])
    assert (loaded.partnership is None) == bool(loaded.problems)
    expected = (case / EXPECTED).read_text(encoding="utf-8")
    assert show(found, "text") + "\n" == expected
    assert [each.rule for each in found] == RULES[case.name]
    # A pull request shows each of them once, on its line.
    annotations = show(found, "github").splitlines()
    shown = [
        re.match(r"::(?:error|warning) file=(.+),line=(\d+),col=(\d+),", line)
        for line in annotations
    ]
    heads = re.findall(r"^(\S+):(\d+):(\d+): ", expected, re.MULTILINE)
    assert [each.groups() for each in shown if each] == heads


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistake_is_told_in_full(case: Path) -> None:
    """Every head line has file, line and column, a sentence, and a way out behind it."""
    expected = (case / EXPECTED).read_text(encoding="utf-8")
    heads = [line for line in expected.splitlines() if not re.match(r" +\d* \| ", line)]
    assert heads
    for head in heads:
        match = re.fullmatch(r"(\S+):\d+:\d+: (.+[.?…])( .+)", head)
        assert match, head
        assert (case / match[1]).is_file(), f"{head} is about a file of another case"
