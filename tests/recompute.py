"""Every published figure once more, from the CSV files of the open data alone.

Shares no code with the project: the rules are taken from what the site tells of its figures.

    python tests/recompute.py site/daten
"""

import calendar
import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

Row = dict[str, str]
# A figure of the statistics: table, row, column → value, how many entries are from sources.
Figures = dict[tuple[str, str, str], tuple[int, int]]
# Key, value and sources, what each company adds.
Other = tuple[tuple[str, str, str], tuple[int, int], Counter[str]]
# A sum by year: year, figure, breakdown, class → public sum, companies, from sources, confidential
# sum, companies, both together; "" where there is none.
Sums = dict[tuple[str, str, str, str], tuple[object, ...]]

STATUSES = ("geplant", "laufend", "umgesetzt", "eingestellt")
SIZES = ("bis-9", "10-49", "50-249", "250-999", "ab-1000")


class Data:
    """The tables of one site."""

    def __init__(self, folder: Path) -> None:
        self.tables = {path.stem: _read(path) for path in folder.glob("*.csv")}
        self.members = {row["mitglied"]: row for row in self.tables["mitglieder"]}
        self.measures = self.tables["massnahmen"]
        self.of_member: dict[str, list[Row]] = {slug: [] for slug in self.members}
        for measure in self.measures:
            self.of_member[measure["mitglied"]].append(measure)
        self.answers: dict[str, list[date]] = {}
        for row in self.tables["auskuenfte"]:
            self.answers.setdefault(row["mitglied"], []).append(date.fromisoformat(row["stand"]))
        days = {row["stichtag"] for row in self.tables["statistik"]}
        self.day = date.fromisoformat(max(days))

    def keys(self, table: str) -> list[str]:
        return [row["schluessel"] for row in self.tables[table]]

    def classes(self) -> Iterator[tuple[str, str, list[str]]]:
        """What companies are told apart by: name, column, keys; some have no districts."""
        yield "branche", "branche", self.keys("branchen")
        yield "groesse", "groessenklasse", list(SIZES)
        if "stadtbezirke" in self.tables:
            yield "stadtbezirk", "stadtbezirk", self.keys("stadtbezirke")

    def members_on(self, day: date) -> list[Row]:
        return [row for row in self.members.values() if belongs(row, day)]

    def dated_on(self, day: date) -> list[Row]:
        return [
            row for row in self.members_on(day) if row["beitritt"] and first(row["beitritt"]) <= day
        ]

    def measures_on(self, day: date) -> list[Row]:
        return [
            measure
            for member in self.members_on(day)
            for measure in self.of_member[member["mitglied"]]
            if status(measure, day)
        ]

    def year_ends(self) -> list[date]:
        years = {
            int(row["merkmal"])
            for row in self.tables["statistik"]
            if row["tabelle"] == "massnahmen-nach-jahr"
        }
        assert years == set(range(min(years), self.day.year + 1))
        return [min(date(year, 12, 31), self.day) for year in sorted(years)]


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first(text: str) -> date:
    parts = [int(part) for part in text.removeprefix("spätestens ").split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    return date(year, month, day)


def last(text: str) -> date:
    parts = [int(part) for part in text.removeprefix("spätestens ").split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def belongs(member: Row, day: date) -> bool:
    if member["austritt"] and last(member["austritt"]) <= day:
        return False
    joined = member["beitritt"]
    return not joined or joined.startswith("spätestens ") or first(joined) <= day


def status(measure: Row, day: date) -> str:
    current = ""
    for step in STATUSES:
        if when := measure[step]:
            if last(when) <= day:
                current = step
            elif first(when) <= day and not current:
                current = "geplant"
    return current


def in_force(measure: Row, day: date) -> bool:
    return status(measure, day) in {"laufend", "umgesetzt"}


def percent(part: Decimal, whole: Decimal) -> int:
    return int((part * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP))


def from_sources(rows: Iterable[Row]) -> int:
    return sum(1 for row in rows if row["bestaetigung"] == "oeffentliche_quelle")


def statistics(data: Data) -> Figures:
    """Every figure of statistik.csv."""
    counted = {key: (len(rows), from_sources(rows)) for key, rows in _counts(data)}
    return counted | {key: told for key, told, _ in _others(data)}


def rows_behind(data: Data) -> dict[tuple[str, str, str], Counter[str]]:
    """What each company adds to a figure; where it is a share, which companies it is about."""
    counted = {key: Counter(row["mitglied"] for row in rows) for key, rows in _counts(data)}
    return counted | {key: behind for key, _, behind in _others(data)}


def _counts(data: Data) -> Iterator[tuple[tuple[str, str, str], list[Row]]]:
    day, members = data.day, data.members_on(data.day)
    for name, column, keys in data.classes():
        table = f"mitglieder-nach-{name}"
        yield from _split(table, members, keys, lambda row, column=column: row[column])
    there = data.measures_on(day)
    going_on = [measure for measure in there if status(measure, day) != "eingestellt"]
    fields = data.keys("handlungsfelder")
    yield from _split(
        "massnahmen-nach-handlungsfeld", going_on, fields, lambda m: m["handlungsfeld"]
    )
    yield from _split("massnahmen-nach-status", there, list(STATUSES), lambda m: status(m, day))
    used = [key for key in data.keys("massnahmentypen") if any(m["typ"] == key for m in going_on)]
    yield from _split("massnahmen-nach-typ", going_on, used, lambda m: m["typ"])
    for end in data.year_ends():
        yield ("mitglieder-nach-jahr", str(end.year), "anzahl"), data.dated_on(end)
        force = [measure for measure in data.measures_on(end) if in_force(measure, end)]
        yield ("massnahmen-nach-jahr", str(end.year), "anzahl"), force
    yield from _crossed(
        "handlungsfeld-status",
        there,
        fields,
        lambda m: m["handlungsfeld"],
        STATUSES,
        lambda m: status(m, day),
    )
    for name, column, keys in data.classes():
        yield from _crossed(
            f"handlungsfeld-{name}",
            going_on,
            keys,
            lambda m, column=column: data.members[m["mitglied"]][column],
            fields,
            lambda m: m["handlungsfeld"],
        )
    yield from _fulfilment(data)


def _split(
    table: str, rows: list[Row], keys: list[str], key_of: Callable[[Row], str]
) -> Iterator[tuple[tuple[str, str, str], list[Row]]]:
    for key in keys:
        yield (table, key, "anzahl"), [row for row in rows if key_of(row) == key]
    if unknown := [row for row in rows if not key_of(row)]:
        yield (table, "ohne-angabe", "anzahl"), unknown


def _crossed(
    table: str,
    rows: list[Row],
    keys: list[str],
    key_of: Callable[[Row], str],
    columns: Iterable[str],
    column_of: Callable[[Row], str],
) -> Iterator[tuple[tuple[str, str, str], list[Row]]]:
    for key in [*keys, "ohne-angabe", "summe"]:
        own = rows if key == "summe" else [r for r in rows if (key_of(r) or "ohne-angabe") == key]
        if own or key == "summe":
            for column in columns:
                yield (table, key, column), [row for row in own if column_of(row) == column]
            yield (table, key, "summe"), own


def _fulfilment(data: Data) -> Iterator[tuple[tuple[str, str, str], list[Row]]]:
    table, day = "selbstbindung-nach-jahr", data.day
    due = [m for m in data.measures if m["ziel"] and status(m, day)]
    for year in sorted({last(m["ziel"]).year for m in due}):
        of_year = [m for m in due if last(m["ziel"]).year == year]
        bound = [m for m in of_year if m["bestaetigung"] == "unternehmen"]
        yield (table, str(year), "summe"), bound
        for column in ("rechtzeitig", "spaeter", "laufend", "geplant", "eingestellt"):
            yield (table, str(year), column), [m for m in bound if _outcome(m, day) == column]
        told = [m for m in of_year if m["bestaetigung"] != "unternehmen"]
        yield (table, str(year), "oeffentliche-quelle"), told


def _outcome(measure: Row, day: date) -> str:
    if measure["umgesetzt"] and last(measure["umgesetzt"]) <= day:
        in_time = last(measure["umgesetzt"]) <= last(measure["ziel"])
        return "rechtzeitig" if in_time else "spaeter"
    return status(measure, day)


def _others(data: Data) -> Iterator[Other]:
    """Coverage year by year, and the share of employees reached."""
    for end in data.year_ends():
        key, there = ("abdeckung-nach-jahr", str(end.year)), data.dated_on(end)
        told = [m for m in there if any(day <= end for day in data.answers.get(m["mitglied"], ()))]
        active = [
            m for m in there if any(in_force(one, end) for one in data.of_member[m["mitglied"]])
        ]
        for column, rows in (
            *(("mitglieder", there), ("mit-auskunft", told)),
            ("mit-massnahme", active),
        ):
            yield (*key, column), (len(rows), from_sources(rows)), _each(rows)
        if there:
            share = percent(Decimal(len(active)), Decimal(len(there)))
            yield (*key, "abdeckung"), (share, from_sources(active)), _each(active)
    force = [m for m in data.measures_on(data.day) if in_force(m, data.day)]
    for kind in data.tables["massnahmentypen"]:
        if kind["einheit_hoechstens"] == "beschaeftigte":
            measures = [m for m in force if m["typ"] == kind["schluessel"]]
            yield from _reach(data, kind["schluessel"], measures)


def _each(rows: Iterable[Row]) -> Counter[str]:
    return Counter(row["mitglied"] for row in rows)


def _reach(data: Data, kind: str, measures: list[Row]) -> Iterator[Other]:
    offering = [data.members[slug] for slug in {m["mitglied"] for m in measures}]
    reached: dict[str, Decimal] = {}
    for measure in measures:
        slug = measure["mitglied"]
        if measure["umfang"] and int(data.members[slug]["beschaeftigte"] or 0):
            reached[slug] = max(reached.get(slug, Decimal(0)), Decimal(measure["umfang"]))
    if not reached:
        return
    members = [data.members[slug] for slug in reached]
    employed = Counter({slug: int(data.members[slug]["beschaeftigte"]) for slug in reached})
    users = Counter({slug: int(amount) for slug, amount in reached.items()})
    key, sources = ("erreichte-beschaeftigte", kind), from_sources(members)
    share = percent(Decimal(users.total()), Decimal(employed.total()))
    yield (*key, "mit-massnahme"), (len(offering), from_sources(offering)), _each(offering)
    yield (*key, "unternehmen"), (len(reached), sources), _each(members)
    yield (*key, "erreicht"), (users.total(), sources), users
    yield (*key, "beschaeftigte"), (employed.total(), sources), employed
    yield (*key, "anteil"), (share, sources), _each(members)


def sums(data: Data) -> Sums:
    """Every row of jahressummen.csv."""
    parts: dict[tuple[str, str], dict[str, Decimal]] = {}

    def add(year: str, figure: str, member: str, amount: Decimal) -> None:
        if int(year) < data.day.year:
            own = parts.setdefault((year, figure), {})
            own[member] = own.get(member, Decimal(0)) + amount

    for row in data.tables["kennzahlen"]:
        if row["einheit"] != "%":
            add(row["jahr"], f"kennzahl-{row['kennzahl']}", row["mitglied"], Decimal(row["wert"]))
    kinds = {row["schluessel"]: row["einheit_art"] for row in data.tables["massnahmentypen"]}
    by_key = {measure["massnahme"]: measure for measure in data.measures}
    for row in data.tables["umfaenge"]:
        measure = by_key[row["massnahme"]]
        if kinds[measure["typ"]] in {"anzahl", "menge"}:
            figure = f"umfang-{measure['typ']}"
            add(row["jahr"], figure, measure["mitglied"], Decimal(row["umfang"]))
    for end in data.year_ends():
        for measure in data.measures_on(end):
            if in_force(measure, end):
                figure = f"massnahmen-{measure['handlungsfeld']}"
                add(str(end.year), figure, measure["mitglied"], Decimal(1))
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in data.tables["vertrauliche-summen"]:
        groups.setdefault((row["jahr"], row["groesse"]), []).append(row)
    found: Sums = {}
    for key in {*parts, *groups}:
        for kind in ("gesamt", *(column for _, column, _ in data.classes())):
            found |= _broken_down(data, key, kind, parts.get(key, {}), groups.get(key, []))
    return found


def _broken_down(
    data: Data, key: tuple[str, str], kind: str, parts: dict[str, Decimal], groups: list[Row]
) -> Sums:
    def class_of(row: Row) -> str:
        return "gesamt" if kind == "gesamt" else row[kind] or "ohne-angabe"

    found: Sums = {}
    classes = {class_of(data.members[slug]) for slug in parts} | set(map(class_of, groups))
    for each in classes:
        own = {slug: n for slug, n in parts.items() if class_of(data.members[slug]) == each}
        hidden = [group for group in groups if class_of(group) == each]
        public = sum(own.values(), Decimal(0))
        secret = sum((Decimal(group["summe"]) for group in hidden), Decimal(0))
        found[*key, kind, each] = (
            public if own else "",
            Decimal(len(own)),
            Decimal(from_sources(data.members[slug] for slug in own)),
            secret if hidden else "",
            Decimal(sum(int(group["unternehmen"]) for group in hidden)),
            public + secret,
        )
    return found


@dataclass(frozen=True)
class End:
    """One end of a range: what is assumed, and tonnes of CO2e a year, rounded to two digits."""

    users: Decimal
    assumed: tuple[Decimal, ...]
    tonnes: Decimal

    @property
    def steps(self) -> list[Decimal]:
        """The numbers of the formula as it is written out; shares are percents."""
        share, days, km, *grams = self.assumed
        # Below a tonne it is told in kilograms.
        result = self.tonnes * 1000 if abs(self.tonnes) < 1 else self.tonnes
        return [self.users, share, days, Decimal(2), km, *grams, result]


@dataclass(frozen=True)
class Effect:
    """An estimate: how many users it rests on, declared by how many companies, its two ends."""

    users: Decimal
    companies: int
    ends: tuple[End, End]

    @property
    def shown(self) -> list[Decimal]:
        """The two ends of the range, in kilograms where all of it is below a tonne."""
        factor = 1000 if abs(self.ends[1].tonnes) < 1 else 1
        return [end.tonnes * factor for end in self.ends]


def effects(data: Data) -> dict[str, Effect]:
    """Every row of wirkung.csv: users × share × days × 2 × km × (old − new factor)."""
    factors: dict[str, list[Decimal]] = {"": [Decimal(0)]}
    for row in data.tables["emissionsfaktoren"]:
        if row["verkehrsmittel"] and row["wert"]:
            factors.setdefault(row["verkehrsmittel"], []).append(Decimal(row["wert"]))
    running = [
        measure
        for measure in data.measures_on(data.day)
        if in_force(measure, data.day) and measure["bestaetigung"] == "unternehmen"
    ]
    found = {}
    for row in data.tables["annahmen"]:
        stated = [m for m in running if m["typ"] == row["typ"] and m["umfang"]]
        if not stated:
            continue
        users = sum((Decimal(measure["umfang"]) for measure in stated), Decimal(0))
        old, new = factors[row["von"]], factors[row["nach"]]
        lows = (Decimal(row[f"{key}_min"]) for key in ("anteil", "tage", "km"))
        highs = (Decimal(row[f"{key}_max"]) for key in ("anteil", "tage", "km"))
        corners = ((*lows, min(old), max(new)), (*highs, max(old), min(new)))
        tonnes = [
            users * share * days * 2 * km * (before - after) / 1_000_000
            for share, days, km, before, after in corners
        ]
        ends = [
            End(
                users,
                (share * 100, *rest[: None if row["nach"] else -1]),
                Decimal(f"{amount:.2g}"),
            )
            for (share, *rest), amount in zip(corners, tonnes, strict=True)
        ]
        companies = len({measure["mitglied"] for measure in stated})
        found[row["typ"]] = Effect(users, companies, (ends[0], ends[1]))
    return found


def differences(folder: Path) -> list[str]:
    """Where what is published and what was computed differ, in words."""
    data = Data(folder)
    told: Figures = {
        (row["tabelle"], row["merkmal"], row["spalte"]): (
            int(row["wert"]),
            int(row["davon_oeffentliche_quelle"]),
        )
        for row in data.tables["statistik"]
    }
    columns = (
        *("summe_einzeln", "unternehmen_einzeln", "davon_oeffentliche_quelle"),
        *("summe_vertraulich", "unternehmen_vertraulich", "summe"),
    )
    told_sums: Sums = {
        (row["jahr"], row["groesse"], row["gliederung"], row["merkmal"]): tuple(
            Decimal(row[column]) if row[column] else "" for column in columns
        )
        for row in data.tables["jahressummen"]
    }
    told_effects = {
        row["typ"]: [Decimal(value) for key, value in row.items() if key != "typ"]
        for row in data.tables["wirkung"]
    }
    computed = {
        kind: [each.users, Decimal(each.companies), *(end.tonnes for end in each.ends)]
        for kind, each in effects(data).items()
    }
    return [
        *_compared(told, statistics(data)),
        *_compared(told_sums, sums(data)),
        *_compared(told_effects, computed),
    ]


def _compared(told: dict, found: dict) -> Iterator[str]:  # type: ignore[type-arg]
    for key in sorted({*told, *found}):
        if told.get(key) != found.get(key):
            yield f"{key}: published {told.get(key)}, computed {found.get(key)}"


if __name__ == "__main__":
    faults = differences(Path(sys.argv[1]))
    sys.stdout.write("\n".join(faults) + f"\n{len(faults)} differences\n")
    sys.exit(bool(faults))
