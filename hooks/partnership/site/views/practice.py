"""What pages of fields of action, measure types and sectors show: who does what."""

from dataclasses import dataclass

from partnership.site.views.calculator import CalculatorView
from partnership.site.views.common import FieldRef, Link, MeasureView, MemberCard, StatusView
from partnership.site.views.contact import Contact


@dataclass(frozen=True, slots=True)
class Example:
    """What one company does of a type: its measures of that type side by side."""

    member: str
    address: str
    sector: str
    sector_key: str
    size: str
    confirmed: bool
    measures: tuple[MeasureView, ...]


@dataclass(frozen=True, slots=True)
class TypeTile:
    """A measure type in a list."""

    name: str
    address: str
    question: str
    description: str
    field: FieldRef
    companies: int
    companies_text: str


@dataclass(frozen=True, slots=True)
class FieldTile:
    """A field of action in a list."""

    field: FieldRef
    goal: str
    description: str
    measures: int
    measures_text: str
    companies_text: str
    types: tuple[TypeTile, ...]


@dataclass(frozen=True, slots=True)
class FieldPage:
    """The page of a field of action: its types, used ones first."""

    tile: FieldTile
    used: tuple[TypeTile, ...]
    unused: tuple[TypeTile, ...]
    companies: tuple[MemberCard, ...]
    status_counts: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class TypePage:
    """The page of a measure type."""

    tile: TypeTile
    unit: str
    first_steps: tuple[str, ...]
    advice: Link
    contact: Contact
    examples: tuple[Example, ...]
    sectors: tuple[tuple[str, str, int], ...]
    status_counts: tuple[tuple[StatusView, int], ...]
    successor: Link | None
    calculator: CalculatorView | None


@dataclass(frozen=True, slots=True)
class SectorTile:
    """A sector in a list."""

    name: str
    address: str
    members: int
    members_text: str
    measures_text: str


@dataclass(frozen=True, slots=True)
class SectorField:
    """What a sector does in one field: types and who does them."""

    field: FieldRef
    types: tuple[tuple[Link, tuple[MeasureView, ...]], ...]


@dataclass(frozen=True, slots=True)
class SectorPage:
    """The page of a sector: what others in the trade do."""

    name: str
    description: str
    wz: str
    members: tuple[MemberCard, ...]
    fields: tuple[SectorField, ...]
    sizes: tuple[Link, ...] = ()
