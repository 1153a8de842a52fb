"""The tables of figures in the open data, their definitions, the sums by year, and published
headcounts.
"""

from dataclasses import replace

from partnership.figures import yearsums
from partnership.figures.reckoning import Reckoning
from partnership.figures.tables import Table as FigureTable
from partnership.figures.yearsums import YearSums
from partnership.model.partnership import Partnership
from partnership.site.exports.columns import UNIT, YEAR, day, partial
from partnership.site.exports.members import answers
from partnership.site.exports.table import Column, Table, plain, table_of
from partnership.site.views.yearsums import REFERENCE, definitions

_TABLE = Column("tabelle", "string", "Schlüssel der Tabelle", "Key of the table", True)
_TABLE_NAME = Column("tabelle_name", "string", "Name der Tabelle", "Name of the table")
_UNITS = ("unternehmen", "massnahmen", "beschaeftigte", "prozent")
_FIGURE = Column("groesse", "string", "Schlüssel der Größe", "Key of the figure", True)


def tables(reckoning: Reckoning) -> tuple[Table, ...]:
    """All of them on the day of the reckoning."""
    found = (*reckoning.tables, *reckoning.crossed)
    return (
        _statistics(found),
        _definitions(found, reckoning.sums),
        _sums(reckoning.sums),
        answers(reckoning.partnership),
        _headcounts(reckoning.partnership),
    )


def _statistics(found: tuple[FigureTable, ...]) -> Table:
    return table_of(
        ((table, row, cell) for table in found for row in table.rows for cell in row.cells),
        "statistik",
        "Statistik",
        "Statistics",
        ("tabelle", "merkmal", "spalte"),
        (_TABLE, lambda each: each[0].key),
        (_TABLE_NAME, lambda each: each[0].title),
        (
            Column("merkmal", "string", "Schlüssel der Zeile", "Key of the row", True),
            lambda each: each[1].key,
        ),
        (
            Column("merkmal_name", "string", "Name der Zeile", "Name of the row"),
            lambda each: each[1].label,
        ),
        (
            Column("spalte", "string", "Schlüssel der Spalte", "Key of the column", True),
            lambda each: each[2].column.key,
        ),
        (
            Column("spalte_name", "string", "Name der Spalte", "Name of the column"),
            lambda each: each[2].column.label,
        ),
        (
            Column("stichtag", "date", "Tag, auf den sich die Zahl bezieht", "Reference day", True),
            lambda each: day(each[1].day),
        ),
        (Column("wert", "integer", "Wert", "Value", True), lambda each: each[2].value),
        (
            Column(
                "davon_oeffentliche_quelle", "integer", "davon Einträge aus Quellen", "from sources"
            ),
            lambda each: each[2].unconfirmed,
        ),
        (
            Column(
                "gegenstand", "string", "Was der Wert zählt", "What the value counts", True, _UNITS
            ),
            lambda each: each[2].column.unit,
        ),
    )


def _definitions(found: tuple[FigureTable, ...], sums: YearSums) -> Table:
    return table_of(
        (
            *(
                (each.key, each.title, each.definition, each.fields, each.reference)
                for each in found
            ),
            *((*each, REFERENCE) for each in definitions(sums.figures)),
        ),
        "definitionen",
        "Definitionen der Statistik",
        "Definitions of the statistics",
        ("tabelle",),
        (_TABLE, lambda each: each[0]),
        (_TABLE_NAME, lambda each: each[1]),
        (
            Column("zaehlregel", "string", "Was gezählt wird", "What is counted (German)"),
            lambda each: each[2],
        ),
        (
            Column(
                "felder", "string", "Aus welchen Feldern, als tabelle.feld", "From which fields"
            ),
            lambda each: " ".join(each[3]),
        ),
        (
            Column(
                "stichtag", "string", "Auf welchen Tag sich die Zahlen beziehen", "Reference day"
            ),
            lambda each: each[4],
        ),
    )


def _sums(sums: YearSums) -> Table:
    # Long: a list of columns, each with its cell.
    return table_of(
        (
            each
            for figure in sums.figures
            for whole in sums.by_year(figure)
            for each in (whole, *sums.broken_down(whole))
        ),
        "jahressummen",
        "Summen nach Jahr",
        "Sums by year",
        ("jahr", "groesse", "gliederung", "merkmal"),
        (YEAR, lambda s: s.year),
        (_FIGURE, lambda s: s.figure.key),
        (
            Column("groesse_name", "string", "Name der Größe", "Name of the figure"),
            lambda s: s.figure.name,
        ),
        (UNIT, lambda s: s.figure.unit),
        (
            Column(
                "gliederung",
                "string",
                "Wonach gegliedert ist; gesamt: die ganze Summe",
                "Breakdown; gesamt is the whole sum",
                True,
                (yearsums.WHOLE, *yearsums.BREAKDOWNS),
            ),
            lambda s: s.breakdown,
        ),
        (
            Column("merkmal", "string", "Schlüssel der Klasse", "Key of the class", True),
            lambda s: s.key,
        ),
        (
            Column("merkmal_name", "string", "Name der Klasse", "Name of the class"),
            lambda s: s.label,
        ),
        (
            Column(
                "summe_einzeln", "number", "Summe einzeln veröffentlichter Angaben", "Public part"
            ),
            lambda s: plain(s.public) if s.parts else None,
        ),
        (
            Column(
                "unternehmen_einzeln", "integer", "von Unternehmen", "Companies behind it", True
            ),
            lambda s: len(s.parts),
        ),
        (
            Column(
                "davon_oeffentliche_quelle", "integer", "davon aus Quellen", "from sources", True
            ),
            lambda s: s.unconfirmed,
        ),
        (
            Column(
                "summe_vertraulich",
                "number",
                "Summe vertraulicher Angaben, gerundet; nur in der ganzen Summe",
                "Confidential part, rounded; of the whole sum only",
            ),
            lambda s: plain(s.confidential.amount) if s.confidential else None,
        ),
        (
            Column(
                "gerundet_auf",
                "number",
                "Worauf vertrauliche und ganze Summe gerundet sind",
                "What the confidential part and the whole are rounded to",
            ),
            lambda s: plain(s.confidential.step) if s.confidential else None,
        ),
        (
            Column(
                "unternehmen_vertraulich",
                "string",
                "von so vielen Unternehmen, als Klasse",
                "Companies behind the confidential part, as a class",
            ),
            lambda s: s.confidential.companies if s.confidential else None,
        ),
        (
            Column("summe", "number", "Beides zusammen", "Both together", True),
            lambda s: plain(s.together),
        ),
    )


def _headcounts(partnership: Partnership) -> Table:
    as_of = partial("stand", "Stand: Jahr, Monat oder Tag", "As of: year, month or day")
    return table_of(
        sorted(partnership.city.headcounts, key=lambda each: each.as_of),
        "mitgliederzahlen",
        "Veröffentlichte Mitgliederzahlen",
        "Published headcounts",
        ("stand", "quelle"),
        (replace(as_of, required=True), lambda each: str(each.as_of)),
        (
            Column(
                "anzahl",
                "integer",
                "Veröffentlichte Zahl der Mitglieder",
                "Published headcount",
                True,
            ),
            lambda each: each.count,
        ),
        (
            Column(
                "ungefaehr", "boolean", "Ob die Quelle eine ungefähre Zahl nennt", "Approximate"
            ),
            lambda each: "true" if each.about else "false",
        ),
        (Column("quelle", "string", "Quelle", "Source", True), lambda each: each.source),
    )
