"""The page of a measure type."""

from collections.abc import Iterable

from partnership.model import addresses
from partnership.model.catalogue import MeasureType
from partnership.site.build import Build
from partnership.site.kinds.kind import Found, Kind
from partnership.site.views.practice import TypePage
from partnership.site.views.shell import PageFrame

Typed = tuple[str, MeasureType]


class MeasureTypes(Kind[Typed, TypePage]):
    """A page for each type, with the companies that take such a measure."""

    name = "type"

    def subjects(self, build: Build) -> Iterable[Typed]:
        """Every type with its key, retired ones too."""
        return build.partnership.types.items()

    def address(self, subject: Typed) -> str:
        """By its field and its key."""
        key, kind = subject
        return addresses.measure_type(kind.field, key)

    def view(self, build: Build, subject: Typed) -> TypePage:
        """Who takes such measures."""
        return build.index.type_page(subject[0])

    def frame(self, build: Build, subject: Typed, view: TypePage) -> PageFrame:
        """Below its field."""
        kind = subject[1]
        return PageFrame(
            address=self.address(subject),
            title=kind.name,
            description=kind.description or kind.question,
            lead=kind.description or "",
            crumbs=(addresses.MEASURES, addresses.field(kind.field)),
            source="data/massnahmentypen.yml",
            scripts=("assets/js/calculator.js",) if view.calculator else (),
            styles=("assets/calculator.css",) if view.calculator else (),
        )

    def found(self, build: Build, subject: Typed) -> Iterable[Found]:
        """By its name, its other names and the question about it."""
        kind = subject[1]
        field = build.partnership.fields[kind.field].name
        calculates = ("Rechner",) if kind.calculator else ()
        words = " ".join((*kind.synonyms, kind.question, field, *calculates))
        yield Found(kind.name, "Maßnahme", kind.description or kind.question, words)

    def picture(self, build: Build, subject: Typed) -> tuple[str, str]:
        """Its name and its field's."""
        kind = subject[1]
        return kind.name, build.partnership.fields[kind.field].name
