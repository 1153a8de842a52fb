"""Random small partnerships, published in three yearly versions, and the attack on each.

    python -m tests.attack_trial --worlds 1000 --seed 1

Companies join, leave, answer late, correct themselves and repeat last year's amounts; some publish
one by one, the others for totals only. Every version is closed and exported by the project.
For comparison, each table's cells are also published by the two primary rules alone (three
companies, p%), without any secondary suppression: there the same attack must succeed.
"""

import argparse
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
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

from partnership.cli import main
from partnership.exports import exports
from partnership.load import load
from tests.attack import (
    Amount,
    Equation,
    Finding,
    Knowledge,
    Unknown,
    attack,
    published,
    published_by_themselves,
)
from tests.sites import commit, git, small_city

YEARS = (2023, 2024, 2025)
SECTORS, DISTRICTS = ("industrie", "handel", "handwerk_bau"), ("1", "2")
STAFF = (8, 30, 120, 400)
FIGURES = ("beschaeftigte", "pkw_gesamt", "pkw_elektrisch")
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
    told_in: dict[int, int] = field(default_factory=dict)

    def classes(self) -> tuple[tuple[str, str], ...]:
        """Its class in each breakdown."""
        sizes = ((9, "bis-9"), (49, "10-49"), (249, "50-249"), (999, "250-999"))
        size = next(key for most, key in sizes if self.staff <= most)
        return (
            ("gesamt", "gesamt"),
            ("groessenklasse", size),
            ("branche", self.sector),
            ("stadtbezirk", self.district),
        )

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
    """How many amounts were protected, found exactly, and found too closely; by both ways."""

    protected: int
    exact: int
    close: int
    naive_protected: int
    naive_exact: int
    naive_close: int
    groups: int


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
        now = {"beschaeftigte": staff, "pkw_gesamt": cars}
        if rng.random() < 0.6:
            now["pkw_elektrisch"] = rng.choice((0, cars, rng.randint(0, cars)))
        now["jobticket"] = rng.choice((staff, rng.randint(0, staff), rng.randint(0, staff)))
        if before and rng.random() < 0.45:
            now = before
        before = now
        made.said[year] = {key: now[key] for key in FIGURES if key in now}
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
        tickets = {year: n for year, n in each.tickets.items() if year in known}
        if tickets:
            measure = {"typ": "jobticket", "laufend": f"{min(tickets)}-01", "umfang": tickets}
            measure["veroeffentlichung"] = each.how(None, version)
            record["massnahmen"] = [measure]
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
        self.city = _city(folder, None if self.vault else self.p)
        if self.vault:
            (self.vault / "mitglieder").mkdir(parents=True)
            (self.vault / "regel.yml").write_text(f"p_prozent: {self.p}\n", "utf-8")
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
        # Publishing what is committed; the closing reads there what has been withdrawn.
        commit(self.city, "Stand", day_of(version).isoformat())
        moment = {"SOURCE_DATE_EPOCH": str(int(day_of(version).timestamp()))}
        silent = redirect_stdout(StringIO()), redirect_stderr(said := StringIO())
        with patch.dict(os.environ, moment), silent[0], silent[1]:
            assert main(options) == 0, said.getvalue()

    def without(self) -> dict[str, Record]:
        """The members' files without anything that is for totals only."""
        return {slug: divided(record)[0] for slug, record in self.records.items()}

    @property
    def register(self) -> list[dict[str, Any]]:
        """Who stands behind each published sum."""
        folder = self.vault or self.city / "data/vertraulich"
        said = yaml.safe_load((folder / "beteiligte.yml").read_text("utf-8"))
        return said.get("gruppen") or []


def day_of(version: int) -> datetime:
    """The day on which a year is closed."""
    return datetime(version + 1, 3, 1, 12, tzinfo=UTC)


def _city(folder: Path, p: int | None) -> Path:
    """An empty city with three figures that are published together and one measure type."""
    city = small_city(folder)
    about = city / "data/partnerschaft.yml"
    kept = "ablage_oeffentlich: ja" if p is None else f"ablage_oeffentlich: nein, p_prozent: {p}"
    about.write_text(about.read_text("utf-8") + f"vertraulichkeit: {{{kept}}}\n", "utf-8")
    form = city / "data/fragebogen.yml"
    figures = "".join(
        f"  {key}: {{name: {key}, einheit: Stück, frage: Wie viele?, art: anzahl{part}}}\n"
        for key, part in (("beschaeftigte", ""), ("pkw_elektrisch", ", teil_von: pkw_gesamt"))
    )
    form.write_text(form.read_text("utf-8") + figures, "utf-8")
    return city


def trial(seed: int) -> Result:
    """One partnership, closed and published three times, then attacked in both ways."""
    folders = []
    naive: list[Equation] = []
    with tempfile.TemporaryDirectory() as scratch:
        world = World(seed, Path(scratch))
        companies, p = world.companies, world.p
        bare = Path(scratch) / "ohne"
        for version in YEARS:
            world.close(version)
            told = files(world.city, day_of(version))
            copy_without(world, bare)
            # All that is published depends on confidential amounts through the sums alone.
            assert told == files(bare, day_of(version))
            for path, content in told.items():
                if path.endswith(".csv"):
                    target = Path(scratch) / str(version) / path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content)
            folders.append(Path(scratch) / str(version) / "daten")
            naive += _naive(companies, version, p)
        groups = world.register
        behind = {
            (int(group["jahr"]), group["groesse"], int(group["gruppe"])): list(group["betraege"])
            for group in groups
        }
        equations = published(folders, behind)
        truth = {
            (slug, group["groesse"], int(group["jahr"])): float(amount)
            for group in groups
            for slug, amount in group["betraege"].items()
        }
        public = published_by_themselves(folders, behind, truth)
    staff = {each.slug: float(each.staff) for each in companies}
    findings = attack(equations, _knowledge(truth, staff, public))
    naive_truth = dict(_amounts(companies))
    # An outsider alone finds out enough there.
    naive_findings = attack(naive, _knowledge(naive_truth, staff), most_intruders=0)
    return Result(*_counts(findings, p), *_counts(naive_findings, p), groups=len(behind))


def files(city: Path, moment: datetime) -> dict[str, bytes]:
    """Everything that a site publishes beside its pages."""
    found = exports(load(city, moment.date()), moment)
    return {export.path: export.content for export in found}


def copy_without(world: World, target: Path) -> None:
    """The same city, with the same published sums, if nobody had given anything confidential."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(world.city, target, ignore=shutil.ignore_patterns("vertraulich", "site"))
    write(target, world.without())


def _knowledge(
    truth: Mapping[Amount, float],
    staff: Mapping[str, float],
    public: frozenset[Unknown] = frozenset(),
) -> Knowledge:
    caps = {a: staff[a[0]] for a in truth if a[1] == "umfang-jobticket"}
    return Knowledge(truth, caps, PARTS, public)


def _amounts(companies: list[Company], version: int = YEARS[-1]) -> Iterator[tuple[Amount, float]]:
    """What is for totals only in `version`."""
    for each in companies:
        for year, said in each.said.items():
            if each.how(year, version) == "nur_summe":
                for key, amount in said.items():
                    yield (each.slug, f"kennzahl-{key}", year), float(amount)
        if each.how(None, version) == "nur_summe":
            for year, amount in each.tickets.items():
                yield (each.slug, "umfang-jobticket", year), float(amount)


def _naive(companies: list[Company], version: int, p: int) -> list[Equation]:
    """Every cell of every table that passes the two primary rules by itself."""
    cells: dict[tuple[object, ...], dict[Amount, float]] = {}
    by_slug = {each.slug: each for each in companies}
    for amount, value in _amounts(companies, version):
        each = by_slug[amount[0]]
        if amount[2] in each.known(version):
            for kind in each.classes():
                cells.setdefault((amount[1], amount[2], *kind), {})[amount] = value
    found = []
    for cell in cells.values():
        values = sorted(cell.values(), reverse=True)
        if len(values) >= 3 and sum(values[2:]) >= values[0] * p / 100 and values[2]:
            found.append(Equation(frozenset(cell), sum(values)))
    return found


def _counts(findings: list[Finding], p: int) -> tuple[int, int, int]:
    """How many amounts stand in a sum, and of how many somebody finds out too much."""
    return (
        len({each.amount for each in findings}),
        len({each.amount for each in findings if each.is_exact}),
        len({each.amount for each in findings if each.is_too_close(p)}),
    )


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
            if result.exact or result.close:
                print(f"Seed {seed}: {result}", flush=True)
            if number % 100 == 0 or number == options.worlds:
                print(_report(number, total), flush=True)


def _report(worlds: int, total: Counter[str]) -> str:
    ways = [
        f"{way}: {total[start + 'protected']} amounts attacked,"
        f" {total[start + 'exact']} found exactly, {total[start + 'close']} closer than p percent"
        for way, start in (("as published", ""), ("primary rules alone", "naive_"))
    ]
    return f"{worlds} partnerships, {total['groups']} groups; {'; '.join(ways)}"


if __name__ == "__main__":
    _main()
