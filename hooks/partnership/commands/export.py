"""`partnerschaft export`: the open data alone, without the site."""

import argparse
from pathlib import Path

from partnership.commands import usage
from partnership.figures.reckoning import Reckoning
from partnership.site.exports import open_data
from partnership.site.exports.file import write
from partnership.site.exports.open_data import OpenData


def add(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    """Describe the command."""
    command = commands.add_parser("export", help="die offenen Daten allein schreiben")
    command.add_argument("folder", type=Path, metavar="ORDNER", help="wohin die Dateien kommen")
    usage.add_root(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the files of /daten/ into the folder."""
    partnership = usage.sound(options.root)
    if partnership is None:
        return 1
    if options.folder.exists() and not options.folder.is_dir():
        usage.tell(f"„{options.folder}“ ist kein Ordner.")
        return 2
    now = usage.now()
    found = OpenData(Reckoning(partnership, now.date()))
    for path in write(open_data(found, now), options.folder):
        print(path)
    return 0
