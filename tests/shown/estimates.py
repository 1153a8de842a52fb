"""Estimated effects: ranges, what comes out mostly, and how both ends were reckoned."""

from collections import Counter
from decimal import Decimal

from bs4 import Tag

from tests.recompute import Effect, effects, factors, in_force, rule
from tests.shown.known import Known
from tests.shown.page import Page, after_day, compare, numbers
from tests.sites import words

# In the order of the formula as it is written out.
STEPS = ("beteiligte", "anteil", "tage", "wege", "km", "km_jahr", "personen")


class Estimates(Known):
    """Reads them."""

    def estimates(self, page: Page) -> None:
        """Ranges of effects, and how they are reckoned."""
        found = effects(self.data)
        page.claim(".page-body > p.muted", lambda e: after_day(e, []))
        offering = Counter(
            (m["typ"], m["mitglied"])
            for m in self.there
            if in_force(m, self.day) and m["bestaetigung"] == "unternehmen"
        )
        rows = {row["typ"]: row for row in self.data.tables["schaetzungen"]}
        for section in page.main.select(".estimate"):
            kind = self.names["massnahmentypen"][words(section.find("h3"))]
            self._assumptions(page, section, kind)
            if kind in found:
                silent = len({s for t, s in offering if t == kind}) - found[kind].companies
                self._estimate(page, section, rows[kind], found[kind], silent)
            else:
                assert "Noch nicht geschätzt" in words(section)
            section.clear()
        values = [Decimal(r["wert"]) for r in self.data.tables["emissionsfaktoren"] if r["wert"]]
        for item in page.main.select(".factors strong"):
            if numbers(words(item).rpartition(":")[2])[0] not in values:
                page.faults.append(f"{page.address}: {words(item)}")
        # Names and years of the factors, reasons, what the office writes of the method.
        page.claim(".factors, p, .estimate__gap, .prose li", lambda _: None)
        without = len(self.data.tables["massnahmentypen"]) - len(page.main.select(".estimate"))
        page.claim("details > summary", lambda _: [without])

    def _estimate(
        self, page: Page, section: Tag, row: dict[str, str], found: Effect, silent: int
    ) -> None:
        told = [each for each in (found.cars, found.co2e) if each]
        formulas = iter(section.select(".estimate__formula"))
        for quantity, element in zip(told, section.select(".estimate__range"), strict=True):
            is_co2e = quantity is found.co2e
            # Below a tonne it is told in kilograms.
            small = is_co2e and quantity.shown()[-1] < 1
            low, five, half, most, high = quantity.shown(1000 if small else 1)
            # „In 90 von 100 gerechneten Fällen“
            compare(page, element, [low, high, half, 90, 100, five, most])
            for end, result in ((quantity.low, low), (quantity.high, high)):
                compare(page, next(formulas), [*_steps(row, found, end[1], is_co2e), result])
        largest = [found.largest] if found.companies > 1 else []
        counted = [found.users, found.companies, *([silent] if silent else []), *largest]
        compare(page, section.select_one(".estimate__basis"), counted)
        entries = section.select(".estimate__entries li")
        declared = sorted((slug, amount) for slug, amount in found.declared)
        shown = sorted(
            (str(link["href"]).split("/")[-2], numbers(words(entry).rpartition(": ")[2])[0])
            for entry in entries
            if (link := entry.find("a"))
        )
        page.count += len(shown)
        if shown != declared:
            page.faults.append(f"{page.address} {row['typ']}: {shown} instead of {declared}")

    def _assumptions(self, page: Page, section: Tag, kind: str) -> None:
        row = next(row for row in self.data.tables["schaetzungen"] if row["typ"] == kind)
        made = rule(self.data, row)
        assert made is not None
        spans = [
            sorted({each * (100 if name == "anteil" else 1) for each in ends})
            for name, ends in made.spans.items()
            if name not in ("alt", "neu") or not row["ohne_co2e"]
        ]
        shown = [numbers(words(each)) for each in section.select(".assumptions dt .number")]
        page.count += sum(map(len, shown))
        if shown != spans:
            page.faults.append(f"{page.address} {kind}: {shown} instead of {spans}")
        if not row["ohne_co2e"]:
            used = [each for column in ("von", "nach") for each in factors(self.data, row, column)]
            text = words(section.select_one(".assumptions"))
            assert all(f"{each['name']}: " in text for each in used)


def _steps(row: dict[str, str], found: Effect, value: dict[str, Decimal], is_co2e: bool) -> list:  # type: ignore[type-arg]
    """The numbers of a formula as it is written out; shares are percents."""
    known = {**value, "beteiligte": found.users, "anteil": value["anteil"] * 100}
    if row["verfahren"] != "fahrzeug":
        known["wege"] = Decimal(2)
    names = [name for name in STEPS if name in known]
    if is_co2e:
        grams = [name for name in ("alt", "personen", "neu") if name in known]
        names = [*(name for name in names if name != "personen"), *grams]
    return [known[name] for name in names]
