"""What a release holds: the list of its files with their hashes, kept beside them."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

# 20261125T221500Z-1a2b3c4d5e6f: names sort by time; nothing in them means anything to a shell.
_MOMENT = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{12}")
# A name with a hash of what is in it never means anything else: `assets/site.1a2b3c4d5e.css`.
_LASTING = re.compile(r"assets/(?:[^/]+/)*[^/]+\.[0-9a-f]{10}\.[a-z0-9]+(?:\.br|\.gz)?")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A release: its name, the SHA-256 of each of its files by address, and of each file that it
    keeps of earlier ones, because pages that readers have open still ask for it.
    """

    release: str
    files: Mapping[str, str]
    kept: Mapping[str, str]

    @property
    def everything(self) -> Mapping[str, str]:
        """Each file that can be asked for."""
        return {**self.kept, **self.files}

    @property
    def digest(self) -> str:
        """What two releases of the same files have in common; 12 hexadecimal digits."""
        return self.release.rsplit("-", 1)[1]

    def text(self) -> str:
        """As it is kept."""
        content = {
            "release": self.release,
            "dateien": len(self.files),
            "sha256": dict(self.files),
            "behalten": dict(self.kept),
        }
        return json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def is_release(name: str) -> bool:
    """Whether `name` is one that we give to releases."""
    if not _NAME.fullmatch(name):
        return False
    try:
        _said(name)
    except ValueError:
        return False
    return True


def is_lasting(path: str) -> bool:
    """Whether what stands at the address `path` can never change."""
    return bool(_LASTING.fullmatch(path))


def describe(site: Path, now: datetime, earlier: Sequence[Manifest]) -> Manifest:
    """The release that the built `site` becomes at `now` (with time zone), after `earlier` ones.

    Raises OSError where a file cannot be read, ValueError where there is no site.
    """
    files = {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }
    if "index.html" not in files:
        raise ValueError(f"In {site} liegt keine gebaute Website. Zuerst: make site")
    kept = {
        path: digest
        for manifest in earlier
        for path, digest in manifest.everything.items()
        if path not in files and is_lasting(path)
    }
    lines = "".join(f"{digest}  {path}\n" for path, digest in files.items())
    digest = hashlib.sha256(lines.encode()).hexdigest()[:12]
    return Manifest(f"{_moment(now, earlier):{_MOMENT}}-{digest}", files, kept)


def _moment(now: datetime, earlier: Sequence[Manifest]) -> datetime:
    """`now`, but later than every release there, whatever the clock and however quick one follows
    the other: names tell which one came before.
    """
    newest = max((each.release for each in earlier), default="")
    moment = now.astimezone(UTC)
    if not newest:
        return moment
    return max(moment, _said(newest) + timedelta(seconds=1))


def _said(name: str) -> datetime:
    """The moment in a release's name."""
    return datetime.strptime(name.partition("-")[0], _MOMENT).replace(tzinfo=UTC)


def lending(manifest: Manifest, before: Manifest) -> Manifest:
    """The release with what pages of `before`, which readers still have open, ask for."""
    lent = {
        path: digest
        for path, digest in before.everything.items()
        if path not in manifest.everything and is_lasting(path)
    }
    return replace(manifest, kept={**manifest.kept, **lent})


def read(text: str) -> Manifest:
    """The manifest that was kept as `text`; raises ValueError where it is none."""
    try:
        content = json.loads(text)
        release, files, kept = content["release"], content["sha256"], content["behalten"]
    except (KeyError, TypeError) as error:
        raise ValueError("Das ist kein Verzeichnis einer Veröffentlichung.") from error
    if not is_release(release) or not all(_is_inside(path) for path in (*files, *kept)):
        raise ValueError("Das ist kein Verzeichnis einer Veröffentlichung.")
    return Manifest(release, files, kept)


def _is_inside(path: str) -> bool:
    return not path.startswith("/") and ".." not in path.split("/")
