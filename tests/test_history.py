"""The list of changes, from a real git repository of a small city."""

import os
import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from partnership.checking import history
from tests.sites import commit, git, run_build, small_city

FIRST, SECOND = "2026-10-01T10:00:00+02:00", "2026-10-05T10:00:00+02:00"
UNTIL = date(2026, 10, 31)
MEMBER = "members/beispielwerke.md"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A small city whose files were all committed on the first of October."""
    folder = small_city(tmp_path)
    git(folder, "init", "-q")
    commit(folder, "Begin", FIRST)
    return folder


def change(city: Path, old: str, new: str) -> None:
    file = city / MEMBER
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def later(city: Path, message: str = "Edit") -> list[history.Change]:
    commit(city, message, SECOND)
    return [each for each in history.read(city, UNTIL).changes if each.day == date(2026, 10, 5)]


def test_new_entries_are_added(city: Path) -> None:
    found = history.read(city, UNTIL).changes
    assert {each.kind for each in found} == {"added"}
    assert MEMBER in {each.path for each in found}
    assert {each.day for each in found} == {date(2026, 10, 1)}


def test_an_edit_names_what_was_edited_and_why(city: Path) -> None:
    change(city, "beschaeftigte: ", "beschaeftigte: 1")
    (found,) = later(city, "Korrektur: Zahl der Beschäftigten war falsch übertragen")
    assert found.kind == "edited"
    assert found.parts == ("Beschäftigte an den Standorten der Stadt",)
    assert found.note == "Zahl der Beschäftigten war falsch übertragen"


def test_what_is_not_published_leaves_no_trace(city: Path) -> None:
    change(city, "Rückruf im Frühjahr", "Rückruf im Mai")
    assert later(city) == []


def test_what_is_for_totals_only_leaves_no_trace(city: Path) -> None:
    text = (city / MEMBER).read_text("utf-8")
    new = "  - {typ: jobticket, laufend: 2025-01, umfang: 77, veroeffentlichung: nur_summe}\n"
    (city / MEMBER).write_text(text.replace("massnahmen:\n", f"massnahmen:\n{new}", 1), "utf-8")
    assert new in (city / MEMBER).read_text("utf-8")
    assert later(city) == []


@pytest.mark.parametrize(
    "first",
    [
        "massnahmen: [{typ: jobticket, laufend: 2025-01, veroeffentlichung: nur_summe}]\n",
        "kennzahlen: {2025: {pkw_gesamt: 12}}\n",
    ],
)
def test_nor_does_the_first_of_its_kind(city: Path, first: str) -> None:
    file = city / "members/handelshaus-probe.md"
    text = file.read_text("utf-8")
    assert first.partition(":")[0] not in text
    file.write_text(text.replace("bestaetigung:", f"{first}bestaetigung:"), "utf-8")
    assert later(city) == []
    done = run_build(city)
    assert done.returncode == 0, done.stderr
    page = (city / "site/aenderungen/index.html").read_text("utf-8")
    assert "tag-2026-10-01" in page
    assert "tag-2026-10-05" not in page


def test_the_future_of_the_build_day_is_not_told(city: Path) -> None:
    change(city, "beschaeftigte: ", "beschaeftigte: 1")
    commit(city, "Edit", SECOND)
    days = {each.day for each in history.read(city, date(2026, 10, 4)).changes}
    assert days == {date(2026, 10, 1)}


NOT_WHOLE = "Beim Bau dieser Fassung der Website lag die Versionsgeschichte nicht vollständig vor."


def listed(city: Path) -> str:
    """The page of changes, as it is built."""
    done = run_build(city, "--strict", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    return (city / "site/aenderungen/index.html").read_text("utf-8")


def in_a_foreign_repository(city: Path) -> None:
    """The folder lies in a repository that keeps other things."""
    (city.parent / "anderes.md").write_text("x", "utf-8")
    git(city.parent, "init", "-q")
    git(city.parent, "add", "anderes.md")
    git(city.parent, "commit", "-qm", "Anderes", at=FIRST)


@pytest.mark.parametrize(
    "prepared",
    [lambda city: None, lambda city: git(city, "init", "-q"), in_a_foreign_repository],
    ids=["none", "empty", "foreign"],
)
def test_without_a_history_the_list_is_left_out_and_the_page_says_so(
    tmp_path: Path, prepared: Callable[[Path], None]
) -> None:
    city = small_city(tmp_path)
    prepared(city)
    found = history.read(city, UNTIL)
    assert found.changes == ()
    assert found.unknown == "Dieser Ordner hat keine Versionsgeschichte (git)."
    page = listed(city)
    assert NOT_WHOLE in page
    assert "keine Änderungen" not in page


def test_of_a_shallow_clone_nothing_is_told(city: Path, tmp_path: Path) -> None:
    """Its first state would make everything new."""
    later(city)
    clone = tmp_path / "klon"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{city}", str(clone))
    found = history.read(clone, UNTIL)
    assert found.changes == ()
    assert "git fetch --unshallow" in found.unknown
    page = listed(clone)
    assert NOT_WHOLE in page
    assert "neu im Verzeichnis" not in page


def test_a_shallow_clone_that_reaches_far_enough_tells_all(city: Path, tmp_path: Path) -> None:
    change(city, "beschaeftigte: ", "beschaeftigte: 1")
    later(city)
    clone = tmp_path / "klon"
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{city}", str(clone))
    # By then the first commit lies more than a year back.
    until = date(2027, 10, 3)
    assert history.read(clone, until) == history.read(city, until)
    assert [each.kind for each in history.read(clone, until).changes] == ["edited"]


def raw_commit(city: Path, message: bytes, when: str, **files: bytes) -> None:
    """A commit as no honest program makes it."""
    for path, content in files.items():
        blob = git_bytes(city, "hash-object", "-w", "--stdin", data=content)
        git_bytes(
            city, "update-index", "--add", "-z", "--index-info",
            data=b"100644 " + blob + b"\t" + os.fsencode(path) + b"\0",
        )  # fmt: skip
    tree, parent = git_bytes(city, "write-tree"), git_bytes(city, "rev-parse", "HEAD")
    body = b"tree %b\nparent %b\nauthor x <x@x.example> %b\ncommitter x <x@x.example> %b\n\n%b" % (
        tree,
        parent,
        when.encode(),
        when.encode(),
        message,
    )
    command = ("hash-object", "-t", "commit", "-w", "--stdin", "--literally")
    git_bytes(city, "update-ref", "HEAD", git_bytes(city, *command, data=body).decode())


def git_bytes(city: Path, *command: str, data: bytes = b"") -> bytes:
    done = subprocess.run(
        ["git", "-C", city, *command], input=data, capture_output=True, check=True
    )
    return done.stdout.strip()


NOON = "1790848800 +0200"  # 1 October 2026
HEAD = b"---\nname: Alt GmbH\nbranche: handel\nbestaetigung: unternehmen\n"
BOMB = b"a: &a [x,x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % (c, c, *[c - 1] * 10)
    for c in b"bcdefghi"
)
ODD_FILES = {
    "bytes": b"---\nname: \xff\xfe\n---\n",
    "bomb": HEAD + BOMB + b"massnahmen: *i\n---\n",
    "name-bomb": b"---\n" + BOMB + b"name: *i\n---\n",
    "deep": HEAD + b"x: " + b"[" * 5000 + b"]" * 5000 + b"\n---\n",
    "large": HEAD + b"x: " + b"y" * 3_000_000 + b"\n---\n",
    "tag": HEAD
    + b"x: !!timestamp foo\ny: !!int ''\nz: !!python/object/apply:os.system [id]\n---\n",
    "control": b"---\nname: \x1b[31mrot \xe2\x80\xae GmbH\n---\n",
    "list": b"---\n- name\n---\n",
    "none": b"",
}


@pytest.mark.parametrize("content", ODD_FILES.values(), ids=ODD_FILES)
def test_an_old_file_that_cannot_be_read_is_left_out_and_told(city: Path, content: bytes) -> None:
    path = "members/alt.md"
    raw_commit(city, b"Odd", NOON, **{path: content})
    raw_commit(city, b"Mended", NOON, **{path: HEAD + b"---\n"})
    found = history.read(city, UNTIL)
    assert MEMBER in {each.path for each in found.changes}
    if content:
        assert [each for each in found.unread if not each.startswith(f"{path} (")] == []
        assert found.unread
    assert "\x1b" not in repr(found.changes)


def test_a_number_without_end_is_text(city: Path) -> None:
    raw_commit(city, b"Odd", NOON, **{"members/alt.md": HEAD + b"x: " + b"9" * 9000 + b"\n---\n"})
    found = history.read(city, UNTIL)
    assert found.unread == ()
    assert "Alt GmbH" in {each.name for each in found.changes}


@pytest.mark.parametrize(
    "when",
    [
        "1790848800 +9999",
        "1790848800 -0000",
        "1790848800 Berlin",
        "99999999999999999999 +0000",
        "9999999999999 +0000",
        "-5 +0000",
        "gestern",
    ],
)
def test_an_odd_time_of_a_commit_stops_nothing(city: Path, when: str) -> None:
    raw_commit(city, b"Odd", when, **{"members/alt.md": HEAD + b"---\n"})
    # Git stops at a state that seems to be older than the year; so do we.
    assert isinstance(history.read(city, UNTIL), history.History)
    assert listed_without_traceback(city)


def listed_without_traceback(city: Path) -> bool:
    done = run_build(city, "--strict")
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode == 0


@pytest.mark.parametrize(
    "message",
    [
        b"Korrektur: \xff\xfe kaputt",
        b"Korrektur: \x1b]0;Kiebitz\x07 \xe2\x80\xae verdreht",
        b"Korrektur: a\x01b\x02c",
        b"",
        b"Korrektur: ::error::Kiebitz\n##[error]Kiebitz",
        b":100644 100644 0 0 M",
    ],
)
def test_an_odd_message_stops_nothing_and_turns_no_text(city: Path, message: bytes) -> None:
    alt = "members/alt.md"
    raw_commit(city, b"Neu", NOON, **{alt: HEAD + b"---\n"})
    raw_commit(city, message, NOON, **{alt: HEAD.replace(b"handel", b"industrie") + b"---\n"})
    edited = [each for each in history.read(city, UNTIL).changes if each.kind == "edited"]
    assert [each.path for each in edited] == [alt]
    assert not re.search("[\x00-\x1f\u202e]", edited[0].note)


@pytest.mark.parametrize(
    "name", [b"\xff.md", b"a\nb.md", b"a\tb.md", b'"x".md', b"\x1b[31m.md", "\u202ex.md".encode()]
)
def test_an_odd_name_of_an_old_file_stops_nothing(city: Path, name: bytes) -> None:
    path = os.fsdecode(b"members/" + name)
    raw_commit(city, b"Odd", NOON, **{path: HEAD + b"---\n"})
    raw_commit(city, b"Then", NOON, **{"members/alt.md": HEAD + b"---\n"})
    found = history.read(city, UNTIL)
    assert "members/alt.md" in {each.path for each in found.changes}
    assert all(each.path.isprintable() for each in found.changes)


def test_the_page_lists_a_correction(city: Path) -> None:
    change(city, "beschaeftigte: ", "beschaeftigte: 1")
    commit(city, "Korrektur: <b>Zahlendreher</b>", SECOND)
    done = run_build(city)
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup((city / "site/aenderungen/index.html").read_bytes(), "lxml")
    day = page.select_one("#tag-2026-10-05")
    assert day is not None
    assert day.parent is not None
    (entry,) = day.parent.select("li")
    assert entry is not None
    assert "(„Beschäftigte an den Standorten der Stadt“)" in entry.get_text()
    assert "Grund: <b>Zahlendreher</b>" in entry.get_text()
    # An entry that is new here need not be a member that is new.
    assert "Unternehmen neu im Verzeichnis:" in page.select_one("#tag-2026-10-01").parent.get_text()
    assert [link["href"] for link in entry.select("a")] == ["../mitglieder/beispielwerke/"]
