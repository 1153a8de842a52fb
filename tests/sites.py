"""What tests of built sites share: their pages parsed once, and small cities that can be built."""

import json
import os
import posixpath
import re
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from gzip import decompress
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import yaml
from bs4 import BeautifulSoup, Tag

from tests import builder
from tests.helpers import city_with

ENGINE = Path(__file__).resolve().parent.parent
# Noon of 23 November 2026 in Berlin.
NOON = 1795431600


class Site:
    """A built site as visitors get it. Addresses are those of the contract: `mitglieder/`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def files(self) -> frozenset[str]:
        """Every file, relative to the site."""
        return frozenset(
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_file()
        )

    @cached_property
    def pages(self) -> Mapping[str, BeautifulSoup]:
        """Every page of visitors by its address; a redirect is none, nor is the page of what is not
        found.
        """
        return {
            name.removesuffix("index.html"): page
            for name in sorted(self.files)
            if name.endswith("index.html") and not _is_redirect(page := self._read(name))
        }

    @cached_property
    def redirects(self) -> Mapping[str, BeautifulSoup]:
        """Every page that only leads elsewhere."""
        return {
            name.removesuffix("index.html"): page
            for name in sorted(self.files)
            if name.endswith("index.html") and _is_redirect(page := self._read(name))
        }

    @cache  # noqa: B019 - a site lives as long as the run
    def _read(self, name: str) -> BeautifulSoup:
        return BeautifulSoup((self.folder / name).read_bytes(), "lxml")

    @cached_property
    def ids(self) -> Mapping[str, frozenset[str]]:
        """The anchors of each page."""
        return {
            address: frozenset(str(each["id"]) for each in page.find_all(id=True))
            for address, page in self.pages.items()
        }

    def broken_links(self) -> Iterator[str]:
        """Every link and reference within the site that leads nowhere."""
        for address, page in (self.pages | self.redirects).items():
            for element in page.select("[href], [src], [data-search]"):
                target = element.get("href") or element.get("src") or element.get("data-search")
                if not self.leads_somewhere(address, str(target)):
                    yield f"{address}: {target}"

    def leads_somewhere(self, address: str, link: str) -> bool:
        """Whether `link` on the page at `address` has a target; other hosts are not asked."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return parts.scheme in {"https", "http", "mailto", "tel"}
        target = resolve(address, parts.path)
        if target is None:
            return False
        if target not in self.pages:
            return target in self.files or target in self.redirects
        return not parts.fragment or unquote(parts.fragment) in self.ids[target]

    def text_of_files(self) -> Iterator[tuple[str, bytes]]:
        """Every file with its bytes, an archive (workbook, packed sitemap) with what it holds."""
        for name in sorted(self.files):
            path = self.folder / name
            if name.endswith(".xlsx"):
                with ZipFile(path) as book:
                    for part in book.namelist():
                        yield f"{name}/{part}", book.read(part)
            elif name.endswith(".gz"):
                yield name, decompress(path.read_bytes())
            else:
                yield name, path.read_bytes()

    def files_with(self, text: str) -> list[str]:
        """The files in which `text` stands, as it is or as JSON, calendars or markup write it."""
        forms = {text, text.replace("&", "&amp;"), _as_json(text)}
        return [
            name
            for name, content in self.text_of_files()
            # A calendar breaks long lines.
            if any(form.encode() in content.replace(b"\r\n ", b"") for form in forms)
        ]


def _as_json(text: str) -> str:
    return json.dumps(text)[1:-1]


def _is_redirect(page: BeautifulSoup) -> bool:
    return page.find("meta", attrs={"http-equiv": "refresh"}) is not None


def resolve(address: str, path: str) -> str | None:
    """The address that a relative `path` means on the page at `address`; None outside the site."""
    if path.startswith("/"):
        return None  # the site must also work below a folder
    joined = posixpath.normpath(posixpath.join("/", address, unquote(path)))
    ups = posixpath.normpath(posixpath.join(address or ".", unquote(path)))
    if ups.startswith(".."):
        return None
    found = joined.lstrip("/")
    is_folder = path.endswith(("/", "/.", "..")) or path in {"", "."}
    if path == "":
        return address
    return f"{found}/" if found and is_folder else found


def words(element: Tag | None) -> str:
    """The text of an element, white space made even."""
    assert element is not None
    return " ".join(element.get_text(" ").split())


def number(text: str) -> int:
    """The first whole number of a German text."""
    found = re.search(r"\d[\d.]*", text)
    assert found, text
    return int(found[0].replace(".", ""))


def front_matter(path: Path) -> dict[str, object]:
    """The head of a file, read without the library that is under test."""
    head = path.read_text("utf-8").split("---\n")[1]
    return dict(yaml.load(head, Loader=yaml.BaseLoader))  # noqa: S506 - it makes texts only


def small_city(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """The small city of the library's tests, as a folder the engine can build."""
    config = (
        f"INHERIT: {ENGINE}/mkdocs.yml\n"
        "site_name: Kleinstadt\n"
        "watch: []\n"
        f"theme: {{custom_dir: {ENGINE}/overrides}}\n"
        f"hooks: [{ENGINE}/hooks/build.py]\n"
    )
    return city_with(folder, {"mkdocs.yml": config, **(files or {})})


def run_build(
    city: Path, *options: str, moment: int | str = NOON
) -> subprocess.CompletedProcess[str]:
    """Build a city as an editor would, into the folder `site` beside its files."""
    env = os.environ | {
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        "SOURCE_DATE_EPOCH": str(moment),
    }
    return builder.run(["build", "-f", str(city / "mkdocs.yml"), *options], env)


def git(city: Path, *arguments: str, at: str = "2026-10-01T10:00:00+02:00") -> None:
    """Run git as somebody without any settings of their own."""
    env = os.environ | {"GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at, "HOME": str(city)}
    identity = ["-c", "user.name=Test", "-c", "user.email=test@stadt.example", "-c", "gc.auto=0"]
    subprocess.run(["git", "-C", city, *identity, *arguments], env=env, check=True)


def commit(city: Path, message: str, at: str) -> None:
    """Commit everything as it stands, even if nothing has changed."""
    git(city, "add", "-A")
    git(city, "commit", "-q", "--allow-empty", "-m", message, at=at)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
