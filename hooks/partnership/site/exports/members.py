"""What members state, as tables: their facts, their key figures by year, when they answered."""

from collections.abc import Iterable

from partnership.figures.sizes import SIZES, size_of
from partnership.model import addresses
from partnership.model.member import Answer, Member
from partnership.model.partnership import Partnership
from partnership.site.exports.columns import (
    CONFIRMATION,
    DISTRICT,
    MEMBER,
    OF_MEMBER,
    UNIT,
    YEAR,
    day,
    page,
    partial,
    when,
)
from partnership.site.exports.table import Column, Table, plain, table_of
from partnership.site.views.common import sorted_members

_SECTOR = Column(
    "branche", "string", "Schlüssel der Branche", "Key of the sector", True, refers="branchen"
)
_SIZE = Column(
    "groessenklasse",
    "string",
    "Größenklasse nach Beschäftigten",
    "Size class by employees",
    values=tuple(key for key, *_ in SIZES),
)


def members(partnership: Partnership, found: Iterable[Member]) -> Table:
    """A row for each of `found`."""
    return table_of(
        found,
        "mitglieder",
        "Mitglieder",
        "Members",
        ("mitglied",),
        (MEMBER, lambda m: m.slug),
        (Column("name", "string", "Name des Unternehmens", "Name of the company", True), _name),
        (_SECTOR, lambda m: m.sector),
        (
            Column("branche_name", "string", "Name der Branche", "Name of the sector"),
            lambda m: partnership.sectors[m.sector].name,
        ),
        (DISTRICT, lambda m: m.district),
        (_SIZE, size_of),
        (
            Column(
                "beschaeftigte", "integer", "Beschäftigte am Ort", "Employees at the city's sites"
            ),
            lambda m: m.employees,
        ),
        (
            partial("beitritt", "Beitritt: Jahr, Monat oder Tag", "Joined: year, month or day"),
            lambda m: when(m.joined),
        ),
        (
            partial("austritt", "Austritt: Jahr, Monat oder Tag", "Left: year, month or day"),
            lambda m: when(m.left),
        ),
        (CONFIRMATION, lambda m: m.confirmation),
        (
            Column("letzte_auskunft", "date", "Tag der letzten Auskunft", "Day of the last answer"),
            lambda m: day(m.last_answer.as_of) if m.last_answer else None,
        ),
        (Column("website", "string", "Internetauftritt", "Website"), lambda m: m.website),
        (
            Column("seite", "string", "Seite im Verzeichnis", "Page in the directory"),
            lambda m: page(partnership, addresses.member(m.slug)),
        ),
    )


def _name(member: Member) -> str:
    return member.name


def key_figures(partnership: Partnership) -> Table:
    """What members publish of each year one by one."""
    known = partnership.questionnaire.figures
    return table_of(
        (
            (member, year, key, value)
            for member in sorted_members(partnership.members)
            for year, told in sorted(member.figures.items())
            if told.is_public
            for key, value in told.values.items()
        ),
        "kennzahlen",
        "Kennzahlen der Mitglieder nach Jahren",
        "Key figures of the members by year",
        ("mitglied", "jahr", "kennzahl"),
        (OF_MEMBER, lambda row: row[0].slug),
        (YEAR, lambda row: row[1]),
        (
            Column(
                "kennzahl",
                "string",
                "Schlüssel der Kennzahl",
                "Key of the figure",
                True,
                refers="kennzahlarten",
            ),
            lambda row: row[2],
        ),
        (
            Column("kennzahl_name", "string", "Name der Kennzahl", "Name of the figure"),
            lambda row: known[row[2]].name,
        ),
        (Column("wert", "number", "Wert", "Value", True), lambda row: plain(row[3])),
        (UNIT, lambda row: known[row[2]].unit),
    )


def answers(partnership: Partnership) -> Table:
    """Each day on which a member answered, once."""
    found: dict[tuple[str, str], tuple[Member, Answer]] = {}
    for member in sorted_members(partnership.members):
        for answer in member.answers:
            found.setdefault((member.slug, answer.as_of.isoformat()), (member, answer))
    return table_of(
        found.values(),
        "auskuenfte",
        "Auskünfte",
        "Answers",
        ("mitglied", "stand"),
        (OF_MEMBER, lambda row: row[0].slug),
        (
            Column(
                "stand", "date", "Tag der Antwort auf den Fragebogen", "Day of the answer", True
            ),
            lambda row: day(row[1].as_of),
        ),
        (
            Column(
                "von",
                "string",
                "Wer geantwortet hat",
                "Who answered",
                True,
                values=("unternehmen", "geschaeftsstelle"),
            ),
            lambda row: row[1].given_by,
        ),
    )
