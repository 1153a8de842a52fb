"""A page of figures, of which each claim takes away what it has compared."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from bs4 import BeautifulSoup, Tag

from tests.sites import words

Numbers = Sequence[Decimal | int]
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+(?:,\d+)?")

# No figures: days, names, labels of rows and axes, what companies and the office write.
NO_FIGURES = (
    *("time", ".event", ".news-item", ".lead", "h1", "th", "caption", ".crumbs", ".type__text"),
    *(".statistic__definition", ".chart__tick", ".chart__label", ".example__name", ".steps"),
    *(".brief__line", ".brief p.muted", ".example > p.muted", ".sector-page > p.muted"),
    *(".origin", ".question", ".card__title", "a[href*='mitglieder/']", "code", "label", "legend"),
    # Telephone numbers, and names of size classes that one chooses from.
    *("a[href^='tel:']", ".peers option"),
)


def numbers(text: str) -> list[Decimal]:
    """The numbers in a German text."""
    return [Decimal(n.replace(".", "").replace(",", ".")) for n in _NUMBER.findall(text)]


class Page:
    """A page of which each claim takes away what it has compared."""

    def __init__(self, address: str, main: BeautifulSoup) -> None:
        self.address = address
        self.main = main
        self.faults: list[str] = []
        self.count = 0

    def claim(self, selector: str, expected: Callable[[Tag], Numbers | None]) -> None:
        """Each element that `selector` finds shows the numbers that are `expected` of it."""
        for element in self.main.select(selector):
            shown = numbers(words(element))
            told = expected(element)
            if told is None:
                shown = []
            elif shown != [Decimal(n) for n in told]:
                self.faults.append(f"{self.address} {words(element)!r}: expected {list(told)}")
            self.count += len(shown)
            element.clear()

    def unclaimed(self) -> Iterator[str]:
        """What is left with a digit in it."""
        for selector in NO_FIGURES:
            for element in self.main.select(selector):
                element.clear()
        for text in self.main.find_all(string=re.compile(r"\d")):
            if text.parent is not None and text.parent.name not in {"script", "style"}:
                yield f"{self.address}: nobody computes {' '.join(str(text).split())!r}"


def after_day(element: Tag, expected: Numbers) -> Numbers:
    """„Stand: 24. November 2026.“, then `expected`."""
    shown = numbers(words(element))
    return [*shown[:2], *(expected if len(shown) > 2 else ())]


def compare(page: Page, element: Tag | None, expected: Numbers) -> None:
    """The numbers of an element against those expected."""
    shown = numbers(words(element))
    page.count += len(shown)
    if shown != [Decimal(n) for n in expected]:
        page.faults.append(f"{page.address} {words(element)!r}: expected {list(expected)}")
