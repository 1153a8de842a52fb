"""What is true of every table of figures."""

import pytest

from partnership.figures import crosstables, statistics
from partnership.figures.tables import Table
from tests.world import TODAY, a, member, partnership

CITY = partnership(
    member(
        "eins",
        a("jobticket", umfang="5"),
        a("fahrtenbuch", geplant="2025", ziel="2027"),
        beitritt="2020",
        beschaeftigte="9",
    ),
    member("zwei", a("homeoffice"), stadtbezirk="1", beschaeftigte="70"),
)
TABLES = (*statistics.tables(CITY, TODAY), *crosstables.tables(CITY, TODAY))


@pytest.fixture(params=[table.key for table in TABLES])
def table(request: pytest.FixtureRequest) -> Table:
    found = (*statistics.tables(CITY, TODAY), *crosstables.tables(CITY, TODAY))
    return next(each for each in found if each.key == request.param)


def test_it_says_what_it_is(table: Table) -> None:
    for said in (table.title, table.head, table.rule, table.reference):
        assert said
    assert table.rule.endswith(".")
    assert table.fields
    assert all(name.count(".") == 1 for name in table.fields)
    assert table.day == TODAY


def test_its_cells_stand_in_its_columns(table: Table) -> None:
    assert table.rows
    for row in table.rows:
        assert row.label
        assert row.day <= TODAY
        columns = tuple(cell.column for cell in row.cells)
        assert columns == table.columns[: len(columns)]
    labels = [column.label for column in table.columns]
    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_each_figure_has_what_it_counts_behind_it(table: Table) -> None:
    for row in table.rows:
        for cell in row.cells:
            if cell.amounts:
                assert cell.value == sum(cell.amounts)
                assert len(cell.amounts) == len(cell.entries)
            elif cell.column.unit != "prozent":
                assert cell.value == len(cell.entries)
            of_measures = cell.column.unit == "massnahmen"
            assert all((entry.measure is not None) == of_measures for entry in cell.entries)
