"""`partnerschaft close`: publish the sums of past years, safe from being taken apart, and write the
tables of the year as its edition, which stays as it is.
"""

import argparse
import os
from collections.abc import Mapping
from pathlib import Path

from partnership.checking import repository
from partnership.checking.load import CLOSING, REGISTER, SECRET
from partnership.commands import usage
from partnership.language import german
from partnership.model.edition import Edition
from partnership.model.partnership import Partnership
from partnership.model.problems import ProblemsFound, show
from partnership.office import closing
from partnership.reading import archive, canonical
from partnership.reading.source import Value
from partnership.site.exports.open_data import of_edition

VARIABLE = "PARTNERSCHAFT_VERTRAULICH"
_PUBLIC = (
    "# Veröffentlichte Summen vertraulicher Angaben. Geschrieben von „partnerschaft close“;",
    "# bitte nicht von Hand ändern: Eine andere Summe derselben Angaben könnte mehr verraten.",
)
_SECRET = (
    "# VERTRAULICH: wer mit welcher Angabe in den veröffentlichten Summen steht. Geschrieben von",
    "# „partnerschaft close“; jeder weitere Abschluss braucht diese Datei. Bitte sichern.",
)

_EDITIONS = (
    "# Ausgaben abgeschlossener Jahre, geschrieben von „partnerschaft close“. Bitte nicht ändern:",
    "# Die Prüfsumme zeigt, dass die Tabellen in data/ausgaben/ noch dieselben sind.",
)


def add(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    """Describe the command."""
    command = commands.add_parser("close", help="ein vergangenes Jahr abschließen")
    command.add_argument(
        "--jahr", type=usage.year, metavar="JAHR", help="letztes Jahr, das abgeschlossen wird"
    )
    add_vault(command)
    usage.add_root(command)
    command.set_defaults(run=run)


def add_vault(command: argparse.ArgumentParser) -> None:
    """Let the command read the confidential folder."""
    command.add_argument(
        "--vertraulich",
        type=usage.folder,
        default=os.environ.get(VARIABLE) or None,
        metavar="ORDNER",
        help=f"vertraulicher Ordner (oder Umgebungsvariable {VARIABLE})",
    )


def run(options: argparse.Namespace) -> int:
    """Write the published sums and who stands in them, then the edition."""
    partnership = usage.sound(options.root, options.vertraulich)
    if partnership is None:
        return 1
    year = options.jahr or usage.today().year - 1
    if wrong := _hindrance(partnership, options.vertraulich, year):
        usage.tell(wrong)
        return 2
    if partnership.city.confidentiality is None:
        usage.tell("Ohne den Abschnitt „vertraulichkeit“ gibt es keine vertraulichen Summen.")
    elif failed := _close_sums(partnership, options, year):
        return failed
    # Read anew and without the confidential folder: nothing else can stand in the edition.
    public = usage.sound(options.root)
    if public is None:
        return 1
    _write_edition(public, year)
    usage.tell(f"Ausgabe {year} geschrieben: {archive.path(year)}.")
    return 0


def _close_sums(partnership: Partnership, options: argparse.Namespace, year: int) -> int:
    """Write the sums; 0, or the exit code after telling why there are none."""
    kept = partnership.city.confidentiality
    assert kept is not None  # noqa: S101 - whoever has no such amounts has no sums of them
    try:
        vault = closing.open_vault(partnership, options.vertraulich)
    except ProblemsFound as found:
        usage.tell(show(found.problems, "text"))
        return 1
    before = len(partnership.closing.sums) if partnership.closing else 0
    if before and vault.register.secret is None:
        usage.tell(
            f"Im vertraulichen Ordner fehlt {REGISTER} des letzten Abschlusses. Ohne sie würden"
            " unveränderte Angaben neu gerundet und ließen sich enger eingrenzen. Bitte aus der"
            " Sicherung zurückholen."
        )
        return 2
    told, register = closing.close(partnership, vault, kept.p_percent, year, usage.today())
    vault.folder.mkdir(parents=True, exist_ok=True)
    # The register first: without it no other year could ever be closed.
    _write(vault.folder / REGISTER, _SECRET, canonical.plain(register))
    _write(options.root / CLOSING, _PUBLIC, canonical.plain(told))
    new = german.counted(len(told.sums) - before, "neue Summe", "neue Summen")
    usage.tell(f"Abgeschlossen bis {told.until}: {new}, {len(told.sums)} insgesamt.")
    return 0


def _write_edition(partnership: Partnership, year: int) -> None:
    root, kept = partnership.root, partnership.city.confidentiality
    state = repository.state(root, SECRET)
    commit = state.named(is_public=kept is not None and kept.is_public) if state else ""
    packed, checksum = archive.packed(of_edition(partnership, year))
    edition = Edition.model_validate(
        {
            "stand": usage.today().isoformat(),
            "pruefsumme": checksum,
            **({"commit": commit} if commit else {}),
        }
    )
    (root / archive.FOLDER).mkdir(parents=True, exist_ok=True)
    (root / archive.path(year)).write_bytes(packed)
    known = sorted({**partnership.editions, year: edition}.items())
    entries: dict[str, Value] = {canonical.Bare(of): canonical.plain(each) for of, each in known}
    _write(root / archive.RECORDS, _EDITIONS, entries)


def _hindrance(partnership: Partnership, folder: Path | None, year: int) -> str:
    city, kept = partnership.city, partnership.city.confidentiality
    if year >= usage.today().year:
        return f"Das Jahr {year} ist noch nicht vorbei."
    if year < city.founded.year:
        return f"Im Jahr {year} gab es die Partnerschaft noch nicht."
    if year in partnership.editions:
        day = german.day(partnership.editions[year].day)
        return (
            f"Das Jahr {year} ist seit dem {day} abgeschlossen, und seine Ausgabe ändert sich nicht"
            " mehr. Was seither berichtigt wurde, zeigt die Website daneben."
        )
    if kept is not None and kept.is_public and folder is None:
        return (
            "Die Dateien sind öffentlich (ablage_oeffentlich: ja). Bitte mit --vertraulich den"
            " Ordner nennen, in dem die vertraulichen Angaben liegen."
        )
    state = repository.state(partnership.root, SECRET)
    if state and state.unsaved:
        names = german.listing(state.unsaved[:3])
        return (
            f"Noch nicht in git gespeichert: {names}. Bitte zuerst speichern (commit): Die Ausgabe"
            " nennt den Stand, aus dem sie stammt."
        )
    return misplaced(partnership, folder) if folder is not None else ""


def misplaced(partnership: Partnership, folder: Path) -> str:
    """Why `folder` cannot be the confidential one; empty where it can."""
    kept = partnership.city.confidentiality
    is_public = kept is not None and kept.is_public
    if is_public and folder.resolve().is_relative_to(partnership.root.resolve()):
        return "Der vertrauliche Ordner darf nicht im öffentlichen Ordner der Stadt liegen."
    return ""


def _write(path: Path, head: tuple[str, ...], values: Mapping[str, Value]) -> None:
    path.write_text("\n".join([*head, *canonical.block(values)]) + "\n", "utf-8", newline="\n")
