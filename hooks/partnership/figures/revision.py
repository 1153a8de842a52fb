"""What today's data say of a closed year, where its edition says something else, and why.

The edition's own figures stand in its tables. Who stood behind them is found by counting its
companies again with today's rules: what then differs, entry by entry, is the reason. Where nothing
does, the rule itself or a catalogue has changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from partnership.figures import recalled, renamed
from partnership.figures.reckoning import Reckoning
from partnership.figures.tables import Cell, Counted, Row, Table
from partnership.model.member import Measure, Member
from partnership.model.partnership import Partnership

Kind = Literal["added", "edited", "removed", "rule", "confidential"]
# A table, a row and a column of the statistics; of a sum the figure and the year.
Key: TypeAlias = tuple[str, str, str]
# The entries behind a figure by their keys, each with what it adds.
_Entries: TypeAlias = Mapping[str, Decimal]

SUM = "jahressumme"
_NO_COLUMN = ""
# What is told apart from an entry itself: when a source was seen, how it is called.
_OF_MEMBER = ("sector", "joined", "left", "district", "employees", "answers", "confirmation")
_OF_MEASURE = ("planned", "goal", "moved_to", "running", "done", "ended", "extent")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a figure differs: an entry that was added, edited or removed since, with the German
    titles of the `parts` edited; or the rule, or a confidential sum that was published since.

    A removed entry has no `slug`: who asks to be taken off a site is not to be named for it.
    """

    kind: Kind
    slug: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure as the edition has it and as it is today; None where there is no such figure."""

    key: Key
    title: str
    row: str
    column: str
    unit: str
    then: Decimal | None
    now: Decimal | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Figure:
    title: str
    row: str
    column: str
    unit: str
    value: Decimal
    entries: _Entries


def differences(
    partnership: Partnership, year: int, files: Mapping[str, bytes]
) -> tuple[Difference, ...]:
    """Every figure of the edition of `year` that is another one today, in the order of the tables.

    A table or column that one of the two does not have at all is none of them.
    """
    told = _told(files)
    day = date(year, 12, 31)
    then = replace(partnership, members=recalled.members(files, partnership), closing=None)
    before, after = _figures(then, day), _figures(partnership, day)
    compared = _Compared(then, partnership)
    shared = {(table, column) for table, _, column in told}
    shared &= {(table, column) for table, _, column in after}
    found = []
    for key in [*after, *(key for key in told if key not in after)]:
        table, _, column = key
        old, new = told.get(key), after.get(key)
        value = new.value if new else None
        # A row that one of the two leaves out because nothing is in it says no more than a zero.
        if (table, column) in shared and (old or 0) != (value or 0):
            found.append(_difference(key, old, before, after, compared, files))
    return tuple(found)


def _difference(
    key: Key,
    old: Decimal | None,
    before: Mapping[Key, _Figure],
    after: Mapping[Key, _Figure],
    compared: "_Compared",
    files: Mapping[str, bytes],
) -> Difference:
    was, now = before.get(key), after.get(key)
    reasons = dict(compared.reasons(was, now))
    if not reasons:  # a share follows from the figures beside it
        for other in sorted(other for other in {*before, *after} if other[:2] == key[:2]):
            reasons |= compared.reasons(before.get(other), after.get(other))
    found = _by_company(reasons.values())
    if key[0] == SUM and _has_new_sum(key, compared.now, files):
        found.append(Reason("confidential"))
    if not found or (key[0] != SUM and old != (was.value if was else None)):
        found.append(Reason("rule"))
    shown = now or was
    labels = (shown.title, shown.row, shown.column, shown.unit) if shown else (*key, "")
    return Difference(key, *labels, old, now.value if now else None, tuple(found))


def _by_company(reasons: Iterable[Reason]) -> list[Reason]:
    """Each company once with all that was edited; of removed entries, each one counts."""
    found: dict[tuple[Kind, str], Reason] = {}
    removed = []
    for reason in reasons:
        if reason.kind == "removed":
            removed.append(reason)
            continue
        known = found.get((reason.kind, reason.slug), reason)
        parts = tuple(dict.fromkeys((*known.parts, *reason.parts)))
        found[reason.kind, reason.slug] = replace(reason, parts=parts)
    return [*found.values(), *removed]


def _told(files: Mapping[str, bytes]) -> dict[Key, Decimal]:
    """The figures as the edition has them."""
    found = {}
    for row in recalled.rows(files, "statistik"):
        table, column = renamed.today(row["tabelle"], row["spalte"])
        found[table, row["merkmal"], column] = Decimal(row["wert"])
    for row in recalled.rows(files, "jahressummen"):
        if row["gliederung"] == "gesamt":
            found[SUM, f"{row['groesse']} {row['jahr']}", _NO_COLUMN] = Decimal(row["summe"])
    return found


def _has_new_sum(key: Key, partnership: Partnership, files: Mapping[str, bytes]) -> bool:
    """Whether a confidential part was published that the edition does not have."""
    figure, year = key[1].split(" ")
    closing = partnership.closing
    now = any(
        (each.figure, str(each.year)) == (figure, year)
        for each in (closing.sums if closing else ())
    )
    then = any(
        (row["groesse"], row["jahr"], row["gliederung"]) == (figure, year, "gesamt")
        and row["summe_vertraulich"]
        for row in recalled.rows(files, "jahressummen")
    )
    return now and not then


def _figures(partnership: Partnership, day: date) -> dict[Key, _Figure]:
    """Every figure with its entries."""
    keys = _keys(partnership)
    reckoning = Reckoning(partnership, day)
    found = {
        (table.key, row.key, cell.column.key): _figure(table, row, cell, keys)
        for table in (*reckoning.tables, *reckoning.crossed)
        for row in table.rows
        for cell in row.cells
    }
    sums = reckoning.sums
    for figure in sums.figures:
        for whole in sums.by_year(figure):
            entries = {member.slug: amount for member, amount in whole.parts}
            found[SUM, f"{figure.key} {whole.year}", _NO_COLUMN] = _Figure(
                f"Summe: {figure.name}", str(whole.year), "", figure.unit, whole.together, entries
            )
    return found


def _figure(table: Table, row: Row, cell: Cell, keys: Mapping[int, str]) -> _Figure:
    amounts = cell.amounts or (Decimal(1),) * len(cell.entries)
    entries = {
        _key_of(entry, keys): amount for entry, amount in zip(cell.entries, amounts, strict=True)
    }
    column = cell.column
    label = column.label if table.shape is None else ""
    return _Figure(table.title, row.label, label, column.unit, Decimal(cell.value), entries)


def _key_of(entry: Counted, keys: Mapping[int, str]) -> str:
    return entry.member.slug if entry.measure is None else keys[id(entry.measure)]


def _numbered(members: tuple[Member, ...]) -> Iterator[tuple[str, Member, Measure]]:
    """Each public measure under the key of the open data."""
    for member in members:
        count: dict[str, int] = {}
        for measure in member.public_measures:
            count[measure.type] = number = count.get(measure.type, 0) + 1
            yield f"{member.slug}/{measure.type} {number}", member, measure


def _keys(partnership: Partnership) -> dict[int, str]:
    return {id(measure): key for key, _, measure in _numbered(partnership.members)}


class _Compared:
    """The entries of two states; a company that was renamed since is the same."""

    def __init__(self, then: Partnership, now: Partnership) -> None:
        self.now = now
        self._names = {former: member.slug for member in now.members for former in member.former}
        self._then, self._today = _entries(then), _entries(now)
        self._then = {self._renamed(key): each for key, each in self._then.items()}

    def _renamed(self, key: str) -> str:
        slug, slash, rest = key.partition("/")
        return f"{self._names.get(slug, slug)}{slash}{rest}"

    def reasons(self, was: _Figure | None, now: _Figure | None) -> Iterator[tuple[str, Reason]]:
        """What tells the entries behind two figures apart, by the keys of the entries."""
        old = {self._renamed(key): amount for key, amount in (was.entries if was else {}).items()}
        new = now.entries if now else {}
        for key in sorted(key for key in {*old, *new} if old.get(key) != new.get(key)):
            slug = key.partition("/")[0]
            if key not in self._then:
                yield key, Reason("added", slug)
            elif key not in self._today:
                yield key, Reason("removed")
            else:
                yield key, Reason("edited", slug, tuple(self._edited(key)))

    def _edited(self, key: str) -> Iterator[str]:
        (member, measure), (other, later) = self._then[key], self._today[key]
        yield from _parts(member, other, _OF_MEMBER)
        if measure is not None and later is not None:
            yield from _parts(measure, later, _OF_MEASURE)
        elif _measures(member) != _measures(other):
            yield str(Member.model_fields["measures"].title)
        elif _public_figures(member) != _public_figures(other):
            yield str(Member.model_fields["figures"].title)


def _measures(member: Member) -> list[object]:
    """What of the measures of a company can make a difference."""
    return [
        (measure.type, *(getattr(measure, name) for name in _OF_MEASURE))
        for measure in member.public_measures
    ]


def _public_figures(member: Member) -> dict[int, Mapping[str, Decimal]]:
    return {year: told.values for year, told in member.figures.items() if told.is_public}


def _entries(partnership: Partnership) -> dict[str, tuple[Member, Measure | None]]:
    found: dict[str, tuple[Member, Measure | None]] = {
        member.slug: (member, None) for member in partnership.members
    }
    found |= {key: (member, measure) for key, member, measure in _numbered(partnership.members)}
    return found


def _parts(one: Member | Measure, other: Member | Measure, names: tuple[str, ...]) -> Iterator[str]:
    fields = type(one).model_fields
    return (str(fields[name].title) for name in names if getattr(one, name) != getattr(other, name))
