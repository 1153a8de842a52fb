"""`security.txt` (RFC 9116): whom to tell of a hole in the site."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from partnership.model import addresses
from partnership.model.fillin import known
from partnership.site.build import Build
from partnership.site.exports.file import Export

# Less than a year, as the RFC advises; each night's build moves it on.
_VALID = timedelta(days=180)


def exports(build: Build) -> Iterator[Export]:
    """The file; none while the city names no contact."""
    city = build.partnership.city
    said = city.security
    mail, form = (known(said.mail), known(said.form)) if said else ("", "")
    contacts = [*([f"mailto:{mail}"] if mail else []), *([form] if form else [])]
    if not contacts:
        return
    expires = datetime.combine(build.day + _VALID, time(), UTC)
    lines = [
        *(f"Contact: {contact}" for contact in contacts),
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
    ]
    if city.site_address:
        lines.append(f"Canonical: {city.site_address.rstrip('/')}/{addresses.SECURITY}")
    yield Export(addresses.SECURITY, "".join(f"{line}\n" for line in lines).encode("utf-8"))
