"""The closing of a year: the sums of confidential amounts that are published from now on.

Done by the office, once a year. What it writes stays as it is: later builds read the published sums
from data/jahressummen.yml and need no confidential amount. The confidential folder keeps the secret
from which each company's rounding comes, which must stay the same, and who stands in which sum, so
that no amount is published by itself later and counts twice.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from partnership.checking.load import VAULT, read_confidential
from partnership.figures import confidentiality, summed, yearsums
from partnership.figures.summed import Figure
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.yearsums import (
    Closing,
    ConfidentialEntry,
    PublishedSum,
    Register,
    RegisteredSum,
)
from partnership.reading.canonical import number

_Contribution: TypeAlias = tuple[Member, Decimal]


@dataclass(frozen=True)
class Vault:
    """The confidential folder: entries kept apart, and who stands in published sums."""

    folder: Path
    entries: Mapping[str, ConfidentialEntry]
    register: Register


def open_vault(partnership: Partnership, folder: Path | None) -> Vault:
    """The folder named by the office, or the one beside the city's data where that is not public.

    Raises `ProblemsFound` for what cannot be read.
    """
    place = folder or partnership.root / VAULT
    return Vault(place, *read_confidential(place, partnership))


def close(
    partnership: Partnership, vault: Vault, p: Decimal, until: int, day: date
) -> tuple[Closing, Register]:
    """What is published, and who stands in it, after closing every year up to `until`.

    Sums published before are taken over unchanged, with the p they rest on. A figure of a past year
    that had too few companies is published as soon as it has enough.
    """
    before = partnership.closing
    sums = list(before.sums) if before else []
    registered = list(vault.register.sums)
    rounding = _Rounding(
        partnership,
        vault.register.secret or secrets.token_hex(16),
        before.p_percent if before else p,
        frozenset(slug for each in registered for slug in each.amounts),
    )
    done = {(each.figure, each.year) for each in sums}
    figures = summed.figures(partnership)
    for figure in figures:
        for year in range(partnership.city.founded.year, until + 1):
            found = _contributions(partnership, vault, figure, year)
            if (figure.key, year) not in done and len(found) >= confidentiality.LEAST:
                sums.append(rounding.sum(figure, year, found))
                registered.append(rounding.registered(figure, year, found))
    order = {figure.key: at for at, figure in enumerate(figures)}
    sums.sort(key=lambda each: (each.year, order.get(each.figure, 0)))
    registered.sort(key=lambda each: (each.year, order.get(each.figure, 0)))
    closed = max(until, before.until if before else until)
    return (
        Closing.model_construct(until=closed, day=day, p_percent=rounding.p, sums=tuple(sums)),
        Register.model_construct(secret=rounding.secret, sums=tuple(registered)),
    )


def _contributions(
    partnership: Partnership, vault: Vault, figure: Figure, year: int
) -> list[_Contribution]:
    found = []
    for member in partnership.members:
        entry = vault.entries.get(member.slug)
        amount = yearsums.confidential(partnership, figure, member, year, entry)
        if amount is not None:
            found.append((member, amount))
    return found


@dataclass(frozen=True)
class _Rounding:
    """How each company's amounts are rounded; `known` are names under which some have been."""

    partnership: Partnership
    secret: str
    p: Decimal
    known: frozenset[str]

    def sum(self, figure: Figure, year: int, found: Sequence[_Contribution]) -> PublishedSum:
        """The sum as it is published."""
        rounded = [self._rounded(figure, member, amount) for member, amount in found]
        finest = Decimal(5 if figure.is_count else 1)
        total, step = confidentiality.published(rounded, self.p, finest)
        return PublishedSum.model_validate(
            {
                "jahr": year,
                "groesse": figure.key,
                "unternehmen": confidentiality.number_class(len(found)),
                "summe": number(total),
                "gerundet_auf": number(step),
            }
        )

    def registered(
        self, figure: Figure, year: int, found: Sequence[_Contribution]
    ) -> RegisteredSum:
        """Who stands in it with what, and what each publishes by itself beside it."""
        told = {
            self._name(member): yearsums.amounts(
                self.partnership, figure, member, year, public=True
            )
            for member, _ in found
        }
        public = {name: number(amount) for name, amount in told.items() if amount is not None}
        return RegisteredSum.model_validate(
            {
                "jahr": year,
                "groesse": figure.key,
                "betraege": {self._name(member): number(amount) for member, amount in found},
                **({"einzeln": public} if public else {}),
            }
        )

    def _rounded(self, figure: Figure, member: Member, amount: Decimal) -> Decimal:
        place = confidentiality.place(self.secret, self._name(member), figure.family)
        # There can be no measure, and none with an extent, of nothing; but there may be no cars.
        least = Decimal(0 if figure.kind == "kennzahl" else 1)
        return confidentiality.rounded(amount, place, self.p, least, self._most(figure, member))

    def _most(self, figure: Figure, member: Member) -> Decimal | None:
        """The limit that everybody knows: no more employees than the company has."""
        kind = self.partnership.types.get(figure.extent or "")
        if kind is None or not kind.unit.at_most or member.employees is None:
            return None
        return Decimal(member.employees)

    def _name(self, member: Member) -> str:
        """The name under which the member was rounded first: with a new one, an amount that has
        not changed would be rounded anew, and two roundings tell more than one.
        """
        return next((name for name in member.former if name in self.known), member.slug)
