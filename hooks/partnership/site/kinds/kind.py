"""What a kind of page says of itself: which subjects have such a page, where it is, what it shows,
its frame with the scripts it loads, and how it is found: by the search, in the sitemap.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from partnership.model.event import News, ProsePage
from partnership.site.build import Build
from partnership.site.views.shell import PageFrame

Subject = TypeVar("Subject")
View = TypeVar("View")


@dataclass(frozen=True, slots=True)
class Found:
    """A page, or with an `anchor` a place on one, among the results of a search: what it is in a
    word, what is shown of it, the words by which it is found besides, and how much it counts among
    others with the same words.
    """

    title: str
    what: str
    shown: str
    words: str
    anchor: str = ""
    weight: float = 1


class Kind(ABC, Generic[Subject, View]):
    """A kind of page. `name` is its template in overrides/pages/ and, in there, its view."""

    name: ClassVar[str]

    @abstractmethod
    def subjects(self, build: Build) -> Iterable[Subject]:
        """What has a page of this kind, in the order of the search."""

    @abstractmethod
    def address(self, subject: Subject) -> str:
        """Where the page is."""

    @abstractmethod
    def view(self, build: Build, subject: Subject) -> View:
        """What the template shows."""

    @abstractmethod
    def frame(self, build: Build, subject: Subject, view: View) -> PageFrame:
        """What the page says of itself to its frame."""

    def is_listed(self, subject: Subject) -> bool:
        """Whether the sitemap names the page, and whether search engines may know it."""
        return True

    def found(self, build: Build, subject: Subject) -> Iterable[Found]:
        """The page and the places on it in the search; nothing if it is not to be found there."""
        return ()

    def picture(self, build: Build, subject: Subject) -> tuple[str, str] | None:
        """What the picture beside links to it says, large and small; `None`: that of the site."""
        return None


Text = TypeVar("Text", ProsePage, News)


class ProseKind(Kind[Text, None]):
    """A kind of page that an editor writes: the body is the text itself."""

    @abstractmethod
    def frame(self, build: Build, subject: Text, view: None = None) -> PageFrame:
        """What the page says of itself to its frame."""

    def view(self, build: Build, subject: Text) -> None:
        """Nothing beside the text."""
