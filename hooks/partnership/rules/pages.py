"""Rules about prose pages and news."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from partnership import markers
from partnership.model.partnership import Partnership
from partnership.problems import Place, Problem
from partnership.source import Document
from partnership.wording import choices, did_you_mean

_NEWS_NAME = re.compile(r"^\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)*$")


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
        for number, line in enumerate(document.lines, 1):
            for match in markers.MARK.finditer(line):
                yield from _marker(match, Place(number, match.start() + 1, len(match[0])), document)


def _marker(match: re.Match[str], place: Place, document: Document) -> Iterator[Problem]:
    name, argument = match["name"], match["argument"]
    known: frozenset[str] | None = {"zahl": markers.NUMBERS, "block": markers.BLOCKS}.get(name)
    if name == "offen" and argument:
        return
    if known is not None and argument in known:
        if name == "block" and document.lines[place.line - 1].strip() != match[0]:
            yield document.problem(
                place,
                "marke",
                f"{match[0]} steht nicht allein in seiner Zeile.",
                "Bitte in eine eigene Zeile setzen, mit einer leeren Zeile davor und danach.",
            )
        return
    if argument is None and name in markers.WORDS:
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
        f"Die Marke {match[0]} ist nicht bekannt.",
        did_you_mean(match[0], options)
        or choices(options, most=len(markers.WORDS), where="REDAKTION.md"),
    )


RULES = (news_names, known_markers)
