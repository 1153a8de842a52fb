"""Tables with one characteristic: a small case for each rule."""

from datetime import date

from partnership.figures import crosstables, statistics
from tests.world import TODAY, a, member, partnership, slugs, values


def test_members_over_time() -> None:
    table = statistics.members_over_time(
        partnership(
            member("alt", beitritt="2017-12-31"),
            member("neu", beitritt="2019"),
            member("gegangen", beitritt="2018", austritt="2019-06-30"),
            member("undatiert"),
        ),
        date(2020, 2, 1),
    )
    assert values(table) == {"2017": 1, "2018": 2, "2019": 2, "2020": 2}
    assert slugs(table, "2019") == ["alt", "neu"]
    assert [row.day for row in table.rows][-2:] == [date(2019, 12, 31), date(2020, 2, 1)]
    assert [row.label for row in table.rows] == ["2017", "2018", "2019", "2020"]
    # The total of a line is its last value, not their sum.
    assert (table.total, table.stated) == (2, 2)
    assert table.shape == "line"
    assert table.unit == "unternehmen"
    assert table.day == date(2020, 2, 1)
    assert table.reference.startswith("31. Dezember")
    assert table.fields == ("mitglieder.beitritt", "mitglieder.austritt")


def test_a_year_of_which_it_is_not_known_who_belonged_has_no_row() -> None:
    known = member("alt", beitritt="2018"), member("neu", beitritt="2020")
    unknown = member("eins"), member("zwei"), member("spaet", beitritt="spätestens 2021")
    day = date(2022, 2, 1)
    table = statistics.members_over_time(partnership(*known, *unknown), day)
    # 2018: one of four, 2020: two of five; 2021: three of five.
    assert values(table) == {"2021": 3, "2022": 3}
    assert values(statistics.members_over_time(partnership(*known), day))["2018"] == 1
    assert "2017" not in values(statistics.members_over_time(partnership(*known), day))
    assert values(statistics.members_over_time(partnership(*unknown[:2]), day)) == {}
    for rule in (table.rule, crosstables.coverage(partnership(*known), day).rule):
        assert "Unbekannt ist nicht null" in rule
    quiet = statistics.measures_over_time(partnership(member("a", a(laufend="2020"))), day)
    assert values(quiet) == {"2020": 1, "2021": 1, "2022": 1}
    assert "Nicht verzeichnet ist nicht null" in quiet.rule


def test_a_line_without_years_has_no_total() -> None:
    assert statistics.members_over_time(partnership(), date(2016, 1, 1)).total == 0


def test_members_by_sector_are_ranked_and_equal_ones_stay_in_order() -> None:
    table = statistics.members_by_sector(
        partnership(
            member("a"), member("b", branche="handwerk_bau"), member("c", branche="handwerk_bau")
        ),
        TODAY,
    )
    assert list(values(table).items()) == [("handwerk_bau", 2), ("handel", 1), ("industrie", 0)]
    assert [row.label for row in table.rows] == ["Handwerk und Bau", "Handel", "Industrie"]
    assert (table.total, table.stated, table.shape) == (3, 3, "bars")
    assert table.fields == ("mitglieder.beitritt", "mitglieder.austritt", "mitglieder.branche")
    assert table.day == TODAY
    assert {row.day for row in table.rows} == {TODAY}


def test_members_by_district_tell_who_states_none() -> None:
    table = statistics.members_by_district(
        partnership(member("a", stadtbezirk="2"), member("b"), member("c", austritt="2020")), TODAY
    )
    assert list(values(table).items()) == [("1", 0), ("2", 1), ("3", 0), ("ohne-angabe", 1)]
    assert [row.stated for row in table.rows] == [True, True, True, False]
    assert (table.total, table.stated) == (2, 1)
    assert table.rows[-1].label == "ohne Angabe"
    assert table.fields[-1] == "mitglieder.stadtbezirk"
    assert table.shape == "map"


def test_members_by_size() -> None:
    table = statistics.members_by_size(
        partnership(*(member(f"m-{n}", beschaeftigte=str(n)) for n in (9, 10, 49, 50, 1000))), TODAY
    )
    assert list(values(table).values()) == [1, 2, 1, 0, 1]
    assert table.fields[-1] == "mitglieder.groessenklasse"


MEASURES = (
    member(
        "eins",
        a("jobticket"),
        a("fahrtenbuch", geplant="2025", ziel="2027"),
        a("jobticket", laufend="2020", eingestellt="2021"),
        a("radabstellanlage", veroeffentlichung="nur_summe"),
    ),
    member("zwei", a("fahrtenbuch", umgesetzt="2022"), bestaetigung="oeffentliche_quelle"),
)


def test_measures_by_field() -> None:
    table = statistics.measures_by_field(partnership(*MEASURES), TODAY)
    assert values(table) == {"arbeitswege": 1, "fuhrpark": 2}
    assert [row.unconfirmed for row in table.rows] == [0, 1]
    assert (table.shape, table.unit) == ("shares", "massnahmen")
    assert table.fields[-1] == "massnahmen.handlungsfeld"
    assert table.rows[0].label == "Arbeitswege und Homeoffice"


def test_measures_by_status() -> None:
    table = statistics.measures_by_status(partnership(*MEASURES), TODAY)
    assert list(values(table).items()) == [
        ("geplant", 1),
        ("laufend", 1),
        ("umgesetzt", 1),
        ("eingestellt", 1),
    ]
    assert [row.label for row in table.rows][1] == "in Umsetzung"
    assert table.shape == "shares"
    assert table.fields == (
        "mitglieder.beitritt",
        "mitglieder.austritt",
        "massnahmen.geplant",
        "massnahmen.laufend",
        "massnahmen.umgesetzt",
        "massnahmen.eingestellt",
        "massnahmen.status",
    )


def test_measures_by_type_leave_out_what_nobody_uses() -> None:
    table = statistics.measures_by_type(partnership(*MEASURES), TODAY)
    assert list(values(table).items()) == [("fahrtenbuch", 2), ("jobticket", 1)]
    assert slugs(table, "fahrtenbuch") == ["eins", "zwei"]
    assert table.shape == "bars"
    assert table.fields[-1] == "massnahmen.typ"


def test_measures_over_time() -> None:
    table = statistics.measures_over_time(partnership(*MEASURES), date(2022, 12, 31))
    assert values(table) == {"2020": 2, "2021": 1, "2022": 2}
    assert (table.total, table.shape, table.unit) == (2, "line", "massnahmen")
    assert table.fields[0] == "mitglieder.beitritt"
    assert table.fields[-1] == "massnahmen.eingestellt"


def test_every_table_in_its_order() -> None:
    def keys(**changes: object) -> list[str]:
        return [table.key for table in statistics.tables(partnership(**changes), TODAY)]

    every = [
        "mitglieder-nach-jahr",
        "mitglieder-nach-branche",
        "mitglieder-nach-stadtbezirk",
        "mitglieder-nach-groesse",
        "massnahmen-nach-handlungsfeld",
        "massnahmen-nach-status",
        "massnahmen-nach-typ",
        "massnahmen-nach-jahr",
    ]
    assert keys() == every
    assert keys(districts={}) == [key for key in every if "stadtbezirk" not in key]
    found = statistics.tables(partnership(*MEASURES), TODAY)
    assert {table.day for table in found} == {TODAY}
    assert [table.head for table in found[:2]] == ["Jahr", "Branche"]
