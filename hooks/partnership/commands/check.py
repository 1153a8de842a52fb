"""`partnerschaft check`: every mistake in every file, in one run."""

import argparse
from itertools import zip_longest
from pathlib import Path

from partnership import german, history
from partnership.commands import usage
from partnership.commands.close import add_vault
from partnership.editing import form
from partnership.model.partnership import Partnership
from partnership.problems import FORMATS, as_junit, as_markdown, show

# So many are named; more would hide what else was told.
_MOST = 10


def add(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    """Describe the command."""
    command = commands.add_parser("check", help="alle Daten und Inhalte prüfen")
    command.add_argument("paths", nargs="*", metavar="PFAD", help="nur Befunde unter diesen Pfaden")
    command.add_argument(
        "--format", choices=FORMATS, default="text", help="Ausgabe für Menschen oder Programme"
    )
    command.add_argument(
        "--changed-since", metavar="STAND", help="was seit diesem git-Stand geändert ist, zuerst"
    )
    command.add_argument("--summary", type=Path, metavar="DATEI", help="alle Befunde, als Markdown")
    command.add_argument("--junit", type=Path, metavar="DATEI", help="alle Befunde, als JUnit-XML")
    command.add_argument("--release", action="store_true", help="auch offene Angaben melden")
    add_vault(command)
    usage.add_root(command)
    command.set_defaults(run=run)


def _tell_other_forms(partnership: Partnership) -> None:
    """Name the entries that are right, but not written as the editing page writes them."""
    found = []
    for path in form.pages(partnership.root):
        before = (partnership.root / path).read_bytes().decode("utf-8").splitlines()
        after = form.formed(partnership, path).splitlines()
        if before != after:
            pairs = enumerate(zip_longest(before, after), 1)
            found.append(f"{path}:{next(line for line, (one, other) in pairs if one != other)}")
    if found:
        head = "Richtig, aber anders geschrieben als üblich („partnerschaft format“ ändert das):"
        more = [f"und {len(found) - _MOST} weitere"] if len(found) > _MOST else []
        usage.tell("\n  ".join([head, *found[:_MOST], *more]))


def run(options: argparse.Namespace) -> int:
    """Print the findings in the wanted form."""
    loaded = usage.inspected(options.root, options.vertraulich)
    problems = list(loaded.problems)
    if options.release:
        problems += [gap.as_problem() for gap in loaded.fill_ins]
    wanted = [path.rstrip("/") for path in options.paths]
    if wanted:
        problems = [
            problem
            for problem in problems
            if any(problem.path == path or problem.path.startswith(f"{path}/") for path in wanted)
        ]
    if options.changed_since is not None:
        changed = history.changed_files(options.root, options.changed_since)
        if changed is None:
            usage.tell(f"git kennt den Stand „{options.changed_since}“ nicht.")
            return 2
        problems.sort(key=lambda problem: problem.path not in changed)
    if options.summary:
        with options.summary.open("a", encoding="utf-8") as out:
            out.write(as_markdown(problems))
    if options.junit:
        options.junit.write_text(as_junit(problems), encoding="utf-8")
    if problems or options.format in {"gitlab", "json"}:
        print(show(problems, options.format))
    if options.format == "text":
        usage.tell(
            f"{german.counted(len(problems), 'Befund', 'Befunde')}."
            if problems
            else "Alles in Ordnung."
        )
        if loaded.partnership is not None:
            _tell_other_forms(loaded.partnership)
    return 1 if problems else 0
