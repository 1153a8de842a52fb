"""The catalogues: fields of action, measure types, sectors, districts, questionnaire, factors.

Their keys never change their meaning, so that a figure of one year can be compared with the next.
"""

from partnership.model.fields import (
    Day,
    Key,
    Number,
    Record,
    Text,
    Url,
    Whole,
    YesNo,
    choice,
    key,
)


class Field(Record):
    """A Handlungsfeld: one of the agreement's goals."""

    name: Text = key("name", "Name")
    short: Text = key("kurz", "Kurzname")
    symbol: Text = key("symbol", "Name des Symbols")
    goal: Text = key("ziel", "Ziel in einem Satz")
    description: Text | None = key("beschreibung", "Beschreibung", None)


class Unit(Record):
    """What the extent of a measure counts."""

    name: Text = key("name", "Was gezählt wird")
    kind: choice("anzahl", "anteil", "ja_nein", "menge") = key("art", "Art der Angabe")  # type: ignore[valid-type]
    short: Text | None = key("kurz", "Kurze Einheit", None)
    at_most: choice("beschaeftigte") | None = key("hoechstens", "Obergrenze", None)  # type: ignore[valid-type]


class Estimate(Record):
    """Visible assumptions for an estimate of effects; ranges are [lowest, highest]."""

    procedure: choice("verlagerung", "vermeidung") = key("verfahren", "Verfahren")  # type: ignore[valid-type]
    old: Key = key("von", "Bisheriges Verkehrsmittel")
    new: Key | None = key("nach", "Neues Verkehrsmittel, beim Verfahren „verlagerung“", None)
    share: tuple[Number, Number] = key("anteil", "Anteil, der vorher so unterwegs war")
    days: tuple[Number, Number] = key("tage", "Tage im Jahr")
    km: tuple[Number, Number] = key("km", "Kilometer einfacher Weg")


class MeasureType(Record):
    """A type of measure: decides the field of action, the unit and the question."""

    name: Text = key("name", "Name")
    field: Text = key("handlungsfeld", "Handlungsfeld")
    unit: Unit = key("einheit", "Einheit des Umfangs")
    question: Text = key("frage", "Frage an das Unternehmen")
    description: Text | None = key("beschreibung", "Was das ist", None)
    first_steps: tuple[Text, ...] = key("erste_schritte", "Erste Schritte", ())
    contact: Key | None = key("ansprechpartner", "Wer berät", None)
    synonyms: tuple[Text, ...] = key("suchworte", "Weitere Suchworte", ())
    estimate: Estimate | None = key("schaetzung", "Annahmen für die Schätzung der Wirkung", None)
    no_estimate: Text | None = key("ohne_schaetzung", "Warum nicht geschätzt wird", None)
    replaced_by: Text | None = key("ersetzt_durch", "Nachfolger eines aufgegebenen Typs", None)


class Sector(Record):
    """A Branche: a group of sections or divisions of WZ 2008."""

    name: Text = key("name", "Name")
    wz: tuple[Text, ...] = key("wz", "Abschnitte oder Abteilungen der WZ 2008", ())
    description: Text | None = key("beschreibung", "Beschreibung", None)


class District(Record):
    """A Stadtbezirk."""

    name: Text = key("name", "Name")
    quarters: tuple[Text, ...] = key("stadtteile", "Stadtteile", ())


# The dated steps of a measure, by their keys in a member's file.
Step = choice("geplant", "ziel", "laufend", "umgesetzt", "eingestellt")


class Question(Record):
    """One question of the questionnaire. `target` is the key of a member's file it fills; of
    measures it may ask for some `steps` only.
    """

    id: Key = key("key", "Schlüssel")
    text: Text = key("frage", "Frage")
    help: Text | None = key("hilfe", "Hilfe zum Ausfüllen", None)
    kind: choice(  # type: ignore[valid-type]
        "text",
        "langtext",
        "zahl",
        "datum",
        "ja_nein",
        "auswahl",
        "mehrfach",
        "massnahmen",
        "url",
        "mail",
        "monat",
    ) = key("art", "Art der Antwort")
    required: YesNo = key("pflicht", "Pflichtangabe", False)
    target: Text | None = key("ziel", "Angabe in der Mitgliedsdatei", None)
    options: tuple[Text, ...] = key("optionen", "Antworten zur Auswahl", ())
    options_from: (
        choice(  # type: ignore[valid-type]
            "branchen", "stadtbezirke", "massnahmentypen", "handlungsfelder"
        )
        | None
    ) = key("aus", "Katalog mit den Antworten", None)
    steps: tuple[Step, ...] = key("schritte", "Nach welchen Zeitpunkten gefragt wird", ())  # type: ignore[valid-type]


class Section(Record):
    """A part of the questionnaire."""

    id: Key = key("key", "Schlüssel")
    title: Text = key("titel", "Titel")
    intro: Text | None = key("einleitung", "Einleitung", None)
    questions: tuple[Question, ...] = key("fragen", "Fragen", ())


class KeyFigure(Record):
    """A figure a company reports for a year."""

    name: Text = key("name", "Name")
    unit: Text = key("einheit", "Einheit")
    question: Text = key("frage", "Frage")
    kind: choice("anzahl", "anteil", "menge") = key("art", "Art der Angabe")  # type: ignore[valid-type]
    part_of: Key | None = key("teil_von", "Kennzahl, von der diese ein Teil ist", None)


class Questionnaire(Record):
    """The standardised questionnaire every joining company answers."""

    title: Text = key("titel", "Titel")
    intro: Text = key("einleitung", "Einleitung")
    as_of: Day = key("stand", "Fassung vom")
    sections: tuple[Section, ...] = key("abschnitte", "Abschnitte")
    figures: dict[Key, KeyFigure] = key("kennzahlen", "Kennzahlen je Jahr", {})


class FactorSource(Record):
    """Where an emission factor was found."""

    title: Text = key("titel", "Titel")
    url: Url | None = key("url", "Internetadresse", None)
    retrieved: Day | None = key("abruf", "Tag des Abrufs", None)
    kind: Text | None = key("art", "Art der Quelle", None)


class Factor(Record):
    """An emission factor; without a value the slot stays empty and says why."""

    name: Text = key("name", "Name")
    mode: Key | None = key("verkehrsmittel", "Verkehrsmittel, für dessen Spanne er gilt", None)
    value: Number | None = key("wert", "Wert", None)
    unit: Text = key("einheit", "Einheit")
    year: Whole | None = key("jahr", "Bezugsjahr", None)
    boundary: Text | None = key("systemgrenze", "Systemgrenze", None)
    source: FactorSource | None = key("quelle", "Quelle", None)
    note: Text | None = key("hinweis", "Hinweis", None)
