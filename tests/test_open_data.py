"""The open data: what frictionless, the official shapes of DCAT-AP.de and plain readers say."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef

from partnership.figures.reckoning import Reckoning
from partnership.site.exports import data, table, years
from partnership.site.exports.table import Column, Table
from tests.conftest import ROOT
from tests.helpers import MEMBER, TODAY, member_text, partnership_with

SHAPES = ROOT / "tests/dcat-ap-de-3.0"
BOTH = pytest.mark.parametrize("built", ["demo_site", "city_site"])
# pyshacl still uses what rdflib calls old.
OTHERS = pytest.mark.filterwarnings("ignore::DeprecationWarning")

# The codes of controlled vocabularies we use; their lists are only on the web.
CODES = {
    "http://publications.europa.eu/resource/authority/": {
        *("language/DEU", "frequency/IRREG", "frequency/ANNUAL", "data-theme/TRAN"),
        *("file-type/CSV", "file-type/JSON", "file-type/XLSX", "planned-availability/STABLE"),
    },
    "http://dcat-ap.de/def/": {
        *("licenses/dl-zero-de/2.0", "licenses/cc-zero"),
        "politicalGeocoding/Level/municipality",
        "politicalGeocoding/municipalityKey/05111000",
    },
    "https://www.iana.org/assignments/media-types/": {
        *("text/csv", "application/json"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    },
}


@pytest.fixture
def folder(request: pytest.FixtureRequest, built: str) -> Path:
    site: Path = request.getfixturevalue(built)
    return site / "daten"


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


def package(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "datapackage.json").read_bytes()))


# Description


@pytest.mark.slow
@BOTH
def test_frictionless_finds_no_fault(folder: Path) -> None:
    """Types, required values, closed lists, unique keys, references between tables, checksums."""
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "--json", "datapackage.json"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    report = json.loads(done.stdout)
    assert report["valid"], json.dumps(
        [task["errors"][:3] for task in report["tasks"] if task["errors"]], ensure_ascii=False
    )
    assert report["stats"]["tasks"] == len(package(folder)["resources"]) >= 10


def current(folder: Path) -> list[Path]:
    """The tables that are made anew each day; editions and their revisions prove themselves."""
    return [
        path
        for path in sorted(folder.rglob("*.csv"))
        if not path.relative_to(folder).as_posix().startswith(("ausgabe/", "revision-"))
    ]


@BOTH
def test_every_file_and_field_is_described(folder: Path) -> None:
    found = package(folder)
    assert found["licenses"][0]["path"].startswith("https://")
    described = {resource["path"] for resource in found["resources"]}
    assert described == {path.relative_to(folder).as_posix() for path in current(folder)}
    for resource in found["resources"]:
        for field in resource["schema"]["fields"]:
            german, slash, english = field["description"].partition(" / ")
            assert german, (resource["name"], field["name"])
            assert slash + english != "", (resource["name"], field["name"])


def shapes(*names: str) -> Graph:
    found = Graph()
    for name in names:
        found.parse(SHAPES / f"{name}.ttl")
    return found


def metadata(folder: Path) -> Graph:
    """As a portal that fetched the file has it: relative identifiers have become absolute."""
    path = folder / "dcat-ap.jsonld"
    return Graph().parse(path, format="json-ld", publicID="https://stadt.example/daten/x.jsonld")


def faults(graph: Graph) -> str:
    """What the official shapes say, warnings too; empty where they find nothing."""
    vocabularies = shapes("vcard", "org").parse(SHAPES / "foaf_0_1.rdf", format="xml")
    official = shapes(
        *("dcat-ap-SHACL", "dcat-ap-SHACL-DE", "dcat-ap-spec-german-additions"),
        "dcat-ap-de-deprecated",
    )
    sound, _, said = validate(graph, shacl_graph=official, ont_graph=vocabularies, inference="rdfs")
    return "" if sound else said


@BOTH
@OTHERS
def test_the_metadata_pass_the_official_shapes(folder: Path) -> None:
    graph = metadata(folder)
    assert faults(graph) == ""
    terms = {str(each) for triple in graph for each in triple if isinstance(each, URIRef)}
    for start, codes in CODES.items():
        used = {term.removeprefix(start) for term in terms if term.startswith(start)}
        assert {each for each in used if not each.startswith("dcatde/")} <= codes
    # It speaks of our files, and of each of them that is no description; editions prove themselves.
    found = (re.search(r"/daten/([\w/-]+\.(?:csv|json|xlsx))$", term) for term in terms)
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))
    on_disk = {name for name in names if not name.startswith(("ausgabe/", "revision-"))}
    assert {match[1] for match in found if match} == on_disk - {
        *("datapackage.json", "dcat-ap.jsonld", "index.html", "sha256sums.txt"),
        "nachrechnen.py",
    }


@OTHERS
def test_portals_tell_the_data_of_two_cities_apart(demo_site: Path, city_site: Path) -> None:
    merged = metadata(demo_site / "daten") + metadata(city_site / "daten")
    told = [str(each) for each in merged.objects(None, DCTERMS.identifier)]
    # Of some tables both cities have the same files, but neither another's identifier.
    assert len(told) == len(set(told)) > 40
    packages = [package(site / "daten") for site in (demo_site, city_site)]
    for key in ("name", "id"):
        assert len({each[key] for each in packages}) == 2
    assert all(re.fullmatch(r"[-a-z0-9._/]+", each["name"]) for each in packages)


@BOTH
@OTHERS
def test_a_portal_can_check_what_it_has_fetched(folder: Path) -> None:
    graph = metadata(folder)
    spdx = "http://spdx.org/rdf/terms#"
    files = list(graph.subjects(RDF.type, DCAT.Distribution))
    for each in files:
        content = (folder / str(each).split("/daten/")[1]).read_bytes()
        checksum = graph.value(each, URIRef(f"{spdx}checksum"))
        said = graph.value(checksum, URIRef(f"{spdx}checksumValue"))
        assert str(said).casefold() == sha256(content).hexdigest()
        assert int(str(graph.value(each, DCAT.byteSize))) == len(content)
    assert len(files) > 20


@OTHERS
def test_past_years_of_a_table_form_a_series(demo_site: Path) -> None:
    graph = metadata(demo_site / "daten")
    asked = """
        SELECT ?series (COUNT(?dataset) AS ?years) (MIN(?day) AS ?first) WHERE {
            ?series a dcat:DatasetSeries . ?dataset dcat:inSeries ?series ; a dcat:Dataset ;
            dct:temporal/dcat:endDate ?day . ?catalogue dcat:dataset ?dataset }
        GROUP BY ?series"""
    names = {"dcat": DCAT, "dct": DCTERMS}
    found = {str(row[0]).rpartition("#")[2]: row[1:] for row in graph.query(asked, initNs=names)}  # type: ignore[index]
    past = len([path for path in (demo_site / "daten").iterdir() if path.name.isdigit()])
    assert past >= 8
    for name in ("mitglieder-jahre", "massnahmen-jahre"):
        years, first = found[name]
        assert int(years) == past
        assert str(first) == "2018-12-31"


@pytest.mark.slow
@OTHERS
@pytest.mark.parametrize("missing", ["license", "publisher", "title"])
def test_the_shapes_do_find_faults(demo_site: Path, missing: str) -> None:
    graph = metadata(demo_site / "daten")
    graph.remove((None, URIRef(f"http://purl.org/dc/terms/{missing}"), None))
    assert missing in faults(graph)


# A member on its own


@BOTH
def test_each_member_has_a_file_with_its_rows_beside_its_page(folder: Path) -> None:
    site = folder.parent
    # A table without a row has no file.
    said = {name: json.loads(path.read_bytes())["daten"] if path.exists() else []
            for name in ("mitglieder", "massnahmen", "umfaenge", "kennzahlen")
            for path in [folder / f"{name}.json"]}  # fmt: skip
    owner = {row["massnahme"]: row["mitglied"] for row in said["massnahmen"]}
    assert said["mitglieder"]
    for member in said["mitglieder"]:
        slug = member["mitglied"]
        own = json.loads((site / f"mitglieder/{slug}/mitglied.json").read_bytes())
        assert own["mitglied"] == member
        assert own["lizenz"]["url"].startswith("https://")
        for name in ("massnahmen", "umfaenge", "kennzahlen"):
            expected = [
                r for r in said[name] if slug in (r.get("mitglied"), owner.get(r.get("massnahme")))
            ]
            assert own.get(name, []) == expected, (slug, name)
        page = (site / f"mitglieder/{slug}/index.html").read_text("utf-8")
        assert 'type="application/json"' in page
        assert 'href="mitglied.json"' in page
    files = {path.parent.name for path in site.rglob("mitglied.json")}
    assert files == {member["mitglied"] for member in said["mitglieder"]}


# Files


@BOTH
def test_csv_is_as_the_standard_says_and_tells_the_same_as_json(folder: Path) -> None:
    found = current(folder)
    assert len(found) >= 10
    for path in found:
        content = path.read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\r\n")
        assert not re.search(rb"(?<!\r)\n", content), path
        head, *body = rows(content)
        assert len(set(head)) == len(head)
        said = json.loads(path.with_suffix(".json").read_bytes())
        assert {"titel", "stand", "lizenz", "daten"} == set(said)
        assert len(said["daten"]) == len(body)
        for row, entry in zip(body, said["daten"], strict=True):
            assert list(entry) == head
            texts = ["" if each is None else str(each) for each in entry.values()]
            assert [cell.replace("'", "") for cell in row] == [t.replace("'", "") for t in texts]


def test_the_workbook_has_every_table(demo_site: Path) -> None:
    folder = demo_site / "daten"
    book = load_workbook(folder / "partnerschaft.xlsx")
    names = {path.stem for path in current(folder) if path.parent == folder}
    assert set(book.sheetnames) == {"Felder", *names}
    for name in names:
        head, *body = rows((folder / f"{name}.csv").read_bytes())
        sheet = [[cell.value for cell in row] for row in book[name].iter_rows()]
        assert sheet[0] == head
        assert len(sheet) - 1 == len(body)
    documented = {(row[0].value, row[1].value) for row in book["Felder"].iter_rows(min_row=2)}
    heads = {name: rows((folder / f"{name}.csv").read_bytes())[0] for name in names}
    assert documented == {(name, field) for name, head in heads.items() for field in head}


@pytest.mark.audit
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook(demo_site: Path, tmp_path: Path) -> None:
    folder = demo_site / "daten"
    # Commas, quotes, UTF-8, every sheet in a file of its own.
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", form, folder / "partnerschaft.xlsx"],
        cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip
    for path in (path for path in current(folder) if path.parent == folder):
        head, *body = rows(path.read_bytes())
        read = rows((tmp_path / f"partnerschaft-{path.stem}.csv").read_bytes())
        assert read[0] == head
        assert len(read) == len(body) + 1


def as_excel(line: str, separator: str) -> list[str]:
    """A line as a spreadsheet splits it that knows quotes only around whole cells."""
    return next(csv.reader([line], delimiter=separator))


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1+1", '"=1+1', "＝1+1"),
        *("Titel;=1+1", 'Titel; "=1+1', "a;b;@x", "x\t+1", "x\n-1"),
    ],
)
def test_no_spreadsheet_takes_a_text_for_a_formula(text: str) -> None:
    columns = (Column("a", "string", "", ""), Column("b", "string", "", ""))
    content = table.as_csv(Table("t", "", "", columns, ("a",), ((text, text),)))
    (_, cells) = rows(content)
    shown = list(cells)
    # A German Excel opens a file with commas as if the semicolon were the separator.
    for separator in (";", "\t", ","):
        for line in content.decode().splitlines()[1:]:
            shown += as_excel(line, separator)
    formulas = [cell for cell in shown if re.match(r"[\s\"']*[=+\-@＝＋－＠]", cell)]
    assert [
        cell for cell in formulas if "'" not in cell[: re.search(r"[=+\-@＝＋－＠]", cell).start()]
    ] == []  # type: ignore[union-attr]


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    columns = (Column("a", "number", "", ""), Column("b", "string", "", ""))
    assert table.as_csv(Table("t", "", "", columns, ("a",), ((-1.5, None),))) == b"a,b\r\n-1.5,\r\n"


# Identifiers and past years

MEASURES = """\
beitritt: 2020-03
massnahmen:
  - {typ: jobticket, laufend: 2021-05, umgesetzt: 2023-02, umfang: {2022: 10, 2024: 30}}
  - {typ: jobticket, titel: Zweites, geplant: 2025-01, ziel: 2027}
"""


def measures(folder: Path, more: str) -> Mapping[str, Any]:
    found = data.tables(Reckoning(partnership_with(folder, {MEMBER: member_text(more)}), TODAY))
    names = [column.name for column in found[1].columns]
    entries = [dict(zip(names, row, strict=True)) for row in found[1].rows]
    return {e["massnahme"]: e["titel"] for e in entries if e["mitglied"] == "muster"}


def with_hidden(kind: str) -> str:
    entry = f"{{typ: {kind}, geplant: 2024, ziel: 2027, veroeffentlichung: nur_summe}}"
    return MEASURES.replace("massnahmen:\n", f"massnahmen:\n  - {entry}\n")


def test_a_measure_keeps_its_key_when_others_come_and_go(tmp_path: Path) -> None:
    before = measures(tmp_path / "a", MEASURES)
    assert before == {"muster/jobticket": None, "muster/jobticket-2": "Zweites"}
    assert measures(tmp_path / "b", with_hidden("homeoffice")) == before


def test_keys_do_not_tell_of_what_is_for_totals_only(tmp_path: Path) -> None:
    shown = measures(tmp_path / "a", MEASURES)
    assert measures(tmp_path / "b", with_hidden("jobticket")) == shown


def test_a_past_year_is_as_it_was(tmp_path: Path) -> None:
    partnership = partnership_with(
        tmp_path,
        {MEMBER: member_text(f"{MEASURES}austritt: 2025-06\nbeschaeftigte: 80\n")},
    )
    found = dict(years.states(data.tables(Reckoning(partnership, TODAY)), partnership, TODAY))

    def of(year: int, number: int) -> list[dict[str, Any]]:
        # A table without a row is none.
        if number >= len(found[year]):
            return []
        past = found[year][number]
        names = [column.name for column in past.columns]
        entries = [dict(zip(names, row, strict=True)) for row in past.rows]
        return [each for each in entries if each["mitglied"] == "muster"]

    assert not of(2019, 0) if 2019 in found else True
    assert [each["name"] for each in of(2020, 0)] == ["Muster GmbH"]
    assert "beschaeftigte" not in of(2020, 0)[0]
    assert of(2020, 1) == []
    (running,) = of(2021, 1)
    assert (running["status"], running["umfang"], running["umfang_jahr"]) == ("laufend", None, None)
    (done,) = of(2023, 1)
    assert (done["status"], done["umfang"], done["umfang_jahr"]) == ("umgesetzt", 10, 2022)
    # It left in 2025, and the running year is no past one.
    assert 2026 not in found
    assert not of(2025, 0) if 2025 in found else True


def test_the_years_count_as_the_statistics_do(demo_site: Path) -> None:
    folder = demo_site / "daten"
    head, *body = rows((folder / "statistik.csv").read_bytes())
    figures = [dict(zip(head, row, strict=True)) for row in body]
    by_year = {each["merkmal"]: int(each["wert"]) for each in figures
               if each["tabelle"] == "mitglieder-nach-jahr"}  # fmt: skip
    for path in folder.glob("2*/mitglieder.csv"):
        assert len(rows(path.read_bytes())) - 1 == by_year[path.parent.name]
    assert len(list(folder.glob("2*/massnahmen.csv"))) >= 8
