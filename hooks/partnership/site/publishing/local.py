"""Put a finished site in place of the last one, or leave the last one as it was.

Each build has a folder of its own beside the site, so builds at the same time do not meet; the
change of places is one step of the file system where it has such a step (`exchange`). What an
interrupted build left is removed by the next one, which knows it by its lock: a process that has
ended holds none.
"""

import atexit
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from partnership.site.publishing.exchange import exchange

_FOLDER, _FILE = 0o755, 0o644
# How long another process may take to change places before something must be wrong; seconds.
_PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Staged:
    """A folder in which a site is built, and the site whose place it is to take."""

    site: Path
    folder: Path
    _lock: FileLock

    def drop(self) -> None:
        """Remove the folder and whatever is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()


def staging(site: Path) -> Staged:
    """An empty folder beside `site` (where that is a link, beside what it leads to; where it is
    the root of a file system of its own, in it) for this process alone.

    A site that an interrupted change of places had put aside is first put back.
    """
    site = site.resolve()
    site.parent.mkdir(parents=True, exist_ok=True)
    with _alone(site):
        _restore(site)
        _clear(site)
        folder = _beside(site) / f"{_prefix(site)}{os.getpid()}-{secrets.token_hex(4)}"
        lock = FileLock(folder.with_name(f"{folder.name}.lock"))
        lock.acquire()
        folder.mkdir()
    staged = Staged(site, folder, lock)
    atexit.register(staged.drop)  # a build that fails leaves nothing
    return staged


def publish(staged: Staged) -> Path:
    """Let a finished folder take the site's place; returns that place.

    Raises OSError where that fails; the last site is still there then.
    """
    site = staged.site
    _open_to_readers(staged.folder)
    with _alone(site):
        if site.is_mount():
            _refill(site, staged.folder)
        elif not site.exists():
            staged.folder.rename(site)
        elif not exchange(staged.folder, site):
            _replace(site, staged.folder)
    staged.drop()
    return site


def _open_to_readers(folder: Path) -> None:
    """Let everybody read, as a web server has to, whatever whoever builds lets others read."""
    folder.chmod(_FOLDER)
    for path in folder.rglob("*"):
        path.chmod(_FOLDER if path.is_dir() else _FILE)


def _replace(site: Path, folder: Path) -> None:
    """Two renames, for systems without an exchange: between them there is no site, and what ends
    here is put back by the next build.
    """
    aside = _aside(site)
    site.rename(aside)
    try:
        folder.rename(site)
    except OSError:
        aside.rename(site)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _refill(site: Path, folder: Path) -> None:
    """File by file, each replaced at once: the root of a file system cannot be renamed. What pages
    need comes before the pages, and what is gone goes last.
    """
    files = [path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()]
    for file in sorted(files, key=lambda file: file.suffix == ".html"):
        (site / file).parent.mkdir(parents=True, exist_ok=True)
        for parent in file.parents[:-1]:
            (site / parent).chmod(_FOLDER)
        (folder / file).replace(site / file)
    kept = {*files, *(parent for file in files for parent in file.parents)}
    for path in sorted(site.rglob("*"), reverse=True):
        inside = path.relative_to(site)
        if inside in kept or inside.parts[0].startswith(_prefix(site)):
            continue
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()


def _restore(site: Path) -> None:
    aside = _aside(site)
    if aside.is_dir() and not site.exists():
        aside.rename(site)
    shutil.rmtree(aside, ignore_errors=True)


def _clear(site: Path) -> None:
    """Remove what builds left that are no more."""
    left = {path.with_suffix("") for path in _beside(site).glob(f"{_prefix(site)}*")}
    for path in left:
        lock = FileLock(path.with_name(f"{path.name}.lock"))
        try:
            lock.acquire(blocking=False)
        except Timeout:
            continue
        shutil.rmtree(path, ignore_errors=True)
        Path(lock.lock_file).unlink(missing_ok=True)
        lock.release()


@contextmanager
def _alone(site: Path) -> Iterator[None]:
    """One process at a time touches the places around `site`."""
    with FileLock(_beside(site) / f".{site.name or 'site'}.lock", timeout=_PATIENCE):
        yield


def _beside(site: Path) -> Path:
    return site if site.is_mount() else site.parent


def _prefix(site: Path) -> str:
    return f".{site.name or 'site'}.neu-"


def _aside(site: Path) -> Path:
    return site.with_name(f".{site.name}.alt")
