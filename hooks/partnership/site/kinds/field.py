"""The page of a field of action."""

from collections.abc import Iterable

from partnership.model import addresses
from partnership.model.catalogue import Field
from partnership.site.build import Build
from partnership.site.kinds.kind import Found, Kind
from partnership.site.views.practice import FieldPage
from partnership.site.views.shell import PageFrame


class Fields(Kind[tuple[str, Field], FieldPage]):
    """A page for each field, with its types of measures."""

    name = "field"

    def subjects(self, build: Build) -> Iterable[tuple[str, Field]]:
        """Every field with its key."""
        return build.partnership.fields.items()

    def address(self, subject: tuple[str, Field]) -> str:
        """By its key."""
        return addresses.field(subject[0])

    def view(self, build: Build, subject: tuple[str, Field]) -> FieldPage:
        """Its types and who takes such measures."""
        return build.index.field_page(subject[0])

    def frame(self, build: Build, subject: tuple[str, Field], view: FieldPage) -> PageFrame:
        """Below the measures."""
        field = subject[1]
        return PageFrame(
            address=self.address(subject),
            title=field.name,
            description=field.goal,
            lead=field.goal,
            crumbs=(addresses.MEASURES,),
            source="data/handlungsfelder.yml",
        )

    def found(self, build: Build, subject: tuple[str, Field]) -> Iterable[Found]:
        """By its name, goal and description."""
        field = subject[1]
        yield Found(field.name, "Handlungsfeld", field.goal, field.description or "")

    def picture(self, build: Build, subject: tuple[str, Field]) -> tuple[str, str]:
        """Its name and what it is."""
        return subject[1].name, "Handlungsfeld"
