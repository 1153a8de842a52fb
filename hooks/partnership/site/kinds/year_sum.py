"""The sums of one figure by year."""

from collections.abc import Iterable

from partnership.figures.summed import Figure
from partnership.model import addresses
from partnership.site.build import Build
from partnership.site.kinds.kind import Found, Kind
from partnership.site.views.shell import PageFrame
from partnership.site.views.yearsums import SumPage, page, title


class YearSumPages(Kind[Figure, SumPage]):
    """A page for each figure whose amounts are added."""

    name = "sum"

    def subjects(self, build: Build) -> Iterable[Figure]:
        """Every such figure."""
        return build.reckoning.sums.figures

    def address(self, subject: Figure) -> str:
        """By its key."""
        return addresses.year_sum(subject.key)

    def view(self, build: Build, subject: Figure) -> SumPage:
        """Sums, and the entries behind them."""
        return page(build.reckoning.sums, subject)

    def frame(self, build: Build, subject: Figure, view: SumPage) -> PageFrame:
        """Below the statistics."""
        return PageFrame(
            address=self.address(subject),
            title=view.title,
            description=f"{view.title}: Summen nach Jahr und die Einträge dahinter.",
            crumbs=(addresses.STATISTICS,),
            has_figures=True,
        )

    def found(self, build: Build, subject: Figure) -> Iterable[Found]:
        """By its name."""
        yield Found(title(subject), "Statistik", f"Summen nach Jahr in {subject.unit}", "Zahlen")
