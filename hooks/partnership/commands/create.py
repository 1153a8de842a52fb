"""`partnerschaft new` and `init`: skeletons at the right path, nothing overwritten."""

import argparse
import os
import re
from collections.abc import Iterable
from pathlib import Path

from partnership.commands import usage
from partnership.language import german
from partnership.model.member import Member
from partnership.office import skeletons
from partnership.office.questionnaire.matching import match_member
from partnership.site import engine

# What a city is called until it says its name; no real one is.
TOWN = "Beispielstadt"
# It stands in many sentences of the new files, so nothing in it may mean something there.
_TOWN = re.compile(r"[^\W\d_][\w .()/-]*[\w.)]")


def add(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    """Describe the commands."""
    new = commands.add_parser("new", help="ein Mitglied oder eine Veranstaltung anlegen")
    kinds = new.add_subparsers(required=True, metavar="WAS", parser_class=usage.Parser)

    member = kinds.add_parser("member", help="ein Mitglied")
    member.add_argument("name", metavar="NAME", help="Name des Unternehmens")
    member.add_argument("--branche", default="", metavar="SCHLUESSEL", help="aus branchen.yml")
    member.add_argument("--beitritt", type=usage.day, metavar="TAG", help="Tag des Beitritts")
    member.add_argument(
        "--neu", action="store_true", help="auch wenn ein Mitglied ähnlich heißt: ein weiteres"
    )
    member.set_defaults(run=_member)

    event = kinds.add_parser("event", help="eine Veranstaltung")
    event.add_argument("title", metavar="TITEL", help="Titel der Veranstaltung")
    event.add_argument("--am", type=usage.day, metavar="TAG", help="Tag, sonst in vier Wochen")
    event.set_defaults(run=_event)

    for command in (member, event):
        usage.add_root(command)

    init = commands.add_parser("init", help="den Ordner einer weiteren Stadt anlegen")
    init.add_argument("folder", type=Path, metavar="ORDNER", help="noch leer oder nicht da")
    init.add_argument("--stadt", default=TOWN, metavar="NAME", help="Name der Stadt")
    init.set_defaults(run=_init)


def _says_nothing(text: str) -> bool:
    """Whether no file can be named after `text`; that is told."""
    if nothing := not any(char.isalnum() for char in text):
        usage.tell(f"„{text}“ ist kein Name: Bitte mindestens einen Buchstaben oder eine Ziffer.")
    return nothing


def _is_known(name: str, members: Iterable[Member]) -> bool:
    """Whether a member has that name or nearly; that is told."""
    match = match_member(name, (), members)
    found = (match.member,) if match.member else match.candidates
    if found:
        known = german.listing((f"{each.name} ({each.path})" for each in found), "oder")
        usage.tell(
            f"„{name}“ ist vielleicht schon im Verzeichnis. Meinten Sie {known}?"
            " Für ein weiteres Unternehmen bitte mit „--neu“ wiederholen."
        )
    return bool(found)


def _member(options: argparse.Namespace) -> int:
    if _says_nothing(options.name):
        return 2
    loaded = usage.inspected(options.root)
    members = loaded.partnership.everybody if loaded.partnership else ()
    if not options.neu and _is_known(options.name, members):
        return 2
    known = loaded.partnership.sectors if loaded.partnership else {}
    if options.branche and known and options.branche not in known:
        usage.tell(
            f"Die Branche „{options.branche}“ gibt es nicht. Möglich: {', '.join(sorted(known))}."
        )
        return 2
    has_districts = bool(loaded.partnership and loaded.partnership.districts)
    skeleton = skeletons.member(
        options.name, options.branche, options.beitritt, with_district=has_districts
    )
    hints = ["Leere Zeilen bitte ausfüllen oder löschen."]
    if not options.branche:
        hints.append(f"Noch nötig: branche, eine von: {', '.join(sorted(known))}." if known else "")
    return _write(options.root, skeleton, hints)


def _event(options: argparse.Namespace) -> int:
    if _says_nothing(options.title):
        return 2
    loaded = usage.inspected(options.root)
    host = skeletons.host_of(loaded.partnership.city) if loaded.partnership else "partnerschaft"
    skeleton = skeletons.event(options.title, options.am, usage.today(), host)
    hints = ["Leere Zeilen bitte ausfüllen oder löschen."]
    if options.am is None:
        hints.append("Der Tag ist nur vorläufig: bitte „beginn“ und den Dateinamen berichtigen.")
    return _write(options.root, skeleton, hints)


def _write(root: Path, skeleton: skeletons.Skeleton, hints: list[str]) -> int:
    target = root / skeleton.path
    if not (root / "data").is_dir():
        usage.tell(f"„{root}“ ist nicht der Ordner einer Stadt: Dort fehlt data/.")
        return 2
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as out:
            out.write(skeleton.text)
    except FileExistsError:
        usage.tell(f"{skeleton.path} gibt es schon und bleibt, wie sie ist.")
        return 2
    print(skeleton.path)
    for hint in filter(None, hints):
        usage.tell(hint)
    return 0


def _is_empty(folder: Path) -> bool:
    """Whether nothing lies in the folder, but for the repository that it may be."""
    return folder.is_dir() and all(each.name == ".git" for each in folder.iterdir())


def _init(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    if not _TOWN.fullmatch(options.stadt):
        usage.tell(f"„{options.stadt}“ ist kein Name einer Stadt.")
        return 2
    if folder.exists() and not _is_empty(folder):
        usage.tell(f"„{folder}“ gibt es schon und ist nicht leer. Bitte einen anderen nennen.")
        return 2
    # Not `resolve`: Python 3.11 and 3.12 do not call it an error of the system when links go round.
    there = Path(os.path.realpath(folder))
    for skeleton in skeletons.city(options.stadt, usage.today(), there, engine.FOLDER):
        target = folder / skeleton.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(skeleton.text, encoding="utf-8")
        print(target)
    usage.tell(
        "Was nur Sie wissen können, ist mit [[offen: …]] markiert."
        f" Die Website entsteht mit: mkdocs build -f {folder / 'mkdocs.yml'}"
    )
    return 0
