"""Publishing moves whole folders, whatever an interrupted run has left behind."""

from pathlib import Path

import pytest

from partnership.publish import publish, staging
from tests.sites import contents


def staged_with(site: Path, text: str) -> Path:
    staged = staging(site)
    staged.mkdir()
    (staged / "index.html").write_text(text, "utf-8")
    return staged


def test_the_next_site_is_built_beside_the_last(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert staging(site).parent == tmp_path
    assert staging(site) != site


def test_the_first_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert publish(staged_with(site, "neu")) == site
    assert contents(tmp_path) == {"site/index.html": b"neu"}


def test_a_new_site_replaces_the_last_one_whole(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(staged_with(site, "alt"))
    (site / "weg.html").write_text("weg", "utf-8")
    publish(staged_with(site, "neu"))
    assert contents(tmp_path) == {"site/index.html": b"neu"}


def test_what_an_interrupted_run_left_does_not_matter(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(staged_with(site, "alt"))
    rest = tmp_path / ".site.alt"
    rest.mkdir()
    (rest / "rest.html").write_text("rest", "utf-8")
    publish(staged_with(site, "neu"))
    assert contents(tmp_path) == {"site/index.html": b"neu"}


def test_a_site_put_aside_by_an_interrupted_run_is_put_back(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(staged_with(site, "alt"))
    site.rename(tmp_path / ".site.alt")
    staging(site)
    assert contents(tmp_path) == {"site/index.html": b"alt"}


def test_a_site_that_cannot_be_replaced_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    publish(staged_with(site, "alt"))
    staged = staged_with(site, "neu")
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if self == staged:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="No space left"):
        publish(staged)
    assert (site / "index.html").read_text("utf-8") == "alt"
