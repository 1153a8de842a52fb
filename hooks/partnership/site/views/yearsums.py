"""Sums by year as shown: what is published one by one, what is confidential, and both together.

What rests on confidential amounts is rounded, and is called so wherever it stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnership.figures import context, dating, yearsums
from partnership.figures.counting import MEMBERSHIP, STEPS
from partnership.figures.summed import Figure
from partnership.figures.yearsums import Sum, YearSums
from partnership.language import german
from partnership.model import addresses
from partnership.site.views.common import RESTS, Link

RULES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "kennzahl": (
        "Addiert wird, was Unternehmen für das Jahr als Kennzahl angegeben haben. Wer nichts"
        " angibt, fehlt; das ist keine Null.",
        ("kennzahlen.kennzahl", "kennzahlen.jahr", "kennzahlen.wert"),
    ),
    "umfang": (
        "Addiert wird der Umfang, den Unternehmen zu Maßnahmen dieses Typs für das Jahr angegeben"
        " haben. Ein Umfang ohne Jahr zählt hier nicht.",
        ("massnahmen.typ", "umfaenge.jahr", "umfaenge.umfang"),
    ),
    "massnahmen": (
        "Gezählt werden Maßnahmen, die am 31. Dezember liefen oder umgesetzt waren, von"
        " Unternehmen, die an dem Tag Mitglied waren.",
        ("massnahmen.handlungsfeld", *STEPS[1:], *MEMBERSHIP),
    ),
}
REFERENCE = "31. Dezember des Jahres"
_TITLES: Mapping[str, str] = {
    "kennzahl": "Kennzahlen der Unternehmen",
    "umfang": "Umfang der Maßnahmen",
    "massnahmen": "Wirksame Maßnahmen mit den vertraulich gemeldeten",
}


@dataclass(frozen=True, slots=True)
class SumRow:
    """One sum as shown; `href` leads to the entries of its public part, `rests` tells on how few it
    rests.
    """

    label: str
    href: str
    public: str
    companies: str
    note: str
    rests: str
    confidential: str
    hidden: str
    together: str


@dataclass(frozen=True, slots=True)
class SameRow:
    """Two years of the companies that told an amount for both."""

    years: str
    companies: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class YearEntries:
    """The entries behind the public part of a year."""

    anchor: str
    year: str
    entries: tuple[Link, ...]
    hidden: str


@dataclass(frozen=True, slots=True)
class SumPage:
    """The page of one figure: by year, by class in the newest year, and the entries."""

    title: str
    unit: str
    rule: str
    fields: tuple[str, ...]
    reference: str
    years: tuple[SumRow, ...]
    same: tuple[SameRow, ...]
    latest: str
    newest: str
    stated: str
    breakdowns: tuple[tuple[str, tuple[SumRow, ...]], ...]
    entries: tuple[YearEntries, ...]
    state: str
    download: str
    back: str = addresses.SUMS


@dataclass(frozen=True, slots=True)
class Overview:
    """The newest sum of each figure, by kind of figure."""

    tables: tuple[tuple[str, tuple[tuple[Link, str, str, SumRow], ...]], ...]
    state: str


def overview(sums: YearSums) -> Overview:
    """The newest sum of every figure."""
    tables = []
    for kind, title in _TITLES.items():
        rows = []
        for figure in sums.figures:
            if figure.kind == kind:
                newest = sums.by_year(figure)[-1]
                link = Link(figure.name, addresses.year_sum(figure.key))
                rows.append((link, figure.unit, str(newest.year), _row(sums, newest)))
        if rows:
            tables.append((title, tuple(rows)))
    return Overview(tuple(tables), state(sums))


def state(sums: YearSums) -> str:
    """Which sums are complete, in a sentence."""
    closing = sums.partnership.closing
    if closing is None:
        return (
            "Noch ist kein Jahr abgeschlossen. Alle Summen enthalten nur, was Unternehmen einzeln"
            " veröffentlichen; vertrauliche Angaben fehlen."
        )
    return (
        f"Abgeschlossen sind die Jahre bis {closing.until}, zuletzt am {german.day(closing.day)}."
        " In Summen späterer Jahre und in Summen, hinter denen zu wenige Unternehmen stehen,"
        " fehlen vertrauliche Angaben."
    )


def page(sums: YearSums, figure: Figure) -> SumPage:
    """One figure."""
    by_year = sums.by_year(figure)
    newest = by_year[-1]
    rule, fields = _rule(figure)
    names = {
        yearsums.SIZE: "Größe des Unternehmens",
        yearsums.SECTOR: "Branche",
        yearsums.DISTRICT: "Stadtbezirk",
    }
    parts = list(sums.broken_down(newest))
    return SumPage(
        title=title(figure),
        unit=figure.unit,
        rule=rule,
        fields=fields,
        reference=REFERENCE,
        years=tuple(_row(sums, each, str(each.year)) for each in by_year),
        same=_same(by_year) if figure.kind != "massnahmen" else (),
        latest=_latest(sums, figure),
        newest=str(newest.year),
        stated=_stated(sums, newest),
        breakdowns=tuple(
            (name, tuple(_row(sums, part, part.label) for part in parts if part.breakdown == key))
            for key, name in names.items()
            if key in yearsums.breakdowns(sums.partnership)
        ),
        entries=tuple(_entries(each) for each in by_year),
        state=state(sums),
        download=addresses.table_file(figure.key),
    )


def _same(by_year: Iterable[Sum]) -> tuple[SameRow, ...]:
    return tuple(
        SameRow(
            f"{each.earlier} und {each.later}",
            german.number(each.companies),
            german.number(each.before),
            german.number(each.after),
        )
        for each in context.same(by_year)
    )


def _latest(sums: YearSums, figure: Figure) -> str:
    """The same quantity as estimates and the share of employees reached take it."""
    if figure.kind != "umfang":
        return ""
    found = context.latest(sums.partnership, figure.source, sums.day)
    if found is None:
        return ""
    companies = german.counted(found.companies, "Unternehmen", "Unternehmen")
    return (
        "In den Summen nach Jahren zählt nur, was für das Jahr selbst angegeben ist. Nimmt man von"
        " jeder laufenden oder umgesetzten Maßnahme die zuletzt genannte Zahl, gleich aus welchem"
        f" Jahr, sind es {german.number(found.amount)} bei {companies}."
    )


def _stated(sums: YearSums, newest: Sum) -> str:
    """Of how many members there is an answer: who is missing does not count as zero."""
    if newest.figure.kind != "kennzahl":
        return ""
    end = date(newest.year, 12, 31)
    belonging = sums.partnership.members_on(end)
    told = german.counted(len(newest.parts), "Unternehmen", "Unternehmen")
    if newest.confidential is not None:
        told += f" einzeln und von {newest.confidential.companies} weiteren vertraulich"
    # The statistics by year count only those who are known to have joined by then.
    unsure = sum(1 for each in belonging if each.joined is None or each.joined.first > end)
    more = ""
    if unsure:
        more = f", bei {german.number(unsure)} davon ist der Tag des Beitritts nicht genau bekannt"
    return (
        f"Enthalten sind Angaben von {told}; Mitglied waren am Ende des Jahres"
        f" {german.number(sums.partnership.count_on(end))}{more}."
    )


def title(figure: Figure) -> str:
    """What the sum is called."""
    kinds = {"kennzahl": "Kennzahl", "umfang": "Umfang", "massnahmen": "Wirksame Maßnahmen"}
    return f"{kinds[figure.kind]}: {figure.name}"


def anchor(year: int) -> str:
    """The id of a year's entries."""
    return f"j-{year}"


def _row(sums: YearSums, found: Sum, label: str = "") -> SumRow:
    closing = sums.partnership.closing
    is_open = closing is None or found.year > closing.until
    return SumRow(
        label=label,
        href=f"{addresses.year_sum(found.figure.key)}#{anchor(found.year)}",
        public=german.number(found.public) if found.parts else "–",
        companies=german.number(len(found.parts)),
        note=f"davon {german.number(found.unconfirmed)} aus öffentlicher Quelle"
        if found.unconfirmed
        else "",
        rests=RESTS[context.rest([amount for _, amount in found.parts])],
        confidential=_about(found.confidential.amount)
        if found.confidential
        else "offen"
        if is_open
        else "–",
        hidden=found.confidential.companies if found.confidential else "",
        together=_about(found.together) if found.confidential else german.number(found.public),
    )


def _entries(found: Sum) -> YearEntries:
    parts = sorted(found.parts, key=lambda part: german.collation_key(part[0].name))
    return YearEntries(
        anchor(found.year),
        str(found.year),
        tuple(
            Link(member.name, addresses.member(member.slug), note=german.number(amount))
            for member, amount in parts
        ),
        f"dazu {_about(found.confidential.amount)} aus vertraulichen Angaben von"
        f" {found.confidential.companies} Unternehmen"
        if found.confidential
        else "",
    )


def _about(amount: Decimal) -> str:
    return f"rund {german.number(amount)}"


def definitions(figures: Iterable[Figure]) -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
    """Key, title, rule and fields of each figure."""
    return tuple((figure.key, title(figure), *_rule(figure)) for figure in figures)


def _rule(figure: Figure) -> tuple[str, tuple[str, ...]]:
    told, fields = RULES[figure.kind]
    rule = dating.rule(told, fields)
    if figure.kind != "kennzahl" or figure.extent is None or figure.is_headcount:
        return rule, fields
    _, more = RULES["umfang"]
    same = (
        " Dieselbe Größe wird als Umfang von Maßnahmen gefragt; er zählt, wo keine Kennzahl steht."
    )
    return rule + same, (*fields, *more)
