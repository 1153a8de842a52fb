"""What each reader of a file from outside does with any bytes: it takes them or says what is wrong.

A reader here is a function of bytes that raises for what must never happen: another exception than
the one that carries findings, a finding without a place, output that could run in a browser.
`tests/test_readers.py` calls them with examples of Hypothesis and with `corpus/`, `run.py` beside
this file with what coverage finds.
"""

import contextlib
import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import canonicalize

import yaml
from markdown import Markdown
from markupsafe import escape

from partnership.checking.load import load
from partnership.checking.load.files import Reading
from partnership.checking.load.records import validated
from partnership.language.markup import to_html
from partnership.model import markers
from partnership.model.catalogue import Questionnaire
from partnership.model.city import City
from partnership.model.event import Event, ProsePage
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.problems import Problem, ProblemsFound, show
from partnership.office.questionnaire.answer import Filled, read_answer, understand
from partnership.office.questionnaire.form import form
from partnership.office.questionnaire.reader import read_workbook
from partnership.reading import attachments, pictures
from partnership.reading.links import anchors, links
from partnership.reading.prose import Inert
from partnership.reading.source import Document, read_page, read_yaml
from partnership.site.finish import finish
from tests.helpers import ENGINE, SMALL_CITY, TODAY

CORPUS = Path(__file__).parent / "corpus"
_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IGNORED = re.compile(r"[\t\n\r]")
_HARMLESS = frozenset({"https", "http", "mailto", "tel"})
_RUNS = frozenset({"script", "iframe", "object", "embed", "style", "link", "meta", "base", "form"})


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="readers-"))
    (folder / "data").mkdir()
    return folder


def _file(name: str, content: bytes) -> Path:
    file = _folder() / name
    file.write_bytes(content)
    return file


def _sound(problems: Iterable[Problem], lines: int | None = None) -> None:
    """Each finding has a sentence, a place (within its file) and can be shown."""
    found = list(problems)
    for problem in found:
        assert problem.place.line >= 1, problem
        assert problem.place.column >= 1, problem
        assert lines is None or problem.place.line <= max(lines, 1), problem
        assert problem.message, problem
    show(found, "text").encode()


def _refused(found: ProblemsFound, lines: int | None = None) -> None:
    assert found.problems
    _sound(found.problems, lines)


def _document(read: Callable[[Path, str], Document], file: Path) -> Document | None:
    try:
        document = read(file, file.name)
    except ProblemsFound as found:
        # Of what is no text, the first line is told; lines end in three ways.
        text = file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        _refused(found, text.replace("\r", "\n").count("\n") + 1)
        return None
    _sound(document.problems, len(document.lines))
    return document


def read_yaml_file(content: bytes) -> None:
    """A file of data, and what the model makes of it."""
    document = _document(read_yaml, _file("daten.yml", content))
    if document is not None:
        for model in (City, Questionnaire, Member):
            _sound(validated(document, model)[1], len(document.lines))


class _Settings(yaml.SafeLoader):
    """Reads the engine's settings, whose own tags mean nothing here."""


_Settings.add_multi_constructor("", lambda *_: None)


@cache
def _engine() -> Any:
    """Python-Markdown as the engine has it for the site's own pages."""
    text = (ENGINE / "mkdocs.yml").read_text("utf-8")
    listed = yaml.load(text, _Settings)["markdown_extensions"]  # noqa: S506 - a safe loader
    return Markdown(extensions=[*(name for each in listed for name in _names(each)), Inert()])


def _names(listed: str | dict[str, Any]) -> list[str]:
    return [listed] if isinstance(listed, str) else list(listed)


class _Inert(HTMLParser):
    """Fails for an element or an attribute that could run, or that the policy forbids."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in _RUNS, tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name not in {"style", "srcdoc", "formaction", "srcset"}, name
            if name in {"href", "src"}:
                # As browsers read an address whose entities are characters by now.
                scheme = _SCHEME.match(_IGNORED.sub("", value or ""))
                assert scheme is None or scheme[1].lower() in _HARMLESS, value


def _shown(html: str) -> None:
    parser = _Inert()
    parser.feed(html)
    parser.close()


def read_markdown(content: bytes) -> None:
    """A page with its head: as an entry's text, as one of the site's own pages, and its links."""
    document = _document(read_page, _file("seite.md", content))
    if document is None:
        return
    for model in (Event, ProsePage):
        _sound(validated(document, model)[1], len(document.lines))
    for link in links(document):
        assert 1 <= link.place.line <= len(document.lines), link
    anchors(document.body)
    for _, place in markers.in_lines(document.lines):
        assert 1 <= place.line <= len(document.lines), place
    for html in (str(to_html(document.body)), _engine().reset().convert(document.body)):
        _shown(html)
        _shown(finish(markers.replaced(html, lambda marker: escape(marker.written))))


def read_svg(content: bytes) -> None:
    """A drawing: what is left of it can neither run nor fetch a thing, and stays as it is."""
    try:
        made = pictures.harmless(content)
    except pictures.NotAPicture:
        assert not pictures.is_picture("logo.svg", content)
        return
    # Prefixes of other names are numbered anew each time.
    again, once = (
        canonicalize(each.decode(), rewrite_prefixes=True)
        for each in (pictures.harmless(made), made)
    )
    assert again == once
    _shown(made.decode())


def read_photo(content: bytes) -> None:
    """A raster picture under each name that is taken."""
    for ending in ("png", "jpg", "webp"):
        try:
            if pictures.is_picture(f"logo.{ending}", content):
                pictures.again(content)
        except pictures.TooManyPixels:
            continue


def read_document(content: bytes) -> None:
    """A document or a film under each ending that is taken."""
    for ending in attachments.ENDINGS:
        if ending not in pictures.FORMATS:
            with contextlib.suppress(attachments.Refused):
                attachments.look_at(f"dateien/x{ending}", content)


def read_map(content: bytes) -> None:
    """The outlines of the districts."""
    _file("data/karte.geojson", content)
    reading = Reading(_folder(), None)
    shapes = reading.shapes("karte.geojson")
    assert not (shapes and reading.problems)
    _sound(reading.problems)


@cache
def _partnership() -> Partnership:
    return load(SMALL_CITY, TODAY, ENGINE)


def _taken(read: Callable[[Path], Filled], file: Path) -> None:
    try:
        understand(read(file), _partnership())
    except ProblemsFound as found:
        _refused(found)


def read_json_answer(content: bytes) -> None:
    """An answer as the form on the site writes it, and one written by hand: JSON is YAML, too."""
    _taken(read_answer, _file("antwort.json", content))


@cache
def parts() -> Mapping[str, bytes]:
    """The files of which the empty Excel form is made."""
    with zipfile.ZipFile(io.BytesIO(form(_partnership()))) as package:
        return {name: package.read(name) for name in sorted(package.namelist())}


def workbook(content: bytes) -> bytes:
    """The Excel form, one part of which is replaced: the first byte says which.

    So what is tried reaches the reader of that part, instead of failing at the archive's sums.
    """
    names = list(parts())
    changed = names[content[0] % len(names)] if content else ""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, kept in parts().items():
            package.writestr(name, content[1:] if name == changed else kept)
    return out.getvalue()


def read_workbook_part(content: bytes) -> None:
    """A filled Excel form, one of its parts unlike any that Excel writes."""
    read_workbook_file(workbook(content))


def read_workbook_file(content: bytes) -> None:
    """A file called a workbook."""
    _taken(read_workbook, _file("antwort.xlsx", content))


READERS: Mapping[str, Callable[[bytes], None]] = {
    "yaml": read_yaml_file,
    "markdown": read_markdown,
    "svg": read_svg,
    "workbook": read_workbook_part,
    "package": read_workbook_file,
    "photo": read_photo,
    "document": read_document,
    "map": read_map,
    "answer": read_json_answer,
}
