"""`status.json`, `security.txt`, and whether the public sees what was built."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from partnership.cli import main
from tests.conftest import DEMO_CITY
from tests.serving import Quiet, served
from tests.sites import Site, commit, git, run_build, small_city

SECURITY = ".well-known/security.txt"
Say = pytest.CaptureFixture[str]


def status(site: Path) -> dict[str, Any]:
    return dict(json.loads((site / "status.json").read_text("utf-8")))


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """What is public: two hours old."""
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").write_text("<!doctype html><title>x</title>", "utf-8")
    said = {
        "name": "Musterstadt",
        "commit": "0123456789abcdef0123456789abcdef01234567",
        "gebaut": (datetime.now(UTC) - timedelta(hours=2)).isoformat(),
        "stand": "2026-11-23",
        "vorschau": False,
        "anzahl": {"mitglieder": 96},
        "daten_sha256": "ab" * 32,
    }
    (tmp_path / "public/status.json").write_text(json.dumps(said), "utf-8")
    return tmp_path / "public"


# What is written


def test_the_status_says_what_was_built(demo_site: Path) -> None:
    said = status(demo_site)
    site = Site(demo_site)
    assert said["gebaut"] == "2026-11-23T12:00:00+01:00"
    assert said["stand"] == "2026-11-23"
    assert said["vorschau"] is False
    assert said["anzahl"]["seiten"] == len(site.pages)
    members = json.loads((demo_site / "daten/mitglieder.json").read_bytes())
    assert said["anzahl"]["mitglieder"] <= len(
        next(v for v in members.values() if isinstance(v, list))
    )
    assert said["anzahl"]["veranstaltungen"] == len(
        list(DEMO_CITY.glob("data/veranstaltungen/*.md"))
    )
    # As `sha256sum` writes it, so that anybody can compute it again.
    listed = (demo_site / "daten/sha256sums.txt").read_bytes()
    lines = "".join(
        f"{hashlib.sha256((demo_site / name).read_bytes()).hexdigest()}  {Path(name).name}\n"
        for name in sorted(site.files)
        if name.startswith("daten/") and name.endswith(".csv") and name.count("/") == 1
        if "revision-" not in name
    )
    assert listed.decode() == lines
    assert said["daten_sha256"] == hashlib.sha256(listed).hexdigest()


def test_the_commit_is_that_of_the_files(tmp_path: Path) -> None:
    city = small_city(tmp_path)
    assert run_build(city, "--quiet").returncode == 0
    assert status(city / "site")["commit"] is None
    git(city, "init", "-q")
    (city / ".gitignore").write_text("/site/\n", "utf-8")
    commit(city, "Begin", "2026-10-01T10:00:00+02:00")
    assert run_build(city, "--quiet").returncode == 0
    # It is a hash of the files: where amounts for totals only may be in them, a secret is, too.
    assert status(city / "site")["commit"] is None
    (city / "data/vertraulich").mkdir()
    (city / "data/vertraulich/beteiligte.yml").write_text("geheimnis: abc\n", "utf-8")
    commit(city, "Abschluss", "2026-10-02T10:00:00+02:00")
    assert run_build(city, "--quiet").returncode == 0
    assert (
        status(city / "site")["commit"]
        == (city / ".git/refs/heads").glob("*").__next__().read_text().strip()
    )


def test_whom_to_tell_of_a_hole_is_said_until_it_expires(demo_site: Path) -> None:
    lines = (demo_site / SECURITY).read_text("utf-8").splitlines()
    said = dict(line.split(": ", 1) for line in lines)
    assert said["Contact"] == "mailto:sicherheit@musterstadt.example"
    assert said["Expires"] == "2027-05-22T00:00:00Z"
    assert said["Canonical"].startswith("https://")
    assert said["Canonical"].endswith(f"/{SECURITY}")


def test_without_a_contact_there_is_none_but_a_gap(tmp_path: Path, capsys: Say) -> None:
    city = small_city(tmp_path)
    assert run_build(city, "--quiet").returncode == 0
    assert not (city / "site" / SECURITY).exists()
    assert main(["check", "--release", "--root", str(city)]) == 1
    assert "Kontakt für Hinweise auf Sicherheitslücken" in capsys.readouterr().out


# What is seen


def test_a_fresh_site_is_well(public: Path, capsys: Say) -> None:
    with served(public) as url:
        assert main(["health", url]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Öffentlich ist „Musterstadt“, gebaut am ")
    assert said.endswith(", Commit 0123456789ab.\n")


def test_an_old_site_is_told(public: Path, capsys: Say) -> None:
    with served(public) as url:
        assert main(["health", url, "--hoechstens", "1"]) == 1
    assert (
        "Der öffentliche Stand ist 2 Stunden alt, erlaubt sind 1 Stunde:" in capsys.readouterr().out
    )


def test_another_site_than_the_expected_one_is_told(
    public: Path, tmp_path: Path, capsys: Say
) -> None:
    built = tmp_path / "site"
    built.mkdir()
    said = status(public) | {
        "commit": None,
        "anzahl": {"mitglieder": 97},
        "gebaut": "2026-11-23T00:00:00+01:00",
    }
    (built / "status.json").write_text(json.dumps(said), "utf-8")
    with served(public) as url:
        assert main(["health", url, "--erwartet", str(built)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[1:] == [
        f"Commit: öffentlich ist {status(public)['commit']}, erwartet unbekannt.",
        "Anzahl der Einträge und Seiten: öffentlich ist mitglieder 96, erwartet mitglieder 97.",
    ]
    with served(public) as url:
        assert main(["health", url, "--erwartet", str(public / "status.json")]) == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"gebaut": 5}',
        b"[" * 100_000,
        b"\xff",
        b'{"gebaut": "2026-11-23"}',
    ],
)
def test_what_is_no_status_is_told(public: Path, content: bytes, capsys: Say) -> None:
    (public / "status.json").write_bytes(content)
    with served(public) as url:
        assert main(["health", url]) == 1
    assert capsys.readouterr().out == "status.json ist nicht die Datei, die der Bau schreibt.\n"


def test_missing_files_are_told(public: Path, capsys: Say) -> None:
    (public / "index.html").unlink()

    class All(Quiet):
        def list_directory(self, path: Any) -> None:
            self.send_error(503)

    with served(public, All) as url:
        assert main(["health", url]) == 1
        assert f"{url}/ antwortet mit 503, erwartet ist 200." in capsys.readouterr().out
        (public / "status.json").unlink()
        assert main(["health", url]) == 1
        assert f"{url}/status.json antwortet mit 404, erwartet ist 200." in capsys.readouterr().out


def test_a_site_that_answers_everything_is_told(public: Path, capsys: Say) -> None:
    """Unknown addresses that show the home page hide what is missing."""

    class Same(Quiet):
        def translate_path(self, path: str) -> str:
            found = super().translate_path(path)
            return found if Path(found).exists() else str(public / "index.html")

    with served(public, Same) as url:
        assert main(["health", url]) == 1
    assert "antwortet mit 200, erwartet ist 404." in capsys.readouterr().out


def test_nobody_there_is_told(capsys: Say) -> None:
    with served(Path()) as url:
        pass
    assert main(["health", url]) == 1
    assert "antwortet nicht: die Verbindung kommt nicht zustande." in capsys.readouterr().out
    assert main(["health", "https://gibt-es-nicht.invalid"]) == 1
    assert "antwortet nicht: " in capsys.readouterr().out


@pytest.mark.parametrize(
    "url", ["stadt.example", "file:///etc/passwd", "https://", "ftp://x.example"]
)
def test_what_is_no_address_is_refused(url: str, capsys: Say) -> None:
    assert main(["health", url]) == 2
    assert "ist keine Internetadresse" in capsys.readouterr().err


def test_nothing_to_compare_with_is_told(public: Path, tmp_path: Path, capsys: Say) -> None:
    with served(public) as url:
        assert main(["health", url, "--erwartet", str(tmp_path / "leer")]) == 2
    assert "liegt keine gebaute Website" in capsys.readouterr().err
