"""A copy of a city's folder, to see what a change would bring before it is made."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import TracebackType

from partnership.load import Loaded, inspect

_READ = ("data", "members", "content")
_READ_APART = ("*.yml", "mitglieder/*.yml")


class Trial:
    """Use as a context: the copy lives as long. The city's own files are never written to.

    `vault`, the confidential folder if there is one, is copied as well.
    """

    def __init__(self, root: Path, base: Path | None, today: date, vault: Path | None) -> None:
        self._of_city, self._of_vault = root, vault
        self._base = base
        self._today = today
        self._folder = tempfile.TemporaryDirectory(prefix="partnerschaft-")
        self.root = Path(self._folder.name) / "stadt"
        self.vault = Path(self._folder.name) / "vertraulich" if vault else None
        for name in _READ:
            if (root / name).is_dir():
                shutil.copytree(root / name, self.root / name, copy_function=_taken_over)
        if vault is not None and self.vault is not None:
            self.vault.mkdir()
            for pattern in _READ_APART:
                for file in vault.glob(pattern):
                    copy = self.vault / file.relative_to(vault)
                    copy.parent.mkdir(exist_ok=True)
                    shutil.copy2(file, copy)

    def __enter__(self) -> "Trial":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._folder.cleanup()

    def with_files(self, files: Mapping[Path, bytes | None]) -> Loaded:
        """The city with these contents in files, named as in the original; None: no such file."""
        for path, content in files.items():
            file = self._copy_of(path)
            file.unlink(missing_ok=True)
            if content is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        return inspect(self.root, self._today, self._base, self.vault)

    def _copy_of(self, path: Path) -> Path:
        if self.vault and self._of_vault and path.is_relative_to(self._of_vault):
            return self.vault / path.relative_to(self._of_vault)
        return self.root / path.relative_to(self._of_city)


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
