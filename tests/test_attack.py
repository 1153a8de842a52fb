"""A few of the partnerships of `make attack`: what is published keeps every amount open."""

import shutil
import subprocess
from dataclasses import astuple
from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.attack import Equation, Knowledge, attack
from tests.attack_site import agree, differing, look
from tests.attack_trial import Result, divided, trial
from tests.conftest import DEMO_CITY, ROOT, Build
from tests.sites import front_matter

# The last one keeps what is confidential in a folder of its own.
SEEDS = (1, 3, 5, 6)


def test_no_protected_amount_is_found_where_primary_rules_alone_give_many_away() -> None:
    results = [trial(seed) for seed in SEEDS]
    total = Result(*(sum(column) for column in zip(*map(astuple, results), strict=True)))
    assert (total.exact, total.close) == (0, 0)
    assert total.protected > 30
    assert total.naive_exact > 20


def test_whole_sites_depend_on_sums_alone_and_show_the_same_sums_everywhere(
    tmp_path: Path,
) -> None:
    found = look(3, tmp_path)
    assert found.leaks == []
    assert found.twins > 5
    figures = {page.split("/")[1] for page in found.pages}
    assert {"summen", "kennzahl-pkw-gesamt", "umfang-jobticket"} <= figures


def test_nothing_else_of_the_demonstration_is_confidential(
    demo_site: Path,
    demo_day: date,
    build: Build,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its site would be the same, byte by byte, had nobody given anything for totals only."""
    place = DEMO_CITY.relative_to(ROOT)
    city = tmp_path / place
    shutil.copytree(DEMO_CITY, city, ignore=shutil.ignore_patterns("vertraulich"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    for folder in ("hooks", "overrides", "content", "data"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    emptied = 0
    for file in city.glob("members/*.md"):
        record, text = front_matter(file), file.read_text("utf-8")
        public = divided(record)[0]
        if public != record:
            body = text.split("---\n", 2)[2]
            head = yaml.safe_dump(public, allow_unicode=True, sort_keys=False)
            file.write_text(f"---\n{head}---\n{body}", "utf-8")
            emptied += 1
    assert emptied > 20
    asked = ["git", "-C", ROOT, "rev-parse", "--absolute-git-dir"]
    git = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False).stdout.strip()
    if git:  # the same history
        monkeypatch.setenv("GIT_DIR", git)
        monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    other = build(city, tmp_path / "site", day=demo_day)
    assert differing(demo_site, other) == []
    assert len(agree(demo_site)) > 10


def test_the_attack_sees_what_a_difference_of_two_sums_tells() -> None:
    def of(*companies: str, year: int = 2024) -> frozenset[tuple[str, str, int]]:
        return frozenset((company, "pkw", year) for company in companies)

    truth = {(c, "pkw", 2024): n for c, n in {"a": 10.0, "b": 8.0, "c": 7.0, "d": 4.0}.items()}
    equations = [Equation(of("a", "b", "c", "d"), 29.0), Equation(of("a", "b", "c"), 25.0)]
    found = {each.amount[0] for each in attack(equations, Knowledge(truth)) if each.is_exact}
    assert found == {"d"}
    assert not any(each.is_exact for each in attack(equations[:1], Knowledge(truth)))
