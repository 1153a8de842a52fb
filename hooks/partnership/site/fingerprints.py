"""Names that say what is in a file: `assets/site.1a2b3c4d5e.css`.

Whoever has such a file never needs to ask for it again, and a page that was opened before the last
publishing still gets what it was written for.
"""

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from partnership.site.exports.file import Export

_NAMED = re.compile(r"assets/(?:[^/]+\.css|fonts/[^/]+\.woff2|js/(?:[^/]+/)*[^/]+\.js)")
_IN_FILE = re.compile(r"""(?<=["'(])[\w./-]+\.(?:css|js|woff2)(?=["')])""")
# A colon would be of another host's address.
_IN_PAGE = re.compile(r'(\b(?:href|src)="(?:[^":?#]*/)?)(assets/[^":?#]+)(?=")')


def is_named(path: str) -> bool:
    """Whether the file at `path` gets a name after what is in it."""
    return bool(_NAMED.fullmatch(path))


class Fingerprints:
    """The new names of `files`, contents by path, which may refer to each other."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._done: dict[str, tuple[str, bytes]] = {}

    def of(self, path: str) -> tuple[str, bytes]:
        """The new path of a file, and its content with the new names of what it refers to."""
        if path not in self._done:
            content = self._files[path]
            if not path.endswith(".woff2"):
                text = content.decode("utf-8")
                content = _IN_FILE.sub(lambda found: self._within(path, found[0]), text).encode()
            stem, suffix = posixpath.splitext(path)
            digest = hashlib.sha256(content).hexdigest()[:10]
            self._done[path] = f"{stem}.{digest}{suffix}", content
        return self._done[path]

    def paths(self) -> Iterable[str]:
        """The paths as they were."""
        return self._files.keys()

    def files(self) -> Iterator[Export]:
        """Every file under its new name."""
        return (Export(*self.of(path)) for path in self._files)

    def in_page(self, html: str) -> str:
        """A page with the new names of what it asks for."""
        return _IN_PAGE.sub(
            lambda found: (
                found[1] + (self.of(found[2])[0] if found[2] in self._files else found[2])
            ),
            html,
        )

    def in_export(self, export: Export) -> bytes:
        """The content of a file beside the pages, which may be a page itself."""
        if not export.path.endswith(".html"):
            return export.content
        return self.in_page(export.content.decode("utf-8")).encode()

    def _within(self, path: str, reference: str) -> str:
        folder = posixpath.dirname(path)
        target = posixpath.normpath(posixpath.join(folder, reference))
        if target not in self._files or target == path:
            return reference
        renamed = posixpath.basename(self.of(target)[0])
        return f"{reference[: reference.rindex('/') + 1]}{renamed}" if "/" in reference else renamed
