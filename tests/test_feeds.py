"""The Atom feeds, read by a feed reader that is not ours."""

from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
from bs4 import BeautifulSoup

from partnership.site.exports import feed
from tests.conftest import DEMO_CITY, ROOT
from tests.helpers import EVENT, SMALL_CITY, event_text, partnership_with
from tests.sites import front_matter, words

CITY = SMALL_CITY / "data/partnerschaft.yml"
ENTRIES = {
    "aktuelles.xml": "content/aktuelles/2*.md",
    "veranstaltungen.xml": "data/veranstaltungen/*.md",
}
PATHS = tuple(ENTRIES)


def read(content: bytes) -> Any:
    found = feedparser.parse(content)
    assert not found.bozo, found.bozo_exception
    assert found.version == "atom10"
    return found


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("built", ["demo_site", "city_site"])
def test_a_reader_finds_every_entry_and_its_page(
    request: pytest.FixtureRequest, built: str, path: str
) -> None:
    site: Path = request.getfixturevalue(built)
    found = read((site / path).read_bytes())
    city = DEMO_CITY if built == "demo_site" else ROOT
    assert found.feed.title
    assert found.feed.updated_parsed
    assert found.feed.author
    assert bool(found.entries) == any(city.glob(ENTRIES[path]))
    assert len({entry.id for entry in found.entries}) == len(found.entries)
    days = [entry.updated for entry in found.entries]
    assert found.feed.updated == max(days, default=found.feed.updated)
    for entry in found.entries:
        assert entry.title
        assert entry.summary
        assert entry.updated_parsed
        # Whether absolute or relative, the path behind the site's root is that of a page.
        target = urlsplit(urljoin("https://stadt.example/", entry.link)).path
        page = BeautifulSoup((site / target.strip("/") / "index.html").read_bytes(), "lxml")
        assert page.h1 is not None
        assert words(page.h1) in entry.title


def test_every_event_is_announced_newest_change_first(demo_site: Path) -> None:
    found = read((demo_site / "veranstaltungen.xml").read_bytes())
    files = [front_matter(path) for path in (DEMO_CITY / "data/veranstaltungen").glob("*.md")]
    label = {"abgesagt": "Abgesagt: ", "verschoben": "Verschoben: "}
    expected = {label.get(str(each.get("status")), "") + str(each["titel"]) for each in files}
    assert {entry.title for entry in found.entries} == expected
    days = [entry.updated for entry in found.entries]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("page", ["", "aktuelles/", "veranstaltungen/", "mitglieder/"])
def test_readers_discover_both_feeds_on_every_page(demo_site: Path, page: str) -> None:
    found = BeautifulSoup((demo_site / page / "index.html").read_bytes(), "lxml")
    links = found.head.select('link[rel=alternate][type="application/atom+xml"]')  # type: ignore[union-attr]
    targets = {urljoin(f"/{page}", str(link["href"])).lstrip("/") for link in links}
    assert targets == set(PATHS)
    assert len({link["title"] for link in links}) == 2
    if page in {"aktuelles/", "veranstaltungen/"}:
        assert found.main is not None
        assert found.main.select(f'a[href$="{page.rstrip("/")}.xml"]')


def test_an_entry_is_the_same_after_the_site_has_moved(tmp_path: Path) -> None:
    def identities(more: str, event: str) -> list[str]:
        partnership = partnership_with(
            tmp_path / str(len(more)),
            {
                "data/partnerschaft.yml": CITY.read_text("utf-8") + more,
                EVENT: event_text(event),
            },
        )
        return [
            entry.id
            for each in feed.exports(partnership)
            for entry in sorted(read(each.content).entries, key=lambda entry: entry.title)
        ]

    before = identities("", "geaendert: 2026-11-01\n")
    after = identities("adresse: https://neu.example/\n", "geaendert: 2026-11-20\nfassung: 3\n")
    assert before == after
