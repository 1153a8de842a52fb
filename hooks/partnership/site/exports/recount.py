"""The program that computes every published figure once more, and what comes out for this build.

It is published beside the data and asked here, too. It knows nothing of the library: what both say
is right unless both are wrong in the same way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

from partnership.model import addresses
from partnership.site import engine
from partnership.site.exports.file import Export

_FILE = engine.OVERRIDES / "programs/nachrechnen.py"


@dataclass(frozen=True, slots=True)
class Recount:
    """How many published numbers were computed once more, and what came out otherwise, a German
    line each.
    """

    total: int
    wrong: tuple[str, ...]


def export() -> Export:
    """The program, as it is."""
    return Export(addresses.RECOUNT, _FILE.read_bytes())


@lru_cache(maxsize=1)
def program() -> ModuleType:
    """The program, to be asked from here."""
    spec = spec_from_file_location("nachrechnen", _FILE)
    assert spec is not None  # noqa: S101 - the file comes with the package
    assert spec.loader is not None  # noqa: S101 - and its ending is that of Python
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def recount(files: Mapping[str, bytes]) -> Recount:
    """What the program says of the CSV files of the open data, by their names."""
    total, wrong = program().recount(files)
    return Recount(total, tuple(wrong))
