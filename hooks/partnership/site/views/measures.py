"""Every measure of the members on a day, as the pages of who does what look them up."""

from collections import Counter
from datetime import date

from partnership.language import german
from partnership.language.glossary import STATUS_LABEL
from partnership.model import addresses
from partnership.model.fillin import known
from partnership.model.member import STATUSES, Member
from partnership.model.partnership import Partnership
from partnership.site.views import contact
from partnership.site.views.calculator import calculator
from partnership.site.views.common import (
    Link,
    MeasureView,
    MemberCard,
    StatusView,
    field_ref,
    measure_views,
    member_card,
    sorted_members,
)
from partnership.site.views.contact import Contact
from partnership.site.views.practice import (
    Example,
    FieldPage,
    FieldTile,
    SectorField,
    SectorPage,
    SectorTile,
    TypePage,
    TypeTile,
)


class MeasureIndex:
    """Every measure of the members on a day, looked up by type, field and sector.

    Built once a build: walking all members for each of forty types would grow with both.
    """

    def __init__(self, partnership: Partnership, day: date) -> None:
        self.partnership = partnership
        self.day = day
        self.members = sorted_members(partnership.members_on(day))
        self.by_sector: dict[str, list[Member]] = {}
        self._place_in_trade: dict[str, int] = {}
        self._public_types: dict[str, frozenset[str]] = {}
        self._cards: dict[str, MemberCard] = {}
        self.by_type: dict[str, list[tuple[Member, MeasureView]]] = {}
        # Counts are of what is planned, running or done, as in the statistics; what has ended is
        # shown, but not counted.
        self._going_on: dict[str, list[tuple[Member, MeasureView]]] = {}
        for member in self.members:
            trade = self.by_sector.setdefault(member.sector, [])
            self._place_in_trade[member.slug] = len(trade)
            trade.append(member)
            public = member.public_measures
            self._public_types[member.slug] = frozenset(measure.type for measure in public)
            views = measure_views(partnership, member, day)
            for measure, view in zip(public, views, strict=True):
                self.by_type.setdefault(measure.type, []).append((member, view))
                if not measure.has_ended(day):
                    self._going_on.setdefault(measure.type, []).append((member, view))

    def card(self, member: Member) -> MemberCard:
        """The card of a member, made once."""
        if member.slug not in self._cards:
            self._cards[member.slug] = member_card(self.partnership, member, self.day)
        return self._cards[member.slug]

    def similar(self, member: Member) -> tuple[tuple[MemberCard, str], ...]:
        """Up to four members of the trade, those with common measure types first, and how many.

        Looks at no more than the next forty of the trade, so that a page costs the same in a small
        partnership and in a large one.
        """
        trade = self.by_sector.get(member.sector, [])
        at = self._place_in_trade.get(member.slug, 0)
        # Someone who has left is not in the index, but has a page.
        own = {measure.type for measure in member.public_measures}
        ranked = sorted(
            (-len(own & self._public_types[other.slug]), self._place_in_trade[other.slug])
            for other in (trade[at:] + trade[:at])[:40]
            if other.slug != member.slug
        )
        return tuple(
            (
                self.card(trade[place]),
                german.counted(-common, "gleiche Maßnahme", "gleiche Maßnahmen") if common else "",
            )
            for common, place in ranked[:4]
        )

    def field_tiles(self) -> tuple[FieldTile, ...]:
        """All fields of action in the catalogue's order."""
        return tuple(self.field_tile(key) for key in self.partnership.fields)

    def field_tile(self, key: str) -> FieldTile:
        """One field of action with its types and counts."""
        field = self.partnership.fields[key]
        types = self._types_of(key)
        found = [pair for type_key in types for pair in self._going_on.get(type_key, ())]
        count = len(found)
        companies = len({member.slug for member, _ in found})
        return FieldTile(
            field=field_ref(self.partnership, key),
            goal=field.goal,
            description=field.description or "",
            measures=count,
            measures_text=german.counted(count, "Maßnahme", "Maßnahmen"),
            companies_text=german.counted(companies, "Unternehmen", "Unternehmen"),
            types=tuple(self.type_tile(type_key) for type_key in types),
        )

    def _types_of(self, field_key: str) -> list[str]:
        """Types of a field: those on offer, and retired ones that old entries still name."""
        return [
            key
            for key, kind in self.partnership.types.items()
            if kind.field == field_key and (kind.replaced_by is None or key in self.by_type)
        ]

    def type_tile(self, key: str) -> TypeTile:
        """One measure type with the number of companies that do it."""
        kind = self.partnership.types[key]
        companies = len({member.slug for member, _ in self._going_on.get(key, ())})
        return TypeTile(
            name=kind.name,
            address=addresses.measure_type(kind.field, key),
            question=kind.question,
            description=kind.description or "",
            field=field_ref(self.partnership, kind.field),
            companies=companies,
            companies_text=german.counted(companies, "Unternehmen", "Unternehmen")
            if companies
            else "hier noch keine verzeichnet",
        )

    def field_page(self, key: str) -> FieldPage:
        """The page of a field of action."""
        tile = self.field_tile(key)
        found = [
            pair for type_key in self._types_of(key) for pair in self.by_type.get(type_key, ())
        ]
        slugs = {
            member.slug
            for type_key in self._types_of(key)
            for member, _ in self._going_on.get(type_key, ())
        }
        used = sorted(
            (each for each in tile.types if each.companies),
            key=lambda each: (-each.companies, german.collation_key(each.name)),
        )
        return FieldPage(
            tile=tile,
            used=tuple(used),
            unused=tuple(each for each in tile.types if each not in used),
            companies=tuple(self.card(member) for member in self.members if member.slug in slugs),
            status_counts=tuple(
                (status, STATUS_LABEL[status], count)
                for status in STATUSES
                if (count := sum(1 for _, view in found if view.status.key == status))
            ),
        )

    def type_page(self, key: str) -> TypePage:
        """The page of a measure type: the question, the practice of others, how to start."""
        kind = self.partnership.types[key]
        advice, reach = self._contact(kind.contact)
        found = self.by_type.get(key, [])
        examples: dict[str, Example] = {}
        for member, view in found:
            before = examples[member.slug].measures if member.slug in examples else ()
            card = self.card(member)
            examples[member.slug] = Example(
                member.name,
                card.address,
                card.sector,
                card.sector_key,
                card.size,
                card.confirmed,
                (*before, view),
            )
        return TypePage(
            tile=self.type_tile(key),
            unit=kind.unit.name,
            first_steps=kind.first_steps,
            advice=advice,
            contact=reach,
            examples=tuple(examples.values()),
            sectors=self._sectors(key),
            status_counts=tuple(
                (StatusView(status, STATUS_LABEL[status]), count)
                for status in STATUSES
                if (count := sum(1 for _, view in found if view.status.key == status))
            ),
            successor=self._successor(kind.replaced_by),
            calculator=calculator(self.partnership, kind),
        )

    def _sectors(self, type_key: str) -> tuple[tuple[str, str, int], ...]:
        members = {member.slug: member for member, _ in self._going_on.get(type_key, ())}
        counts = Counter(member.sector for member in members.values())
        names = {key: self.partnership.sectors[key].name for key in counts}
        ranked = sorted(counts, key=lambda key: (-counts[key], german.collation_key(names[key])))
        return tuple((names[key], addresses.sector(key), counts[key]) for key in ranked)

    def _contact(self, role: str | None) -> tuple[Link, Contact]:
        """Who advises on a type, and how to reach them: an offer of advice by its key, otherwise
        the office.
        """
        city = self.partnership.city
        for advice in city.advice:
            if advice.id == role:
                link = Link(advice.name, addresses.ADVICE, note=known(advice.what))
                return link, contact.adviser(city, advice)
        return Link(city.office.name, addresses.CONTACT), contact.office(city)

    def _successor(self, key: str | None) -> Link | None:
        if key is None:
            return None
        kind = self.partnership.types[key]
        return Link(kind.name, addresses.measure_type(kind.field, key))

    def sector_tiles(self) -> tuple[SectorTile, ...]:
        """All sectors with members, alphabetically."""
        tiles = []
        for key, sector in self.partnership.sectors.items():
            members = self.by_sector.get(key, [])
            measures = sum(self.card(member).measure_count for member in members)
            if members:
                tiles.append(
                    SectorTile(
                        sector.name,
                        addresses.sector(key),
                        len(members),
                        german.counted(len(members), "Mitglied", "Mitglieder"),
                        german.counted(measures, "Maßnahme", "Maßnahmen") if measures else "",
                    )
                )
        return tuple(sorted(tiles, key=lambda tile: german.collation_key(tile.name)))

    def sector_page(self, key: str) -> SectorPage:
        """The page of a sector."""
        sector = self.partnership.sectors[key]
        members = self.by_sector.get(key, [])
        fields = []
        for field_key in self.partnership.fields:
            types = []
            for type_key in self._types_of(field_key):
                views = tuple(
                    view for member, view in self.by_type.get(type_key, ()) if member.sector == key
                )
                if views:
                    tile = self.type_tile(type_key)
                    types.append((Link(tile.name, tile.address), views))
            if types:
                types.sort(key=lambda pair: -len(pair[1]))
                fields.append(SectorField(field_ref(self.partnership, field_key), tuple(types)))
        return SectorPage(
            name=sector.name,
            description=sector.description or "",
            wz=german.listing(sector.wz),
            members=tuple(self.card(each) for each in members),
            fields=tuple(fields),
        )
