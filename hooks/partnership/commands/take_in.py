"""`partnerschaft import`: filled questionnaires into the members' files."""

import argparse
from pathlib import Path

from partnership.commands import usage
from partnership.commands.close import add_vault, misplaced
from partnership.model.problems import show
from partnership.office.questionnaire.intake import Outcome, Wishes, take_in

_HEADS = {
    "neu": "neu angelegt",
    "geaendert": "geändert",
    "unveraendert": "unverändert",
    "gezaehlt": "gezählt",
    "abgelehnt": "nicht übernommen",
}


def add(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    """Describe the command."""
    command = commands.add_parser("import", help="ausgefüllte Fragebögen übernehmen")
    command.add_argument(
        "files", nargs="+", type=Path, metavar="DATEI", help="Fragebogen (.yml oder .xlsx)"
    )
    command.add_argument(
        "--mitglied", default="", metavar="DATEINAME", help="gehört zu members/DATEINAME.md"
    )
    command.add_argument(
        "--neu", action="store_true", help="was sich nicht zuordnen lässt, ist neu"
    )
    command.add_argument(
        "--am", type=usage.day, metavar="TAG", help="Tag der Antwort, wenn sie keinen nennt"
    )
    command.add_argument(
        "--veroeffentlichen",
        action="store_true",
        help="das Unternehmen hat zugestimmt: was bisher nur in Summen stand und die Antwort"
        " „einzeln“ nennt, erscheint einzeln",
    )
    command.add_argument(
        "--aeltere",
        action="store_true",
        help="eine Antwort gilt, auch wenn schon eine neuere übernommen ist",
    )
    add_vault(command)
    usage.add_root(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Take each questionnaire in and tell what became of it; 1 where something is left to do."""
    wrong = [told for told in map(usage.no_file, options.files) if told]
    if wrong:
        usage.tell("\n".join(wrong))
        return 2
    if options.mitglied and len(options.files) > 1:
        usage.tell("Mit --mitglied bitte nur eine Datei angeben.")
        return 2
    partnership = usage.sound(options.root, options.vertraulich)
    if partnership is None:
        return 1
    vault = options.vertraulich
    if vault and (hindrance := misplaced(partnership, vault)):
        usage.tell(hindrance)
        return 2
    wishes = Wishes(
        options.mitglied.removesuffix(".md"),
        options.neu,
        options.am,
        options.veroeffentlichen,
        options.aeltere,
    )
    is_settled = True
    for outcome in take_in(partnership, options.files, usage.today(), wishes, vault):
        print(_told(outcome))
        is_settled = is_settled and outcome.state != "abgelehnt" and not outcome.decisions
    return 0 if is_settled else 1


def _told(outcome: Outcome) -> str:
    head = f"{outcome.source}: {_HEADS[outcome.state]}"
    lines = [f"{head} ({outcome.path})" if outcome.path else head]
    if outcome.problems:
        lines.append(show(outcome.problems, "text"))
    for title, entries in (
        ("Geändert", outcome.changes),
        ("Hinweis", outcome.notes),
        ("Zu klären", outcome.decisions),
        ("Nur für die Geschäftsstelle", outcome.remarks),
        ("Mitteilung des Unternehmens", (outcome.message,) if outcome.message else ()),
    ):
        lines += [f"  {title}: {entry}" for entry in entries]
    return "\n".join(lines)
