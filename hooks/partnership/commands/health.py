"""`partnerschaft health`: whether the public sees what was built, and how old it is."""

import argparse
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from partnership.commands import usage
from partnership.model import addresses, dates
from partnership.site import health

# Bytes of a status.json; what has more is none.
_MOST = 100_000


def add(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    """Describe the command."""
    command = commands.add_parser(
        "health", help="sagen, ob öffentlich ist, was gebaut wurde, und wie alt es ist"
    )
    command.add_argument("url", metavar="ADRESSE", help="die öffentliche Website: https://…")
    command.add_argument(
        "--erwartet",
        type=Path,
        metavar="ORDNER",
        help="die gebaute Website, mit der die öffentliche übereinstimmen soll",
    )
    command.add_argument(
        "--hoechstens",
        type=_hours,
        default=36,
        metavar="STUNDEN",
        help="so alt darf der öffentliche Stand sein (36)",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Tell what is public, and every fault."""
    # The clock, whatever day anything was built for: what counts is how old it is now.
    now = dates.now({})
    try:
        expected = _expected(options.erwartet) if options.erwartet else None
        found = health.examine(options.url, now, timedelta(hours=options.hoechstens), expected)
    except (health.NoAddress, health.NoStatus) as error:
        usage.tell(str(error))
        return 2
    for line in (found.shown, *found.faults):
        if line:
            print(line)
    return 1 if found.faults else 0


def _expected(site: Path) -> Mapping[str, Any]:
    file = site / addresses.STATUS if site.is_dir() else site
    if not file.is_file():
        raise health.NoStatus(f"In {site} liegt keine gebaute Website. Zuerst: make site")
    with file.open("rb") as said:
        return health.read_status(said.read(_MOST))


def _hours(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and int(text)):
        raise argparse.ArgumentTypeError(f"„{text}“ ist keine Anzahl von Stunden, etwa 36.")
    return int(text)
