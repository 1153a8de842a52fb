"""No file lies where nobody reads it: its author believes it to be on the site."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from partnership.checking.rules import attachments
from partnership.model.partnership import Partnership
from partnership.model.problems import Place, Problem
from partnership.reading.litter import is_left_behind
from partnership.reading.pictures import FORMATS
from partnership.reading.source import Document
from partnership.reading.special import special, special_ones
from partnership.reading.wording import did_you_mean

_NEWS = "content/aktuelles"
_EVENTS = "data/veranstaltungen"
_CITY = "data/partnerschaft.yml"
_LOGOS = "members/logos"
_DATA = (
    "partnerschaft.yml",
    "branchen.yml",
    "handlungsfelder.yml",
    "massnahmentypen.yml",
    "emissionsfaktoren.yml",
    "fragebogen.yml",
    "suche.yml",
    "barrierefreiheit.yml",
    "stadtbezirke.yml",
    "jahressummen.yml",
    "ausgaben.yml",
)
# Notes for those who look into the folder, as README.md.
_NOTE = re.compile(r"[A-Z]+\.md")
# What the engine or an editor may take for a page, while only .md is one.
_LIKE_PAGES = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})
# What is told where a text shows the picture.
_OF_A_PICTURE = frozenset({"datei-art", "datei-format", "datei-zu-gross"})
# The same in the folder of news.
_LIKE_NEWS = frozenset({*_LIKE_PAGES, ".txt", ".yml", ".yaml", ".docx", ".odt", ".rtf"})


def check(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A problem for each file that is in no place where it would be read."""
    root = partnership.root
    yield from special_ones(root)
    yield from _of_records(root, "members", "Mitglieder")
    yield from _of_records(root, _EVENTS, "Veranstaltungen")
    yield from _logos(root)
    yield from _data(root, documents.get(_CITY))
    yield from _content(root, documents)


def _files(root: Path, folder: str) -> Iterator[tuple[Path, str]]:
    """Every file in and below a folder with its path in the city, without what is left behind
    and what is told to be no file that can be read.
    """
    for file in sorted((root / folder).rglob("*")):
        path = file.relative_to(root)
        ways = (path, *path.parents)
        is_told = any(special(root, way.as_posix()) for way in ways)
        if not is_told and not any(map(is_left_behind, path.parts)) and file.is_file():
            yield file, path.as_posix()


def _of_records(root: Path, folder: str, what: str) -> Iterator[Problem]:
    """Entries lie immediately in their folder, as .md files."""
    for file, path in _files(root, folder):
        if path.startswith(f"{_LOGOS}/"):
            continue
        if file.parent != root / folder:
            yield _stray(
                path,
                f"Diese Datei wird nicht gelesen: {what} stehen unmittelbar in {folder}/.",
                "Bitte dorthin verschieben, ohne Unterordner.",
            )
        elif file.suffix != ".md":
            yield _not_read(path)


def _logos(root: Path) -> Iterator[Problem]:
    for file, path in _files(root, _LOGOS):
        if file.parent != root / _LOGOS:
            yield _stray(
                path,
                f"Diese Datei wird nicht gefunden: Logos liegen unmittelbar in {_LOGOS}/.",
                "Bitte dorthin verschieben, ohne Unterordner.",
            )


def _data(root: Path, city: Document | None) -> Iterator[Problem]:
    map_file = str(city.data.get("karte", "")) if city else ""
    known = {*_DATA, map_file}
    # Where another map is named, or nobody can read which, this one is not what is wrong.
    maps_are_told = city is None or (map_file and not (root / "data" / map_file).is_file())
    for file, path in _files(root, "data"):
        if file.suffix == ".geojson" and maps_are_told:
            continue
        if file.parent != root / "data":
            if path.split("/")[1] not in {"veranstaltungen", "vertraulich", "ausgaben"}:
                yield _stray(
                    path,
                    "Diesen Ordner kennt niemand; was darin liegt, wird nicht gelesen.",
                    "Bitte die Datei löschen oder dorthin verschieben, wo sie gelesen wird.",
                )
        elif file.name not in known and not _NOTE.fullmatch(file.name):
            remedy = did_you_mean(file.name, sorted(known))
            if file.suffix == ".geojson":
                remedy = f"Bitte in data/partnerschaft.yml nennen: karte: {file.name}"
            elif file.suffix == ".md":
                remedy = f"Gehört sie nach members/ oder {_EVENTS}/? Bitte dorthin verschieben."
            yield _stray(
                path,
                "Diese Datei wird nicht gelesen: Unter diesem Namen wird in data/ nichts gesucht.",
                remedy or "Bitte umbenennen, verschieben oder löschen.",
            )


def _content(root: Path, documents: Mapping[str, Document]) -> Iterator[Problem]:
    faults = []
    for file, path in _files(root, "content"):
        ending = file.suffix.lower()
        like = _LIKE_NEWS if file.parent == root / _NEWS else _LIKE_PAGES
        if path.startswith(f"{_NEWS}/") and file.parent != root / _NEWS and ending in _LIKE_NEWS:
            yield _stray(
                path,
                f"Diese Nachricht wird nicht gelesen: Nachrichten stehen unmittelbar in {_NEWS}/.",
                "Bitte dorthin verschieben, ohne Unterordner.",
            )
        elif path.startswith("content/templates/"):
            yield _stray(
                path,
                "Der Ordner content/templates/ wird beim Bauen ausgelassen.",
                "Bitte einen anderen Namen wählen.",
            )
        elif ending in like:
            if file.suffix != ".md":
                yield _not_read(path)
        elif (found := attachments.fault(file, path)) is not None:
            faults.append(found)
    shown = set(attachments.shown(documents)) if faults else set()
    yield from (each for each in faults if each.path not in shown or each.rule not in _OF_A_PICTURE)


def _not_read(path: str) -> Problem:
    is_picture = path.lower().endswith(FORMATS)
    return _stray(
        path,
        "Diese Datei wird nicht gelesen: Ihr Name endet nicht auf .md.",
        f"Bitte nach {_LOGOS}/ verschieben oder aus diesem Ordner nehmen."
        if is_picture
        else "Bitte umbenennen oder aus diesem Ordner nehmen.",
    )


def _stray(path: str, message: str, remedy: str) -> Problem:
    return Problem(path, Place(1, 1), "dateiname", message, remedy)
