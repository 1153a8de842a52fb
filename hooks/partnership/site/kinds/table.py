"""The entries behind the figures of a statistical table."""

from collections.abc import Iterable

from partnership.figures.tables import Table
from partnership.model import addresses
from partnership.site.build import Build
from partnership.site.kinds.kind import Found, Kind
from partnership.site.views.shell import PageFrame
from partnership.site.views.tables import TableView


class Tables(Kind[Table, TableView]):
    """A page for each table."""

    name = "table"

    def subjects(self, build: Build) -> Iterable[Table]:
        """Every table with one characteristic."""
        return build.reckoning.tables

    def address(self, subject: Table) -> str:
        """By its key."""
        return addresses.table(subject.key)

    def view(self, build: Build, subject: Table) -> TableView:
        """Each figure with its entries."""
        return build.statistics.tables[subject.key]

    def frame(self, build: Build, subject: Table, view: TableView) -> PageFrame:
        """Below the statistics."""
        return PageFrame(
            address=self.address(subject),
            title=subject.title,
            description=f"{subject.title}: die Einträge hinter jeder Zahl.",
            lead=subject.rule,
            crumbs=(addresses.STATISTICS,),
            has_figures=True,
        )

    def found(self, build: Build, subject: Table) -> Iterable[Found]:
        """By its title and by what is counted."""
        yield Found(subject.title, "Statistik", subject.rule, "Zahlen")
