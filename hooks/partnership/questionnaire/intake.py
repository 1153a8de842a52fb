"""Takes filled questionnaires into the members' files, one after the other.

A file is written only when the whole partnership is sound with it, and in one step.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from partnership import canonical, german
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.problems import Place, Problem, ProblemsFound
from partnership.questionnaire import edit
from partnership.questionnaire.answer import Answer, Filled, read_answer, understand
from partnership.questionnaire.matching import Match, match_member
from partnership.questionnaire.merge import Merged, merge, new_member
from partnership.questionnaire.reader import read_workbook
from partnership.questionnaire.trial import Trial
from partnership.source import Value

State = Literal["neu", "geaendert", "unveraendert", "abgelehnt"]

_READERS: Mapping[str, Callable[[Path], Filled]] = {
    ".yml": read_answer,
    ".yaml": read_answer,
    ".xlsx": read_workbook,
}


@dataclass(frozen=True)
class Outcome:
    """What became of one questionnaire.

    `changes` were made; `notes` are worth knowing; `decisions` are left to the office; `message`
    and `remarks` are what the company says to the office alone and no file holds.
    """

    source: str
    state: State
    path: str = ""
    changes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    message: str = ""
    remarks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Wishes:
    """What the office says beside the files: whom an answer is about, that what cannot be matched
    is new, the day of answers that name none.
    """

    member: str = ""
    as_new: bool = False
    as_of: date | None = None


def take_in(
    partnership: Partnership, files: Sequence[Path], today: date, wishes: Wishes
) -> Iterator[Outcome]:
    """Take in each of `files`; one that is refused leaves its member's file as it was."""
    with Trial(partnership.root, partnership.base, today) as trial:
        for file in files:
            intake = _Intake(partnership, today, wishes, trial)
            try:
                yield intake.take(file)
            except ProblemsFound as found:
                yield Outcome(file.name, "abgelehnt", problems=found.problems)
            partnership = intake.partnership


class _Intake:
    """One answer on its way into the partnership."""

    def __init__(self, partnership: Partnership, today: date, wishes: Wishes, trial: Trial) -> None:
        self.partnership = partnership
        self.today = today
        self.wishes = wishes
        self.trial = trial

    def take(self, file: Path) -> Outcome:
        read = _READERS.get(file.suffix.lower())
        if read is None:
            raise _refusal(
                file.name,
                f"Dateien mit der Endung „{file.suffix}“ werden nicht gelesen.",
                "Möglich sind .yml (aus dem Formular der Website) und .xlsx (Excel-Formular).",
            )
        answer = self._dated(understand(read(file), self.partnership))
        match = self._match(answer)
        day = self.wishes.as_of or self.today
        if match.member is None:
            merged = new_member(answer, day)
            path = f"members/{german.slug(answer.name)}.md"
            if (self.partnership.root / path).exists():
                raise _refusal(answer.source, f"{path} gibt es schon.", "Bitte von Hand klären.")
            text = canonical.page(merged.values, answer.profile)
            outcome = self._settled(answer, merged, path, text, "neu")
        else:
            outcome = self._update(answer, match.member, match.by_former, day)
        return replace(outcome, message=answer.note, remarks=answer.remarks)

    def _dated(self, answer: Answer) -> Answer:
        """The answer with the day the office names, if it names none itself."""
        if self.wishes.as_of is None or "auskunft" in answer.values:
            return answer
        line: Value = {"stand": canonical.Bare(self.wishes.as_of.isoformat()), "von": "unternehmen"}
        return replace(answer, values={**answer.values, "auskunft": [line]})

    def _match(self, answer: Answer) -> Match:
        members = self.partnership.members
        if self.wishes.member:
            named = [member for member in members if member.slug == self.wishes.member]
            if not named:
                raise _refusal(
                    answer.source,
                    f"Ein Mitglied „{self.wishes.member}“ gibt es nicht.",
                    "Gemeint ist der Dateiname in members/ ohne .md.",
                )
            return Match(named[0])
        former = answer.values.get("frueher", [])
        match = match_member(answer.name, [str(name) for name in former], members)
        if match.candidates and not self.wishes.as_new:
            known = german.listing(
                (f"„{member.name}“ ({member.path})" for member in match.candidates), "oder"
            )
            raise _refusal(
                answer.source,
                f"„{answer.name}“ ist vielleicht schon im Verzeichnis: {known}.",
                "Bitte den Import wiederholen, mit „--mitglied DATEINAME“ für dieses Mitglied oder"
                " mit „--neu“ für ein weiteres Unternehmen.",
            )
        return match

    def _update(self, answer: Answer, member: Member, by_former: bool, day: date) -> Outcome:
        before = canonical.plain(member)
        text = (self.partnership.root / member.path).read_bytes().decode("utf-8")
        merged = merge(
            before,
            answer,
            self.partnership,
            day,
            keep_name=by_former,
            as_new=self.wishes.as_new,
        )
        if member.left is not None:
            merged.decisions.append(
                f"Das Unternehmen ist als ausgetreten eingetragen ({member.left}). Bitte klären."
            )
        if answer.profile and not member.body:
            text = edit.with_body(text, answer.profile)
            merged.changes.append("Profil ergänzt")
        elif answer.profile and answer.profile != member.body:
            merged.notes.append(
                "Das Profil in der Datei bleibt; die Antwort schlägt vor: " + answer.profile
            )
        try:
            text = edit.updated(text, before, merged.values)
        except edit.CannotEdit:
            raise _cannot_edit(member.path) from None
        return self._settled(
            answer, merged, member.path, text, "geaendert" if merged.changes else "unveraendert"
        )

    def _settled(
        self, answer: Answer, merged: Merged, path: str, text: str, state: State
    ) -> Outcome:
        """Write the file, if the partnership is sound with it and it says what it should."""
        target = self.partnership.root / path
        content = text.encode("utf-8")
        if state != "unveraendert":
            old = target.read_bytes() if state == "geaendert" else None
            self._try(answer, merged, path, content, old)
            target.parent.mkdir(exist_ok=True)
            _write(target, content)
        decisions = [
            *merged.decisions,
            *(f"Ohne Antwort geblieben: {text}" for text in answer.missing_consent),
        ]
        notes = [*merged.notes, *(f"Ohne Antwort geblieben: {text}" for text in answer.gaps)]
        return Outcome(
            answer.source,
            state,
            path,
            tuple(merged.changes),
            tuple(notes),
            tuple(decisions),
        )

    def _try(
        self, answer: Answer, merged: Merged, path: str, content: bytes, old: bytes | None
    ) -> None:
        loaded = self.trial.with_file(path, content)
        written = loaded.partnership and next(
            member for member in loaded.partnership.members if member.path == path
        )
        if loaded.partnership and written and canonical.plain(written) == merged.values:
            # The next answer meets the partnership with this one in it, in the city's own folder.
            self.partnership = replace(
                loaded.partnership, root=self.partnership.root, base=self.partnership.base
            )
            return
        self.trial.with_file(path, old)
        if loaded.partnership:
            raise _cannot_edit(path)
        about = f"Mit der Antwort aus {answer.source} ergäbe sich:"
        raise ProblemsFound(
            [replace(problem, message=f"{about} {problem.message}") for problem in loaded.problems]
        )


def _write(target: Path, content: bytes) -> None:
    """Put `content` in place of the file in one step; it is never seen half written."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}.", suffix=".neu")
    staged = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        staged.chmod(target.stat().st_mode if target.exists() else 0o644)
        staged.replace(target)
    finally:
        staged.unlink(missing_ok=True)


def _refusal(source: str, message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound([Problem(source, Place(1, 1), "import", message, remedy)])


def _cannot_edit(path: str) -> ProblemsFound:
    return _refusal(
        path,
        "Diese Datei ist so geschrieben, dass sie sich nicht sicher ändern lässt.",
        "Bitte die Antwort von Hand übernehmen.",
    )
