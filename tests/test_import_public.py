"""`partnerschaft import` where the files are public: what is for totals only never reaches them."""

import os
from pathlib import Path

import pytest

from partnership.cli import main
from tests.helpers import MEMBER, SMALL_CITY, city_with, member_text
from tests.sites import NOON, contents

Say = pytest.CaptureFixture[str]

CITY = (SMALL_CITY / "data/partnerschaft.yml").read_text("utf-8")
PUBLIC = {
    "data/partnerschaft.yml": CITY + "vertraulichkeit: {ablage_oeffentlich: ja}\n",
    "members/beispielwerke.md": member_text(name="Beispielwerke GmbH"),
}
OWN = member_text(
    """\
beschaeftigte: 420
kennzahlen:
  2024: {veroeffentlichung: einzeln, pkw_gesamt: 30}
massnahmen:
  - typ: homeoffice   # mit Betriebsrat
    titel: Zwei Tage
    laufend: 2023
  # seit dem Umzug
  - typ: fahrtenbuch
    laufend: 2024-09
"""
)
APART = """\
# nur für uns
kennzahlen:
  2025:
    pkw_gesamt: 35  # laut Frau M.
    anteil_elektrisch: 20
massnahmen:
  - {typ: jobticket, titel: Ticket, laufend: 2024, umfang: {2025: 210}}  # Vertrag im Büro
"""
STATED = "auskunft: [{stand: 2026-11-20, von: unternehmen}]\n"


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))


class Office:
    """A city with public files, and the confidential folder beside it."""

    def __init__(self, folder: Path, apart: str = "", more: str = "") -> None:
        self.city = city_with(folder, {**PUBLIC, MEMBER: OWN})
        self.vault = folder / "geheim"
        self.vault.mkdir()
        self.file = self.vault / "mitglieder/muster.yml"
        if apart:
            self.file.parent.mkdir()
            self.file.write_text(apart, "utf-8")
        if more:
            (self.vault / "beteiligte.yml").write_text(more, "utf-8")

    def take(self, answer: str, *options: str, plainly: bool = False) -> int:
        file = self.city.parent / "antwort.yml"
        file.write_text(f"name: Muster GmbH\n{STATED}{answer}", "utf-8")
        named = () if plainly else ("--vertraulich", str(self.vault))
        return main(["import", str(file), *named, *options, "--root", str(self.city)])

    @property
    def public(self) -> str:
        return (self.city / MEMBER).read_text("utf-8")

    @property
    def apart(self) -> str:
        return self.file.read_text("utf-8")

    @property
    def all(self) -> object:
        return contents(self.city), contents(self.vault)

    def is_sound(self) -> bool:
        return main(["check", "--vertraulich", str(self.vault), "--root", str(self.city)]) == 0


def test_new_company_gets_two_files(tmp_path: Path, capsys: Say) -> None:
    office = Office(tmp_path)
    (office.city / MEMBER).rename(office.city / "members/andere.md")
    text = (office.city / "members/andere.md").read_text("utf-8").replace("Muster GmbH", "Andere")
    (office.city / "members/andere.md").write_text(text, "utf-8")
    answer = """\
branche: handel
beitritt: 2026-05
kennzahlen: {2025: {pkw_gesamt: 41}}
massnahmen:
  - {typ: jobticket, laufend: 2026, umfang: {2026: 17}, veroeffentlichung: nur_summe}
  - {typ: homeoffice, laufend: 2025}
"""
    before = office.all
    assert office.take(answer, plainly=True) == 1
    said = capsys.readouterr().out
    assert "nur in Summen erscheinen sollen, und die Dateien hier sind öffentlich" in said
    assert "Bitte den Import mit „--vertraulich ORDNER“ wiederholen" in said
    assert office.all == before
    assert office.take(answer) == 0
    said = "neu angelegt (members/muster-gmbh.md, vertraulich mitglieder/muster-gmbh.yml)"
    assert said in capsys.readouterr().out
    public = (office.city / "members/muster-gmbh.md").read_text("utf-8")
    assert (office.vault / "mitglieder/muster-gmbh.yml").read_text("utf-8") == (
        "kennzahlen:\n  2025:\n    pkw_gesamt: 41\n"
        "massnahmen:\n  - typ: jobticket\n    laufend: 2026\n    umfang:\n      2026: 17\n"
    )
    assert "massnahmen:\n  - typ: homeoffice\n    laufend: 2025\n---\n" in public
    assert "jobticket" not in public
    assert "kennzahlen" not in public
    assert office.is_sound()


def test_answer_is_shared_out_between_both_files(tmp_path: Path, capsys: Say) -> None:
    office = Office(tmp_path, APART)
    answer = """\
website: https://muster.example
kennzahlen:
  2025: {pkw_gesamt: 36}
  2026: {pkw_gesamt: 38, veroeffentlichung: einzeln}
massnahmen:
  - {typ: jobticket, titel: Ticket, umfang: {2026: 230}, veroeffentlichung: nur_summe}
  - {typ: homeoffice, titel: Zwei Tage, umgesetzt: 2026-02}
"""
    assert office.take(answer) == 0
    assert office.apart == APART.replace("35  #", "36  #").replace("210}", "210, 2026: 230}")
    assert "    umgesetzt: 2026-02\n" in office.public
    assert "  2026:\n    veroeffentlichung: einzeln\n    pkw_gesamt: 38\n" in office.public
    assert not any(text in office.public for text in ("2025", "jobticket", "230"))
    assert "# mit Betriebsrat" in office.public
    assert office.is_sound()
    before, said = office.all, capsys.readouterr().out
    assert "Geändert: kennzahlen 2025, pkw_gesamt: 35 → 36" in said
    assert office.take(answer) == 0
    assert "antwort.yml: unverändert (members/muster.md)" in capsys.readouterr().out
    assert office.all == before


def test_what_the_company_no_longer_publishes_leaves_the_public_file(
    tmp_path: Path, capsys: Say
) -> None:
    office = Office(tmp_path)
    answer = """\
kennzahlen: {2024: {pkw_gesamt: 31, veroeffentlichung: nur_summe}}
massnahmen: [{typ: homeoffice, titel: Zwei Tage, laufend: 2023, veroeffentlichung: nur_summe}]
"""
    assert office.take(answer, plainly=True) == 1
    assert "--vertraulich ORDNER" in capsys.readouterr().out
    assert office.public == OWN
    assert office.take(answer) == 0
    said = capsys.readouterr().out
    assert "kennzahlen 2024, jetzt nur in Summen statt einzeln" in said
    assert "in deren früheren Fassungen (git) aber weiterhin" in said
    left = OWN[: OWN.index("kennzahlen")] + "massnahmen:\n" + OWN[OWN.index("  # seit") :]
    assert (
        office.public.replace("auskunft:\n  - stand: 2026-11-20\n    von: unternehmen\n", "")
        == left
    )
    assert "pkw_gesamt: 31" in office.apart
    assert "titel: Zwei Tage" in office.apart
    assert office.is_sound()
    before = office.all
    assert office.take(answer) == 0
    assert office.all == before


ALL_OPEN = """\
kennzahlen: {2025: {pkw_gesamt: 35, anteil_elektrisch: 20, veroeffentlichung: einzeln}}
massnahmen:
  - {typ: jobticket, titel: Ticket, laufend: 2024, umfang: {2025: 210}, veroeffentlichung: einzeln}
"""


def test_what_was_for_totals_only_is_published_with_consent(tmp_path: Path, capsys: Say) -> None:
    office = Office(tmp_path, APART)
    assert office.take(ALL_OPEN) == 1
    said = capsys.readouterr().out
    assert said.count("bleibt nur_summe, obwohl die Antwort „einzeln“ nennt") == 2
    assert "mit --veroeffentlichen wiederholen" in said
    assert office.apart == APART
    assert "2025" not in office.public.replace("2025-", "")
    assert office.take(ALL_OPEN, "--veroeffentlichen") == 0
    assert not office.file.exists()
    assert "  2025:\n    veroeffentlichung: einzeln\n    pkw_gesamt: 35\n" in office.public
    assert "titel: Ticket" in office.public
    assert office.is_sound()
    before = office.all
    assert office.take(ALL_OPEN, "--veroeffentlichen") == 0
    assert office.all == before


def test_what_stands_in_a_published_sum_stays(tmp_path: Path, capsys: Say) -> None:
    sums = "".join(
        f"  - {{jahr: 2025, groesse: {key}, unternehmen: 3 bis 5, summe: {total},"
        " gerundet_auf: 10}\n"
        for key, total in (("kennzahl-pkw_gesamt", 90), ("umfang-jobticket", 700))
    )
    inside = "".join(
        f"  - {{jahr: 2025, groesse: {key}, betraege: {{muster: {own}}}}}\n"
        for key, own in (("kennzahl-pkw_gesamt", 35), ("umfang-jobticket", 210))
    )
    office = Office(tmp_path, APART, f"geheimnis: abc\nsummen:\n{inside}")
    closing = f"abgeschlossen_bis: 2025\nstand: 2026-11-01\np_prozent: 10\nsummen:\n{sums}"
    (office.city / "data/jahressummen.yml").write_text(closing, "utf-8")
    # Without the folder nobody knows whether the company is in the sum.
    assert office.take(ALL_OPEN, plainly=True) == 1
    assert "schon Summen vertraulicher Angaben veröffentlicht" in capsys.readouterr().out
    assert office.public == OWN
    assert office.take(ALL_OPEN, "--veroeffentlichen") == 0
    said = capsys.readouterr().out
    assert said.count("steht schon in einer veröffentlichten Summe und bleibt nur_summe") == 2
    assert "pkw_gesamt: 35  # laut Frau M." in office.apart
    assert "umfang: {2025: 210}" in office.apart
    assert "anteil_elektrisch" not in office.apart
    assert "  2025:\n    veroeffentlichung: einzeln\n    anteil_elektrisch: 20\n" in office.public
    assert office.is_sound()
    # By hand neither, once the check knows the folder.
    moved = office.public.replace("anteil_elektrisch: 20", "pkw_gesamt: 35")
    (office.city / MEMBER).write_text(moved, "utf-8")
    office.file.write_text(APART.replace("    pkw_gesamt: 35  # laut Frau M.\n", ""), "utf-8")
    assert not office.is_sound()
    assert "zählte sie doppelt" in capsys.readouterr().out.replace("\n", " ")


@pytest.mark.parametrize(
    ("apart", "answer", "told"),
    [
        pytest.param(
            APART.replace("jobticket", "jobtiket"), "", "Den Maßnahmentyp „jobtiket“ gibt es nicht",
            id="the folder is unsound before",
        ),
        pytest.param(
            APART, "beschaeftigte: 100\n", "Der Umfang (210) ist größer",
            id="unsound together with the folder",
        ),
        pytest.param(
            "kennzahlen: {2024: {pkw_gesamt: 3}}\n", "", "steht auch in members/muster.md",
            id="in both files",
        ),
    ],
)  # fmt: skip
def test_unsound_together_changes_neither(
    tmp_path: Path, apart: str, answer: str, told: str, capsys: Say
) -> None:
    office = Office(tmp_path, apart)
    before = office.all
    assert office.take(answer + "kennzahlen: {2026: {pkw_gesamt: 50}}\n") == 1
    said = capsys.readouterr()
    assert told in (said.out + said.err).replace("\n", " ")
    assert office.all == before


def test_both_files_are_written_or_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Say
) -> None:
    office = Office(tmp_path, APART)
    before = office.all
    replace, calls = os.replace, []

    def second_fails(source: str, target: str) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "Kein Platz")
        replace(source, target)

    monkeypatch.setattr(os, "replace", second_fails)
    assert office.take("website: https://a.example\nkennzahlen: {2025: {pkw_gesamt: 50}}\n") != 0
    assert "der Platz reicht nicht" in capsys.readouterr().err
    assert len(calls) > 2
    assert office.all == before


def test_the_folder_lies_outside_and_is_there(tmp_path: Path, capsys: Say) -> None:
    office = Office(tmp_path)
    office.vault.rmdir()
    with pytest.raises(SystemExit, match="2"):
        office.take("kennzahlen: {2025: {pkw_gesamt: 50}}\n")
    assert "gibt es nicht" in capsys.readouterr().err
    office.vault = office.city / "geheim"
    office.vault.mkdir()
    assert office.take("kennzahlen: {2025: {pkw_gesamt: 50}}\n") == 2
    assert "darf nicht im öffentlichen Ordner" in capsys.readouterr().err
