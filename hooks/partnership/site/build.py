"""What every page of one build looks at: a partnership on a day, whether it is a preview, and what
several pages need of it, worked out once.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property

from partnership.checking.history import History
from partnership.checking.repository import State
from partnership.figures import crosstables, statistics
from partnership.figures.revision import Difference
from partnership.figures.tables import Table as FigureTable
from partnership.figures.yearsums import YearSums
from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.reading import archive
from partnership.site.exports import data, editions, recount
from partnership.site.exports.editions import Frozen
from partnership.site.exports.table import Table
from partnership.site.views.measures import MeasureIndex
from partnership.site.words import Words


class Build:
    """`partnership` seen at `now` (a moment with time zone). `edit_base` is the address below which
    a page's source can be edited, empty for none; `history` is what is known of the latest changes
    of entries, `state` that of the files in git, None where it is not known. `preview` makes this a
    preview even when nothing is open.
    """

    def __init__(
        self,
        partnership: Partnership,
        now: datetime,
        edit_base: str = "",
        history: History | None = None,
        state: State | None = None,
        *,
        preview: bool = False,
    ) -> None:
        self.partnership = partnership
        self.now = now
        self.day = now.date()
        self.edit_base = edit_base
        self.history = history or History()
        self.state = state
        self.is_incomplete = bool(partnership.fill_ins)
        # Only one way round: nothing makes an official site of one with gaps.
        self.is_preview = preview or self.is_incomplete
        self.index = MeasureIndex(partnership, self.day)
        self.words = Words(partnership, self.day)

    @cached_property
    def menu(self) -> Mapping[str, str]:
        """The short title of each prose page, by its address."""
        return {
            addresses.prose(page.path): self.words.fill(page.menu or page.title)
            for page in self.partnership.prose
        }

    def above(self, address: str) -> tuple[str, ...]:
        """The addresses of the prose pages above `address`, from the top down."""
        parts = address.rstrip("/").split("/")[:-1]
        steps = ("/".join(parts[: depth + 1]) + "/" for depth in range(len(parts)))
        return tuple(each for each in steps if each in self.menu)

    def below(self, address: str) -> Iterator[str]:
        """The addresses of the prose pages below `address`."""
        return (each for each in sorted(self.menu) if each.startswith(address) and each != address)

    @cached_property
    def tables(self) -> tuple[FigureTable, ...]:
        """Every statistical table."""
        return statistics.tables(self.partnership, self.day)

    @cached_property
    def crossed(self) -> tuple[FigureTable, ...]:
        """Every table with two characteristics."""
        return crosstables.tables(self.partnership, self.day)

    @cached_property
    def sums(self) -> YearSums:
        """Every sum by year."""
        return YearSums(self.partnership, self.day)

    @cached_property
    def data_tables(self) -> tuple[Table, ...]:
        """Every table of the open data."""
        return data.tables(self.partnership, self.day)

    @cached_property
    def commit(self) -> str:
        """The name of the state in git, where there is one and it tells nothing confidential."""
        kept = self.partnership.city.confidentiality
        return self.state.named(is_public=bool(kept and kept.is_public)) if self.state else ""

    @cached_property
    def data_checksum(self) -> str:
        """The checksum of the open data: that of the list of the checksums of every table."""
        return archive.checksum(data.sums(self.data_tables))

    @cached_property
    def recount(self) -> recount.Recount:
        """What comes out when the figures are computed once more from the published tables."""
        return recount.recount(self.data_tables)

    @property
    def editions(self) -> tuple[Frozen, ...]:
        """The editions of closed years, the newest first."""
        return editions.editions(self.partnership)

    @property
    def revisions(self) -> Mapping[int, tuple[Difference, ...]]:
        """What the figures of each edition are today where they are others."""
        return editions.revisions(self.partnership)
