"""Who claims which address of the site: pages, redirects, the editing page, files beside the pages,
and what the look brings along.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from partnership.checking.rules.targets import Claim
from partnership.figures import renamed
from partnership.figures.summed import Figure
from partnership.figures.tables import Table
from partnership.model import addresses
from partnership.model.catalogue import Field, MeasureType, Sector
from partnership.model.fields import FileRecord
from partnership.model.partnership import Partnership
from partnership.reading.attachments import FOLDER
from partnership.reading.source import Trail
from partnership.site.exports import attachments
from partnership.site.exports.editions import Frozen
from partnership.site.pages import Site
from partnership.site.views.peers import PeerGroup

_CATALOGUES: Mapping[type, str] = {
    Field: "data/handlungsfelder.yml",
    MeasureType: "data/massnahmentypen.yml",
    Sector: "data/branchen.yml",
}
_FIGURES: Mapping[str, tuple[str, Trail]] = {
    "kennzahl": ("data/fragebogen.yml", ("kennzahlen",)),
    "umfang": ("data/massnahmentypen.yml", ()),
    "massnahmen": ("data/handlungsfelder.yml", ()),
}
# What the engine makes by itself, and what belongs to the office.
_OF_THE_SITE = {
    "404.html": "der Seite für unbekannte Adressen",
    "sitemap.xml": "dem Verzeichnis aller Seiten für Suchmaschinen",
    # On a host of its own; here, nobody is to look for it in vain, or find another in its place.
    f"{addresses.EDITING}index.html": "der Redaktionsseite",
}
_OF_FILES = (FOLDER, "assets/logos")
_OF_THE_LOOK = "dem Aussehen der Website"


def claims(site: Site, folders: Iterable[str | Path]) -> Iterator[Claim]:
    """Every claim, those of the site itself first; `folders` are those of the look."""
    for address, owner in _OF_THE_SITE.items():
        yield Claim(address, owner)
    for former in renamed.TABLES:
        yield Claim(f"{addresses.table(former)}index.html", "einer Tabelle, die früher so hieß")
    for address in {path for folder in folders for path in _published(Path(folder))}:
        yield Claim(address, _OF_THE_LOOK)
    # What names no file cannot give way, so it comes before what does.
    pages = [_of_page(address, subject) for address, subject in site.pages()]
    yield from sorted(pages, key=lambda claim: bool(claim.path))
    yield from _of_files(site.build.partnership)


def _published(folder: Path) -> Iterator[str]:
    """What of the look lies where a city's files do; it brings no pages."""
    for place in _OF_FILES:
        for file in (folder / place).rglob("*"):
            if file.is_file():
                yield file.relative_to(folder).as_posix()


def _of_page(address: str, subject: Any) -> Claim:
    at = f"{address}index.html"
    if isinstance(subject, FileRecord):
        return Claim(at, subject.path, subject.path)
    if isinstance(subject, Table):
        return Claim(at, f"der Tabelle „{subject.title}“")
    if isinstance(subject, PeerGroup):
        return Claim(at, "den Betrieben einer Branche und Größe")
    if isinstance(subject, Frozen):
        return Claim(at, f"der Ausgabe {subject.year}")
    if isinstance(subject, Figure):
        path, trail = _FIGURES[subject.kind]
        return Claim(at, f"{path}, „{subject.source}“", path, (*trail, subject.source))
    key, entry = subject
    path = _CATALOGUES[type(entry)]
    return Claim(at, f"{path}, „{key}“", path, (key,))


def _of_files(partnership: Partnership) -> Iterator[Claim]:
    for member in partnership.members:
        for index, former in enumerate(member.former):
            at = f"{addresses.member(former)}index.html"
            yield Claim(at, f"{member.path}, „frueher“", member.path, ("frueher", index))
    for address in attachments.files(partnership):
        yield Claim(address, f"content/{address}", f"content/{address}")
    for name in sorted({member.logo for member in partnership.members if member.logo}):
        yield Claim(addresses.logo(name), f"members/logos/{name}", f"members/logos/{name}")
