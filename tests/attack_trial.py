"""Random small partnerships, published in three yearly versions, and the attack on each.

    python -m tests.attack_trial --worlds 1000 --seed 1

Companies join, leave, answer late, correct themselves and repeat last year's amounts; some publish
one by one, the others for totals only, and some tell their bicycle stands as a key figure, some as
the extent of a measure. Every version is closed and exported by the project.
"""

import argparse
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import yaml

from partnership.checking.load import load
from partnership.cli import main
from partnership.figures.reckoning import Reckoning
from partnership.site.exports.data import every_table
from partnership.site.exports.table import as_csv
from tests.attack import Knowledge, attack, published
from tests.sites import ENGINE, commit, git, small_city

YEARS = (2023, 2024, 2025)
SECTORS, DISTRICTS = ("industrie", "handel", "handwerk_bau"), ("1", "2")
STAFF = (8, 30, 120, 400)
FIGURES = ("pkw_gesamt", "pkw_elektrisch", "stellplaetze_rad")
PARTS = {"kennzahl-pkw_elektrisch": "kennzahl-pkw_gesamt"}


@dataclass
class Company:
    """A company with everything it will ever say: year → figure → amount, and when it says it.

    `public` are the years whose figures it publishes by itself, until it withdraws them from the
    version `withdraws` on.
    """

    slug: str
    sector: str
    district: str
    staff: int
    public: frozenset[int]
    has_public_tickets: bool
    withdraws: int | None
    joined: int
    left: int | None
    said: dict[int, dict[str, int]] = field(default_factory=dict)
    tickets: dict[int, int] = field(default_factory=dict)
    stands: dict[int, int] = field(default_factory=dict)
    told_in: dict[int, int] = field(default_factory=dict)

    def known(self, version: int) -> list[int]:
        """The years it has answered for by the closing of `version`."""
        return [year for year, told in self.told_in.items() if told <= version]

    def how(self, year: int | None, version: int) -> str:
        """How its figures of a year are published in `version`; its tickets, without a year."""
        is_public = self.has_public_tickets if year is None else year in self.public
        is_gone = self.withdraws is not None and version >= self.withdraws
        return "einzeln" if is_public and not is_gone else "nur_summe"


@dataclass(frozen=True)
class Result:
    """How many amounts stood in how many sums, and how many were placed, or found exactly."""

    sums: int
    amounts: int
    placed: int
    exact: int


def _some(rng: Random) -> frozenset[int]:
    return frozenset(year for year in YEARS if rng.random() < 0.5)


def company(rng: Random, number: int) -> Company:
    """One company, with amounts that often stay the same and sometimes are zero."""
    joined = rng.choice((2020, 2020, 2023, 2024, 2025))
    staff = round(rng.choice(STAFF) * rng.uniform(0.6, 1.1))
    made = Company(
        f"firma-{number}",
        rng.choice(SECTORS),
        rng.choice(DISTRICTS),
        staff,
        public := rng.choices((frozenset(YEARS), _some(rng), frozenset[int]()), (2, 3, 5))[0],
        bool(public) and rng.random() < 0.7,
        rng.choice((None, 2024, 2025)),
        joined,
        rng.choice((None, None, None, 2024)) if joined < 2024 else None,
    )
    before: dict[str, int] = {}
    for year in YEARS:
        if year < made.joined or (made.left and year > made.left) or rng.random() < 0.12:
            continue
        cars = 0 if rng.random() < 0.1 else round(rng.lognormvariate(2.6, 0.9))
        now = {"pkw_gesamt": cars}
        if rng.random() < 0.6:
            now["pkw_elektrisch"] = rng.choice((0, cars, rng.randint(0, cars)))
        now["jobticket"] = rng.choice((staff, rng.randint(1, staff), rng.randint(1, staff)))
        now["stellplaetze_rad"] = rng.choice((1, 2, 3, rng.randint(1, 90)))
        now["als_massnahme"] = rng.randint(0, 1)
        if before and rng.random() < 0.45:
            now = before
        before = now
        made.said[year] = {key: now[key] for key in FIGURES if key in now}
        if now["als_massnahme"]:
            made.stands[year] = made.said[year].pop("stellplaetze_rad")
        if rng.random() < 0.8:
            made.tickets[year] = now["jobticket"]
        made.told_in[year] = year + (rng.random() < 0.2)
    return made


Record = dict[str, Any]


def records(companies: list[Company], version: int, rng: Random) -> dict[str, Record]:
    """What the members' files say at the closing of `version`, by member."""
    found = {}
    for each in companies:
        if each.joined > version + 1:
            continue
        known = each.known(version)
        record: Record = {
            "name": f"Firma {each.slug}",
            "branche": each.sector,
            "stadtbezirk": each.district,
            "beschaeftigte": each.staff,
            "beitritt": f"{each.joined}-01",
            "bestaetigung": "unternehmen",
        }
        figures = {
            year: {
                "veroeffentlichung": each.how(year, version),
                **_corrected(each.said[year], year, version, rng),
            }
            for year in known
        }
        if figures:
            record["kennzahlen"] = figures
        if each.left:
            record["austritt"] = f"{each.left}-12"
        measures = []
        for kind, extents in (("jobticket", each.tickets), ("radabstellanlage", each.stands)):
            if told := {year: n for year, n in extents.items() if year in known}:
                measure = {"typ": kind, "laufend": f"{min(told)}-01", "umfang": told}
                measures.append(measure | {"veroeffentlichung": each.how(None, version)})
        if measures:
            record["massnahmen"] = measures
        found[each.slug] = record
    return found


def divided(record: Record) -> tuple[Record, Record]:
    """What everybody may read of a member, and what is for totals only."""
    public, secret = dict(record), Record()
    figures, measures = public.pop("kennzahlen", {}), public.pop("massnahmen", [])
    for into, how in ((public, "einzeln"), (secret, "nur_summe")):
        # What says nothing about it is public as a measure, and for totals only as a figure.
        said = {year: each.get("veroeffentlichung", "nur_summe") for year, each in figures.items()}
        if chosen := {year: each for year, each in figures.items() if said[year] == how}:
            into["kennzahlen"] = chosen
        if kept := [m for m in measures if m.get("veroeffentlichung", "einzeln") == how]:
            into["massnahmen"] = kept
    return public, secret


def write(city: Path, found: Mapping[str, Record]) -> None:
    """The members' files."""
    shutil.rmtree(city / "members", ignore_errors=True)
    (city / "members").mkdir()
    for slug, record in found.items():
        (city / f"members/{slug}.md").write_text(f"---\n{_yaml(record)}---\n", "utf-8")


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


def _corrected(said: Mapping[str, int], year: int, version: int, rng: Random) -> Mapping[str, int]:
    """Now and then, a number is corrected after it has been published."""
    if version > year + 1 and rng.random() < 0.2:
        return {**said, "pkw_gesamt": said["pkw_gesamt"] + 1}
    return said


class World:
    """A random partnership that is closed year by year, and what is known of it.

    In some the files are public, and confidential amounts come from a folder of their own.
    """

    def __init__(self, seed: int, folder: Path) -> None:
        self.rng = Random(seed)  # noqa: S311 - invented data, no secret
        self.p = self.rng.choice((5, 10, 20))
        self.companies = [company(self.rng, n) for n in range(self.rng.randint(7, 18))]
        self.vault = folder / "geheim" if self.rng.random() < 0.3 else None
        self.city = _city(folder, self.p, is_public=self.vault is not None)
        # The same world has the same secret every time.
        secret = self.vault or self.city / "data/vertraulich"
        (secret / "mitglieder").mkdir(parents=True)
        (secret / "beteiligte.yml").write_text(f"geheimnis: welt-{seed}\n", "utf-8")
        self.records: dict[str, Record] = {}
        git(self.city, "init", "-q")

    def close(self, version: int) -> None:
        """The office writes down what it has been told, and closes the year."""
        self.records = records(self.companies, version, self.rng)
        options = ["close", "--root", str(self.city)]
        if self.vault:
            write(self.city, self.without())
            for slug, record in self.records.items():
                secret = divided(record)[1]
                (self.vault / f"mitglieder/{slug}.yml").write_text(_yaml(secret or None), "utf-8")
            options += ["--vertraulich", str(self.vault)]
        else:
            write(self.city, self.records)
        commit(self.city, "Stand", day_of(version).isoformat())
        moment = {"SOURCE_DATE_EPOCH": str(int(day_of(version).timestamp()))}
        silent = redirect_stdout(StringIO()), redirect_stderr(said := StringIO())
        with patch.dict(os.environ, moment), silent[0], silent[1]:
            assert main(options) == 0, said.getvalue()

    def without(self) -> dict[str, Record]:
        """The members' files without anything that is for totals only."""
        return {slug: divided(record)[0] for slug, record in self.records.items()}

    @property
    def secret(self) -> str:
        """What everybody's rounding comes from."""
        return str(self._register["geheimnis"])

    @property
    def register(self) -> list[dict[str, Any]]:
        """Who stands behind each published sum."""
        return self._register.get("summen") or []

    @property
    def _register(self) -> dict[str, Any]:
        folder = self.vault or self.city / "data/vertraulich"
        return dict(yaml.safe_load((folder / "beteiligte.yml").read_text("utf-8")))


def day_of(version: int) -> datetime:
    """The day on which a year is closed."""
    return datetime(version + 1, 3, 1, 12, tzinfo=UTC)


def _city(folder: Path, p: int, *, is_public: bool) -> Path:
    """An empty city with figures that limit each other, and one quantity that is asked twice."""
    city = small_city(folder)
    about = city / "data/partnerschaft.yml"
    kept = f"ablage_oeffentlich: {'ja' if is_public else 'nein'}, p_prozent: {p}"
    about.write_text(about.read_text("utf-8") + f"vertraulichkeit: {{{kept}}}\n", "utf-8")
    form = city / "data/fragebogen.yml"
    figures = "".join(
        f"  {key}: {{name: {key}, einheit: Stück, einzahl: Stück, frage: Wie viele?, "
        f"art: anzahl, {more}}}\n"
        for key, more in (
            ("pkw_elektrisch", "teil_von: pkw_gesamt"),
            ("stellplaetze_rad", "entspricht: radabstellanlage"),
        )
    )
    form.write_text(form.read_text("utf-8") + figures, "utf-8")
    return city


def trial(seed: int) -> Result:
    """One partnership, closed and published three times, then attacked."""
    folders = []
    with tempfile.TemporaryDirectory() as scratch:
        world = World(seed, Path(scratch))
        for version in YEARS:
            world.close(version)
            folders.append(Path(scratch) / str(version))
            _publish(world.city, version, folders[-1])
        sums = published(folders)
        truth = {
            (slug, each["groesse"], int(each["jahr"])): int(amount)
            for each in world.register
            for slug, amount in each["betraege"].items()
        }
        caps = {(each.slug, "umfang-jobticket"): each.staff for each in world.companies}
        findings = attack(sums, Knowledge(truth, world.p, world.secret, caps, PARTS))
    return Result(
        len(sums),
        len(findings),
        sum(each.is_placed(world.p) for each in findings),
        sum(each.is_exact for each in findings),
    )


def _publish(city: Path, version: int, folder: Path) -> None:
    """The open data with sums; that no other file depends on them is the matter of whole sites."""
    day = day_of(version).date()
    found = {table.name: table for table in every_table(Reckoning(load(city, day, ENGINE), day))}
    folder.mkdir()
    (folder / "jahressummen.csv").write_bytes(as_csv(found["jahressummen"]))


def _main() -> None:
    parser = argparse.ArgumentParser(description="Attack random partnerships.")
    parser.add_argument("--worlds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    seeds = range(options.seed, options.seed + options.worlds)
    total: Counter[str] = Counter()
    with ProcessPoolExecutor() as pool:
        results = pool.map(trial, seeds, chunksize=5)
        for number, (seed, result) in enumerate(zip(seeds, results, strict=True), 1):
            for name in Result.__dataclass_fields__:
                total[name] += getattr(result, name)
            if result.placed:
                print(f"Seed {seed}: {result}", flush=True)
            if number % 100 == 0 or number == options.worlds:
                print(_report(number, total), flush=True)


def _report(worlds: int, total: Counter[str]) -> str:
    return (
        f"{worlds} partnerships, {total['sums']} sums: {total['amounts']} amounts attacked,"
        f" {total['placed']} placed within p percent, {total['exact']} found exactly"
    )


if __name__ == "__main__":
    _main()
