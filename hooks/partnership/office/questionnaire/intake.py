"""Takes filled questionnaires into the members' files, one after the other; refuses older ones."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from partnership.checking.load.files import CITY
from partnership.language import german
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.problems import Problem, ProblemsFound
from partnership.office.questionnaire import edit
from partnership.office.questionnaire.answer import (
    Answer,
    Filled,
    read_answer,
    suffices,
    understand,
)
from partnership.office.questionnaire.apart import amounts
from partnership.office.questionnaire.keeping import Keeper, edited, refusal
from partnership.office.questionnaire.matching import Match, match_member
from partnership.office.questionnaire.merge import merge, new_member
from partnership.office.questionnaire.merged import Closed, Merged, answer_day
from partnership.office.questionnaire.reader import read_workbook
from partnership.office.questionnaire.trial import Trial
from partnership.reading import canonical
from partnership.reading.source import Value

State = Literal["neu", "geaendert", "unveraendert", "gezaehlt", "abgelehnt"]

_READERS: Mapping[str, Callable[[Path], Filled]] = {
    ".yml": read_answer,
    ".yaml": read_answer,
    ".json": read_answer,  # JSON is YAML, too
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
    is new, the day of answers that name none, that what was for totals only may be published, that
    an answer counts though a newer one is known.
    """

    member: str = ""
    as_new: bool = False
    as_of: date | None = None
    may_open: bool = False
    is_older: bool = False


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
        intake = _Intake(Keeper(partnership, trial, vault), today, wishes)
        for file in files:
            try:
                yield intake.take(file)
            except ProblemsFound as found:
                yield Outcome(file.name, "abgelehnt", problems=found.problems)


class _Intake:
    """Answers on their way into the partnership."""

    def __init__(self, keeper: Keeper, today: date, wishes: Wishes) -> None:
        self.keeper = keeper
        self.today = today
        self.wishes = wishes

    @property
    def partnership(self) -> Partnership:
        """The partnership with all answers that have been kept so far."""
        return self.keeper.partnership

    @property
    def is_public(self) -> bool:
        """Whether everybody can read the members' files."""
        kept = self.partnership.city.confidentiality
        return kept is not None and kept.is_public

    def take(self, file: Path) -> Outcome:
        read = _READERS.get(file.suffix.lower())
        if read is None:
            raise refusal(
                file.name,
                f"Dateien mit der Endung „{file.suffix}“ werden nicht gelesen.",
                "Möglich sind .yml (aus dem Formular der Website), .json und .xlsx (Excel).",
            )
        answer = self._dated(understand(read(file), self.partnership))
        match = self._match(answer)
        day = self.wishes.as_of or self.today
        if answer.wants_no_entry and self.is_public:
            return self._counted(answer, match.member, day)
        if match.member is None:
            suffices(answer)
            merged = new_member(answer, day, in_two=self.is_public)
            slug = german.slug(answer.name)
            path = f"members/{slug}.md"
            if (self.partnership.root / path).exists():
                raise refusal(answer.source, f"{path} gibt es schon.", "Bitte von Hand klären.")
            text = canonical.page(merged.values, answer.profile)
            path = self.keeper.keep(answer, merged, slug, {}, text)
            outcome = _outcome(answer, merged, path, "neu")
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
        members = self.partnership.everybody
        if self.wishes.member:
            named = [member for member in members if member.slug == self.wishes.member]
            if not named:
                raise refusal(
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
            raise refusal(
                answer.source,
                f"„{answer.name}“ ist vielleicht schon im Verzeichnis: {known}.",
                "Bitte den Import wiederholen, mit „--mitglied DATEINAME“ für dieses Mitglied oder"
                " mit „--neu“ für ein weiteres Unternehmen.",
            )
        return match

    def _counted(self, answer: Answer, member: Member | None, day: date) -> Outcome:
        """Of who is not to be shown, public files keep nothing but that there is one more."""
        if member is not None:
            raise refusal(
                answer.source,
                f"„{member.name}“ möchte nicht mehr gezeigt werden und steht in {member.path}.",
                "Bitte diese Datei löschen, in data/partnerschaft.yml unter „ohne_eintrag“ eins"
                " mehr zählen und das Unternehmen wissen lassen, dass frühere Fassungen der"
                " öffentlichen Dateien (git) lesbar bleiben.",
            )
        as_of = date.fromisoformat(answer_day(answer, day))
        if as_of > self.today:
            raise refusal(
                answer.source,
                f"Der Tag der Antwort ({german.day(as_of)}) liegt in der Zukunft.",
                "Bitte das Datum prüfen.",
            )
        told = self.keeper.count(as_of)
        return Outcome(
            answer.source,
            "gezaehlt",
            CITY,
            changes=(f"ohne_eintrag: {told.count} (Stand {german.day(told.as_of)})",),
            notes=(
                "Das Unternehmen gehört dazu, möchte aber nicht gezeigt werden. Weil die Dateien"
                " hier öffentlich sind, steht von ihm nichts als die Zahl darin. Bitte die Antwort"
                " aufheben, wo nur die Geschäftsstelle sie liest, und nicht noch einmal übernehmen:"
                " Sie würde zweimal gezählt.",
            ),
            decisions=tuple(
                f"Ohne Antwort geblieben: {question}" for question in answer.missing_consent
            ),
            message=answer.note,
            remarks=answer.remarks,
        )

    def _not_older(self, answer: Answer, member: Member, day: date) -> None:
        """What a company said last counts, in whatever order its answers arrive."""
        told, known = date.fromisoformat(answer_day(answer, day)), member.last_answer
        if known and told < known.as_of and not self.wishes.is_older:
            raise refusal(
                answer.source,
                f"Diese Antwort ist vom {german.day(told)}, die Angaben in {member.path} sind"
                f" neuer: vom {german.day(known.as_of)}.",
                "Ist das Datum falsch, bitte berichtigen. Soll die ältere Antwort trotzdem gelten,"
                " bitte den Import mit --aeltere wiederholen.",
            )

    def _update(self, answer: Answer, member: Member, by_former: bool, day: date) -> Outcome:
        self._not_older(answer, member, day)
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
        text = edited(member.path, text, before, merged.values, leaving)
        if self.is_public and self.keeper.vault is None:
            self._beware(answer, before, merged)
        if not merged.changes:
            return _outcome(answer, merged, member.path, "unveraendert")
        path = self.keeper.keep(answer, merged, member.slug, apart, text)
        return _outcome(answer, merged, path, "geaendert")

    def _beware(self, answer: Answer, before: Mapping[str, Value], merged: Merged) -> None:
        """Only the confidential folder tells whether an amount is part of a published sum."""
        closing = self.partnership.closing
        sums = {(each.year, each.figure) for each in (closing.sums if closing else ())}
        new = amounts(merged.values, self.partnership) - amounts(before, self.partnership)
        if sums & new:
            raise refusal(
                answer.source,
                "Die Antwort nennt Zahlen für ein Jahr, zu dem schon Summen vertraulicher Angaben"
                " veröffentlicht sind.",
                "Bitte mit „--vertraulich ORDNER“ wiederholen: Nur der sagt, ob sie darin stehen.",
            )

    def _closed(self, member: Member) -> Closed:
        """The published sums in which an amount of the member stands."""
        register = self.partnership.register
        names = {member.slug, *member.former}
        return {
            (each.year, each.figure)
            for each in (register.sums if register else ())
            if names & each.amounts.keys()
        }


def _outcome(answer: Answer, merged: Merged, path: str, state: State) -> Outcome:
    unanswered = "Ohne Antwort geblieben: "
    return Outcome(
        answer.source,
        state,
        path,
        tuple(merged.changes),
        (*merged.notes, *(unanswered + question for question in answer.gaps)),
        (*merged.decisions, *(unanswered + question for question in answer.missing_consent)),
    )
