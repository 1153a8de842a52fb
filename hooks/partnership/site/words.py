"""What the inline markers of prose stand for, such as `[[stadt]]` and `[[zahl: mitglieder]]`."""

import re
from collections.abc import Mapping
from datetime import date

from partnership.language import german
from partnership.model import markers
from partnership.model.fillin import mark
from partnership.model.markers import Marker
from partnership.model.partnership import Partnership
from partnership.site.views import city

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
            "seit-gruendung": german.since(about.founded),
            "laufzeit": term.until,
            "kuendigung-bis": term.notice_until,
            "stand": german.day(day),
            "geschaeftsstelle": about.office.name,
            "telefon": about.office.phone or mark("Telefonnummer der Geschäftsstelle"),
            "email": about.office.mail or mark("E-Mail-Adresse der Geschäftsstelle"),
        }
        self._numbers: Mapping[str, int] = {
            "mitglieder": partnership.count_on(day),
            # As in the statistics: what has ended is not counted.
            "massnahmen": sum(
                measure.is_going_on(day) for member in members for measure in member.public_measures
            ),
            "handlungsfelder": len(partnership.fields),
            "massnahmentypen": len(partnership.active_types),
        }
        # The rules check pages against these lists, so the two must agree.
        assert set(self._words) == markers.WORDS  # noqa: S101
        assert set(self._numbers) == markers.NUMBERS  # noqa: S101

    def fill(self, text: str) -> str:
        """Replace the inline markers of a plain text, where no gap can be marked."""
        filled = markers.replaced(text, self._word)
        return markers.replaced(filled, lambda marker: "noch offen" if marker.missing else None)

    def fill_markdown(self, text: str) -> str:
        """Replace the inline markers of a Markdown text; what they stand for is no Markdown."""
        return markers.replaced(text, lambda marker: _as_markdown(self._word(marker)))

    def _word(self, marker: Marker) -> str | None:
        if marker.name == markers.NUMBER:
            return german.number(self._numbers[marker.argument or ""])
        return self._words.get(marker.name)


def _as_markdown(word: str | None) -> str | None:
    # Markdown takes an entity for its character, and knows no backslash before the ampersand.
    return word and _MARKDOWN_SIGNS.sub(r"\\\1", word.replace("&", "&amp;"))
