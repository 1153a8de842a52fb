"""The measures of a fictitious company: types that suit it, dated steps, extents, descriptions."""

from collections.abc import Mapping
from datetime import date, timedelta
from math import log10
from typing import Any

from tests.fictitious.books import TODAY, Books, Company
from tests.fictitious.canonical import Row

MOST = 12


def measures_of(company: Company, books: Books) -> list[dict[str, Any]]:
    """Up to `MOST` measures of different types; larger companies do more."""
    rng = company.rng
    wish = rng.gauss(0.9 + 1.7 * log10(company.employees + 1), 1.9) + rng.choices((0, 4), (9, 1))[0]
    count = max(min(round(wish), MOST), 0)
    if company.public:
        count = min(count, rng.randint(0, 3))
    weights = {
        kind: about.get("gewicht", 1) * about.get("branchen", {}).get(company.sector, 1)
        for kind in books.types
        if company.employees >= (about := books.about(kind)).get("ab", 1)
    }
    chosen = set()
    for _ in range(min(count, sum(1 for weight in weights.values() if weight))):
        kind = rng.choices(list(weights), list(weights.values()))[0]
        del weights[kind]
        chosen.add(kind)
    # As the catalogue orders them, so that a file reads field by field.
    measures = (_measure(company, books, kind) for kind in books.types if kind in chosen)
    return [measure for measure in measures if measure]


def _measure(company: Company, books: Books, kind: str) -> dict[str, Any] | None:
    rng, about = company.rng, books.about(kind)
    steps = _steps(company, about.get("seit", 2014))
    if not steps:
        return None
    measure: dict[str, Any] = {"typ": kind}
    if rng.random() < 0.9:
        measure["titel"] = company.say(books, about["titel"])
    written = _written(company, steps)
    for step in ("geplant", "laufend", "umgesetzt", "eingestellt"):
        if step in written:
            measure[step] = written[step]
            if step == "geplant" and (goals := _goals(company, steps)):
                measure["ziel"], *later = goals
                if later:
                    measure["verschoben_auf"] = Row(later)
    in_force = steps.get("laufend") or steps.get("umgesetzt")
    if in_force and rng.random() < 0.9:
        extent = _extent(company, books, kind, in_force, steps)
        if extent is not None:
            measure["umfang"] = extent
    if not company.public and rng.random() < 0.1:
        measure["veroeffentlichung"] = "nur_summe"
    if rng.random() < 0.92:
        measure["beschreibung"] = _description(company, books, about, steps)
    return measure


def _steps(company: Company, since: int) -> dict[str, date]:
    """The days on which a measure was planned, begun, done and, seldom, ended; {} if too late."""
    rng, last = company.rng, company.last_day
    first = max(company.joined - timedelta(500), date(since, 1, 10))
    if first >= last - timedelta(20):
        return {}
    # Most companies do more the longer they are in.
    planned = first + timedelta(round((last - first).days * rng.random() ** 0.6 * 0.99))
    running = planned + timedelta(rng.randint(50, 380))
    done = running + timedelta(rng.randint(40, 600))
    steps = {"geplant": planned, "laufend": running, "umgesetzt": done}
    if rng.random() < 0.05:
        steps["eingestellt"] = done + timedelta(rng.randint(300, 1100))
    if rng.random() < 0.06:
        steps = {"geplant": planned}  # nothing has come of it
    steps = {step: day for step, day in steps.items() if day <= last}
    if "laufend" in steps and rng.random() < 0.35:
        del steps["geplant"]
    if "umgesetzt" in steps and rng.random() < 0.3:
        del steps["laufend"]
    if company.public:
        newest = list(steps)[-1]
        steps = {newest: steps[newest]}
    return steps


def _goals(company: Company, steps: Mapping[str, date]) -> list[Any]:
    """Until when it is, or was, meant to be done, and to when that was moved; a mere plan always
    says so.
    """
    rng, first = company.rng, None
    goal = steps["geplant"] + timedelta(rng.randint(200, 800))
    if len(steps) > 1 and rng.random() < 0.45:
        return []
    if len(steps) == 1 and goal < TODAY and rng.random() < 0.7:
        first, goal = goal, TODAY + timedelta(rng.randint(30, 700))
    told = rng.choice((goal.year, goal.year, f"{goal:%Y-%m}"))
    return [first.year, told] if first and first.year < goal.year else [told]


def _written(company: Company, steps: Mapping[str, date]) -> dict[str, Any]:
    """Each day as exactly as somebody remembers it, never less certain than the step before.

    What is not over yet is written exactly, so that it counts already.
    """
    rng, written, counted = company.rng, {}, date.min
    for step, day in steps.items():
        exact = rng.choices(("day", "month", "year"), (25, 50, 25))[0]
        ends = {"day": day, "month": _month_end(day), "year": date(day.year, 12, 31)}
        if ends[exact] > TODAY:
            exact = "month" if ends["month"] <= TODAY else "day"
        while ends[exact] < counted:
            exact = {"day": "month", "month": "year"}[exact]
        counted = ends[exact]
        text: Any = {"day": day, "month": f"{day:%Y-%m}", "year": day.year}[exact]
        written[step] = f"spätestens {text}" if company.public and rng.random() < 0.7 else text
    return written


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(31)).replace(day=1) - timedelta(1)


def _extent(
    company: Company, books: Books, kind: str, since: date, steps: Mapping[str, date]
) -> Any:
    """The extent as one number or year by year, growing, within what the unit allows."""
    rng, unit = company.rng, books.types[kind]["einheit"]
    if unit["art"] == "ja_nein":
        return None
    last = min(steps.get("eingestellt", TODAY), company.last_day).year
    final = _final(company, books.about(kind).get("umfang", {"stueck": [1, 8]}), unit)
    share, by_year = rng.uniform(0.3, 0.75), {}
    for year in range(since.year, last + 1):
        share = 1 if year == last else min(share * rng.uniform(0.97, 1.5), 1)
        most = company.staff(year) if "hoechstens" in unit else final
        by_year[year] = min(max(round(final * share), 1), most)
    company.extents[kind] = by_year
    # Who declares a part of its fleet has at least that many vehicles.
    span = books.about(kind).get("umfang", {})
    company.cars = max(company.cars, final if "pkw" in span else 0)
    company.vans = max(company.vans, final if "nutzfahrzeuge" in span else 0)
    if company.public or rng.random() < 0.3:
        return by_year[last]
    ends = (since.year, last)
    return {year: n for year, n in by_year.items() if year in ends or rng.random() < 0.6}


def _final(company: Company, span: Mapping[str, Any], unit: Mapping[str, Any]) -> int:
    """What it has grown to; see the head of texts/massnahmen.yml."""
    rng = company.rng
    if unit["art"] == "anteil":
        low, high = span.get("prozent", (10, 80))
        return 5 * round(rng.uniform(low, high) / 5)
    if "stueck" in span:
        return rng.randint(*span["stueck"])
    fleet = {"pkw": company.cars, "nutzfahrzeuge": company.vans}
    fleet["fahrzeuge"] = company.cars + company.vans
    for part, vehicles in fleet.items():
        if part in span:
            return max(round(vehicles * rng.uniform(*span[part])), 1)
    low, high = span["je_hundert"]
    return max(round(company.employees * rng.uniform(low, high) / 100), 1)


def _description(
    company: Company, books: Books, about: Mapping[str, Any], steps: Mapping[str, date]
) -> str:
    sentences = [company.say(books, about["was"])]
    begun = min(steps.get("laufend", TODAY), steps.get("umgesetzt", TODAY))
    if "eingestellt" in steps:
        sentences.append(company.say(books, books.measures["ende"]))
    elif list(steps) == ["geplant"]:
        sentences.append(company.say(books, books.measures["plan"]))
    elif TODAY - begun > timedelta(200) and company.rng.random() < 0.75:
        sentences.append(company.say(books, about["erfahrung"]))
    return " ".join(sentences)
