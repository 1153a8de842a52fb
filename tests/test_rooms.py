"""One direction: a room imports only from the rooms to its left, and none knows the engine."""

import ast

import pytest

from tests.helpers import PACKAGE
from tests.rooms import (
    DOCUMENT,
    MAP,
    ROOMS,
    drawn,
    first_sentence,
    imported,
    module_map,
    modules,
    room_of,
    wrong,
)


def test_no_import_runs_to_the_right() -> None:
    assert [
        f"{file.relative_to(PACKAGE)} → {name}"
        for file in modules()
        for name in imported(file)
        if wrong(room_of(file), name)
    ] == []


def test_every_folder_is_a_room_and_says_what_lives_there() -> None:
    folders = {entry.name for entry in PACKAGE.iterdir() if (entry / "__init__.py").is_file()}
    assert folders == set(ROOMS) - {"cli"}
    for folder in folders:
        face = (PACKAGE / folder / "__init__.py").read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(face)), folder


def test_the_drawing_for_engineers_is_the_code_of_today() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert drawn(document) == document, "python -m tests.rooms draws it anew"


def test_every_module_says_in_a_sentence_what_it_holds() -> None:
    said = {file.relative_to(PACKAGE).as_posix(): first_sentence(file) for file in modules()}
    # Two lines of a table; what needs more says it in its second sentence.
    assert {name: text for name, text in said.items() if not 10 < len(text) <= 240} == {}


def test_the_list_of_modules_is_the_code_of_today() -> None:
    assert MAP.read_text(encoding="utf-8") == module_map(), "python -m tests.rooms writes it anew"


@pytest.mark.parametrize(
    ("room", "name"),
    [
        ("model", "partnership.reading.source.Document"),
        ("figures", "partnership.site.words"),
        ("site", "partnership.commands.usage"),
        ("model", "mkdocs.config"),
    ],
)
def test_a_wrong_arrow_is_seen(room: str, name: str) -> None:
    assert wrong(room, name)
