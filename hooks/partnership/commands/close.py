"""`partnerschaft close`: publish the sums of past years, safe from being taken apart."""

import argparse
import os
from pathlib import Path

from pydantic import BaseModel

from partnership import canonical, closing, german, history
from partnership.commands import usage
from partnership.load import CLOSING, REGISTER
from partnership.model.partnership import Partnership
from partnership.problems import ProblemsFound, show

VARIABLE = "PARTNERSCHAFT_VERTRAULICH"
_PUBLIC = (
    "# Veröffentlichte Summen vertraulicher Angaben. Geschrieben von „partnerschaft close“;",
    "# bitte nicht von Hand ändern: Eine geänderte Summe könnte Angaben einzelner verraten.",
)
_SECRET = (
    "# VERTRAULICH: wer hinter den veröffentlichten Summen steht. Geschrieben von",
    "# „partnerschaft close“; der nächste Abschluss braucht diese Datei.",
)


def add(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    """Describe the command."""
    command = commands.add_parser("close", help="vergangene Jahre für die Summen abschließen")
    command.add_argument(
        "--jahr", type=int, metavar="JAHR", help="letztes Jahr, das abgeschlossen wird"
    )
    add_vault(command)
    usage.add_root(command)
    command.set_defaults(run=run)


def add_vault(command: argparse.ArgumentParser) -> None:
    """Let the command read the confidential folder."""
    command.add_argument(
        "--vertraulich",
        type=Path,
        default=_from_environment(),
        metavar="ORDNER",
        help=f"vertraulicher Ordner (oder Umgebungsvariable {VARIABLE})",
    )


def _from_environment() -> Path | None:
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


def run(options: argparse.Namespace) -> int:
    """Write the published sums and who stands behind them."""
    partnership = usage.sound(options.root, options.vertraulich)
    if partnership is None:
        return 1
    year = options.jahr or usage.today().year - 1
    if wrong := _hindrance(partnership, options.vertraulich, year):
        usage.tell(wrong)
        return 2
    try:
        vault = closing.open_vault(partnership, options.vertraulich)
    except ProblemsFound as found:
        usage.tell(show(found.problems, "text"))
        return 1
    if vault.p is None or not 1 <= vault.p <= 50:
        usage.tell(
            "Es fehlt das p der p-Prozent-Regel, eine Zahl von 1 bis 50. Bitte eintragen:"
            " „p_prozent“ in regel.yml des vertraulichen Ordners oder, wo die Ablage nicht"
            " öffentlich ist, unter „vertraulichkeit“ in data/partnerschaft.yml."
        )
        return 2
    before = len(partnership.closing.sums) if partnership.closing else 0
    earlier = history.former_members(options.root)
    told, register = closing.close(partnership, vault, vault.p, year, usage.today(), earlier)
    vault.folder.mkdir(parents=True, exist_ok=True)
    # The register first: without it the published sums could never be added to again.
    _write(vault.folder / REGISTER, _SECRET, register)
    _write(options.root / CLOSING, _PUBLIC, told)
    new = german.counted(len(told.sums) - before, "neue Summe", "neue Summen")
    usage.tell(f"Abgeschlossen bis {told.until}: {new}, {len(told.sums)} insgesamt.")
    return 0


def _hindrance(partnership: Partnership, folder: Path | None, year: int) -> str:
    kept = partnership.city.confidentiality
    if year >= usage.today().year:
        return f"Das Jahr {year} ist noch nicht vorbei."
    if kept is None:
        return "In data/partnerschaft.yml fehlt der Abschnitt „vertraulichkeit“."
    if kept.is_public and folder is None:
        return (
            "Die Dateien sind öffentlich (ablage_oeffentlich: ja). Bitte mit --vertraulich den"
            " Ordner nennen, in dem die vertraulichen Angaben liegen."
        )
    return misplaced(partnership, folder) if folder is not None else ""


def misplaced(partnership: Partnership, folder: Path) -> str:
    """Why `folder` cannot be the confidential one; empty where it can."""
    kept = partnership.city.confidentiality
    is_public = kept is not None and kept.is_public
    if is_public and folder.resolve().is_relative_to(partnership.root.resolve()):
        return "Der vertrauliche Ordner darf nicht im öffentlichen Ordner der Stadt liegen."
    return "" if folder.is_dir() else f"Den Ordner {folder} gibt es nicht."


def _write(path: Path, head: tuple[str, ...], record: BaseModel) -> None:
    lines = [*head, *canonical.block(canonical.plain(record))]
    path.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
