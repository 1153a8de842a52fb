"""What every page of one build looks at: a partnership on a day, whether it is a preview, and what
several pages need of it, worked out once.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property

from partnership.checking.history import History
from partnership.checking.repository import State
from partnership.figures.reckoning import Reckoning
from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.site.exports.open_data import OpenData
from partnership.site.views.measures import MeasureIndex
from partnership.site.views.statistics import Statistics
from partnership.site.words import Words


class Build:
    """`partnership` seen at `now` (a moment with time zone). `edit_base` is the address below which
    a page's source can be edited, empty for none; `history` is what is known of the latest changes
    of entries, `state` that of the files in git, None where it is not known; `data` are what has
    been counted of the same partnership on the same day before. `preview` makes this a preview even
    when nothing is open.
    """

    def __init__(
        self,
        partnership: Partnership,
        now: datetime,
        edit_base: str = "",
        history: History | None = None,
        state: State | None = None,
        data: OpenData | None = None,
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
        self.words = Words(partnership, self.day)
        self.data = data or OpenData(Reckoning(partnership, self.day))
        self.reckoning = self.data.reckoning
        self.statistics = Statistics(self.reckoning)

    @cached_property
    def index(self) -> MeasureIndex:
        """Every measure by type, field and sector."""
        return MeasureIndex(self.partnership, self.day)

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
    def commit(self) -> str:
        """The name of the state in git, where there is one and it tells nothing confidential."""
        kept = self.partnership.city.confidentiality
        return self.state.named(is_public=bool(kept and kept.is_public)) if self.state else ""
