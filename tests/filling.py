"""A program that fills the gaps which a release check names, exactly those, each at its place."""

import json
import re
import shutil
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from partnership import cli
from tests.sites import ENGINE

# What a filling program writes for a key; everything else is text.
VALUES = {
    "adresse": "https://www.beispielhausen.example",
    "website": "https://www.beispielhausen.example/partner",
    "formular": "https://www.beispielhausen.example/barriere",
    "kontaktformular": "https://www.beispielhausen.example/kontakt",
    "email": "stelle@beispielhausen.example",
    "plz": '"00101"',
    "gebaerdensprache": "gebaerden.mp4",
}
MARK = re.compile(r'"?\[\[\s*offen\s*:[^\[\]]*\]\]"?')
SECTIONS = {
    "anschrift": "anschrift: {strasse: Marktplatz 1, plz: '00101', ort: Kleinstadt}",
    "email": "email: stelle@kleinstadt.example",
    "impressum": "impressum: {anbieter: Stadt, vertretung: Amt, anschrift: {ort: Kleinstadt}}",
    "datenschutz": "datenschutz: {verantwortlich: Stadt, beauftragte: {stelle: Amt}, hosting:"
    " {anbieter: Amt, protokolldaten: keine, speicherdauer: keine, rechtsgrundlage: Gesetz},"
    " anfragen: {rechtsgrundlage: Gesetz}, oeffentliche_quellen: {rechtsgrundlage: Gesetz},"
    " aufsichtsbehoerde: {name: Behörde}}",
    "sicherheit": "sicherheit: {email: sicherheit@kleinstadt.example}",
    "barrierefreiheit": "barrierefreiheit: {erklaert_am: heute, rueckmeldung:"
    " {formular: 'https://www.kleinstadt.example'}, ombudsstelle: {name: Stelle}}",
    "ziffern": "ziffern: [{nummer: 1, titel: Ziele, kern: Ziele, bedeutung: Ziele}]",
}


def named(city: Path) -> list[dict[str, Any]]:
    """What a release check says."""
    out = StringIO()
    with redirect_stdout(out):
        code = cli.main(["check", "--release", "--format", "json", "--root", str(city)])
    found: list[dict[str, Any]] = json.loads(out.getvalue())
    assert bool(found) == bool(code)
    return found


def fill(city: Path, gaps: list[dict[str, Any]]) -> None:
    """Fill exactly the given gaps, each at its place."""
    # From the bottom up, so that no place moves before it is reached.
    for gap in sorted(gaps, key=lambda each: (each["path"], -each["line"], -each["column"])):
        file = city / gap["path"]
        if gap["path"] == "data/barrierefreiheit.yml" and not file.exists():
            shutil.copy(ENGINE / "tests/cities/musterstadt" / gap["path"], file)
            continue
        lines = file.read_text("utf-8").split("\n")
        number = gap["line"] - 1
        line, before = lines[number], lines[number][: gap["column"] - 1]
        if line[gap["column"] - 1 :].startswith("nicht_geprueft"):
            lines[number] = f"{before}erfuellt"
        elif match := MARK.match(line, gap["column"] - 1 - before.endswith('"')):
            key = line.strip("- ").partition(":")[0]
            value = VALUES.get(key, "Musterangabe") if match.start() < line.find("#") % 999 else ""
            lines[number] = f"{line[: match.start()]}{value}{line[match.end() :]}"
        else:
            key = re.findall(r"Bitte ergänzen: (\w+)", gap["remedy"])[0]
            indent = "" if number == 0 else "  "
            lines.insert(number + bool(indent), f"{indent}{SECTIONS.get(key, f'{key}: []')}")
        file.write_text("\n".join(lines), "utf-8")
