"""The office's year: what is stale, overdue, unconfirmed or incomplete."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from partnership.language import german, spreadsheet
from partnership.language.spreadsheet import Sheet
from partnership.model.member import Measure, Member
from partnership.model.partnership import Partnership
from partnership.reading.litter import is_left_behind

# The questionnaire is answered once a year.
_YEAR = timedelta(days=365)
_FILES = "content/dateien"
_LOGOS = "members/logos"


@dataclass(frozen=True, slots=True)
class Task:
    """Something to look after: why, about which entry in which file, what it is.

    `since` is the day from which it waits, `contact` the company's address for questions.
    """

    reason: str
    name: str
    path: str
    what: str
    since: date | None = None
    contact: str = ""


def tasks(partnership: Partnership, today: date) -> list[Task]:
    """Everything to look after on `today`, the longest waiting of each kind first."""
    found: list[Task] = []
    members = sorted(
        partnership.members_on(today), key=lambda each: german.collation_key(each.name)
    )
    for group in (
        _answers(members, today),
        _plans(partnership, members, today),
        _unconfirmed(members),
        _logos(members),
        _programmes(partnership, today),
        _unused(partnership),
        _gaps(partnership),
    ):
        found += sorted(group, key=lambda task: task.since or date.min)
    return found


def workbook(found: Sequence[Task]) -> bytes:
    """The tasks as a table (.xlsx) with room for what the calls bring."""
    head = ("Anlass", "Eintrag", "Worum es geht", "seit", "Kontakt", "Datei", "Erledigt", "Notiz")
    rows = [
        (
            task.reason,
            task.name,
            task.what,
            task.since.isoformat() if task.since else "",
            task.contact,
            task.path,
            "",
            "",
        )
        for task in found
    ]
    return spreadsheet.tables([Sheet("Nachfragen", head, rows, (30, 36, 60, 12, 32, 36, 12, 40))])


def _of(member: Member, reason: str, what: str, since: date | None = None) -> Task:
    return Task(reason, member.name, member.path, what, since, member.contact or "")


def _answers(members: Sequence[Member], today: date) -> Iterator[Task]:
    reason = "Auskunft fehlt oder ist älter als ein Jahr"
    for member in members:
        if not member.is_confirmed:
            continue
        last = member.last_answer
        if last is None:
            yield _of(member, reason, "noch keine Auskunft eingetragen")
        elif last.as_of + _YEAR < today:
            yield _of(member, reason, f"letzte Auskunft am {german.day(last.as_of)}", last.as_of)


def _plans(partnership: Partnership, members: Sequence[Member], today: date) -> Iterator[Task]:
    reason = "Ziel erreicht? Der Zeitpunkt ist vorbei, Neues nicht bekannt"
    for member in members:
        for measure in member.measures:
            status = measure.status(today)
            goal = measure.goals[-1] if measure.goals else None
            if goal and goal.last < today and status in {"geplant", "laufend"}:
                told = ", verschoben auf ".join(map(german.partial_date, measure.goals))
                what = f"„{_title(measure, partnership)}“: Ziel war {told}, Status ist {status}"
                yield _of(member, reason, what, goal.last)


def _title(measure: Measure, partnership: Partnership) -> str:
    return measure.title or partnership.types[measure.type].name


def _unconfirmed(members: Sequence[Member]) -> Iterator[Task]:
    for member in members:
        if not member.is_confirmed:
            since = min((source.retrieved for source in member.sources), default=None)
            what = "Angaben noch nicht vom Unternehmen bestätigt"
            yield _of(member, "Nur aus öffentlicher Quelle", what, since)


def _logos(members: Sequence[Member]) -> Iterator[Task]:
    for member in members:
        if member.is_confirmed and member.logo is None:
            yield _of(member, "Ohne Logo", "kein Logo hinterlegt")


def _programmes(partnership: Partnership, today: date) -> Iterator[Task]:
    for event in partnership.events:
        if event.last_day >= today and event.state != "abgesagt" and not event.body.strip():
            what = f"am {german.day(event.first_day)}: noch ohne Programm"
            yield Task("Veranstaltung ohne Programm", event.title, event.path, what)


def _unused(partnership: Partnership) -> Iterator[Task]:
    """Files that lie there, but no entry and no page mentions them."""
    reason, what = "Datei ohne Verwendung", "Kein Eintrag und keine Seite nennt diese Datei."
    named = {member.logo for member in partnership.members}
    named |= {material.file for event in partnership.events for material in event.material}
    texts = [page.body for page in (*partnership.prose, *partnership.news, *partnership.events)]
    for folder in (_LOGOS, _FILES):
        for file in sorted((partnership.root / folder).glob("*")):
            if is_left_behind(file.name) or file.name in named:
                continue
            if not any(file.name in text for text in texts):
                yield Task(reason, file.name, f"{folder}/{file.name}", what)


def _gaps(partnership: Partnership) -> Iterator[Task]:
    for gap in partnership.fill_ins:
        yield Task("Offene Angabe", gap.what, gap.path, f"Zeile {gap.place.line}")
