"""A build publishes the whole new site or leaves the last one as it was, and says why in German."""

import ast
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.helpers import MEMBER, PACKAGE, SMALL_CITY, checked, city_with, member_text
from tests.sites import NOON, Site, contents, run_build, small_city

FAULTY_MEMBER = {MEMBER: member_text("brnache: handel\n")}
BROKEN_LINK = {
    "content/aktuelles/2026-11-01-verweis.md": (
        "---\ntitel: Verweis\nbeschreibung: Ein Verweis, der ins Leere führt.\n---\n"
        "[Hier](gibt-es-nicht.md)\n"
    )
}


def sound(city: Path, *options: str) -> Path:
    """Build a city that must be sound; gives its site."""
    done = run_build(city, "--strict", "--quiet", *options)
    assert (done.returncode, done.stderr) == (0, "")
    return city / "site"


def change(city: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (city / path).parent.mkdir(parents=True, exist_ok=True)
        (city / path).write_text(text, "utf-8")


def leftovers(city: Path) -> list[str]:
    """What a build left beside its site; the empty lock stays, as removing it could let two in."""
    beside = (path.name for path in city.iterdir() if path.name.startswith(".site"))
    return [name for name in beside if name != ".site.lock"]


def fails(city: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Build a city that must not be published; the last site must stay as it was."""
    before = contents(city / "site")
    done = run_build(city, *options)
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
    assert contents(city / "site") == before
    return done


# Failing


def test_a_faulty_file_stops_the_build_with_its_place_and_the_remedy(tmp_path: Path) -> None:
    city = small_city(tmp_path)
    sound(city)
    change(city, FAULTY_MEMBER)
    done = fails(city)
    assert f"{MEMBER}:5:1: " in done.stderr
    assert "Meinten Sie „branche“?" in done.stderr
    assert "brnache: handel" in done.stderr
    assert "1 Fehler in den Daten; die Website bleibt, wie sie war." in done.stdout


def test_every_faulty_file_is_told_in_one_build(tmp_path: Path) -> None:
    city = small_city(tmp_path)
    sound(city)
    change(city, FAULTY_MEMBER)
    change(city, {"members/zweite.md": "---\nname: [\n", "data/branchen.yml": "handel: 1\n"})
    done = fails(city, "--strict")
    assert all(path in done.stderr for path in (MEMBER, "members/zweite.md", "data/branchen.yml"))


def test_a_broken_link_in_prose_stops_a_strict_build(tmp_path: Path) -> None:
    city = small_city(tmp_path)
    sound(city)
    change(city, BROKEN_LINK)
    done = fails(city, "--strict")
    assert "gibt-es-nicht.md" in done.stderr


def test_a_fault_while_rendering_leaves_the_last_site(tmp_path: Path) -> None:
    """A template of ours that breaks is our fault, so it may say more than a sentence."""
    city = small_city(tmp_path)
    site = sound(city)
    before = contents(site)
    folder = tmp_path / "overrides"
    (folder / "pages").mkdir(parents=True)
    (folder / "pages/member.html").write_text("{{ member.no_such_thing }}", "utf-8")
    config = city / "mkdocs.yml"
    override = f"theme: {{custom_dir: {folder}}}\n"
    lines = [line for line in config.read_text("utf-8").splitlines() if "custom_dir" not in line]
    config.write_text("\n".join([*lines, override]), "utf-8")
    assert run_build(city).returncode != 0
    assert contents(site) == before


def test_the_first_build_may_fail_without_leaving_a_site(tmp_path: Path) -> None:
    city = small_city(tmp_path, FAULTY_MEMBER)
    assert run_build(city).returncode != 0
    assert not (city / "site").exists()


def test_a_build_after_a_failed_one_leaves_nothing_behind(tmp_path: Path) -> None:
    city = small_city(tmp_path)
    sound(city)
    change(city, BROKEN_LINK)
    fails(city, "--strict")
    for path in BROKEN_LINK:
        (city / path).unlink()
    sound(city)
    assert leftovers(city) == []


# When, and how: while pages are written, before, and after; killed, by hand, for lack of space.
INTERRUPTIONS = [
    ("on_post_page", "os.kill(os.getpid(), signal.SIGKILL)"),
    ("on_files", "raise KeyboardInterrupt"),
    ("on_post_build", "raise OSError(errno.ENOSPC, 'No space left on device')"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("event", "fault"), INTERRUPTIONS)
def test_an_interrupted_build_leaves_the_last_site(tmp_path: Path, event: str, fault: str) -> None:
    city = small_city(tmp_path)
    site = sound(city)
    before = contents(site)
    config = (city / "mkdocs.yml").read_text("utf-8")
    (city / "fault.py").write_text(
        "import errno, os, signal\n"
        "seen = []\n"
        f"def {event}(*_, **__):\n"
        "    seen.append(1)\n"
        f"    if len(seen) > 20 or {event!r} != 'on_post_page':\n"
        f"        {fault}\n",
        "utf-8",
    )
    (city / "mkdocs.yml").write_text(config.replace("hooks: [", "hooks: [fault.py, "), "utf-8")
    change(city, {MEMBER: member_text()})
    assert run_build(city).returncode != 0
    assert contents(site) == before
    # And the next build is a whole one.
    (city / "mkdocs.yml").write_text(config, "utf-8")
    assert (sound(city) / "mitglieder/muster/index.html").is_file()
    assert leftovers(city) == []


@pytest.mark.parametrize(
    ("folder", "told"),
    [("data", "data/partnerschaft.yml:1:1: Diese Datei fehlt."), ("content", "content' isn't an")],
)
def test_a_missing_folder_stops_the_build(tmp_path: Path, folder: str, told: str) -> None:
    """The engine's folder has both, but what another city is must not be told of this one."""
    city = small_city(tmp_path)
    sound(city)
    shutil.rmtree(city / folder)
    assert told in fails(city, "--strict").stderr


def test_a_city_without_members_events_and_news_is_built(tmp_path: Path) -> None:
    city = small_city(tmp_path)
    for folder in ("members", "data/veranstaltungen", "content/aktuelles"):
        shutil.rmtree(city / folder)
    site = Site(sound(city))
    assert list(site.broken_links()) == []
    assert "Hier ist noch kein Mitglied verzeichnet." in site.pages["mitglieder/"].get_text()
    assert "keine Veranstaltung angekündigt" in site.pages["veranstaltungen/"].get_text()


@pytest.mark.parametrize("path", [MEMBER, "data/branchen.yml"])
def test_a_file_that_cannot_be_read_stops_the_build(tmp_path: Path, path: str) -> None:
    city = small_city(tmp_path)
    sound(city)
    (city / path).unlink(missing_ok=True)
    (city / path).symlink_to(tmp_path / "gibt-es-nicht")
    done = fails(city, "--strict")
    assert f"{path}:1:1: Hier liegt nur ein Verweis auf eine Datei" in done.stderr


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may read everything, so the refusal is simulated."""
    city = city_with(tmp_path, {MEMBER: member_text("logo: beispielwerke.svg\n")})
    read = Path.read_bytes

    def refused(self: Path) -> bytes:
        if self.name in {"beispielwerke.md", "beispielwerke.svg"}:
            raise PermissionError(13, "Permission denied")
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refused)
    problems = [problem.sentence for problem in checked(city).problems]
    assert len(problems) == 2
    assert "lässt sich nicht öffnen" in problems[0]
    assert "ist nicht das Bild" in problems[1]


# Succeeding


def test_a_new_build_takes_away_what_is_gone(tmp_path: Path) -> None:
    city = small_city(tmp_path, {MEMBER: member_text()})
    assert (sound(city) / "mitglieder/muster/index.html").is_file()
    (city / MEMBER).unlink()
    assert not (sound(city) / "mitglieder/muster").exists()


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("--strict",), ("--dirty",)])
def test_the_same_files_on_the_same_day_give_the_same_bytes(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    first = small_city(tmp_path / "erste")
    assert run_build(first, "--quiet").returncode == 0
    second = small_city(tmp_path / "zweite")
    for _ in range(2):
        assert run_build(second, "--quiet", *options).returncode == 0
    assert contents(first / "site") == contents(second / "site")


def test_a_later_moment_of_the_day_changes_only_what_tells_the_time(tmp_path: Path) -> None:
    first, second = small_city(tmp_path / "erste"), small_city(tmp_path / "zweite")
    assert run_build(first, "--quiet").returncode == 0
    assert run_build(second, "--quiet", moment=NOON + 60).returncode == 0
    before, after = contents(first / "site"), contents(second / "site")
    assert before.keys() == after.keys()
    told = {name for name, content in before.items() if after[name] != content}
    assert told <= {"daten/datapackage.json", "sitemap.xml.gz", "status.json"}


def test_generated_pages_are_not_in_the_engines_navigation(tmp_path: Path) -> None:
    """A navigation with every member would make each page grow with the partnership."""
    members = {f"members/firma-{n}.md": member_text(name=f"Firma {n} GmbH") for n in range(30)}
    few = Site(sound(small_city(tmp_path / "wenige")))
    many = Site(sound(small_city(tmp_path / "viele", members)))
    same = "mitglieder/beispielwerke/"
    assert str(few.pages[same]) == str(many.pages[same])
    assert not any("firma-1/" in str(page.header) for page in many.pages.values())


def test_the_site_is_built_where_d_says(tmp_path: Path) -> None:
    city = small_city(tmp_path)
    elsewhere = tmp_path / "woanders/site"
    sound(city, "-d", str(elsewhere))
    assert (elsewhere / "index.html").is_file()
    assert not (city / "site").exists()


def test_the_search_index_is_one_line_of_json_and_knows_every_page(tmp_path: Path) -> None:
    built = Site(sound(small_city(tmp_path)))
    text = (built.folder / "suche.json").read_text("utf-8")
    assert "\n" not in text
    found = [entry["a"] for entry in json.loads(text)["entries"]]
    assert len(found) == len(set(found))
    # Nobody searches for the home page or the search; who is like oneself stands with the sector.
    pages = {address.partition("#")[0] for address in found}
    groups = {each for each in built.pages if re.fullmatch(r"branchen/[^/]+/[^/]+/", each)}
    assert pages == set(built.pages) - {"", "suche/"} - groups
    assert {
        "partnerschaft/",
        "mitglieder/beispielwerke/",
        "statistik/",
        "branchen/handel/",
    } <= pages
    # A place on a page is there.
    for address in found:
        page, _, anchor = address.partition("#")
        assert not anchor or built.pages[page].find(id=anchor), address


def test_the_search_knows_the_words_of_the_city(tmp_path: Path) -> None:
    files = {"data/suche.yml": "gleichbedeutend: ['Öffi, Bim']\nfuellwoerter: [eh]\n"}
    built = Site(sound(small_city(tmp_path, files)))
    known = json.loads((built.folder / "suche.json").read_text("utf-8"))
    assert (known["same"], known["ignored"]) == ([["Öffi", "Bim"]], ["eh"])
    assert all("w" in entry for entry in known["entries"] if entry["k"] == "Seite")


def test_the_sitemap_names_every_page_but_the_search(tmp_path: Path) -> None:
    about = (SMALL_CITY / "data/partnerschaft.yml").read_text("utf-8")
    files = {"data/partnerschaft.yml": f"adresse: https://kleinstadt.example/\n{about}"}
    built = Site(sound(small_city(tmp_path, files)))
    sitemap = (built.folder / "sitemap.xml").read_text("utf-8")
    named = re.findall(r"<loc>https://kleinstadt\.example/([^<]*)</loc>", sitemap)
    groups = {each for each in built.pages if re.fullmatch(r"branchen/[^/]+/[^/]+/", each)}
    assert sorted(named) == sorted(set(built.pages) - {"suche/"} - groups)


# What tells the day or the surroundings to whoever asks.
ASKED = {"date.today", "datetime.today", "datetime.now", "datetime.utcnow", "time.time"}
ASKED |= {"os.environ", "os.getenv"}


def test_only_commands_ask_the_surroundings_and_one_function_the_clock() -> None:
    """The day and the environment are arguments; only `dates.now` reads the clock it is given."""
    asks = {
        (path.relative_to(PACKAGE).as_posix(), asked)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and (asked := ast.unparse(node)) in ASKED
    }
    assert asks == {
        ("model/dates.py", "datetime.now"),
        ("commands/usage.py", "os.environ"),
        ("commands/close.py", "os.environ"),
    }
