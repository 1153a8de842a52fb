"""Write a fictitious partnership of any size: Musterstadt's members, or a city for measuring.

    python -m tests.make_city tests/cities/musterstadt --members 100 --seed 301

Musterstadt itself gets new members; any other folder becomes a complete city with Musterstadt's
data, events and news. The same seed, size and catalogues give the same bytes. What companies are
called and what they write comes from fictitious/texts/. Needs nothing but PyYAML.
"""

import argparse
import os
import re
import shutil
from pathlib import Path
from random import Random

from tests.fictitious.books import ENGINE, TEXTS, Books
from tests.fictitious.canonical import front_matter
from tests.fictitious.company import member, sectors_of

MUSTERSTADT = ENGINE / "tests/cities/musterstadt"
# Dark and light colour of a logo.
COLOURS = (
    ("#0b4f6c", "#e07a1f"),
    ("#1b5e3a", "#8bb04a"),
    ("#5b2a6e", "#d1497a"),
    ("#22333b", "#c6462f"),
    ("#123f8c", "#3fa7d6"),
    ("#6b3e1d", "#d9a441"),
    ("#0f5c5c", "#6cae9d"),
    ("#7a1f2b", "#5f6b73"),
)


def make_city(folder: Path, members: int, seed: int) -> None:
    """Write a city with `members` companies into `folder`; its old members make way."""
    if folder.resolve() != MUSTERSTADT:
        _copy_musterstadt(folder)
    books = Books.of(folder)
    # What was closed is about the members that make way.
    for name in ("jahressummen.yml", "ausgaben.yml"):
        (folder / "data" / name).unlink(missing_ok=True)
    for name in ("vertraulich", "ausgaben"):
        shutil.rmtree(folder / "data" / name, ignore_errors=True)
    target = folder / "members"
    shutil.rmtree(target, ignore_errors=True)
    (target / "logos").mkdir(parents=True)
    shapes = [path.read_text("utf-8") for path in sorted((TEXTS / "logos").glob("*.svg"))]
    drawn = 0
    # Invented data, no secret. Each company has its own randomness: a change to one leaves most
    # others as they are.
    sectors = sectors_of(members, Random(seed), books)  # noqa: S311
    for number, sector in enumerate(sectors):
        rng = Random(f"{seed}/{number}")  # noqa: S311
        slug, record, profile = member(rng, sector, books)
        _write(target / f"{slug}.md", front_matter(record) + profile)
        if "logo" in record:
            dark, light = rng.choice(COLOURS)
            picture = shapes[drawn % len(shapes)].replace("#101010", dark)
            _write(target / "logos" / record["logo"], picture.replace("#808080", light))
            drawn += 1


def _copy_musterstadt(folder: Path) -> None:
    for part in ("data", "content"):
        shutil.copytree(
            MUSTERSTADT / part,
            folder / part,
            dirs_exist_ok=True,
        )
    config = (MUSTERSTADT / "mkdocs.yml").read_text("utf-8")
    config = re.sub(r"(?m)^site_dir:.*$", "site_dir: site", config)
    way = Path(os.path.relpath(ENGINE, folder)).as_posix()
    _write(folder / "mkdocs.yml", config.replace("../../..", way))


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")


def _main() -> None:
    parser = argparse.ArgumentParser(description="Write a fictitious partnership.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--members", type=int, default=100)
    parser.add_argument("--seed", type=int, default=301)
    options = parser.parse_args()
    make_city(options.folder, options.members, options.seed)


if __name__ == "__main__":
    _main()
