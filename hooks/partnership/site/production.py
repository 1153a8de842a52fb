"""One build of the site, from a city's folder to what is published: what an engine asks for, in the
order of its events. Which engine asks is not known here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from partnership.checking import history, repository
from partnership.checking.load import SECRET
from partnership.model import dates
from partnership.model.problems import show
from partnership.site import assets, editing, engine
from partnership.site.destinations import checked
from partnership.site.exports.file import Export
from partnership.site.fingerprints import Fingerprints
from partnership.site.finish import finish
from partnership.site.pages import Site

_PROSE = "content/"


class Stopped(Exception):
    """There is nothing to publish; a German sentence. `findings` are the problems, if files have
    any, as an editor is told them.
    """

    def __init__(self, sentence: str, findings: str = "") -> None:
        super().__init__(sentence)
        self.findings = findings


class Production:
    """A build of the city in `root`. `folders` are searched for templates, first match first,
    `settings` are those of mkdocs.yml under `extra`, the `environment` may name the moment.
    Raises `Stopped`.
    """

    def __init__(
        self,
        root: Path,
        folders: Iterable[str | Path],
        settings: Mapping[str, Any],
        environment: Mapping[str, str],
    ) -> None:
        folders = tuple(folders)
        try:
            now = dates.now(environment)
        except dates.NoMoment as error:
            raise Stopped(str(error)) from None
        loaded, counted = checked(root, now, folders=folders)
        if loaded.partnership is None:
            raise Stopped(
                f"{len(loaded.problems)} Fehler in den Daten; die Website bleibt, wie sie war.",
                show(loaded.problems, "text"),
            )
        self.city = loaded.partnership.city
        self.site = Site(
            loaded.partnership,
            now,
            folders,
            settings.get("bearbeiten", ""),
            history.read(root, now.date()),
            repository.state(root, SECRET),
            counted,
            preview=bool(settings.get("vorschau")),
        )
        # Whether the editing page is built, too, as a site of its own.
        self.editing = bool(settings.get("redaktion"))
        self._application = str(settings.get("anmeldung") or "")
        self._names = Fingerprints({})

    def notes(self) -> Iterator[str]:
        """What whoever builds should know, a line each."""
        gaps = self.site.build.partnership.fill_ins
        for gap in gaps:
            yield f"Offene Angabe: {gap.path}:{gap.place.line}: {gap.what}"
        if gaps:
            yield "Bis sie ausgefüllt sind, ist die Website eine Vorschau, die nicht gefunden wird."
        for line in self.site.build.data.recount.wrong:
            yield f"Beim Nachrechnen kommt anderes heraus: {line}"
        known = self.site.build.history
        if known.unknown:
            yield f"Die Seite „Änderungen“ bleibt ohne Liste. {known.unknown}"
        for state in known.unread:
            yield f"In „Änderungen“ ausgelassen, weil nicht lesbar: {state}"

    def shared(self, own: Collection[str]) -> Iterator[str]:
        """The prose pages that are not among the city's `own`, but in `engine.PROSE`."""
        names = (path.removeprefix(_PROSE) for path in self.site.prose)
        return (name for name in names if name not in own)

    def is_page(self, name: str) -> bool:
        """Whether a file in the city's content/ is a page that is read."""
        return f"{_PROSE}{name}" in self.site.prose

    def is_unused(self, path: str) -> bool:
        """Whether an engine finds a file that is not to be published under this name."""
        return assets.is_part(path) or assets.is_unused(path)

    def beside(self, parts: Mapping[str, bytes], theme: str | None) -> tuple[Export, ...]:
        """Every file that is made: of the `parts` (those `assets.is_part` tells), and of the data.
        `theme` is the name of the engine's. Raises `Stopped`.
        """
        try:
            self._names = assets.prepared(parts, theme, engine.STYLES)
        except assets.NoStyleSheet as error:
            raise Stopped(str(error)) from None
        made = tuple(
            Export(export.path, self._names.in_export(export)) for export in self.site.files()
        )
        self.site.add_files(self._names.paths())
        return (*self._names.files(), *made)

    def editing_site(self) -> Iterator[Export]:
        """Every file of the editing page's own site; once `beside` has been asked."""
        return editing.site(self.site.build, self.site.templates, self._names, self._application)

    def finished(self, html: str) -> str:
        """A page as it is sent."""
        return self.named(finish(html))

    def named(self, html: str) -> str:
        """A page with the names that style sheets, scripts and fonts have got."""
        return self._names.in_page(html)
