"""What today's data say of a closed year where its edition says something else, and why."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnership.figures.revision import Difference, differences
from partnership.model.catalogue import MeasureType
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.yearsums import Closing
from partnership.reading import archive
from partnership.site.exports.open_data import of_edition
from tests.world import a, member, partnership

YEAR = 2025
ANSWERED = [{"stand": "2024-03-01", "von": "unternehmen"}]


def alpha(**changes: Any) -> Member:
    """A company with one measure, a goal that was moved, an extent by year and a public figure."""
    goal = {"geplant": "2020", "ziel": "2023", "verschoben_auf": ["2024"], "laufend": "2022-05"}
    told: dict[str, Any] = {
        "beitritt": "2019-05",
        "branche": "handel",
        "beschaeftigte": "80",
        "auskunft": ANSWERED,
        "kennzahlen": {"2024": {"veroeffentlichung": "einzeln", "pkw_gesamt": "12"}},
        "measures": [a(**goal, umfang={"2023": "10", "2024": "12,125"})],
        **changes,
    }
    return member("alpha", *told.pop("measures"), **told)


def changed(then: Partnership, now: Partnership) -> tuple[Difference, ...]:
    packed, checksum = archive.packed(of_edition(then, YEAR))
    assert len(checksum) == 64
    assert packed[:2] == b"PK"
    return differences(now, YEAR, of_edition(then, YEAR))


def told(found: tuple[Difference, ...], *tables: str) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """Value then and now, and each reason, by the key of the figure."""
    return {
        each.key: (each.then, each.now, *((r.kind, r.slug, *r.parts) for r in each.reasons))
        for each in found
        if not tables or each.key[0] in tables
    }


def test_the_same_data_say_the_same() -> None:
    quiet = member("beta", a("homeoffice", umfang="50"), a("homeoffice"), stadtbezirk="2")
    source = member("gamma", a(), bestaetigung="oeffentliche_quelle", austritt="2024")
    city = partnership(alpha(), quiet, source)
    assert changed(city, city) == ()
    # What comes after the year is none of its figures.
    later = member("neu", a(laufend="2026"), beitritt="2026-01-01")
    assert changed(city, partnership(alpha(), quiet, source, later)) == ()
    done = [a(**a(geplant="2020", ziel="2023", verschoben_auf=["2024"], laufend="2022-05"),
              umfang={"2023": "10", "2024": "12,125"}, umgesetzt="2026-02")]  # fmt: skip
    assert changed(city, partnership(alpha(measures=done), quiet, source)) == ()


def test_a_company_that_was_entered_late() -> None:
    late = member("spaet", a(laufend="2021-06"), beitritt="2020-03")
    found = told(changed(partnership(alpha()), partnership(alpha(), late)))
    reason = ("added", "spaet")
    assert found["mitglieder-nach-jahr", "2020", "anzahl"] == (1, 2, reason)
    assert ("mitglieder-nach-jahr", "2019", "anzahl") not in found
    assert found["massnahmen-nach-jahr", "2021", "anzahl"] == (None, 1, reason)
    assert found["massnahmen-nach-typ", "jobticket", "anzahl"] == (1, 2, reason)
    assert found["jahressumme", "massnahmen-arbeitswege 2021", ""] == (None, 1, reason)
    # Of a share the company beside it is the reason.
    assert found["mitglieder-mit-massnahme-nach-jahr", "2020", "mitglieder"][2:] == (reason,)


def test_who_is_gone_is_counted_without_a_name() -> None:
    gone = member("weg", a(laufend="2021-06"), beitritt="2020-03")
    found = told(changed(partnership(alpha(), gone), partnership(alpha())))
    assert found["mitglieder-nach-jahr", "2025", "anzahl"] == (2, 1, ("removed", ""))
    assert found["massnahmen-nach-status", "laufend", "anzahl"] == (2, 1, ("removed", ""))
    # Also where it only wants to stand in totals now.
    hidden = member("weg", a(laufend="2021-06", veroeffentlichung="nur_summe"), beitritt="2020-03")
    found = told(changed(partnership(alpha(), gone), partnership(alpha(), hidden)))
    assert found["massnahmen-nach-status", "laufend", "anzahl"] == (2, 1, ("removed", ""))
    assert "weg" not in str(
        {key: each for key, each in found.items() if key[0] == "massnahmen-nach-status"}
    )


@pytest.mark.parametrize(
    ("changes", "key", "values", "parts"),
    [
        (
            {"beitritt": "2018-05"},
            ("mitglieder-nach-jahr", "2018", "anzahl"),
            (None, 1),
            ("Beitritt zur Partnerschaft",),
        ),
        (
            {"beschaeftigte": "40"},
            ("mitglieder-nach-groesse", "10-49", "anzahl"),
            (0, 1),
            ("Beschäftigte an den Standorten der Stadt",),
        ),
        (
            {"auskunft": [{"stand": "2023-03-01", "von": "unternehmen"}]},
            ("mitglieder-mit-massnahme-nach-jahr", "2023", "mit-auskunft"),
            (0, 1),
            ("Beantwortete Fragebögen",),
        ),
        (
            {"measures": [a(geplant="2020", ziel="2024", laufend="2022-05",
                            umfang={"2023": "10", "2024": "12,125"})]},
            ("selbstbindung-nach-jahr", "2024", "summe"),
            (None, 1),
            ("Umsetzung vorgesehen bis", "Ziel verschoben auf"),
        ),
        (
            {"measures": [a(laufend="2022-05", umfang={"2023": "10", "2024": "13"})]},
            ("jahressumme", "umfang-jobticket 2024", ""),
            (Decimal("12.125"), 13),
            ("Maßnahmen",),
        ),
        (
            {"kennzahlen": {"2024": {"veroeffentlichung": "einzeln", "pkw_gesamt": "15"}}},
            ("jahressumme", "kennzahl-pkw_gesamt 2024", ""),
            (12, 15),
            ("Kennzahlen je Jahr",),
        ),
    ],
)  # fmt: skip
def test_an_entry_that_was_edited(
    changes: dict[str, Any], key: tuple[str, ...], values: tuple[Any, ...], parts: tuple[str, ...]
) -> None:
    found = told(changed(partnership(alpha()), partnership(alpha(**changes))))
    assert found[key] == (*values, ("edited", "alpha", *parts))
    # A row that was empty and is left out now, or the other way round, is no difference.
    assert all((then or 0) != (now or 0) for then, now, *_ in found.values())


def test_a_company_under_a_new_name_is_the_same() -> None:
    other = member("omega", a(**alpha_measure()), **alpha_facts(), frueher=["alpha"])
    assert changed(partnership(alpha()), partnership(other)) == ()


def alpha_measure() -> dict[str, Any]:
    return {
        "geplant": "2020",
        "ziel": "2023",
        "verschoben_auf": ["2024"],
        "laufend": "2022-05",
        "umfang": {"2023": "10", "2024": "12,125"},
    }


def alpha_facts() -> dict[str, Any]:
    return {
        "beitritt": "2019-05",
        "branche": "handel",
        "beschaeftigte": "80",
        "auskunft": ANSWERED,
        "kennzahlen": {"2024": {"veroeffentlichung": "einzeln", "pkw_gesamt": "12"}},
    }


def test_another_catalogue_is_a_reason_of_its_own() -> None:
    city = partnership(alpha())
    fields = list(city.fields)
    kind = city.types["jobticket"]
    other = next(key for key in fields if key != kind.field)
    moved: dict[str, MeasureType] = {
        **city.types,
        "jobticket": kind.model_copy(update={"field": other}),
    }
    found = told(changed(city, partnership(alpha(), types=moved)), "massnahmen-nach-handlungsfeld")
    assert found == {
        ("massnahmen-nach-handlungsfeld", kind.field, "anzahl"): (1, 0, ("rule", "")),
        ("massnahmen-nach-handlungsfeld", other, "anzahl"): (0, 1, ("rule", "")),
    }
    # A type that is gone altogether leaves no entry to be named.
    gone = {key: each for key, each in city.types.items() if key != "jobticket"}
    found = told(changed(city, partnership(alpha(measures=[]), types=gone)))
    assert found["massnahmen-nach-status", "laufend", "anzahl"] == (1, 0, ("rule", ""))


def test_a_confidential_sum_that_came_later() -> None:
    def closed(*years: int) -> Closing:
        sums = [
            {"jahr": str(year), "groesse": "kennzahl-pkw_gesamt", "unternehmen": "3 bis 5",
             "summe": "100", "gerundet_auf": "5"} for year in years
        ]  # fmt: skip
        return Closing.model_validate(
            {"abgeschlossen_bis": "2025", "stand": "2026-02-01", "p_prozent": "10", "summen": sums}
        )

    then, now = (partnership(alpha(), closing=closed(*years)) for years in ((), (2024,)))
    key = ("jahressumme", "kennzahl-pkw_gesamt 2024", "")
    assert told(changed(then, now)) == {key: (12, 110, ("confidential", ""))}
    assert changed(now, now) == ()


def test_what_an_edition_does_not_have_at_all_is_no_difference() -> None:
    city = partnership(alpha())
    files = of_edition(city, YEAR)
    statistics = files["statistik.csv"].decode().split("\r\n")
    files["statistik.csv"] = "\r\n".join(
        line for line in statistics if not line.startswith("mitglieder-nach-groesse")
    ).encode()
    later = partnership(alpha(beschaeftigte="3"))
    found = told(differences(later, YEAR, files))
    assert not [key for key in found if key[0] == "mitglieder-nach-groesse"]
    assert [key for key in found if key[0] == "handlungsfeld-groesse"]


def test_an_edition_is_counted_on_the_last_day_of_its_year() -> None:
    files = of_edition(partnership(alpha()), YEAR)
    assert date(2025, 12, 31).isoformat().encode() in files["statistik.csv"]
    # The year is over then, so its sums are in it.
    assert b"\r\n2025,massnahmen-arbeitswege," in files["jahressummen.csv"]
    assert b"\r\n2026," not in files["jahressummen.csv"]


def test_a_table_that_is_called_otherwise_now_is_the_same_one() -> None:
    city = partnership(alpha(), member("beta", beitritt="2020"))
    files = dict(of_edition(city, YEAR))
    for new, old in (
        ("mitglieder-mit-massnahme-nach-jahr", "abdeckung-nach-jahr"),
        ("anteil-mit-massnahme", "abdeckung"),
    ):
        files["statistik.csv"] = files["statistik.csv"].replace(new.encode(), old.encode())
    assert differences(city, YEAR, files) == ()
    now = partnership(alpha(), member("beta", a(laufend="2021"), beitritt="2020"))
    found = told(differences(now, YEAR, files))
    key = ("mitglieder-mit-massnahme-nach-jahr", "2021", "anteil-mit-massnahme")
    assert found[key][:2] == (0, 50)
