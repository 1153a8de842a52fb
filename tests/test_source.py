"""Reading: what an editor may write, and that every value keeps the text and the place it has."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.model.dates import LOCAL, PartialDate
from partnership.model.problems import Place
from partnership.reading.source import Document, read_page, read_yaml
from partnership.reading.textfile import INVISIBLE
from tests.helpers import (
    MEMBER,
    event_from,
    event_text,
    inspected,
    measure_text,
    member_from,
    member_text,
    partnership_with,
    told,
)


def page(tmp_path: Path, text: str | bytes) -> Document:
    file = tmp_path / "seite.md"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_page(file, "seite.md")


def values(tmp_path: Path, text: str) -> dict[str, object]:
    file = tmp_path / "werte.yml"
    file.write_text(text, encoding="utf-8")
    return dict(read_yaml(file, "werte.yml").data)


def test_no_value_is_guessed(tmp_path: Path) -> None:
    text = (
        "uhr: 18:00\nplz: 01234\nwort: no\nzahl: 1.200\ntag: 2019-05-14\nhex: 0x10\n"
        "oktal: 0o17\nnull_: Null\nja: ja\nexp: 1e3\nliste: [1_000, on]\n"
    )
    assert values(tmp_path, text) == {
        "uhr": "18:00",
        "plz": "01234",
        "wort": "no",
        "zahl": "1.200",
        "tag": "2019-05-14",
        "hex": "0x10",
        "oktal": "0o17",
        "null_": "Null",
        "ja": "ja",
        "exp": "1e3",
        "liste": ["1_000", "on"],
    }


def test_left_empty_is_not_given(tmp_path: Path) -> None:
    assert values(tmp_path, 'a:\nb: ~\nc: null\nd: ""\ne:\n  f:\n') == {"d": "", "e": {}}


@pytest.mark.parametrize("text", ["", "\n", "# nur ein Kommentar\n", "---\n"])
def test_file_without_values(tmp_path: Path, text: str) -> None:
    assert values(tmp_path, text) == {}


def test_places_of_values_and_keys(tmp_path: Path) -> None:
    document = page(tmp_path, "---\nname: Muster\nliste:\n  - typ: a\n    umfang: {2024: 5}\n---\n")
    assert document.place(("name",)) == Place(2, 7, 6)
    assert document.place(("name",), of_key=True) == Place(2, 1, 4)
    assert document.place(("liste", 0, "umfang", "2024")) == Place(5, 20, 1)
    assert document.place(("liste", 0, "umfang", "2024"), of_key=True) == Place(5, 14, 4)
    assert document.place(("liste", 0, "fehlt")) == document.place(("liste", 0)) == Place(4, 5, 1)
    assert document.place(("fehlt", 3, "x")) == Place(2, 1, 1)


def test_value_at_a_trail(tmp_path: Path) -> None:
    document = page(tmp_path, "---\nliste: [a, {b: c}]\n---\n")
    assert document.value(("liste", 1, "b")) == "c"
    assert document.value(("liste", 2)) is None
    assert document.value(("liste", "b")) is None
    assert document.value(("fehlt",)) is None


def test_blank_lines_above_the_first_value_count(tmp_path: Path) -> None:
    document = page(tmp_path, "---\n\n\nname: Muster\n\n---\n\n\nText.\n")
    assert document.place(("name",)).line == 4
    assert document.body == "Text."


def test_body_keeps_its_own_rules_and_dashes(tmp_path: Path) -> None:
    document = page(tmp_path, "---\nname: Muster\n---\nOben.\n\n---\n\nname: unten\n")
    assert document.data == {"name": "Muster"}
    assert document.body == "Oben.\n\n---\n\nname: unten"


def test_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    document = page(tmp_path, b"\xef\xbb\xbf---\nname: Muster\n---\n")
    assert document.data == {"name": "Muster"}
    assert document.lines[0] == "---"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["Unix", "Windows", "altes Mac"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    text = "---\nname: Muster\nnotiz: >-\n  eins\n  zwei\nort: Südstadt\n---\nErste\nZweite\n"
    document = page(tmp_path, text.replace("\n", end).encode())
    assert document.data == {"name": "Muster", "notiz": "eins zwei", "ort": "Südstadt"}
    assert document.place(("ort",)) == Place(6, 6, 8)
    assert document.body == "Erste\nZweite"


def test_line_ends_in_the_text_of_a_problem(tmp_path: Path) -> None:
    text = member_text("website: muster\n").replace("\n", "\r\n")
    (problem,) = inspected(tmp_path, {MEMBER: text}).problems
    assert problem.place == Place(5, 10, 6)
    assert problem.excerpt == "website: muster"


def test_umlauts_of_two_characters(tmp_path: Path) -> None:
    """As macOS writes them in file names and some programs in text."""
    text = "---\nstraße: Müßige Höfe\nort: Köln # wo\n---\nGrüße\n"
    document = page(tmp_path, unicodedata.normalize("NFD", text))
    assert document.data == {"straße": "Müßige Höfe", "ort": "Köln"}
    assert document.place(("ort",)) == Place(3, 6, 4)
    assert document.body == "Grüße"


def test_umlauts_of_two_characters_in_keys_and_references(tmp_path: Path) -> None:
    districts = '"Südstadt": {name: Südstadt}\n'
    text = unicodedata.normalize("NFD", member_text("stadtbezirk: Südstadt\n", name="Müßig GmbH"))
    files = {
        MEMBER: text,
        "data/stadtbezirke.yml": '"3": {name: Südstadt}\n',
    }
    assert told(tmp_path, files) == [f"{MEMBER}:5:14 unbekannt"]
    assert unicodedata.is_normalized("NFC", districts)
    assert member_from(tmp_path, text.replace("stadtbezirk: ", "# ")).name == "Müßig GmbH"


def test_file_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "ordner.yml").mkdir()
    with pytest.raises(Exception, match="lässt sich nicht öffnen") as caught:
        read_yaml(tmp_path / "ordner.yml", "ordner.yml")
    assert type(caught.value).__name__ == "ProblemsFound"


@given(
    st.dictionaries(
        st.from_regex(r"[a-zäöü_]{1,12}", fullmatch=True),
        st.text(
            st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn")),
            max_size=40,
        ).map(lambda text: unicodedata.normalize("NFC", INVISIBLE.sub("", text))),
        max_size=5,
    )
)
def test_quoted_text_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, str]
) -> None:
    lines = [f"{key}: '{value.replace(chr(39), chr(39) * 2)}'\n" for key, value in data.items()]
    assert values(tmp_path_factory.mktemp("werte"), "".join(lines)) == data


# What an editor may write for a value, and what it becomes.


def test_postcode_keeps_its_leading_zero(tmp_path: Path) -> None:
    for written in ('"01234"', "01234", "'01234'"):
        member = member_from(tmp_path, member_text(f"anschrift: {{plz: {written}}}\n"))
        assert member.address is not None
        assert member.address.postcode == "01234"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("12,50 %", "12.50"),
        ("12", "12"),
        ("1.200,5", "1200.5"),
        ("1 200,5", "1200.5"),
        ("1,200", "1.200"),
        ("0,75", "0.75"),
        ('"12,5"', "12.5"),
        ("38.5", "38.5"),
    ],
)
def test_decimal_numbers(tmp_path: Path, written: str, value: str) -> None:
    text = measure_text("typ: homeoffice", "laufend: 2024", f"umfang: {written}")
    if Decimal(value) > 100:
        text = text.replace("homeoffice", "radabstellanlage")
    (measure,) = member_from(tmp_path, text).measures
    assert measure.extents == {None: Decimal(value)}


def test_extent_by_year(tmp_path: Path) -> None:
    text = measure_text("typ: jobticket", "laufend: 2024", "umfang: {2025: 380, 2024: '210,0'}")
    (measure,) = member_from(tmp_path, text).measures
    assert list(measure.extents.items()) == [(2024, Decimal("210.0")), (2025, Decimal(380))]
    assert measure.latest_extent == (2025, Decimal(380))


@pytest.mark.parametrize(
    ("written", "value"),
    [("420", 420), ("1.200", 1200), ("1 200", 1200), ("1.234.567", 1234567), ("0", 0)],
)
def test_whole_numbers(tmp_path: Path, written: str, value: int) -> None:
    assert member_from(tmp_path, member_text(f"beschaeftigte: {written}\n")).employees == value


@pytest.mark.parametrize(
    "written", ["12,5", "-3", "1.20", "1.2000", "1,200", "12.345.67", "٣", "1e3"]
)
def test_no_whole_numbers(tmp_path: Path, written: str) -> None:
    text = member_text(f"beschaeftigte: {written}\n")
    assert told(tmp_path, {MEMBER: text}) == [f"{MEMBER}:5:16 ganze_zahl"]


@pytest.mark.parametrize("written", ["1.200", "12.345"])
def test_a_dot_before_three_digits_is_ambiguous(tmp_path: Path, written: str) -> None:
    text = measure_text("typ: radabstellanlage", "laufend: 2024", f"umfang: {written}")
    assert told(tmp_path, {MEMBER: text}) == [f"{MEMBER}:8:13 zahl_mehrdeutig"]


@pytest.mark.parametrize(
    ("written", "value"),
    [("ja", True), ("Ja", True), ("nein", False), ("true", True), ("false", False)],
)
def test_yes_and_no(tmp_path: Path, written: str, value: bool) -> None:
    city = (Path(__file__).parent / "small_city/data/partnerschaft.yml").read_text("utf-8")
    files = {"data/partnerschaft.yml": f"{city}demonstration: {written}\n"}
    assert partnership_with(tmp_path, files).city.is_demonstration is value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2019", PartialDate(2019)),
        ("2019-05", PartialDate(2019, 5)),
        ("05.2019", PartialDate(2019, 5)),
        ("2019-05-14", PartialDate(2019, 5, 14)),
        ("14.05.2019", PartialDate(2019, 5, 14)),
        ("14. 5. 2019", PartialDate(2019, 5, 14)),
        ("spätestens 2019-05", PartialDate(2019, 5, at_latest=True)),
    ],
)
def test_dates_of_a_member(tmp_path: Path, written: str, value: PartialDate) -> None:
    assert member_from(tmp_path, member_text(f"beitritt: {written}\n")).joined == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2026-12-10", date(2026, 12, 10)),
        ("10.12.2026", date(2026, 12, 10)),
        ("2026-12-10 18:00", datetime(2026, 12, 10, 18, tzinfo=LOCAL)),
        ("10.12.2026, 18.30 Uhr", datetime(2026, 12, 10, 18, 30, tzinfo=LOCAL)),
        ("10.12.2026 8:05", datetime(2026, 12, 10, 8, 5, tzinfo=LOCAL)),
        ("2026-12-10T17:00Z", datetime(2026, 12, 10, 18, tzinfo=LOCAL)),
        ("2026-12-10 18:00 +02:00", datetime(2026, 12, 10, 17, tzinfo=LOCAL)),
    ],
)
def test_beginnings_of_an_event(tmp_path: Path, written: str, value: date) -> None:
    event = event_from(tmp_path, event_text(begin=written))
    assert event.begin == value
    assert isinstance(event.begin, datetime) == isinstance(value, datetime)
    assert event.first_day == date(2026, 12, 10)


def test_choices_in_any_case(tmp_path: Path) -> None:
    text = measure_text("typ: jobticket", "laufend: 2024", "veroeffentlichung: Nur_Summe")
    (measure,) = member_from(tmp_path, text).measures
    assert measure.publication == "nur_summe"
    assert not measure.is_public


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "//muster.example",
        "data:text/html,x",
        "https://",
        "https://localhost",
        "ftp://muster.example",
        "https://muster.example/a b",
        '"https://muster.example/\\"onclick=x"',
        "https://bank.example@muster.example",
        "https://[muster.example",
        "'https://muster.example/<script>'",
    ],
)
def test_what_is_no_address(tmp_path: Path, address: str) -> None:
    assert told(tmp_path, {MEMBER: member_text(f"website: {address}\n")}) == [
        f"{MEMBER}:5:10 adresse"
    ]


@pytest.mark.parametrize(
    "name", ["../x.svg", "/x.svg", "a/b.svg", "..", ".x.svg", "a b.svg", "ä.svg"]
)
def test_what_is_no_file_name(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, {MEMBER: member_text(f"logo: {name}\n")}) == [f"{MEMBER}:5:7 dateiname"]
