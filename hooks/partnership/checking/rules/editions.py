"""Rules about the editions of closed years: each is there, and as it was written."""

import re
from collections.abc import Iterator, Mapping

from partnership.model.edition import Edition
from partnership.model.partnership import Partnership
from partnership.model.problems import Place, Problem
from partnership.reading import archive
from partnership.reading.litter import is_left_behind
from partnership.reading.source import Document

_OF_A_YEAR = re.compile(r"[0-9]{4}\.zip")


def check(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """An edition is the file that was written, or is said to be withdrawn."""
    for year, edition in partnership.editions.items():
        yield from _one(partnership, year, edition)
    if archive.RECORDS in documents or not (partnership.root / archive.RECORDS).exists():
        yield from _unknown(partnership, documents.get(archive.RECORDS))


def _one(partnership: Partnership, year: int, edition: Edition) -> Iterator[Problem]:
    file = partnership.root / archive.path(year)
    back = "Bitte die Datei aus git zurückholen, wie „partnerschaft close“ sie geschrieben hat."
    if edition.withdrawn is not None:
        if file.exists():
            yield _problem(
                year,
                "ausgabe-zurueckgezogen",
                f"Die Ausgabe {year} ist zurückgezogen, aber noch da.",
                "Bitte diese Datei löschen.",
            )
    elif not file.is_file():
        yield _problem(year, "ausgabe-fehlt", f"Die Ausgabe {year} fehlt.", back)
    else:
        try:
            archive.unpacked(file, edition.checksum)
        except archive.Damaged as damaged:
            yield _problem(
                year,
                "ausgabe-veraendert",
                f"Die Ausgabe {year} ist nicht mehr, wie sie geschrieben wurde. {damaged}",
                back,
            )


def _unknown(partnership: Partnership, records: Document | None) -> Iterator[Problem]:
    """Files in the folder that no entry names, not even a faulty one."""
    known = {f"{year}.zip" for year in (records.data if records else ())}
    folder = partnership.root / archive.FOLDER
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and not is_left_behind(file.name) and name not in known:
            is_edition = bool(_OF_A_YEAR.fullmatch(name))
            shown = name if name.isprintable() else repr(name)
            yield Problem(
                f"{archive.FOLDER}/{shown}",
                Place(1, 1),
                "ausgabe-unbekannt" if is_edition else "dateiname",
                f"Zu dieser Datei steht nichts in {archive.RECORDS}.",
                "Ausgaben schreibt „partnerschaft close“. Bitte die Datei löschen"
                + (" oder ihren Eintrag zurückholen." if is_edition else "."),
            )


def _problem(year: int, rule: str, message: str, remedy: str) -> Problem:
    return Problem(archive.path(year), Place(1, 1), rule, message, remedy)
