"""`partnerschaft check`: every mistake in every file, in one run."""

import argparse
import os
from collections.abc import Collection
from itertools import zip_longest
from pathlib import Path

from partnership.checking import repository, since
from partnership.commands import usage
from partnership.commands.close import add_vault
from partnership.language import german
from partnership.model.partnership import Partnership
from partnership.model.problems import FORMATS, Problem, as_junit, as_markdown, in_order, show
from partnership.office.editing import form
from partnership.site import engine

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
    problems = in_order([*loaded.problems, *loaded.warnings])
    if options.release:
        problems += [gap.as_problem() for gap in loaded.fill_ins]
    changed: Collection[str] = ()
    if options.changed_since is not None:
        files = repository.changed_files(options.root, options.changed_since)
        taken = since.problems_since(options.root, options.changed_since)
        if files is None or taken is None:
            usage.tell(f"git kennt den Stand „{options.changed_since}“ nicht.")
            return 2
        changed = files | {problem.path for problem in taken}
        problems = in_order([*problems, *taken])
    if options.paths:
        wanted, unknown = _wanted(options, {problem.path for problem in problems})
        if unknown:
            usage.tell(
                "\n".join(f"„{path}“ gibt es im Ordner der Stadt nicht." for path in unknown)
            )
            return 2
        problems = [problem for problem in problems if _is_below(problem.path, wanted)]
    problems.sort(key=lambda problem: problem.path not in changed)
    _show(options, problems)
    if options.format == "text" and loaded.partnership is not None:
        _tell_other_forms(loaded.partnership)
    return 1 if any(not problem.is_warning for problem in problems) else 0


def _wanted(options: argparse.Namespace, told: Collection[str]) -> tuple[set[str], list[str]]:
    """The wanted paths as findings name them, and those that are nowhere. `told` are the paths of
    all findings: one may be about a file that is missing.
    """
    homes = (options.root, engine.base_of(options.root), options.vertraulich)
    wanted: set[str] = set()
    unknown: list[str] = []
    for path in options.paths:
        text = Path(path).as_posix()
        inside = {name for home in homes if home and (name := _inside(home, text))}
        if any(_is_below(each, {text}) for each in told):
            inside.add(text)
        wanted |= inside
        unknown += [] if inside else [path]
    return wanted, unknown


def _inside(home: Path, path: str) -> str:
    """`path` as findings name it; empty where it is not in `home`."""
    top, full = (Path(os.path.realpath(each)) for each in (home, home / path))
    is_there = full.exists() and full.is_relative_to(top)
    return full.relative_to(top).as_posix() if is_there else ""


def _is_below(path: str, wanted: Collection[str]) -> bool:
    return any(each in (".", path) or path.startswith(f"{each}/") for each in wanted)


def _summed_up(problems: list[Problem]) -> str:
    hints = sum(problem.is_warning for problem in problems)
    found = german.counted(len(problems) - hints, "Befund", "Befunde")
    first = f"{found}." if len(problems) > hints else "Alles in Ordnung."
    return f"{first} {german.counted(hints, 'Hinweis', 'Hinweise')}." if hints else first


def _show(options: argparse.Namespace, problems: list[Problem]) -> None:
    """Print the problems and write the files that were asked for."""
    if problems or options.format in {"gitlab", "json"}:
        print(show(problems, options.format))
    if options.format == "text":
        usage.tell(_summed_up(problems))
    if options.summary:
        with options.summary.open("a", encoding="utf-8", errors="replace") as out:
            out.write(as_markdown(problems))
    if options.junit:
        options.junit.write_text(as_junit(problems), encoding="utf-8", errors="replace")
