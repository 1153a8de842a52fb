"""Rules about member companies and their measures."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from partnership.checking.rules import dates, extents, pictures
from partnership.language import german
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.problems import Problem
from partnership.reading.pictures import FORMATS
from partnership.reading.source import Document, Trail
from partnership.reading.special import special
from partnership.reading.wording import fold

_FILE_NAME = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


def file_name(
    member: Member, document: Document, partnership: Partnership, today: date
) -> Iterator[Problem]:
    """A member's file is named in lower-case ASCII, since the name is the page's address."""
    if not _FILE_NAME.match(member.slug):
        yield document.problem(
            document.place(()),
            "dateiname",
            f"Der Dateiname „{member.slug}.md“ enthält andere Zeichen als Kleinbuchstaben, Ziffern"
            " und Bindestriche.",
            f"Bitte umbenennen, zum Beispiel in {german.slug(member.name)}.md",
        )


def sources(
    member: Member, document: Document, partnership: Partnership, today: date
) -> Iterator[Problem]:
    """What public sources tell names them."""
    if not member.is_confirmed and not member.sources:
        yield document.problem(
            document.place(("bestaetigung",)),
            "quelle-fehlt",
            "Angaben aus öffentlicher Quelle brauchen mindestens eine Quelle.",
            "Bitte unter „quellen“ Titel (titel), Adresse (url) und Tag des Abrufs (abruf) nennen.",
        )


def logo(
    member: Member, document: Document, partnership: Partnership, today: date
) -> Iterator[Problem]:
    """A logo is a file in members/logos/ of a format browsers show."""
    if member.logo is None:
        return
    place = document.place(("logo",))
    path = f"members/logos/{member.logo}"
    file = partnership.root / path
    if special(partnership.root, path):
        return  # told of itself
    if not member.logo.lower().endswith(FORMATS):
        yield document.problem(
            place,
            "logo-format",
            f"„{member.logo}“ ist kein Bild in einem Format für das Web.",
            "Bitte als SVG, PNG, JPG oder WebP ablegen.",
        )
    elif not file.is_file():
        yield document.problem(
            place,
            "logo-fehlt",
            f"Die Datei {path} gibt es nicht.",
            "Bitte die Datei dort ablegen oder die Zeile „logo“ löschen.",
        )
    elif (fault := pictures.fault(file, path)) is not None:
        rule, *said = fault
        yield document.problem(place, f"logo-{rule}", *said)


def district(
    member: Member, document: Document, partnership: Partnership, today: date
) -> Iterator[Problem]:
    """Only a city that names its districts has any; which ones is a rule of references."""
    file = partnership.root / "data/stadtbezirke.yml"
    if member.district is not None and not file.exists():
        yield document.problem(
            document.place(("stadtbezirk",), of_key=True),
            "unbekannt",
            "Diese Stadt hat keine Stadtbezirke: data/stadtbezirke.yml fehlt.",
            "Bitte die Zeile löschen oder die Stadtbezirke in dieser Datei anlegen.",
        )


def listing(
    member: Member, document: Document, partnership: Partnership, today: date
) -> Iterator[Problem]:
    """Where files are public, a company that is not to be shown has none."""
    kept = partnership.city.confidentiality
    if not member.is_listed and kept is not None and kept.is_public:
        yield document.problem(
            document.place(("oeffentlich",)),
            "eintrag-oeffentlich",
            "Dieses Mitglied möchte nicht gezeigt werden, die Dateien hier sind aber öffentlich"
            " (ablage_oeffentlich: ja).",
            "Bitte die Datei löschen und das Mitglied in data/partnerschaft.yml unter"
            " „ohne_eintrag“ mitzählen.",
        )


def membership_dates(
    member: Member, document: Document, partnership: Partnership, today: date
) -> Iterator[Problem]:
    """Nobody leaves before joining, or joins what is not there; no answer is from the future."""
    founded = getattr(partnership.city, "founded", None)  # where the file says none
    if member.joined and founded and member.joined.last < founded.earliest:
        told = document.problem(
            document.place(("beitritt",)),
            "reihenfolge",
            f"Der Beitritt ({german.partial_date(member.joined)}) liegt vor der Gründung der"
            f" Partnerschaft ({german.partial_date(founded)}).",
            "Bitte das Datum prüfen.",
        )
        yield replace(told, is_warning=True)
    if member.joined and member.left and member.left.last < member.joined.earliest:
        yield document.problem(
            document.place(("austritt",)),
            *dates.turned("Der Austritt", member.left, "dem Beitritt", member.joined),
        )
    for index, answer in enumerate(member.answers):
        if answer.as_of > today:
            yield document.problem(
                document.place(("auskunft", index, "stand")),
                "zukunft",
                f"Der Tag der Antwort ({german.day(answer.as_of)}) liegt in der Zukunft.",
                "Bitte das Datum prüfen.",
            )


def former_addresses(
    member: Member, document: Document, partnership: Partnership, today: date
) -> Iterator[Problem]:
    """A former address belongs to nobody else today, and stands there once."""
    for index, former in enumerate(member.former):
        if former in member.former[:index]:
            yield document.problem(
                document.place(("frueher", index)),
                "doppelt",
                f"„{former}“ steht hier zweimal.",
                "Bitte einen der beiden Einträge löschen.",
            )
        if former in partnership.slugs:
            yield document.problem(
                document.place(("frueher", index)),
                "frueher-vergeben",
                f"Unter „{former}“ steht heute ein Mitglied im Verzeichnis.",
                "Bitte den Eintrag löschen.",
            )


def measures(
    member: Member, document: Document, partnership: Partnership, today: date
) -> Iterator[Problem]:
    """The rules of `_measure`, for each measure whose type is known."""
    for index, measure in enumerate(member.measures):
        trail: Trail = ("massnahmen", index)
        if measure in member.measures[:index]:
            told = document.problem(
                document.place(trail),
                "doppelt",
                "Diese Maßnahme steht schon einmal da, mit denselben Angaben.",
                "Bitte eine der beiden löschen oder die andere durch einen „titel“ unterscheiden.",
            )
            yield replace(told, is_warning=True)
        yield from dates.check(measure, trail, document, today)
        if measure.type in partnership.types:
            yield from extents.check(member, measure, trail, document, partnership, today)


def key_figures(
    member: Member, document: Document, partnership: Partnership, today: date
) -> Iterator[Problem]:
    """A key figure that is a share is at most 100 percent; none is of a year to come."""
    figures = partnership.questionnaire.figures
    for year, told in member.figures.items():
        if year > today.year:
            yield document.problem(
                document.place(("kennzahlen", str(year)), of_key=True),
                "jahr-zukunft",
                f"Das Jahr {year} liegt in der Zukunft; Kennzahlen gibt es erst danach.",
                "Bitte das Jahr prüfen.",
            )
        for name, value in told.values.items():
            if name in figures and figures[name].kind == "anteil" and value > 100:
                yield document.problem(
                    document.place(("kennzahlen", str(year), name)),
                    "kennzahl-zu-gross",
                    f"„{name}“ ist ein Anteil in Prozent; {german.number(value)} ist mehr als 100.",
                    "Bitte einen Wert von 0 bis 100 angeben.",
                )


RULES = (
    file_name,
    sources,
    logo,
    district,
    listing,
    membership_dates,
    former_addresses,
    measures,
    key_figures,
)


def distinct(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Two files do not describe the same company, nor claim the same former address."""
    names: dict[str, str] = {}
    formers: dict[str, str] = {}
    for member in partnership.members:
        document = documents[member.path]
        other = names.setdefault(fold(member.name), member.path)
        if other != member.path:
            yield document.problem(
                document.place(("name",)),
                "doppelt",
                f"Das Unternehmen „{member.name}“ steht schon in {other}.",
                "Bitte die beiden Dateien zusammenführen.",
            )
        for index, former in enumerate(member.former):
            claimed = formers.setdefault(former, member.path)
            if claimed != member.path:
                yield document.problem(
                    document.place(("frueher", index)),
                    "doppelt",
                    f"Die frühere Adresse „{former}“ steht schon in {claimed}.",
                    "Bitte in einer der beiden Dateien löschen.",
                )
