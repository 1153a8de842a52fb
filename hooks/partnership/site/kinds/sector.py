"""The page of a sector: what others in the trade do."""

from collections.abc import Iterable
from dataclasses import replace

from partnership.model import addresses
from partnership.model.catalogue import Sector
from partnership.site.build import Build
from partnership.site.kinds.kind import Found, Kind
from partnership.site.views import peers
from partnership.site.views.practice import SectorPage
from partnership.site.views.shell import PageFrame


class Sectors(Kind[tuple[str, Sector], SectorPage]):
    """A page for each sector; one that nobody belongs to keeps its address."""

    name = "sector"

    def subjects(self, build: Build) -> Iterable[tuple[str, Sector]]:
        """Every sector with its key."""
        return build.partnership.sectors.items()

    def address(self, subject: tuple[str, Sector]) -> str:
        """By its key."""
        return addresses.sector(subject[0])

    def view(self, build: Build, subject: tuple[str, Sector]) -> SectorPage:
        """What its companies do, and the ways to those of one's own size."""
        page = build.index.sector_page(subject[0])
        return replace(page, sizes=peers.sizes(build.index, subject[0]))

    def frame(self, build: Build, subject: tuple[str, Sector], view: SectorPage) -> PageFrame:
        """Below the sectors."""
        sector = subject[1]
        return PageFrame(
            address=self.address(subject),
            title=sector.name,
            description=f"Welche Maßnahmen Unternehmen der Branche {sector.name} umsetzen und"
            " planen.",
            lead=sector.description or "",
            crumbs=(addresses.SECTORS,),
            source="data/branchen.yml",
        )

    def found(self, build: Build, subject: tuple[str, Sector]) -> Iterable[Found]:
        """By its name and description."""
        sector = subject[1]
        yield Found(sector.name, "Branche", sector.description or "", "Betriebe Unternehmen")
