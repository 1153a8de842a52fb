"""What all commands share: help and usage errors in German, the folder of the city."""

import argparse
import os
import re
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from partnership.checking.load import Loaded
from partnership.language import german
from partnership.model import dates
from partnership.model.partnership import Partnership
from partnership.model.problems import show
from partnership.model.values import PATTERNS
from partnership.site import destinations

# argparse words its own messages in English; these are the ones a user can come across.
_SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(english, re.DOTALL), words)
    for english, words in (
        (r"the following arguments are required: (.*)", r"Es fehlt: \1."),
        (r"unrecognized arguments: (.*)", r"Das gehört nicht zum Aufruf: \1."),
        (
            r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)",
            r"\1: „\2“ gibt es nicht. Möglich: \3.",
        ),
        (r"argument (.*?): expected (?:one|at least one) argument", r"\1: Hier fehlt ein Wert."),
        (r"argument (.*?): not allowed with argument (.*)", r"\1 und \2 schließen sich aus."),
        (r"argument (.*?): invalid int value: '(.*)'", r"\1: „\2“ ist keine ganze Zahl."),
        (r"argument (.*?): ignored explicit argument (.*)", r"\1: Hierzu gehört kein Wert."),
        (r"ambiguous option: (.*) could match (.*)", r"\1 kann mehreres heißen: \2."),
        (r"argument (.*?): (.*)", r"\1: \2"),
    )
)
_HEADINGS = {"positional arguments": "Angaben", "options": "Wahlweise"}


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Head the usage in German."""
        super().add_usage(usage, actions, groups, "Aufruf: " if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """Head the sections in German."""
        super().start_section(_HEADINGS.get(heading or "", heading))


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks German."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, **settings}, add_help=False)
        self.add_argument("-h", "--help", "--hilfe", action="help", help="diese Hilfe zeigen")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and leave with 2."""
        for english, words in _SENTENCES:
            if match := english.fullmatch(message):
                message = match.expand(words).replace("'", "")
                break
        self.exit(2, f"{self.format_usage()}{self.prog}: {message}\n")


def day(text: str) -> date:
    """A day on the command line, as in the files."""
    try:
        found = dates.parse_partial(text)
    except ValueError:
        found = None
    if found is None or found.precision != "day" or found.at_latest:
        raise argparse.ArgumentTypeError(f"„{text}“ ist kein Tag; Beispiel: 2026-03-14.")
    return found.first


def year(text: str) -> int:
    """A year on the command line."""
    if not PATTERNS["year"].fullmatch(text.strip()):
        raise argparse.ArgumentTypeError(f"„{text}“ ist kein Jahr; Beispiel: 2026.")
    return int(text)


def folder(text: str) -> Path:
    """A folder on the command line that has to be there."""
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"Den Ordner „{text}“ gibt es nicht.")
    return path


def no_file(path: Path) -> str:
    """Why `path` is no file that can be read; empty where it is one."""
    if path.is_dir():
        return f"„{path}“ ist ein Ordner. Bitte die Dateien darin nennen, zum Beispiel {path / '*'}"
    if not path.exists():
        return f"Die Datei „{path}“ gibt es nicht."
    return "" if path.is_file() else f"„{path}“ ist keine gewöhnliche Datei."


def add_root(command: argparse.ArgumentParser) -> None:
    """Let the command work on another folder than the current one."""
    command.add_argument(
        "--root", type=folder, default=Path(), metavar="ORDNER", help="Ordner der Stadt"
    )


def today() -> date:
    """The day on which the command works."""
    return now().date()


def now(environment: Mapping[str, str] = os.environ) -> datetime:
    """The moment at which the command works."""
    return dates.now(environment)


def inspected(root: Path, vault: Path | None = None) -> Loaded:
    """The city in `root`, with its confidential folder where one is named, and its problems."""
    return destinations.inspected(root, now(), vault)


def sound(root: Path, vault: Path | None = None) -> Partnership | None:
    """The city in `root`; None after telling what is wrong with it."""
    loaded = inspected(root, vault)
    if loaded.partnership is None:
        tell(show(loaded.problems, "text"))
        tell(f"{german.counted(len(loaded.problems), 'Befund', 'Befunde')}. Bitte zuerst beheben.")
    return loaded.partnership


def tell(text: str) -> None:
    """Say something that is no result: to the terminal, not into a file the output goes to."""
    print(text, file=sys.stderr)
