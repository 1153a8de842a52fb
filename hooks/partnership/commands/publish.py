"""`partnerschaft publish`: the built site to where the public sees it."""

import argparse
import re
from datetime import datetime
from pathlib import Path

from partnership.commands import usage
from partnership.language import german
from partnership.model import dates
from partnership.site.publishing import releases, ssh
from partnership.site.publishing.folder import Folder
from partnership.site.publishing.releases import Change, NotPublished, Store

_BUCKET = re.compile(r"s3://(?P<bucket>[^/]+)/?(?P<prefix>.*)")


def add(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    """Describe the command."""
    command = commands.add_parser("publish", help="die gebaute Website veröffentlichen")
    command.add_argument(
        "target",
        metavar="ZIEL",
        help="ein Ordner, ssh://NAME@RECHNER/PFAD (mit rsync) oder s3://BUCKET/PFAD",
    )
    command.add_argument(
        "--site", type=Path, default=Path("site"), metavar="ORDNER", help="die gebaute Website"
    )
    command.add_argument(
        "--keep",
        type=_at_least_one,
        default=5,
        metavar="ANZAHL",
        help="so viele Fassungen bleiben dort (5)",
    )
    command.add_argument(
        "--rollback",
        nargs="?",
        const="",
        metavar="FASSUNG",
        help="die vorige Fassung wieder zeigen, oder die genannte",
    )
    command.add_argument("--dry-run", action="store_true", help="nur sagen, was sich ändern würde")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Publish, or go back."""
    # The clock, whatever day the site was built for: releases follow each other in time.
    now = dates.now({})
    try:
        store = _store(options.target, now)
        if options.rollback is None:
            change = releases.publish(store, options.site, now, options.keep, dry=options.dry_run)
        else:
            change = releases.roll_back(store, options.rollback or None, dry=options.dry_run)
    except NotPublished as error:
        usage.tell(str(error))
        return 1
    print(_told(change, dry=options.dry_run))
    return 0


def _store(target: str, now: datetime) -> Store:
    if found := _BUCKET.fullmatch(target):
        try:
            from partnership.site.publishing import bucket  # noqa: PLC0415 - an extra
        except ModuleNotFoundError as error:
            raise NotPublished("Dafür fehlt obstore: pip install 'partnerschaft[s3]'") from error
        return bucket.connect(found["bucket"], found["prefix"], now)
    if where := ssh.address(target):
        return ssh.Remote(where)
    if "://" in target:
        raise NotPublished(f"„{target}“ ist kein Ziel; möglich: ein Ordner, ssh://… oder s3://…")
    return Folder(Path(target))


def _at_least_one(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 5 and int(text)):
        raise argparse.ArgumentTypeError(f"„{text}“ ist keine Anzahl; möglich: 1 bis 9999.")
    return int(text)


def _told(change: Change, *, dry: bool) -> str:
    if change.release is change.before:
        return f"Öffentlich ist schon {change.release.release}, Datei für Datei geprüft."
    count = german.counted
    differing = (
        f"{count(change.added, 'Datei', 'Dateien')} neu, {change.changed} geändert,"
        f" {change.removed} weg"
    )
    if dry:
        return f"Es würde öffentlich: {change.release.release} ({differing})."
    return f"Öffentlich ist {change.release.release} ({differing}), Datei für Datei geprüft."
