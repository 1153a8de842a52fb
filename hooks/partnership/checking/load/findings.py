"""What is said of files as such: one that is missing, one that is not read, a map that is none."""

import json

from partnership.model.geodata import where_broken
from partnership.model.problems import Place, Problem

# Maps are often written on one line, which would fill a screen.
_LONGEST_EXCERPT = 200


def missing(path: str) -> Problem:
    """A file that every city has."""
    return Problem(
        path,
        Place(1, 1),
        "datei-fehlt",
        "Diese Datei fehlt.",
        "Bitte anlegen; ein Muster schreibt „partnerschaft init“.",
    )


def no_map(path: str, error: ValueError) -> Problem:
    """A file of outlines that is none; broken JSON is told where it breaks."""
    place, excerpt = Place(1, 1), ""
    if isinstance(error, json.JSONDecodeError):
        place = Place(*where_broken(error))
        excerpt = error.doc.split("\n")[place.line - 1]
    return Problem(
        path,
        place,
        "karte",
        "Die Datei ist keine Karte, die hier gezeigt werden kann.",
        "Erwartet wird GeoJSON mit Flächen, jede mit der Eigenschaft „nummer“.",
        excerpt if len(excerpt) <= _LONGEST_EXCERPT else "",
    )
