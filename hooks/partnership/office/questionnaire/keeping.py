"""Keeps what was merged: a member's file, and where files are public its confidential one.

Both are written only when the whole partnership is sound with them and they say what they should,
in one step: both or neither.
"""

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from partnership.checking.load import Loaded
from partnership.checking.load.files import CITY
from partnership.model.city import Unlisted
from partnership.model.partnership import Partnership
from partnership.model.problems import Place, Problem, ProblemsFound
from partnership.office.questionnaire import edit
from partnership.office.questionnaire.answer import Answer
from partnership.office.questionnaire.apart import Apart, remaining
from partnership.office.questionnaire.merged import Merged
from partnership.office.questionnaire.retelling import all_retold
from partnership.office.questionnaire.trial import Trial
from partnership.reading import canonical
from partnership.reading.source import Trail, Value, parse_page, read_yaml


class Keeper:
    """The city's files, and the partnership as they tell it; it changes with each answer kept.

    `vault` is the confidential folder, `trial` a copy of the city to try changes on.
    """

    def __init__(self, partnership: Partnership, trial: Trial, vault: Path | None) -> None:
        self.partnership = partnership
        self._trial = trial
        self.vault = vault

    def keep(
        self,
        answer: Answer,
        merged: Merged,
        slug: str,
        before_apart: Mapping[str, Value],
        text: str,
    ) -> str:
        """Write the member's file `text` and what is apart; tells where. Raises `ProblemsFound`.

        `before_apart` is what the confidential file says so far.
        """
        path = f"members/{slug}.md"
        target = self.partnership.root / path
        files: dict[Path, bytes | None] = {target: text.encode("utf-8")}
        if merged.apart is not None and merged.apart.values != before_apart:
            files |= self._file_apart(answer.source, merged.apart, slug, before_apart)
            path = f"{path}, vertraulich mitglieder/{slug}.yml"
        loaded = self._try(files, target, lambda tried: _says(tried, slug, merged))
        if loaded.problems:
            made = parse_page(text, target.relative_to(self.partnership.root).as_posix())
            raise ProblemsFound(all_retold(loaded.problems, made, answer))
        _write(files)
        return path

    def count(self, day: date) -> Unlisted:
        """One more member of whom nothing but the number is kept, as of `day` at least."""
        told = self.partnership.city.unlisted
        count = (told.count if told else 0) + 1
        as_of = max(day, told.as_of) if told else day
        target = self.partnership.root / CITY
        before = read_yaml(target, CITY).data
        said: dict[str, Value] = {
            "stand": canonical.Bare(as_of.isoformat()),
            "anzahl": canonical.Bare(str(count)),
        }
        text = edited(
            CITY,
            target.read_bytes().decode("utf-8"),
            before,
            {**before, "ohne_eintrag": said},
            [],
        )
        files: dict[Path, bytes | None] = {target: text.encode("utf-8")}
        loaded = self._try(files, target, lambda tried: _counts(tried, count))
        if loaded.problems:
            raise ProblemsFound(loaded.problems)
        _write(files)
        return Unlisted.model_validate(said)

    def _file_apart(
        self, source: str, apart: Apart, slug: str, before: Mapping[str, Value]
    ) -> dict[Path, bytes | None]:
        """The company's file in the confidential folder; none where nothing is left for it."""
        if self.vault is None:
            raise refusal(
                source,
                "Die Antwort enthält Angaben, die nur in Summen erscheinen sollen, und die Dateien"
                " hier sind öffentlich (ablage_oeffentlich: ja).",
                "Bitte den Import mit „--vertraulich ORDNER“ wiederholen; dann kommen diese Angaben"
                f" in den vertraulichen Ordner, in die Datei mitglieder/{slug}.yml.",
            )
        path = f"mitglieder/{slug}.yml"
        target = self.vault / path
        if not apart.values:
            return {target: None}
        if before and remaining(before, apart.leaving):
            old = target.read_bytes().decode("utf-8")
            text = edited(path, old, before, apart.values, apart.leaving)
        else:
            text = "\n".join(canonical.block(apart.values)) + "\n"
        return {target: text.encode("utf-8")}

    def _try(
        self,
        files: Mapping[Path, bytes | None],
        edited_file: Path,
        says: Callable[[Partnership], bool],
    ) -> Loaded:
        """The city with these files; it is the one the next answer meets, if it is sound.

        Raises `ProblemsFound` where it is, but does not say what it should.
        """
        old = {path: path.read_bytes() if path.is_file() else None for path in files}
        loaded = self._trial.with_files(files)
        if loaded.partnership and says(loaded.partnership):
            ours = self.partnership
            self.partnership = replace(loaded.partnership, root=ours.root, base=ours.base)
            return loaded
        self._trial.with_files(old)
        if loaded.partnership:
            raise _cannot_edit(edited_file.relative_to(self.partnership.root).as_posix())
        return loaded


def edited(
    path: str,
    text: str,
    before: Mapping[str, Value],
    after: Mapping[str, Value],
    leaving: list[Trail],
) -> str:
    """The file `text` of `path`, which says `before`, made to say `after`, what leaves left out."""
    try:
        return edit.updated(edit.without(text, leaving), remaining(before, leaving), after)
    except edit.CannotEdit:
        raise _cannot_edit(path) from None


def _says(partnership: Partnership, slug: str, merged: Merged) -> bool:
    """Whether the files say what was merged."""
    member = next(each for each in partnership.everybody if each.slug == slug)
    entry = partnership.entries.get(slug)
    apart = merged.apart is None or (canonical.plain(entry) if entry else {}) == merged.apart.values
    return apart and canonical.plain(member) == merged.values


def _counts(partnership: Partnership, count: int) -> bool:
    unlisted = partnership.city.unlisted
    return unlisted is not None and unlisted.count == count


def _write(files: Mapping[Path, bytes | None]) -> None:
    """Put the contents in place of the files, or none of them; none is seen half written."""
    old = {path: path.read_bytes() if path.is_file() else None for path in files}
    staged = {path: _staged(path, new) for path, new in files.items() if new is not None}
    try:
        for path in files:
            _replace(path, staged.get(path))
    except OSError:
        for path, content in old.items():
            _replace(path, _staged(path, content) if content is not None else None)
        raise
    finally:
        for file in staged.values():
            file.unlink(missing_ok=True)


def _staged(target: Path, content: bytes) -> Path:
    """A file beside `target` that is ready to take its place."""
    target.parent.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}.", suffix=".neu")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    staged = Path(name)
    staged.chmod(target.stat().st_mode if target.exists() else 0o644)
    return staged


def _replace(target: Path, staged: Path | None) -> None:
    if staged is None:
        target.unlink(missing_ok=True)
    else:
        staged.replace(target)


def refusal(source: str, message: str, remedy: str) -> ProblemsFound:
    """What is raised for an answer as a whole."""
    return ProblemsFound([Problem(source, Place(1, 1), "import", message, remedy)])


def _cannot_edit(path: str) -> ProblemsFound:
    return refusal(
        path,
        "Diese Datei ist so geschrieben, dass sie sich nicht sicher ändern lässt.",
        "Bitte die Antwort von Hand übernehmen.",
    )
