"""Sums of closed years: what has been published of confidential amounts, and who stands behind it.

The first is public and read by every build; the second never is, and only the closing needs it.
"""

from partnership.model.fields import Day, Key, Number, Record, Whole, Year, key
from partnership.model.member import Measure, YearFigures


class PublishedSum(Record):
    """The sum of one group of companies; its keys in a breakdown where all of them share one."""

    year: Year = key("jahr", "Jahr")
    figure: Key = key("groesse", "Schlüssel der Größe")
    number: Whole = key("gruppe", "Laufende Nummer der Gruppe im Jahr")
    companies: Whole = key("unternehmen", "Wie viele Unternehmen dahinterstehen")
    amount: Number = key("summe", "Summe")
    sector: Key | None = key("branche", "Gemeinsame Branche", None)
    size: Key | None = key("groessenklasse", "Gemeinsame Größenklasse", None)
    district: Key | None = key("stadtbezirk", "Gemeinsamer Stadtbezirk", None)


class Closing(Record):
    """data/jahressummen.yml: the last closed year, the day of its closing, every published sum."""

    until: Year = key("abgeschlossen_bis", "Letztes abgeschlossenes Jahr")
    day: Day = key("stand", "Tag des Abschlusses")
    sums: tuple[PublishedSum, ...] = key("summen", "Veröffentlichte Summen", ())


class RegisteredGroup(Record):
    """Who stands behind a published sum, with what, and what each published by itself then."""

    year: Year = key("jahr", "Jahr")
    figure: Key = key("groesse", "Schlüssel der Größe")
    number: Whole = key("gruppe", "Laufende Nummer der Gruppe im Jahr")
    amounts: dict[Key, Number] = key("betraege", "Betrag je Unternehmen")
    public: dict[Key, Number] = key("einzeln", "Daneben einzeln veröffentlicht", {})


class Register(Record):
    """beteiligte.yml of the confidential folder."""

    groups: tuple[RegisteredGroup, ...] = key("gruppen", "Gruppen veröffentlichter Summen", ())


class Settings(Record):
    """regel.yml of the confidential folder, where the repository is public."""

    p_percent: Number = key("p_prozent", "p der p-Prozent-Regel")


class ConfidentialEntry(Record):
    """What a company gave for totals only, kept apart from its public file."""

    figures: dict[Year, YearFigures] = key("kennzahlen", "Kennzahlen je Jahr", {})
    measures: tuple[Measure, ...] = key("massnahmen", "Maßnahmen", ())
