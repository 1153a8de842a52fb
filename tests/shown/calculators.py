"""What a calculator must show: reckoned from the published tables and what stands in its fields."""

import json
from collections.abc import Mapping
from decimal import Decimal

from bs4 import Tag

from tests.recompute import Data, Range, Row, Rule, factors
from tests.shown.known import Known
from tests.shown.page import Page, compare

# Each value with its ends, as numbers; one that is empty has none.
Filled = Mapping[str, tuple[Decimal, ...]]


class Calculators(Known):
    """Reads them."""

    def calculator(self, page: Page) -> None:
        """The worked example of each calculator on the page."""
        for area in page.main.select(".calculator-area"):
            row = row_of(self.data, page.address)
            for key, told in example(self.data, row, area).items():
                shown = area.select_one(f'[data-range="{key}"]')
                likely = area.select_one(f'[data-likely="{key}"]')
                compare(page, shown, told[:2] if len(told) > 1 else told)
                compare(page, likely, told[2:])
            area.decompose()


def row_of(data: Data, address: str) -> Row:
    """How the type of a page is estimated."""
    key = address.strip("/").rpartition("/")[2].replace("-", "_")
    return next(row for row in data.tables["schaetzungen"] if row["typ"] == key)


def example(data: Data, row: Row, area: Tag) -> Mapping[str, list[Decimal]]:
    """What must come out of the fields as they are."""
    filled: dict[str, tuple[Decimal, ...]] = {}
    for field in area.select("[data-value]"):
        key, text = str(field["data-value"]), str(field["value"]).replace(",", ".")
        filled[key] = (*filled.get(key, ()), *([Decimal(text)] if text else []))
    rules = json.loads(area.select_one("[data-rules]").text)  # type: ignore[union-attr]
    return reckoned(data, row, filled, rules["fest"]["mal"])


def reckoned(data: Data, row: Row, filled: Filled, times: int) -> Mapping[str, list[Decimal]]:
    """The numbers beside each result; none beside one for which something is missing."""
    spans: dict[str, tuple[Decimal, Decimal]] = {
        key: (ends[0] / _scale(key), ends[-1] / _scale(key)) for key, ends in filled.items() if ends
    }
    users, cost = spans.pop("beteiligte", None), spans.pop("kosten", None)
    found = {"kosten": [users[0] * cost[0] * times] if users and cost else []}
    wanted = filled.keys() - {"beteiligte", "kosten"}
    for key, needed in (("km", wanted - {"alt", "neu"}), ("co2e", wanted)):
        if key == "co2e" and not factors(data, row, "von"):
            continue
        rule = Rule(row, {name: span for name, span in spans.items() if name in needed})
        if users is None or rule.spans.keys() != needed:
            found[key] = []
            continue
        result = rule.range(rule.co2e if key == "co2e" else rule.cars, users[0])
        ends = result.shown()
        small = key == "co2e" and ends[0] > -1 and ends[-1] < 1
        found[key] = _numbers(result, 1000 if small else 1)
    return found


def _scale(key: str) -> int:
    return 100 if key == "anteil" else 1


def _numbers(found: Range, factor: int) -> list[Decimal]:
    low, five, half, most, high = found.shown(factor)
    if found.low[0] == found.high[0]:
        return [half]
    # „Mitte: 3,8. In 90 von 100 gerechneten Fällen: 2,4 bis 6,1.“
    return [low, high, half, Decimal(90), Decimal(100), five, most]
