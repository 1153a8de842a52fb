"""What a city's folders may hold: folders and ordinary files, under names that can be read.

Whatever else lies there could hang a reader (a pipe), fill the memory (a device) or publish what no
one meant to (a link to a file elsewhere); git keeps links, so one may arrive with any proposal.
"""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from partnership.model.problems import Place, Problem, why
from partnership.reading.litter import is_left_behind

FOLDERS = ("members", "data", "content")
# Where it is not public, it may lie on another disk.
_ELSEWHERE = "data/vertraulich"
# Of where a link leads, the end is shown.
_MOST_OF_A_LINK = 60


def special(root: Path, path: str) -> Problem | None:
    """Why `path`, in one of the city's folders, is nothing that can be read; None where it can be,
    or where nothing is.
    """
    if path.split("/", 1)[0] not in FOLDERS or "/" not in path:
        return None
    if not path.isprintable():
        return _problem(
            path,
            "Der Name enthält ein Zeichen, das man nicht sieht oder nicht lesen kann.",
            "Bitte umbenennen: Kleinbuchstaben, Ziffern und Bindestriche.",
        )
    try:
        mode = (root / path).lstat().st_mode
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return None  # no such file can be
        return _problem(path, f"Das lässt sich nicht öffnen: {why(error)}.", "Bitte löschen.")
    if stat.S_ISLNK(mode) and path != _ELSEWHERE:
        return _problem(
            path,
            f"Hier liegt nur ein Verweis auf eine Datei oder einen Ordner ({_end(root / path)}).",
            "Bitte löschen und die Datei selbst hier ablegen.",
        )
    if stat.S_ISDIR(mode) and path.endswith((".md", ".yml")):
        return _problem(
            path,
            "Das ist ein Ordner, sein Name endet aber wie der einer Datei.",
            "Bitte den Ordner löschen oder umbenennen.",
        )
    if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        return _problem(
            path,
            "Das ist keine gewöhnliche Datei, sondern ein Anschluss für Programme.",
            "Bitte löschen.",
        )
    return None


def special_ones(root: Path) -> Iterator[Problem]:
    """Everything in the city's folders that is nothing to be read, and a folder that is none."""
    for folder in FOLDERS:
        if os.path.lexists(root / folder) and not (root / folder).is_dir():
            message = f"„{folder}“ ist kein Ordner."
            yield _problem(folder, message, "Bitte löschen und einen Ordner dieses Namens anlegen.")
    for folder in FOLDERS:
        for place, folders, files in os.walk(root / folder):
            # What a program leaves behind may be of any kind.
            folders[:] = sorted(name for name in folders if not is_left_behind(name))
            for name in (*folders, *sorted(name for name in files if not is_left_behind(name))):
                found = special(root, (Path(place) / name).relative_to(root).as_posix())
                if found:
                    yield found


def _end(link: Path) -> str:
    """Where a link leads, in as many signs as fit into a sentence."""
    try:
        return _shown(str(link.readlink()))[:60]
    except OSError:
        return "?"


def _shown(text: str) -> str:
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _problem(path: str, message: str, remedy: str) -> Problem:
    return Problem(_shown(path), Place(1, 1), "dateiart", message, remedy)
