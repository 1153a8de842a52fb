"""A page of the site's own text, with words, figures and blocks where its markers stand."""

from collections.abc import Iterable

from partnership.model import addresses, markers
from partnership.model.event import ProsePage
from partnership.reading.sections import sections
from partnership.site.blocks import BLOCKS
from partnership.site.build import Build
from partnership.site.kinds.kind import Found, ProseKind
from partnership.site.views.shell import PageFrame

# A page that says what the partnership is comes before a company that uses the same words, and one
# that the city names first before both.
_FIRST, _PAGE = 2.0, 1.3


class Prose(ProseKind[ProsePage]):
    """Every text but that of the home page."""

    name = "prose"

    def subjects(self, build: Build) -> Iterable[ProsePage]:
        """Every such page of the city, and of the engine where the city has none."""
        return (page for page in build.partnership.prose if self.address(page) != addresses.HOME)

    def address(self, subject: ProsePage) -> str:
        """By its place in content/."""
        return addresses.prose(subject.path)

    def frame(self, build: Build, subject: ProsePage, view: None = None) -> PageFrame:
        """Below the pages in whose folders it lies; its blocks bring their scripts."""
        address, fill = self.address(subject), build.words.fill
        blocks = [BLOCKS[name] for name in markers.blocks(subject.body)]
        things = [block.about(build) for block in blocks if block.about]
        return PageFrame(
            address=address,
            title=fill(subject.title),
            description=fill(subject.description),
            kind="prose",
            lead=fill(subject.lead or ""),
            lang=subject.language,
            crumbs=build.above(address),
            source=subject.path,
            updated=subject.as_of.isoformat() if subject.as_of else "",
            noindex=not self.is_listed(subject),
            about=things[0] if things else None,
            has_figures=any(block.has_figures for block in blocks),
            scripts=tuple(dict.fromkeys(each for block in blocks for each in block.scripts)),
            styles=tuple(dict.fromkeys(each for block in blocks for each in block.styles)),
        )

    def is_listed(self, subject: ProsePage) -> bool:
        """All but the search: without a question it answers nothing."""
        return self.address(subject) != addresses.SEARCH

    def found(self, build: Build, subject: ProsePage) -> Iterable[Found]:
        """By all its text, and each section by its own; the search does not find itself."""
        if not self.is_listed(subject):
            return
        fill = build.words.fill
        title, text = fill(subject.title), fill(subject.body)
        path = subject.path.removeprefix("content/")
        weight = _FIRST if path in build.partnership.search.first else _PAGE
        blocks = (BLOCKS[name].words(build) for name in markers.blocks(subject.body))
        words = " ".join((markers.plain(text), *blocks))
        yield Found(title, "Seite", fill(subject.description), words, weight=weight)
        for each in sections(text):
            if told := " ".join(markers.plain(each.text).split()):
                what = "Frage" if each.title.endswith("?") else "Abschnitt"
                yield Found(each.title, f"{what}: {title}", "", told, each.anchor, weight)
