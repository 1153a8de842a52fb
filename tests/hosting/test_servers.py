"""nginx, Apache, Caddy and hosts that read `_headers` serve the site alike, by one description."""

import gzip
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import brotli
import pytest
from bs4 import BeautifulSoup

from partnership.site import policy
from tests.conftest import DEMO_CITY
from tests.hosting.servers import SERVERS, Answer, ask, serving
from tests.sites import small_city

MEMBER = "stadtwerke-altmusterland-ag"
PAGE = f"/mitglieder/{MEMBER}/"
FORMER = "/mitglieder/stadtwerke-altmusterland/"
NOWHERE = "/gibt/es/nicht/"
# Folders of many pages that are alike.
MANY = {"mitglieder", "massnahmen", "branchen", "statistik", "veranstaltungen", "daten"}


class Served(NamedTuple):
    """A server, its address and the folder that it serves."""

    server: str
    url: str
    site: Path

    def ask(self, path: str, **headers: str) -> Answer:
        return ask(self.url, path, **headers)


def _few(folder: str, names: Sequence[str]) -> set[str]:
    """What of a folder of the demonstration is left out."""
    place = Path(folder)
    few = {each for each in names if "." in each or MEMBER.startswith(each)}
    return set(names) - few if place.name in MANY else set()


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A folder that everybody may read: started by root, a server works as somebody else."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module", params=SERVERS)
def served(request: pytest.FixtureRequest, demo_site: Path, open_folder: Path) -> Iterator[Served]:
    """Some of the demonstration."""
    folder = open_folder / request.param
    site = folder / "site"
    shutil.copytree(demo_site, site, ignore=_few)
    (site / "leer/tief").mkdir(parents=True)
    (site / "leer/tief/datei.txt").write_text("Text", "utf-8")
    with serving(request.param, DEMO_CITY, site, folder) as url:
        yield Served(request.param, url, site)


def _lasting(site: Path) -> str:
    (sheet,) = site.glob("assets/site.*.css")
    return f"/assets/{sheet.name}"


def test_every_answer_has_the_headers(served: Served) -> None:
    badge = f"{PAGE}plakette.svg"
    for path in ("/", PAGE, badge, _lasting(served.site), "/daten/mitglieder.csv", NOWHERE):
        headers = served.ask(path).headers
        assert headers["content-security-policy"] == policy.HEADER, path
        assert headers["strict-transport-security"] == "max-age=31536000", path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "no-referrer", path
        assert "camera=()" in headers["permissions-policy"], path


def test_each_file_says_what_it_is(served: Served) -> None:
    if served.server == "headers":
        pytest.skip("such hosts have types of their own")
    for path, media in {
        "/": "text/html; charset=utf-8",
        _lasting(served.site): "text/css; charset=utf-8",
        "/daten/mitglieder.csv": "text/csv; charset=utf-8",
        "/daten/mitglieder.json": "application/json; charset=utf-8",
        "/veranstaltungen.ics": "text/calendar; charset=utf-8",
        "/assets/icon.svg": "image/svg+xml; charset=utf-8",
        "/bild.png": "image/png",
    }.items():
        for accepted in ("identity", "gzip", "br"):
            answer = served.ask(path, Accept_Encoding=accepted)
            assert (answer.status, answer.headers["content-type"]) == (200, media), path


def test_what_cannot_change_lasts_and_all_else_is_asked_for_again(served: Served) -> None:
    lasting = served.ask(_lasting(served.site), Accept_Encoding="br")
    assert lasting.headers["cache-control"] == "public, max-age=31536000, immutable"
    for path in ("/", PAGE, "/assets/icon.svg", "/daten/mitglieder.csv", NOWHERE):
        asked = served.ask(path).headers.get("cache-control")
        assert asked == (None if served.server == "headers" else "no-cache"), path


@pytest.mark.parametrize("accepted", ["identity", "gzip", "br"])
def test_an_unchanged_page_is_not_sent_again(served: Served, accepted: str) -> None:
    if served.server == "headers":
        pytest.skip("such hosts do this by themselves")
    first = served.ask(PAGE, Accept_Encoding=accepted).headers
    again = served.ask(PAGE, Accept_Encoding=accepted, If_None_Match=first["etag"])
    assert (again.status, again.body) == (304, b"")
    assert first["last-modified"]
    other = served.ask(PAGE, Accept_Encoding=accepted, If_None_Match='"another"')
    assert other.status == 200


def test_texts_are_sent_small(served: Served) -> None:
    if served.server == "headers":
        pytest.skip("such hosts do this by themselves")
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}
    # As browsers ask, as older ones do, as programs do.
    asking = {"gzip, deflate, br, zstd": "br", "gzip, deflate": "gzip", "identity": None}
    for path, file in {
        "/": "index.html",
        PAGE: f"{PAGE[1:]}index.html",
        _lasting(served.site): _lasting(served.site)[1:],
        "/daten/mitglieder.csv": "daten/mitglieder.csv",
        "/sitemap.xml": "sitemap.xml",
    }.items():
        whole = (served.site / file).read_bytes()
        for accepted, coding in asking.items():
            answer = served.ask(path, Accept_Encoding=accepted)
            assert answer.headers.get("content-encoding") == coding, (path, accepted)
            assert unpack[coding](answer.body) == whole, (path, accepted)
            assert coding is None or len(answer.body) < len(whole)
            assert "accept-encoding" in answer.headers["vary"].lower(), path


def test_a_renamed_member_is_found(served: Served) -> None:
    for path, target in {
        FORMER: PAGE,
        # Shown on the company's own pages.
        f"{FORMER}plakette.svg": f"{PAGE}plakette.svg",
    }.items():
        answer = served.ask(path)
        assert answer.status == 301
        assert answer.headers["location"].removeprefix(served.url) == target
    assert served.ask(PAGE).status == 200


def test_unknown_addresses_show_a_page_whose_links_work(served: Served) -> None:
    for path in (NOWHERE, "/gibt-es-nicht", "/daten/gibt-es-nicht.csv", f"{PAGE}a/b/c.html"):
        answer = served.ask(path, Accept_Encoding="identity")
        assert answer.status == 404, path
        assert answer.headers["content-type"].startswith("text/html"), path
        page = BeautifulSoup(answer.body, "lxml")
        assert "Diese Seite gibt es nicht" in page.text
        for element in page.select("a[href], link[href], script[src]"):
            link = str(element.get("href") or element.get("src"))
            if link.startswith(("https:", "mailto:", "#")):
                continue
            assert link.startswith("/"), link
            asked = urlsplit(urljoin(served.url, link)).path
            assert served.ask(asked).status == 200, link


def test_no_folder_is_listed(served: Served) -> None:
    for path in ("/leer/", "/leer/tief/", "/assets/", "/daten/../assets/js/"):
        answer = served.ask(path)
        assert answer.status == 404, path
        assert b"datei.txt" not in answer.body


def test_a_page_without_its_slash_is_found(served: Served) -> None:
    answer = served.ask("/mitglieder")
    assert answer.status in {301, 302, 307, 308}
    assert answer.headers["location"].removeprefix(served.url) == "/mitglieder/"


@pytest.mark.parametrize("server", SERVERS)
def test_below_a_folder(server: str, tmp_path: Path, open_folder: Path) -> None:
    """The site need not be all of its host."""
    city = small_city(tmp_path)
    data = city / "data/partnerschaft.yml"
    data.write_text(f"{data.read_text('utf-8')}\nadresse: https://stadt.example/mobil/\n", "utf-8")
    root = open_folder / f"{server}-below"
    site = root / "mobil"
    for file in (
        "index.html",
        "404.html",
        "mitglieder/beispielwerke/index.html",
    ):
        (site / file).parent.mkdir(parents=True, exist_ok=True)
        (site / file).write_text(f"<!doctype html><title>{file}</title>" + "Text " * 99, "utf-8")
    with serving(server, city, site, tmp_path / "config", root) as url:
        if server == "headers":  # such hosts look for them at their root alone
            for name in ("_headers", "_redirects", "404.html"):
                (site / name).rename(root / name)
        assert ask(url, "/mobil/").headers["content-security-policy"] == policy.HEADER
        moved = ask(url, "/mobil/mitglieder/musterfabrik/")
        assert moved.headers["location"].removeprefix(url) == "/mobil/mitglieder/beispielwerke/"
        assert b"<title>404.html" in ask(url, "/mobil/nichts/", Accept_Encoding="identity").body


@pytest.mark.slow
@pytest.mark.parametrize("server", SERVERS)
def test_the_editing_page_on_a_host_of_its_own(
    server: str, demo_editing: Path, open_folder: Path
) -> None:
    """Its policy names the Git host and comes with every answer; no other site may frame it."""
    folder = open_folder / f"{server}-editing"
    shutil.copytree(demo_editing, folder / "site")
    with serving(server, DEMO_CITY, folder / "site", folder) as url:
        for path in ("/", "/redaktion/", "/redaktion/cms/redaktion.js", "/redaktion/handbuch/"):
            answer = ask(url, path)
            assert answer.status == 200, path
            said = answer.headers["content-security-policy"]
            assert "frame-ancestors 'none'" in said
            assert "script-src 'self';" in said
            assert "connect-src 'self' blob: https://api.github.com https://github.com;" in said
            assert answer.headers["strict-transport-security"] == "max-age=31536000"
        missing = ask(url, "/mitglieder/", Accept_Encoding="identity")
        assert missing.status == 404
        assert b'href="/redaktion/"' in missing.body
