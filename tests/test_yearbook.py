"""The yearly report: what it says, and that a screen reader can read it."""

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from markupsafe import Markup
from PIL import Image

from partnership.cli import main
from partnership.model import dates
from partnership.reading.pictures import is_picture
from partnership.site.exports import yearbook as printer
from partnership.site.views.yearbook import yearbook
from tests.conftest import DEMO_CITY, ROOT
from tests.helpers import EVENT, MEMBER, TODAY, event_text, member_text, partnership_with
from tests.sites import NOON

MEMBER_TEXT = """\
beitritt: 2025-03
massnahmen:
  - {typ: jobticket, titel: Ticket für alle, laufend: 2025-02, umgesetzt: 2025-11}
  - {typ: homeoffice, laufend: 2025-04, veroeffentlichung: nur_summe}
  - {typ: radabstellanlage, umgesetzt: spätestens 2025-06}
"""


# What it says


def test_a_year_has_what_is_known_to_have_happened_in_it(tmp_path: Path) -> None:
    files = {
        MEMBER: member_text(MEMBER_TEXT),
        EVENT.replace("2026", "2025"): event_text(begin="2025-12-10 10:00", uid="2025@x"),
    }
    found = yearbook(partnership_with(tmp_path, files), 2025, TODAY)
    assert [line.name for line in found.joined] == ["Muster GmbH"]
    assert [card.title for card in found.events] == ["Sprechstunde"]
    finished = [(s.company, s.measure) for field in found.finished for s in field.steps]
    begun = [(s.company, s.measure) for field in found.begun for s in field.steps]
    # Neither what is for totals only, nor what was done before some day of that year.
    assert ("Muster GmbH", "Ticket für alle") in finished
    assert ("Muster GmbH", "Ticket für alle") in begun
    assert len([s for s in finished + begun if s[0] == "Muster GmbH"]) == 2
    assert found.complete
    assert found.stand == "31. Dezember 2025"


def test_an_earlier_year_knows_nothing_of_later_ones(tmp_path: Path) -> None:
    partnership = partnership_with(tmp_path, {MEMBER: member_text(MEMBER_TEXT)})
    found = yearbook(partnership, 2024, TODAY)
    assert "Muster GmbH" not in {line.name for line in found.members + found.joined}
    running = yearbook(partnership, 2026, TODAY)
    assert (running.complete, running.stand) == (False, "23. November 2026")


def test_gaps_of_the_office_are_not_printed(tmp_path: Path) -> None:
    found = yearbook(partnership_with(tmp_path), 2025, TODAY)
    assert not [line for line in found.contact if "offen" in line]


@pytest.mark.parametrize("year", [2016, 2027])
def test_years_that_cannot_be_told(
    year: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))
    assert main(["yearbook", str(year), str(tmp_path / "x.pdf"), "--root", str(DEMO_CITY)]) == 2
    assert "2017 bis 2026" in capsys.readouterr().err
    assert not (tmp_path / "x.pdf").exists()


def test_without_the_extra_the_office_is_told_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert main(["yearbook", "2025", str(tmp_path / "x.pdf"), "--root", str(DEMO_CITY)]) == 1
    said = capsys.readouterr().err
    assert "partnerschaft[bericht]" in said
    assert "Traceback" not in said


# As a file


def printed(root: Path, year: int, path: Path, moment: str = str(NOON)) -> Path:
    """The report as the command makes it; skips where the extra's library is not there."""
    try:
        printer.as_pdf(Markup("<title>x</title>"), ROOT)
    except printer.NoPrinter as error:
        pytest.skip(str(error))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", moment)
        assert main(["yearbook", str(year), str(path), "--root", str(root)]) == 0
    return path


def test_after_a_report_a_broken_picture_is_still_none(tmp_path: Path) -> None:
    """WeasyPrint would let it pass, for the whole process."""
    printed(DEMO_CITY, 2025, tmp_path / "bericht.pdf")
    whole = io.BytesIO()
    Image.new("RGB", (400, 400), "red").save(whole, "PNG")
    assert is_picture("bild.png", whole.getvalue())
    assert not is_picture("bild.png", whole.getvalue()[:-900])


@pytest.fixture(scope="module", params=["demo", "city"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bericht") / "bericht.pdf"
    if request.param == "demo":
        return printed(DEMO_CITY, 2025, path)
    # Whatever year one's own city was founded in, of this one there is a report.
    return printed(ROOT, dates.now({}).year, path, moment="")


def elements(node: Any) -> Iterator[Any]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def kinds(node: Any) -> list[str]:
    kids = node.get("/K", [])
    return [
        str(kid.S)[1:]
        for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
    ]


def test_it_says_that_it_is_accessible_and_in_german(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        assert str(pdf.Root.Lang) == "de"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert str(about["dc:title"]).startswith("Jahresbericht 20")
        assert pdf.Root.get("/Outlines") is not None
        for page in pdf.pages:
            for font in page.Resources.get("/Font", {}).values():
                inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
                assert any(key.startswith("/FontFile") for key in inner.FontDescriptor)
        # Nothing leads or asks anywhere, nothing runs.
        assert "/OpenAction" not in pdf.Root
        assert "/AcroForm" not in pdf.Root


def test_its_structure_is_that_of_a_document(report: Path, request: pytest.FixtureRequest) -> None:
    with pikepdf.open(report) as pdf:
        found = list(elements(pdf.Root.StructTreeRoot))
        names = [str(each.S)[1:] for each in found]
        assert names.count("H1") == 1
        levels = [int(name[1]) for name in names if len(name) == 2 and name[0] == "H"]
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert levels[0] == 1
        within = {
            "Table": {"Caption", "THead", "TBody"},
            "THead": {"TR"},
            "TBody": {"TR"},
            "TR": {"TH", "TD"},
            "L": {"LI"},
        }
        for element, name in zip(found, names, strict=True):
            if name in within:
                assert set(kinds(element)) <= within[name], name
                assert kinds(element), f"an empty {name}"
        # A table of which nothing is known is left out; one's own city may have none yet.
        assert names.count("Table") >= 5 or "demo" not in request.node.callspec.id


@pytest.mark.slow
def test_equal_data_make_equal_bytes(tmp_path: Path) -> None:
    first, second = (printed(DEMO_CITY, 2025, tmp_path / f"{each}.pdf") for each in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.skipif(shutil.which("verapdf") is None, reason="veraPDF is not installed")
def test_verapdf_finds_no_fault(report: Path) -> None:
    done = subprocess.run(
        ["verapdf", "--flavour", "ua1", "--format", "text", report],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.stdout.startswith("PASS"), done.stdout + done.stderr
