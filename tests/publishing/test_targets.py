"""`partnerschaft publish`: whatever happens on the way, the public sees one whole site."""

import os
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.publishing import places
from tests.publishing.places import Place, said, site
from tests.sites import contents


@pytest.fixture(params=["folder", pytest.param("ssh", marks=pytest.mark.slow), "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Each kind of place, empty."""
    if request.param == "folder":
        yield Place(str(tmp_path / "web"), tmp_path / "web")
    elif request.param == "ssh":
        if not (shutil.which("rsync") and Path("/usr/sbin/sshd").exists()):
            pytest.skip("needs rsync and openssh-server from the system")
        with places.host(tmp_path) as env:
            yield Place(f"ssh://webserver{tmp_path}/web stadt", tmp_path / "web stadt", env=env)
    else:
        with places.storage(tmp_path) as (store, env):
            yield Place("s3://web/stadt/", store=store, env=env)


def test_what_was_built_is_public_and_can_be_taken_back(place: Place, tmp_path: Path) -> None:
    built = tmp_path / "site"
    told = place.publish(site(built, "eins"))
    assert "15 Dateien neu, 0 geändert, 0 weg" in told
    first = place.public()
    assert first == contents(built)
    # The same again: looked at, not sent.
    assert "Öffentlich ist schon" in place.publish(built)

    dry = place.publish(site(built, "zwei"), "--dry-run")
    assert "2 Dateien neu, 13 geändert, 1 weg" in dry
    assert place.public() == first
    place.publish(built)
    second = place.public()
    assert said(second) == "zwei"
    # Whoever has a page of before still open gets its style sheet.
    assert second.keys() - contents(built).keys() == {
        path for path in first if path.endswith(".css")
    }

    assert place.run("--rollback").returncode == 0
    assert said(place.public()) == "eins"
    assert place.run("--rollback").returncode == 1  # there is none before it
    assert said(place.public()) == "eins"
    names = place.run("--rollback", "gibt-es-nicht").stderr
    assert "Diese frühere Fassung gibt es dort nicht. Vorhanden: 2" in names
    latest = names.rstrip(".\n").rsplit(", ", 1)[1]
    assert place.run("--rollback", latest).returncode == 0
    assert place.public() == second


@pytest.mark.slow
def test_old_releases_go_and_the_public_one_stays(place: Place, tmp_path: Path) -> None:
    built = tmp_path / "site"
    for text in ("eins", "zwei", "drei"):
        place.publish(site(built, text), "--keep", "2")
    told = place.run("--rollback", "?").stderr
    assert told.count("Z-") == 2
    assert said(place.public()) == "drei"


@pytest.mark.slow
def test_the_one_before_is_known_however_quick_they_follow(place: Place, tmp_path: Path) -> None:
    """Several in one second, and a clock that was set back: names tell the order all the same."""
    built = tmp_path / "site"
    with patch.dict(os.environ, {"SOURCE_DATE_EPOCH": "1795431600"}):
        for number in range(3):
            place.publish(site(built, f"text{number}"))
    with patch.dict(os.environ, {"SOURCE_DATE_EPOCH": "1700000000"}):
        place.publish(site(built, "zuletzt"))
    open_pages = {path for path in place.public() if path.endswith(".css")}
    for expected in ("text2", "text1"):
        assert place.run("--rollback").returncode == 0
        assert said(place.public()) == expected
        # Whoever has a later page still open gets its style sheet.
        assert open_pages <= place.public().keys()


def test_a_folder_without_a_site_is_not_published(place: Place, tmp_path: Path) -> None:
    built = tmp_path / "site"
    place.publish(site(built, "eins"))
    shutil.rmtree(built)
    built.mkdir()
    done = place.run("--site", str(built))
    assert done.returncode == 1
    assert "keine gebaute Website" in done.stderr
    assert said(place.public()) == "eins"


@pytest.mark.slow
def test_whoever_comes_second_waits(place: Place, tmp_path: Path) -> None:
    """Of four at once one or more publish, one after the other; the rest say why they did not."""
    sites = [site(tmp_path / f"site-{number}", f"text{number}") for number in range(4)]
    env = os.environ | place.env
    at_once = [
        subprocess.Popen(
            place.command("--site", str(each)), env=env, stderr=subprocess.PIPE, text=True
        )
        for each in sites
    ]
    ends = [(each.communicate()[1], each.returncode) for each in at_once]
    assert any(code == 0 for _, code in ends)
    for told, code in ends:
        assert code == 0 or "wird gerade veröffentlicht" in told
    assert said(place.public()).startswith("text")


@pytest.mark.slow
def test_killed_at_any_moment_the_public_site_is_whole(place: Place, tmp_path: Path) -> None:
    """A bucket cannot switch in one step: there each page is whole, and the next run mends it."""
    old = site(tmp_path / "alt", "alt")
    place.publish(old)
    env = os.environ | place.env
    rolls = random.Random(4)  # noqa: S311
    for number in range(6):
        new = site(tmp_path / "neu", f"neu{number}")
        before = said(place.public())
        run = subprocess.Popen(
            place.command("--site", str(new)), env=env, stdout=subprocess.DEVNULL
        )
        time.sleep(rolls.uniform(0.1, 1.2))
        run.kill()
        run.wait()
        public = place.public()
        if place.folder:
            assert said(public) in {before, f"neu{number}"}
        for path, text in public.items():
            if path.endswith(".html"):
                assert text.decode().split(" ")[1] in public
        place.publish(new)
        assert said(place.public()) == f"neu{number}"


def test_what_arrives_broken_is_not_shown(tmp_path: Path) -> None:
    """A disk that forgets, as far as one can be had: a file of the release is another after all."""
    place = Place(str(tmp_path / "web"), tmp_path / "web")
    place.publish(site(tmp_path / "site", "eins"))
    done = subprocess.run(
        [*place.command()[:1], "-c", _FORGETFUL, place.target, str(site(tmp_path / "neu", "zwei"))],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.startswith("1 Dateien kamen nicht so an wie gebaut: index.html.")
    assert said(place.public()) == "eins"


_FORGETFUL = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from partnership.site.publishing import folder, releases

class Forgetful(folder.Folder):
    def switch(self, manifest):
        file = self._releases / manifest.release / "index.html"
        file.write_bytes(b"") if "zwei" in file.read_text() else None
        super().switch(manifest)

try:
    releases.publish(
        Forgetful(Path(sys.argv[1])), Path(sys.argv[2]), datetime.now(UTC), 5, dry=False
    )
except releases.NotPublished as error:
    print(error)
"""


@pytest.mark.parametrize("target", ["ftp://host/pfad", "ssh://-oProxyCommand=x/pfad"])
def test_another_kind_of_target_is_told(target: str, tmp_path: Path) -> None:
    done = Place(target).run("--site", str(site(tmp_path / "site", "eins")))
    assert (done.returncode, done.stdout) == (1, "")
    assert "ist kein Ziel" in done.stderr


def test_a_host_that_does_not_answer_is_told(tmp_path: Path) -> None:
    port = places.free_port()
    done = Place(f"ssh://127.0.0.1:{port}/web").run("--site", str(site(tmp_path / "site", "eins")))
    assert done.returncode == 1
    assert "127.0.0.1: " in done.stderr
    assert "Öffentlich ist, was es war." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("what", ["file", "link"])
def test_a_place_that_is_no_folder_is_told(tmp_path: Path, what: str) -> None:
    web = tmp_path / "web"
    if what == "file":
        web.write_text("", "utf-8")
    else:
        (web / "current").mkdir(parents=True)
    done = Place(str(web)).run("--site", str(site(tmp_path / "site", "eins")))
    assert done.returncode == (2 if what == "file" else 1)
    assert "Traceback" not in done.stderr
    assert str(web) in done.stderr
