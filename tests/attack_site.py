"""Whole sites of random partnerships, three versions each: what depends on confidential amounts?

Beside each city lie others with the same published sums: one in which an amount has moved from a
company to another of the same sum, and one that never had a confidential amount at all. If every
byte of their sites is the same, the sums are all that a site tells of them.
"""

import argparse
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from copy import deepcopy
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from partnership.cli import main
from tests.attack_reader import from_csv, from_json, from_pages, from_workbook
from tests.attack_trial import YEARS, Record, World, day_of, write
from tests.sites import commit, contents, git, run_build

Change = Callable[[World], dict[str, Record]]


class Twin:
    """A city that follows another one, with other confidential amounts in its files."""

    def __init__(self, folder: Path, change: Change) -> None:
        self.city, self.change = folder, change
        folder.mkdir()
        git(folder, "init", "-q")

    def follow(self, world: World, version: int) -> None:
        """Take over everything but what is confidential."""
        for old in self.city.iterdir():
            if old.name != ".git":
                shutil.rmtree(old) if old.is_dir() else old.unlink()
        kept = shutil.ignore_patterns(".git", "vertraulich")
        shutil.copytree(world.city, self.city, ignore=kept, dirs_exist_ok=True)
        write(self.city, self.change(world))
        commit(self.city, "Stand", day_of(version).isoformat())


def without(world: World) -> dict[str, Record]:
    """Nobody has ever given anything confidential."""
    return world.without()


def moved(world: World) -> dict[str, Record]:
    """One car of a company now is another one's, of the same published sum."""
    found = deepcopy(world.records)
    for group in reversed(world.register):
        year = int(group["jahr"])
        if group["groesse"] != "kennzahl-pkw_gesamt":
            continue
        told = [found[slug]["kennzahlen"][year] for slug in group["betraege"] if slug in found]
        for less in told:
            for more in told:
                if less is not more and less["pkw_gesamt"] > less.get("pkw_elektrisch", 0):
                    less["pkw_gesamt"] -= 1
                    more["pkw_gesamt"] += 1
                    return found
    return found


def otherwise(world: World) -> dict[str, Record]:
    """Everything confidential is something else."""
    found = world.without()
    for slug, record in found.items():
        if "kennzahlen" in world.records[slug] and "kennzahlen" not in record:
            record["kennzahlen"] = {2021: {"veroeffentlichung": "nur_summe", "pkw_gesamt": 7357}}
        hidden = {"typ": "fahrtenbuch", "titel": "Geheimes", "laufend": 2022}
        record.setdefault("massnahmen", []).insert(0, hidden | {"veroeffentlichung": "nur_summe"})
    return found


@dataclass(frozen=True)
class Found:
    """What whole sites gave away, and what it rests on: pages that show a sum, twins that differ
    from their city in what is confidential.
    """

    leaks: list[str]
    pages: frozenset[str]
    twins: int


def look(seed: int, folder: Path, *, every_twin: bool = False) -> Found:
    """Build all sites of a partnership; only some of the last version unless `every_twin`."""
    world = World(seed, folder)
    # Where the files are public, nothing else may stand in them; the folder beside them is named.
    changes = (without,) if world.vault else (without, moved, otherwise)
    twins = [Twin(folder / each.__name__, each) for each in changes]
    leaks: list[str] = []
    compared = 0
    for version in YEARS:
        world.close(version)
        site = build(world.city, folder / f"site-{version}", version, world.vault)
        pages = agree(site)
        for twin in twins:
            twin.follow(world, version)
            compared += twin.change(world) != world.records
            is_wanted = twin.change is moved and version == YEARS[-1]
            if twin is twins[0] or is_wanted or every_twin:
                other = build(twin.city, folder / f"{twin.city.name}-{version}", version)
                leaks += [f"{twin.city.name} {version}: {name}" for name in differing(site, other)]
    if report(world.city, folder) != report(twins[0].city, folder):
        leaks.append("Jahresbericht")
    leaks += _compared(world.city, twins[0].city)
    leaks += _read_nowhere(world, site, pages, folder / "other")
    return Found(leaks, pages, compared)


def build(city: Path, site: Path, version: int, vault: Path | None = None) -> Path:
    """The whole site as on the day of the closing."""
    named = {"PARTNERSCHAFT_VERTRAULICH": str(vault)} if vault else {}
    with patch.dict(os.environ, named):
        moment = int(day_of(version).timestamp())
        done = run_build(city, "--strict", "--quiet", "-d", str(site), moment=moment)
    assert done.returncode == 0, done.stdout + done.stderr
    return site


# The name of a state in git depends on every file, and tells nothing (`repository.State`).
_STATE = re.compile(
    rb"Stand in git (?:<code>[0-9a-f]{12}</code>(?:, mit [^.]+ danach)?|nicht [^.]+)\."
    rb'|"commit": (?:"[0-9a-f]{40}"|null)'
)


# What is a hash of published sums, and of all other tables.
_HASHES = re.compile(
    _STATE.pattern + rb'|<code[^>]*>[0-9a-f]{12,64}</code>|"daten_sha256": "[0-9a-f]{64}"'
)


def differing(one: Path, other: Path, but: re.Pattern[bytes] = _STATE) -> list[str]:
    """The files that are not the same in two sites, byte by byte, `but` for what that finds."""
    left, right = (
        {name: but.sub(b"", content) for name, content in contents(site).items()}
        for site in (one, other)
    )
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))


_OF_A_FIGURE = r"statistik/(kennzahl|umfang|massnahmen)-(?!nach)[a-z0-9-]+\.csv"
# Files beside pages that show sums, or have checksums and sizes of such files.
FILES = (
    r"daten/jahressummen\.(csv|json)",
    r"daten/[a-z-]+\.xlsx",
    r"daten/(datapackage\.json|dcat-ap\.jsonld|sha256sums\.txt)",
    _OF_A_FIGURE,
    # How today's sums differ from those of an edition.
    r"daten/(revision-[0-9]+\.csv|ausgabe/([0-9]+/)?index\.html)",
)


def agree(site: Path) -> frozenset[str]:
    """Every place that shows a sum shows the one of the CSV file; returns the pages with one."""
    told = from_csv(site / "daten")
    assert from_json(site / "daten") == told
    assert from_workbook(site / "daten") == told
    whole = site / "daten/jahressummen.csv"
    lines = set(whole.read_bytes().splitlines() if whole.exists() else ())
    for file in (site / "statistik").glob("*.csv"):
        if re.fullmatch(_OF_A_FIGURE, f"statistik/{file.name}"):
            assert set(file.read_bytes().splitlines()) <= lines, file
    pages = set()
    for page, key, value in from_pages(site):
        wanted = told[key] if value[2] is not None else (*told[key][:2], None)
        assert wanted == value, (page, key)
        pages.add(page)
    return frozenset(pages)


def _read_nowhere(world: World, site: Path, pages: frozenset[str], other: Path) -> list[str]:
    """What depends on the published sums, though nobody has read a sum there."""
    sums = world.city / "data/jahressummen.yml"
    said = sums.read_text("utf-8")
    sums.write_text(re.sub(r"(?m)(summe: )(?=\d+$)", r"\g<1>7", said), "utf-8")
    shutil.rmtree(world.city / "data/vertraulich", ignore_errors=True)
    names = differing(site, build(world.city, other, YEARS[-1]), _HASHES)
    sums.write_text(said, "utf-8")
    assert (names != []) == ("summe:" in said)
    return [
        f"depends on sums: {name}"
        for name in names
        if name not in pages and not any(re.fullmatch(place, name) for place in FILES)
    ]


def report(city: Path, folder: Path) -> bytes:
    """The report of the year, which is handed on by itself."""
    file = folder / "bericht.pdf"
    with patch.dict(os.environ, _moment(YEARS[-1])), redirect_stdout(StringIO()):
        assert main(["yearbook", str(YEARS[-1]), str(file), "--root", str(city)]) == 0
    return file.read_bytes()


def _compared(city: Path, before: Path) -> list[str]:
    """What a pull request is told of it."""
    with patch.dict(os.environ, _moment(YEARS[-1])), redirect_stdout(said := StringIO()):
        assert main(["compare", str(before), "--root", str(city)]) == 0
    return [] if "ändert sich nichts" in said.getvalue() else [said.getvalue()]


def _moment(version: int) -> dict[str, str]:
    return {"SOURCE_DATE_EPOCH": str(int(day_of(version).timestamp()))}


def _main() -> None:
    parser = argparse.ArgumentParser(description="Compare whole sites of random partnerships.")
    parser.add_argument("--worlds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    leaks = twins = 0
    for seed in range(options.seed, options.seed + options.worlds):
        with tempfile.TemporaryDirectory() as scratch:
            found = look(seed, Path(scratch), every_twin=True)
        leaks, twins = leaks + len(found.leaks), twins + found.twins
        for leak in found.leaks:
            print(f"Seed {seed}: {leak}", flush=True)
    told = f"{twins} sites with other confidential amounts: {leaks} files differ"
    print(f"Whole sites of {options.worlds} partnerships, {told}", flush=True)


if __name__ == "__main__":
    _main()
