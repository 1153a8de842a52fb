"""Takes filled questionnaires into the members' files, one after the other.

Files are written only when the whole partnership is sound with them, and in one step: where files
are public, a company has a second one in the confidential folder, and both are written or neither.
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
from partnership.questionnaire.apart import FIGURES, MEASURES, Apart, group, groups, remaining
from partnership.questionnaire.matching import Match, match_member
from partnership.questionnaire.merge import Closed, Merged, merge, new_member
from partnership.questionnaire.reader import read_workbook
from partnership.questionnaire.trial import Trial
from partnership.source import Trail, Value

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
    is new, the day of answers that name none, that what was for totals only may be published.
    """

    member: str = ""
    as_new: bool = False
    as_of: date | None = None
    may_open: bool = False


def take_in(
    partnership: Partnership,
    files: Sequence[Path],
    today: date,
    wishes: Wishes,
    vault: Path | None = None,
) -> Iterator[Outcome]:
    """Take in each of `files`; one that is refused leaves its member's files as they were.

    `vault` is the confidential folder, with which the partnership has been read.
    """
    with Trial(partnership.root, partnership.base, today, vault) as trial:
        for file in files:
            intake = _Intake(partnership, today, wishes, trial, vault)
            try:
                yield intake.take(file)
            except ProblemsFound as found:
                yield Outcome(file.name, "abgelehnt", problems=found.problems)
            partnership = intake.partnership


class _Intake:
    """One answer on its way into the partnership."""

    def __init__(
        self,
        partnership: Partnership,
        today: date,
        wishes: Wishes,
        trial: Trial,
        vault: Path | None,
    ) -> None:
        self.partnership = partnership
        self.today = today
        self.wishes = wishes
        self.trial = trial
        self.vault = vault
        kept = partnership.city.confidentiality
        self.is_public = kept is not None and kept.is_public

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
            merged = new_member(answer, day, in_two=self.is_public)
            slug = german.slug(answer.name)
            path = f"members/{slug}.md"
            if (self.partnership.root / path).exists():
                raise _refusal(answer.source, f"{path} gibt es schon.", "Bitte von Hand klären.")
            text = canonical.page(merged.values, answer.profile)
            outcome = self._settled(answer, merged, slug, {}, text, "neu")
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
        entry = self.partnership.entries.get(member.slug)
        apart = canonical.plain(entry) if entry else {}
        merged = merge(
            before,
            answer,
            self.partnership,
            day,
            keep_name=by_former,
            as_new=self.wishes.as_new,
            may_open=self.wishes.may_open,
            apart=apart if self.is_public else None,
            closed=self._closed(member),
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
        leaving = merged.apart.leaving_public if merged.apart else []
        text = _edited(member.path, text, before, merged.values, leaving)
        if self.is_public and self.vault is None:
            self._beware(answer, before, merged)
        state: State = "geaendert" if merged.changes else "unveraendert"
        return self._settled(answer, merged, member.slug, apart, text, state)

    def _beware(self, answer: Answer, before: Mapping[str, Value], merged: Merged) -> None:
        """Only the confidential folder tells whether an amount is part of a published sum."""
        closing = self.partnership.closing
        sums = {(each.year, each.figure) for each in (closing.sums if closing else ())}
        if sums & (_amounts(merged.values) - _amounts(before)):
            raise _refusal(
                answer.source,
                "Die Antwort nennt Zahlen für ein Jahr, zu dem schon Summen vertraulicher Angaben"
                " veröffentlicht sind.",
                "Bitte den Import mit „--vertraulich ORDNER“ wiederholen: Nur der vertrauliche"
                " Ordner sagt, ob die Angaben dieses Unternehmens darin stecken.",
            )

    def _closed(self, member: Member) -> Closed:
        """The published sums in which an amount of the member stands."""
        register = self.partnership.register
        names = {member.slug, *member.former}
        return {
            (each.year, each.figure)
            for each in (register.groups if register else ())
            if names & each.amounts.keys()
        }

    def _settled(
        self,
        answer: Answer,
        merged: Merged,
        slug: str,
        before_apart: Mapping[str, Value],
        text: str,
        state: State,
    ) -> Outcome:
        """Write the files, if the partnership is sound with them and they say what they should."""
        path = f"members/{slug}.md"
        if state != "unveraendert":
            target = self.partnership.root / path
            files: dict[Path, bytes | None] = {target: text.encode("utf-8")}
            if merged.apart is not None and merged.apart.values != before_apart:
                files |= self._file_apart(answer, merged.apart, slug, before_apart)
                path = f"{path}, vertraulich mitglieder/{slug}.yml"
            self._try(answer, merged, slug, files)
            _write(files)
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

    def _file_apart(
        self, answer: Answer, apart: Apart, slug: str, before: Mapping[str, Value]
    ) -> dict[Path, bytes | None]:
        """The company's file in the confidential folder; none where nothing is left for it."""
        if self.vault is None:
            raise _refusal(
                answer.source,
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
            text = _edited(path, old, before, apart.values, apart.leaving)
        else:
            text = "\n".join(canonical.block(apart.values)) + "\n"
        return {target: text.encode("utf-8")}

    def _try(
        self, answer: Answer, merged: Merged, slug: str, files: Mapping[Path, bytes | None]
    ) -> None:
        old = {path: path.read_bytes() if path.is_file() else None for path in files}
        loaded = self.trial.with_files(files)
        if loaded.partnership and _says(loaded.partnership, slug, merged):
            # The next answer meets the partnership with this one in it, in the city's own folder.
            self.partnership = replace(
                loaded.partnership, root=self.partnership.root, base=self.partnership.base
            )
            return
        self.trial.with_files(old)
        if loaded.partnership:
            raise _cannot_edit(f"members/{slug}.md")
        about = f"Mit der Antwort aus {answer.source} ergäbe sich:"
        raise ProblemsFound(
            [replace(problem, message=f"{about} {problem.message}") for problem in loaded.problems]
        )


def _amounts(values: Mapping[str, Value]) -> set[tuple[int, str]]:
    """Year and sum of every dated amount in a member's file."""
    figures = group(values.get(FIGURES))
    found = {(int(year), f"kennzahl-{key}") for year in figures for key in group(figures[year])}
    for measure in groups(values.get(MEASURES)):
        found |= {(int(year), f"umfang-{measure['typ']}") for year in group(measure.get("umfang"))}
    return found


def _edited(
    path: str,
    text: str,
    before: Mapping[str, Value],
    after: Mapping[str, Value],
    leaving: list[Trail],
) -> str:
    try:
        return edit.updated(edit.without(text, leaving), remaining(before, leaving), after)
    except edit.CannotEdit:
        raise _cannot_edit(path) from None


def _says(partnership: Partnership, slug: str, merged: Merged) -> bool:
    """Whether the files say what was merged."""
    member = next(each for each in partnership.members if each.slug == slug)
    entry = partnership.entries.get(slug)
    apart = merged.apart is None or (canonical.plain(entry) if entry else {}) == merged.apart.values
    return apart and canonical.plain(member) == merged.values


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


def _refusal(source: str, message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound([Problem(source, Place(1, 1), "import", message, remedy)])


def _cannot_edit(path: str) -> ProblemsFound:
    return _refusal(
        path,
        "Diese Datei ist so geschrieben, dass sie sich nicht sicher ändern lässt.",
        "Bitte die Antwort von Hand übernehmen.",
    )
