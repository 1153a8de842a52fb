"""What companies of a sector and a size do most."""

from collections.abc import Iterable

from partnership.model import addresses
from partnership.site.build import Build
from partnership.site.kinds.kind import Kind
from partnership.site.views import peers
from partnership.site.views.peers import PeerGroup, PeersPage
from partnership.site.views.shell import PageFrame


class PeerPages(Kind[PeerGroup, PeersPage]):
    """A page for each size class of each sector that has members."""

    name = "peers"

    def subjects(self, build: Build) -> Iterable[PeerGroup]:
        """Every group."""
        return peers.groups(build.index)

    def address(self, subject: PeerGroup) -> str:
        """Below its sector."""
        return addresses.peers(subject.sector, subject.size)

    def view(self, build: Build, subject: PeerGroup) -> PeersPage:
        """What they do, with names."""
        return peers.page(build.index, subject)

    def frame(self, build: Build, subject: PeerGroup, view: PeersPage) -> PageFrame:
        """Below the sector. Search engines know the sector's own page."""
        return PageFrame(
            address=self.address(subject),
            title=f"Betriebe wie Ihrer: {view.title}",
            description=f"Was Unternehmen wie Ihres am häufigsten tun: {view.title}.",
            crumbs=(addresses.SECTORS,),
            noindex=True,
        )

    def is_listed(self, subject: PeerGroup) -> bool:
        """Not in the sitemap: what is here stands on the sector's page, too."""
        return False
