"""`partnerschaft compare`: what a change does to the public site."""

import argparse
from pathlib import Path

from partnership import comparison
from partnership.commands import usage
from partnership.load import inspect
from partnership.pages import Site
from partnership.problems import show


def add(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    """Describe the command."""
    command = commands.add_parser("compare", help="zeigen, was sich gegenüber früher ändert")
    command.add_argument("before", type=Path, metavar="FRUEHER", help="Ordner der Stadt, früher")
    usage.add_root(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """What differs from an earlier state, as Markdown; needs both states to be sound."""
    now = usage.now()
    states = []
    for root in (options.before, options.root):
        # A folder with an engine of its own has all the catalogues it needs.
        base = None if (root / "hooks/partnership").is_dir() else usage.ENGINE
        loaded = inspect(root, now.date(), base)
        if loaded.partnership is None:
            usage.tell(f"{root}:\n{show(loaded.problems, 'text')}")
            return 1
        states.append(loaded.partnership)
    found = comparison.compare(states[0], states[1], now, usage.TEMPLATES)
    print(comparison.report(found, Site(states[1], now, usage.TEMPLATES)))
    return 0
