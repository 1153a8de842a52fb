"""Everything that visitors see as open: marked gaps, what the city's file does not say at all, and
criteria of accessibility that nobody has assessed.

A site with gaps can be built and looked at, as a preview; a release check names every one.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from partnership.checking.load.files import CITY, CRITERIA
from partnership.model import markers
from partnership.model.fillin import ASSESSMENT, FillIn
from partnership.model.problems import Place
from partnership.reading.source import Document, Trail

_SAY = "Bitte ergänzen: {key}: …"
_SAY_OR_NONE = "Bitte ergänzen: {key}: … Gibt es keine, schreiben Sie „{key}: []“."
# What the pages of every city speak of: way to it → what is missing where the file says nothing.
_EXPECTED: Mapping[Trail, tuple[str, str]] = {
    ("geschaeftsstelle", "anschrift"): ("Anschrift der Geschäftsstelle", _SAY),
    ("geschaeftsstelle", "telefon"): ("Telefonnummer der Geschäftsstelle", _SAY),
    ("geschaeftsstelle", "email"): ("E-Mail-Adresse der Geschäftsstelle", _SAY),
    ("vereinbarung", "ziffern"): ("Inhalt der Vereinbarung, Ziffer für Ziffer", _SAY),
    ("beratung",): ("Beratungsangebote", _SAY_OR_NONE),
    ("schwesterpartnerschaften",): ("Partnerschaften in anderen Städten", _SAY_OR_NONE),
    ("netzwerke",): ("Netzwerke, mit denen zusammengearbeitet wird", _SAY_OR_NONE),
    ("meilensteine",): ("Meilensteine", _SAY_OR_NONE),
    ("ziele_der_stadt",): ("Ziele und Kennzahlen der Stadt", _SAY_OR_NONE),
    ("impressum",): ("Angaben für das Impressum", _SAY),
    ("datenschutz",): ("Angaben zum Datenschutz", _SAY),
    ("datenschutz", "hosting", "protokolldaten"): ("protokollierte Zugriffsdaten", _SAY),
    ("datenschutz", "hosting", "speicherdauer"): ("Speicherdauer der Protokolle", _SAY),
    ("datenschutz", "hosting", "rechtsgrundlage"): ("Rechtsgrundlage der Protokolle", _SAY),
    ("datenschutz", "anfragen", "rechtsgrundlage"): ("Rechtsgrundlage für Anfragen", _SAY),
    ("datenschutz", "oeffentliche_quellen", "rechtsgrundlage"): (
        "Rechtsgrundlage für Einträge aus öffentlichen Quellen",
        _SAY,
    ),
    ("sicherheit",): ("Kontakt für Hinweise auf Sicherheitslücken", _SAY),
    ("barrierefreiheit",): ("Angaben zur Barrierefreiheit", _SAY),
}


def open_gaps(
    documents: Mapping[str, Document], is_own: Callable[[str], bool]
) -> tuple[FillIn, ...]:
    """Every gap in the files of a city, by file and place. `is_own` tells the city's own files from
    those it takes over.
    """
    found = [
        *(gap for each in documents.values() for gap in _marked(each, own=is_own(each.path))),
        *(_unsaid(documents[CITY]) if CITY in documents else ()),
        *_unassessed(documents.get(CRITERIA)),
    ]
    return tuple(sorted(found, key=lambda gap: (gap.path, gap.place)))


def _marked(document: Document, *, own: bool) -> Iterator[FillIn]:
    """The marks in a file, which may go over two lines; none in a comment that explains them."""
    is_data = document.path.endswith(".yml")
    lines = ["" if is_data and line.lstrip().startswith("#") else line for line in document.lines]
    for marker, place in markers.in_lines(lines):
        if not marker.missing:
            continue
        line = document.lines[place.line - 1]
        gap = FillIn(document.path, place, marker.missing, line)
        remark = is_data and re.search(r"\s#[^\"']*$", line[: place.column - 1])
        if not own:
            yield gap.with_remedy(
                f"Der Text kommt vom Programm: Bitte die Datei dort nach {document.path} im eigenen"
                " Ordner kopieren und hier die ganze Klammer ersetzen."
            )
        elif remark:
            yield gap.with_remedy(
                "Bitte die Angabe davor richtigstellen und den Hinweis hinter dem # löschen."
            )
        else:
            yield gap


def _unsaid(document: Document) -> Iterator[FillIn]:
    """What is not in the city's file, told at the group it is missing from."""
    for trail, (what, remedy) in _EXPECTED.items():
        section = trail[:1] if len(trail) > 1 else ()
        if document.value(trail) is not None or not isinstance(document.value(section), dict):
            continue
        around = trail[:-1]
        while not isinstance(document.value(around), dict):
            around = around[:-1]
        place = document.place(around, of_key=True)
        missing = ": ".join(map(str, trail[len(around) :]))
        yield FillIn(
            document.path,
            place,
            what,
            document.lines[place.line - 1] if around else "",
            remedy.format(key=missing),
            key=".".join(map(str, trail)),
        )


def _unassessed(document: Document | None) -> Iterator[FillIn]:
    """The criteria that nobody has looked at; what another city found says nothing of this one."""
    if document is None:
        remedy = "Bitte anlegen; ein Muster mit allen Kriterien schreibt „partnerschaft init“."
        what = "Selbstbewertung der Barrierefreiheit"
        yield FillIn(CRITERIA, Place(1, 1), what, remedy=remedy, key=ASSESSMENT)
        return
    for number, criterion in document.data.items():
        if isinstance(criterion, dict) and criterion.get("stand") == "nicht_geprueft":
            place = document.place((number, "stand"))
            yield FillIn(
                document.path,
                place,
                f"Bewertung des Kriteriums {number} „{criterion.get('name')}“",
                document.lines[place.line - 1],
                "Bitte prüfen und als „stand“ erfuellt, teilweise, nicht_erfuellt oder"
                " nicht_anwendbar eintragen.",
            )
