"""A gap: a fact that only the office can know, not filled in yet.

It is marked where it belongs, `[[offen: what is missing]]`, or the file says nothing of it at all.
"""

from dataclasses import dataclass, replace

from partnership.model import markers
from partnership.model.problems import Place, Problem

# The gap where a city has not assessed its own accessibility.
ASSESSMENT = "selbstbewertung"
_REPLACE = "Bitte die ganze Klammer [[offen: …]] durch die Angabe ersetzen."


@dataclass(frozen=True, slots=True)
class FillIn:
    """One gap: where it stands, what is missing and how it is filled. `key` names what is not
    said at all (`geschaeftsstelle.telefon`), for the page that would show it.
    """

    path: str
    place: Place
    what: str
    excerpt: str = ""
    remedy: str = _REPLACE
    key: str = ""

    def with_remedy(self, remedy: str) -> "FillIn":
        """The same gap, filled in another way."""
        return replace(self, remedy=remedy)

    def as_problem(self) -> Problem:
        """The gap as a problem, for a release check."""
        message = f"Hier fehlt noch: {self.what}."
        return Problem(self.path, self.place, "offen", message, self.remedy, self.excerpt)


def mark(what: str) -> str:
    """The mark of a gap, as an editor writes it."""
    return f"[[{markers.GAP}: {what}]]"


def known(text: str | None) -> str:
    """A text that has been filled in; empty for none, and where a gap is marked in it."""
    return text if text and not markers.has_gap(text) else ""
