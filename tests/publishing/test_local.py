"""Publishing changes places in one step, whatever other builds and interrupted ones are about."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from partnership.site.publishing import exchange as exchanging
from partnership.site.publishing import local
from tests.sites import contents

# A site of this many files takes long enough to be interrupted anywhere.
_FILES = 40
_BUILD = f"""
import sys
from pathlib import Path
from partnership.site.publishing import local

site, text = Path(sys.argv[1]), sys.argv[2]
staged = local.staging(site)
for number in range({_FILES}):
    (staged.folder / f"{{number}}.html").write_text(text, "utf-8")
local.publish(staged)
"""


def build(site: Path, text: str) -> subprocess.Popen[bytes]:
    """A process that publishes a site whose files all say `text`."""
    return subprocess.Popen([sys.executable, "-c", _BUILD, str(site), text])


def staged_with(site: Path, text: str) -> local.Staged:
    staged = local.staging(site)
    (staged.folder / "index.html").write_text(text, "utf-8")
    return staged


def visible(folder: Path) -> dict[str, bytes]:
    """What is in the folder but for the file that says who is at it."""
    return {path: text for path, text in contents(folder).items() if not path.endswith(".lock")}


def whole(site: Path) -> str:
    """What all files of the site say; fails where one is missing or says something else."""
    texts = [file.read_text("utf-8") for file in site.iterdir()]
    assert len(texts) == _FILES
    (text,) = set(texts)
    return text


@pytest.fixture(params=["one step", "two renames"])
def steps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to change places: this system's, and that of one without an exchange."""
    if request.param == "two renames":
        monkeypatch.setattr(local, "exchange", lambda *_: False)
    return str(request.param)


def test_this_system_changes_places_in_one_step(tmp_path: Path) -> None:
    one, other = tmp_path / "eins", tmp_path / "zwei"
    for folder in (one, other):
        folder.mkdir()
        (folder / "wer").write_text(folder.name, "utf-8")
    assert exchanging.exchange(one, other)
    assert (one / "wer").read_text("utf-8") == "zwei"
    assert (other / "wer").read_text("utf-8") == "eins"
    with pytest.raises(FileNotFoundError):
        exchanging.exchange(one, tmp_path / "drei")


def test_the_next_site_is_built_beside_the_last(tmp_path: Path) -> None:
    site = tmp_path / "site"
    first, second = local.staging(site), local.staging(site)
    assert first.folder.parent == second.folder.parent == tmp_path
    assert len({site, first.folder, second.folder}) == 3


@pytest.mark.usefixtures("steps")
def test_a_new_site_replaces_the_last_one_whole(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert local.publish(staged_with(site, "alt")) == site
    (site / "weg.html").write_text("weg", "utf-8")
    local.publish(staged_with(site, "neu"))
    assert visible(tmp_path) == {"site/index.html": b"neu"}


def test_a_site_put_aside_by_an_interrupted_run_is_put_back(tmp_path: Path) -> None:
    site = tmp_path / "site"
    local.publish(staged_with(site, "alt"))
    site.rename(tmp_path / ".site.alt")
    local.staging(site).drop()
    assert visible(tmp_path) == {"site/index.html": b"alt"}


@pytest.mark.usefixtures("steps")
def test_a_site_that_cannot_be_replaced_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    local.publish(staged_with(site, "alt"))
    staged = staged_with(site, "neu")
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if self == staged.folder:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    def no_room(*_: Path) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    if local.exchange is exchanging.exchange:
        monkeypatch.setattr(local, "exchange", no_room)
    with pytest.raises(OSError, match="No space left"):
        local.publish(staged)
    assert (site / "index.html").read_text("utf-8") == "alt"


def test_a_link_leads_to_the_new_site(tmp_path: Path) -> None:
    real, site = tmp_path / "platte/auftritt", tmp_path / "site"
    real.parent.mkdir()
    site.symlink_to(real)
    for text in ("alt", "neu"):
        local.publish(staged_with(site, text))
    assert site.is_symlink()
    assert (real / "index.html").read_text("utf-8") == "neu"
    assert visible(real.parent) == {"auftritt/index.html": b"neu"}


def test_the_root_of_a_file_system_is_filled_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    (site / "alt/tief").mkdir(parents=True)
    (site / "alt/tief/weg.html").write_text("weg", "utf-8")
    is_mount = Path.is_mount
    monkeypatch.setattr(Path, "is_mount", lambda self: self == site or is_mount(self))
    inode = site.stat().st_ino
    for text in ("alt", "neu"):
        staged = staged_with(site, text)
        (staged.folder / "unter").mkdir()
        (staged.folder / "unter/seite.html").write_text(text, "utf-8")
        local.publish(staged)
    assert site.stat().st_ino == inode
    assert visible(site) == {"index.html": b"neu", "unter/seite.html": b"neu"}
    assert not (site / "alt").exists()


def test_four_builds_at_once_leave_one_whole_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for _ in range(3):
        builds = [build(site, str(number)) for number in range(4)]
        assert [process.wait(60) for process in builds] == [0] * 4
        assert whole(site) in {"0", "1", "2", "3"}
    assert {path.name for path in tmp_path.iterdir()} == {"site", ".site.lock"}


@pytest.mark.slow
def test_killed_anywhere_the_site_is_whole_and_the_next_build_clears_up(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build(site, "alt").wait(60) == 0
    said = "alt"
    for number in range(20):
        process = build(site, str(number))
        time.sleep(0.1 + number * 0.02)
        process.send_signal(signal.SIGKILL)
        killed = process.wait(60) != 0
        assert whole(site) in {said, str(number)}
        assert killed or whole(site) == str(number)
        said = whole(site)
    assert build(site, "neu").wait(60) == 0
    assert whole(site) == "neu"
    assert {path.name for path in tmp_path.iterdir()} == {"site", ".site.lock"}


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("call", ["renameat2", "rename", "mkdir", "unlink", "rmdir"])
def test_killed_at_every_call_that_changes_places(tmp_path: Path, call: str) -> None:
    """A kill as each call of this name begins, one after the other, until a build gets through."""
    site = tmp_path / "site"
    assert build(site, "alt").wait(60) == 0
    said = "alt"
    for number in range(1, 4 * _FILES):
        text = f"{call} {number}"
        at = f"--inject={call}:signal=KILL:when={number}"
        traced = ["strace", "-qq", "-f", "-o", "/dev/null", "-e", f"trace={call}", at]
        run = subprocess.run([*traced, sys.executable, "-c", _BUILD, str(site), text], check=False)
        assert whole(site) in {said, text}
        said = whole(site)
        if run.returncode == 0:
            break
    assert said == text
    assert build(site, "neu").wait(60) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"site", ".site.lock"}
