"""A folder that a web server serves: `releases/<name>/`, and `current`, a link to one of them."""

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from partnership.site.publishing import manifest as manifests
from partnership.site.publishing.manifest import Manifest
from partnership.site.publishing.releases import NotPublished


class Folder:
    """The releases in `place`; a release is there whole when its manifest is, which comes last."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._releases = place / "releases"
        self._link = place / "current"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock of the place; releases that never got their manifest are removed."""
        if not self._releases.is_dir():
            self._releases.mkdir(parents=True)
            self._releases.chmod(0o755)
        lock = FileLock(self._place / ".lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise NotPublished("Dort wird gerade veröffentlicht.") from error
        try:
            self._clear()
            yield
        finally:
            lock.release()

    def releases(self) -> Sequence[Manifest]:
        """Every whole release."""
        found = []
        for path in sorted(self._releases.glob("*.json")):
            if manifests.is_release(path.stem) and path.with_suffix("").is_dir():
                try:
                    found.append(manifests.read(path.read_text("utf-8")))
                except (OSError, ValueError):
                    continue  # half a manifest is none; its release is removed by the next run
        return found

    def current(self) -> str | None:
        """Where the link leads."""
        return self._link.readlink().name if self._link.is_symlink() else None

    def send(self, site: Path, manifest: Manifest) -> None:
        """Copy what is new, link what an earlier release has already; the manifest goes last."""
        folder = self._releases / manifest.release
        for path, digest in manifest.everything.items():
            if not self._link_known(folder, path, digest):
                shutil.copyfile(site / path, folder / path)
                (folder / path).chmod(0o644)
        self._finish(manifest)

    def lend(self, manifest: Manifest) -> None:
        """Link what it has not yet from the releases that have it."""
        folder = self._releases / manifest.release
        for path, digest in manifest.kept.items():
            if not (folder / path).exists():
                self._link_known(folder, path, digest)
        self._finish(manifest)

    def _link_known(self, folder: Path, path: str, digest: str) -> bool:
        """Whether an earlier release has the file, which is then linked; its folders are made."""
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        for parent in (folder, *(folder / each for each in Path(path).parents[:-1])):
            parent.chmod(0o755)
        known = self._known(path, digest)
        if known:
            os.link(known, folder / path)
        return known is not None

    def _finish(self, manifest: Manifest) -> None:
        folder = self._releases / manifest.release
        written = folder.with_name(f"{manifest.release}.neu")
        written.write_text(manifest.text(), "utf-8")
        _keep()
        written.replace(folder.with_name(f"{manifest.release}.json"))

    def switch(self, manifest: Manifest) -> None:
        """Replace the link in one step."""
        if self._link.exists() and not self._link.is_symlink():
            raise NotPublished(f"{self._link} ist kein Verweis; bitte weglegen.")
        beside = self._place / ".current.neu"
        beside.unlink(missing_ok=True)
        beside.symlink_to(Path("releases") / manifest.release)
        beside.replace(self._link)

    def differing(self, manifest: Manifest) -> Sequence[str]:
        """Read every public file again."""
        return [
            path
            for path, digest in manifest.everything.items()
            if _digest(self._link / path) != digest
        ]

    def drop(self, unwanted: Sequence[Manifest]) -> None:
        """Remove the manifest first, so that half a release is none."""
        for manifest in unwanted:
            folder = self._releases / manifest.release
            folder.with_name(f"{manifest.release}.json").unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)

    def _known(self, path: str, digest: str) -> Path | None:
        """The file of an earlier release with this content, at the same address."""
        for manifest in self._earlier:
            if manifest.everything.get(path) == digest:
                file = self._releases / manifest.release / path
                return file if _digest(file) == digest else None
        return None

    def _clear(self) -> None:
        self._earlier = tuple(reversed(self.releases()))
        whole = {each.release for each in self._earlier} | {self.current()}
        for path in self._releases.iterdir():
            name = path.name.split(".")[0]
            if name in whole or not manifests.is_release(name):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _keep() -> None:
    """A power cut after the switch must not leave empty files behind the new link."""
    if hasattr(os, "sync"):
        os.sync()


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
