"""Tables of figures that were called otherwise before: pages and editions still know them so."""

from collections.abc import Mapping

# Former key → key, and of a table, by its key today, former column → column.
TABLES: Mapping[str, str] = {"abdeckung-nach-jahr": "mitglieder-mit-massnahme-nach-jahr"}
COLUMNS: Mapping[tuple[str, str], str] = {
    ("mitglieder-mit-massnahme-nach-jahr", "abdeckung"): "anteil-mit-massnahme"
}


def today(table: str, column: str) -> tuple[str, str]:
    """The keys of a table and of a column of it as they are today."""
    table = TABLES.get(table, table)
    return table, COLUMNS.get((table, column), column)
