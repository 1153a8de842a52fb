"""`partnerschaft compare`: what a change does to the public site."""

import argparse
from pathlib import Path

from partnership.checking.load import Loaded, inspect
from partnership.commands import usage
from partnership.model.partnership import Partnership
from partnership.model.problems import show
from partnership.office.questionnaire.trial import Trial
from partnership.site import comparison, engine
from partnership.site.pages import Site


def add(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    """Describe the command."""
    command = commands.add_parser("compare", help="zeigen, was sich gegenüber früher ändert")
    command.add_argument(
        "before", type=usage.folder, metavar="FRUEHER", help="Ordner der Stadt, früher"
    )
    usage.add_root(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """What differs from an earlier state, as Markdown; the present one must be sound."""
    now = usage.now()
    # A folder with an engine of its own has all the catalogues it needs.
    bases = [
        None if (root / "hooks/partnership").is_dir() else engine.FOLDER
        for root in (options.before, options.root)
    ]
    loaded = inspect(options.root, now.date(), bases[1])
    if loaded.partnership is None:
        usage.tell(f"{options.root}:\n{show(loaded.problems, 'text')}")
        return 1
    with Trial(options.before, bases[0], now.date(), None) as trial:
        earlier, unread = _readable(options, trial, inspect(options.before, now.date(), bases[0]))
        if earlier is None:
            print("Der frühere Stand lässt sich nicht lesen; es gibt nichts zu vergleichen.")
            return 0
        site = Site(loaded.partnership, now, (engine.OVERRIDES,))
        found = comparison.compare(
            earlier, loaded.partnership, now, (engine.OVERRIDES,), sorted(unread)
        )
        print(comparison.report(found, site))
    return 0


def _readable(
    options: argparse.Namespace, trial: Trial, loaded: Loaded
) -> tuple[Partnership | None, set[str]]:
    """The earlier state as far as it can be read, and the files that were not: those are taken as
    they are now, or left out where there are none now, so that they show no difference.
    """
    taken: set[str] = set()
    while loaded.partnership is None:
        faulty = {problem.path for problem in loaded.problems} - taken
        if not faulty:
            return None, taken
        taken |= faulty
        files = {options.before / path: _now(options.root / path) for path in faulty}
        loaded = trial.with_files(files)
    return loaded.partnership, taken


def _now(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
