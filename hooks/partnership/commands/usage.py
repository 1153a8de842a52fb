"""What all commands share: help and usage errors in German, the folder of the city."""

import argparse
import os
import re
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from partnership import dates, german
from partnership.load import Loaded, inspect
from partnership.model.partnership import Partnership
from partnership.problems import show

ENGINE = Path(__file__).resolve().parents[3]
TEMPLATES = (ENGINE / "overrides",)

# argparse words its own messages in English; these are the ones a user can come across.
_SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(english), words)
    for english, words in (
        (r"the following arguments are required: (.*)", r"Es fehlt: \1."),
        (r"unrecognized arguments: (.*)", r"Das gehört nicht zum Aufruf: \1."),
        (
            r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)",
            r"\1: „\2“ gibt es nicht. Möglich: \3.",
        ),
        (r"argument (.*?): expected (?:one|at least one) argument", r"\1: Hier fehlt ein Wert."),
        (r"argument (.*?): not allowed with argument (.*)", r"\1 und \2 schließen sich aus."),
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


def add_root(command: argparse.ArgumentParser) -> None:
    """Let the command work on another folder than the current one."""
    command.add_argument(
        "--root", type=Path, default=Path(), metavar="ORDNER", help="Ordner der Stadt"
    )


def base_of(root: Path) -> Path | None:
    """Where shared catalogues lie; None for the engine's own city."""
    return ENGINE if root.resolve() != ENGINE else None


def today() -> date:
    """The day on which the command works."""
    return now().date()


def now(environment: Mapping[str, str] = os.environ) -> datetime:
    """The moment at which the command works."""
    return dates.now(environment)


def inspected(root: Path, vault: Path | None = None) -> Loaded:
    """The city in `root`, with its confidential folder where one is named, and its problems."""
    return inspect(root, today(), base_of(root), vault)


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
