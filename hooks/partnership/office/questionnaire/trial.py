"""A copy of a city's folder, to see what a change would bring before it is made."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import TracebackType

from partnership.checking.load import REGISTER, Loaded, inspect

_READ = ("data", "members", "content")
_READ_APART = (REGISTER, "mitglieder/*.yml")


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

    def __enter__(self) -> "Trial":
        try:
            self._copy()
        except BaseException:
            self._folder.cleanup()
            raise
        return self

    def _copy(self) -> None:
        for name in _READ:
            source = self._of_city / name
            if source.is_dir():
                shutil.copytree(source, self.root / name, copy_function=_taken_over)
        if self._of_vault is not None and self.vault is not None:
            self.vault.mkdir()
            for pattern in _READ_APART:
                for file in self._of_vault.glob(pattern):
                    copy = self.vault / file.relative_to(self._of_vault)
                    copy.parent.mkdir(exist_ok=True)
                    shutil.copy2(file, copy)

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
        homes = [(self._of_city, self.root)]
        if self._of_vault and self.vault:
            homes.append((self._of_vault, self.vault))
        # Either of the two may lie in the other: the inner one is meant.
        inside = [(home, copy) for home, copy in homes if path.is_relative_to(home)]
        home, copy = max(inside, key=lambda pair: len(pair[0].parts))
        return copy / path.relative_to(home)


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
