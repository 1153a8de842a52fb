"""What companies like one's own do most, with their names; and the ways to such a page."""

from collections.abc import Iterator
from dataclasses import dataclass

from partnership.figures.peers import LEAST, Peers, most_common, peers
from partnership.figures.sizes import SIZES, size_of
from partnership.language import german
from partnership.model import addresses
from partnership.site.views.common import Link
from partnership.site.views.measures import MeasureIndex

_LABELS = {key: label for key, _, _, label in SIZES}
# So many types show what is usual; the page of the sector has them all.
_MOST = 10


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """A sector and a size class, by their keys."""

    sector: str
    size: str


@dataclass(frozen=True, slots=True)
class Common:
    """A type of measure, by how many of those shown it goes on, and who they are."""

    type: Link
    share: str
    members: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PeersPage:
    """The page of a group; `relaxed` says what was left out of account, and why."""

    address: str
    title: str
    shown: str
    relaxed: str
    types: tuple[Common, ...]
    sizes: tuple[Link, ...]
    sector: Link


def groups(index: MeasureIndex) -> Iterator[PeerGroup]:
    """Every group that has a page: each size of each sector that has members, where the size of
    enough companies is known.
    """
    if sum(size_of(member) is not None for member in index.members) >= LEAST:
        for sector in index.partnership.sectors:
            if sector in index.by_sector:
                for size in _LABELS:
                    yield PeerGroup(sector, size)


def sizes(index: MeasureIndex, sector: str) -> tuple[Link, ...]:
    """The ways to the pages of a sector's sizes."""
    return tuple(
        Link(_LABELS[each.size], addresses.peers(each.sector, each.size))
        for each in groups(index)
        if each.sector == sector
    )


def size_choices(index: MeasureIndex) -> tuple[tuple[str, str], ...]:
    """Key and label of each size one can choose; none where no group has a page."""
    return tuple(_LABELS.items()) if next(groups(index), None) else ()


def title(index: MeasureIndex, group: PeerGroup) -> str:
    """What the group is called."""
    return f"{index.partnership.sectors[group.sector].name}, {_LABELS[group.size]}"


def page(index: MeasureIndex, group: PeerGroup) -> PeersPage:
    """The page of a group."""
    found = peers(index.members, group.sector, group.size)
    count = len(found.members)
    return PeersPage(
        address=addresses.peers(group.sector, group.size),
        title=title(index, group),
        shown=german.counted(count, "Unternehmen", "Unternehmen"),
        relaxed=_relaxed(found),
        types=tuple(
            Common(
                Link(index.type_tile(key).name, index.type_tile(key).address),
                f"{german.number(len(those))} von {german.number(count)} Unternehmen",
                tuple(Link(each.name, addresses.member(each.slug)) for each in those),
            )
            for key, those in most_common(found.members, index.day)[:_MOST]
        ),
        sizes=sizes(index, group.sector),
        sector=Link(index.partnership.sectors[group.sector].name, addresses.sector(group.sector)),
    )


def _relaxed(found: Peers) -> str:
    if not found.relaxed:
        return ""
    number = {0: "noch kein", 1: "erst ein"}.get(found.exact, f"erst {german.number(found.exact)}")
    verb = "sind" if found.exact > 1 else "ist"
    exact = f"Aus dieser Branche {verb} in dieser Größe {number} Unternehmen verzeichnet."
    instead = {
        "size": "Unternehmen der Branche, gleich welcher Größe",
        "sector": "Unternehmen dieser Größe aus allen Branchen",
        "both": "Unternehmen aller Branchen und Größen",
    }
    return f"{exact} Gezeigt werden deshalb {instead[found.relaxed]}."
