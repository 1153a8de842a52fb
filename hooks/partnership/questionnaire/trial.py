"""A copy of a city's folder, to see what a change would bring before it is made."""

import os
import shutil
import tempfile
from datetime import date
from pathlib import Path
from types import TracebackType

from partnership.load import Loaded, inspect

_READ = ("data", "members", "content")


class Trial:
    """Use as a context: the copy lives as long. The city's own files are never written to."""

    def __init__(self, root: Path, base: Path | None, today: date) -> None:
        self._base = base
        self._today = today
        self._folder = tempfile.TemporaryDirectory(prefix="partnerschaft-")
        self.root = Path(self._folder.name)
        for name in _READ:
            if (root / name).is_dir():
                shutil.copytree(root / name, self.root / name, copy_function=_taken_over)

    def __enter__(self) -> "Trial":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._folder.cleanup()

    def with_file(self, path: str, content: bytes | None) -> Loaded:
        """The city with `content` in the file at `path`, or without that file."""
        file = self.root / path
        file.unlink(missing_ok=True)
        if content is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return inspect(self.root, self._today, self._base)


def _taken_over(source: str, target: str) -> object:
    """Pictures and brochures are only looked at, so a second name for them will do."""
    if not source.endswith((".md", ".yml")):
        try:
            os.link(source, target)
        except OSError:
            pass
        else:
            return target
    return shutil.copy2(source, target)
