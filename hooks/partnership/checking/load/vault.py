"""The confidential folder of a city whose files are public: read, and checked against the city."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from partnership.checking.load.files import Reading
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.problems import Place, Problem, ProblemsFound, in_order
from partnership.model.yearsums import ConfidentialEntry, Register
from partnership.reading.source import Document

REGISTER = "beteiligte.yml"


def with_vault(partnership: Partnership, folder: Path, reading: Reading) -> Partnership:
    """The partnership with what the confidential folder says; its problems join the others."""
    apart, entries, register = _confidential(folder, partnership)
    reading.problems += apart.problems
    reading.documents |= apart.documents
    reading.incomplete |= apart.incomplete
    return replace(partnership, register=register, entries=entries)


def read_confidential(
    folder: Path, partnership: Partnership
) -> tuple[Mapping[str, ConfidentialEntry], Register]:
    """What the confidential folder holds: entries by member, and the register of published sums.
    Empty where there is no folder.

    Raises `ProblemsFound` with every problem in every file.
    """
    reading, entries, register = _confidential(folder, partnership)
    if reading.problems:
        raise ProblemsFound(tuple(in_order(reading.problems)))
    return entries, register or Register.model_construct(secret=None, sums=())


def _confidential(
    folder: Path, partnership: Partnership
) -> tuple[Reading, Mapping[str, ConfidentialEntry], Register | None]:
    reading = Reading(folder, None)
    register = reading.optional(REGISTER, Register)
    entries = dict(reading.entries())
    known = {member.slug for member in partnership.members}
    renamed = {former: member for member in partnership.members for former in member.former}
    for slug, entry in entries.items():
        path = f"mitglieder/{slug}.yml"
        reading.problems += _unknown_names(entry, reading.documents[path], partnership)
        # A file that is there, but broken, has been told of itself.
        if slug not in known and not (partnership.root / f"members/{slug}.md").is_file():
            reading.problems.append(_no_member(path, renamed.get(slug)))
    return reading, entries, register


def _unknown_names(
    entry: ConfidentialEntry, document: Document, partnership: Partnership
) -> Iterator[Problem]:
    for index, measure in enumerate(entry.measures):
        if measure.type not in partnership.types:
            yield document.problem(
                document.place(("massnahmen", index, "typ")),
                "schluessel",
                f"Den Maßnahmentyp „{measure.type}“ gibt es nicht.",
                "Bitte einen Schlüssel aus data/massnahmentypen.yml verwenden.",
            )
    for year, told in entry.figures.items():
        for key in told.values:
            if key not in partnership.questionnaire.figures:
                yield document.problem(
                    document.place(("kennzahlen", str(year), key), of_key=True),
                    "schluessel",
                    f"Die Kennzahl „{key}“ gibt es nicht.",
                    "Bitte einen Schlüssel aus „kennzahlen“ in data/fragebogen.yml verwenden.",
                )


def _no_member(path: str, renamed: Member | None) -> Problem:
    if renamed:
        return Problem(
            path,
            Place(1, 1),
            "dateiname",
            f"Das Mitglied heißt jetzt {renamed.slug}.md.",
            f"Bitte auch diese Datei umbenennen: mitglieder/{renamed.slug}.yml",
        )
    return Problem(
        path,
        Place(1, 1),
        "dateiname",
        "Zu dieser Datei gibt es kein Mitglied.",
        "Der Dateiname muss der Name der Datei in members/ sein, mit der Endung .yml.",
    )
