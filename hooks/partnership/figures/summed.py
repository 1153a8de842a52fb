"""What has a sum by year: key figures, extents of measures by type, measures by field of action."""

from dataclasses import dataclass

from partnership.model.partnership import Partnership

SUMMED = frozenset({"anzahl", "menge"})
HEADCOUNT = "beschaeftigte"


@dataclass(frozen=True, slots=True)
class Figure:
    """What is added: `kind` says from where, `source` is the key there, `extent` the measure type
    whose extent is the same; `family` names figures that limit each other; whether it `is_count`.
    """

    key: str
    kind: str
    source: str
    name: str
    unit: str
    family: str
    is_count: bool
    extent: str | None = None
    is_headcount: bool = False


def figures(partnership: Partnership) -> tuple[Figure, ...]:
    """Every figure that has a sum, in the order of the catalogues."""
    found = []
    for key, figure in partnership.questionnaire.figures.items():
        if figure.kind in SUMMED:
            whole = partnership.questionnaire.figures.get(figure.part_of or "")
            found.append(
                Figure(
                    key=key_of_figure(key),
                    kind="kennzahl",
                    source=key,
                    name=f"{whole.name}, {figure.name}" if whole else figure.name,
                    unit=figure.unit,
                    family=key_of_figure(figure.part_of or key),
                    is_count=figure.kind == "anzahl",
                    extent=figure.same_as,
                    is_headcount=figure.same_as == HEADCOUNT,
                )
            )
    same = {figure.extent for figure in found}
    for key, kind in partnership.types.items():
        if kind.unit.kind in SUMMED and key not in same:
            name, is_count = key_of_type(key), kind.unit.kind == "anzahl"
            unit = kind.unit.name
            found.append(Figure(name, "umfang", key, kind.name, unit, name, is_count, key))
    for key, field in partnership.fields.items():
        name = key_of_field(key)
        found.append(Figure(name, "massnahmen", key, field.name, "wirksame Maßnahmen", name, True))
    return tuple(found)


def key_of_figure(key: str) -> str:
    """The key of the sum of a key figure."""
    return f"kennzahl-{key}"


def key_of_type(key: str) -> str:
    """The key of the sum of a measure type's extents, where it is a sum of its own."""
    return f"umfang-{key}"


def key_of_field(key: str) -> str:
    """The key of the sum of measures in force in a field of action."""
    return f"massnahmen-{key}"


def key_of_extent(partnership: Partnership, kind: str) -> str:
    """The key of the figure to which the extent of a measure type belongs."""
    of_type = (figure.key for figure in figures(partnership) if figure.extent == kind)
    return next(of_type, key_of_type(kind))
