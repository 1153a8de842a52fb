"""The command line: `partnerschaft check`, `new`, `import`, `report`, `export`, `init`."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from partnership import comparison, dates, history
from partnership.exports import open_data
from partnership.load import inspect
from partnership.pages import Site
from partnership.problems import FORMATS, as_junit, as_markdown, show

ENGINE = Path(__file__).resolve().parents[2]
TEMPLATES = (ENGINE / "overrides",)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 when all is well, 1 for findings, 2 for wrong use."""
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="partnerschaft", description="Daten der Partnerschaft.")
    commands = parser.add_subparsers(required=True, metavar="BEFEHL")
    check = commands.add_parser("check", help="alle Daten und Inhalte prüfen")
    check.add_argument("paths", nargs="*", metavar="PFAD", help="nur Befunde unter diesen Pfaden")
    check.add_argument("--format", choices=FORMATS, default="text")
    check.add_argument(
        "--changed-since", metavar="STAND", help="was seit diesem git-Stand geändert ist, zuerst"
    )
    check.add_argument("--summary", type=Path, metavar="DATEI", help="alle Befunde, als Markdown")
    check.add_argument("--junit", type=Path, metavar="DATEI", help="alle Befunde, als JUnit-XML")
    check.add_argument("--release", action="store_true", help="auch offene Angaben melden")
    check.set_defaults(run=_check)
    export = commands.add_parser("export", help="die offenen Daten allein schreiben")
    export.add_argument("folder", type=Path, metavar="ORDNER")
    export.set_defaults(run=_export)
    compare = commands.add_parser("compare", help="zeigen, was sich gegenüber früher ändert")
    compare.add_argument("before", type=Path, metavar="FRUEHER", help="Ordner der Stadt, früher")
    compare.set_defaults(run=_compare)
    for command in (check, export, compare):
        command.add_argument("--root", type=Path, default=Path(), help="Ordner der Stadt")
    return parser


def _base(root: Path) -> Path | None:
    """Where shared catalogues lie; None for the engine's own city."""
    return ENGINE if root.resolve() != ENGINE else None


def _check(options: argparse.Namespace) -> int:
    loaded = inspect(options.root, dates.today(os.environ), _base(options.root))
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
            print(f"git kennt den Stand „{options.changed_since}“ nicht.", file=sys.stderr)
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
        print(f"{len(problems)} Befunde." if problems else "Alles in Ordnung.", file=sys.stderr)
    return 1 if problems else 0


def _compare(options: argparse.Namespace) -> int:
    """What differs from an earlier state, as Markdown; needs both states to be sound."""
    now = dates.now(os.environ)
    states = []
    for root in (options.before, options.root):
        # A folder with an engine of its own has all the catalogues it needs.
        base = None if (root / "hooks/partnership").is_dir() else ENGINE
        loaded = inspect(root, now.date(), base)
        if loaded.partnership is None:
            print(f"{root}:\n{show(loaded.problems, 'text')}", file=sys.stderr)
            return 1
        states.append(loaded.partnership)
    found = comparison.compare(states[0], states[1], now, TEMPLATES)
    print(comparison.report(found, Site(states[1], now, TEMPLATES)))
    return 0


def _export(options: argparse.Namespace) -> int:
    now = dates.now(os.environ)
    loaded = inspect(options.root, now.date(), _base(options.root))
    if loaded.partnership is None:
        print(show(loaded.problems, "text"), file=sys.stderr)
        return 1
    for export in open_data(loaded.partnership, now):
        target = options.folder / export.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(export.content)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
