"""Sums of closed years: what has been published of confidential amounts, and who stands behind it.

The first is public and read by every build; the second never is, and only the closing needs it.
"""

from partnership.model.fields import Day, Key, Number, Record, Text, Year, key
from partnership.model.member import Measure, YearFigures


class PublishedSum(Record):
    """The rounded sum of all confidential amounts of a figure in a year."""

    year: Year = key("jahr", "Jahr")
    figure: Key = key("groesse", "Schlüssel der Größe")
    companies: Text = key("unternehmen", "Wie viele Unternehmen ungefähr dahinterstehen")
    amount: Number = key("summe", "Gerundete Summe")
    step: Number = key("gerundet_auf", "Worauf die Summe gerundet ist")


class Closing(Record):
    """data/jahressummen.yml: the last closed year, the day of its closing, every published sum.

    All of them rest on the same p: two ladders would tell more than one.
    """

    until: Year = key("abgeschlossen_bis", "Letztes abgeschlossenes Jahr")
    day: Day = key("stand", "Tag des Abschlusses")
    p_percent: Number = key("p_prozent", "Auf wie viel Prozent genau keine Angabe bekannt wird")
    sums: tuple[PublishedSum, ...] = key("summen", "Veröffentlichte Summen", ())


class RegisteredSum(Record):
    """Who stands behind a published sum, with what, and what each published by itself then."""

    year: Year = key("jahr", "Jahr")
    figure: Key = key("groesse", "Schlüssel der Größe")
    amounts: dict[Key, Number] = key("betraege", "Betrag je Unternehmen")
    public: dict[Key, Number] = key("einzeln", "Daneben einzeln veröffentlicht", {})


class Register(Record):
    """beteiligte.yml of the confidential folder; each company's rounding comes from the secret."""

    secret: Text | None = key(
        "geheimnis", "Woraus sich ergibt, wann auf- und abgerundet wird", None
    )
    sums: tuple[RegisteredSum, ...] = key("summen", "Veröffentlichte Summen", ())


class ConfidentialEntry(Record):
    """What a company gave for totals only, kept apart from its public file."""

    figures: dict[Year, YearFigures] = key("kennzahlen", "Kennzahlen je Jahr", {})
    measures: tuple[Measure, ...] = key("massnahmen", "Maßnahmen", ())
