"""The files that the engine brings along: templates and assets, prose and catalogues that cities
share, the handbook.
"""

from importlib.resources import files
from pathlib import Path


def _folder() -> Path:
    """Within the installed package; in a checkout the repository, whose files may be edited."""
    package = Path(str(files("partnership")))
    packed = package / "engine"
    return packed if packed.is_dir() else package.parent.parent


FOLDER = _folder()
PROSE = FOLDER / "content"
OVERRIDES = FOLDER / "overrides"
STYLES = OVERRIDES / "assets/css"
FONTS = OVERRIDES / "assets/fonts"


def base_of(root: Path) -> Path | None:
    """Where the city in `root` finds what it shares with others; None for the engine's own city."""
    return FOLDER if root.resolve() != FOLDER.resolve() else None
