"""Rules about member companies and their measures."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import ROUND_UP, Decimal
from pathlib import Path

from partnership import german
from partnership.model.member import Measure, Member
from partnership.model.partnership import Partnership
from partnership.pictures import FORMATS, MAX_BYTES, MAX_PIXELS, TooManyPixels, is_picture
from partnership.problems import Problem
from partnership.source import Document, Trail
from partnership.wording import fold

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
    file = partnership.root / "members" / "logos" / member.logo
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
            f"Die Datei members/logos/{member.logo} gibt es nicht.",
            "Bitte die Datei dort ablegen oder die Zeile „logo“ löschen.",
        )
    elif (fault := _fault(file)) is not None:
        yield document.problem(place, *fault)


def _fault(file: Path) -> tuple[str, str, str] | None:
    """Rule, message and remedy, where the file of a logo is none or too large."""
    name = f"members/logos/{file.name}"
    smaller = "Bitte verkleinern, am besten auf höchstens 1000 Pixel Breite, oder als SVG erbitten."
    try:
        if (size := file.stat().st_size) > MAX_BYTES:
            shown = german.number((Decimal(size) / 1_000_000).quantize(Decimal("0.1"), ROUND_UP))
            allowed = german.number(MAX_BYTES // 1_000_000)
            message = f"Die Datei {name} ist zu groß: {shown} MB, erlaubt sind {allowed} MB."
            return "logo-zu-gross", message, smaller
        is_fine = is_picture(file.name, file.read_bytes())
    except TooManyPixels as error:
        allowed = german.number(MAX_PIXELS // 1_000_000)
        message = f"Das Bild {name} ist zu groß: {error} Pixel, erlaubt sind {allowed} Megapixel."
        return "logo-zu-gross", message, smaller
    except OSError:
        is_fine = False
    if is_fine:
        return None
    return (
        "logo-format",
        f"Die Datei {name} ist nicht das Bild, das ihr Name verspricht.",
        "Bitte im Grafikprogramm neu als SVG, PNG, JPG oder WebP speichern, nicht nur umbenennen.",
    )


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


def membership_dates(
    member: Member, document: Document, partnership: Partnership, today: date
) -> Iterator[Problem]:
    """Nobody leaves before joining; no answer is dated in the future."""
    if member.joined and member.left and member.left.last < member.joined.earliest:
        yield document.problem(
            document.place(("austritt",)),
            "reihenfolge",
            f"Der Austritt ({german.partial_date(member.left)}) liegt vor dem Beitritt"
            f" ({german.partial_date(member.joined)}).",
            "Bitte eines der beiden Daten berichtigen.",
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
    """A former address belongs to nobody else today."""
    for index, former in enumerate(member.former):
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
        yield from _dates(measure, trail, document, today)
        if measure.type in partnership.types:
            yield from _extent(member, measure, trail, document, partnership)


def _dates(measure: Measure, trail: Trail, document: Document, today: date) -> Iterator[Problem]:
    """Steps are given, in order, and none but the goal lies in the future; a plan has a goal."""
    if not measure.steps:
        yield document.problem(
            document.place((*trail, "typ")),
            "ohne-datum",
            "Diese Maßnahme hat noch kein Datum.",
            "Bitte mindestens eines angeben: geplant, laufend, umgesetzt oder eingestellt.",
        )
    if measure.planned and measure.goal is None and len(measure.steps) == 1:
        yield document.problem(
            document.place((*trail, "geplant")),
            "ziel-fehlt",
            "Eine geplante Maßnahme braucht ein Ziel.",
            "Bitte ergänzen, bis wann sie umgesetzt sein soll, zum Beispiel: ziel: 2027",
        )
    if measure.planned and measure.goal and measure.goal.last < measure.planned.earliest:
        yield document.problem(
            document.place((*trail, "ziel")),
            "reihenfolge",
            f"„ziel“ ({german.partial_date(measure.goal)}) liegt vor „geplant“"
            f" ({german.partial_date(measure.planned)}).",
            "Bitte eines der beiden Daten berichtigen.",
        )
    for (before, start), (after, end) in zip(measure.steps, measure.steps[1:], strict=False):
        if end.last < start.earliest:
            yield document.problem(
                document.place((*trail, after)),
                "reihenfolge",
                f"„{after}“ ({german.partial_date(end)}) liegt vor „{before}“"
                f" ({german.partial_date(start)}).",
                "Bitte eines der beiden Daten berichtigen.",
            )
    for status, when in measure.steps:
        if when.first > today:
            yield document.problem(
                document.place((*trail, status)),
                "zukunft",
                f"„{status}“ ({german.partial_date(when)}) liegt in der Zukunft.",
                "Was erst kommt, steht unter „ziel“; „geplant“ ist der Tag, an dem geplant wurde.",
            )


def _extent(
    member: Member, measure: Measure, trail: Trail, document: Document, partnership: Partnership
) -> Iterator[Problem]:
    """The extent fits the unit of the type: no number for yes or no, at most 100 percent, not more
    employees than the company has.
    """
    unit = partnership.types[measure.type].unit
    place = document.place((*trail, "umfang"))
    if unit.kind == "ja_nein" and measure.extents:
        yield document.problem(
            place,
            "umfang-unpassend",
            "Bei diesem Typ wird nur gefragt, ob es die Maßnahme gibt; er hat keinen Umfang.",
            "Bitte die Angabe „umfang“ löschen; Näheres gehört in die „beschreibung“.",
        )
        return
    for year, value in measure.extents.items():
        where = document.place((*trail, "umfang", str(year)) if year else (*trail, "umfang"))
        if unit.kind == "anteil" and value > 100:
            yield document.problem(
                where,
                "umfang-zu-gross",
                f"Der Umfang ist ein Anteil in Prozent; {german.number(value)} ist mehr als 100.",
                "Bitte einen Wert von 0 bis 100 angeben.",
            )
        if unit.at_most == "beschaeftigte" and member.employees and value > member.employees:
            yield document.problem(
                where,
                "umfang-zu-gross",
                f"Der Umfang ({german.number(value)}) ist größer als die Zahl der Beschäftigten"
                f" ({german.number(member.employees)}).",
                "Bitte „umfang“ oder „beschaeftigte“ berichtigen.",
            )


def key_figures(
    member: Member, document: Document, partnership: Partnership, today: date
) -> Iterator[Problem]:
    """A key figure that is a share is at most 100 percent."""
    figures = partnership.questionnaire.figures
    for year, told in member.figures.items():
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
