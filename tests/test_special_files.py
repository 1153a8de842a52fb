"""What is no file hangs no reader, fills no memory and publishes nothing: a German finding each."""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from partnership.model.problems import show
from tests.helpers import MEMBER, checked, city_with, member_text
from tests.sites import run_build, small_city

NEWS = "content/aktuelles/2026-11-01-neues.md"
PLACES = (
    *(MEMBER, "members/logos/muster.svg", "members/x"),
    *("data/partnerschaft.yml", "data/branchen.yml", "data/x.yml", "data/jahressummen.yml"),
    "data/veranstaltungen/2026-12-10-sprechstunde.md",
    *(NEWS, "content/kontakt.md", "content/dateien/x.pdf", "content/x"),
)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def plug(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # such names must be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
    os.chdir(here)


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def nowhere(path: Path) -> None:
    path.symlink_to("nirgends")


def outside(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def folder_outside(path: Path) -> None:
    path.symlink_to("/etc")


def own_folder(path: Path) -> None:
    path.symlink_to(".")


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def memory(path: Path) -> None:
    path.symlink_to("/proc/self/mem")


LINK = "Hier liegt nur ein Verweis auf eine Datei oder einen Ordner"
PLUG = "Das ist keine gewöhnliche Datei, sondern ein Anschluss für Programme."
KINDS = {
    **dict.fromkeys((pipe, plug), PLUG),
    **dict.fromkeys((loop, nowhere, outside, folder_outside, own_folder, device, memory), LINK),
}


@pytest.fixture(autouse=True)
def _never_hangs() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError("the reader waits for what never comes")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(100)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def placed(city: Path, path: str, make: Callable[[Path], None]) -> None:
    file = city / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    make(file)


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
def test_what_is_no_file_is_told_once_wherever_it_lies(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    for place in PLACES:
        city = city_with(tmp_path, {MEMBER: member_text("logo: muster.svg\n")})
        (city / "members/logos/muster.svg").write_text(
            "<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8"
        )
        placed(city, place, make)
        problems = checked(city).problems
        assert [problem.path for problem in problems] == [place], show(problems, "text")
        assert problems[0].message.startswith(KINDS[make])
        (city / place).unlink()
        city_with(tmp_path, {})


@pytest.mark.parametrize("folder", ["members", "data", "content"])
def test_a_folder_that_is_none(tmp_path: Path, folder: str) -> None:
    city = city_with(tmp_path, {})
    (city / folder).rename(tmp_path / "beiseite")
    pipe(city / folder)
    told = [problem.sentence for problem in checked(city).problems]
    assert (
        f"„{folder}“ ist kein Ordner. Bitte löschen und einen Ordner dieses Namens anlegen." in told
    )


@pytest.mark.parametrize("path", [MEMBER, NEWS, "content/neu.md", "data/branchen.yml"])
def test_a_folder_named_like_a_file(tmp_path: Path, path: str) -> None:
    city = city_with(tmp_path, {})
    placed(city, path, Path.mkdir)
    (problem,) = checked(city).problems
    assert problem.path == path
    assert problem.message == "Das ist ein Ordner, sein Name endet aber wie der einer Datei."


@pytest.mark.parametrize("sign", ["\n", "\x1b", "\x07", "\u202e", "\u200f", "\udcff"])
@pytest.mark.parametrize(
    "path", ["members/mu{}ster.md", "content/dateien/x{}fdp.exe", "data/{}x.yml", "content/{}/a.md"]
)
def test_a_name_with_a_sign_that_nobody_sees(tmp_path: Path, path: str, sign: str) -> None:
    city = city_with(tmp_path, {path.format(sign): member_text()})
    found = checked(city).problems
    shown = path.format("\N{REPLACEMENT CHARACTER}").removesuffix("/a.md")
    assert shown in {problem.path for problem in found}
    assert (
        "Der Name enthält ein Zeichen, das man nicht sieht oder nicht lesen kann."
        in found[0].message
    )
    for form in ("text", "github", "gitlab", "json"):
        assert sign not in show(found, form).replace("\n", "") or sign == "\n"


def test_the_build_neither_hangs_nor_publishes(tmp_path: Path) -> None:
    city = small_city(tmp_path)
    for make in (pipe, outside, own_folder):
        placed(city, f"content/dateien/{make.__name__}.pdf", make)
    done = run_build(city, "--strict")
    assert done.returncode
    assert done.stderr.count("content/dateien/") == 3
    assert not (city / "site").exists()


def test_what_programs_leave_behind_may_be_of_any_kind(tmp_path: Path) -> None:
    city = city_with(tmp_path, {})
    placed(city, "members/.#muster.md", nowhere)
    assert checked(city).problems == ()
