"""An attack on the published sums of confidential amounts, by linear programming.

It shares no code with the project. It reads what a site publishes as open data, in several
versions, and knows more than anybody can be expected to know: who stands behind each sum, whose
amount did not change from one year to the next, that electric cars are cars and that nobody has
more job tickets than employees, and all that companies have ever published by themselves. From that
it computes, for each confidential amount, the smallest and the largest value it can have: as an
outsider, and as one of the companies, which knows all amounts of its own.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.optimize import linprog

# A confidential amount: who, of which figure, in which year.
Amount = tuple[str, str, int]
# The same without the year: who, of which figure, how much.
Unknown = tuple[str, str, float]


@dataclass(frozen=True)
class Equation:
    """A published sum and the amounts that make it up."""

    amounts: frozenset[Amount]
    total: float


@dataclass
class Knowledge:
    """What is known beside the sums; of `truth` only which amounts did not change.

    `public` are amounts, by company, figure and value, that have been published by themselves.
    """

    truth: Mapping[Amount, float]
    caps: Mapping[Amount, float] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    public: frozenset[Unknown] = frozenset()


@dataclass(frozen=True)
class Finding:
    """How far one amount could be narrowed down, by whom ('' is an outsider)."""

    amount: Amount
    intruder: str
    truth: float
    low: float
    high: float
    cap: float

    @property
    def is_exact(self) -> bool:
        """Whether nothing but the true value is left, though it was not known before."""
        close = 1e-6 * max(1.0, self.truth)
        return self.high - self.low <= close and self.cap > close

    def is_too_close(self, p: float) -> bool:
        """Whether it is known better than to p percent, from above or from below.

        Nobody is better known than before where the limit that everybody knows is closer already.
        """
        margin, close = self.truth * p / 100, 1e-6 * max(1.0, self.truth)
        return (
            self.is_exact
            or self.high < min(self.truth + margin, self.cap) - close
            or self.low > self.truth - margin + close
        )


def published(
    folders: Sequence[Path], behind: Mapping[tuple[int, str, int], Iterable[str]]
) -> list[Equation]:
    """Every sum with a confidential part in the open data of each version.

    `behind` tells who is in each group: (year, figure, number) → companies.
    """
    found: set[Equation] = set()
    for folder in folders:
        groups = _rows(folder / "vertrauliche-summen.csv")
        for group in groups:
            found.add(Equation(_amounts([group], behind), float(group["summe"])))
        for row in _rows(folder / "jahressummen.csv"):
            if row["summe_vertraulich"] == "":
                continue
            kind, key = row["gliederung"], row["merkmal"].replace("ohne-angabe", "")
            within = [
                group
                for group in groups
                if (group["jahr"], group["groesse"]) == (row["jahr"], row["groesse"])
                and (kind == "gesamt" or group[kind] == key)
            ]
            amounts = _amounts(within, behind)
            assert len(amounts) == int(row["unternehmen_vertraulich"])
            found.add(Equation(amounts, float(row["summe_vertraulich"])))
            # The difference of what is published together and one by one must not say more.
            rest = float(row["summe"]) - float(row["summe_einzeln"] or 0)
            found.add(Equation(amounts, rest))
    return sorted(found, key=lambda each: (sorted(each.amounts), each.total))


def told(daten: Path) -> dict[Amount, float]:
    """Every amount that one version of the open data publishes by itself."""
    found: dict[Amount, float] = {}
    for row in _rows(daten / "kennzahlen.csv"):
        amount = row["mitglied"], f"kennzahl-{row['kennzahl']}", int(row["jahr"])
        found[amount] = float(row["wert"])
    for row in _rows(daten / "umfaenge.csv"):
        company, _, kind = row["massnahme"].partition("/")
        amount = company, f"umfang-{kind}", int(row["jahr"])
        found[amount] = found.get(amount, 0) + float(row["umfang"])
    for past in daten.glob("*/massnahmen.csv"):
        for row in _rows(past):
            if row["status"] in {"laufend", "umgesetzt"}:
                amount = (
                    row["mitglied"],
                    f"massnahmen-{row['handlungsfeld']}",
                    int(past.parent.name),
                )
                found[amount] = found.get(amount, 0) + 1
    return found


def published_by_themselves(
    folders: Sequence[Path],
    behind: Mapping[tuple[int, str, int], Iterable[str]],
    truth: Mapping[Amount, float],
) -> frozenset[Unknown]:
    """The amounts in sums that some version publishes, or has published, by themselves.

    Also those that stand there for another year, unless the sum was there first: what a company
    tells of itself later, nobody can foresee.
    """
    first: dict[Unknown, int] = {}
    for version, daten in enumerate(folders):
        for group in _rows(daten / "vertrauliche-summen.csv"):
            for amount in _amounts([group], behind):
                first.setdefault(_unknown(amount, truth), version)
    found = set()
    for version, daten in enumerate(folders):
        for amount, value in told(daten).items():
            name = amount[0], amount[1], round(value, 9)
            if first.get(name, -1) >= version or truth.get(amount) == value:
                found.add(name)
    return frozenset(found)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _amounts(
    groups: Iterable[Mapping[str, str]], behind: Mapping[tuple[int, str, int], Iterable[str]]
) -> frozenset[Amount]:
    return frozenset(
        (company, group["groesse"], int(group["jahr"]))
        for group in groups
        for company in behind[int(group["jahr"]), group["groesse"], int(group["gruppe"])]
    )


def attack(
    equations: Sequence[Equation], knowledge: Knowledge, most_intruders: int = 4
) -> list[Finding]:
    """What can be found out about every amount that stands in some sum."""
    findings: list[Finding] = []
    for part in _connected(equations, knowledge):
        findings += _of_part(part, knowledge, most_intruders)
    return findings


def _unknown(amount: Amount, truth: Mapping[Amount, float]) -> Unknown:
    """Equal amounts of a company in different years are one unknown to this attacker."""
    return amount[0], amount[1], round(truth[amount], 9)


def _connected(equations: Sequence[Equation], knowledge: Knowledge) -> list[list[Equation]]:
    """Equations that have to do with each other, directly or by others."""
    parts: list[tuple[set[object], list[Equation]]] = []
    for equation in equations:
        marks: set[object] = set()
        for company, figure, year in equation.amounts:
            marks.add(_unknown((company, figure, year), knowledge.truth))
            whole = knowledge.parts.get(figure, figure)
            marks.add((company, whole, year, "limits"))
        touching = [part for part in parts if part[0] & marks]
        parts = [part for part in parts if not part[0] & marks]
        parts.append(
            (
                marks.union(*(part[0] for part in touching)),
                [equation, *(each for part in touching for each in part[1])],
            )
        )
    return [part[1] for part in parts]


def _of_part(
    equations: Sequence[Equation], knowledge: Knowledge, most_intruders: int
) -> list[Finding]:
    truth = knowledge.truth
    amounts = sorted({amount for each in equations for amount in each.amounts})
    names = sorted({_unknown(amount, truth) for amount in amounts})
    at = {name: index for index, name in enumerate(names)}
    limits = [np.inf] * len(names)
    for amount in amounts:
        index = at[_unknown(amount, truth)]
        limits[index] = min(limits[index], knowledge.caps.get(amount, np.inf))
    left, right = np.zeros((len(equations), len(names))), np.zeros(len(equations))
    for row, equation in enumerate(equations):
        right[row] = equation.total
        for amount in equation.amounts:
            left[row, at[_unknown(amount, truth)]] += 1
    smaller = []  # a part is not larger than the whole
    for company, figure, year in amounts:
        whole = (company, knowledge.parts.get(figure, ""), year)
        if whole in truth and (name := _unknown(whole, truth)) in at:
            line = np.zeros(len(names))
            line[at[_unknown((company, figure, year), truth)]] += 1
            line[at[name]] -= 1
            smaller.append(line)
    value = {index: name[2] for name, index in at.items()}
    largest = sorted({name[0] for name in names}, key=lambda c: -_size(c, names))
    findings = []
    for intruder in ["", *largest[:most_intruders]]:
        bounds = [
            (value[index],) * 2
            if name[0] == intruder or name in knowledge.public
            else (0.0, limits[index])
            for name, index in at.items()
        ]
        for name, index in at.items():
            if name[0] == intruder or name in knowledge.public:
                continue
            low, high = (
                _optimum(index, sign, left, right, smaller, bounds) for sign in (1.0, -1.0)
            )
            amount = next(a for a in amounts if _unknown(a, truth) == name)
            findings.append(Finding(amount, intruder, name[2], low, high, limits[index]))
    return findings


def _size(company: str, names: Iterable[tuple[str, str, float]]) -> float:
    return sum(name[2] for name in names if name[0] == company)


def _optimum(
    index: int,
    sign: float,
    left: np.ndarray,
    right: np.ndarray,
    smaller: Sequence[np.ndarray],
    bounds: Sequence[tuple[float, float]],
) -> float:
    cost = np.zeros(left.shape[1])
    cost[index] = sign
    limits = {"A_ub": np.array(smaller), "b_ub": np.zeros(len(smaller))} if smaller else {}
    solved = linprog(cost, A_eq=left, b_eq=right, bounds=bounds, method="highs", **limits)
    if solved.status == 3:  # unbounded
        return -sign * np.inf
    assert solved.status == 0, solved.message
    return float(solved.x[index])
