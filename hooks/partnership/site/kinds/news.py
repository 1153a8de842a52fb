"""The page of a news item."""

from collections.abc import Iterable

from partnership.language import german
from partnership.model import addresses
from partnership.model.event import News
from partnership.model.markers import plain
from partnership.site.build import Build
from partnership.site.kinds.kind import Found, ProseKind
from partnership.site.views.shell import PageFrame


class NewsItems(ProseKind[News]):
    """A page for each news item."""

    name = "news"

    def subjects(self, build: Build) -> Iterable[News]:
        """Every news item."""
        return build.partnership.news

    def address(self, subject: News) -> str:
        """By the name of its file."""
        return addresses.news(subject.slug)

    def frame(self, build: Build, subject: News, view: None = None) -> PageFrame:
        """Below the news."""
        address = self.address(subject)
        return PageFrame(
            address=address,
            title=subject.title,
            description=subject.summary,
            kind="news",
            lead=subject.summary,
            crumbs=build.above(address),
            source=subject.path,
            updated=subject.day.isoformat(),
        )

    def found(self, build: Build, subject: News) -> Iterable[Found]:
        """By its title, summary and text."""
        yield Found(subject.title, "Aktuelles", subject.summary, plain(subject.body))

    def picture(self, build: Build, subject: News) -> tuple[str, str]:
        """Its title and its day."""
        return subject.title, german.day(subject.day)
