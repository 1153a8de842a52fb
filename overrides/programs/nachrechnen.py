#!/usr/bin/env python3
"""Rechnet jede veröffentlichte Zahl aus den offenen Daten noch einmal.

    python3 nachrechnen.py https://www.beispiel.de/daten/
    python3 nachrechnen.py ordner-mit-den-csv-dateien

Gelesen werden die CSV-Dateien, die `sha256sums.txt` nennt, im Netz oder in einem Ordner; auch der
Ordner einer Ausgabe geht. Nachgerechnet werden die Tabellen `statistik`, `jahressummen` und
`wirkung` nach den Regeln, die die Website unter „So wird gezählt“ und in `definitionen` nennt. Was
Unternehmen nur für Summen gemeldet haben, steht in keiner Datei; von den Jahressummen wird deshalb
der einzeln veröffentlichte Teil gerechnet und aus ihm und dem gerundeten Teil die Summe.
Das Programm braucht Python 3.11 oder neuer und sonst nichts. Ergebnis: 0, wenn alles stimmt; 1,
wenn eine Zahl oder eine Prüfsumme nicht stimmt; 2, wenn sich die Daten nicht lesen lassen.

English: computes every published figure once more from the open data alone. Give it the address of
the data or a folder with the CSV files. It reads the files that `sha256sums.txt` lists and computes
the tables `statistik` (figures), `jahressummen` (sums by year) and `wirkung` (estimated effects) by
the rules that the site states. Amounts given for totals only are in no file: of the yearly sums the
public part is computed, and from it and the rounded part the total. Needs Python 3.11 or newer and
nothing else. Exit status: 0 all the same, 1 a figure or a checksum differs, 2 data cannot be read.

Shares no code with what made the figures.
"""

import calendar
import csv
import hashlib
import io
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import product
from pathlib import Path
from typing import Any

LIST = "sha256sums.txt"

Row = dict[str, str]
# A figure of the statistics: table, row, column → value, how many entries are from sources.
Figures = dict[tuple[str, str, str], tuple[int, int]]
# Key, value and sources, what each company adds.
Other = tuple[tuple[str, str, str], tuple[int, int], Counter[str]]
# A sum by year: year, figure, breakdown, class → public sum, companies, from sources, confidential
# sum, what it is rounded to, class of companies, both together; "" where there is none.
Sums = dict[tuple[str, str, str, str], tuple[object, ...]]

STATUSES = ("geplant", "laufend", "umgesetzt", "eingestellt")
OUTCOMES = ("rechtzeitig", "spaeter", "verschoben", "laufend", "geplant", "eingestellt")
SIZES = ("bis-9", "10-49", "50-249", "250-999", "ab-1000")


class Data:
    """The tables of one site, by the names of their CSV files."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        # A table without a row has no file.
        self.tables: defaultdict[str, list[Row]] = defaultdict(list)
        for name, content in files.items():
            if name.endswith(".csv"):
                text = io.StringIO(content.decode("utf-8"), newline="")
                self.tables[name.removesuffix(".csv")] = list(csv.DictReader(text))
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
        """The keys of a catalogue, in its order."""
        return [row["schluessel"] for row in self.tables[table]]

    def classes(self) -> Iterator[tuple[str, str, list[str]]]:
        """What companies are told apart by: name, column, keys; some have no districts."""
        yield "branche", "branche", self.keys("branchen")
        yield "groesse", "groessenklasse", list(SIZES)
        if "stadtbezirke" in self.tables:
            yield "stadtbezirk", "stadtbezirk", self.keys("stadtbezirke")

    def members_on(self, day: date) -> list[Row]:
        """Who belongs on a day, as far as is known."""
        return [row for row in self.members.values() if belongs(row, day)]

    def dated_on(self, day: date) -> list[Row]:
        """Those of whom it is known since when."""
        return [
            row for row in self.members_on(day) if row["beitritt"] and first(row["beitritt"]) <= day
        ]

    def measures_on(self, day: date) -> list[Row]:
        """The measures of members that have begun to be planned, ended ones too."""
        return [
            measure
            for member in self.members_on(day)
            for measure in self.of_member[member["mitglied"]]
            if status(measure, day)
        ]

    def year_ends(self) -> list[date]:
        """The last day of each year that is told of; of the running one, the day of the data."""
        years = {
            int(row["merkmal"])
            for row in self.tables["statistik"]
            if row["tabelle"] in {"mitglieder-nach-jahr", "massnahmen-nach-jahr"}
        }
        since = min(years, default=self.day.year)
        return [min(date(year, 12, 31), self.day) for year in range(since, self.day.year + 1)]

    def known_ends(self) -> list[date]:
        """Where at least half of those who may have belonged are known to have joined."""
        return [
            end
            for end in self.year_ends()
            if 2 * len(self.dated_on(end)) >= max(len(self.members_on(end)), 1)
        ]


def first(text: str) -> date:
    """The first day that a year, a month or a day can mean."""
    parts = [int(part) for part in text.removeprefix("spätestens ").split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    return date(year, month, day)


def last(text: str) -> date:
    """The last day that a year, a month or a day can mean."""
    parts = [int(part) for part in text.removeprefix("spätestens ").split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def belongs(member: Row, day: date) -> bool:
    """From the first day that joining can mean to the last day that leaving can mean."""
    if member["austritt"] and last(member["austritt"]) < day:
        return False
    joined = member["beitritt"]
    return not joined or joined.startswith("spätestens ") or first(joined) <= day


def status(measure: Row, day: date) -> str:
    """The latest step that is sure to be reached; "" before the first.

    What is running in some month of this year is planned until that month is over.
    """
    current = ""
    for step in STATUSES:
        if when := measure[step]:
            if last(when) <= day:
                current = step
            elif first(when) <= day and not current:
                current = "geplant"
    return current


def in_force(measure: Row, day: date) -> bool:
    """Whether it runs or is carried out."""
    return status(measure, day) in {"laufend", "umgesetzt"}


def percent(part: Decimal, whole: Decimal) -> int:
    """A share in whole percent; halves upwards."""
    return int((part * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP))


def from_sources(rows: Iterable[Row]) -> int:
    """How many of these entries are known from public sources only."""
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
    for end in data.known_ends():
        yield ("mitglieder-nach-jahr", str(end.year), "anzahl"), data.dated_on(end)
    for end in data.year_ends():
        if force := [measure for measure in data.measures_on(end) if in_force(measure, end)]:
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
        for column in OUTCOMES:
            yield (table, str(year), column), [m for m in bound if _outcome(m, day) == column]
        told = [m for m in of_year if m["bestaetigung"] != "unternehmen"]
        yield (table, str(year), "oeffentliche-quelle"), told


def _outcome(measure: Row, day: date) -> str:
    if measure["umgesetzt"] and last(measure["umgesetzt"]) <= day:
        in_time = last(measure["umgesetzt"]) <= last(measure["ziel"])
        return "rechtzeitig" if in_time else "spaeter"
    there = status(measure, day)
    return "verschoben" if measure["verschoben_auf"] and there != "eingestellt" else there


def _others(data: Data) -> Iterator[Other]:
    """Members with a measure year by year, and the share of employees reached."""
    for end in data.known_ends():
        key = ("mitglieder-mit-massnahme-nach-jahr", str(end.year))
        there = data.dated_on(end)
        told = [m for m in there if any(day <= end for day in data.answers.get(m["mitglied"], ()))]
        active = [
            m for m in there if any(in_force(one, end) for one in data.of_member[m["mitglied"]])
        ]
        for column, rows in (
            *(("mitglieder", there), ("mit-auskunft", told)),
            ("mit-massnahme", active),
        ):
            yield (*key, column), (len(rows), from_sources(rows)), _each(rows)
        share = percent(Decimal(len(active)), Decimal(len(there)))
        yield (*key, "anteil-mit-massnahme"), (share, from_sources(active)), _each(active)
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
        if date(int(year), 12, 31) <= data.day:
            own = parts.setdefault((year, figure), {})
            own[member] = own.get(member, Decimal(0)) + amount

    for row in data.tables["kennzahlen"]:
        if row["einheit"] != "%":
            add(row["jahr"], f"kennzahl-{row['kennzahl']}", row["mitglied"], Decimal(row["wert"]))
    answered = {key: set(own) for key, own in parts.items()}
    kinds = {row["schluessel"]: row["groesse"] for row in data.tables["massnahmentypen"]}
    by_key = {measure["massnahme"]: measure for measure in data.measures}
    for row in data.tables["umfaenge"]:
        measure = by_key[row["massnahme"]]
        figure, year = kinds[measure["typ"]], row["jahr"]
        if status(measure, date(int(year), 12, 31)) == "geplant":
            continue
        # Of a quantity asked in two ways, a key figure of the year comes first.
        if figure and measure["mitglied"] not in answered.get((year, figure), ()):
            add(row["jahr"], figure, measure["mitglied"], Decimal(row["umfang"]))
    for end in data.year_ends():
        for measure in data.measures_on(end):
            if in_force(measure, end):
                figure = f"massnahmen-{measure['handlungsfeld']}"
                add(str(end.year), figure, measure["mitglied"], Decimal(1))
    # Confidential parts are given, but for the whole only.
    hidden = {
        (row["jahr"], row["groesse"]): row
        for row in data.tables["jahressummen"]
        if row["gliederung"] == "gesamt" and row["summe_vertraulich"]
    }
    found: Sums = {}
    for key in {*parts, *hidden}:
        own = parts.get(key, {})
        found[*key, "gesamt", "gesamt"] = _sum(data, own, hidden.get(key))
        for _, column, _ in data.classes():
            classes: dict[str, dict[str, Decimal]] = {}
            for slug, amount in own.items():
                classes.setdefault(data.members[slug][column] or "ohne-angabe", {})[slug] = amount
            found |= {(*key, column, each): _sum(data, of) for each, of in classes.items()}
    return found


def _sum(data: Data, own: dict[str, Decimal], hidden: Row | None = None) -> tuple[object, ...]:
    public = sum(own.values(), Decimal(0))
    told = (
        public if own else "",
        Decimal(len(own)),
        Decimal(from_sources(data.members[slug] for slug in own)),
    )
    if hidden is None:
        return (*told, "", "", "", public)
    secret, step = Decimal(hidden["summe_vertraulich"]), Decimal(hidden["gerundet_auf"])
    # The rounded part is taken as it is told, as long as it is rounded to what it says.
    secret = (secret / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    together = ((public + secret) / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    both = max(together, public)
    return (*told, secret, step, hidden["unternehmen_vertraulich"], both)


# What an estimate's rule says: a prime for each assumption, how many points, which of the results.
PRIMES = {
    "anteil": 2,
    "tage": 3,
    "km": 5,
    "km_jahr": 5,
    "personen": 7,
    "alt": 11,
    "neu": 13,
}
POINTS, RANKS = 1000, (50, 500, 950)
OUTWARDS = (ROUND_FLOOR, ROUND_FLOOR, ROUND_HALF_UP, ROUND_CEILING, ROUND_CEILING)
Values = dict[str, Decimal]


@dataclass(frozen=True)
class Range:
    """What is estimated: tonnes or kilometres a year at both ends, the assumptions they come from,
    and of the middle 90 % of cases the ends and the median; nothing is rounded.
    """

    low: tuple[Decimal, Values]
    high: tuple[Decimal, Values]
    middle: tuple[float, ...]

    def shown(self, factor: int = 1) -> list[Decimal]:
        """As it is told: lower end, 5 %, median, 95 %, upper end; ends are rounded outwards."""
        five, half, most = self.middle
        ends = (self.low[0], five, half, most, self.high[0])
        return [
            two_digits(float(value) * factor, way)
            for value, way in zip(ends, OUTWARDS, strict=True)
        ]


def two_digits(value: float, way: str) -> Decimal:
    """Rounded; what lies beyond the twelfth digit is the computer's own."""
    known = Decimal(f"{value:.11e}")
    return known.quantize(Decimal(1).scaleb(known.adjusted() - 1), way) if known else Decimal(0)


@dataclass(frozen=True)
class Effect:
    """An estimate: how many users it rests on, the members who declare them with what each does,
    car kilometres and tonnes of CO2e; None where one is not estimated.
    """

    users: Decimal
    declared: list[tuple[str, Decimal]]
    cars: Range | None
    co2e: Range | None

    @property
    def companies(self) -> int:
        """How many of them there are."""
        return len({slug for slug, _ in self.declared})

    @property
    def largest(self) -> int:
        """The share of the one with the most users, in percent."""
        own: Counter[str] = Counter()
        for slug, amount in self.declared:
            own[slug] += amount  # type: ignore[assignment]
        return percent(Decimal(max(own.values())), self.users) if self.users else 0


@dataclass(frozen=True)
class Rule:
    """How the effects of a type are reckoned: from its rows in the tables."""

    row: Row
    spans: dict[str, tuple[Decimal, Decimal]]

    def cars(self, value: dict[str, Any]) -> Any:
        """Kilometres a year of so many users."""
        if self.row["verfahren"] == "fahrzeug":
            way = value["km_jahr"] if "km_jahr" in value else value["tage"] * value["km"]
            return value["beteiligte"] * value["anteil"] * way
        way = value["beteiligte"] * value["anteil"] * value["tage"] * 2 * value["km"]
        return way / value["personen"]

    def co2e(self, value: dict[str, Any]) -> Any:
        """Tonnes a year."""
        before = self.cars(value) * value["alt"]
        if self.row["verfahren"] == "vermeidung":
            return before / 1_000_000
        persons = 1 if self.row["verfahren"] == "fahrzeug" else value["personen"]
        return (before - self.cars(value) * persons * value["neu"]) / 1_000_000

    def range(self, of: Callable[[dict[str, Any]], Any], users: Decimal) -> Range:
        """From every combination of ends, and from the points of the Halton sequence."""
        names = list(self.spans)
        corners = [
            dict(zip(names, chosen, strict=True))
            for chosen in product(*(self.spans[name] for name in names))
        ]
        found = [(of({"beteiligte": users, **corner}), corner) for corner in corners]
        cases = sorted(
            of(
                {
                    "beteiligte": float(users),
                    **{
                        name: float(low) + float(high - low) * halton(point, PRIMES[name])
                        for name, (low, high) in self.spans.items()
                    },
                }
            )
            for point in range(1, POINTS + 1)
        )
        return Range(
            min(found, key=lambda one: one[0]),
            max(found, key=lambda one: one[0]),
            tuple(cases[rank - 1] for rank in RANKS),
        )


def halton(point: int, prime: int) -> float:
    """The digits of `point` in a base, mirrored at the point."""
    digits = []
    while point:
        point, digit = divmod(point, prime)
        digits.append(digit)
    return sum(digit / prime ** (place + 1) for place, digit in enumerate(digits))


def rule(data: Data, row: Row, ends: tuple[str, str] = ("min", "max")) -> Rule | None:
    """The rule of a type; None where an assumption has no range."""
    spans: dict[str, tuple[Decimal, Decimal]] = {}
    for each in data.tables["annahmen"]:
        if each["typ"] == row["typ"]:
            if not each[ends[0]]:
                return None
            spans[each["annahme"]] = (Decimal(each[ends[0]]), Decimal(each[ends[1]]))
    by_vehicle = row["verfahren"] == "fahrzeug"
    for name, column, per_vehicle in (("alt", "von", True), ("neu", "nach", by_vehicle)):
        values = [
            Decimal(each["wert"]) * Decimal((per_vehicle and each["personen"]) or 1)
            for each in factors(data, row, column)
            if each["wert"]
        ]
        if values:
            spans[name] = (min(values), max(values))
    return Rule(row, spans)


def factors(data: Data, row: Row, column: str) -> list[Row]:
    """The factors of the mode that a type's row names in `column`."""
    return [
        each
        for each in data.tables["emissionsfaktoren"]
        if row[column]
        and (each["familie"], each["verkehrsmittel"]) == (row["familie"], row[column])
    ]


def effects(data: Data) -> dict[str, Effect]:
    """Every row of wirkung.csv."""
    running = [
        measure
        for measure in data.measures_on(data.day)
        if in_force(measure, data.day) and measure["bestaetigung"] == "unternehmen"
    ]
    found = {}
    for row in data.tables["schaetzungen"]:
        own, made = [m for m in running if m["typ"] == row["typ"] and m["umfang"]], rule(data, row)
        if not own or made is None:
            continue
        declared = [(m["mitglied"], Decimal(m["umfang"])) for m in own]
        users = sum((amount for _, amount in declared), Decimal(0))
        drives_on = row["verfahren"] == "fahrzeug" and any(
            each["personen"] for each in factors(data, row, "nach")
        )
        found[row["typ"]] = Effect(
            users,
            declared,
            None if drives_on else made.range(made.cars, users),
            None if row["ohne_co2e"] else made.range(made.co2e, users),
        )
    return found


# The numbers of a row.
_STATISTICS = ("wert", "davon_oeffentliche_quelle")
_SUMS = (
    *("summe_einzeln", "unternehmen_einzeln", "davon_oeffentliche_quelle"),
    *("summe_vertraulich", "gerundet_auf", "unternehmen_vertraulich", "summe"),
)
# A cell: file, row, column.
Cell = tuple[str, str, str]


def recount(files: Mapping[str, bytes]) -> tuple[int, list[str]]:
    """How many numbers the files tell that can be computed, and each that comes out otherwise, in
    German. Raises KeyError, ValueError or ArithmeticError where the files are no such tables.
    """
    data = Data(files)
    told, found = dict(_told(data)), dict(_computed(data))
    wrong = [
        f"{name}, Zeile {row}, Spalte {column}: veröffentlicht {_shown(told.get(cell))},"
        f" nachgerechnet {_shown(found.get(cell))}"
        for cell in sorted({*told, *found})
        if told.get(cell) != found.get(cell)
        for name, row, column in [cell]
    ]
    return len({*told, *found}), wrong


def _shown(value: Decimal | None) -> str:
    return "nichts" if value is None else f"{value:f}"


def _told(data: Data) -> Iterator[tuple[Cell, Decimal]]:
    """Each published number that can be computed."""
    for row in data.tables["statistik"]:
        key = "/".join((row["tabelle"], row["merkmal"], row["spalte"]))
        yield from _cells("statistik.csv", key, ((each, row[each]) for each in _STATISTICS))
    for row in data.tables["jahressummen"]:
        key = "/".join((row["jahr"], row["groesse"], row["gliederung"], row["merkmal"]))
        yield from _cells("jahressummen.csv", key, ((each, row[each]) for each in _SUMS))
    for row in data.tables["wirkung"]:
        numbers = [value for column, value in row.items() if column != "typ"]
        yield from _cells("wirkung.csv", row["typ"], zip(_columns(data), numbers, strict=True))


def _computed(data: Data) -> Iterator[tuple[Cell, Decimal]]:
    for key, values in statistics(data).items():
        numbers = zip(_STATISTICS, map(str, values), strict=True)
        yield from _cells("statistik.csv", "/".join(key), numbers)
    for sum_key, told in sums(data).items():
        yield from _cells(
            "jahressummen.csv", "/".join(sum_key), zip(_SUMS, map(str, told), strict=True)
        )
    for kind, each in effects(data).items():
        none = [None] * 5
        numbers_of = (
            *(each.users, Decimal(each.companies), Decimal(each.largest)),
            *(each.cars.shown() if each.cars else none),
            *(each.co2e.shown() if each.co2e else none),
        )
        texts = ("" if value is None else str(value) for value in numbers_of)
        yield from _cells("wirkung.csv", kind, zip(_columns(data), texts, strict=True))


def _columns(data: Data) -> list[str]:
    return [column for column in data.tables["wirkung"][0] if column != "typ"]


def _cells(
    name: str, row: str, values: Iterable[tuple[str, str]]
) -> Iterator[tuple[Cell, Decimal]]:
    """What is a number becomes one, so that 1E+1 is 10; an empty cell says nothing."""
    for column, text in values:
        if column == "unternehmen_vertraulich":
            continue  # a class, told as it is
        if text:
            yield (name, row, column), Decimal(text)


# Reading


class Unreadable(Exception):
    """The data are not there, or are no such data; a German sentence."""


def gathered(place: str) -> tuple[dict[str, bytes], list[str]]:
    """The files at an address or in a folder that the list names, and what is wrong with them, in
    German. Raises Unreadable.
    """
    for folder in (place, f"{place.rstrip('/')}/daten"):
        listed = _fetched(folder, LIST)
        if listed is not None:
            break
    else:
        raise Unreadable(f"Unter „{place}“ liegt keine Datei {LIST}.")
    files: dict[str, bytes] = {}
    faults = []
    for line in listed.decode("utf-8", "replace").splitlines():
        expected, _, name = line.partition("  ")
        content = _fetched(folder, name) if name and "/" not in name and name != ".." else None
        if content is None:
            faults.append(f"{name or line}: steht in {LIST}, fehlt aber.")
            continue
        files[name] = content
        if hashlib.sha256(content).hexdigest() != expected:
            faults.append(f"{name}: Die Prüfsumme ist eine andere als in {LIST}.")
    return files, faults


def _fetched(folder: str, name: str) -> bytes | None:
    """A file of a folder or of an address; None if there is none. Raises Unreadable."""
    if not folder.startswith(("https://", "http://")):
        path = Path(folder) / name
        try:
            return path.read_bytes() if path.is_file() else None
        except (OSError, ValueError) as error:
            raise Unreadable(f"„{path}“ lässt sich nicht lesen: {error}") from None
    address = f"{folder.rstrip('/')}/{urllib.parse.quote(name)}"
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - http(s), see above
            content: bytes = answer.read()
            return content
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 404:
            return None
        raise Unreadable(f"„{address}“ antwortet mit {error.code}.") from None
    except (OSError, ValueError) as error:
        raise Unreadable(f"„{address}“ ist nicht zu erreichen: {error}") from None


def number(value: int) -> str:
    """With the points of German, 3.765."""
    return f"{value:,}".replace(",", ".")


def main(arguments: list[str]) -> int:
    """Tell what differs; gives the exit status."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        files, faults = gathered(arguments[0])
        total, wrong = recount(files)
    except Unreadable as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except (KeyError, ValueError, ArithmeticError, csv.Error) as error:
        said = type(error).__name__
        sys.stderr.write(f"Die Tabellen sind nicht die einer Partnerschaft ({said}: {error}).\n")
        return 2
    for fault in (*faults, *wrong):
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{number(len(files))} Dateien, {len(faults)} mit falscher Prüfsumme.\n")
    sys.stdout.write(f"{number(total - len(wrong))} von {number(total)} Zahlen nachgerechnet.\n")
    return 1 if faults or wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
