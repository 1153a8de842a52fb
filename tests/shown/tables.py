"""Statistics: each table with its picture and its sentence, and the entries behind each figure."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from bs4 import Tag

from tests.recompute import (
    from_sources,
)
from tests.shown.known import Known
from tests.shown.page import Numbers, Page, after_day, numbers
from tests.sites import words


class Tables(Known):
    """Reads them."""

    def tables(self, page: Page) -> None:
        """Each statistic: its table, its picture, its sentence."""
        known = from_sources(self.members)
        page.claim(".page-body > p.muted", lambda e: after_day(e, [known, len(self.members)]))
        page.claim("p.callout", lambda _: None)  # how few members are listed
        for section in page.main.select("section.statistic"):
            name = str(section["id"])
            if name == "mitgliederzahlen":
                self.headcounts(page, section)
                continue
            self.statistic(page, section, name)

    def statistic(self, page: Page, section: Tag, name: str) -> None:
        """One statistic; `told` are its figures in the order of the file."""
        told = [
            (key[1], key[2], *self.figures[key])
            for row in self.data.tables["statistik"]
            if (key := (row["tabelle"], row["merkmal"], row["spalte"]))[0] == name
        ]
        if section.has_attr("data-listed"):  # where few members are listed, no zero is shown
            told = [each for each in told if each[2]]
        at = f"#{name}"
        cells = iter(told)
        for hidden in section.select("td .visually-hidden"):
            hidden.extract()  # names row and column, whose classes have numbers of their own

        def cell(element: Tag) -> Numbers:
            if not numbers(words(element)):
                return []
            _, _, value, sources = next(cells)
            with_note = any(numbers(words(note)) for note in element.select(".muted"))
            return [value, sources] if with_note else [value]

        page.claim(f"{at} tbody td", cell)
        if left := list(cells):
            page.faults.append(f"{page.address} {name}: not shown {left[:3]}")
        values = [value for _, _, value, _ in told]
        total = sum(values)
        page.claim(f"{at} tfoot td", lambda _: [total])
        labels = {words(th): n for th, n in zip(section.select("tbody th"), values, strict=False)}
        page.claim(f"{at} > p, {at} desc", lambda e: _sentence(words(e), labels, values, total))
        # A line has no room for every value.
        rest = iter(values)
        page.claim(
            f"{at} .chart__value",
            lambda e: None if numbers(words(e))[0] in rest else [-1],
        )
        page.claim(
            f"{at} .chart__district-label",
            lambda e: None if int(numbers(words(e))[0]) in values else [-1],
        )
        for link in section.select("[aria-label]"):
            label, _, text = str(link["aria-label"]).rpartition(": ")
            if numbers(text) and numbers(text) != [labels[label]]:
                page.faults.append(f"{page.address} {link['aria-label']}")
        page.claim(
            f"{at} .legend:not(.legend--map) li",
            lambda e: _share(labels[words(e.find("a"))], total) if e.find("a") else [],
        )
        bounds = [n for e in section.select(".legend--map li") for n in numbers(words(e))]
        if bounds and (bounds[0] != 0 or bounds[-1] < max(values)):
            page.faults.append(f"{page.address} {name}: the map's classes end at {bounds[-1]}")
        page.claim(f"{at} .legend--map li", lambda _: None)

    def headcounts(self, page: Page, section: Tag) -> None:
        """What was published of the number of members."""
        told = [Decimal(row["anzahl"]) for row in self.data.tables["mitgliederzahlen"]]
        shown = [numbers(words(cell)) for cell in section.select("tbody td.number")]
        if sorted(shown) != sorted([n] for n in told):
            page.faults.append(f"{page.address}: {shown} for {told}")
        page.claim(f"#{section['id']} :is(tbody, p, svg)", lambda _: None)

    def entries(self, page: Page) -> None:
        """Who is behind each figure of a statistic."""
        name = page.address.split("/")[1]
        known = {
            f"{row}--{column}".removesuffix("--anzahl").replace("_", "-"): (row, column)
            for table, row, column in self.figures
            if table == name
        }
        page.claim(".page-body > p.muted", lambda e: after_day(e, self.stated(name)))
        for section in page.main.select(".entry-row"):
            row, column = known[str(section["id"]).removeprefix("w-").replace("_", "-")]
            value, sources = self.figures[name, row, column]
            heading = section.find("h2")
            assert heading is not None
            if numbers(words(heading))[-1] != value:
                page.faults.append(f"{page.address} {words(heading)!r}: expected {value}")
            page.count += 1
            heading.extract()
            notes = [words(note.extract()) for note in section.select("p.muted")]
            # A column that is about them needs no note.
            is_about = column == "oeffentliche-quelle"
            told = [numbers(note)[0] for note in notes if numbers(note)]
            if told != ([] if is_about or not sources else [sources]):
                page.faults.append(f"{page.address} {section['id']}: {sources} from sources")
            # Of sums of amounts it is told on how few they rest.
            is_sum = name == "erreichte-beschaeftigte" and column in {"erreicht", "beschaeftigte"}
            amounts = list(self.behind[name, row, column].values()) if is_sum else []
            if [note for note in notes if not numbers(note)] != rests(amounts):
                page.faults.append(f"{page.address} {section['id']}: {notes}")
            shown: Counter[str] = Counter()
            for item in section.select("li"):
                link = item.find("a")
                slug = self.slugs[words(link)]
                link.extract()  # type: ignore[union-attr]
                shown[slug] = int(next(iter(numbers(words(item))), 1))
            if shown != self.behind[name, row, column]:
                page.faults.append(f"{page.address} {section['id']}: entries differ")
            page.count += len(shown)
            section.clear()


def rests(amounts: Sequence[Decimal | int]) -> list[str]:
    """On how few the sum of amounts, one a company, rests."""
    if 0 < len(amounts) < 3:
        return ["von weniger als drei Unternehmen"]
    is_of_one = bool(amounts) and max(amounts) > sum(amounts) / 2
    return ["mehr als die Hälfte von einem Unternehmen"] if is_of_one else []


def _sentence(text: str, labels: dict[str, int], values: list[int], total: int) -> Numbers | None:
    """What a summary says: the largest, or the first and last of a row of years."""
    shown = numbers(text)
    if text.startswith("Von "):
        (first, one), (last, other) = next(iter(labels.items())), list(labels.items())[-1]
        return [one, int(first), other, int(last)]
    if text.startswith(("Am häufigsten", "Hier ist noch nichts", "Angegeben")):
        largest = sorted((n for label, n in labels.items() if "ohne" not in label), reverse=True)
        named = [int(n) for n in re.findall(r"\((\d+)\)", text)]
        if named != largest[: len(named)]:
            return [-1]
        for label, count in labels.items():
            if f"{label} (" in text and f"{label} ({count})" not in text:
                return [-1]
        rest = text.partition("Angegeben von")[2]
        unknown = sum(n for label, n in labels.items() if "ohne" in label or "Ohne" in label)
        return None if numbers(rest) in ([], [total - unknown, total]) else [-1]
    return shown if not shown else [-1]


def _share(value: int, total: int) -> Numbers:
    return [value, int(Decimal(100 * value / total).quantize(Decimal(1), "ROUND_HALF_UP"))]
