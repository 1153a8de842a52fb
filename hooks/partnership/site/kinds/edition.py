"""The page of an edition."""

from collections.abc import Iterable

from partnership.model import addresses
from partnership.site.build import Build
from partnership.site.exports.editions import Frozen
from partnership.site.kinds.kind import Found, Kind
from partnership.site.views.editions import EditionPage, page
from partnership.site.views.shell import PageFrame


class Editions(Kind[Frozen, EditionPage]):
    """A page for each closed year that has an edition."""

    name = "edition"

    def subjects(self, build: Build) -> Iterable[Frozen]:
        """Every edition."""
        return build.data.editions

    def address(self, subject: Frozen) -> str:
        """By its year."""
        return addresses.edition(subject.year)

    def view(self, build: Build, subject: Frozen) -> EditionPage:
        """Its files, and what has changed since."""
        return page(build, subject)

    def frame(self, build: Build, subject: Frozen, view: EditionPage) -> PageFrame:
        """Below the list of editions."""
        return PageFrame(
            address=self.address(subject),
            title=f"Ausgabe {subject.year}",
            description=f"Die Tabellen der Partnerschaft, wie sie beim Abschluss des Jahres"
            f" {subject.year} standen, mit Prüfsummen, und was die Daten heute dazu sagen.",
            lead=f"Die Tabellen, wie sie beim Abschluss des Jahres {subject.year} standen. Sie"
            " ändern sich nicht mehr.",
            crumbs=(addresses.DATA, addresses.EDITIONS),
            has_figures=True,
        )

    def found(self, build: Build, subject: Frozen) -> Iterable[Found]:
        """By its year."""
        yield Found(
            f"Ausgabe {subject.year}", "Daten", "Tabellen eines abgeschlossenen Jahres", "Abschluss"
        )
