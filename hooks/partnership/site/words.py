"""What the inline markers of prose stand for, such as `[[stadt]]` and `[[zahl: mitglieder]]`."""

import re
from collections.abc import Mapping
from datetime import date

from partnership import german, markers
from partnership.model.partnership import Partnership
from partnership.views import city

_INLINE = re.compile(r"\[\[\s*(?!block:|offen:)([^\[\]:]+?)(?:\s*:\s*([^\[\]]*?))?\s*\]\]")
_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|])")


class Words:
    """The words and numbers of a partnership on a day."""

    def __init__(self, partnership: Partnership, day: date) -> None:
        about = partnership.city
        term = city.term(about, day)
        members = partnership.members_on(day)
        self._words: Mapping[str, str] = {
            "stadt": about.town,
            "stadtverwaltung": about.administration,
            "name": about.name,
            "langname": about.long_name,
            "gegruendet": german.partial_date(about.founded),
            "laufzeit": term.until,
            "kuendigung-bis": term.notice_until,
            "stand": german.day(day),
            "geschaeftsstelle": about.office.name,
            "telefon": about.office.phone or "",
            "email": about.office.mail or "",
        }
        self._numbers: Mapping[str, int] = {
            "mitglieder": len(members),
            # As in the statistics: what has ended is not counted.
            "massnahmen": sum(
                measure.status(day) not in {None, "eingestellt"}
                for member in members
                for measure in member.public_measures
            ),
            "handlungsfelder": len(partnership.fields),
            "massnahmentypen": len(partnership.active_types),
        }
        # The rules check pages against these lists, so the two must agree.
        assert set(self._words) == markers.WORDS  # noqa: S101
        assert set(self._numbers) == markers.NUMBERS  # noqa: S101

    def fill(self, text: str) -> str:
        """Replace the inline markers of a plain text."""
        return _INLINE.sub(self._word, text)

    def fill_markdown(self, text: str) -> str:
        """Replace the inline markers of a Markdown text; what they stand for is no Markdown."""
        return _INLINE.sub(lambda match: _as_markdown(self._word(match)), text)

    def _word(self, match: re.Match[str]) -> str:
        name, argument = match[1], match[2]
        if name == "zahl":
            return german.number(self._numbers[argument])
        return self._words[name]


def _as_markdown(word: str) -> str:
    # Markdown takes an entity for its character, and knows no backslash before the ampersand.
    return _MARKDOWN_SIGNS.sub(r"\\\1", word.replace("&", "&amp;"))
