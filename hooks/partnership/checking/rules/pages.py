"""Rules about prose pages and news."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from partnership.model import addresses, markers
from partnership.model.markers import Marker
from partnership.model.partnership import Partnership
from partnership.model.problems import Place, Problem
from partnership.reading.links import NAMELESS, head_ends, text_lines
from partnership.reading.source import Document
from partnership.reading.wording import choices, did_you_mean, nearest

_HTML = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9-]*(?:(?:[\s/][^<>]*)?>|\s[^<>]*$)|!--.*?(?:-->|$))")
_PICTURE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?")
_CITY = "data/partnerschaft.yml"
# What search engines show of a description.
_LONGEST_DESCRIPTION = 160
# A heading of the first level, by a sign before it or a line below.
_TITLE = re.compile(r"#(?!#)\s*\S")
_UNDERLINE = re.compile(r"=+\s*")
_NEWS_NAME = re.compile(r"^\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)*$")
# Files in content/ without which pages would lead nowhere; what stands in them is free.
NEEDED = (
    "aktuelles/index",
    "barrierefreiheit",
    "beratung",
    "branchen/index",
    "daten/index",
    "datenschutz",
    "impressum",
    "index",
    "inhalt",
    "kontakt",
    "lizenzen",
    "massnahmen/index",
    "mitglieder/index",
    "mitmachen/fragebogen",
    "mitmachen/fragebogen/papier",
    "mitmachen/index",
    "partnerschaft/index",
    "partnerschaft/vereinbarung",
    "statistik/index",
    "statistik/massnahmen",
    "statistik/summen",
    "statistik/vergleich",
    "suche",
    "veranstaltungen/index",
)


def news_names(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A news file begins with its day."""
    for item in partnership.news:
        sound = bool(_NEWS_NAME.match(item.slug))
        if sound:
            try:
                date.fromisoformat(item.slug[:10])
            except ValueError:
                sound = False
        if not sound:
            document = documents[item.path]
            yield document.problem(
                document.place(()),
                "dateiname",
                f"Der Dateiname „{item.slug}.md“ passt nicht.",
                "Er beginnt mit dem Tag, zum Beispiel: 2026-11-23-neues-mitglied.md",
            )


def known_markers(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Every marker in the prose is known; a block stands alone on its line."""
    pages = (document for path, document in documents.items() if path.startswith("content/"))
    for document in pages:
        seen: set[str] = set()
        for marker, place in markers.in_lines(document.lines):
            yield from _marker(marker, place, document)
            if marker.is_block and marker.written in seen:
                yield document.problem(
                    place,
                    "marke",
                    f"Den Abschnitt {marker.written} gibt es auf dieser Seite schon.",
                    "Bitte eine der beiden Marken löschen.",
                )
            seen.add(marker.written)


def markers_in_prose_alone(
    partnership: Partnership, documents: Mapping[str, Document]
) -> Iterator[Problem]:
    """The entries of members and events, catalogues and the heads of news are shown as they are."""
    news = {item.path for item in partnership.news}
    for path, document in documents.items():
        if path == _CITY or (path.startswith("content/") and path not in news):
            continue
        below = head_ends(document)
        for marker, place in markers.in_lines(document.lines):
            if document.lines[place.line - 1].startswith("#") or (
                path in news and place.line > below
            ):
                continue
            # A gap among the values of an entry has been told by their type.
            if marker.missing and not 0 < below < place.line:
                continue
            if markers.is_known(marker):
                yield document.problem(
                    place,
                    "marke",
                    f"Die Marke {marker.written} gilt nur im Text von Seiten, nicht an dieser"
                    " Stelle.",
                    "Bitte den Text selbst schreiben.",
                )


def _marker(marker: Marker, place: Place, document: Document) -> Iterator[Problem]:
    if marker.missing and _becomes_link(document.lines[place.line - 1], place):
        yield document.problem(
            place,
            "marke",
            "Eine Lücke kann kein Verweis sein.",
            "Bitte die Klammer dahinter weglassen, bis die Angabe eingetragen ist.",
        )
    if markers.is_known(marker):
        if marker.is_block and document.lines[place.line - 1].strip() != marker.written:
            yield document.problem(
                place,
                "marke",
                f"{marker.written} steht nicht allein in seiner Zeile.",
                "Bitte in eine eigene Zeile setzen, mit einer leeren Zeile davor und danach.",
            )
        return
    options = [
        *sorted(markers.WORDS),
        *(f"zahl: {word}" for word in sorted(markers.NUMBERS)),
        *(f"block: {word}" for word in sorted(markers.BLOCKS)),
        "offen: …",
    ]
    yield document.problem(
        place,
        "marke",
        f"Die Marke {marker.written} ist nicht bekannt.",
        did_you_mean(marker.written, options)
        or choices(options, most=len(markers.WORDS), where="REDAKTION.md"),
    )


def markdown_only(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A text is Markdown: no HTML, which would stand there as text. The title of a page is its one
    `h1`; the profile of a member and the programme of an event have no pictures.
    """
    for path, document in documents.items():
        is_page = path.startswith("content/")
        above = ""
        for number, line in text_lines(document) if is_page or document.body else ():
            if is_page:
                yield from _html(line, number, document)
                yield from _second_title(above, line, number, document)
                yield from _nameless(line, number, document)
            else:
                # What a company answers is not refused for it.
                found = (*_html(line, number, document), *_picture(line, number, document))
                yield from (replace(each, is_warning=True) for each in found)
            above = line


def _becomes_link(line: str, place: Place) -> bool:
    """Whether Markdown takes a marker for the text of a link."""
    return line[place.column - 1 + place.length :].startswith(("(", "["))


def _html(line: str, number: int, document: Document) -> Iterator[Problem]:
    for match in _HTML.finditer(line) if "<" in line else ():
        yield document.problem(
            Place(number, match.start() + 1, len(match[0])),
            "html",
            f"„{match[0][:40]}“ ist HTML; auf der Seite stünde es als Text.",
            "Bitte in Markdown schreiben oder das Zeichen < weglassen.",
        )


def _picture(line: str, number: int, document: Document) -> Iterator[Problem]:
    for match in _PICTURE.finditer(line) if "![" in line else ():
        yield document.problem(
            Place(number, match.start() + 1, len(match[0])),
            "bild",
            "Hier lassen sich keine Bilder zeigen; zu sehen wäre ein Ausrufezeichen mit Verweis.",
            "Bitte löschen. Ein Logo gehört unter „logo“, ein Bild in eine Nachricht.",
        )


def _nameless(line: str, number: int, document: Document) -> Iterator[Problem]:
    for match in NAMELESS.finditer(line) if "{" in line else ():
        yield document.problem(
            Place(number, match.start() + 1, len(match[0])),
            "sprungziel",
            "In dieser Klammer steht „id“, aber kein Name dahinter.",
            "Bitte so schreiben: { #name } – oder die Klammer löschen.",
        )


def _second_title(above: str, line: str, number: int, document: Document) -> Iterator[Problem]:
    underlined = bool(above.strip() and _UNDERLINE.fullmatch(line))
    if underlined or _TITLE.match(line):
        words = (above if underlined else line).strip("# ")
        yield document.problem(
            Place(number - 1, 1, len(above)) if underlined else Place(number, 1, len(line)),
            "zweiter-titel",
            "Das wäre eine zweite Hauptüberschrift; die der Seite ist ihr „titel“.",
            f"Bitte eine Stufe tiefer schreiben: ## {words}",
        )


def needed_pages(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """The pages are there that others lead to by themselves: menus, the foot, made pages."""
    gone = missing_pages(partnership, documents)
    others = sorted(documents.keys() - {f"content/{name}.md" for name in NEEDED})
    pages = [path for path in others if path.startswith("content/")]
    for path in gone:
        near = nearest(path, pages)
        yield Problem(
            path,
            Place(1, 1),
            "datei-fehlt",
            "Diese Seite fehlt; Menüs und andere Seiten verweisen auf sie.",
            (f"Heißt sie jetzt „{near}“? Dann bitte zurück umbenennen." if near else "")
            or "Bitte wieder anlegen.",
        )


def missing_pages(partnership: Partnership, documents: Mapping[str, Document]) -> list[str]:
    """The files of needed pages that neither the city nor the engine has."""
    found = {addresses.prose(path) for path in documents if path.startswith("content/")}
    paths = [f"content/{name}.md" for name in NEEDED]
    roots = [root for root in (partnership.root, partnership.base) if root is not None]
    return [
        path
        for path in paths
        # A file that cannot be read has been told of.
        if addresses.prose(path) not in found and not any((r / path).is_file() for r in roots)
    ]


def hints(
    partnership: Partnership, documents: Mapping[str, Document], today: date
) -> Iterator[Problem]:
    """What stops nothing, but is seldom meant: news from the future, a description cut short."""
    for item in partnership.news:
        day = item.slug[:10]
        if _NEWS_NAME.match(item.slug) and day > today.isoformat():
            document = documents[item.path]
            yield replace(
                document.problem(
                    document.place(()),
                    "zukunft",
                    f"Der Tag dieser Nachricht ({day}) liegt in der Zukunft; sie erscheint sofort.",
                    "Bitte den Dateinamen prüfen oder erst an diesem Tag veröffentlichen.",
                ),
                is_warning=True,
            )
    for page in partnership.prose:
        if len(page.description) > _LONGEST_DESCRIPTION:
            document = documents[page.path]
            yield replace(
                document.problem(
                    document.place(("beschreibung",)),
                    "beschreibung",
                    f"Die Beschreibung hat {len(page.description)} Zeichen; Suchmaschinen zeigen"
                    f" etwa {_LONGEST_DESCRIPTION}.",
                    "Bitte kürzen.",
                ),
                is_warning=True,
            )


RULES = (news_names, known_markers, markers_in_prose_alone, markdown_only, needed_pages)
