"""What members and measures are told apart by, each said once for every table that uses it."""

from datetime import date

from partnership.figures.sizes import SIZES, size_of
from partnership.figures.tables import Characteristic, measure_of
from partnership.language.glossary import STATUS_LABEL
from partnership.model.member import STATUSES
from partnership.model.partnership import Partnership


def sector(partnership: Partnership) -> Characteristic:
    """The sector of the company; every company has exactly one."""
    classes = tuple((key, each.name) for key, each in partnership.sectors.items())
    return Characteristic("Branche", "mitglieder.branche", classes, lambda e: e.member.sector)


def district(partnership: Partnership) -> Characteristic:
    """The district of the company."""
    classes = tuple((key, each.name) for key, each in partnership.districts.items())
    return Characteristic(
        "Stadtbezirk", "mitglieder.stadtbezirk", classes, lambda e: e.member.district
    )


def size() -> Characteristic:
    """The size class of the company (see `sizes`)."""
    classes = tuple((key, label) for key, _, _, label in SIZES)
    return Characteristic(
        "Größe", "mitglieder.groessenklasse", classes, lambda e: size_of(e.member)
    )


def field(partnership: Partnership) -> Characteristic:
    """The field of action that the type of the measure belongs to."""
    classes = tuple((key, each.name) for key, each in partnership.fields.items())
    return Characteristic(
        "Handlungsfeld",
        "massnahmen.handlungsfeld",
        classes,
        lambda e: partnership.field_of(measure_of(e)),
    )


def kind(partnership: Partnership) -> Characteristic:
    """The type of the measure."""
    classes = tuple((key, each.name) for key, each in partnership.types.items())
    return Characteristic("Maßnahmentyp", "massnahmen.typ", classes, lambda e: measure_of(e).type)


def status(day: date) -> Characteristic:
    """The status of the measure on `day`."""
    classes = tuple((each, STATUS_LABEL[each]) for each in STATUSES)
    return Characteristic(
        "Status", "massnahmen.status", classes, lambda e: measure_of(e).status(day)
    )
