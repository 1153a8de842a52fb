"""The estimates in the open data: ranges, the assumptions they run between, and the factors."""

from datetime import date

from partnership import effects
from partnership.exports.table import Cell, Column, Table
from partnership.model.partnership import Partnership

_TYPE = Column(
    "typ",
    "string",
    "Schlüssel des Maßnahmentyps",
    "Key of the measure type",
    required=True,
    refers="massnahmentypen",
)
_EFFECTS = (
    _TYPE,
    Column("beteiligte", "number", "Umfang, auf dem sie beruht", "Extent it rests on", True),
    Column("unternehmen", "integer", "Wie viele ihn angeben", "How many companies state it", True),
    Column("co2e_t_von", "number", "Untere Grenze in t CO2e im Jahr", "Lower end, t CO2e/a", True),
    Column("co2e_t_bis", "number", "Obere Grenze in t CO2e im Jahr", "Upper end, t CO2e/a", True),
)
_ASSUMPTIONS = (
    _TYPE,
    Column(
        "verfahren",
        "string",
        "Verlagerte oder vermiedene Wege",
        "Shifted or avoided trips",
        True,
        values=("verlagerung", "vermeidung"),
    ),
    Column("von", "string", "Bisheriges Verkehrsmittel", "Mode before", True),
    Column("nach", "string", "Neues Verkehrsmittel", "Mode after"),
    *(
        Column(f"{key}_{end}", "number", f"{german}, {words[0]}", f"{english}, {words[1]}", True)
        for key, german, english in (
            ("anteil", "Anteil, der vorher so unterwegs war", "Share that travelled so before"),
            ("tage", "Tage im Jahr", "Days a year"),
            ("km", "Kilometer einfacher Weg", "Kilometres one way"),
        )
        for end, words in (("min", ("kleinster", "lowest")), ("max", ("größter", "highest")))
    ),
)
_FACTORS = (
    Column("schluessel", "string", "Stabiler Schlüssel", "Stable key", True),
    Column("name", "string", "Name", "Name", True),
    Column("verkehrsmittel", "string", "Spanne, in die er eingeht", "Range it is part of"),
    Column("wert", "number", "Wert", "Value"),
    Column("einheit", "string", "Einheit", "Unit", True),
    Column("jahr", "integer", "Bezugsjahr", "Year of reference"),
    Column("systemgrenze", "string", "Was enthalten ist", "System boundary"),
    Column("quelle", "string", "Quelle", "Source"),
    Column("hinweis", "string", "Hinweis", "Note"),
)


def tables(partnership: Partnership, day: date) -> tuple[Table, ...]:
    """Estimates on `day`, assumptions and factors: enough to reckon each range again."""
    ranges: list[tuple[Cell, ...]] = [
        (
            effect.type,
            float(effect.users),
            len(effect.members),
            effects.rounded(effect.low.tonnes),
            effects.rounded(effect.high.tonnes),
        )
        for effect in effects.effects(partnership, day)
    ]
    assumptions: list[tuple[Cell, ...]] = [
        (
            key,
            assumed.procedure,
            assumed.old,
            assumed.new,
            *(float(end) for pair in (assumed.share, assumed.days, assumed.km) for end in pair),
        )
        for key, kind in partnership.types.items()
        if (assumed := kind.estimate) is not None
    ]
    factors: list[tuple[Cell, ...]] = [
        (
            key,
            factor.name,
            factor.mode,
            None if factor.value is None else float(factor.value),
            factor.unit,
            factor.year,
            factor.boundary,
            str(factor.source.url or factor.source.title) if factor.source else None,
            factor.note,
        )
        for key, factor in partnership.factors.items()
    ]
    own = ("typ",)
    return (
        Table("wirkung", "Geschätzte Wirkung", "Estimated effects", _EFFECTS, own, tuple(ranges)),
        Table(
            "annahmen",
            "Annahmen der Schätzungen",
            "Assumptions of the estimates",
            _ASSUMPTIONS,
            own,
            tuple(assumptions),
        ),
        Table(
            "emissionsfaktoren",
            "Emissionsfaktoren",
            "Emission factors",
            _FACTORS,
            ("schluessel",),
            tuple(factors),
        ),
    )
