"""Every number on the pages of figures, compared with what the open data say.

A reader claims each number that a page shows: it tells what the number must be, from the CSV files
alone (tests/recompute.py). What nobody claims is told as well, so that no figure goes unchecked.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from bs4 import BeautifulSoup, SoupStrainer, Tag

from tests.recompute import (
    STATUSES,
    Data,
    Row,
    effects,
    from_sources,
    in_force,
    rows_behind,
    statistics,
    status,
    sums,
)
from tests.sites import words

Numbers = Sequence[Decimal | int]
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+(?:,\d+)?")

# No figures: days, names, labels of rows and axes, what companies and the office write.
NO_FIGURES = (
    *("time", ".event", ".news-item", ".lead", "h1", "th", "caption", ".crumbs", ".type__text"),
    *(".statistic__definition", ".chart__tick", ".chart__label", ".example__name", ".steps"),
    *(".brief__line", ".brief p.muted", ".example > p.muted", ".sector-page > p.muted"),
    *(".question", ".card__title", "a[href*='mitglieder/']", "code", "label", "legend"),
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


class Reader:
    """Reads the pages of a site; what it expects comes from the CSV files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = data = Data(folder / "daten")
        self.day = data.day
        self.members = data.members_on(data.day)
        self.there = data.measures_on(data.day)
        self.going = [m for m in self.there if status(m, self.day) != "eingestellt"]
        self.names = {
            table: {row["name"]: row["schluessel"] for row in data.tables.get(table, ())}
            for table in ("branchen", "handlungsfelder", "massnahmentypen", "stadtbezirke")
        }
        self.slugs = {row["name"]: slug for slug, row in data.members.items()}
        self.figures = statistics(data)
        self.behind = rows_behind(data)
        self.sums = sums(data)

    def faults(self) -> tuple[list[str], dict[str, int]]:
        """What differs or is computed by nobody, and how many numbers each page showed."""
        found, counts = [], {}
        for file in sorted(self.folder.rglob("index.html")):
            address = file.relative_to(self.folder).as_posix().removesuffix("index.html")
            read = self._reader_of(address)
            if read is not None and (main := self.content(address)):
                page = Page(address, main)
                read(page)
                found += [*page.faults, *page.unclaimed()]
                counts[address] = page.count
        return found, counts

    def faults_of(self, address: str, main: BeautifulSoup) -> list[str]:
        """The faults of one page, had it the content `main`."""
        page, read = Page(address, main), self._reader_of(address)
        assert read is not None, address
        read(page)
        return [*page.faults, *page.unclaimed()]

    def content(self, address: str) -> BeautifulSoup:
        """The content of a page; empty for a page that only leads elsewhere."""
        text = (self.folder / address / "index.html").read_bytes()
        return BeautifulSoup(text, "lxml", parse_only=SoupStrainer("main"))

    def _reader_of(self, address: str) -> Callable[[Page], None] | None:
        found = (read for pattern, read in self.readers() if re.fullmatch(pattern, address))
        return next(found, None)

    def readers(self) -> Iterator[tuple[str, Callable[[Page], None]]]:
        """Which pages show figures."""
        yield "", self.home
        yield r"statistik/(massnahmen/|vergleich/)?", self.tables
        yield "statistik/summen/", self.newest_sums
        yield "statistik/wirkung/", self.estimates
        yield "statistik/zaehlregeln/", lambda page: page.main.clear()
        yield r"statistik/(kennzahl|umfang|massnahmen)-(?!nach).*/", self.sum
        yield "statistik/.+/", self.entries
        yield "branchen/(.+/)?", self.sectors
        yield "massnahmen/(.+/)?", self.measures
        yield "mitglieder/", self.directory

    # Lists of companies and measures

    def home(self, page: Page) -> None:
        """Four figures, the fields of action, the sectors, the newest members."""
        force = [m for m in self.there if in_force(m, self.day)]
        planned = [m for m in self.there if status(m, self.day) == "geplant"]
        values = {"dabei": self.members, "läuft": force, "laufen": force, "geplant": planned}

        def figure(element: Tag) -> Numbers | None:
            if "Stand:" in words(element):
                return self.published()
            label = words(element.select_one(".figure__label"))
            return next(([len(rows)] for key, rows in values.items() if key in label), None)

        page.claim(".figure", figure)
        page.claim(".field-tile", self.of_field)
        self.chips_and_cards(page)

    def published(self) -> Numbers:
        """The number of members that was published last, and its day."""
        newest = max(self.data.tables["mitgliederzahlen"], key=lambda row: row["stand"])
        year, _, day = newest["stand"].split("-")
        return [int(newest["anzahl"]), int(day), int(year)]

    def of_field(self, element: Tag) -> Numbers:
        """Measures and companies of a field of action."""
        key = self.names["handlungsfelder"][words(element.find("h3"))]
        own = [m for m in self.going if m["handlungsfeld"] == key]
        return [len(own), companies(own)] if own else []

    def chips_and_cards(self, page: Page) -> None:
        """Companies of a sector, measures of a company."""
        sectors = Counter(row["branche"] for row in self.members)
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
        page.claim("p.callout", lambda _: [*self.published(), len(self.members)])
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

    # Tables of figures

    def tables(self, page: Page) -> None:
        """Each statistic: its table, its picture, its sentence."""
        known = from_sources(self.members)
        page.claim(".page-body > p.muted", lambda e: _after_day(e, [known, len(self.members)]))
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
        at = f"#{name}"
        cells = iter(told)
        for hidden in section.select("td .visually-hidden"):
            cell = hidden.find_parent("td")
            assert cell is not None
            cell["data-said"] = words(hidden.extract())

        def cell(element: Tag) -> Numbers:
            if not numbers(words(element)):
                return []
            _, _, value, sources = next(cells)
            said = str(element.get("data-said", ""))
            assert not said.startswith("(") or numbers(said)[-1] == value, said
            with_note = element.select_one(".muted") is not None
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

    def stated(self, name: str) -> Numbers:
        """How many of all entries have what a statistic asks for."""
        own = {key[1]: value for key, (value, _) in self.figures.items() if key[0] == name}
        return [sum(own.values()) - own.get("ohne-angabe", 0), sum(own.values())]

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
        page.claim(".page-body > p.muted", lambda e: _after_day(e, self.stated(name)))
        for section in page.main.select(".entry-row"):
            row, column = known[str(section["id"]).removeprefix("w-").replace("_", "-")]
            value, sources = self.figures[name, row, column]
            heading = section.find("h2")
            assert heading is not None
            if numbers(words(heading))[-1] != value:
                page.faults.append(f"{page.address} {words(heading)!r}: expected {value}")
            page.count += 1
            heading.extract()
            note = section.select_one("p.muted")
            # A column that is about them needs no note.
            is_about = column == "oeffentliche-quelle"
            if (numbers(words(note))[0] if note else 0) != (0 if is_about else sources):
                page.faults.append(f"{page.address} {section['id']}: {sources} from sources")
            if note:
                note.extract()
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

    # Sums by year, estimates

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
        page.claim(".page-body > p", lambda _: None)

    def sum(self, page: Page) -> None:
        """One figure by year, and its newest year by class."""
        figure = page.address.split("/")[1]
        rows = [
            row
            for row in self.data.tables["jahressummen"]
            if row["groesse"].replace("_", "-") == figure
        ]
        whole = [row for row in rows if row["gliederung"] == "gesamt"]
        newest = whole[-1]["jahr"]
        expected = [*whole]
        for kind in ("groessenklasse", "branche", "stadtbezirk"):  # as the page has them
            expected += [r for r in rows if r["jahr"] == newest and r["gliederung"] == kind]
        lines = page.main.select("table tbody tr")
        if len(lines) != len(expected):
            page.faults.append(f"{page.address}: {len(lines)} lines for {len(expected)}")
        for line, row in zip(lines, expected, strict=False):
            _compare_sum(page, line, _sum_of(self.sums, row))
        last = _sum_of(self.sums, whole[-1])
        belonging = self.data.members_on(date(int(newest), 12, 31))
        dated = self.data.dated_on(date(int(newest), 12, 31))
        unsure = [len(belonging) - len(dated)] if len(belonging) > len(dated) else []
        stated = [last[1] + last[4], len(belonging), *unsure]
        page.claim(
            "section[aria-labelledby=gliederung] > p",
            lambda _: stated if figure.startswith("kennzahl") else [],
        )
        for section, row in zip(page.main.select(".entry-row"), whole, strict=True):
            told = _sum_of(self.sums, row)
            items = [numbers(words(item.select_one(".muted"))) for item in section.select("li")]
            if [sum(n[0] for n in items), len(items)] != [told[0] or 0, told[1]]:
                page.faults.append(f"{page.address} {row['jahr']}: entries differ")
            note = section.select_one("p.muted")
            if (numbers(words(note)) if note else []) != ([told[3], told[4]] if told[4] else []):
                page.faults.append(f"{page.address} {row['jahr']}: confidential part differs")
            page.count += len(items)
            section.clear()
        page.claim(".page-body > p.muted, section > h2, section > h3", lambda _: None)

    def estimates(self, page: Page) -> None:
        """Ranges of effects, and how they are reckoned."""
        found = effects(self.data)
        page.claim(".page-body > p.muted", lambda e: _after_day(e, []))
        offering = Counter(
            (m["typ"], m["mitglied"])
            for m in self.there
            if in_force(m, self.day) and m["bestaetigung"] == "unternehmen"
        )
        for section in page.main.select(".estimate"):
            kind = self.names["massnahmentypen"][words(section.find("h3"))]
            if kind not in found:
                assert "Noch nicht geschätzt" in words(section)
                section.clear()
                continue
            each = found[kind]
            others = len({s for t, s in offering if t == kind}) - each.companies
            _compare(page, section.select_one(".estimate__range"), each.shown)
            basis = [each.users, each.companies, *([others] if others else [])]
            _compare(page, section.select("p")[1], basis)
            for line, end in zip(section.select("details > p"), each.ends, strict=True):
                _compare(page, line, end.steps)
            cells = [numbers(words(cell)) for cell in section.select("td")]
            least, most = each.ends
            if cells != [
                [n] for pair in zip(least.assumed, most.assumed, strict=True) for n in pair
            ]:
                page.faults.append(f"{page.address} {kind}: assumptions differ")
            page.count += len(cells)
            section.clear()
        factors = self.data.tables["emissionsfaktoren"]
        values = [Decimal(row["wert"]) for row in factors if row["wert"]]
        for item in page.main.select(".factors strong"):
            if numbers(words(item).rpartition(":")[2])[0] not in values:
                page.faults.append(f"{page.address}: {words(item)}")
        # Years and sources of the factors, the formula and its „2“ for there and back.
        page.claim(".factors, p", lambda _: None)
        kinds = len(self.data.tables["massnahmentypen"]) - len(self.data.tables["annahmen"])
        page.claim("details > summary", lambda _: [kinds])


def companies(measures: Iterable[Row]) -> int:
    """How many companies stand behind measures."""
    return len({measure["mitglied"] for measure in measures})


def _badge(element: Tag) -> str:
    """The status that a badge names."""
    badge = element.select_one(".badge")
    assert badge is not None
    return next(key for key in STATUSES if f"badge--{key}" in (badge.get("class") or ()))


def _after_day(element: Tag, expected: Numbers) -> Numbers:
    """„Stand: 24. November 2026.“, then `expected`."""
    shown = numbers(words(element))
    return [*shown[:2], *(expected if len(shown) > 2 else ())]


def _sentence(text: str, labels: dict[str, int], values: list[int], total: int) -> Numbers | None:
    """What a summary says: the largest, or the first and last of a row of years."""
    shown = numbers(text)
    if text.startswith("Von "):
        (first, one), (last, other) = next(iter(labels.items())), list(labels.items())[-1]
        return [one, int(first), other, int(last)]
    if text.startswith(("Am häufigsten", "Noch keine Angaben", "Angegeben")):
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


def _sum_of(found: dict, row: Row) -> tuple[object, ...]:  # type: ignore[type-arg]
    return tuple(found[row["jahr"], row["groesse"], row["gliederung"], row["merkmal"]])


def _compare(page: Page, element: Tag | None, expected: Numbers) -> None:
    shown = numbers(words(element))
    page.count += len(shown)
    if shown != [Decimal(n) for n in expected]:
        page.faults.append(f"{page.address} {words(element)!r}: expected {list(expected)}")


def _compare_sum(page: Page, line: Tag, told: Sequence[object], year: str = "") -> None:
    """A line of sums: public sum and companies, confidential sum and companies, both."""
    cells = [words(cell) for cell in line.select("td.number")]
    public, count, sources, secret, hidden, both = told
    expected = [
        [n for n in (public, sources) if n not in ("", 0)] if public not in ("", 0) else [0],
        [count],
        [secret] if hidden else [],
        [hidden] if hidden else [],
        [both],
    ]
    shown = [numbers(text) for text in cells]
    if not shown[0] and public == "":
        expected[0] = []
    if public == 0 and sources:
        expected[0] = [0, sources]
    page.count += sum(map(len, shown))
    if shown != expected or (year and year not in words(line)):
        page.faults.append(f"{page.address} {words(line)!r}: expected {expected}")
    for cell in line.select("td"):
        cell.clear()
