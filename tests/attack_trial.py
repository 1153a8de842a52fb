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
from unittest.mock import patch

import yaml

from partnership.cli import main
from partnership.exports import open_data
from partnership.load import load
from tests.attack import Amount, Equation, Finding, Knowledge, attack, published
from tests.helpers import SMALL_CITY

YEARS = (2023, 2024, 2025)
SECTORS, DISTRICTS = ("industrie", "handel", "handwerk_bau"), ("1", "2")
STAFF = (8, 30, 120, 400)
FIGURES = ("beschaeftigte", "pkw_gesamt", "pkw_elektrisch")
PARTS = {"kennzahl-pkw_elektrisch": "kennzahl-pkw_gesamt"}


@dataclass
class Company:
    """A company with everything it will ever say: year → figure → amount, and when it says it."""

    slug: str
    sector: str
    district: str
    staff: int
    public: bool
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


def company(rng: Random, number: int) -> Company:
    """One company, with amounts that often stay the same and sometimes are zero."""
    joined = rng.choice((2020, 2020, 2023, 2024, 2025))
    staff = round(rng.choice(STAFF) * rng.uniform(0.6, 1.1))
    made = Company(
        f"firma-{number}",
        rng.choice(SECTORS),
        rng.choice(DISTRICTS),
        staff,
        rng.random() < 0.3,
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


def write(city: Path, companies: list[Company], version: int, rng: Random) -> None:
    """The members' files as the office has them at the closing of `version`."""
    shutil.rmtree(city / "members", ignore_errors=True)
    (city / "members").mkdir()
    for each in companies:
        if each.joined > version + 1:
            continue
        known = each.known(version)
        how = "einzeln" if each.public else "nur_summe"
        record: dict[str, object] = {
            "name": f"Firma {each.slug}",
            "branche": each.sector,
            "stadtbezirk": each.district,
            "beschaeftigte": each.staff,
            "beitritt": f"{each.joined}-01",
            "bestaetigung": "unternehmen",
            "kennzahlen": {
                year: {"veroeffentlichung": how, **_corrected(each.said[year], year, version, rng)}
                for year in known
            },
        }
        if each.left:
            record["austritt"] = f"{each.left}-12"
        tickets = {year: n for year, n in each.tickets.items() if year in known}
        if tickets:
            first = min(tickets)
            record["massnahmen"] = [
                {"typ": "jobticket", "laufend": f"{first}-01", "umfang": tickets}
                | {"veroeffentlichung": how}
            ]
        text = yaml.safe_dump(record, allow_unicode=True, sort_keys=False)
        (city / "members" / f"{each.slug}.md").write_text(f"---\n{text}---\n", "utf-8")


def _corrected(said: Mapping[str, int], year: int, version: int, rng: Random) -> Mapping[str, int]:
    """Now and then, a number is corrected after it has been published."""
    if version > year + 1 and rng.random() < 0.2:
        return {**said, "pkw_gesamt": said["pkw_gesamt"] + 1}
    return said


def city_of(folder: Path, p: int) -> Path:
    """An empty city with three figures that are published together and one measure type."""
    city = folder / "stadt"
    shutil.copytree(SMALL_CITY, city)
    about = city / "data/partnerschaft.yml"
    kept = f"vertraulichkeit: {{ablage_oeffentlich: nein, p_prozent: {p}}}\n"
    about.write_text(about.read_text("utf-8") + kept, "utf-8")
    form = city / "data/fragebogen.yml"
    figures = "".join(
        f"  {key}: {{name: {key}, einheit: Stück, frage: Wie viele?, art: anzahl{part}}}\n"
        for key, part in (("beschaeftigte", ""), ("pkw_elektrisch", ", teil_von: pkw_gesamt"))
    )
    form.write_text(form.read_text("utf-8") + figures, "utf-8")
    return city


def trial(seed: int) -> Result:
    """One partnership, closed and published three times, then attacked in both ways."""
    rng = Random(seed)  # noqa: S311 - invented data, no secret
    p = rng.choice((5, 10, 20))
    companies = [company(rng, number) for number in range(rng.randint(7, 18))]
    folders = []
    naive: list[Equation] = []
    with tempfile.TemporaryDirectory() as scratch:
        city = city_of(Path(scratch), p)
        for version in YEARS:
            day = datetime(version + 1, 3, 1, 12, tzinfo=UTC)
            write(city, companies, version, rng)
            out = Path(scratch) / str(version)
            moment = {"SOURCE_DATE_EPOCH": str(int(day.timestamp()))}
            silent = redirect_stdout(StringIO()), redirect_stderr(said := StringIO())
            with patch.dict(os.environ, moment), silent[0], silent[1]:
                assert main(["close", "--root", str(city)]) == 0, said.getvalue()
            folders.append(_export(city, day, out))
            naive += _naive(companies, version, p)
        register = yaml.safe_load((city / "data/vertraulich/beteiligte.yml").read_text("utf-8"))
        groups = register.get("gruppen") or []
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
    staff = {each.slug: float(each.staff) for each in companies}
    findings = attack(equations, _knowledge(truth, staff))
    naive_truth = dict(_amounts(companies))
    # An outsider alone finds out enough there.
    naive_findings = attack(naive, _knowledge(naive_truth, staff), most_intruders=0)
    return Result(*_counts(findings, p), *_counts(naive_findings, p), groups=len(behind))


def _export(city: Path, day: datetime, out: Path) -> Path:
    """The open data that hold sums; the others are made only where somebody asks for them."""
    wanted = {"daten/jahressummen.csv", "daten/vertrauliche-summen.csv"}
    partnership = load(city, day.date())
    for export in open_data(partnership, day):
        if export.path in wanted:
            wanted.remove(export.path)
            target = out / export.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(export.content)
        if not wanted:
            break
    assert not wanted
    return out / "daten"


def _knowledge(truth: Mapping[Amount, float], staff: Mapping[str, float]) -> Knowledge:
    caps = {a: staff[a[0]] for a in truth if a[1] == "umfang-jobticket"}
    return Knowledge(truth, caps, PARTS)


def _amounts(companies: list[Company]) -> Iterator[tuple[Amount, float]]:
    for each in companies:
        if not each.public:
            for year, said in each.said.items():
                for key, amount in said.items():
                    yield (each.slug, f"kennzahl-{key}", year), float(amount)
            for year, amount in each.tickets.items():
                yield (each.slug, "umfang-jobticket", year), float(amount)


def _naive(companies: list[Company], version: int, p: int) -> list[Equation]:
    """Every cell of every table that passes the two primary rules by itself."""
    cells: dict[tuple[object, ...], dict[Amount, float]] = {}
    by_slug = {each.slug: each for each in companies}
    for amount, value in _amounts(companies):
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
