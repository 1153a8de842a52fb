"""Sums by year."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from bs4 import Tag

from tests.recompute import Row, in_force, status
from tests.shown.known import Known
from tests.shown.page import Page, numbers
from tests.shown.tables import rests
from tests.sites import words


class Sums(Known):
    """Reads them."""

    def newest_sums(self, page: Page) -> None:
        """The newest sum of each figure."""
        newest: dict[str, tuple[object, ...]] = {}
        for row in self.data.tables["jahressummen"]:
            if row["gliederung"] == "gesamt":
                newest[row["groesse"]] = (row["jahr"], *_sum_of(self.sums, row))
        shown = list(newest.values())
        lines = page.main.select("table tbody tr")
        if len(lines) != len(shown):
            page.faults.append(f"{page.address}: {len(lines)} lines for {len(shown)} sums")
        for line, told in zip(lines, shown, strict=False):
            _compare_sum(page, line, told[1:], year=str(told[0]))
        page.claim(".page-body > p, .page-body > ul > li", lambda _: None)

    def sum(self, page: Page) -> None:
        """One figure by year, and its newest year by class."""
        figure = page.address.split("/")[1]
        rows = [
            row
            for row in self.data.tables["jahressummen"]
            if row["groesse"].replace("_", "-") == figure
        ]
        whole = [row for row in rows if row["gliederung"] == "gesamt"]
        self._same(page, figure)
        latest = self._latest(figure)
        page.claim(".sum__latest", lambda _: latest)
        newest = whole[-1]["jahr"]
        expected = [*whole]
        for kind in ("groessenklasse", "branche", "stadtbezirk"):  # as the page has them
            expected += [r for r in rows if r["jahr"] == newest and r["gliederung"] == kind]
        lines = page.main.select("table tbody tr")
        if len(lines) != len(expected):
            page.faults.append(f"{page.address}: {len(lines)} lines for {len(expected)}")
        # On how few a sum rests, as it stands beside it.
        lines_of = {
            row["jahr"]: [words(note) for note in line.select("td:nth-of-type(2) .muted")]
            for line, row in zip(lines, whole, strict=False)
        }
        for line, row in zip(lines, expected, strict=False):
            _compare_sum(page, line, _sum_of(self.sums, row))
        last = _sum_of(self.sums, whole[-1])
        belonging = self.data.members_on(date(int(newest), 12, 31))
        dated = self.data.dated_on(date(int(newest), 12, 31))
        unsure = [len(belonging) - len(dated)] if len(belonging) > len(dated) else []
        stated = [last[1], *numbers(last[5]), len(belonging), *unsure]
        page.claim(
            "section[aria-labelledby=gliederung] > p",
            lambda _: stated if figure.startswith("kennzahl") else [],
        )
        for section, row in zip(page.main.select(".entry-row"), whole, strict=True):
            told = _sum_of(self.sums, row)
            items = [numbers(words(item.select_one(".muted"))) for item in section.select("li")]
            if [sum(n[0] for n in items), len(items)] != [told[0] or 0, told[1]]:
                page.faults.append(f"{page.address} {row['jahr']}: entries differ")
            parts = [n[0] for n in items]
            beside = lines_of[row["jahr"]]
            if [t for t in beside if not numbers(t)] != rests(parts):
                page.faults.append(f"{page.address} {row['jahr']}: {beside} for {parts}")
            note = section.select_one("p.muted")
            hidden = [told[3], *numbers(told[5])] if told[5] else []
            if (numbers(words(note)) if note else []) != hidden:
                page.faults.append(f"{page.address} {row['jahr']}: confidential part differs")
            page.count += len(items)
            section.clear()
        page.claim(".page-body > p.muted, section > h2, section > h3", lambda _: None)

    def _same(self, page: Page, figure: str) -> None:
        """Two years of those who told an amount for both; nobody else's amounts compare."""
        told: dict[str, dict[str, Decimal]] = {}
        kinds = {row["schluessel"]: row["groesse"] for row in self.data.tables["massnahmentypen"]}
        by_key = {measure["massnahme"]: measure for measure in self.data.measures}
        for row in self.data.tables["umfaenge"]:
            measure, year = by_key[row["massnahme"]], row["jahr"]
            is_there = status(measure, date(int(year), 12, 31)) != "geplant"
            if kinds[measure["typ"]].replace("_", "-") == figure and is_there:
                own = told.setdefault(year, {})
                own[measure["mitglied"]] = own.get(measure["mitglied"], Decimal(0)) + Decimal(
                    row["umfang"]
                )
        for row in self.data.tables["kennzahlen"]:
            if f"kennzahl-{row['kennzahl']}".replace("_", "-") == figure:
                told.setdefault(row["jahr"], {})[row["mitglied"]] = Decimal(row["wert"])
        over = [year for year in sorted(told) if date(int(year), 12, 31) <= self.day]
        expected = []
        for one, other in pairwise(over):
            if both := told[one].keys() & told[other].keys():
                before, after = (sum(told[year][slug] for slug in both) for year in (one, other))
                expected.append([f"{one} und {other}", len(both), before, after])
        lines = page.main.select("table.same tbody tr")
        shown = [
            [words(line.find("th")), *(numbers(words(cell))[0] for cell in line.select("td"))]
            for line in lines
        ]
        if shown != expected:
            page.faults.append(f"{page.address}: {shown} instead of {expected}")
        page.count += 3 * len(lines)
        for line in lines:
            line.decompose()

    def _latest(self, figure: str) -> list[Decimal | int]:
        """What measures in force told last, and how many companies."""
        if not figure.startswith("umfang-"):
            return []
        told = [
            measure
            for measure in self.there
            if f"umfang-{measure['typ']}".replace("_", "-") == figure
            and in_force(measure, self.day)
            and measure["umfang"]
        ]
        total = sum((Decimal(each["umfang"]) for each in told), Decimal(0))
        return [total, len({each["mitglied"] for each in told})]


def _sum_of(found: dict, row: Row) -> tuple[object, ...]:  # type: ignore[type-arg]
    return tuple(found[row["jahr"], row["groesse"], row["gliederung"], row["merkmal"]])


def _compare_sum(page: Page, line: Tag, told: Sequence[object], year: str = "") -> None:
    """A line of sums: public sum and companies; of the whole also confidential sum, class of
    companies, and both together.
    """
    cells = [words(cell) for cell in line.select("td.number")]
    public, count, sources, secret, _, hidden, both = told
    expected = [
        [public] if public not in ("", 0) else [0],
        [count, sources] if sources else [count],
        [secret] if hidden else [],
        numbers(hidden),
        [both],
    ][: len(cells)]
    shown = [numbers(text) for text in cells]
    if not shown[0] and public == "":
        expected[0] = []
    page.count += sum(map(len, shown))
    if shown != expected or (year and year not in words(line)):
        page.faults.append(f"{page.address} {words(line)!r}: expected {expected}")
    for cell in line.select("td"):
        cell.clear()
