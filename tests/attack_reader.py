"""What an attacker reads of the sums with a confidential part, wherever a site shows them.

Shares no code with the project: pages, tables as CSV and JSON, and the workbook, as anybody opens
them.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from openpyxl import load_workbook

# A sum: year, figure, breakdown, name of the class → confidential part, class of the number of
# companies behind it, both parts together; None and "" where there is no confidential part. A text
# below a table does not add them up.
Key = tuple[int, str, str, str]
Told = tuple[float | None, str, float | None]

WHOLE = "gesamt"


def from_csv(daten: Path) -> dict[Key, Told]:
    """The sums of the CSV file; a table without a row has none."""
    if not (daten / "jahressummen.csv").exists():
        return {}
    with (daten / "jahressummen.csv").open(encoding="utf-8", newline="") as file:
        return dict(_told(row) for row in csv.DictReader(file))


def from_json(daten: Path) -> dict[Key, Told]:
    """The sums of the JSON file."""
    if not (daten / "jahressummen.json").exists():
        return {}
    said = json.loads((daten / "jahressummen.json").read_text("utf-8"))
    (rows,) = (value for value in said.values() if isinstance(value, list) and value[:1] != [""])
    return dict(_told(row) for row in rows)


def from_workbook(daten: Path) -> dict[Key, Told]:
    """The sums of the workbook."""
    (path,) = daten.glob("*.xlsx")
    book = load_workbook(path, read_only=True)
    for sheet in book.worksheets:
        head, *rows = (list(row) for row in sheet.iter_rows(values_only=True))
        if "summe_vertraulich" in head:
            return dict(_told(dict(zip(map(str, head), row, strict=True))) for row in rows)
    assert "jahressummen" not in book.sheetnames
    return {}


def _told(row: Mapping[str, Any]) -> tuple[Key, Told]:
    label = "" if row["gliederung"] == WHOLE else row["merkmal_name"]
    part = row["summe_vertraulich"]
    return (
        (int(row["jahr"]), row["groesse"].replace("_", "-"), row["gliederung"], label),
        (
            None if part in {"", None} else float(part),
            row["unternehmen_vertraulich"] or "",
            float(row["summe"]),
        ),
    )


def from_pages(site: Path) -> Iterator[tuple[str, Key, Told]]:
    """The sums in tables of pages, and in the words below them, each with its file."""
    for page in sorted(site.rglob("index.html")):
        text = page.read_text("utf-8")
        if "vertraulich gemeldet" in text or "vertraulichen Angaben von" in text:
            soup = BeautifulSoup(text, "lxml")
            for found in (*_in_tables(soup, page.parent.name), *_in_words(soup, page.parent.name)):
                yield page.relative_to(site).as_posix(), *found


def _in_tables(soup: BeautifulSoup, figure: str) -> Iterator[tuple[Key, Told]]:
    kinds = {"Größe": "groessenklasse", "Branche": "branche", "Stadtbezirk": "stadtbezirk"}
    # A comparison of two years has public amounts only, and no part of a sum that is confidential.
    for table in soup.select("main table:not(.same)"):
        caption = _words(table.caption)
        is_whole = "vertraulich gemeldet" in _words(table.thead)
        for row in table.select("tbody tr"):
            label = _words(row.th)
            if link := row.select_one("th a"):  # the newest of every figure
                name = str(link["href"]).strip("/").rpartition("/")[2]
                yield (int(_words(row.td)), name, WHOLE, ""), _cells(row.select("td")[1:])
            elif caption.endswith("nach Jahr"):
                assert is_whole
                yield (int(label), figure, WHOLE, ""), _cells(row.select("td"))
            else:
                found = re.search(r" (\d{4}): (\S+)", caption)
                assert found, caption
                assert not is_whole
                key = int(found[1]), figure, kinds[found[2]], label
                public, _ = (_words(cell) for cell in row.select("td"))
                yield key, (None, "", _number(public.split()[0]))


def _in_words(soup: BeautifulSoup, figure: str) -> Iterator[tuple[Key, Told]]:
    for section in soup.select(".entry-row"):
        pattern = r"dazu rund (\S+) aus vertraulichen Angaben von (.+) Unternehmen"
        if found := re.search(pattern, _words(section)):
            key = int(_words(section.h3)), figure, WHOLE, ""
            yield key, (_number(found[1]), found[2], None)


def _cells(cells: Sequence[Tag]) -> Told:
    _, _, part, companies, together = (_words(cell) for cell in cells)
    if companies == "–":
        assert part in {"–", "offen"}, part
        return None, "", _number(together)
    assert part.startswith("rund ")
    assert together.startswith("rund ")
    return _number(part), companies, _number(together)


def _words(element: Tag | None) -> str:
    assert element is not None
    return " ".join(element.get_text(" ").split())


def _number(text: str) -> float:
    return float(re.sub(r"rund|[.\s]", "", text).replace(",", "."))
