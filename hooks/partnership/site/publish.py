"""Put a finished site in place of the last one, or leave the last one as it was."""

import shutil
from pathlib import Path

_STAGED = ".neu"
_REPLACED = ".alt"


def staging(site: Path) -> Path:
    """The folder beside `site` in which the next one is built.

    A site that an interrupted run had just put aside is first put back.
    """
    replaced = _put_aside(site)
    if replaced.is_dir() and not site.exists():
        replaced.rename(site)
    return site.with_name(f".{site.name}{_STAGED}")


def publish(staged: Path) -> Path:
    """Move what `staging` named into the place of the site; returns that place.

    Both are folders of one file system, so each step is a rename: there is no half-copied site.
    """
    site = staged.with_name(staged.name.removeprefix(".").removesuffix(_STAGED))
    replaced = _put_aside(site)
    shutil.rmtree(replaced, ignore_errors=True)
    if site.exists():
        site.rename(replaced)
    try:
        staged.rename(site)
    except OSError:
        if replaced.is_dir():
            replaced.rename(site)
        raise
    shutil.rmtree(replaced, ignore_errors=True)
    return site


def _put_aside(site: Path) -> Path:
    return site.with_name(f".{site.name}{_REPLACED}")
