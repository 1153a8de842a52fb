"""`partnerschaft report`: what the office should look after, as text or for the follow-up calls."""

import argparse
from itertools import groupby
from pathlib import Path

from partnership.commands import usage
from partnership.language import german
from partnership.office import followup


def add(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    """Describe the command."""
    command = commands.add_parser("report", help="zeigen, was ansteht, veraltet oder unvollständig")
    command.add_argument(
        "--xlsx", type=Path, metavar="DATEI", help="als Excel-Tabelle für die Nachfrage"
    )
    usage.add_root(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List the tasks; there being some is no mistake."""
    partnership = usage.sound(options.root)
    if partnership is None:
        return 1
    today = usage.today()
    tasks = followup.tasks(partnership, today)
    for reason, group in groupby(tasks, key=lambda task: task.reason):
        entries = list(group)
        print(f"{reason} ({len(entries)})")
        for task in entries:
            print(f"  {task.name}: {task.what} [{task.path}]")
        print()
    print(f"{german.counted(len(tasks), 'Punkt', 'Punkte')}, Stand {german.short_day(today)}.")
    if options.xlsx:
        options.xlsx.write_bytes(followup.workbook(tasks))
        usage.tell(f"Als Tabelle: {options.xlsx}")
    return 0
