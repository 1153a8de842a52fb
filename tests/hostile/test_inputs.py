"""Hostile inputs by class: none makes the check stumble, each refusal has its place, and of those
that are taken nothing in the built site could run or ask anybody else.
"""

from collections import Counter
from pathlib import Path

import pytest
from bs4 import Tag

from tests.hostile.inputs import FOREIGN, every, with_logo
from tests.hostile.trial import results
from tests.sites import Site

pytestmark = pytest.mark.slow

KINDS = tuple(dict.fromkeys(each.kind for each in every()))
# A page has a frame of its own; beside it a text may grow this much, by escaping and elements.
TIMES, FRAME = 20, 40_000
# What pages of ours have.
OURS = {
    ("suche/", "template"),
    *((page, "form") for page in ("suche/", "mitglieder/", "mitmachen/fragebogen/")),
}
# Only these carry an address of others, and a visitor has to follow it.
LINKS = {("a", "href"), ("link", "href"), ("meta", "content")}


def test_there_are_many_of_many_kinds() -> None:
    counted = Counter(each.kind for each in every())
    assert counted.total() >= 300
    assert len(counted) >= 10
    assert min(counted.values()) >= 12
    assert len({each.path for each in every()}) == counted.total()


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_taken_or_refused_at_its_place(tmp_path: Path, kind: str) -> None:
    for result in results(tmp_path, kind):
        files = {
            path: text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
            for path, text in with_logo(result.input).items()
        }
        for problem in result.problems:
            assert problem.path in files, (result.input, problem)
            assert 1 <= problem.place.line <= files[problem.path].count(b"\n") + 2
            assert problem.message
            # As much is said as a line can hold, however much was typed.
            assert len(problem.message) < 2_000, result.input.content[:80]
        assert len(result.problems) <= 200


@pytest.fixture(scope="module")
def site(hostile_site: Path) -> Site:
    found = Site(hostile_site)
    assert len(found.pages) > 150
    return found


def test_nothing_that_is_taken_could_run(site: Site) -> None:
    wrong = []
    for address, page in site.pages.items():
        for element in page.html.find_all(True):
            assert isinstance(element, Tag)
            if element.name in {"iframe", "object", "embed", "base", "style", "form", "template"}:
                wrong.append((address, element.name))
            if element.name == "script" and not element.get("src"):
                wrong += [(address, "script")] if "json" not in str(element.get("type")) else []
            for name, value in element.attrs.items():
                text = "".join(value if isinstance(value, list) else str(value)).lower()
                if name.startswith("on") or name in {"style", "srcdoc"}:
                    wrong.append((address, name))
                if name in {"href", "src", "action", "xlink:href", "data", "poster", "srcset"}:
                    scheme = "".join(text.split()).partition(":")[0]
                    if scheme in {"javascript", "vbscript", "data", "file", "blob", "feed"}:
                        wrong.append((address, f"{name}={text[:40]}"))
                    if FOREIGN in text and (element.name, name) not in LINKS:
                        wrong.append((address, f"{element.name} {name}={text[:40]}"))
    assert [each for each in wrong if each not in OURS] == []


def test_no_page_grows_beyond_what_was_written(site: Site, tmp_path: Path) -> None:
    sizes = {each.path: len(each.content) for each in every()}
    for path, size in sizes.items():
        if path.startswith("members/firma-"):
            page = site.folder / f"mitglieder/{Path(path).stem}/index.html"
            if page.exists():
                assert page.stat().st_size < TIMES * size + FRAME, path


def test_drawings_that_are_taken_have_lost_what_could_ask(site: Site) -> None:
    logos = list((site.folder / "assets/logos").rglob("*.svg"))
    assert logos
    for path in logos:
        text = path.read_text("utf-8")
        for sign in (FOREIGN, "<script", "javascript:", "foreignObject", "<style"):
            assert sign not in text, path
