"""Every number on the pages of figures, compared with what the open data say.

A reader claims each number that a page shows: it tells what the number must be, from the CSV files
alone (tests/recompute.py). What nobody claims is told as well, so that no figure goes unchecked.
"""

import re
from collections.abc import Callable, Iterator

from bs4 import BeautifulSoup, SoupStrainer

from tests.shown.calculators import Calculators
from tests.shown.estimates import Estimates
from tests.shown.lists import Lists
from tests.shown.page import Page
from tests.shown.tables import Tables
from tests.shown.yearsums import Sums


class Reader(Lists, Tables, Sums, Estimates, Calculators):
    """Reads the pages of a site; what it expects comes from the CSV files."""

    def faults(self) -> tuple[list[str], dict[str, int]]:
        """What differs or is computed by nobody, and how many numbers each page showed."""
        found, counts = [], {}
        for file in sorted(self.folder.rglob("index.html")):
            address = file.relative_to(self.folder).as_posix().removesuffix("index.html")
            read = self._reader_of(address)
            main = self.content(address)
            if read is not None and main.find("main"):
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
        if b'http-equiv="refresh"' in text:
            return BeautifulSoup("", "lxml")
        return BeautifulSoup(text, "lxml", parse_only=SoupStrainer("main"))

    def _reader_of(self, address: str) -> Callable[[Page], None] | None:
        found = (read for pattern, read in self.readers() if re.fullmatch(pattern, address))
        return next(found, None)

    def type_or_field(self, page: Page) -> None:
        """Who takes such measures, and the calculator."""
        self.calculator(page)
        self.measures(page)

    def readers(self) -> Iterator[tuple[str, Callable[[Page], None]]]:
        """Which pages show figures."""
        yield "", self.home
        yield r"statistik/(massnahmen/|vergleich/)?", self.tables
        yield "statistik/summen/", self.newest_sums
        yield "statistik/wirkung/", self.estimates
        yield "statistik/zaehlregeln/", lambda page: page.main.clear()
        yield r"statistik/(kennzahl|umfang|massnahmen)-(?!nach).*/", self.sum
        yield "statistik/.+/", self.entries
        yield "branchen/[^/]+/[^/]+/", self.peers
        yield "branchen/([^/]+/)?", self.sectors
        yield "massnahmen/(.+/)?", self.type_or_field
        yield "mitglieder/", self.directory
