"""Tables with two characteristics, what became of goals, and the share of employees reached."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnership.checking.load import load
from partnership.figures import crosstables
from partnership.figures.counting import MEMBERSHIP, STEPS
from partnership.figures.goals import fulfilment, outcome
from partnership.figures.reach import reach
from partnership.model.dates import PartialDate
from partnership.model.member import Measure
from tests.world import TODAY, a, measure, member, partnership, rows, slugs


def answer(day: str) -> list[dict[str, str]]:
    return [{"stand": day, "von": "unternehmen"}]


def test_coverage() -> None:
    table = crosstables.coverage(
        partnership(
            member(
                "aktiv", a(laufend="2018-05-01"), beitritt="2018", auskunft=answer("2018-12-31")
            ),
            member("spaeter", a(laufend="2019-05-01"), beitritt="2018"),
            member("ohne", beitritt="2019", auskunft=answer("2019-02-02")),
            member("undatiert", a(laufend="2018-01-01")),
        ),
        date(2019, 2, 1),
    )
    assert rows(table) == {
        "2018": {
            "mitglieder": 2,
            "mit-auskunft": 1,
            "mit-massnahme": 1,
            "anteil-mit-massnahme": 50,
        },
        "2019": {
            "mitglieder": 3,
            "mit-auskunft": 1,
            "mit-massnahme": 1,
            "anteil-mit-massnahme": 33,
        },
    }
    assert [cell.column.unit for cell in table.rows[1].cells] == [*["unternehmen"] * 3, "prozent"]
    assert [slugs(table, "2019", at) for at in range(4)] == [
        ["aktiv", "spaeter", "ohne"],
        ["aktiv"],
        ["aktiv"],
        ["aktiv"],
    ]
    assert [row.day for row in table.rows] == [date(2018, 12, 31), date(2019, 2, 1)]
    assert [row.label for row in table.rows] == ["2018", "2019"]
    assert table.reference.startswith("31. Dezember")
    assert table.fields == (*MEMBERSHIP, "auskuenfte.stand", *STEPS)
    assert table.head == "Jahr"
    assert len(table.columns) == 4


FOUND = (
    member(
        "eins",
        a("jobticket"),
        a("fahrtenbuch", umgesetzt="2022"),
        a("jobticket", laufend="2020", eingestellt="2021"),
        stadtbezirk="2",
        beschaeftigte="9",
    ),
    member("zwei", a("fahrtenbuch"), branche="industrie", bestaetigung="oeffentliche_quelle"),
)


def test_fields_by_status_leave_out_no_status_but_empty_rows() -> None:
    table = crosstables.fields_by_status(partnership(*FOUND[:1]), TODAY)
    assert rows(table) == {
        "arbeitswege": {
            "geplant": 0,
            "laufend": 1,
            "umgesetzt": 0,
            "eingestellt": 1,
            "summe": 2,
        },
        "fuhrpark": {"geplant": 0, "laufend": 0, "umgesetzt": 1, "eingestellt": 0, "summe": 1},
        "summe": {"geplant": 0, "laufend": 1, "umgesetzt": 1, "eingestellt": 1, "summe": 3},
    }
    assert table.head == "Handlungsfeld"
    assert table.rows[-1].label == "Summe"
    assert table.columns[1].label == "in Umsetzung"
    assert table.columns[-1].label == "Summe"
    assert table.fields == (*MEMBERSHIP, "massnahmen.handlungsfeld", *STEPS)
    nothing = crosstables.fields_by_status(partnership(), TODAY)
    assert rows(nothing) == {"summe": dict.fromkeys(rows(table)["summe"], 0)}


def test_fields_by_sector_count_what_goes_on() -> None:
    table = crosstables.fields_by_sector(partnership(*FOUND), TODAY)
    assert rows(table) == {
        "industrie": {"arbeitswege": 0, "fuhrpark": 1, "summe": 1},
        "handel": {"arbeitswege": 1, "fuhrpark": 1, "summe": 2},
        "summe": {"arbeitswege": 1, "fuhrpark": 2, "summe": 3},
    }
    assert [cell.unconfirmed for cell in table.rows[-1].cells] == [0, 1, 1]
    assert slugs(table, "summe", 1) == ["zwei", "eins"]
    assert [column.label for column in table.columns] == ["Arbeitswege", "Fuhrpark", "Summe"]
    assert table.fields == (
        "mitglieder.beitritt",
        "mitglieder.austritt",
        "mitglieder.branche",
        "massnahmen.handlungsfeld",
        "massnahmen.geplant",
        "massnahmen.laufend",
        "massnahmen.umgesetzt",
        "massnahmen.eingestellt",
    )
    assert {table.day, *(row.day for row in table.rows)} == {TODAY}


@pytest.mark.parametrize(
    ("table", "expected", "head"),
    [
        (crosstables.fields_by_size, {"bis-9": 2, "ohne-angabe": 1, "summe": 3}, "Größe"),
        (crosstables.fields_by_district, {"2": 2, "ohne-angabe": 1, "summe": 3}, "Stadtbezirk"),
    ],
)
def test_fields_by_company(table: object, expected: dict[str, int], head: str) -> None:
    found = table(partnership(*FOUND), TODAY)  # type: ignore[operator]
    assert {key: cells["summe"] for key, cells in rows(found).items()} == expected
    assert found.head == head
    assert [row.stated for row in found.rows] == [True, False, True]


@pytest.mark.parametrize(
    ("dates", "result"),
    [
        # In time: done by the end of the period that the goal names.
        ({"ziel": "2024", "umgesetzt": "2024"}, "rechtzeitig"),
        ({"ziel": "2024-06", "umgesetzt": "2024-06-30"}, "rechtzeitig"),
        ({"ziel": "2024-06", "umgesetzt": "2024-07-01"}, "spaeter"),
        # Known to the year only, it counts from the year's end.
        ({"ziel": "2024-06", "umgesetzt": "2024"}, "spaeter"),
        ({"ziel": "2024", "umgesetzt": "2024", "eingestellt": "2025"}, "rechtzeitig"),
        ({"umgesetzt": "2024"}, "spaeter"),
        ({"ziel": "2024", "laufend": "2023", "umgesetzt": "2026-12"}, "laufend"),
        ({"ziel": "2026", "umgesetzt": "2026-11-23"}, "rechtzeitig"),
        ({"ziel": "2024", "geplant": "2023"}, "geplant"),
        ({"ziel": "2024", "geplant": "2023", "eingestellt": "2025"}, "eingestellt"),
        ({"ziel": "2028"}, "geplant"),
        # Moved: the first goal decides, and what is open says that it was moved.
        ({"ziel": "2025", "verschoben_auf": ["2027"], "geplant": "2024"}, "verschoben"),
        ({"ziel": "2025", "verschoben_auf": ["2026-01"], "laufend": "2024"}, "verschoben"),
        ({"ziel": "2028", "verschoben_auf": ["2029"], "geplant": "2024"}, "verschoben"),
        ({"ziel": "2025", "verschoben_auf": ["2027"], "umgesetzt": "2025"}, "rechtzeitig"),
        ({"ziel": "2025", "verschoben_auf": ["2027"], "umgesetzt": "2026-01"}, "spaeter"),
        ({"ziel": "2025", "verschoben_auf": ["2027"], "umgesetzt": "2026"}, "verschoben"),
        (
            {
                "ziel": "2025",
                "verschoben_auf": ["2027"],
                "geplant": "2024",
                "eingestellt": "2026-01",
            },
            "eingestellt",
        ),
    ],
)
def test_outcome(dates: dict[str, str], result: str) -> None:
    assert outcome(measure(**dates), TODAY) == result


def test_fulfilment() -> None:
    table = fulfilment(
        partnership(
            member("eins", a(ziel="2025", umgesetzt="2025"), a(ziel="2025", geplant="2024")),
            member("spaeter", a(ziel="2025", verschoben_auf=["2027", "2028"], geplant="2024")),
            member("gegangen", a(ziel="2024-06", geplant="2023"), austritt="2024"),
            member("quelle", a(ziel="2025", laufend="2024"), bestaetigung="oeffentliche_quelle"),
            member("geheim", a(ziel="2025", geplant="2024", veroeffentlichung="nur_summe")),
            member("ohne", a(geplant="2024")),
            member("kuenftig", a(ziel="2028", geplant="2027")),
        ),
        TODAY,
    )
    outcomes = ("rechtzeitig", "spaeter", "verschoben", "laufend", "geplant", "eingestellt")
    nothing = dict.fromkeys(outcomes, 0)
    assert rows(table) == {
        "2024": {"summe": 1, **nothing, "geplant": 1, "oeffentliche-quelle": 0},
        "2025": {
            "summe": 3,
            **nothing,
            "rechtzeitig": 1,
            "verschoben": 1,
            "geplant": 1,
            "oeffentliche-quelle": 1,
        },
    }
    assert [row.label for row in table.rows] == ["2024", "2025"]
    assert [column.key for column in table.columns] == ["summe", *nothing, "oeffentliche-quelle"]
    assert slugs(table, "2025", -1) == ["quelle"]
    assert {table.day, *(row.day for row in table.rows)} == {TODAY}
    assert table.fields == (
        "massnahmen.ziel",
        "massnahmen.verschoben_auf",
        *STEPS,
        "massnahmen.bestaetigung",
    )


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_moving_every_goal_of_a_year_leaves_the_number_planned(root: Path, year: int) -> None:
    """On Musterstadt: what was planned for a year is still in it, as moved or as it was ended."""
    city = load(root / "tests/cities/musterstadt", TODAY, root)
    moved = 0

    def later(measure: Measure) -> Measure:
        nonlocal moved
        if measure.goal is None or measure.goal.year != year:
            return measure
        moved += measure.is_public
        goals = (*measure.moved_to, PartialDate(2099))
        return measure.model_copy(update={"moved_to": goals})

    members = tuple(
        each.model_copy(update={"measures": tuple(map(later, each.measures))})
        for each in city.members
    )
    before, after = (
        rows(fulfilment(each, TODAY)) for each in (city, replace(city, members=members))
    )
    assert moved >= 13
    assert {key: row["summe"] for key, row in after.items()} == {
        key: row["summe"] for key, row in before.items()
    }
    was, now = before[str(year)], after[str(year)]
    open_before = was["laufend"] + was["geplant"] + was["verschoben"]
    assert open_before
    assert now == {**was, "laufend": 0, "geplant": 0, "verschoben": open_before}
    others = before.keys() - {str(year)}
    assert {key: after[key] for key in others} == {key: before[key] for key in others}


def test_reach() -> None:
    table = reach(
        partnership(
            # Two measures of one type may reach the same people: the larger counts.
            member("eins", a(umfang={"2025": "25"}), a(umfang="10"), beschaeftigte="40"),
            # The newest extent counts, not the largest.
            member("zwei", a(umfang={"2023": "90", "2024": "5"}), beschaeftigte="100"),
            member("ohne-umfang", a(), beschaeftigte="50"),
            member("ohne-beschaeftigte", a(umfang="5")),
            member("geplant", a(geplant="2025", umfang="5"), beschaeftigte="50"),
            member("keiner", a("homeoffice", umfang="50"), beschaeftigte="50"),
        ),
        TODAY,
    )
    assert rows(table) == {
        "jobticket": {
            "mit-massnahme": 4,
            "unternehmen": 2,
            "erreicht": 30,
            "beschaeftigte": 140,
            "anteil": 21,
        }
    }
    (row,) = table.rows
    assert row.label == "Jobticket"
    assert row.day == table.day == TODAY
    assert slugs(table, "jobticket") == ["eins", "zwei", "ohne-umfang", "ohne-beschaeftigte"]
    assert [cell.amounts for cell in row.cells] == [
        (),
        (),
        (Decimal(25), Decimal(5)),
        (Decimal(40), Decimal(100)),
        (),
    ]
    assert all(slugs(table, "jobticket", at) == ["eins", "zwei"] for at in (1, 2, 3, 4))
    assert [column.unit for column in table.columns] == [
        "unternehmen",
        "unternehmen",
        "beschaeftigte",
        "beschaeftigte",
        "prozent",
    ]
    assert table.fields == (
        *MEMBERSHIP,
        "massnahmen.typ",
        "massnahmen.umfang",
        *STEPS,
        "mitglieder.beschaeftigte",
    )
    assert table.head == "Maßnahmentyp"


def test_reach_without_any_extent_is_no_row() -> None:
    assert reach(partnership(member("eins", a(), beschaeftigte="5")), TODAY).rows == ()


def test_every_table_in_its_order() -> None:
    def keys(**changes: object) -> list[str]:
        return [table.key for table in crosstables.tables(partnership(**changes), TODAY)]

    every = [
        "mitglieder-mit-massnahme-nach-jahr",
        "handlungsfeld-status",
        "handlungsfeld-branche",
        "handlungsfeld-groesse",
        "handlungsfeld-stadtbezirk",
        "selbstbindung-nach-jahr",
        "erreichte-beschaeftigte",
    ]
    assert keys() == every
    assert keys(districts={}) == [key for key in every if "stadtbezirk" not in key]
    assert {table.day for table in crosstables.tables(partnership(*FOUND), TODAY)} == {TODAY}


def test_each_table_stands_under_the_heading_of_what_it_is_about() -> None:
    found = crosstables.tables(partnership(), TODAY)
    assert [(table.key, table.topic) for table in found if table.topic != "measures"] == [
        ("mitglieder-mit-massnahme-nach-jahr", "members"),
        ("selbstbindung-nach-jahr", "commitment"),
        ("erreichte-beschaeftigte", "commitment"),
    ]
