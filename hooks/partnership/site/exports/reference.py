"""The catalogues as tables: what the keys in the other tables mean."""

from partnership.exports.table import Cell, Column, Table
from partnership.model.partnership import Partnership

_KEY = Column("schluessel", "string", "Stabiler Schlüssel", "Stable key", required=True)
_NAME = Column("name", "string", "Name", "Name", required=True)

_SECTORS = (
    _KEY,
    _NAME,
    Column("wz", "string", "Abschnitte der WZ 2008", "Sections of WZ 2008 (NACE Rev. 2)"),
    Column("beschreibung", "string", "Beschreibung", "Description"),
)
_FIELDS = (
    _KEY,
    _NAME,
    Column("kurzname", "string", "Kurzname", "Short name"),
    Column("ziel", "string", "Ziel in einem Satz", "Goal in one sentence"),
)
_TYPES = (
    _KEY,
    _NAME,
    Column(
        "handlungsfeld",
        "string",
        "Schlüssel des Handlungsfelds",
        "Key of the field of action",
        required=True,
        refers="handlungsfelder",
    ),
    Column("einheit", "string", "Einheit des Umfangs", "Unit of the extent", required=True),
    Column(
        "einheit_art",
        "string",
        "Art der Einheit",
        "Kind of unit: count, share in percent, yes or no, quantity",
        values=("anzahl", "anteil", "ja_nein", "menge"),
    ),
    Column(
        "einheit_hoechstens",
        "string",
        "Was der Umfang nicht übersteigen kann: die Zahl der Beschäftigten",
        "What the extent cannot exceed: the number of employees",
        values=("beschaeftigte",),
    ),
    Column("frage", "string", "Frage an das Unternehmen", "Question put to the company"),
    Column(
        "ersetzt_durch",
        "string",
        "Nachfolger eines aufgegebenen Typs",
        "Successor of a retired type",
        refers="massnahmentypen",
    ),
)
_DISTRICTS = (
    _KEY,
    _NAME,
    Column("stadtteile", "string", "Stadtteile, durch Semikolon getrennt", "Quarters"),
)


def tables(partnership: Partnership) -> tuple[Table, ...]:
    """Sectors, fields of action, measure types and districts, in the catalogues' own order."""
    sectors: list[tuple[Cell, ...]] = [
        (key, each.name, "; ".join(each.wz) or None, each.description)
        for key, each in partnership.sectors.items()
    ]
    fields: list[tuple[Cell, ...]] = [
        (key, each.name, each.short, each.goal) for key, each in partnership.fields.items()
    ]
    types: list[tuple[Cell, ...]] = [
        (
            key,
            each.name,
            each.field,
            each.unit.name,
            each.unit.kind,
            each.unit.at_most,
            each.question,
            each.replaced_by,
        )
        for key, each in partnership.types.items()
    ]
    districts: list[tuple[Cell, ...]] = [
        (key, each.name, "; ".join(each.quarters) or None)
        for key, each in partnership.districts.items()
    ]
    own = ("schluessel",)
    return (
        Table("branchen", "Branchen", "Sectors", _SECTORS, own, tuple(sectors)),
        Table(
            "handlungsfelder", "Handlungsfelder", "Fields of action", _FIELDS, own, tuple(fields)
        ),
        Table("massnahmentypen", "Maßnahmentypen", "Measure types", _TYPES, own, tuple(types)),
        Table("stadtbezirke", "Stadtbezirke", "Districts", _DISTRICTS, own, tuple(districts)),
    )
