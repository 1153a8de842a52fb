"""The markers an editor may write into prose: `[[stadt]]`, `[[block: partner]]`, `[[offen: …]]`.

This is their one grammar: a name, perhaps a colon and an argument, blanks around each. The check
judges them, the site fills them in, and a gap is listed until somebody has filled it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from partnership.model.problems import Place

GAP, BLOCK, NUMBER = "offen", "block", "zahl"

_MARK = re.compile(r"\[\[(?P<name>\s*+[^\[\]:]++)(?::(?P<argument>[^\[\]]*+))?\]\]")
_PARAGRAPH = re.compile(rf"<p>\s*{_MARK.pattern}\s*</p>")
_SPACED = re.compile(r"(?<!\s)\s++([.,;:?!])(?=\s|$)")
_SIGNS = re.compile(r"\]\([^()\n]*+\)|[#*_`>|\[\]!]+|^[ \t]*+[-:|]++[ \t]*$", re.MULTILINE)

WORDS = frozenset(
    {
        "stadt",
        "stadtverwaltung",
        "name",
        "langname",
        "gegruendet",
        "seit-gruendung",
        "laufzeit",
        "kuendigung-bis",
        "stand",
        "geschaeftsstelle",
        "telefon",
        "email",
    }
)
NUMBERS = frozenset({"mitglieder", "massnahmen", "handlungsfelder", "massnahmentypen"})
BLOCKS = frozenset(
    {
        "aenderungen",
        "aktuelles",
        "ansprechstelle",
        "ausgaben",
        "barrierefreiheit",
        "beitritt-schritte",
        "beratung",
        "branchen",
        "daten",
        "daten-jahre",
        "datenschutz-angaben",
        "formular",
        "fragebogen",
        "handlungsfelder",
        "impressum",
        "inhaltsverzeichnis",
        "kontakt",
        "kurz-gefasst",
        "lizenzen",
        "massnahmenfelder",
        "meilensteine",
        "mitgliederverzeichnis",
        "nachgerechnet",
        "netzwerke",
        "netzwerke-englisch",
        "partner",
        "schwesterpartnerschaften",
        "schwesterpartnerschaften-englisch",
        "statistik",
        "statistik-massnahmen",
        "statistik-summen",
        "statistik-vergleich",
        "suche",
        "veranstaltungen",
        "vereinbarung-laufzeit",
        "vereinbarung-laufzeit-englisch",
        "vereinbarung-ziffern",
        "wirkung",
        "wirkung-vorlaeufig",
        "ziele-der-stadt",
    }
)


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker: its name, its argument (`None` without a colon), and how it is written."""

    name: str
    argument: str | None
    written: str

    @property
    def missing(self) -> str:
        """What is missing, if the marker is a gap; otherwise empty."""
        return (self.argument or "") if self.name == GAP else ""

    @property
    def is_block(self) -> bool:
        """Whether it stands for a block."""
        return self.name == BLOCK


def is_known(marker: Marker) -> bool:
    """Whether the site can fill it in."""
    if marker.argument is None:
        return marker.name in WORDS
    known = {NUMBER: NUMBERS, BLOCK: BLOCKS, GAP: {marker.missing} - {""}}
    return marker.argument in known.get(marker.name, ())


def in_lines(lines: Iterable[str]) -> Iterator[tuple[Marker, Place]]:
    """Every marker with the place where it begins; one may go on in the next lines."""
    text = "\n".join(lines)
    above, seen = 0, 0
    for match in _MARK.finditer(text):
        above, seen = above + text.count("\n", seen, match.start()), match.start()
        begins = text.rfind("\n", 0, match.start()) + 1
        place = Place(above + 1, match.start() - begins + 1, len(match[0].partition("\n")[0]))
        yield _marker(match), place


def replaced(text: str, by: Callable[[Marker], str | None]) -> str:
    """`text` with each marker replaced; one for which `by` answers `None` stays."""
    return _MARK.sub(lambda match: _answer(match, by), text)


def paragraphs_replaced(html: str, by: Callable[[Marker], str | None]) -> str:
    """Rendered Markdown with each paragraph replaced that is nothing but one marker."""
    return _PARAGRAPH.sub(lambda match: _answer(match, by), html)


def is_gap(text: str) -> bool:
    """Whether the whole text is a gap."""
    match = _MARK.fullmatch(text)
    return bool(match and _marker(match).missing)


def has_gap(text: str) -> bool:
    """Whether there is a gap in the text."""
    return any(_marker(match).missing for match in _MARK.finditer(text))


def blocks(text: str) -> Iterator[str]:
    """The names of the blocks that a text asks for, in its order."""
    found = (_marker(match) for match in _MARK.finditer(text))
    return (marker.argument or "" for marker in found if marker.is_block)


def plain(text: str) -> str:
    """Markdown as words: markers and signs gone, and no space before what ends a sentence."""
    return _SPACED.sub(r"\1", _SIGNS.sub(" ", _MARK.sub(" ", text)))


def _marker(match: re.Match[str]) -> Marker:
    argument = match["argument"]
    name = match["name"].strip()
    return Marker(name, argument and " ".join(argument.split()), match[0])


def _answer(match: re.Match[str], by: Callable[[Marker], str | None]) -> str:
    answer = by(_marker(match))
    return match[0] if answer is None else answer
