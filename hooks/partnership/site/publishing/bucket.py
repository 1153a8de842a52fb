"""A bucket of S3-compatible storage that is served as it is.

It knows no links, so there is no one step from a release to the next. Contents lie under their
hash in `.releases/`, and a switch copies, within the storage, what differs to its address: what
pages need first, pages after it, what is gone last. Every page is thus the old or the new one with
all it needs, and a switch that was interrupted is finished by the next run.
"""

import hashlib
import mimetypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from partnership.site.publishing import manifest as manifests
from partnership.site.publishing.holder import Holder
from partnership.site.publishing.manifest import Manifest
from partnership.site.publishing.releases import NotPublished

if TYPE_CHECKING:
    from obstore.store import RetryConfig

_OWN = ".releases/"
_CONTENTS = f"{_OWN}inhalt/"
_LOCK, _CURRENT, _SWITCHING = f"{_OWN}lock", f"{_OWN}current", f"{_OWN}switching"
_AT_ONCE = 8
# A storage that does not answer is told soon, one that stumbles is asked again.
_RETRY: "RetryConfig" = {"max_retries": 4, "retry_timeout": timedelta(seconds=40)}
# What the system's list of types does not know everywhere.
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".woff2": "font/woff2",
    ".webp": "image/webp",
}


class Bucket:
    """The releases in `store`, a bucket or a part of one, called `name`, at `now`."""

    def __init__(self, store: S3Store, name: str, now: datetime) -> None:
        self._store = store
        self._name = name
        self._now = now

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock object; a switch that was interrupted is finished."""
        with self._told():
            self._take_lock()
            try:
                self._finish_switch()
                yield
            finally:
                self._delete([_LOCK])

    def releases(self) -> Sequence[Manifest]:
        """Every whole release."""
        found = []
        for key in self._keys(_OWN):
            if key.endswith(".json") and manifests.is_release(PurePosixPath(key).stem):
                try:
                    found.append(manifests.read((self._get(key) or b"").decode("utf-8")))
                except ValueError:
                    continue
        return sorted(found, key=lambda each: each.release)

    def current(self) -> str | None:
        """What was last switched to."""
        return (self._get(_CURRENT) or b"").decode("utf-8") or None

    def send(self, site: Path, manifest: Manifest) -> None:
        """Bring each content that is not there yet; the manifest goes last."""
        there = set(self._keys(_CONTENTS))
        new = {_content(path, manifest): path for path in manifest.files}
        self._each(
            lambda key: self._put(key, (site / new[key]).read_bytes(), new[key]),
            sorted(new.keys() - there),
        )
        self._put(f"{_OWN}{manifest.release}.json", manifest.text().encode())

    def lend(self, manifest: Manifest) -> None:
        """Name what it keeps; contents are there once for all releases."""
        self._put(f"{_OWN}{manifest.release}.json", manifest.text().encode())

    def switch(self, manifest: Manifest) -> None:
        """Copy to its address what differs, pages last."""
        self._put(_SWITCHING, manifest.release.encode())
        name = self.current()
        old = next((dict(each.everything) for each in self.releases() if each.release == name), {})
        self._show_all(manifest, old)
        self._delete(sorted(old.keys() - manifest.everything.keys()))
        self._put(_CURRENT, manifest.release.encode())
        self._delete([_SWITCHING])

    def differing(self, manifest: Manifest) -> Sequence[str]:
        """Read every public file again."""
        wrong: list[str] = []

        def look(path: str) -> None:
            if hashlib.sha256(self._get(path) or b"").hexdigest() != manifest.everything[path]:
                wrong.append(path)

        self._each(look, manifest.everything)
        return sorted(wrong)

    def drop(self, unwanted: Sequence[Manifest]) -> None:
        """Remove manifests, then the contents that no other one names."""
        if not unwanted:
            return
        self._delete([f"{_OWN}{each.release}.json" for each in unwanted])
        needed = {_content(path, each) for each in self.releases() for path in each.everything}
        self._delete([key for key in self._keys(_CONTENTS) if key not in needed])

    def _show_all(self, manifest: Manifest, old: dict[str, str]) -> None:
        changed = [path for path, digest in manifest.everything.items() if old.get(path) != digest]
        for pages in (False, True):
            self._each(
                lambda path: obstore.copy(self._store, _content(path, manifest), path),
                [path for path in changed if path.endswith(".html") == pages],
            )

    def _finish_switch(self) -> None:
        name = (self._get(_SWITCHING) or b"").decode("utf-8")
        manifest = next((each for each in self.releases() if each.release == name), None)
        if manifest:
            # Everything anew: which address the interrupted run had reached is not known.
            self._show_all(manifest, {})
            public = {key for key in self._keys("") if not key.startswith(_OWN)}
            self._delete(sorted(public - manifest.everything.keys()))
            self._put(_CURRENT, name.encode())
        self._delete([_SWITCHING])

    def _take_lock(self) -> None:
        for _ in range(2):
            try:
                obstore.put(self._store, _LOCK, Holder.here(self._now).text(), mode="create")
            except AlreadyExistsError:
                holder = Holder.read(self._get(_LOCK))
                if holder and holder.is_at_work(self._now):
                    break
                self._delete([_LOCK])
            else:
                return
        raise NotPublished("Dort wird gerade veröffentlicht; ein Abbruch gilt 15 Minuten lang.")

    def _get(self, key: str) -> bytes | None:
        try:
            return bytes(obstore.get(self._store, key).bytes())
        except FileNotFoundError:
            return None

    def _put(self, key: str, content: bytes, address: str = "") -> None:
        obstore.put(self._store, key, content, attributes=_attributes(address or key))

    def _keys(self, below: str) -> list[str]:
        found = obstore.list(self._store, prefix=below or None)
        return [each["path"] for batch in found for each in batch]

    def _delete(self, keys: Sequence[str]) -> None:
        self._each(lambda key: obstore.delete(self._store, key), keys)

    def _each(self, act: Callable[[str], object], keys: Iterable[str]) -> None:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(act, keys))

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (BaseError, OSError) as error:
            first = str(error).splitlines()[0]
            raise NotPublished(f"{self._name}: {first}") from error


def connect(bucket: str, prefix: str, now: datetime) -> Bucket:
    """The bucket with keys, region and address from the environment (`AWS_ACCESS_KEY_ID`,
    `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL`), as S3's own tools read them.
    """
    where = prefix.strip("/") or None
    try:
        store = S3Store(bucket, prefix=where, retry_config=_RETRY)
    except (BaseError, ValueError) as error:
        raise NotPublished(f"{bucket}: {str(error).splitlines()[0]}") from error
    return Bucket(store, bucket, now)


def _content(path: str, manifest: Manifest) -> str:
    """Where the content of the public `path` lies. A copy keeps what is said of a content, so
    contents with another type or another life are kept apart.
    """
    lasting = "-bleibt" if manifests.is_lasting(path) else ""
    return f"{_CONTENTS}{manifest.everything[path]}{lasting}{PurePosixPath(path).suffix}"


def _attributes(path: str) -> dict[str, str]:
    suffix = PurePosixPath(path).suffix
    found = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    lasting = manifests.is_lasting(path)
    return {
        "Content-Type": found,
        "Cache-Control": "public, max-age=31536000, immutable" if lasting else "no-cache",
    }
