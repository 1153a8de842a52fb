"""Confidential amounts: which sums can be published, and how the office closes a year."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from partnership.cli import main
from partnership.confidentiality import Contribution, Group, is_safe, protect
from tests.helpers import SMALL_CITY, city_with, told
from tests.sites import NOON, commit, git

P = Decimal(10)
CITY = (SMALL_CITY / "data/partnerschaft.yml").read_text("utf-8")
PRIVATE = CITY + "vertraulichkeit: {ablage_oeffentlich: nein, p_prozent: 10}\n"
PUBLIC = CITY + "vertraulichkeit: {ablage_oeffentlich: ja}\n"


def one(name: str, amount: int, sector: str = "handel", cap: int | None = None) -> Contribution:
    limit = None if cap is None else Decimal(cap)
    return Contribution(name, {"pkw": Decimal(amount)}, {"branche": sector}, limit)


def who(groups: tuple[Group, ...]) -> list[str]:
    return sorted("".join(sorted(each.company for each in group)) for group in groups)


@pytest.mark.parametrize(
    ("amounts", "published"),
    [
        ({"a": 10, "b": 8, "c": 7}, ["abc"]),
        ({"a": 10, "b": 8}, []),  # each would know the other's
        ({"a": 1000, "b": 30, "c": 20}, []),  # a dominates: b knows it to two percent
        ({"a": 10, "b": 8, "c": 0}, []),  # b knows a's
        ({"a": 0, "b": 0, "c": 0}, []),  # nothing is open about zero
    ],
)
def test_who_can_share_a_sum(amounts: Mapping[str, int], published: list[str]) -> None:
    assert who(protect([one(*each) for each in amounts.items()], [], P)) == published


def test_a_sum_near_a_limit_everybody_knows_gives_everybody_away() -> None:
    """Three of four employees in four have a ticket; if all but one have, all are known."""
    assert protect([one(name, 30, cap=31) for name in "abc"], [], P) == ()
    assert who(protect([one(name, 20, cap=31) for name in "abc"], [], P)) == ["abc"]


def test_a_class_gets_its_own_sum_only_if_the_rest_can_have_one() -> None:
    trade = [one(name, 10) for name in "abc"]
    assert who(protect([*trade, one("d", 9, "industrie")], [], P)) == ["abcd"]
    others = [one(name, 9, "industrie") for name in "def"]
    assert who(protect([*trade, *others], [], P)) == ["abc", "def"]


def test_who_comes_later_waits_for_two_more() -> None:
    published = [tuple(one(name, 10) for name in "abc")]
    assert protect([one("d", 9)], published, P) == ()
    assert who(protect([one("d", 9), one("e", 7), one("f", 6)], published, P)) == ["def"]


def test_a_year_that_differs_by_one_company_is_not_published() -> None:
    """a and b as last year, d instead of c: the difference would be d minus c."""
    published = [tuple(one(name, 10) for name in "abc")]
    assert protect([one("a", 10), one("b", 10), one("d", 3)], published, P) == ()
    changed = [one("a", 12), one("b", 9), one("d", 8)]
    assert who(protect(changed, published, P)) == ["abd"]


def test_behind_an_amount_that_is_known_nobody_can_hide() -> None:
    four = [one(name, 10) for name in "abcd"]
    a, b = (frozenset({(name, "pkw", Decimal(10))}) for name in "ab")
    assert who(protect(four, [], P, a)) == ["abcd"]
    assert protect(four, [], P, a | b) == ()
    assert protect(four[:3], [], P, a) == ()


AMOUNTS = st.dictionaries(
    st.sampled_from("abcdefghij"), st.tuples(st.integers(0, 60), st.sampled_from("xyz"))
)


@given(AMOUNTS, AMOUNTS)
def test_groups_are_safe_and_share_nobody(
    first: dict[str, tuple[int, str]], second: dict[str, tuple[int, str]]
) -> None:
    groups = protect([one(name, *each) for name, each in first.items()], [], P)
    members = [each.company for group in groups for each in group]
    assert len(members) == len(set(members))
    assert all(is_safe(group, P) for group in groups)
    later = protect([one(name, *each) for name, each in second.items()], groups, P)
    assert all(is_safe(group, P) for group in later)


# The office's side


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


def sums(city: Path) -> list[dict[str, object]]:
    told = yaml.safe_load((city / "data/jahressummen.yml").read_text("utf-8"))
    return [each for each in told.get("summen") or [] if each["groesse"] == "kennzahl-pkw_gesamt"]


def test_closing_publishes_the_sum_and_nobody_behind_it(tmp_path: Path) -> None:
    city = city_with(tmp_path, {**THREE, "data/partnerschaft.yml": PRIVATE})
    assert main(["close", "--root", str(city)]) == 0
    (found,) = sums(city)
    # The small city's own member tells nothing for totals only about cars but its 35.
    assert (found["unternehmen"], found["summe"]) == (4, 61 + 52 + 43 + 35)
    published = (city / "data/jahressummen.yml").read_text("utf-8")
    assert not any(text in published for text in ("firma", "61", "p_prozent"))
    # Once more changes nothing; a correction comes too late for what is published.
    (city / "members/a.md").write_text(member("Firma a", 66), "utf-8")
    assert main(["close", "--root", str(city)]) == 0
    assert sums(city) == [found]
    out = tmp_path / "out"
    assert main(["export", str(out), "--root", str(city)]) == 0
    whole = b"".join(path.read_bytes() for path in out.rglob("*.csv"))
    assert b",191,4,191" in whole
    assert b"p_prozent" not in whole


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


@pytest.mark.parametrize(
    "told",
    ["2025: {pkw_gesamt: 61, veroeffentlichung: einzeln}", "2024: {pkw_gesamt: 52}", ""],
)
def test_what_was_published_by_itself_is_known_though_it_is_withdrawn(
    tmp_path: Path, told: str
) -> None:
    """The versions of the files before; the amount itself, or the same amount of another year."""
    city = city_with(tmp_path, {**THREE, "data/partnerschaft.yml": PRIVATE})
    (city / "members/beispielwerke.md").unlink()
    if told:
        before = member("Firma a", 61).replace("{2025: ", f"{{{told}, 2023: ")
        (city / "members/a.md").write_text(before, "utf-8")
    git(city, "init", "-q")
    commit(city, "Before", "2026-03-01T10:00:00+01:00")
    (city / "members/a.md").write_text(member("Firma a", 61), "utf-8")
    commit(city, "Withdrawn", "2026-04-01T10:00:00+02:00")
    assert main(["close", "--root", str(city)]) == 0
    assert len(sums(city)) == (0 if "einzeln" in told else 1)


def test_an_amount_that_stands_there_for_another_year_is_known(tmp_path: Path) -> None:
    city = city_with(tmp_path, {**THREE, "data/partnerschaft.yml": PRIVATE})
    (city / "members/beispielwerke.md").unlink()
    text = member("Firma a", 61).replace(
        "{2025:", "{2024: {pkw_gesamt: 61, veroeffentlichung: einzeln}, 2025:"
    )
    (city / "members/a.md").write_text(text, "utf-8")
    assert main(["close", "--root", str(city)]) == 0
    assert sums(city) == []


def test_public_files_hold_nothing_confidential(tmp_path: Path) -> None:
    files = {**THREE, "data/partnerschaft.yml": PUBLIC}
    found = [each for each in told(tmp_path / "a", files) if each.startswith("members/a.md")]
    assert found == ["members/a.md:5:14 vertraulich"]
    register = {"data/vertraulich/beteiligte.yml": "gruppen: []\n"}
    public = {"data/partnerschaft.yml": PUBLIC}
    assert "data/vertraulich/beteiligte.yml:1:1 vertraulich" in told(
        tmp_path / "c", public | register
    )
    secret = PUBLIC.replace("oeffentlich: ja", "oeffentlich: ja, p_prozent: 10")
    city = told(tmp_path / "b", {"data/partnerschaft.yml": secret})
    assert any(each.startswith("data/partnerschaft.yml") for each in city)


def vault(folder: Path) -> Path:
    """A confidential folder with the amounts of the three."""
    (folder / "mitglieder").mkdir(parents=True)
    (folder / "regel.yml").write_text("p_prozent: 10\n", "utf-8")
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
    assert [each["summe"] for each in sums(open_city)] == [156]
    assert (folder / "beteiligte.yml").is_file()
    assert not (open_city / "data/vertraulich").exists()
    # Every later build does without the folder.
    assert main(["export", str(tmp_path / "out"), "--root", str(open_city)]) == 0
    found = (tmp_path / "out/daten/jahressummen.csv").read_text("utf-8")
    assert "gesamt,gesamt,Summe,,0,0,156,3,156" in found


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
