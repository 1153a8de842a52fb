"""The program that is published beside the data (`overrides/programs/nachrechnen.py`), for tests.

It shares no code with the library, so what tests work out with it, nobody has worked out before.
"""

from pathlib import Path

from partnership.site.exports import recount

_program = recount.program()
Data, Row = _program.Data, _program.Row
Effect, Range, Rule = _program.Effect, _program.Range, _program.Rule


def __getattr__(name: str) -> object:
    return getattr(_program, name)


def files(folder: Path) -> dict[str, bytes]:
    """The tables of a folder."""
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


def data(folder: Path) -> "Data":  # type: ignore[valid-type]
    """The tables of a folder, as the program sees them."""
    return Data(files(folder))


def differences(folder: Path) -> list[str]:
    """Where what is published and what was computed differ, in words."""
    wrong: list[str] = _program.recount(files(folder))[1]
    return wrong
