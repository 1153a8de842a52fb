"""What the definitions say of dates is what the figures do."""

import pytest

from partnership.figures import crosstables, statistics
from partnership.figures.tables import Table
from partnership.model.member import Member
from partnership.site.views import yearsums as views
from partnership.site.views.yearsums import RULES
from tests.world import TODAY, a, member, partnership, rows

LAST_DAY = "an diesem letzten Tag zählt es noch mit"
FROM_THE_BEGINNING = "nicht oder nur als „spätestens“ bekannt, zählt es von Anfang an"
AT_LATEST = "Ein Beitritt „spätestens 2020“ zählt in dieser Tabelle ab dem 1. Januar 2020"
STEP = "der auf den Monat oder das Jahr bekannt ist, zählt ab dessen letztem Tag"


def every(*members: Member) -> dict[str, Table]:
    found = partnership(*members)
    tables = (*statistics.tables(found, TODAY), *crosstables.tables(found, TODAY))
    return {table.key: table for table in tables}


@pytest.mark.parametrize("key", every())
def test_a_definition_tells_of_the_dates_it_rests_on(key: str) -> None:
    table = every()[key]
    told = table.definition
    assert told.startswith(table.rule)
    assert (LAST_DAY in told) is ("mitglieder.austritt" in table.fields)
    assert (STEP in told) is ("massnahmen.umgesetzt" in table.fields)
    of_course = key in {"mitglieder-nach-jahr", "mitglieder-mit-massnahme-nach-jahr"}
    assert (AT_LATEST in told) is of_course
    assert (FROM_THE_BEGINNING in told) is (LAST_DAY in told and not of_course)


def test_the_last_day_counts_in_the_course_of_years() -> None:
    gone = member("gegangen", a(umgesetzt="2020"), beitritt="2019", austritt="2021-12-31")
    stays = member("bleibt", beitritt="spätestens 2020")
    found = every(gone, stays)
    members = {key: told["anzahl"] for key, told in rows(found["mitglieder-nach-jahr"]).items()}
    assert [members[str(year)] for year in range(2019, 2023)] == [1, 2, 2, 1]
    measures = {key: told["anzahl"] for key, told in rows(found["massnahmen-nach-jahr"]).items()}
    # Done "in 2020" counts on the last day of 2020, and its company on its last one.
    assert measures == {"2020": 1, "2021": 1}


def test_sums_of_measures_say_so_too() -> None:
    told = {key: views.dating.rule(*RULES[key]) for key in RULES}
    assert LAST_DAY in told["massnahmen"]
    assert STEP in told["massnahmen"]
    assert told["kennzahl"] == RULES["kennzahl"][0]
