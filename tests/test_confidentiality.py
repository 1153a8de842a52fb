"""Confidential amounts: how the office closes a year. How they are rounded is in figures/."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from partnership.cli import main
from tests.helpers import SMALL_CITY, city_with, told
from tests.sites import NOON

CITY = (SMALL_CITY / "data/partnerschaft.yml").read_text("utf-8")
PRIVATE = CITY + "vertraulichkeit: {ablage_oeffentlich: nein, p_prozent: 10}\n"
PUBLIC = CITY + "vertraulichkeit: {ablage_oeffentlich: ja, p_prozent: 10}\n"


def member(name: str, amount: int, how: str = "nur_summe") -> str:
    return (
        f"---\nname: {name}\nbranche: handel\nbestaetigung: unternehmen\n"
        f"kennzahlen: {{2025: {{pkw_gesamt: {amount}, veroeffentlichung: {how}}}}}\n---\n"
    )


THREE = {
    f"members/{name}.md": member(f"Firma {name}", n)
    for name, n in (("a", 61), ("b", 52), ("c", 43))
}


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))


def sums(city: Path) -> list[dict[str, Any]]:
    told = yaml.safe_load((city / "data/jahressummen.yml").read_text("utf-8"))
    return [each for each in told.get("summen") or [] if each["groesse"] == "kennzahl-pkw_gesamt"]


def a_year_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a day on which the next year can be closed."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON + 365 * 24 * 3600))


def test_closing_publishes_the_sum_and_nobody_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = city_with(tmp_path, {**THREE, "data/partnerschaft.yml": PRIVATE})
    assert main(["close", "--root", str(city)]) == 0
    (found,) = sums(city)
    # The small city's own member tells nothing for totals only about cars but its 35.
    assert found["unternehmen"] == "3 bis 5"
    assert (found["gerundet_auf"], abs(found["summe"] - (61 + 52 + 43 + 35)) < 60) == (5, True)
    published = (city / "data/jahressummen.yml").read_text("utf-8")
    assert not any(text in published for text in ("firma", ": 61", "geheimnis"))
    # The next closing changes nothing; a correction comes too late for what is published.
    (city / "members/a.md").write_text(member("Firma a", 66), "utf-8")
    a_year_later(monkeypatch)
    assert main(["close", "--root", str(city)]) == 0
    assert sums(city) == [found]
    out = tmp_path / "out"
    assert main(["export", str(out), "--root", str(city)]) == 0
    whole = (out / "daten/jahressummen.csv").read_text("utf-8")
    assert f",{found['summe']},5,3 bis 5,{found['summe']}" in whole


def test_without_the_file_of_the_last_closing_none_is_possible(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    city = city_with(tmp_path, {**THREE, "data/partnerschaft.yml": PRIVATE})
    assert main(["close", "--root", str(city)]) == 0
    (city / "data/vertraulich/beteiligte.yml").unlink()
    before = sums(city)
    a_year_later(monkeypatch)
    assert main(["close", "--root", str(city)]) == 2
    assert "beteiligte.yml" in capsys.readouterr().err
    assert sums(city) == before


def test_what_stands_in_a_sum_cannot_be_published_afterwards(tmp_path: Path) -> None:
    city = city_with(tmp_path, {**THREE, "data/partnerschaft.yml": PRIVATE})
    assert main(["close", "--root", str(city)]) == 0
    files = {
        path: (city / path).read_text("utf-8")
        for path in ("data/jahressummen.yml", "data/vertraulich/beteiligte.yml")
    }
    files |= {**THREE, "data/partnerschaft.yml": PRIVATE}
    assert told(tmp_path / "before", files) == []
    files["members/a.md"] = member("Firma a", 61, "einzeln")
    assert told(tmp_path / "after", files) == ["members/a.md:5:1 vertraulich"]


def test_public_files_hold_nothing_confidential(tmp_path: Path) -> None:
    files = {**THREE, "data/partnerschaft.yml": PUBLIC}
    found = [each for each in told(tmp_path / "a", files) if each.startswith("members/a.md")]
    assert found == ["members/a.md:5:14 vertraulich"]
    register = {"data/vertraulich/beteiligte.yml": "summen: []\n"}
    public = {"data/partnerschaft.yml": PUBLIC}
    assert "data/vertraulich/beteiligte.yml:1:1 vertraulich" in told(
        tmp_path / "c", public | register
    )


def vault(folder: Path) -> Path:
    """A confidential folder with the amounts of the three."""
    (folder / "mitglieder").mkdir(parents=True)
    (folder / "beteiligte.yml").write_text("geheimnis: abc\n", "utf-8")
    for name, amount in (("a", 61), ("b", 52), ("c", 43)):
        text = f"kennzahlen: {{2025: {{pkw_gesamt: {amount}}}}}\n"
        (folder / f"mitglieder/{name}.yml").write_text(text, "utf-8")
    return folder


@pytest.fixture
def open_city(tmp_path: Path) -> Path:
    """A city whose files are public: three members without any amount."""
    city = city_with(tmp_path, {**THREE, "data/partnerschaft.yml": PUBLIC})
    for name in "abc":
        text = f"---\nname: Firma {name}\nbranche: handel\nbestaetigung: unternehmen\n---\n"
        (city / f"members/{name}.md").write_text(text, "utf-8")
    (city / "members/beispielwerke.md").unlink()
    return city


def test_where_files_are_public_amounts_come_from_a_folder_of_their_own(
    open_city: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["close", "--root", str(open_city)]) == 2
    assert "--vertraulich" in capsys.readouterr().err
    inside = vault(open_city / "geheim")
    assert main(["close", "--root", str(open_city), "--vertraulich", str(inside)]) == 2
    folder = vault(tmp_path / "geheim")
    assert main(["close", "--root", str(open_city), "--vertraulich", str(folder)]) == 0
    assert [each["unternehmen"] for each in sums(open_city)] == ["3 bis 5"]
    said = yaml.safe_load((folder / "beteiligte.yml").read_text("utf-8"))
    assert said["geheimnis"] == "abc"
    assert [each["betraege"] for each in said["summen"]] == [{"a": 61, "b": 52, "c": 43}]
    assert not (open_city / "data/vertraulich").exists()
    # Every later build does without the folder.
    assert main(["export", str(tmp_path / "out"), "--root", str(open_city)]) == 0
    found = (tmp_path / "out/daten/jahressummen.csv").read_text("utf-8")
    (told,) = sums(open_city)
    assert f"gesamt,gesamt,Summe,,0,0,{told['summe']},5,3 bis 5,{told['summe']}" in found


def test_what_stands_in_a_sum_cannot_be_published_where_files_are_public_either(
    open_city: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--root", str(open_city), "--vertraulich", str(vault(tmp_path / "geheim"))]
    assert main(["close", *options]) == 0
    assert main(["check", *options]) == 0
    (open_city / "members/a.md").write_text(member("Firma a", 61, "einzeln"), "utf-8")
    assert main(["check", *options]) == 1
    assert "steht schon in einer veröffentlichten Summe" in capsys.readouterr().out
    # Also not in a member that has made all its amounts public.
    (tmp_path / "geheim/mitglieder/a.yml").write_text("", "utf-8")
    assert main(["close", *options]) == 1


def tickets(*measures: str) -> str:
    entries = "".join(f"  - {{typ: jobticket, {each}}}\n" for each in measures)
    return (
        f"---\nname: Firma\nbranche: handel\nbestaetigung: unternehmen\nmassnahmen:\n{entries}---\n"
    )


def test_a_measure_in_a_sum_cannot_be_published_afterwards(tmp_path: Path) -> None:
    """One was public all the time; another was confidential when the year was closed."""
    public, hidden = "laufend: 2024-01", "laufend: 2023-01, veroeffentlichung: nur_summe"
    three = {
        f"members/{name}.md": tickets(public, hidden).replace("Firma", f"Firma {name}")
        for name in "abc"
    }
    city = city_with(tmp_path, {**three, "data/partnerschaft.yml": PRIVATE})
    assert main(["close", "--root", str(city)]) == 0
    files = {
        path: (city / path).read_text("utf-8")
        for path in ("data/jahressummen.yml", "data/vertraulich/beteiligte.yml")
    }
    assert "massnahmen-arbeitswege" in files["data/jahressummen.yml"]
    files |= {**three, "data/partnerschaft.yml": PRIVATE}
    assert told(tmp_path / "before", files) == []
    a = files["members/a.md"]
    # What had been told before may go, and a mistake in what is confidential may be mended.
    for mended in (a.replace(f"  - {{typ: jobticket, {public}}}\n", ""),
                   a.replace(f"  - {{typ: jobticket, {hidden}}}\n", "")):  # fmt: skip
        assert mended != a
        assert told(tmp_path / "mended", files | {"members/a.md": mended}) == []
    opened = files | {"members/a.md": a.replace(", veroeffentlichung: nur_summe", "")}
    assert set(told(tmp_path / "opened", opened)) == {"members/a.md:5:1 vertraulich"}


def test_mistakes_in_the_folder_are_told(
    open_city: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = vault(tmp_path / "geheim")
    (folder / "mitglieder/niemand.yml").write_text("kennzahlen: {2025: {autos: 3}}\n", "utf-8")
    options = ["--root", str(open_city), "--vertraulich", str(folder)]
    assert main(["check", *options]) == 1
    said = capsys.readouterr().out
    assert "Zu dieser Datei gibt es kein Mitglied" in said
    assert "Die Kennzahl „autos“ gibt es nicht" in said
    assert main(["close", *options]) == 1
    assert not (open_city / "data/jahressummen.yml").exists()
