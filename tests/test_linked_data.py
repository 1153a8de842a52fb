"""What pages say to machines: schema.org as JSON-LD, in blocks that are data and nothing else."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import yaml
from icalendar import Calendar

from partnership.site.views.linked_data import as_block
from tests.conftest import DEMO_CITY, ROOT
from tests.sites import Site

BASE = "https://stadt.example/"
BOTH = pytest.mark.parametrize("built", ["demo_site", "city_site"])


@pytest.fixture(scope="module")
def parsed() -> dict[str, Site]:
    return {}


@pytest.fixture
def site(request: pytest.FixtureRequest, built: str, parsed: dict[str, Site]) -> Site:
    return parsed.setdefault(built, Site(request.getfixturevalue(built)))


def things(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    for address, page in site.pages.items():
        for block in page.select('script[type="application/ld+json"]'):
            found = json.loads(str(block.string))
            assert found["@context"] == "https://schema.org"
            yield address, found


def path_of(address: str, link: str) -> str:
    """The path within the site that `link` on the page at `address` leads to."""
    return urlsplit(urljoin(BASE + address, link)).path.lstrip("/")


@BOTH
def test_each_page_says_what_it_is_about(site: Site) -> None:
    found = list(things(site))
    kinds = {address: thing["@type"] for address, thing in found}
    assert len(kinds) == len(found)
    events = {address for address in site.pages if address.count("/") == 2
              and address.startswith("veranstaltungen/")}  # fmt: skip
    members = {address for address in site.pages if address.count("/") == 2
               and address.startswith("mitglieder/")}  # fmt: skip
    assert kinds == {
        "": "Organization",
        "daten/": "Dataset",
        **dict.fromkeys(events, "Event"),
        **dict.fromkeys(members, "Organization"),
    }
    for address, thing in found:
        assert path_of(address, thing["url"]) == address
        assert thing["name"]


@BOTH
def test_the_organisation_can_be_shown(site: Site, built: str) -> None:
    (home,) = (thing for address, thing in things(site) if not address)
    assert {"description", "foundingDate", "areaServed", "contactPoint"} <= set(home)
    assert path_of("", home["logo"]) in site.files
    city = DEMO_CITY if built == "demo_site" else ROOT
    told = yaml.safe_load((city / "data/partnerschaft.yml").read_text("utf-8"))
    assert [each["name"] for each in home["founder"]] == [
        each["name"] for each in told["initialpartner"] if "[[" not in each["name"]
    ]
    # A gap is no value.
    assert "[[" not in json.dumps(home)


@BOTH
def test_events_say_what_their_calendars_say(site: Site) -> None:
    for address, thing in things(site):
        if thing["@type"] != "Event":
            continue
        path = site.folder / f"{address.rstrip('/')}.ics"
        (entry,) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        begin = entry["dtstart"].dt
        kind = datetime if isinstance(begin, datetime) else date
        assert kind.fromisoformat(thing["startDate"]) == begin
        assert thing["eventStatus"].startswith("https://schema.org/Event")
        cancelled = thing["eventStatus"].endswith("Cancelled")
        assert cancelled == (entry["status"] == "CANCELLED")
        assert thing["eventStatus"].endswith("Rescheduled") == ("previousStartDate" in thing)
        assert thing["organizer"]["name"]
        places = {place["@type"] for place in thing.get("location", [])}
        mode = thing["eventAttendanceMode"].rsplit("/")[-1].removesuffix("EventAttendanceMode")
        expected = {
            "Mixed": {"Place", "VirtualLocation"},
            "Online": {"VirtualLocation"},
            "Offline": {"Place"},
        }
        assert places == expected[mode], address


@BOTH
def test_the_dataset_leads_to_every_file_of_today(site: Site) -> None:
    (found,) = (thing for address, thing in things(site) if address == "daten/")
    assert 50 <= len(found["description"]) <= 5000
    assert found["license"].startswith("https://")
    files = {path_of("daten/", each["contentUrl"]) for each in found["distribution"]}
    assert files <= site.files
    # What describes the files, proves them, or compares an edition with them, is none of them.
    beside = {name for name in site.files if Path(name).parent.as_posix() == "daten"} - files
    assert {name for name in beside if not name.startswith("daten/revision-")} == {
        *("daten/index.html", "daten/datapackage.json", "daten/dcat-ap.jsonld"),
        "daten/nachrechnen.py",
        "daten/sha256sums.txt",
    }


def test_a_block_cannot_be_left() -> None:
    text = "</script><script>alert(1)</script><!-- <![CDATA[ & \u2028"
    block = as_block({"name": text})
    assert not set("<>&\u2028") & set(block)
    assert json.loads(block)["name"] == text
