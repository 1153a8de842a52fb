"""What an answer makes of a member's values, and how each change of them is told."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from partnership.model.dates import parse_partial
from partnership.model.member import DATE_KEYS
from partnership.office.questionnaire.answer import Answer
from partnership.office.questionnaire.apart import (
    FOR_TOTALS,
    ONE_BY_ONE,
    PUBLICATION,
    Apart,
    Group,
    groups,
)
from partnership.reading.source import Value

# A year and the key of a sum (`kennzahl-…`, `umfang-…`).
Closed = Collection[tuple[int, str]]

DATES = ("beitritt", *DATE_KEYS)
STAYS = (
    "veroeffentlichung: bleibt nur_summe, obwohl die Antwort „einzeln“ nennt. Hat das Unternehmen"
    " der Veröffentlichung zugestimmt, bitte den Import mit --veroeffentlichen wiederholen."
)
CLOSED = (
    "steht schon in einer veröffentlichten Summe und bleibt nur_summe, obwohl die Antwort „einzeln“"
    " nennt; sonst ließen sich die Angaben der anderen berechnen."
)


@dataclass
class Merged:
    """The new values, and in German what changed, what is worth knowing, what has to be decided.

    `apart` is what the confidential file says, None where the member's file holds everything;
    `may_open`: what was given for totals only may be published now, but what is `closed`.
    """

    values: Group
    apart: Apart | None = None
    may_open: bool = False
    closed: Closed = ()
    changes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)

    def set(self, group: Group, key: str, value: Value, where: str = "") -> None:
        """Give `key` a value and tell the change."""
        old = group.get(key)
        if old == value:
            return
        label = f"{where}{key}"
        told = f"{label}: {old} → {value}" if isinstance(old, str) else f"{label}: {short(value)}"
        self.changes.append(told)
        group[key] = value

    def set_date(self, group: Group, key: str, value: Value, where: str = "") -> None:
        """Give `key` a date, unless the file has one that says the same more exactly."""
        old = group.get(key)
        if isinstance(old, str) and isinstance(value, str) and old != value:
            known, told = parse_partial(old), parse_partial(value)
            if told.first <= known.first and known.last <= told.last:
                self.notes.append(f"{where}{key}: „{old}“ ist genauer als „{value}“ und bleibt.")
                return
        self.set(group, key, value, where)


def set_publication(
    group: Group, told: Value, default: str, where: str, merged: Merged, sums: Closed
) -> None:
    """Take over how something is published; `sums` are those it may stand in."""
    old = group.get(PUBLICATION, default)
    if old != FOR_TOTALS or told != ONE_BY_ONE:
        if old != told:
            merged.set(group, PUBLICATION, told, where)
    elif any(each in merged.closed for each in sums):
        merged.notes.append(f"{where}{CLOSED}")
    elif merged.may_open:
        merged.set(group, PUBLICATION, told, where)
    else:
        merged.decisions.append(f"{where}{STAYS}")


def answer_day(answer: Answer, today: date) -> str:
    """The day of the answer, as a file has it."""
    days = [str(line["stand"]) for line in groups(answer.values.get("auskunft"))]
    return max(days, default=today.isoformat())


def group_in(parent: Group, key: str) -> Group:
    """The group at `key`, made if there is none."""
    found = parent.setdefault(key, {})
    if not isinstance(found, dict):  # pragma: no cover - the model knows only groups there
        raise TypeError(key)
    return found


def pairs(value: Value) -> list[tuple[str, Value]]:
    """The entries of the group that `value` is; none where it is none."""
    return list(value.items()) if isinstance(value, dict) else []


def short(value: Value) -> str:
    """The value as it is told."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {short(inner)}" for key, inner in value.items())
    return "; ".join(map(short, value)) if isinstance(value, list) else value
