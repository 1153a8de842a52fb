"""What is counted of a partnership on a day, each figure once: pages, exports and the comparison
with former states look at the same.
"""

from datetime import date
from functools import cached_property

from partnership.figures import crosstables, statistics
from partnership.figures.tables import Table
from partnership.figures.yearsums import YearSums
from partnership.model.partnership import Partnership


class Reckoning:
    """The figures of `partnership` on `day`, counted when they are first asked for."""

    def __init__(self, partnership: Partnership, day: date) -> None:
        self.partnership = partnership
        self.day = day

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Every table with one characteristic."""
        return statistics.tables(self.partnership, self.day)

    @cached_property
    def crossed(self) -> tuple[Table, ...]:
        """Every table with two characteristics."""
        return crosstables.tables(self.partnership, self.day)

    @cached_property
    def sums(self) -> YearSums:
        """Every sum by year."""
        return YearSums(self.partnership, self.day)
