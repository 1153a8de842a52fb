"""The tables of figures in the open data, their definitions, and what they are counted from beside
members and measures: answers and published headcounts.
"""

from datetime import date

from partnership import crosstables, statistics, yearsums
from partnership.exports.table import PARTIAL, Cell, Column, Table, plain
from partnership.model.partnership import Partnership
from partnership.views.common import sorted_members
from partnership.views.yearsums import REFERENCE, definitions
from partnership.yearsums import YearSums

_STATISTICS = (
    Column("tabelle", "string", "Schlüssel der Tabelle", "Key of the table", True),
    Column("tabelle_name", "string", "Name der Tabelle", "Name of the table"),
    Column("merkmal", "string", "Schlüssel der Zeile", "Key of the row", True),
    Column("merkmal_name", "string", "Name der Zeile", "Name of the row"),
    Column("spalte", "string", "Schlüssel der Spalte", "Key of the column", True),
    Column("spalte_name", "string", "Name der Spalte", "Name of the column"),
    Column("stichtag", "date", "Tag, auf den sich die Zahl bezieht", "Reference day", True),
    Column("wert", "integer", "Wert", "Value", True),
    Column("davon_oeffentliche_quelle", "integer", "davon Einträge aus Quellen", "from sources"),
    Column(
        "gegenstand",
        "string",
        "Was der Wert zählt",
        "What the value counts",
        True,
        ("unternehmen", "massnahmen", "beschaeftigte", "prozent"),
    ),
)
_DEFINITIONS = (
    Column("tabelle", "string", "Schlüssel der Tabelle", "Key of the table", True),
    Column("tabelle_name", "string", "Name der Tabelle", "Name of the table"),
    Column("zaehlregel", "string", "Was gezählt wird", "What is counted (German)"),
    Column("felder", "string", "Aus welchen Feldern, als tabelle.feld", "From which fields"),
    Column("stichtag", "string", "Auf welchen Tag sich die Zahlen beziehen", "Reference day"),
)
_ANSWERS = (
    Column(
        "mitglied",
        "string",
        "Stabiler Schlüssel des Mitglieds",
        "Stable key of the member",
        True,
        refers="mitglieder",
    ),
    Column("stand", "date", "Tag der Antwort auf den Fragebogen", "Day of the answer", True),
    Column(
        "von",
        "string",
        "Wer geantwortet hat",
        "Who answered",
        True,
        values=("unternehmen", "geschaeftsstelle"),
    ),
)
_SUMS = (
    Column("jahr", "integer", "Jahr", "Year", True),
    Column("groesse", "string", "Schlüssel der Größe", "Key of the figure", True),
    Column("groesse_name", "string", "Name der Größe", "Name of the figure"),
    Column("einheit", "string", "Einheit", "Unit", True),
    Column(
        "gliederung",
        "string",
        "Wonach gegliedert ist; gesamt: die ganze Summe",
        "Breakdown; gesamt is the whole sum",
        True,
        (yearsums.WHOLE, *yearsums.BREAKDOWNS),
    ),
    Column("merkmal", "string", "Schlüssel der Klasse", "Key of the class", True),
    Column("merkmal_name", "string", "Name der Klasse", "Name of the class"),
    Column("summe_einzeln", "number", "Summe einzeln veröffentlichter Angaben", "Public part"),
    Column("unternehmen_einzeln", "integer", "Unternehmen dahinter", "Companies behind", True),
    Column("davon_oeffentliche_quelle", "integer", "davon aus Quellen", "from sources", True),
    Column("summe_vertraulich", "number", "Summe vertraulicher Angaben", "Confidential part"),
    Column("unternehmen_vertraulich", "integer", "Unternehmen dahinter", "Companies behind", True),
    Column("summe", "number", "Beides zusammen", "Both together", True),
)
_GROUPS = (
    Column("jahr", "integer", "Jahr", "Year", True),
    Column("groesse", "string", "Schlüssel der Größe", "Key of the figure", True),
    Column("gruppe", "integer", "Nummer der Gruppe", "Number of the group", True),
    Column("unternehmen", "integer", "Unternehmen in der Gruppe", "Companies in the group", True),
    Column("summe", "number", "Summe ihrer vertraulichen Angaben", "Sum of the group", True),
    Column("groessenklasse", "string", "Größenklasse, wenn allen gemeinsam", "Common size class"),
    Column("branche", "string", "Branche, wenn allen gemeinsam", "Common sector"),
    Column("stadtbezirk", "string", "Stadtbezirk, wenn allen gemeinsam", "Common district"),
)
_HEADCOUNTS = (
    Column(
        "stand",
        "string",
        "Stand: Jahr, Monat oder Tag",
        "As of: year, month or day",
        True,
        pattern=PARTIAL,
    ),
    Column("anzahl", "integer", "Veröffentlichte Zahl der Mitglieder", "Published headcount", True),
    Column("ungefaehr", "boolean", "Ob die Quelle eine ungefähre Zahl nennt", "Approximate"),
    Column("quelle", "string", "Quelle", "Source", True),
)


def tables(partnership: Partnership, day: date) -> tuple[Table, ...]:
    """All of them as of `day`."""
    return (
        Table(
            "statistik",
            "Statistik",
            "Statistics",
            _STATISTICS,
            ("tabelle", "merkmal", "spalte"),
            (*_statistics(partnership, day), *_crossed(partnership, day)),
        ),
        Table(
            "definitionen",
            "Definitionen der Statistik",
            "Definitions of the statistics",
            _DEFINITIONS,
            ("tabelle",),
            _definitions(partnership, day),
        ),
        Table(
            "jahressummen",
            "Summen nach Jahr",
            "Sums by year",
            _SUMS,
            ("jahr", "groesse", "gliederung", "merkmal"),
            _sums(partnership, day),
        ),
        Table(
            "vertrauliche-summen",
            "Gruppen vertraulicher Angaben",
            "Groups of confidential amounts",
            _GROUPS,
            ("jahr", "groesse", "gruppe"),
            _groups(partnership),
        ),
        Table(
            "auskuenfte",
            "Auskünfte",
            "Answers",
            _ANSWERS,
            ("mitglied", "stand"),
            _answers(partnership),
        ),
        Table(
            "mitgliederzahlen",
            "Veröffentlichte Mitgliederzahlen",
            "Published headcounts",
            _HEADCOUNTS,
            ("stand", "quelle"),
            tuple(
                (str(each.as_of), each.count, "true" if each.about else "false", each.source)
                for each in sorted(partnership.city.headcounts, key=lambda each: each.as_of)
            ),
        ),
    )


def _sums(partnership: Partnership, day: date) -> tuple[tuple[Cell, ...], ...]:
    sums = YearSums(partnership, day)
    return tuple(
        (
            each.year,
            each.figure.key,
            each.figure.name,
            each.figure.unit,
            each.breakdown,
            each.key,
            each.label,
            plain(each.public) if each.parts else None,
            len(each.parts),
            each.unconfirmed,
            plain(each.confidential) if each.groups else None,
            each.hidden,
            plain(each.public + each.confidential),
        )
        for figure in sums.figures
        for whole in sums.by_year(figure)
        for each in (whole, *sums.broken_down(whole))
    )


def _groups(partnership: Partnership) -> tuple[tuple[Cell, ...], ...]:
    closing = partnership.closing
    return tuple(
        (
            each.year,
            each.figure,
            each.number,
            each.companies,
            plain(each.amount),
            each.size,
            each.sector,
            each.district,
        )
        for each in (closing.sums if closing else ())
    )


def _answers(partnership: Partnership) -> tuple[tuple[Cell, ...], ...]:
    """Each day on which a member answered, once."""
    found: dict[tuple[Cell, ...], str] = {}
    for member in sorted_members(partnership.members):
        for answer in member.answers:
            found.setdefault((member.slug, answer.as_of.isoformat()), answer.given_by)
    return tuple((*key, given_by) for key, given_by in found.items())


def _statistics(partnership: Partnership, day: date) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            table.key,
            table.title,
            row.key,
            row.label,
            "anzahl",
            "Anzahl",
            row.day.isoformat(),
            row.value,
            row.unconfirmed,
            "unternehmen" if table.subject == "members" else "massnahmen",
        )
        for table in statistics.tables(partnership, day)
        for row in table.rows
    )


def _crossed(partnership: Partnership, day: date) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            table.key,
            table.title,
            row.key,
            row.label,
            cell.column.key,
            cell.column.label,
            row.day.isoformat(),
            cell.value,
            cell.unconfirmed,
            cell.column.unit,
        )
        for table in crosstables.tables(partnership, day)
        for row in table.rows
        for cell in row.cells
    )


def _definitions(partnership: Partnership, day: date) -> tuple[tuple[Cell, ...], ...]:
    found: list[statistics.Table | crosstables.CrossTable] = []
    found += statistics.tables(partnership, day)
    found += crosstables.tables(partnership, day)
    sums = definitions(YearSums(partnership, day).figures)
    return (
        *(
            (each.key, each.title, each.rule, " ".join(each.fields), each.reference)
            for each in found
        ),
        *((key, title, rule, " ".join(fields), REFERENCE) for key, title, rule, fields in sums),
    )
