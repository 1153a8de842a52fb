"""The home page: the text of content/index.md with what is new around it."""

from collections.abc import Iterable
from dataclasses import replace

from partnership.model import addresses
from partnership.model.event import ProsePage
from partnership.site.build import Build
from partnership.site.kinds.kind import Found
from partnership.site.kinds.prose import Prose
from partnership.site.views import home, linked_data
from partnership.site.views.shell import PageFrame


class HomePage(Prose):
    """The one page at the root. Nobody has to search for it."""

    name = "home"

    def subjects(self, build: Build) -> Iterable[ProsePage]:
        """The one page."""
        return (page for page in build.partnership.prose if self.address(page) == addresses.HOME)

    def around(self, build: Build) -> home.Home:
        """What the template shows around the text."""
        return home.home(build.partnership, build.index, build.now)

    def frame(self, build: Build, subject: ProsePage, view: None = None) -> PageFrame:
        """It speaks of the partnership itself."""
        return replace(
            super().frame(build, subject),
            kind="home",
            about=linked_data.organisation(build.partnership, addresses.HOME),
            scripts=("assets/js/events.js", "assets/js/peers.js"),
        )

    def found(self, build: Build, subject: ProsePage) -> Iterable[Found]:
        """Not in the search: everything on it has a page."""
        return ()

    def picture(self, build: Build, subject: ProsePage) -> tuple[str, str]:
        """What the partnership stands for; the picture of every page without one."""
        return build.partnership.city.motto or build.partnership.city.long_name, ""
