"""The pages of the site: generated ones whole, prose ones with their markers filled in."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from partnership import addresses, crosstables, german, markers, markup, statistics
from partnership.editing import forms
from partnership.exports import data, share, years
from partnership.exports.file import Export
from partnership.exports.table import Table
from partnership.finish import finish
from partnership.history import Change
from partnership.model.event import News, ProsePage
from partnership.model.partnership import Partnership
from partnership.templates import Templates
from partnership.views import (
    accessibility,
    changes,
    city,
    effects,
    events,
    form,
    linked_data,
    members,
    shell,
)
from partnership.views import statistics as statistics_views
from partnership.views import yearsums as yearsums_views
from partnership.views.badge import badge
from partnership.views.common import Link
from partnership.views.map import district_map
from partnership.views.measures import MeasureIndex
from partnership.words import Words
from partnership.yearsums import YearSums


@dataclass(frozen=True, slots=True)
class Page:
    """A generated page: its address, its rendered body, and what its frame needs.

    `source` is the file an editor opens to change it, relative to the city's folder.
    """

    address: str
    body: Markup
    frame: shell.PageFrame

    @property
    def source(self) -> str:
        """The file behind the page."""
        return self.frame.source


# Where the handbook is in the repository, and on the site beside the editing page.
_MOVED = {
    "overrides/redaktion/bilder/": "../bilder/",
    "data/ANGABEN.md": "../angaben/",
    "../REDAKTION.md": "../handbuch/",
}
_BLOCK = re.compile(r"<p>\s*\[\[\s*block:\s*([a-z-]+)\s*\]\]\s*</p>")
_GAP = re.compile(r"\[\[offen:\s*([^\[\]]+?)\s*\]\]")


class Site:
    """One build of the site: `partnership` seen at `now` (a moment with time zone).

    `folders` are searched for templates, first match first; `edit_base` is the address below which
    a page's source can be edited, empty for none; `history` are the latest changes of entries.
    """

    def __init__(
        self,
        partnership: Partnership,
        now: datetime,
        folders: Iterable[str | Path],
        edit_base: str = "",
        history: Sequence[Change] = (),
    ) -> None:
        self.partnership = partnership
        self.now = now
        self.history = history
        self.day = now.date()
        self.index = MeasureIndex(partnership, self.day)
        self.words = Words(partnership, self.day)
        self.frames = shell.Frames(
            partnership, self.day, self.words, edit_base, frozenset(share.pages(partnership))
        )
        self.folders = tuple(folders)
        self.templates = Templates(self.folders, self.knows)
        self._files: set[str] = set()

    def knows(self, address: str) -> bool:
        """Whether the site has a page or a file at `address`."""
        return address in self._addresses or address in self._files

    def add_files(self, paths: Iterable[str]) -> None:
        """Tell which files, apart from pages, the site will have."""
        self._files.update(paths)

    def prose_at(self, path: str) -> ProsePage | News:
        """The prose page or news item of a file. Raises `KeyError` for any other file."""
        return self._prose[path]

    @cached_property
    def _prose(self) -> Mapping[str, ProsePage | News]:
        pages: tuple[ProsePage | News, ...] = (*self.partnership.prose, *self.partnership.news)
        return {page.path: page for page in pages}

    @cached_property
    def _addresses(self) -> frozenset[str]:
        partnership = self.partnership
        return frozenset(
            {
                *(addresses.prose(page.path) for page in partnership.prose),
                *(addresses.news(item.slug) for item in partnership.news),
                *(addresses.member(member.slug) for member in partnership.members),
                *(addresses.field(key) for key in partnership.fields),
                *(addresses.measure_type(k.field, key) for key, k in partnership.types.items()),
                *(addresses.sector(key) for key in partnership.sectors),
                *(addresses.event(event.slug) for event in partnership.events),
                *(addresses.table(table.key) for table in self.tables),
                *(addresses.table(table.key) for table in self.crossed),
                *(addresses.year_sum(figure.key) for figure in self.sums.figures),
            }
        )

    @cached_property
    def tables(self) -> tuple[statistics.Table, ...]:
        """Every statistical table on the day of the build."""
        return statistics.tables(self.partnership, self.day)

    @cached_property
    def crossed(self) -> tuple[crosstables.CrossTable, ...]:
        """Every table with two characteristics on the day of the build."""
        return crosstables.tables(self.partnership, self.day)

    @cached_property
    def sums(self) -> YearSums:
        """Every sum by year."""
        return YearSums(self.partnership, self.day)

    # Generated pages

    def generated(self) -> Iterator[Page]:
        """Every page that data alone makes."""
        partnership = self.partnership
        for member in partnership.members:
            view = members.member_page(self.index, member)
            yield self._page(
                "member",
                addresses.member(member.slug),
                member.name,
                f"{member.name} in der {partnership.city.name}: Branche {view.card.sector}"
                + (f", {view.card.measures}." if view.card.measures else "."),
                {"member": view},
                crumbs=(addresses.MEMBERS,),
                source=member.path,
                updated=view.updated,
            )
        for key, field in partnership.fields.items():
            yield self._page(
                "field",
                addresses.field(key),
                field.name,
                field.goal,
                {"field": self.index.field_page(key)},
                crumbs=(addresses.MEASURES,),
                source="data/handlungsfelder.yml",
                lead=field.goal,
            )
        for key, kind in partnership.types.items():
            address = addresses.measure_type(kind.field, key)
            yield self._page(
                "type",
                address,
                kind.name,
                kind.description or kind.question,
                {"type": self.index.type_page(key)},
                crumbs=(addresses.MEASURES, addresses.field(kind.field)),
                source="data/massnahmentypen.yml",
                lead=kind.description or "",
            )
        for key, sector in partnership.sectors.items():
            yield self._page(
                "sector",
                addresses.sector(key),
                sector.name,
                f"Welche Maßnahmen Unternehmen der Branche {sector.name} umsetzen und planen.",
                {"sector": self.index.sector_page(key)},
                crumbs=(addresses.SECTORS,),
                source="data/branchen.yml",
                lead=sector.description or "",
            )
        for event in partnership.events:
            event_view = events.event_page(partnership, event, self.now)
            yield self._page(
                "event",
                addresses.event(event.slug),
                event.title,
                event.summary or f"{event.title}, {event_view.card.when}",
                {"event": event_view},
                crumbs=(addresses.EVENTS,),
                source=event.path,
                updated=event_view.updated,
                about=linked_data.event(partnership, event),
            )
        for table in self.tables:
            of_measures = table.key.startswith("massnahmen")
            shown_on = addresses.MEASURE_FIGURES if of_measures else addresses.STATISTICS
            yield self._page(
                "table",
                addresses.table(table.key),
                table.title,
                f"{table.title}: die Einträge hinter jeder Zahl.",
                {
                    "table": statistics_views.table_view(partnership, table),
                    "shown_on": shown_on,
                },
                crumbs=(addresses.STATISTICS,),
                lead=table.rule,
            )
        for crossed in self.crossed:
            by_year = crossed.key == crosstables.COVERAGE
            shown_on = addresses.STATISTICS if by_year else addresses.COMPARISON
            yield self._page(
                "cross",
                addresses.table(crossed.key),
                crossed.title,
                f"{crossed.title}: die Einträge hinter jeder Zahl.",
                {"table": statistics_views.cross_view(crossed), "shown_on": shown_on},
                crumbs=(addresses.STATISTICS,),
            )
        for figure in self.sums.figures:
            sum_view = yearsums_views.page(self.sums, figure)
            yield self._page(
                "sum",
                addresses.year_sum(figure.key),
                sum_view.title,
                f"{sum_view.title}: Summen nach Jahr und die Einträge dahinter.",
                {"sum": sum_view},
                crumbs=(addresses.STATISTICS,),
            )

    def _page(
        self,
        template: str,
        address: str,
        title: str,
        description: str,
        values: Mapping[str, Any],
        crumbs: tuple[str, ...],
        source: str = "",
        updated: str = "",
        lead: str = "",
        about: linked_data.Thing | None = None,
    ) -> Page:
        body = self.templates.render(f"pages/{template}.html", address, values)
        frame = shell.PageFrame(
            address=address,
            title=title,
            description=_shorten(description),
            lead=lead,
            crumbs=tuple(Link(self._title(each), each) for each in crumbs),
            source=source,
            updated=updated,
            about=about,
        )
        return Page(address, body, frame)

    def _title(self, address: str) -> str:
        for key, field in self.partnership.fields.items():
            if addresses.field(key) == address:
                return field.name
        return self.frames.titles.get(address, address)

    def beside_pages(self) -> Iterator[Export]:
        """Every file that templates draw and that is no page of its own."""
        yield from self.redirects()
        yield self.form_table()
        yield from self.badges()
        yield from self.pictures()

    def redirects(self) -> Iterator[Export]:
        """A page at each former address that leads to the member's present one."""
        for member in self.partnership.members:
            target = addresses.member(member.slug)
            for former in member.former:
                here = addresses.member(former)
                values = {"target": target, "title": member.name}
                page = self.templates.render("pages/redirect.html", here, values)
                yield Export(f"{here}index.html", page.encode("utf-8"))

    def form_table(self) -> Export:
        """What the script of the web form reads."""
        values = {"form": form.form(self.partnership)}
        measure, review = (
            finish(self.templates.render(name, addresses.QUESTIONNAIRE, values))
            for name in ("parts/form-measure.html", "parts/form-review.html")
        )
        table = form.table(self.partnership, measure, review)
        text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
        return Export(addresses.FORM_TABLE, text.encode("utf-8"))

    def editing(self, handbook: Mapping[str, str]) -> Iterator[Export]:
        """The editing page with its forms, and beside it the parts of the `handbook` (address
        below it → Markdown).
        """
        where = forms.repository(self.frames.edit_base)
        values: Mapping[str, Any] = {"title": self.partnership.city.name, "hosts": where.hosts}
        page = self.templates.render("redaktion/page.html", addresses.EDITING, values)
        yield Export(f"{addresses.EDITING}index.html", page.encode("utf-8"))
        configuration = forms.configuration(self.partnership, where)
        yield Export(f"{addresses.EDITING}config.json", forms.as_json(configuration))
        yield Export(f"{addresses.EDITING}format.json", forms.as_json(forms.formats()))
        for name, text in handbook.items():
            here = f"{addresses.EDITING}{name}/"
            values = {"title": "Handbuch", "text": markup.handbook(text, _MOVED)}
            page = self.templates.render("redaktion/handbook.html", here, values)
            yield Export(f"{here}index.html", page.encode("utf-8"))

    def pictures(self) -> Iterator[Export]:
        """The pictures for links to pages; none where the folders have no font."""
        for folder in self.folders:
            file = Path(folder) / "assets/fonts/fira-sans-600.woff2"
            if file.is_file():
                yield from share.exports(self.partnership, file.read_bytes())
                return

    def badges(self) -> Iterator[Export]:
        """The badge of each member that has one."""
        for member in self.partnership.members:
            if found := badge(self.partnership, member, self.day):
                drawn = self.templates.render("parts/badge.svg", found.address, {"badge": found})
                yield Export(found.address, drawn.encode("utf-8"))

    # Prose pages

    def prose_frame(self, page: ProsePage | News) -> shell.PageFrame:
        """What a prose page says of itself."""
        if isinstance(page, News):
            return shell.PageFrame(
                address=addresses.news(page.slug),
                title=page.title,
                description=_shorten(page.summary),
                kind="news",
                lead=page.summary,
                crumbs=self.frames.crumbs(addresses.news(page.slug)),
                source=page.path,
                updated=page.day.isoformat(),
            )
        address = addresses.prose(page.path)
        return shell.PageFrame(
            address=address,
            title=self.words.fill(page.title),
            description=self.words.fill(page.description),
            kind="home" if address == addresses.HOME else "prose",
            lead=self.words.fill(page.lead or ""),
            lang=page.language,
            crumbs=self.frames.crumbs(address),
            source=page.path,
            updated=page.as_of.isoformat() if page.as_of else "",
            noindex=address == addresses.SEARCH,
            about=self._about(address),
        )

    def not_found_frame(self) -> shell.PageFrame:
        """What the page for unknown addresses says of itself."""
        return shell.PageFrame(
            address="404.html",
            title="Diese Seite gibt es nicht",
            description="Unter dieser Adresse ist keine Seite zu finden.",
            lead="Vielleicht wurde sie umbenannt, oder die Adresse enthält einen Tippfehler.",
            kind="missing",
            noindex=True,
        )

    def html(self, content: str, here: str) -> Markup:
        """Put blocks and marked gaps into a rendered prose page; void elements end as in HTML."""
        content = _GAP.sub(lambda match: self._gap(match[1], here), content.replace(" />", ">"))
        # Safe: prose is the office's own Markdown, blocks come from the escaping environment.
        return Markup(_BLOCK.sub(lambda match: self.block(match[1], here), content))  # noqa: S704

    def _gap(self, what: str, here: str) -> str:
        # The text between the brackets is HTML already: Markdown has escaped it.
        return self.templates.render("blocks/offen.html", here, {"what": Markup(what)})  # noqa: S704

    def text_with_gaps(self, text: str, here: str) -> Markup:
        """A plain text of the data, escaped, its gaps marked."""
        return Markup(_GAP.sub(lambda m: self._gap(m[1], here), str(escape(text))))  # noqa: S704

    def block(self, name: str, here: str) -> Markup:
        """The block `name` on the page at `here`."""
        values = {**self._blocks[name](), "gaps": lambda text: self.text_with_gaps(text, here)}
        return self.templates.render(f"blocks/{name}.html", here, values)

    @cached_property
    def _blocks(self) -> Mapping[str, Callable[[], Mapping[str, Any]]]:
        """What each block shows. Names are those of `markers.BLOCKS`."""
        partnership, day = self.partnership, self.day
        about = partnership.city
        blocks: Mapping[str, Callable[[], Mapping[str, Any]]] = {
            "aenderungen": lambda: {"days": changes.days(partnership, self.history)},
            "aktuelles": lambda: {"news": events.news_list(partnership)},
            "barrierefreiheit": lambda: {
                "city": about,
                "assessment": accessibility.assessment(partnership),
            },
            "beitritt-schritte": lambda: {"city": about},
            "beratung": lambda: {"advice": city.advice(about)},
            "branchen": lambda: {"sectors": self.index.sector_tiles()},
            "daten": self._open_data,
            "datenschutz-angaben": lambda: {"city": about},
            "formular": lambda: {"form": form.form(partnership, self.frames.edit_base)},
            "fragebogen": lambda: {
                "form": partnership.questionnaire,
                "partnership": partnership,
                "names": form.PUBLICATION,
                "as_of": german.day(partnership.questionnaire.as_of),
            },
            "handlungsfelder": lambda: {"fields": self.index.field_tiles()},
            "impressum": lambda: {"city": about},
            "inhaltsverzeichnis": lambda: {"tree": self._tree()},
            "kontakt": lambda: {"office": about.office, "partners": city.partners(about)},
            "massnahmenfelder": lambda: {
                "fields": self.index.field_tiles(),
                "sectors": self.index.sector_tiles(),
            },
            "meilensteine": lambda: {"milestones": city.milestones(about)},
            "mitgliederverzeichnis": lambda: {"directory": members.directory(self.index)},
            "netzwerke": lambda: {"told": city.networks(about)},
            "partner": lambda: {
                "partners": city.partners(about),
                "joint_tasks": about.joint_tasks,
            },
            "schwesterpartnerschaften": lambda: {"told": city.sisters(about)},
            "statistik": self._statistics,
            "statistik-massnahmen": self._statistics,
            "statistik-summen": lambda: {"sums": yearsums_views.overview(self.sums)},
            "statistik-vergleich": self._statistics,
            "suche": lambda: {"index": addresses.SEARCH_INDEX},
            "veranstaltungen": lambda: {"events": events.event_list(partnership, self.now)},
            "vereinbarung-laufzeit": lambda: {"term": city.term(about, day)},
            "vereinbarung-ziffern": lambda: {"clauses": city.clauses(about)},
            "wirkung": lambda: {"effects": effects.page(partnership, day)},
            "ziele-der-stadt": lambda: {"told": city.aims(about)},
        }
        assert set(blocks) == markers.BLOCKS  # noqa: S101 - one list, two readers
        return blocks

    def _open_data(self) -> Mapping[str, Any]:
        past = sorted(years.states(self.data_tables, self.partnership, self.day), reverse=True)
        return {
            "tables": [
                (table, data.downloads(table), german.number(len(table.rows)))
                for table in self.data_tables
            ],
            "workbook": data.workbook(),
            "years": [
                (year, [file for table in found for file in years.downloads(year, table)])
                for year, found in past
            ],
            "licence": self.partnership.city.licence,
        }

    @cached_property
    def data_tables(self) -> tuple[Table, ...]:
        """Every table of the open data on the day of the build."""
        return data.tables(self.partnership, self.day)

    def _about(self, address: str) -> linked_data.Thing | None:
        """What a prose page is about, for machines."""
        if address == addresses.HOME:
            return linked_data.organisation(self.partnership, address)
        if address == addresses.DATA:
            files = [data.workbook(), *(f for t in self.data_tables for f in data.downloads(t))]
            return linked_data.dataset(
                self.partnership, self.day, [(file.path, file.media, file.title) for file in files]
            )
        return None

    def _statistics(self) -> Mapping[str, Any]:
        page = statistics_views.page(self.partnership, self.day)
        by_district = [t for t in page.members if t.key == "mitglieder-nach-stadtbezirk"]
        return {
            "statistics": page,
            "map": district_map(self.partnership.shapes, by_district[0]) if by_district else None,
        }

    def home(self, prose: str) -> Markup:
        """The body of the home page around its rendered `prose`."""
        values = {"home": city.home(self.partnership, self.index, self.now), "prose": Markup(prose)}  # noqa: S704
        return self.templates.render("pages/home.html", addresses.HOME, values)

    def _tree(self) -> tuple[tuple[Link, tuple[Link, ...]], ...]:
        """The prose pages, each top page with those below it."""
        titles = self.frames.titles
        tops = [address for address in sorted(titles) if address.count("/") == 1]
        return tuple(
            (
                Link(titles[top], top),
                tuple(
                    Link(titles[each], each)
                    for each in sorted(titles)
                    if each.startswith(top) and each != top
                ),
            )
            for top in tops
        )


def _shorten(text: str, most: int = 160) -> str:
    """At most `most` characters, cut between words."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"
