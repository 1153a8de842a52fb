"""What the library's tests share: a small valid city, and cities made of it by changing files."""

import re
import shutil
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path

from partnership.checking.load import Loaded, inspect
from partnership.model.dates import LOCAL
from partnership.model.event import Event
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.problems import show
from partnership.site import engine
from partnership.site.destinations import Destinations

TESTS = Path(__file__).parent
ENGINE = engine.FOLDER
SMALL_CITY = TESTS / "small_city"
PACKAGE = TESTS.parent / "hooks/partnership"
TODAY = date(2026, 11, 23)
# The repository's own city may have been edited today; what is fictitious keeps to its own day.
REAL_DAY = datetime.now(LOCAL).date()

MEMBER = "members/muster.md"
EVENT = "data/veranstaltungen/2026-12-10-sprechstunde.md"


def city_with(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The small city in `folder`, with `files` (path → content) added or replaced."""
    city = folder / "stadt"
    shutil.copytree(SMALL_CITY, city, dirs_exist_ok=True)
    for path, content in files.items():
        file = city / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return city


def inspected(
    folder: Path, files: Mapping[str, str | bytes] | None = None, day: date = TODAY
) -> Loaded:
    """The small city with `files`, as the loader sees it."""
    return checked(city_with(folder, files or {}), day)


def checked(city: Path, day: date = TODAY) -> Loaded:
    """A city as `partnerschaft check` sees it: with what it shares, and links asked of its site."""
    noon = datetime.combine(day, time(12), LOCAL)
    return inspect(city, day, ENGINE, site=lambda sound: Destinations(sound, noon))


def partnership_with(
    folder: Path, files: Mapping[str, str | bytes] | None = None, day: date = TODAY
) -> Partnership:
    """The small city with `files`, which must be sound."""
    loaded = inspected(folder, files, day)
    assert loaded.partnership is not None, show(loaded.problems, "text")
    return loaded.partnership


def member_text(more: str = "", name: str = "Muster GmbH", body: str = "") -> str:
    """A member's file: what is required, `more` lines of front matter, the profile."""
    return f"---\nname: {name}\nbranche: handel\nbestaetigung: unternehmen\n{more}---\n{body}"


def measure_text(*lines: str, more: str = "") -> str:
    """A member's file with one measure, given as the lines of its entry."""
    entry = "\n    ".join(lines)
    return member_text(f"{more}massnahmen:\n  - {entry}\n")


def event_text(
    more: str = "", begin: str = "2026-12-10 10:00", uid: str = "sprechstunde@kleinstadt.example"
) -> str:
    """An event's file: what is required, and `more` lines of front matter."""
    return f"---\ntitel: Sprechstunde\nbeginn: {begin}\nuid: {uid}\n{more}---\nProgramm.\n"


def member_from(folder: Path, text: str | bytes, day: date = TODAY) -> Member:
    """The member that `text` describes, beside those of the small city."""
    partnership = partnership_with(folder, {MEMBER: text}, day)
    return next(member for member in partnership.members if member.path == MEMBER)


def event_from(folder: Path, text: str | bytes) -> Event:
    """The event that `text` describes, beside those of the small city."""
    partnership = partnership_with(folder, {EVENT: text})
    return next(event for event in partnership.events if event.path == EVENT)


def told(folder: Path, files: Mapping[str, str | bytes], day: date = TODAY) -> list[str]:
    """Each problem of the small city with `files`, as `path:line:column rule`."""
    return [
        f"{problem.path}:{problem.place.line}:{problem.place.column} {problem.rule}"
        for problem in inspected(folder, files, day).problems
    ]


def shared_questions() -> str:
    """The questionnaire of the engine, for a city whose measure types ask nothing twice."""
    text = (ENGINE / "data/fragebogen.yml").read_text("utf-8")
    return re.sub(r"^ *entspricht:.*\n", "", text, flags=re.MULTILINE)
