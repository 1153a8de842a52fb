"""The command line: `partnerschaft check`, `new`, `import`, `report`, `export`, `init`."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from partnership import dates
from partnership.exports import open_data
from partnership.load import inspect
from partnership.problems import FORMATS, show

ENGINE = Path(__file__).resolve().parents[2]


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
    check.add_argument("--release", action="store_true", help="auch offene Angaben melden")
    check.set_defaults(run=_check)
    export = commands.add_parser("export", help="die offenen Daten allein schreiben")
    export.add_argument("folder", type=Path, metavar="ORDNER")
    export.set_defaults(run=_export)
    for command in (check, export):
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
    if problems or options.format in {"gitlab", "json"}:
        print(show(problems, options.format))
    if options.format == "text":
        print(f"{len(problems)} Befunde." if problems else "Alles in Ordnung.", file=sys.stderr)
    return 1 if problems else 0


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
