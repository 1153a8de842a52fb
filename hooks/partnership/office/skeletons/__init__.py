"""Skeletons for what an editor or another city begins with: texts and paths, nothing written."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from partnership.language import german
from partnership.model.city import City
from partnership.reading import canonical
from partnership.reading.source import Value, read_yaml

_CITY = Path(__file__).parent / "city"
_WEEKS_AHEAD = timedelta(weeks=4)
_ASSESS = """\
# Selbstbewertung der Barrierefreiheit nach WCAG 2.2, Stufen A und AA, ein Eintrag je Kriterium.
# stand: erfuellt, teilweise, nicht_erfuellt, nicht_anwendbar oder nicht_geprueft. Daraus entsteht
# die Erklärung zur Barrierefreiheit. Dazu gehört „geprueft“, der Tag der Prüfung; bei „teilweise“
# und „nicht_erfuellt“ nennt „bemerkung“ die Barriere.
"""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A file to be: its path in the city's folder and its text."""

    path: str
    text: str


def member(name: str, sector: str, joined: date | None, *, with_district: bool) -> Skeleton:
    """A company's file with every line an editor usually fills; an empty line says nothing."""
    values: dict[str, Value] = {
        "name": " ".join(name.split()),
        "branche": sector or _EMPTY,
        "beitritt": canonical.Bare(joined.isoformat()) if joined else _EMPTY,
        **({"stadtbezirk": _EMPTY} if with_district else {}),
        "anschrift": {"strasse": _EMPTY, "plz": _EMPTY, "ort": _EMPTY},
        "website": _EMPTY,
        "kontakt": _EMPTY,
        "logo": _EMPTY,
        "beschaeftigte": _EMPTY,
        "bestaetigung": "unternehmen",
        "massnahmen": _EMPTY,
        "notiz_intern": _EMPTY,
    }
    return Skeleton(f"members/{german.slug(name)}.md", _filled(values))


def event(title: str, day: date | None, today: date, host: str) -> Skeleton:
    """An event's file; without a `day` it is put four weeks after `today` for the time being."""
    begins = day or today + _WEEKS_AHEAD
    stem = f"{begins.isoformat()}-{german.slug(title)}"
    values: dict[str, Value] = {
        "titel": " ".join(title.split()),
        "beginn": canonical.Bare(begins.isoformat()),
        "ende": _EMPTY,
        "ort": _EMPTY,
        "online": _EMPTY,
        "veranstalter": _EMPTY,
        "status": "geplant",
        "anmeldung": _EMPTY,
        "barrierefreiheit": _EMPTY,
        "handlungsfelder": _EMPTY,
        "zusammenfassung": _EMPTY,
        "uid": f"{stem}@{host}",
        "fassung": canonical.Bare("1"),
        "geaendert": canonical.Bare(today.isoformat()),
    }
    return Skeleton(f"data/veranstaltungen/{stem}.md", _filled(values))


_EMPTY = canonical.Bare("")


def _filled(values: dict[str, Value]) -> str:
    return "\n".join(line.rstrip() for line in canonical.page(values).split("\n"))


def host_of(city: City) -> str:
    """The name behind the @ of a calendar entry: the site's host, else the partnership's name."""
    return urlsplit(city.site_address).hostname or german.slug(city.name)


def city(town: str, today: date, folder: Path, engine: Path) -> Iterator[Skeleton]:
    """Every file of another city's folder, which uses the engine in `engine`."""
    words = {
        "town": town,
        "today": today.isoformat(),
        "term_end": date(today.year + 1, 12, 31).isoformat(),
        "engine": Path(os.path.relpath(engine, folder)).as_posix(),
    }
    for file in sorted(_CITY.rglob("*")):
        if file.is_file():
            text = Template(file.read_text("utf-8")).substitute(words)
            yield Skeleton(file.relative_to(_CITY).as_posix(), text)
    yield _assessment(engine)


def _assessment(engine: Path) -> Skeleton:
    """The criteria of accessibility, none of them assessed: what the engine's own city found says
    nothing of another site.
    """
    path = "data/barrierefreiheit.yml"
    criteria = read_yaml(engine / path, path).data
    lines = [_ASSESS]
    for number, criterion in criteria.items():
        kept = criterion if isinstance(criterion, dict) else {}
        entry: dict[str, Value] = {
            "name": kept["name"],
            "stufe": kept["stufe"],
            "stand": "nicht_geprueft",
        }
        lines += [f'"{number}":', *canonical.block(entry, 2)]
    return Skeleton(path, "\n".join(lines) + "\n")
