"""The page of all figures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from partnership.figures.coverage import Coverage, coverage
from partnership.figures.reckoning import Reckoning
from partnership.figures.tables import Table, Topic
from partnership.language import german
from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.site.views import charts
from partnership.site.views.common import Link, named_source
from partnership.site.views.map import Map, district_map
from partnership.site.views.tables import CrossView, TableView, cross_view, listed_only, table_view


@dataclass(frozen=True, slots=True)
class HeadcountView:
    """A published number of members and who published it."""

    when: str
    count: str
    source: Link


@dataclass(frozen=True, slots=True)
class Headcounts:
    """Published numbers of members, shown where the entries cannot tell the course of years."""

    rows: tuple[HeadcountView, ...]
    bars: tuple[charts.Bar, ...]
    summary: str
    why: str


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """The pages of all figures: tables by the heading they stand under, those with two
    characteristics apart; the map of a table by its key. `few` says what the entries cannot tell,
    empty where they tell it; `instead` are the tables that would mislead, by the heading they would
    stand under: they have their entries, but no figure on these pages.
    """

    members: tuple[TableView, ...]
    measures: tuple[TableView, ...]
    crossed_members: tuple[CrossView, ...]
    crossed_measures: tuple[CrossView, ...]
    commitment: tuple[CrossView, ...]
    maps: Mapping[str, Map]
    headcounts: Headcounts | None
    few: Mapping[Topic, str]
    instead: Mapping[str, tuple[tuple[str, Link], ...]]
    stand: str
    unconfirmed: str


class Statistics:
    """The figures of a `reckoning` as shown, each table made once: it has a page of its own and its
    place on the pages of all figures.
    """

    def __init__(self, reckoning: Reckoning) -> None:
        self._reckoning = reckoning

    @cached_property
    def tables(self) -> Mapping[str, TableView]:
        """Every table with one characteristic, by its key."""
        partnership = self._reckoning.partnership
        return {table.key: table_view(partnership, table) for table in self._reckoning.tables}

    @cached_property
    def crossed(self) -> Mapping[str, CrossView]:
        """Every table with two characteristics, by its key."""
        return {table.key: cross_view(table) for table in self._reckoning.crossed}

    @cached_property
    def page(self) -> StatisticsPage:
        """Every table under its heading."""
        return _page(self._reckoning, self.tables, self.crossed)


def _page(
    reckoning: Reckoning, tables: Mapping[str, TableView], crosses: Mapping[str, CrossView]
) -> StatisticsPage:
    # Long: what the pages show, heading by heading.
    partnership, day = reckoning.partnership, reckoning.day
    cover = coverage(partnership, day)
    instead: dict[str, list[Table]] = {}
    views: dict[Topic, list[TableView]] = {"members": [], "measures": [], "commitment": []}
    crossed: dict[Topic, list[CrossView]] = {"members": [], "measures": [], "commitment": []}
    maps = {}
    for table in reckoning.tables:
        view = tables[table.key]
        if table.shape == "line" and not _tells_course(cover, table):
            instead.setdefault(table.topic, []).append(table)
        elif not _tells(cover, table):
            if any(row.value and row.stated for row in table.rows):
                views[table.topic].append(listed_only(view))
            else:
                instead.setdefault(table.topic, []).append(table)
        else:
            views[table.topic].append(view)
            if table.shape == "map" and (drawn := district_map(partnership.shapes, view)):
                maps[table.key] = drawn
    for table in reckoning.crossed:
        if _tells_course(cover, table):
            crossed[table.topic].append(crosses[table.key])
        else:
            heading = "crossed" if table.topic == "measures" else table.topic
            instead.setdefault(heading, []).append(table)
    members = partnership.members_on(day)
    unconfirmed = sum(1 for member in members if not member.is_confirmed)
    return StatisticsPage(
        members=tuple(views["members"]),
        measures=tuple(views["measures"]),
        crossed_members=tuple(crossed["members"]),
        crossed_measures=tuple(crossed["measures"]),
        commitment=tuple(crossed["commitment"]),
        maps=maps,
        headcounts=None if cover.shows_course else _headcounts(partnership, cover, day),
        few={"members": _few_members(cover), "measures": _few_measures(cover)},
        instead={
            heading: tuple(
                (each.key, Link(each.title, addresses.table(each.key)))
                for each in instead.get(heading, ())
            )
            for heading in ("members", "measures", "crossed", "commitment")
        },
        stand=german.day(day),
        unconfirmed=f"{german.number(unconfirmed)} von {german.number(len(members))} Unternehmen"
        if unconfirmed
        else "",
    )


def _tells(cover: Coverage, table: Table) -> bool:
    return cover.shows_members if table.topic == "members" else cover.shows_measures


def _tells_course(cover: Coverage, table: Table) -> bool:
    return cover.shows_course if table.topic == "members" else cover.shows_measures


_UNKNOWN = (
    " Was hier nicht steht, ist nicht bekannt; es heißt nicht, dass es das nicht gibt. Deshalb"
    " zeichnet diese Seite aus den Einträgen keine Diagramme und nennt nur, was verzeichnet ist."
)


def _few_members(cover: Coverage) -> str:
    if cover.shows_members:
        return ""
    if not cover.listed:
        return "Hier ist noch kein Unternehmen verzeichnet."
    verb = "ist" if cover.listed == 1 else "sind"
    return f"Verzeichnet {verb} {german.number(cover.listed)} von {_of(cover)}.{_UNKNOWN}"


def _few_measures(cover: Coverage) -> str:
    if cover.shows_measures:
        return ""
    if not cover.listed:
        return "Hier ist noch keine Maßnahme verzeichnet."
    if not cover.confirmed:
        who = (
            "Noch hat kein Unternehmen seine Angaben selbst gemacht; alles stammt aus öffentlichen"
            " Quellen."
        )
    else:
        verb = "hat seine" if cover.confirmed == 1 else "haben ihre"
        count = german.number(cover.confirmed)
        who = f"{count} von {_of(cover)} {verb} Angaben selbst gemacht."
        if cover.confirmed < cover.listed:
            who += " Alles andere stammt aus öffentlichen Quellen."
    return f"{who}{_UNKNOWN}"


def _of(cover: Coverage) -> str:
    about = "rund " if cover.published and cover.published.about else ""
    return f"{about}{german.number(cover.known)} Unternehmen"


def _headcounts(partnership: Partnership, cover: Coverage, day: date) -> Headcounts:
    told = sorted(partnership.city.headcounts, key=lambda each: each.as_of)
    members = partnership.members_on(day)
    dated = sum(1 for member in members if member.joined is not None)
    rows = tuple(
        HeadcountView(
            german.partial_date(each.as_of),
            ("rund " if each.about else "") + german.number(each.count),
            Link(*named_source(each.source), external=True),
        )
        for each in told
    )
    shapes = charts.bars(
        [(row.when, each.count, "", 0) for row, each in zip(rows, told, strict=True)]
    )
    return Headcounts(
        rows,
        tuple(replace(bar, value_text=row.count) for bar, row in zip(shapes, rows, strict=True)),
        f"Von {rows[0].count} ({rows[0].when}) auf {rows[-1].count} ({rows[-1].when})."
        if rows
        else "",
        _why_no_course(cover, dated),
    )


def _why_no_course(cover: Coverage, dated: int) -> str:
    if not cover.listed:
        return "Aus Einträgen lässt sich der Verlauf noch nicht berechnen."
    why = (
        "Verzeichnet sind dafür zu wenige Unternehmen"
        if cover.knows_joining
        else f"Nur von {german.number(dated)} der {german.number(cover.listed)} verzeichneten"
        " Unternehmen ist bekannt, wann sie beigetreten sind"
    )
    return f"Aus den Einträgen hier lässt sich der Verlauf nicht berechnen: {why}."
