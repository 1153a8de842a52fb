"""A few of the partnerships of `make attack`: what is published keeps every amount open."""

import shutil
import subprocess
from dataclasses import astuple
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from tests.attack import Knowledge, attack, ways
from tests.attack_site import agree, differing, look
from tests.attack_trial import Result, divided, trial
from tests.conftest import DEMO_CITY, ROOT, Build
from tests.sites import front_matter

# Some keep what is confidential in a folder of their own.
SEEDS = range(1, 9)


@pytest.mark.slow
def test_who_knows_all_but_one_company_cannot_place_its_amounts() -> None:
    results = [trial(seed) for seed in SEEDS]
    total = Result(*(sum(column) for column in zip(*map(astuple, results), strict=True)))
    assert (total.placed, total.exact) == (0, 0)
    assert total.sums > 80
    assert total.amounts > 400


@pytest.mark.slow
def test_whole_sites_depend_on_sums_alone_and_show_the_same_sums_everywhere(
    tmp_path: Path,
) -> None:
    found = look(3, tmp_path)
    assert found.leaks == []
    assert found.twins > 5
    figures = {page.split("/")[1] for page in found.pages}
    assert {"summen", "kennzahl-pkw-gesamt", "umfang-jobticket"} <= figures


@pytest.mark.slow
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
    for name in ("hooks", "overrides", "content", "data", "REDAKTION.md", "LICENSE"):
        (tmp_path / name).symlink_to(ROOT / name)
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


def _exactly(
    amount: int, _p: int, _least: int, _most: int | None = None
) -> list[tuple[Fraction, Fraction, Fraction]]:
    return [(Fraction(amount), Fraction(0), Fraction(1))]


def test_the_same_attack_places_everybody_in_a_sum_of_exact_amounts() -> None:
    """Rounding the sum alone is not enough: it would do for one year, but not for three."""
    cars = {
        ("a", 2023): 61, ("b", 2023): 52, ("c", 2023): 43,
        ("a", 2024): 61, ("b", 2024): 55, ("c", 2024): 41,
        ("a", 2025): 61, ("b", 2025): 58, ("c", 2025): 48,
    }  # fmt: skip
    truth = {(slug, "kennzahl-pkw", year): n for (slug, year), n in cars.items()}
    knowledge = Knowledge(truth, 5, "geheim")
    # To the nearest 5: 156, 157 and 167.
    sums = {
        ("kennzahl-pkw", year): (Fraction(total), Fraction(5))
        for year, total in ((2023, 155), (2024, 155), (2025, 165))
    }
    found = {each.amount: each for each in attack(sums, knowledge, _exactly)}
    assert all(each.is_placed(5) for each in found.values())
    of_a = found["a", "kennzahl-pkw", 2023]
    assert (of_a.low, of_a.high) == (58, 61)


def test_the_attack_minds_what_is_known_beforehand() -> None:
    """Of one employee, and of one who certainly has a ticket, there is nothing to find out."""
    assert ways(1, 10, 1, 1) == [(Fraction(1), Fraction(0), Fraction(1))]
    assert ways(2, 10, 1, 2) == [(Fraction(3, 2), Fraction(0), Fraction(1))]
    assert [way[0] for way in ways(4, 10, 1, 4)] == [4]
    assert [way[0] for way in ways(6, 10, 0)] == [8, 5]
