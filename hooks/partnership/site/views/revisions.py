"""Figures that are others today than in the edition of a year, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from partnership.figures.revision import Difference, Kind, Reason
from partnership.language import german
from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.site.views.common import Link

# Of more companies behind one figure the others are only counted.
_NAMED = 3
_WORDS: Mapping[Kind, str] = {
    "added": "nachgetragen",
    "edited": "geändert",
    "rule": "Zählregel oder Katalog geändert",
    "confidential": "gerundete Summe vertraulicher Angaben kam dazu",
}


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: the company it is about, if one is named, and what happened."""

    member: Link | None
    what: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that is another one today."""

    label: str
    then: str
    now: str
    why: tuple[Why, ...]


def changed(partnership: Partnership, found: Difference) -> Changed:
    """A figure as shown."""
    return Changed(
        ", ".join(filter(None, (found.row, found.column))),
        _amount(found.then, found.unit),
        _amount(found.now, found.unit),
        tuple(reasons(partnership, found.reasons)),
    )


def _amount(value: Decimal | None, unit: str) -> str:
    """A figure as shown; a dash where there is none."""
    if value is None:
        return "–"
    return f"{german.number(value)} %" if unit == "prozent" else german.number(value)


def reasons(partnership: Partnership, found: Iterable[Reason], most: int = _NAMED) -> Iterator[Why]:
    """Why a figure is another one; of many companies the first are named."""
    names = {member.slug: member.name for member in partnership.members}
    named = [reason for reason in found if reason.slug in names]
    named.sort(key=lambda reason: german.collation_key(names[reason.slug]))
    for reason in named[:most]:
        told = german.listing(f"„{part}“" for part in reason.parts)
        parts = f": {told}" if told else ""
        member = Link(names[reason.slug], addresses.member(reason.slug))
        yield Why(member, f"{_WORDS[reason.kind]}{parts}")
    if more := len(named[most:]):
        yield Why(None, f"und {german.counted(more, 'weiterer Eintrag', 'weitere Einträge')}")
    if removed := sum(reason.kind == "removed" for reason in found):
        yield Why(None, f"{german.counted(removed, 'Eintrag', 'Einträge')} entfernt")
    for reason in found:
        if reason.kind in ("rule", "confidential"):
            yield Why(None, _WORDS[reason.kind])
