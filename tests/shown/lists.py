"""Pages that list companies and measures: home, directory, sectors, fields and types."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from bs4 import Tag

from tests.recompute import (
    STATUSES,
    Row,
    in_force,
    status,
)
from tests.shown.known import Known
from tests.shown.page import Numbers, Page, numbers
from tests.sites import words


class Lists(Known):
    """Reads them."""

    def home(self, page: Page) -> None:
        """Four figures, the fields of action, the sectors, the newest members."""
        force = [m for m in self.there if in_force(m, self.day)]
        planned = [m for m in self.there if status(m, self.day) == "geplant"]
        values = {
            "dabei": self.members,
            "Quelle": self.members,
            "verzeichnet": self.going,
            "läuft": force,
            "laufen": force,
            "geplant": planned,
        }

        def figure(element: Tag) -> Numbers | None:
            if "Stand:" in words(element):
                return self.published()
            label = words(element.select_one(".figure__label"))
            return next(([len(rows)] for key, rows in values.items() if key in label), None)

        page.claim(".figure", figure)
        page.claim(".field-tile", self.of_field)
        self.chips_and_cards(page)

    def of_field(self, element: Tag) -> Numbers:
        """Measures and companies of a field of action."""
        key = self.names["handlungsfelder"][words(element.find("h3"))]
        own = [m for m in self.going if m["handlungsfeld"] == key]
        return [len(own), companies(own)] if own else []

    def chips_and_cards(self, page: Page) -> None:
        """Companies of a sector, measures of a company."""
        sectors = Counter(row["branche"] for row in self.members)
        for chip in page.main.select(".chip:not(:has(.chip__count))"):
            chip.extract()  # the name of a size class
        for chip in page.main.select(".chip"):
            chip["data-name"] = words(chip).rsplit(" ", 2)[0]
        page.claim(".chip", lambda e: [sectors[self.names["branchen"][str(e["data-name"])]]])

        def card(element: Tag) -> Numbers:
            slug = self.slugs[words(element.select_one(".card__title"))]
            count = sum(1 for m in self.going if m["mitglied"] == slug)
            return [count] if count else []

        for element in page.main.select(".card"):
            expected = card(element)
            element.select_one(".card__title").extract()  # type: ignore[union-attr]
            for mark in element.select(".mark"):
                mark.extract()
            element["data-expected"] = " ".join(map(str, expected))
        page.claim(".card", lambda e: [int(n) for n in str(e["data-expected"]).split()])

    def directory(self, page: Page) -> None:
        """Companies for each choice of a filter, and all of them."""
        choices: Counter[str] = Counter()
        for member in self.members:
            slug = member["mitglied"]
            own = [m for m in self.there if m["mitglied"] == slug]
            keys = {member[column] for _, column, _ in self.data.classes()}
            keys |= {m["handlungsfeld"] for m in own if status(m, self.day) != "eingestellt"}
            choices.update(keys | {status(m, self.day) for m in own})
        for option in page.main.select("option"):
            option.string = words(option).rpartition("(")[2]  # „10 bis 49 Beschäftigte (37)“
        page.claim("option", lambda e: [choices[str(e["value"])]] if e["value"] else [])
        page.claim("p.callout", lambda _: [*self.published(), len(self.members), *self.sourced()])
        page.claim("[data-filter-status]", lambda _: [len(self.members)])
        self.chips_and_cards(page)

    def sectors(self, page: Page) -> None:
        """Companies and measures of each sector; what they do, with its extent."""
        in_sector = Counter(row["branche"] for row in self.members)
        doing = Counter(self.data.members[m["mitglied"]]["branche"] for m in self.going)

        def tile(element: Tag) -> Numbers:
            key = self.names["branchen"][words(element.find("a"))]
            return [n for n in (in_sector[key], doing[key]) if n]

        page.claim(".tile-list li", tile)
        page.claim(".page-body > p", lambda _: None)  # how the sectors are made
        page.claim(".plain-list li", lambda e: self.extent(e, e.find_parent(class_="example")))
        self.chips_and_cards(page)

    def peers(self, page: Page) -> None:
        """Of how many companies of a trade and a size, or of those next to them, each type is."""
        _, sector, size, _ = page.address.split("/")
        of_sector = [m for m in self.members if m["branche"].replace("_", "-") == sector]
        of_size = [m for m in self.members if m["groessenklasse"] == size]
        both = [m for m in of_sector if m in of_size]
        enough = (found for found in (both, of_sector, of_size) if len(found) >= 3)
        shown = {m["mitglied"] for m in next(enough, self.members)}

        def count(element: Tag) -> int:
            key = self.names["massnahmentypen"][words(element.find("h3"))]
            return companies(m for m in self.going if m["typ"] == key and m["mitglied"] in shown)

        page.claim(".callout", lambda _: [len(both)] if len(both) > 1 else [])
        for each in page.main.select(".example"):
            each["data-count"] = str(count(each))
        rest = "li:-soup-contains('weitere')"
        page.claim(
            f".example {rest}", lambda e: [int(e.find_parent(class_="example")["data-count"]) - 6]
        )
        page.claim(
            ".example > p",
            lambda e: [int(e.find_parent(class_="example")["data-count"]), len(shown)],
        )
        page.claim("section > p.muted", lambda _: [len(shown)])
        self.chips_and_cards(page)

    def measures(self, page: Page) -> None:
        """Status and companies of fields and types; extents; companies of each sector."""
        way = page.address.strip("/").split("/")[1:]
        keys = [part.replace("-", "_") for part in way]
        own = [
            m
            for m in self.there
            if all(
                m[name].replace("-", "_") == key
                for name, key in zip(("handlungsfeld", "typ"), keys, strict=False)
            )
        ]
        page.claim(
            ".status-counts li", lambda e: [sum(1 for m in own if status(m, self.day) == _badge(e))]
        )

        def of_type(element: Tag) -> Numbers:
            key = self.names["massnahmentypen"][words(element.select_one(".type__name"))]
            count = companies(m for m in self.going if m["typ"] == key)
            return [count] if count else []

        for text in page.main.select(".type__text"):
            text.clear()
        for each in page.main.select(".type"):
            expected = of_type(each)
            each.select_one(".type__name").extract()  # type: ignore[union-attr]
            each["data-expected"] = " ".join(map(str, expected))
        page.claim(".type", lambda e: [int(n) for n in str(e["data-expected"]).split()])
        trades = Counter(
            self.data.members[slug]["branche"]
            for slug in {m["mitglied"] for m in own if m in self.going}
        )
        page.claim(
            "section .link-list li:has(.muted)",
            lambda e: [trades[self.names["branchen"][words(e.find("a"))]]],
        )
        page.claim(".brief > p:not(.muted, .brief__line)", lambda e: self.extent(e, None))
        self.chips_and_cards(page)

    def extent(self, element: Tag, example: Tag | None) -> Numbers | None:
        """The newest extent of the company's measure, with its year if it has one."""
        around = element if example is not None else element.find_parent(class_="example")
        assert isinstance(around, Tag)
        link = around.select_one("a[href*='mitglieder/']")
        assert link is not None
        slug = str(link["href"]).partition("mitglieder/")[2].partition("/")[0]
        for inner in element.select("a, .badge"):
            inner.extract()
        shown = numbers(words(element))
        own = [m for m in self.there if m["mitglied"] == slug]
        known = [[Decimal(m[key]) for key in ("umfang", "umfang_jahr") if m[key]] for m in own]
        return shown if shown in known else (known[0] if known else [])


def companies(measures: Iterable[Row]) -> int:
    """How many companies stand behind measures."""
    return len({measure["mitglied"] for measure in measures})


def _badge(element: Tag) -> str:
    """The status that a badge names."""
    badge = element.select_one(".badge")
    assert badge is not None
    return next(key for key in STATUSES if f"badge--{key}" in (badge.get("class") or ()))
