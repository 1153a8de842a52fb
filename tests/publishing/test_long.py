"""The long trials of publishing, run by `make audit`: many kills, readers who never stop.

What came out stands in docs/threat-model.md.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from tests.hosting.servers import NGINX, ask, nginx
from tests.publishing import places
from tests.publishing.places import Place, said, site
from tests.publishing.test_local import build, whole
from tests.publishing.test_targets import place

__all__ = ["place"]

KILLS, PUBLISHES, READERS = 200, 50, 4


@pytest.mark.audit
def test_many_kills_of_a_build(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    begun = time.monotonic()
    assert build(folder, "alt").wait(60) == 0
    takes, rolls, told = time.monotonic() - begun, random.Random(1), "alt"  # noqa: S311
    ends: Counter[bool] = Counter()
    for number in range(KILLS):
        process = build(folder, str(number))
        time.sleep(rolls.uniform(0, 1.1 * takes))
        process.send_signal(signal.SIGKILL)
        ends[process.wait(60) == 0] += 1
        assert whole(folder) in {told, str(number)}
        told = whole(folder)
    assert build(folder, "neu").wait(60) == 0
    assert whole(folder) == "neu"
    assert {path.name for path in tmp_path.iterdir()} == {"site", ".site.lock"}
    # Moments on both sides of the end, or they were no random ones.
    assert min(ends[True], ends[False]) > 0


@pytest.mark.audit
def test_many_kills_of_publishing(place: Place, tmp_path: Path) -> None:
    place.publish(site(tmp_path / "alt", "alt"))
    env = os.environ | place.env
    begun = time.monotonic()
    first = site(tmp_path / "neu", "erste")
    subprocess.run(place.command("--site", str(first)), env=env, check=True, capture_output=True)
    takes, rolls = time.monotonic() - begun, random.Random(2)  # noqa: S311
    for number in range(KILLS):
        new = site(tmp_path / "neu", f"neu{number}")
        before = said(place.public())
        run = subprocess.Popen(
            place.command("--site", str(new)), env=env, stdout=subprocess.DEVNULL
        )
        time.sleep(rolls.uniform(0.2 * takes, 1.1 * takes))
        run.kill()
        run.wait()
        public = place.public()
        if place.folder:
            assert said(public) in {before, f"neu{number}"}
        # A bucket cannot switch in one step: there each page is whole.
        for path, text in public.items():
            if path.endswith(".html"):
                assert text.decode().split(" ")[1] in public
        place.publish(new)
        assert said(place.public()) == f"neu{number}"


@pytest.mark.audit
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("call", ["rename", "renameat2", "symlink", "link", "mkdir", "unlink"])
def test_killed_at_every_call_of_publishing(tmp_path: Path, call: str) -> None:
    """A kill as each call of this name begins, one after the other, until a run gets through."""
    place = Place(str(tmp_path / "web"), tmp_path / "web")
    place.publish(site(tmp_path / "alt", "alt"))
    told = "alt"
    for number in range(1, 200):
        new = site(tmp_path / "neu", f"{call}{number}")
        at = f"--inject={call}:signal=KILL:when={number}"
        traced = ["strace", "-qq", "-f", "-o", "/dev/null", "-e", f"trace={call}", at]
        run = subprocess.run(
            [*traced, *place.command("--site", str(new))], check=False, stdout=subprocess.DEVNULL
        )
        assert said(place.public()) in {told, f"{call}{number}"}
        told = said(place.public())
        if run.returncode == 0:
            break
    assert told == f"{call}{number}"
    place.publish(site(tmp_path / "neu", "neu"))
    assert said(place.public()) == "neu"


@pytest.fixture
def web(tmp_path: Path) -> Iterator[tuple[Place, str]]:
    """A folder that nginx serves as the README says, with a first site in it."""
    if not NGINX.exists():
        pytest.skip("needs nginx from the system")
    place = Place(str(tmp_path / "web"), tmp_path / "web")
    place.publish(site(tmp_path / "neu", "erste"))
    (tmp_path / "nginx").mkdir()
    (tmp_path / "nginx/nginx.conf").write_text("", "utf-8")
    # What the workers read belongs to whoever runs this.
    tmp_path.chmod(0o755)
    with nginx(tmp_path / "web/current", tmp_path / "nginx", tmp_path / "nginx") as url:
        yield place, url


@pytest.mark.audit
def test_readers_who_never_stop_get_whole_pages(web: tuple[Place, str], tmp_path: Path) -> None:
    place, url = web
    over = Event()

    def read(reader: int) -> tuple[int, list[str]]:
        asked, wrong = 0, []
        rolls = random.Random(reader)  # noqa: S311
        while not over.is_set():
            address = rolls.choice(("/", *(f"/seite-{number}/" for number in range(12))))
            page = ask(url, address)
            text, _, style = page.body.decode("utf-8", "replace").partition(" ")
            asked += 1
            if page.status != 200 or not style:
                wrong.append(f"{address}: {page.status} {text[:40]}")
                continue
            sheet = ask(url, f"/{style}")
            asked += 1
            if sheet.status != 200 or sheet.body.decode() != f"/* {text} */":
                wrong.append(f"{style} of {text}: {sheet.status}")
        return asked, wrong

    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(read, number) for number in range(READERS)]
        try:
            for number in range(PUBLISHES):
                place.publish(site(tmp_path / "neu", f"neu{number}"))
                if number % 5 == 4:
                    assert place.run("--rollback").returncode == 0
        finally:
            over.set()
        found = [reader.result(60) for reader in readers]
    assert [fault for _, wrong in found for fault in wrong] == []
    asked = sum(count for count, _ in found)
    assert asked > 20 * PUBLISHES
    sys.stderr.write(f"\n{asked} answers while {PUBLISHES} sites were published\n")


def test_the_trial_sees_a_mixed_site(tmp_path: Path) -> None:
    """What the kills are judged by does tell half a site from a whole one."""
    mixed = places.contents(site(tmp_path / "a", "eins")) | {
        "seite-3/index.html": b"zwei assets/site.fehlt.css"
    }
    with pytest.raises(AssertionError):
        said(mixed)
