"""The catalogues as tables: what the keys in the other tables mean."""

from partnership.figures.summed import SUMMED, key_of_extent
from partnership.model.partnership import Partnership
from partnership.site.exports.columns import FIELD, KEY, NAME, UNIT
from partnership.site.exports.table import Column, Table, table_of


def tables(partnership: Partnership) -> tuple[Table, ...]:
    """Sectors, fields of action, measure types, key figures, districts; in their own order."""
    return (
        _sectors(partnership),
        _fields(partnership),
        _types(partnership),
        _key_figures(partnership),
        _districts(partnership),
    )


def _sectors(partnership: Partnership) -> Table:
    return table_of(
        partnership.sectors.items(),
        "branchen",
        "Branchen",
        "Sectors",
        ("schluessel",),
        (KEY, lambda pair: pair[0]),
        (NAME, lambda pair: pair[1].name),
        (
            Column("wz", "string", "Abschnitte der WZ 2008", "Sections of WZ 2008 (NACE Rev. 2)"),
            lambda pair: "; ".join(pair[1].wz) or None,
        ),
        (
            Column("beschreibung", "string", "Beschreibung", "Description"),
            lambda pair: pair[1].description,
        ),
    )


def _fields(partnership: Partnership) -> Table:
    return table_of(
        partnership.fields.items(),
        "handlungsfelder",
        "Handlungsfelder",
        "Fields of action",
        ("schluessel",),
        (KEY, lambda pair: pair[0]),
        (NAME, lambda pair: pair[1].name),
        (Column("kurzname", "string", "Kurzname", "Short name"), lambda pair: pair[1].short),
        (
            Column("ziel", "string", "Ziel in einem Satz", "Goal in one sentence"),
            lambda pair: pair[1].goal,
        ),
    )


def _types(partnership: Partnership) -> Table:
    # Long: a list of columns, each with its cell.
    return table_of(
        partnership.types.items(),
        "massnahmentypen",
        "Maßnahmentypen",
        "Measure types",
        ("schluessel",),
        (KEY, lambda pair: pair[0]),
        (NAME, lambda pair: pair[1].name),
        (FIELD, lambda pair: pair[1].field),
        (
            Column("einheit", "string", "Einheit des Umfangs", "Unit of the extent", required=True),
            lambda pair: pair[1].unit.name,
        ),
        (
            Column(
                "einheit_art",
                "string",
                "Art der Einheit",
                "Kind of unit: count, share in percent, yes or no, quantity",
                values=("anzahl", "anteil", "ja_nein", "menge"),
            ),
            lambda pair: pair[1].unit.kind,
        ),
        (
            Column(
                "einheit_hoechstens",
                "string",
                "Was der Umfang nicht übersteigen kann: die Zahl der Beschäftigten",
                "What the extent cannot exceed: the number of employees",
                values=("beschaeftigte",),
            ),
            lambda pair: pair[1].unit.at_most,
        ),
        (
            Column(
                "groesse",
                "string",
                "Schlüssel der Größe, zu deren Summe der Umfang zählt",
                "Key of the figure to whose sum the extent belongs",
            ),
            lambda pair: (
                key_of_extent(partnership, pair[0]) if pair[1].unit.kind in SUMMED else None
            ),
        ),
        (
            Column("frage", "string", "Frage an das Unternehmen", "Question put to the company"),
            lambda pair: pair[1].question,
        ),
        (
            Column(
                "ersetzt_durch",
                "string",
                "Nachfolger eines aufgegebenen Typs",
                "Successor of a retired type",
                refers="massnahmentypen",
            ),
            lambda pair: pair[1].replaced_by,
        ),
    )


def _key_figures(partnership: Partnership) -> Table:
    return table_of(
        partnership.questionnaire.figures.items(),
        "kennzahlarten",
        "Kennzahlen und ihre Einheiten",
        "Key figures and their units",
        ("schluessel",),
        (KEY, lambda pair: pair[0]),
        (NAME, lambda pair: pair[1].name),
        (UNIT, lambda pair: pair[1].unit),
        (
            Column(
                "art",
                "string",
                "Art der Angabe",
                "Kind of value",
                values=("anzahl", "anteil", "menge"),
            ),
            lambda pair: pair[1].kind,
        ),
        (
            Column(
                "teil_von",
                "string",
                "Kennzahl, von der diese ein Teil ist",
                "Key figure of which this one is a part",
                refers="kennzahlarten",
            ),
            lambda pair: pair[1].part_of,
        ),
        (
            Column("frage", "string", "Frage an das Unternehmen", "Question put to the company"),
            lambda pair: pair[1].question,
        ),
    )


def _districts(partnership: Partnership) -> Table:
    return table_of(
        partnership.districts.items(),
        "stadtbezirke",
        "Stadtbezirke",
        "Districts",
        ("schluessel",),
        (KEY, lambda pair: pair[0]),
        (NAME, lambda pair: pair[1].name),
        (
            Column("stadtteile", "string", "Stadtteile, durch Semikolon getrennt", "Quarters"),
            lambda pair: "; ".join(pair[1].quarters) or None,
        ),
    )
