"""Rules about what companies gave for totals only."""

from collections.abc import Iterator, Mapping
from datetime import date

from partnership.checking.rules import members
from partnership.figures import summed, yearsums
from partnership.figures.confidentiality import P_RANGE
from partnership.language import german
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.problems import Problem
from partnership.reading.source import Document

_CITY = "data/partnerschaft.yml"
_REGISTER = "data/vertraulich/beteiligte.yml"


def check(
    partnership: Partnership, documents: Mapping[str, Document], today: date
) -> Iterator[Problem]:
    """Public files hold nothing confidential; what stands in a published sum stays confidential."""
    kept = partnership.city.confidentiality
    if kept is not None and kept.is_public:
        for member in partnership.members:
            yield from _in_public_files(member, documents[member.path])
        if (register := documents.get(_REGISTER)) is not None:
            yield register.problem(
                register.place(()),
                "vertraulich",
                "Diese Datei sagt, wer hinter veröffentlichten Summen steht, und liegt öffentlich.",
                "Bitte in den vertraulichen Ordner verschieben; siehe REDAKTION.md.",
            )
    yield from _settings(partnership, documents)
    yield from _given_away(partnership, documents)
    yield from _apart(partnership, documents, today)


def _settings(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """P is in its range, and stays what it was when sums were first published."""
    kept, document = partnership.city.confidentiality, documents.get(_CITY)
    if kept is None or document is None:
        return
    place = document.place(("vertraulichkeit", "p_prozent"))
    least, most = P_RANGE
    closing = partnership.closing
    if not least <= kept.p_percent <= most:
        yield document.problem(
            place,
            "p-prozent",
            f"„p_prozent“ liegt zwischen {least} und {most}.",
            "Bitte einen Wert in diesem Bereich angeben.",
        )
    elif closing is not None and closing.sums and closing.p_percent != kept.p_percent:
        was = german.number(closing.p_percent)
        yield document.problem(
            place,
            "p-prozent",
            f"Summen sind schon mit „p_prozent: {was}“ veröffentlicht. Anders gerundet, ließen sich"
            " unveränderte Angaben enger eingrenzen.",
            f"Bitte bei {was} lassen.",
        )


def _in_public_files(member: Member, document: Document) -> Iterator[Problem]:
    for index, measure in enumerate(member.measures):
        if not measure.is_public:
            yield document.problem(
                document.place(("massnahmen", index, "veroeffentlichung")),
                "vertraulich",
                "Diese Maßnahme soll nur in Summen erscheinen, aber diese Datei ist öffentlich.",
                _remedy(member),
            )
    for year, figures in member.figures.items():
        if figures.values and not figures.is_public:
            yield document.problem(
                document.place(("kennzahlen", str(year)), of_key=True),
                "vertraulich",
                f"Die Kennzahlen {year} sollen nur in Summen erscheinen, aber diese Datei ist"
                " öffentlich.",
                _remedy(member) + " Nur mit „veroeffentlichung: einzeln“ dürfen sie hier stehen.",
            )


def _remedy(member: Member) -> str:
    return (
        "Bitte hier löschen und im vertraulichen Ordner in die Datei"
        f" mitglieder/{member.slug}.yml schreiben."
    )


def _given_away(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """An amount that stands in a published sum, and then by itself beside it, counts twice."""
    if partnership.register is None:
        return
    figures = {figure.key: figure for figure in summed.figures(partnership)}
    slugs = {member.slug: member for member in partnership.members}
    slugs |= {former: member for member in partnership.members for former in member.former}
    for group in partnership.register.sums:
        figure = figures.get(group.figure)
        for slug, amount in group.amounts.items():
            member = slugs.get(slug)
            if figure is None or member is None:
                continue
            told = yearsums.amounts(partnership, figure, member, group.year, public=True)
            entry = partnership.entries.get(member.slug)
            kept = yearsums.confidential(partnership, figure, member, group.year, entry)
            before = group.public.get(slug)
            is_new = told is not None and (before is None or told > before)
            # A figure is given once; a new measure may stand beside a confidential one.
            if is_new and (figure.kind == "kennzahl" or kept is None or kept < amount):
                document = documents[member.path]
                # Of a quantity asked in two ways, the other may be the one that is told now.
                of_year = member.figures.get(group.year)
                is_told = of_year is not None and figure.source in of_year.values
                key = "kennzahlen" if figure.kind == "kennzahl" and is_told else "massnahmen"
                yield document.problem(
                    document.place((key,), of_key=True),
                    "vertraulich",
                    f"Die Angabe {group.year} zu „{figure.name}“ steht schon in einer"
                    " veröffentlichten Summe. Erschiene sie jetzt einzeln, zählte sie doppelt.",
                    "Bitte bei „veroeffentlichung: nur_summe“ lassen; neue Jahre dürfen einzeln"
                    " erscheinen."
                    if key == "kennzahlen"
                    else "Bitte bei „veroeffentlichung: nur_summe“ lassen. Soll die Maßnahme"
                    " künftig öffentlich sein, bitte ab dem laufenden Jahr als neue eintragen.",
                )


def _apart(
    partnership: Partnership, documents: Mapping[str, Document], today: date
) -> Iterator[Problem]:
    """What lies apart is as sound as a member's file, and no figure of a year stands in both."""
    for member in partnership.members:
        entry = partnership.entries.get(member.slug)
        if entry is None:
            continue
        document = documents[f"mitglieder/{member.slug}.yml"]
        hidden = member.model_copy(update={"measures": entry.measures, "figures": entry.figures})
        for rule in (members.measures, members.key_figures):
            yield from rule(hidden, document, partnership, today)
        for year, told in entry.figures.items():
            public = member.figures.get(year)
            for key in told.values.keys() & (public.values.keys() if public else ()):
                yield document.problem(
                    document.place(("kennzahlen", str(year), key), of_key=True),
                    "doppelt",
                    f"Die Kennzahl „{key}“ für {year} steht auch in {member.path}.",
                    "Bitte in einer der beiden Dateien löschen.",
                )
