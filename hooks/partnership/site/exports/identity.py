"""What tells the open data of one partnership from those of another, where both are collected."""

from uuid import NAMESPACE_URL, uuid5

from partnership.language import german
from partnership.model.partnership import Partnership

_GEOCODING = "http://dcat-ap.de/def/politicalGeocoding/municipalityKey"


def name(partnership: Partnership) -> str:
    """A name as packages and portals want it; it lasts as long as the key of the municipality, or
    else as the names of town and partnership.
    """
    city = partnership.city
    return (
        f"mobilitaetspartnerschaft-{city.municipality or german.slug(f'{city.town} {city.name}')}"
    )


def urn(partnership: Partnership) -> str:
    """The same as a globally unique identifier (RFC 9562, version 5)."""
    return uuid5(NAMESPACE_URL, name(partnership)).urn


def municipality(partnership: Partnership) -> str | None:
    """The address under which DCAT-AP.de names the municipality, where its key is known."""
    key = partnership.city.municipality
    return f"{_GEOCODING}/{key}" if key else None
