"""Rules about files that are no text: editions of closed years, attachments."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from partnership.checking.rules import attachments, editions
from partnership.model.edition import Edition
from partnership.model.problems import Problem
from partnership.reading import archive
from tests.world import document, partnership, told

FILES = {"mitglieder.csv": b"name\n"}
PACKED, CHECKSUM = archive.packed(FILES)
RECORDS = {archive.RECORDS: document(archive.RECORDS, "2024: {}")}


def edition(**fields: str) -> Edition:
    return Edition.model_validate({"stand": "2025-03-01", "pruefsumme": CHECKSUM, **fields})


def said(problems: Iterable[Problem]) -> list[str]:
    found = list(problems)
    return [f"{each.path} {line}" for each, line in zip(found, told(found), strict=True)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / archive.FOLDER).mkdir(parents=True)
    return tmp_path


def checked(root: Path, *, documents: bool = True, **editions_: Edition) -> list[Problem]:
    known = {int(year[1:]): each for year, each in editions_.items()}
    return list(
        editions.check(partnership(root=root, editions=known), RECORDS if documents else {})
    )


def test_an_edition_is_the_file_that_was_written(folder: Path) -> None:
    file = folder / archive.path(2024)
    (missing,) = checked(folder, y2024=edition())
    assert said([missing]) == ["data/ausgaben/2024.zip 1:1+1 ausgabe-fehlt"]
    assert missing.message == "Die Ausgabe 2024 fehlt."
    assert "git" in missing.remedy
    file.write_bytes(PACKED)
    assert checked(folder, y2024=edition()) == []
    (changed,) = checked(folder, y2024=edition(pruefsumme="0" * 64))
    assert said([changed]) == ["data/ausgaben/2024.zip 1:1+1 ausgabe-veraendert"]
    assert changed.message.endswith("Ihre Prüfsumme ist eine andere als die eingetragene.")
    assert changed.remedy == missing.remedy


def test_an_edition_that_was_withdrawn_is_gone(folder: Path) -> None:
    withdrawn = edition(zurueckgezogen="Ein Fehler.")
    assert checked(folder, y2024=withdrawn) == []
    (folder / archive.path(2024)).write_bytes(PACKED)
    (found,) = checked(folder, y2024=withdrawn)
    assert said([found]) == ["data/ausgaben/2024.zip 1:1+1 ausgabe-zurueckgezogen"]
    assert found.remedy == "Bitte diese Datei löschen."


def test_files_that_no_entry_names(folder: Path) -> None:
    for name in ("2023.zip", "2024.zip", "notiz.txt", "alt/2024.zip", "~$2024.zip"):
        (folder / archive.FOLDER / name).parent.mkdir(exist_ok=True)
        (folder / archive.FOLDER / name).write_bytes(PACKED)
    (folder / archive.FOLDER / "leer").mkdir()
    found = checked(folder, y2024=edition())
    assert said(found) == [
        "data/ausgaben/2023.zip 1:1+1 ausgabe-unbekannt",
        "data/ausgaben/alt/2024.zip 1:1+1 dateiname",
        "data/ausgaben/notiz.txt 1:1+1 dateiname",
    ]
    assert {each.message for each in found} == {
        f"Zu dieser Datei steht nichts in {archive.RECORDS}."
    }
    assert [each.remedy.endswith("oder ihren Eintrag zurückholen.") for each in found] == [
        True,
        False,
        False,
    ]
    # Where the entries cannot be read, that is told, and nothing of the files.
    (folder / archive.RECORDS).write_text("kaputt", "utf-8")
    assert checked(folder, documents=False) == []
    (folder / archive.RECORDS).unlink()
    assert len(checked(folder, documents=False)) == 4


PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.mark.parametrize(
    ("path", "content", "rule"),
    [
        ("dateien/plan.pdf", PDF, None),
        ("plan.pdf", PDF, "datei-ort"),
        ("dateien/plan.exe", b"MZ", "datei-art"),
        ("dateien/plan", b"", "datei-art"),
        ("dateien/plan.neu.pdf", PDF, "datei-name"),
        ("dateien/plan.pdf", PDF + b"<< /S /JavaScript >>", "datei-inhalt"),
        ("dateien/plan.png", b"nichts", "datei-format"),
        ("dateien/plan.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', None),
        ("dateien/plan.txt", b"x" * 25_000_000, None),
        ("dateien/plan.txt", b"x" * 25_000_001, "datei-zu-gross"),
    ],
)
def test_attachments(path: str, content: bytes, rule: str | None, tmp_path: Path) -> None:
    file = tmp_path / path
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    found = attachments.fault(file, f"content/{path}")
    assert said([found] if found else []) == ([f"content/{path} 1:1+1 {rule}"] if rule else [])


def test_what_is_wrong_with_an_attachment_is_said(tmp_path: Path) -> None:
    def message(name: str, content: bytes) -> str:
        (tmp_path / name).write_bytes(content)
        found = attachments.fault(tmp_path / name, f"content/dateien/{name}")
        assert found is not None
        return f"{found.message} {found.remedy}"

    assert message("a.txt", b"\0").startswith("Diese Datei ist keine Textdatei. Bitte")
    assert "„.exe“" in message("a.exe", b"")
    assert "„name“" in message("name", b"")
    (tmp_path / "ordner.txt").mkdir()
    unreadable = attachments.fault(tmp_path / "ordner.txt", "content/dateien/ordner.txt")
    assert unreadable is not None
    assert said([unreadable]) == ["content/dateien/ordner.txt 1:1+1 datei-inhalt"]
    assert unreadable.message == "Diese Datei lässt sich nicht lesen."


def test_pictures_in_texts() -> None:
    body = "![a](../dateien/a%20b.png#oben) ![b](c.svg?x=1) [kein Bild](../dateien/d.png)\n"
    documents = {
        path: document(path, "titel: T", body)
        for path in ("content/aktuelles/x.md", "members/y.md")
    }
    assert list(attachments.shown(documents)) == [
        "content/dateien/a b.png",
        "content/aktuelles/c.svg",
    ]
