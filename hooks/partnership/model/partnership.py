"""All that is known about one partnership, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from partnership.model.catalogue import (
    District,
    Field,
    MeasureType,
    Question,
    Questionnaire,
    Sector,
)
from partnership.model.city import City
from partnership.model.edition import Edition
from partnership.model.estimate import Family
from partnership.model.event import Event, News, ProsePage
from partnership.model.fillin import FillIn
from partnership.model.geodata import Shapes
from partnership.model.legal import Criterion
from partnership.model.member import Measure, Member
from partnership.model.search import Search
from partnership.model.yearsums import Closing, ConfidentialEntry, Register


@dataclass(frozen=True, eq=False)
class Partnership:
    """The city's data and the catalogues it uses. `root` is the city's folder, `base` the folder
    with what the city shares with others (None where the city has everything itself). `entries` are
    what the confidential folder holds by member, where that has been named. `members` are those
    that may be shown; `unlisted` ones have a file, too, but count in `count_on` and nothing else.

    Equal only to itself, so that what was computed from it can be kept (`functools.lru_cache`).
    """

    root: Path
    base: Path | None
    city: City
    fields: Mapping[str, Field]
    types: Mapping[str, MeasureType]
    sectors: Mapping[str, Sector]
    families: Mapping[str, Family]
    districts: Mapping[str, District]
    questionnaire: Questionnaire
    criteria: Mapping[str, Criterion]
    members: tuple[Member, ...]
    events: tuple[Event, ...]
    news: tuple[News, ...]
    prose: tuple[ProsePage, ...]
    fill_ins: tuple[FillIn, ...]
    shapes: Shapes = field(default_factory=dict)
    closing: Closing | None = None
    editions: Mapping[int, Edition] = field(default_factory=dict)
    register: Register | None = None
    entries: Mapping[str, ConfidentialEntry] = field(default_factory=dict)
    unlisted: tuple[Member, ...] = ()
    search: Search = field(default_factory=Search)

    def members_on(self, day: date) -> tuple[Member, ...]:
        """Who belongs to the partnership on `day`."""
        return tuple(member for member in self.members if member.is_member(day))

    def count_on(self, day: date) -> int:
        """How many companies belong to the partnership on `day`, those that are not shown too."""
        told = self.city.unlisted
        nameless = told.count if told is not None and told.as_of <= day else 0
        return sum(member.is_member(day) for member in self.everybody) + nameless

    @property
    def everybody(self) -> tuple[Member, ...]:
        """Every company with a file. For the office's work and for counting, never for showing."""
        return (*self.members, *self.unlisted)

    @cached_property
    def slugs(self) -> frozenset[str]:
        """The members' own addresses, which every former address is compared with."""
        return frozenset(member.slug for member in self.members)

    def field_of(self, measure: Measure) -> str:
        """The key of the field of action a measure belongs to."""
        return self.types[measure.type].field

    @cached_property
    def active_types(self) -> Mapping[str, "MeasureType"]:
        """The measure types that are offered; retired ones stay readable in old entries."""
        return {key: kind for key, kind in self.types.items() if kind.replaced_by is None}

    def options(self, question: Question) -> tuple[str, ...]:
        """The answers a question offers: its own, or the names of the catalogue it refers to.

        Measure types are too many for a list of answers; they have a table of their own.
        """
        catalogues: Mapping[str, Mapping[str, Sector | District | Field]] = {
            "branchen": self.sectors,
            "stadtbezirke": self.districts,
            "handlungsfelder": self.fields,
        }
        found = catalogues.get(question.options_from or "", {})
        return question.options or tuple(entry.name for entry in found.values())

    def find(self, path: str) -> Path | None:
        """A file of the city, or the shared one of that name; None where neither exists."""
        for folder in (self.root, self.base):
            if folder is not None and (folder / path).is_file():
                return folder / path
        return None
