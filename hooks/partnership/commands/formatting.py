"""`partnerschaft format`: pages in the one form in which the editing page writes them."""

import argparse
from difflib import unified_diff

from partnership.commands import usage
from partnership.office.editing import form


def add(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    """Describe the command."""
    command = commands.add_parser("format", help="Einträge einheitlich schreiben")
    command.add_argument("--check", action="store_true", help="nur zeigen, was sich ändern würde")
    usage.add_root(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write each entry in its one form; with --check tell the differences, 1 if there are any."""
    partnership = usage.sound(options.root)
    if partnership is None:
        return 1
    others = 0
    for path in form.pages(partnership.root):
        file = partnership.root / path
        before, after = file.read_bytes().decode("utf-8"), form.formed(partnership, path)
        if before == after:
            continue
        others += 1
        if options.check:
            print("\n".join(unified_diff(before.splitlines(), after.splitlines(), path, path, n=0)))
        else:
            file.write_bytes(after.encode("utf-8"))
            print(path)
    if not others:
        usage.tell("Alle Einträge sind einheitlich geschrieben.")
    return 1 if options.check and others else 0
