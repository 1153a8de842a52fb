"""The closing of a year: which sums of confidential amounts are published from now on.

Done by the office, once a year. What it writes stays as it is: later builds read the published sums
from data/jahressummen.yml and need no confidential amount. Who stands behind them is written into
the confidential folder, because the next closing must know it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from partnership import confidentiality, yearsums
from partnership.canonical import number
from partnership.confidentiality import Contribution, Group
from partnership.load import VAULT, read_confidential
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.yearsums import (
    Closing,
    ConfidentialEntry,
    PublishedSum,
    Register,
    RegisteredGroup,
    Settings,
)
from partnership.yearsums import Figure

_ByYear: TypeAlias = Mapping[int, Decimal]


@dataclass(frozen=True)
class Vault:
    """The confidential folder: entries kept apart, who stands behind published sums, and p."""

    folder: Path
    entries: Mapping[str, ConfidentialEntry]
    register: Register
    p: Decimal | None


def open_vault(partnership: Partnership, folder: Path | None) -> Vault:
    """The folder named by the office, or the one beside the city's data where that is not public.

    Raises `ProblemsFound` for what cannot be read.
    """
    place = folder or partnership.root / VAULT
    entries, register, settings = read_confidential(place, partnership)
    own = partnership.city.confidentiality
    return Vault(place, entries, register, _p(own.p_percent if own else None, settings))


def _p(of_city: Decimal | None, settings: Settings | None) -> Decimal | None:
    return settings.p_percent if settings else of_city


@dataclass(frozen=True)
class _Told:
    """What a company publishes of a figure by year, what of it is there no more, every amount."""

    now: _ByYear
    withdrawn: _ByYear
    ever: set[Decimal]


class _Elsewhere:
    """What companies publish by themselves, or once did; `earlier` are their states by slug."""

    def __init__(
        self, partnership: Partnership, earlier: Iterable[tuple[str, Member]], until: int
    ) -> None:
        self._partnership = partnership
        self._years = range(partnership.city.founded.year, until + 1)
        self._members = {member.slug: member for member in partnership.members}
        self._earlier: dict[str, list[Member]] = {}
        for slug, state in earlier:
            self._earlier.setdefault(slug, []).append(state)
        kept = partnership.city.confidentiality
        # What has ever been committed where everybody can read it, is published.
        self._reads_all = kept is not None and kept.is_public
        self._found: dict[tuple[str, str], _Told] = {}

    def tells(self, one: Contribution, figure: Figure, year: int) -> bool:
        """Whether the amount has been withdrawn, at least in part, or stands there, or once did,
        for another year.
        """
        if (one.company, figure.key) not in self._found:
            self._found[one.company, figure.key] = self._of(one.company, figure)
        found = self._found[one.company, figure.key]
        amount = one.amounts[figure.key]
        return (
            year in found.withdrawn
            or amount in found.withdrawn.values()
            or (year not in found.now and amount in found.ever)
        )

    def _of(self, company: str, figure: Figure) -> _Told:
        now = self._told(figure, self._members[company], is_all=False)
        ever, withdrawn = set(now.values()), dict[int, Decimal]()
        for state in self._earlier.get(company, ()):
            for year, amount in self._told(figure, state, is_all=self._reads_all).items():
                ever.add(amount)
                if year not in now or amount > now[year]:
                    withdrawn[year] = amount - now.get(year, Decimal(0))
        return _Told(now, withdrawn, ever)

    def _told(self, figure: Figure, member: Member, *, is_all: bool) -> _ByYear:
        found: dict[int, Decimal] = {}
        for year in self._years:
            for public in (True, False) if is_all else (True,):
                amount = yearsums.amounts(self._partnership, figure, member, year, public=public)
                if amount is not None:
                    found[year] = found.get(year, Decimal(0)) + amount
        return found


def close(
    partnership: Partnership,
    vault: Vault,
    p: Decimal,
    until: int,
    day: date,
    earlier: Iterable[Member] = (),
) -> tuple[Closing, Register]:
    """What is published, and who stands behind it, after closing every year up to `until`.

    Sums published before are taken over unchanged; nobody is in two sums of one figure and year.
    `earlier` are members as their files once told them: who has withdrawn an amount does not make
    it unknown.
    """
    before = partnership.closing
    sums = list(before.sums) if before else []
    groups = list(vault.register.groups)
    former = {old: member.slug for member in partnership.members for old in member.former}
    states = [(former.get(state.slug, state.slug), state) for state in earlier]
    elsewhere = _Elsewhere(partnership, states, until)
    families: dict[str, list[Figure]] = {}
    for figure in yearsums.figures(partnership):
        families.setdefault(figure.family, []).append(figure)
    for family in families.values():
        published = _published(groups, family, former, partnership)
        for year in range(partnership.city.founded.year, until + 1):
            done = {company for told, group in published if told == year for company in group}
            contributions = [
                one
                for one in _contributions(partnership, vault, family, year)
                if one.company not in done
            ]
            known = frozenset(
                (one.company, figure.key, one.amounts[figure.key])
                for one in contributions
                for figure in family
                if figure.key in one.amounts and elsewhere.tells(one, figure, year)
            )
            found = confidentiality.protect(
                contributions, [_group(group) for _, group in published], p, known
            )
            for group in found:
                published.append((year, {one.company: one for one in group}))
                for told, register in _written(partnership, family, year, group, sums):
                    sums.append(told)
                    groups.append(register)
    order = {figure.key: at for at, figure in enumerate(yearsums.figures(partnership))}
    sums.sort(key=lambda each: (each.year, order.get(each.figure, 0), each.number))
    groups.sort(key=lambda each: (each.year, order.get(each.figure, 0), each.number))
    closed = max(until, before.until if before else until)
    return (
        Closing.model_construct(until=closed, day=day, sums=tuple(sums)),
        Register.model_construct(groups=tuple(groups)),
    )


def _group(members: Mapping[str, Contribution]) -> Group:
    return tuple(members.values())


def _published(
    groups: Iterable[RegisteredGroup],
    family: Sequence[Figure],
    former: Mapping[str, str],
    partnership: Partnership,
) -> list[tuple[int, dict[str, Contribution]]]:
    """The groups of a family as they were published, the figures of one group together."""
    keys = {figure.key for figure in family}
    caps = {member.slug: _cap(partnership, family, member) for member in partnership.members}
    found: dict[tuple[int, int], dict[str, dict[str, Decimal]]] = {}
    for group in groups:
        if group.figure in keys:
            told = found.setdefault((group.year, group.number), {})
            for slug, amount in group.amounts.items():
                told.setdefault(former.get(slug, slug), {})[group.figure] = amount
    return [
        (
            year,
            {slug: Contribution(slug, told, {}, caps.get(slug)) for slug, told in members.items()},
        )
        for (year, _), members in found.items()
    ]


def _contributions(
    partnership: Partnership, vault: Vault, family: Sequence[Figure], year: int
) -> Iterator[Contribution]:
    for member in partnership.members:
        stated = {}
        for figure in family:
            entry = vault.entries.get(member.slug)
            amount = yearsums.confidential(partnership, figure, member, year, entry)
            if amount is not None:
                stated[figure.key] = amount
        if stated:
            kept = {name: yearsums.class_of(member, name) for name in yearsums.BREAKDOWNS}
            yield Contribution(member.slug, stated, kept, _cap(partnership, family, member))


def _cap(partnership: Partnership, family: Sequence[Figure], member: Member) -> Decimal | None:
    """The limit that everybody knows: no more employees than the company has."""
    first = family[0]
    if first.kind == "umfang" and partnership.types[first.source].unit.at_most:
        return Decimal(member.employees) if member.employees is not None else None
    return None


def _written(
    partnership: Partnership,
    family: Sequence[Figure],
    year: int,
    group: Group,
    sums: Sequence[PublishedSum],
) -> Iterator[tuple[PublishedSum, RegisteredGroup]]:
    keys = {figure.key for figure in family}
    following = 1 + max(
        (each.number for each in sums if each.year == year and each.figure in keys), default=0
    )
    members = {member.slug: member for member in partnership.members}
    common = {
        name: found.pop()
        for name in yearsums.BREAKDOWNS
        if len(found := {yearsums.class_of(members[one.company], name) for one in group}) == 1
    }
    for figure in family:
        if figure.key in group[0].amounts:
            amounts = {one.company: one.amounts[figure.key] for one in group}
            shared = {"jahr": year, "groesse": figure.key, "gruppe": following}
            classes = {name: key for name, key in common.items() if key is not None}
            total = {"unternehmen": len(group), "summe": number(sum(amounts.values(), Decimal(0)))}
            written = {slug: number(amount) for slug, amount in amounts.items()}
            public = {
                slug: number(told)
                for slug in amounts
                if (told := yearsums.amounts(partnership, figure, members[slug], year, public=True))
                is not None
            }
            beside = {"einzeln": public} if public else {}
            yield (
                PublishedSum.model_validate({**shared, **total, **classes}),
                RegisteredGroup.model_validate({**shared, "betraege": written, **beside}),
            )
