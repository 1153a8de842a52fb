"""The blocks that prose asks for: what each shows, and what its page needs for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from partnership.language import german
from partnership.model import addresses, markers
from partnership.model.fillin import known
from partnership.site.build import Build
from partnership.site.components import COMPONENTS
from partnership.site.exports import data, years
from partnership.site.views import (
    accessibility,
    changes,
    city,
    contact,
    editions,
    effects,
    events,
    form,
    linked_data,
    members,
    yearsums,
)
from partnership.site.views.common import Link

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """What the template overrides/blocks/<name>.html shows; scripts and style sheets that a page
    with it loads; what such a page is about, for machines; whether it shows figures; and by which
    words of it the page is found.
    """

    values: Callable[[Build], Values]
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    about: Callable[[Build], linked_data.Thing] | None = None
    has_figures: bool = False
    words: Callable[[Build], str] = lambda _: ""


def _of_city(build: Build) -> Values:
    return {"city": build.partnership.city}


def _accessibility(build: Build) -> Values:
    return {**_of_city(build), "assessment": accessibility.assessment(build.partnership)}


def _contact(build: Build) -> Values:
    about = build.partnership.city
    office = contact.office(about)
    others = tuple(each for each in city.partners(about) if each.contact != office)
    return {"contact": office, "unit": known(about.office.unit), "partners": others}


def _office(build: Build) -> Values:
    return {"contact": contact.office(build.partnership.city)}


def _partners(build: Build) -> Values:
    about = build.partnership.city
    return {"partners": city.partners(about), "joint_tasks": about.joint_tasks}


def _bodies(build: Build) -> str:
    """Who carries the partnership, and who advises."""
    about = build.partnership.city
    named = (*(each.name for each in about.partners), *(each.name for each in about.advice))
    return " ".join((about.office.name, *filter(known, named)))


def _paper_form(build: Build) -> Values:
    asked = build.partnership.questionnaire
    return {
        "form": asked,
        "partnership": build.partnership,
        "names": form.PUBLICATION,
        "as_of": german.day(asked.as_of),
    }


def _measures(build: Build) -> Values:
    return {"fields": build.index.field_tiles(), "sectors": build.index.sector_tiles()}


def _statistics(build: Build) -> Values:
    return {"statistics": build.statistics.page}


def _open_data(build: Build) -> Values:
    return {
        "tables": [
            (table, data.downloads(table), german.number(len(table.rows)))
            for table in build.data.tables
        ],
        "workbook": data.workbook(),
        "licence": build.partnership.city.licence,
        "sums": addresses.DATA_SUMS,
        "checksum": build.data.checksum,
        "editions": addresses.EDITIONS,
    }


def _recounted(build: Build) -> Values:
    found, home = build.data.recount, build.partnership.city.site_address
    return {
        "right": german.number(found.total - len(found.wrong)),
        "total": german.number(found.total),
        "wrong": found.wrong,
        "day": german.day(build.day),
        "program": addresses.RECOUNT,
        "address": f"{home.rstrip('/')}/{addresses.DATA}" if home else "",
    }


def _past(build: Build) -> Values:
    past = sorted(build.data.past, reverse=True)
    return {
        "years": [
            (year, [file for table in found for file in years.downloads(year, table)])
            for year, found in past
        ],
    }


def _dataset(build: Build) -> linked_data.Thing:
    files = [data.workbook(), *(f for t in build.data.tables for f in data.downloads(t))]
    told = [(file.path, file.media, file.title) for file in files]
    return linked_data.dataset(build.partnership, build.day, told)


def _effects(build: Build) -> Values:
    return {"effects": effects.page(build.partnership, build.day)}


def _tree(build: Build) -> Values:
    """The prose pages, each top page with those below it."""
    tops = [address for address in sorted(build.menu) if address.count("/") == 1]
    return {
        "tree": tuple(
            (
                Link(build.menu[top], top),
                tuple(Link(build.menu[each], each) for each in build.below(top)),
            )
            for top in tops
        )
    }


BLOCKS: Mapping[str, Block] = {
    "aenderungen": Block(
        lambda b: {
            "days": changes.days(b.partnership, b.history.changes),
            "is_unknown": bool(b.history.unknown),
        }
    ),
    "aktuelles": Block(lambda b: {"news": events.news_list(b.partnership)}),
    "ansprechstelle": Block(_office),
    "ausgaben": Block(lambda b: {"editions": editions.lines(b)}, has_figures=True),
    "barrierefreiheit": Block(_accessibility),
    "beitritt-schritte": Block(_of_city),
    "beratung": Block(lambda b: {"advice": contact.advisers(b.partnership.city)}, words=_bodies),
    "branchen": Block(lambda b: {"sectors": b.index.sector_tiles()}),
    "daten": Block(_open_data, about=_dataset, has_figures=True),
    "daten-jahre": Block(_past),
    "datenschutz-angaben": Block(_of_city),
    "formular": Block(
        lambda b: {"form": form.form(b.partnership, b.edit_base)},
        scripts=("assets/js/form.js",),
        styles=("assets/form.css",),
    ),
    "fragebogen": Block(_paper_form),
    "handlungsfelder": Block(lambda b: {"fields": b.index.field_tiles()}),
    "impressum": Block(_of_city),
    "inhaltsverzeichnis": Block(_tree),
    "kontakt": Block(_contact, words=_bodies),
    "kurz-gefasst": Block(_office),
    "lizenzen": Block(lambda _: {"components": COMPONENTS}),
    "massnahmenfelder": Block(_measures),
    "meilensteine": Block(lambda b: {"milestones": city.milestones(b.partnership.city)}),
    "mitgliederverzeichnis": Block(
        lambda b: {"directory": members.directory(b.index)}, scripts=("assets/js/filter.js",)
    ),
    "nachgerechnet": Block(_recounted, has_figures=True),
    "netzwerke": Block(lambda b: {"told": city.networks(b.partnership.city)}),
    "netzwerke-englisch": Block(lambda b: {"told": city.networks(b.partnership.city)}),
    "partner": Block(_partners, words=_bodies),
    "schwesterpartnerschaften": Block(lambda b: {"told": city.sisters(b.partnership.city)}),
    "schwesterpartnerschaften-englisch": Block(
        lambda b: {"told": city.sisters(b.partnership.city)}
    ),
    "statistik": Block(_statistics, has_figures=True),
    "statistik-massnahmen": Block(_statistics, has_figures=True),
    "statistik-summen": Block(
        lambda b: {"sums": yearsums.overview(b.reckoning.sums)}, has_figures=True
    ),
    "statistik-vergleich": Block(_statistics, has_figures=True),
    "suche": Block(lambda _: {"index": addresses.SEARCH_INDEX}, scripts=("assets/js/search.js",)),
    "veranstaltungen": Block(
        lambda b: {"events": events.event_list(b.partnership, b.now)},
        scripts=("assets/js/events.js",),
    ),
    "vereinbarung-laufzeit": Block(lambda b: {"term": city.term(b.partnership.city, b.day)}),
    "vereinbarung-laufzeit-englisch": Block(
        lambda b: {"term": city.term_in_english(b.partnership.city, b.day)}
    ),
    "vereinbarung-ziffern": Block(lambda b: {"clauses": city.clauses(b.partnership.city)}),
    "wirkung": Block(_effects, has_figures=True),
    "wirkung-vorlaeufig": Block(_effects),
    "ziele-der-stadt": Block(lambda b: {"told": city.aims(b.partnership.city)}),
}
assert set(BLOCKS) == markers.BLOCKS  # noqa: S101 - the check knows the names, too
