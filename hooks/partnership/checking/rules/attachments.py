"""What lies in content/ beside the pages is published only from one folder, and only if it is known
to be harmless.
"""

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from partnership.checking.rules import pictures
from partnership.language import german
from partnership.model.problems import Place, Problem
from partnership.reading import attachments
from partnership.reading.attachments import ENDINGS, FOLDER, Refused
from partnership.reading.links import links
from partnership.reading.pictures import FORMATS
from partnership.reading.source import Document

_KINDS = german.listing([each.removeprefix(".").upper() for each in ENDINGS if each != ".jpeg"])


def fault(file: Path, path: str) -> Problem | None:
    """What is wrong with the file, no page, at `path` in the city's folder; None where it is to be
    published as it is.
    """
    inner = path.removeprefix("content/")
    if not inner.startswith(f"{FOLDER}/"):
        return _problem(
            path,
            "ort",
            f"Diese Datei wird nicht veröffentlicht: Dateien liegen in content/{FOLDER}/.",
            "Bitte dorthin verschieben oder löschen.",
        )
    if not attachments.is_known(inner):
        return _problem(
            path,
            "art",
            f"„{file.suffix or file.name}“ gehört nicht zu dem, was veröffentlicht wird.",
            f"Möglich sind {_KINDS}. Bitte so speichern oder löschen.",
        )
    if not attachments.is_named_well(inner):
        return _problem(
            path,
            "name",
            "Der Name dieser Datei enthält andere Zeichen als Buchstaben, Ziffern und Bindestriche"
            " oder mehr als einen Punkt.",
            "Bitte umbenennen, zum Beispiel: leitfaden-dienstrad.pdf",
        )
    if file.name.lower().endswith(FORMATS):
        found = pictures.fault(file, path)
        return _problem(path, *found) if found else None
    return _of_content(file, path, inner)


def _of_content(file: Path, path: str, inner: str) -> Problem | None:
    most = attachments.most_bytes(inner)
    try:
        if file.stat().st_size > most:
            return _problem(
                path,
                "zu-gross",
                f"Diese Datei ist größer als {most // 1_000_000} MB.",
                "Bitte verkleinern oder teilen.",
            )
        attachments.look_at(inner, file.read_bytes())
    except Refused as refused:
        return _problem(
            path,
            "inhalt",
            f"Diese Datei {refused}.",
            "Bitte im Programm, mit dem sie gemacht ist, neu und ohne das speichern.",
        )
    except OSError:
        return _problem(
            path,
            "inhalt",
            "Diese Datei lässt sich nicht lesen.",
            "Bitte prüfen, ob es eine gewöhnliche Datei ist und ob Sie sie lesen dürfen.",
        )
    return None


def shown(documents: Mapping[str, Document]) -> Iterator[str]:
    """The pictures in texts, by their path in the city's folder: what is wrong with one is told
    where it is shown.
    """
    for path, document in documents.items():
        if path.startswith("content/"):
            for link in links(document):
                if link.is_picture:
                    target = unquote(link.target.partition("#")[0].partition("?")[0])
                    yield posixpath.normpath(posixpath.join(posixpath.dirname(path), target))


def _problem(path: str, rule: str, message: str, remedy: str) -> Problem:
    return Problem(path, Place(1, 1), f"datei-{rule}", message, remedy)
