"""What lies in content/ beside the pages: published from one folder, if it is known to be harmless,
under an address that nothing else has; and told before.
"""

import io
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from partnership.cli import main
from tests.helpers import city_with, inspected, told
from tests.sites import Site, run_build, small_city

Files = dict[str, str | bytes]
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def page_of(target: str) -> str:
    return f"---\ntitel: x\nbeschreibung: x\n---\n[Datei]({target})\n"


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


def photo(form: str, size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture with what a camera and a program note in one."""
    exif = Image.Exif()
    exif[0x010F] = "Kiebitzkamera"
    exif[0x0112] = 6  # turned by a quarter
    noted = PngInfo()
    noted.add_text("Author", "Kiebitz")
    out = io.BytesIO()
    more = {"PNG": {"pnginfo": noted}, "JPEG": {"comment": b"Kiebitz"}}.get(form, {})
    Image.new("RGB", size, "red").save(out, form, exif=exif, icc_profile=b"Kiebitz", **more)
    return out.getvalue()


# What stays out


@pytest.mark.parametrize(
    "path",
    [
        "seite.html",
        "skript.js",
        "zeichnung.svg",
        "vertraulich/liste.xlsx",
        "vertraulich/liste.pdf",
        "aktuelles/bild.png",
        "assets/site.css",
        "assets/js/site.js",
        "assets/logos/beispielwerke.svg",
        "redaktion/cms/redaktion.js",
        "daten/mitglieder.csv",
        "robots.txt",
        "CNAME",
        "dateien.pdf",
        "sitemap.xml",
    ],
)
def test_outside_the_one_folder_nothing_is_published(tmp_path: Path, path: str) -> None:
    name = f"content/{path}"
    assert told(tmp_path, {name: b"%PDF-1.7 x"}) == [f"{name}:1:1 datei-ort"]


@pytest.mark.parametrize(
    "name",
    ["seite.html", "seite.HTM", "skript.mjs", "seite.xhtml", "bild.svgz", "seite.xml", "x.tif",
     "makro.docm", "makro.xlsm", "x.exe", "x.zip", "x.css", "x.wasm", "x", "x.pdf.html", "x.shtml",
     "x.php", "x.json", "x.mht"],
)  # fmt: skip
def test_what_is_not_known_to_be_harmless_is_refused(tmp_path: Path, name: str) -> None:
    path = f"content/dateien/{name}"
    assert told(tmp_path, {path: b"<script>alert(1)</script>"}) == [f"{path}:1:1 datei-art"]


@pytest.mark.parametrize(
    "name", ["x.php.pdf", "x.html.csv", "-x.pdf", "a;b.pdf", "a&b.pdf", "a#.pdf"]
)
def test_a_name_that_servers_may_take_for_another_type_is_refused(
    tmp_path: Path, name: str
) -> None:
    path = f"content/dateien/{name}"
    assert told(tmp_path, {path: PDF}) == [f"{path}:1:1 datei-name"]


def packed(objects: bytes) -> bytes:
    """A PDF whose objects stand in a compressed stream."""
    stream = zlib.compress(objects)
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(stream)
    return PDF + b"2 0 obj\n" + head + b"\nstream\n" + stream + b"\nendstream\nendobj\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.pdf", b"<html><script>alert(1)</script>"),
        ("x.pdf", PDF + b"<< /S /JavaScript /JS (app.alert(1)) >>"),
        ("x.pdf", PDF + b"<< /S /J#61vaScript /JS (app.alert(1)) >>"),
        ("x.pdf", PDF + b"<< /S /#4a#61#76#61#53#63#72#69#70#74 >>"),
        ("x.pdf", packed(b"1 0 << /S /JavaScript /JS (app.alert(1)) >>")),
        ("x.pdf", PDF + b"<< /S /Launch /F (cmd.exe) >>"),
        ("x.pdf", PDF + b"<< /Names << /EmbeddedFiles 3 0 R >> >>"),
        ("x.pdf", PDF + b"<< /AcroForm << /XFA 3 0 R >> >>"),
        ("x.pdf", PDF + b"<< /Encrypt 3 0 R >>"),
        ("x.pdf", packed(bytes(30_000_000))),
        ("x.pdf", PDF + b"stream\n" * 30_000),
        ("x.docx", b"<script>"),
        ("x.docx", archive("word/document.xml", "word/vbaProject.bin")),
        ("x.xlsx", archive("xl/workbook.xml", "xl/activeX/activeX1.xml")),
        ("x.odt", archive("content.xml", "Basic/Standard/Modul.xml")),
        ("x.docx", archive(*(f"x/{number}" for number in range(6000)))),
        ("x.csv", b"a\0b"),
        ("x.txt", b"\x89PNG\0"),
        ("x.mp4", b"<script>"),
        ("x.webm", b""),
    ],
)
def test_what_runs_or_is_another_thing_is_refused(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = f"content/dateien/{name}"
    assert told(tmp_path, {path: content}) == [f"{path}:1:1 datei-inhalt"]


def test_a_picture_that_is_none_is_told_once(tmp_path: Path) -> None:
    path = "content/dateien/bild.png"
    assert told(tmp_path, {path: b"<script>"}) == [f"{path}:1:1 datei-format"]
    text = page_of("../dateien/bild.png").replace("[Datei]", "![Ein Rad]")
    news = "content/aktuelles/2026-11-01-x.md"
    assert told(tmp_path, {path: b"<script>", news: text}) == [f"{news}:5:12 bild-format"]


def test_a_document_is_bounded(tmp_path: Path) -> None:
    path = "content/dateien/gross.pdf"
    (problem,) = inspected(tmp_path, {path: PDF + bytes(25_000_000)}).problems
    assert problem.rule == "datei-zu-gross"
    assert "größer als 25 MB" in problem.message


@pytest.mark.parametrize("folder", ["entwurf~", ".versteckt", "#neu#", "x.tmp"])
def test_what_is_passed_over_is_not_published_either(tmp_path: Path, folder: str) -> None:
    """A folder that programs leave behind says nothing, and hides nothing."""
    files: Files = {f"content/{folder}/{name}": b"<script>" for name in ("x.html", "x.js", "y.md")}
    files[f"content/dateien/{folder}/x.pdf"] = PDF
    city = small_city(tmp_path, files)
    done = run_build(city, "--strict", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert not [name for name in Site(city / "site").files if folder in name]


def test_a_refused_file_stops_the_build(tmp_path: Path) -> None:
    done = run_build(small_city(tmp_path, {"content/assets/site.css": b"*{display:none}"}))
    assert done.returncode != 0
    assert "content/assets/site.css:1:1: " in done.stderr
    assert "Dateien liegen in content/dateien/." in done.stderr
    assert not (tmp_path / "stadt/site").exists()


# What is published


def test_documents_stay_as_they_are_and_pictures_say_nothing_of_their_making(
    tmp_path: Path,
) -> None:
    wild = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(1)">'
        "<metadata>Kiebitz</metadata><script>alert(2)</script><path d='M0 0h9v9z'/></svg>"
    )
    files: Files = {
        "content/dateien/leitfaden.pdf": PDF,
        "content/dateien/2026/tabelle.xlsx": archive("xl/workbook.xml"),
        "content/dateien/Rad vor dem Tor.JPG": photo("JPEG", (4000, 100)),
        "content/dateien/rad.png": photo("PNG"),
        "content/dateien/rad.webp": photo("WEBP"),
        "content/dateien/zeichnung.svg": wild,
        "content/aktuelles/2026-11-01-x.md": page_of("../dateien/leitfaden.pdf")
        + "\n![Ein Rad vor dem Tor](../dateien/rad.png)\n",
    }
    city = small_city(tmp_path, files)
    done = run_build(city, "--strict", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    site = city / "site"
    for path in ("leitfaden.pdf", "2026/tabelle.xlsx"):
        assert (site / "dateien" / path).read_bytes() == files[f"content/dateien/{path}"]
    for path, form, size in (
        ("Rad vor dem Tor.JPG", "JPEG", (40, 1600)),
        ("rad.png", "PNG", (20, 40)),
        ("rad.webp", "WEBP", (20, 40)),
    ):
        content = (site / "dateien" / path).read_bytes()
        assert b"Kiebitz" not in content, path
        with Image.open(io.BytesIO(content)) as picture:
            assert (picture.format, picture.size) == (form, size)
            assert not picture.getexif()
            assert not {"icc_profile", "comment", "xmp", "Author"} & picture.info.keys()
    drawn = (site / "dateien/zeichnung.svg").read_text("utf-8")
    assert "<path" in drawn
    assert not [word for word in ("Kiebitz", "script", "onload") if word in drawn]
    assert list(Site(site).broken_links()) == []


# Each address once


@pytest.mark.parametrize(
    ("files", "place", "owner"),
    [
        (
            {"content/veranstaltungen/2026-12-03-netzwerktreffen.md": page_of("../kontakt.md")},
            "data/veranstaltungen/2026-12-03-netzwerktreffen.md:2:1",
            "content/veranstaltungen/2026-12-03-netzwerktreffen.md",
        ),
        (
            {"content/statistik/massnahmen-nach-typ.md": page_of("../kontakt.md")},
            "content/statistik/massnahmen-nach-typ.md:2:1",
            "der Tabelle „",
        ),
        (
            {"content/redaktion.md": page_of("kontakt.md")},
            "content/redaktion.md:2:1",
            "der Redaktionsseite",
        ),
        (
            {"content/statistik/umfang-jobticket.md": page_of("../kontakt.md")},
            "data/massnahmentypen.yml:",
            "content/statistik/umfang-jobticket.md",
        ),
        (
            {"content/dateien/Plan.pdf": PDF, "content/dateien/plan.pdf": PDF},
            "content/dateien/plan.pdf:1:1",
            "content/dateien/Plan.pdf",
        ),
    ],
    ids=["event", "table", "editing", "sum", "case"],
)
def test_an_address_is_claimed_once(tmp_path: Path, files: Files, place: str, owner: str) -> None:
    (problem,) = inspected(tmp_path, files).problems
    assert problem.rule == "adresse-vergeben"
    assert f"{problem.path}:{problem.place.line}:{problem.place.column}".startswith(place)
    assert owner in problem.message


# Told before


def test_a_new_a_changed_and_a_missing_file_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = city_with(
        tmp_path / "a", {"content/dateien/alt.pdf": PDF, "content/dateien/gleich.pdf": PDF,
                         "content/dateien/anders.pdf": PDF}
    )  # fmt: skip
    new: Files = {f"content/dateien/neu-{number}.pdf": PDF for number in range(15)}
    new |= {"content/dateien/gleich.pdf": PDF, "content/dateien/anders.pdf": PDF + b"\n"}
    logo = "members/logos/beispielwerke.svg"
    new[logo] = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0"/></svg>'
    now = city_with(tmp_path / "b", new)
    assert main(["compare", str(before), "--root", str(now)]) == 0
    said = capsys.readouterr().out
    listed = said.partition("### Dateien")[2]
    assert "ändert sich nichts" not in said
    assert all(f"dateien/neu-{number}.pdf" in listed for number in range(15))
    assert "- **Entfällt:** dateien/alt.pdf\n" in listed
    assert "**Geändert:** assets/logos/beispielwerke.svg; dateien/anders.pdf\n" in listed
    assert "gleich" not in listed
