"""The calendars, read by two programs that are not ours: icalendar and khal."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from icalendar import Event as Entry

from partnership.site.exports import calendar
from tests.conftest import DEMO_CITY
from tests.helpers import EVENT, event_text, partnership_with
from tests.sites import front_matter

BERLIN = ZoneInfo("Europe/Berlin")
UID = "sprechstunde@kleinstadt.example"


def entries(content: bytes) -> Iterator[Entry]:
    yield from Calendar.from_ical(content).walk("VEVENT")


def entry(folder: Path, more: str = "", begin: str = "2026-12-10 10:00") -> Entry:
    """The event with these lines, from a calendar file of its own."""
    partnership = partnership_with(folder, {EVENT: event_text(more, begin, UID)})
    files = {each.path: each.content for each in calendar.exports(partnership)}
    (own,) = entries(files["veranstaltungen/2026-12-10-sprechstunde.ics"])
    (same,) = (each for each in entries(files["veranstaltungen.ics"]) if each["uid"] == UID)
    assert own.to_ical() == same.to_ical()
    return own


@pytest.fixture(scope="module")
def khal_said(demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Each event of the demonstration as khal prints it, under its title."""
    folder = tmp_path_factory.mktemp("khal")
    config = folder / "config"
    config.write_text(
        f"[calendars]\n[[eigene]]\npath = {folder}/eigene\ntype = calendar\n"
        f"[sqlite]\npath = {folder}/khal.db\n"
        "[locale]\nlocal_timezone = Europe/Berlin\ndefault_timezone = Europe/Berlin\n"
        "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    )
    (folder / "eigene").mkdir()
    form = "{uid}|{title}|{start-long-full} bis {end-long-full}|{location}|{status}"
    done = subprocess.run(
        [
            *(sys.executable, "-c", "from khal.cli import main_khal; main_khal()"),
            *("-c", config, "printics", "-f", form, demo_site / "veranstaltungen.ics"),
        ],
        env=os.environ | {"LC_ALL": "C.UTF-8", "XDG_DATA_HOME": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = [line.split("|", 1) for line in done.stdout.splitlines() if "|" in line]
    return {uid.strip(): rest for uid, rest in rows}


def test_khal_reads_every_event_at_its_time_on_the_wall(khal_said: dict[str, str]) -> None:
    files = [front_matter(path) for path in (DEMO_CITY / "data/veranstaltungen").glob("*.md")]
    assert len(files) > 5
    for event in files:
        said = khal_said[str(event["uid"])]
        assert str(event["titel"]) in said
        # Editors may write 03.12.2026, and an offset, which in these files is Berlin's.
        begin = re.sub(r"^(\d\d)\.(\d\d)\.(\d{4})", r"\3-\2-\1", str(event["beginn"]))[:16]
        assert begin in said, said
        assert str(event.get("ort", "")) in said
        if event.get("status") == "abgesagt":
            assert "Abgesagt: " in said
            assert "CANCELLED" in said.upper()


def test_an_event_is_recognised_and_its_newest_state_wins(tmp_path: Path) -> None:
    found = entry(tmp_path, "fassung: 4\ngeaendert: 2026-11-20\n")
    assert (found["uid"], found["sequence"]) == (UID, 4)
    changed = datetime(2026, 11, 20, tzinfo=UTC)
    assert found["dtstamp"].dt == found["last-modified"].dt == changed
    # Before anybody says when, no change may look older than what a program has.
    unknown = entry(tmp_path)
    assert unknown["dtstamp"].dt < changed
    assert "last-modified" not in unknown


def test_a_cancelled_event_stays_and_leaves_the_time_free(tmp_path: Path) -> None:
    found = entry(tmp_path, "status: abgesagt\nfassung: 2\n")
    assert found["status"] == "CANCELLED"
    assert found["transp"] == "TRANSPARENT"
    assert found["summary"] == "Abgesagt: Sprechstunde"
    assert found["dtstart"].dt == datetime(2026, 12, 10, 10, tzinfo=BERLIN)


def test_a_postponed_event_stands_at_its_new_time(tmp_path: Path) -> None:
    more = "status: verschoben\nverschoben_von: 2026-12-10 10:00\nfassung: 2\n"
    found = entry(tmp_path, more, begin="2027-01-14 11:00")
    assert (found["uid"], found["status"]) == (UID, "CONFIRMED")
    assert found["summary"] == "Verschoben: Sprechstunde"
    assert found["dtstart"].dt == datetime(2027, 1, 14, 11, tzinfo=BERLIN)
    assert "Ursprünglich angekündigt für Donnerstag, 10. Dezember 2026" in found["description"]


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("2026-12-10", "", (date(2026, 12, 10), None)),
        ("2026-12-10", "2026-12-11", (date(2026, 12, 10), date(2026, 12, 12))),
        ("2026-12-10", "2026-12-11 16:00", (date(2026, 12, 10), date(2026, 12, 12))),
        (
            "2026-12-10 10:00",
            "2026-12-11",
            (datetime(2026, 12, 10, 10, tzinfo=BERLIN), datetime(2026, 12, 12, tzinfo=BERLIN)),
        ),
        # The clock of a reader elsewhere does not matter: an offset of its own becomes ours.
        (
            "2026-12-10 10:00+00:00",
            "2026-12-10T12:30+01:00",
            (
                datetime(2026, 12, 10, 11, tzinfo=BERLIN),
                datetime(2026, 12, 10, 12, 30, tzinfo=BERLIN),
            ),
        ),
    ],
)
def test_days_and_moments_are_never_mixed(
    tmp_path: Path, begin: str, end: str, expected: tuple[date, date | None]
) -> None:
    found = entry(tmp_path, f"ende: {end}\n" if end else "", begin)
    shown = (found["dtstart"].dt, found["dtend"].dt if "dtend" in found else None)
    assert shown == expected
    assert [type(each) for each in shown] == [type(each) for each in expected]


def test_only_the_calendar_of_all_events_is_one_to_subscribe_to(demo_site: Path) -> None:
    every = Calendar.from_ical((demo_site / "veranstaltungen.ics").read_bytes())
    assert every["x-wr-calname"] == every["name"]
    assert every["refresh-interval"].dt == timedelta(days=1)
    single = next(demo_site.glob("veranstaltungen/*.ics")).read_bytes()
    assert not {"NAME", "X-WR-CALNAME"} & set(Calendar.from_ical(single))


def test_the_time_zone_is_that_of_the_tables_and_short(tmp_path: Path) -> None:
    """Our few lines give the offset that the zone's own database gives, on every day of years."""
    content = calendar.calendar(partnership_with(tmp_path), partnership_with(tmp_path).events)
    (zone,) = Calendar.from_ical(content).walk("VTIMEZONE")
    assert len(zone.to_ical().splitlines()) < 20
    ours = zone.to_tz()
    noon = datetime(2017, 1, 1, 12)  # noqa: DTZ001 - put into both zones below
    for day in range(365 * 20):
        moment = noon + timedelta(days=day)
        assert moment.replace(tzinfo=ours).utcoffset() == moment.replace(tzinfo=BERLIN).utcoffset()


def test_a_file_is_one_that_every_program_takes(demo_site: Path) -> None:
    for path in (demo_site / "veranstaltungen.ics", *demo_site.glob("veranstaltungen/*.ics")):
        content = path.read_bytes()
        assert content.startswith(b"BEGIN:VCALENDAR\r\n")
        assert content.count(b"\n") == content.count(b"\r\n")
        assert max(len(line) for line in content.split(b"\r\n")) <= 75, path.name
        for each in entries(content):
            assert {"uid", "dtstamp", "dtstart", "sequence", "summary", "url"} <= {
                name.lower() for name in each
            }
