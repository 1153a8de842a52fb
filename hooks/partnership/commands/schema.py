"""`partnerschaft schema`: JSON Schemas of the data files, for completion while typing."""

import argparse
from pathlib import Path

from partnership.commands import usage
from partnership.office.editing import schemas


def add(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    """Describe the command."""
    command = commands.add_parser("schema", help="JSON-Schemata der Dateien schreiben")
    command.add_argument("folder", type=Path, metavar="ORDNER", help="wohin die Dateien kommen")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write one schema for each kind of file."""
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas.files():
        (options.folder / name).write_text(text, encoding="utf-8")
        print(options.folder / name)
    return 0
