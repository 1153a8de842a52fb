"""What a change takes away from visitors and calendars: addresses that lead nowhere any more,
events that calendars would keep at their old time, goals that companies had set themselves.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from pydantic import ValidationError

from partnership.checking import promises
from partnership.checking.history import reason
from partnership.checking.repository import Blobs, files_at, subjects
from partnership.model.event import Event
from partnership.model.problems import Place, Problem, ProblemsFound
from partnership.reading import archive
from partnership.reading.source import Document, parse_page, read_page
from partnership.reading.textfile import decoded
from partnership.reading.wording import fold

_MEMBERS, _EVENTS = "members", "data/veranstaltungen"
_ALIKE = 0.5
# What a calendar shows: key in the file, field of the record.
_TOLD = {"beginn": "begin", "ende": "end", "ort": "place", "status": "state"}


@dataclass(frozen=True)
class _Page:
    """A file at one of the two times; `document` is None where it could not be read."""

    path: str
    document: Document | None

    @property
    def slug(self) -> str:
        return Path(self.path).stem

    def says(self, key: str) -> str:
        said = self.document.data.get(key) if self.document else None
        return said if isinstance(said, str) else ""

    @property
    def former(self) -> tuple[str, ...]:
        said = self.document.data.get("frueher", []) if self.document else []
        listed = said if isinstance(said, list) else [said]
        return tuple(each for each in listed if isinstance(each, str) and each)


def problems_since(root: Path, since: str) -> list[Problem] | None:
    """What is wrong with how the files in `root` differ from a state in git; None where git does
    not know the state.
    """
    files = files_at(root, since, _MEMBERS, _EVENTS, archive.RECORDS)
    if files is None:
        return None
    with Blobs(root) as blobs:
        before = {path: _Page(path, _parsed(blobs.read(blob), path)) for path, blob in files.items()
                  if _is_page(path)}  # fmt: skip
        editions = (blobs.read(files[archive.RECORDS]) if archive.RECORDS in files else b"") or b""
    now = {
        path: _Page(path, _read(root, path))
        for folder in (_MEMBERS, _EVENTS)
        for path in (f"{folder}/{file.name}" for file in sorted((root / folder).glob("*.md")))
    }
    members = _within(_MEMBERS, before), _within(_MEMBERS, now)
    return [*_lost_addresses(*members), *_lost_goals(root, since, *members),
            *promises.rewritten(editions, root),
            *_unnoticed(_within(_EVENTS, before), _within(_EVENTS, now))]  # fmt: skip


def _is_page(path: str) -> bool:
    return path.rpartition("/")[0] in (_MEMBERS, _EVENTS) and path.endswith(".md")


def _within(folder: str, pages: Mapping[str, _Page]) -> dict[str, _Page]:
    return {path: page for path, page in pages.items() if path.startswith(f"{folder}/")}


def _parsed(raw: bytes | None, path: str) -> Document | None:
    try:
        return None if raw is None else parse_page(decoded(raw, path)[0], path)
    except ProblemsFound:
        return None


def _read(root: Path, path: str) -> Document | None:
    try:
        return read_page(root / path, path)
    except ProblemsFound:
        return None


def _lost_addresses(before: Mapping[str, _Page], now: Mapping[str, _Page]) -> Iterator[Problem]:
    """Addresses of members that somebody may have kept and that lead nowhere now."""
    kept = {page.slug for page in now.values()}
    kept |= {former for page in now.values() for former in page.former}
    fresh = [page for path, page in now.items() if path not in before]
    for path, page in before.items():
        if path not in now and page.slug not in kept:
            heir = next((each for each in fresh if _is_same(page, each)), None)
            yield _renamed(page, heir) if heir else _deleted(page)
        for former in page.former:
            # One whose file cannot be read today says nothing; that is told already.
            if former not in kept and path in now and now[path].document:
                yield _forgotten(now[path], former)


def _is_same(one: _Page, other: _Page) -> bool:
    """Whether two files are about one company: its name, else half of the lines."""
    if not one.document or not other.document:
        return False
    name = fold(one.says("name"))
    lines = SequenceMatcher(None, one.document.lines, other.document.lines, autojunk=False)
    return (name != "" and name == fold(other.says("name"))) or lines.ratio() >= _ALIKE


def _problem(page: _Page, key: str, rule: str, message: str, remedy: str) -> Problem:
    if page.document is None:
        return Problem(page.path, Place(1, 1), rule, message, remedy)
    place = page.document.place((key,), of_key=True)
    return page.document.problem(place, rule, message, remedy)


def _renamed(before: _Page, now: _Page) -> Problem:
    return _problem(
        now,
        "frueher" if now.former else "name",
        "umbenannt",
        f"Die Datei hieß bisher {before.slug}.md; deren Adresse führt ins Leere.",
        f"Bitte „frueher: [{', '.join((*now.former, before.slug))}]“ eintragen.",
    )


def _deleted(before: _Page) -> Problem:
    name = before.says("name") or before.slug
    return Problem(
        before.path,
        Place(1, 1),
        "geloescht",
        f"Die Datei des Mitglieds „{name}“ ist gelöscht; seine Adresse führt ins Leere, und in den"
        " Zahlen vergangener Jahre fehlt es.",
        "Bitte wiederherstellen und bei einem Austritt „austritt“ mit dem Tag eintragen; heißt die"
        f" Datei jetzt anders, dort „frueher: [{before.slug}]“.",
    )


def _forgotten(now: _Page, former: str) -> Problem:
    return _problem(
        now,
        "frueher",
        "umbenannt",
        f"Die frühere Adresse „{former}“ steht nicht mehr da und führt ins Leere.",
        f"Bitte „{former}“ unter „frueher“ stehen lassen.",
    )


def _lost_goals(
    root: Path, since: str, before: Mapping[str, _Page], now: Mapping[str, _Page]
) -> Iterator[Problem]:
    """Goals that stand no more, unless the change says that it corrects a mistake, and which."""
    heirs = {former: page for page in now.values() for former in page.former}
    for path, page in before.items():
        heir = now.get(path) or heirs.get(page.slug)
        if page.document and heir and heir.document:
            found = list(promises.broken(page.document, heir.document))
            if found and not any(map(reason, subjects(root, since, heir.path))):
                yield from found


def _unnoticed(before: Mapping[str, _Page], now: Mapping[str, _Page]) -> Iterator[Problem]:
    """Events whose change calendars would not notice."""
    by_uid = {page.says("uid"): page for page in before.values()}
    for page in now.values():
        old, new = _event(by_uid.get(page.says("uid"))), _event(page)
        if old is None or new is None or new.revision > old.revision:
            continue
        edited = [key for key, field in _TOLD.items() if getattr(old, field) != getattr(new, field)]
        if edited:
            yield _problem(
                page,
                edited[0],
                "fassung",
                f"„{edited[0]}“ ist geändert, „fassung“ aber nicht erhöht:"
                " Kalender bemerken die Änderung nicht.",
                f"Bitte „fassung: {old.revision + 1}“ eintragen.",
            )


def _event(page: _Page | None) -> Event | None:
    if page is None or page.document is None:
        return None
    context = {"slug": page.slug, "body": "", "path": page.path}
    with suppress(ValidationError):
        return Event.model_validate(page.document.data, context=context)
    return None
