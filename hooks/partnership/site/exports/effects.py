"""The estimates in the open data: ranges, how they are reckoned, assumptions and factors."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from partnership.figures import effects
from partnership.figures.effects import Effect, Outcome
from partnership.model.estimate import Assumption, Estimate, Factor, Family, FoundSource
from partnership.model.partnership import Partnership
from partnership.site.exports.columns import KEY, NAME, TYPE
from partnership.site.exports.table import Cell, Column, Table, plain, table_of

Cells: TypeAlias = tuple[Column, Callable[[Effect], Cell]]
Assumed: TypeAlias = tuple[str, str, Assumption]
Pair: TypeAlias = tuple[Decimal, Decimal]
FamilyFactor: TypeAlias = tuple[str, Family, str, Factor]

_FAMILY = Column("familie", "string", "Familie der Emissionsfaktoren", "Family of emission factors")
# Each end of what an effect yields: name, German, English, its value rounded away from the middle.
_ENDS: tuple[tuple[str, str, str, Callable[[Outcome], Decimal]], ...] = (
    ("von", "untere Grenze", "lower end", lambda out: out.shown.low),
    ("p5", "untere Grenze des mittleren Bereichs (90 %)", "5th percentile", lambda o: o.shown.p5),
    ("mitte", "Mitte (Median)", "median", lambda out: out.shown.median),
    ("p95", "obere Grenze des mittleren Bereichs (90 %)", "95th percentile", lambda o: o.shown.p95),
    ("bis", "obere Grenze", "upper end", lambda out: out.shown.high),
)


def tables(partnership: Partnership, day: date) -> tuple[Table, ...]:
    """Estimates on `day`, how they are reckoned, assumptions and factors: enough to reckon each
    range again.
    """
    return (
        _effects(partnership, day),
        _estimates(partnership),
        _assumptions(partnership),
        _factors(partnership),
    )


def _effects(partnership: Partnership, day: date) -> Table:
    return table_of(
        effects.effects(partnership, day),
        "wirkung",
        "Geschätzte Wirkung",
        "Estimated effects",
        ("typ",),
        (TYPE, lambda effect: effect.type),
        (
            Column(
                "beteiligte", "number", "Umfang, auf dem sie beruht", "Extent it rests on", True
            ),
            lambda effect: plain(effect.users),
        ),
        (
            Column(
                "unternehmen",
                "integer",
                "Wie viele ihn angeben",
                "How many companies state it",
                True,
            ),
            lambda effect: effect.companies,
        ),
        (
            Column(
                "groesster_anteil",
                "integer",
                "Was davon auf ein einzelnes Unternehmen entfällt, höchstens, in %",
                "Share of the largest contributor, %",
                True,
            ),
            lambda effect: effect.largest,
        ),
        *_ends(
            "auto_km",
            "Gesparte Autokilometer im Jahr",
            "Car kilometres saved a year",
            lambda effect: effect.cars,
        ),
        *_ends(
            "co2e_t",
            "Gesparte Tonnen CO₂e im Jahr",
            "Tonnes of CO₂e saved a year",
            lambda effect: effect.co2e,
        ),
    )


def _ends(
    name: str, german: str, english: str, of: Callable[[Effect], Outcome | None]
) -> Iterator[Cells]:
    """The columns of what an effect yields; empty where it is not estimated."""

    def cell(end: Callable[[Outcome], Decimal]) -> Callable[[Effect], Cell]:
        return lambda effect: plain(end(out)) if (out := of(effect)) is not None else None

    for key, in_german, in_english, end in _ENDS:
        title = f"{german}, {in_german}"
        yield Column(f"{name}_{key}", "number", title, f"{english}, {in_english}"), cell(end)


def _made(partnership: Partnership) -> Iterator[tuple[str, Estimate]]:
    for key, kind in partnership.types.items():
        if kind.estimate is not None:
            yield key, kind.estimate


def _estimates(partnership: Partnership) -> Table:
    return table_of(
        _made(partnership),
        "schaetzungen",
        "Wie die Wirkung geschätzt wird",
        "How effects are estimated",
        ("typ",),
        (TYPE, lambda pair: pair[0]),
        (
            Column(
                "verfahren",
                "string",
                "Verlagerte oder vermiedene Wege, oder Fahrten mit einem anderen Fahrzeug",
                "Shifted or avoided trips, or trips with another vehicle",
                True,
                values=("verlagerung", "vermeidung", "fahrzeug"),
            ),
            lambda pair: pair[1].procedure,
        ),
        (_FAMILY, lambda pair: pair[1].family),
        (
            Column("von", "string", "Bisheriges Verkehrsmittel", "Mode before"),
            lambda pair: pair[1].old,
        ),
        (
            Column("nach", "string", "Neues Verkehrsmittel", "Mode after"),
            lambda pair: pair[1].new,
        ),
        (
            Column(
                "ohne_co2e",
                "string",
                "Warum keine Treibhausgase geschätzt werden",
                "Why no greenhouse gases are estimated",
            ),
            lambda pair: pair[1].no_co2e,
        ),
    )


def _assumptions(partnership: Partnership) -> Table:
    return table_of(
        (
            (key, name, assumed)
            for key, estimate in _made(partnership)
            for name, assumed in estimate.assumptions.items()
        ),
        "annahmen",
        "Annahmen der Schätzungen und Rechner",
        "Assumptions of estimates and calculators",
        ("typ", "annahme"),
        (TYPE, lambda row: row[0]),
        (
            Column(
                "annahme",
                "string",
                "Was angenommen wird",
                "What is assumed",
                True,
                values=("anteil", "tage", "km", "km_jahr", "personen"),
            ),
            lambda row: row[1],
        ),
        *_pair("", "Spanne der Schätzung", "Range of the estimate", lambda row: row[2].span),
        *_pair(
            "beispiel_",
            "Beispiel des Rechners, wo nichts belegt ist",
            "Example of the calculator, where nothing is documented",
            lambda row: row[2].example,
        ),
        (
            Column("quellen", "string", "Quellen", "Sources"),
            lambda row: "; ".join(map(_source, row[2].sources)) or None,
        ),
        (
            Column("begruendung", "string", "Warum diese Werte", "Why these values"),
            lambda row: row[2].reason,
        ),
    )


def _pair(
    prefix: str, german: str, english: str, of: Callable[[Assumed], Pair | None]
) -> Iterator[tuple[Column, Callable[[Assumed], Cell]]]:
    """The columns of both ends of a range."""

    def cell(end: int) -> Callable[[Assumed], Cell]:
        return lambda row: plain(pair[end]) if (pair := of(row)) is not None else None

    for end, key, word in ((0, "min", "least"), (1, "max", "greatest")):
        told = f"{german}, {'kleinster' if end == 0 else 'größter'} Wert"
        yield Column(f"{prefix}{key}", "number", told, f"{english}, {word} value"), cell(end)


def _source(source: FoundSource) -> str:
    return f"{source.title} <{source.url}>" if source.url else source.title


def _factors(partnership: Partnership) -> Table:
    rows: Iterator[FamilyFactor] = (
        (name, family, key, factor)
        for name, family in partnership.families.items()
        for key, factor in family.factors.items()
    )
    return table_of(
        rows,
        "emissionsfaktoren",
        "Emissionsfaktoren",
        "Emission factors",
        ("familie", "schluessel"),
        (Column("familie", "string", _FAMILY.german, _FAMILY.english, True), lambda row: row[0]),
        (KEY, lambda row: row[2]),
        (NAME, lambda row: row[3].name),
        (
            Column("verkehrsmittel", "string", "Spanne, in die er eingeht", "Range it is part of"),
            lambda row: row[3].mode,
        ),
        (Column("wert", "number", "Wert", "Value"), lambda row: plain(row[3].value)),
        (Column("einheit", "string", "Einheit", "Unit", True), lambda row: row[3].unit),
        (
            Column(
                "personen",
                "number",
                "Bei Autos: Personen, die im Wert stecken; Wert × Personen gilt je Fahrzeug",
                "Of cars: persons in the value; value × persons is per vehicle",
            ),
            lambda row: plain(row[3].persons),
        ),
        (Column("jahr", "integer", "Bezugsjahr", "Year of reference"), lambda row: row[1].year),
        (
            Column("systemgrenze", "string", "Was enthalten ist", "System boundary"),
            lambda row: row[3].boundary or row[1].boundary,
        ),
        (Column("quelle", "string", "Quelle", "Source"), lambda row: _published(row[1])),
        (
            Column(
                "vorlaeufig",
                "boolean",
                "Noch nicht mit der Tabelle des Herausgebers abgeglichen",
                "Not yet compared with the publisher's table",
                True,
            ),
            lambda row: "true" if row[1].preliminary else "false",
        ),
        (Column("hinweis", "string", "Hinweis", "Note"), lambda row: row[3].note),
    )


def _published(family: Family) -> str:
    address = f" <{family.source.url}>" if family.source.url else ""
    return f"{family.publisher}: {family.title}{address}"
