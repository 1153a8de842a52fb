"""The licences of what pages are made of, as files: whoever gets the works gets them, too."""

from collections.abc import Iterator

from partnership.site.components import COMPONENTS
from partnership.site.exports.file import Export


def exports() -> Iterator[Export]:
    """The texts of each component's licence."""
    for component in COMPONENTS:
        yield Export(component.address, component.wording + b"\n")
