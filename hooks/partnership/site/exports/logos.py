"""The companies' logos, each once, made harmless and small on the way."""

from collections.abc import Iterator

from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.reading.pictures import harmless, smaller
from partnership.site.exports.file import Export


def exports(partnership: Partnership) -> Iterator[Export]:
    """Each logo that a member names; the rules have checked that it is a picture."""
    names = {member.logo for member in partnership.members if member.logo}
    for name in sorted(names):
        content = (partnership.root / "members" / "logos" / name).read_bytes()
        is_svg = name.lower().endswith(".svg")
        yield Export(addresses.logo(name), harmless(content) if is_svg else smaller(content))
