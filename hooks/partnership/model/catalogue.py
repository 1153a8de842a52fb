"""The catalogues: fields of action, measure types, sectors, districts, questionnaire.

Their keys never change their meaning, so that a figure of one year can be compared with the next.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from partnership.model.estimate import Calculator, Estimate
from partnership.model.fields import ONE_WORD, Day, Key, Record, Text, YesNo, key
from partnership.model.member import DateKey

# What a unit, and what a key figure, counts.
UnitKind = Annotated[Literal["anzahl", "anteil", "ja_nein", "menge"], ONE_WORD]
FigureKind = Annotated[Literal["anzahl", "anteil", "menge"], ONE_WORD]
UpperBound = Annotated[Literal["beschaeftigte"], ONE_WORD]
# How a question is answered, and the catalogues that can offer the answers.
AnswerKind = Annotated[
    Literal[
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
    ],
    ONE_WORD,
]
OptionsFrom = Annotated[
    Literal["branchen", "stadtbezirke", "massnahmentypen", "handlungsfelder"], ONE_WORD
]


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
    kind: UnitKind = key("art", "Art der Angabe")
    short: Text | None = key("kurz", "Kurze Einheit, in der Mehrzahl", None)
    one: Text | None = key("einzahl", "Kurze Einheit hinter einer 1", None)
    at_most: UpperBound | None = key("hoechstens", "Obergrenze", None)


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
    calculator: Calculator | None = key("rechner", "Rechner auf der Seite des Typs", None)
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


class Question(Record):
    """One question of the questionnaire. `target` is the key of a member's file it fills; of
    measures it may ask for some `steps` only.
    """

    id: Key = key("key", "Schlüssel")
    text: Text = key("frage", "Frage")
    help: Text | None = key("hilfe", "Hilfe zum Ausfüllen", None)
    kind: AnswerKind = key("art", "Art der Antwort")
    required: YesNo = key("pflicht", "Pflichtangabe", False)
    target: Text | None = key("ziel", "Angabe in der Mitgliedsdatei", None)
    options: tuple[Text, ...] = key("optionen", "Antworten zur Auswahl", ())
    options_from: OptionsFrom | None = key("aus", "Katalog mit den Antworten", None)
    steps: tuple[DateKey, ...] = key("schritte", "Nach welchen Zeitpunkten gefragt wird", ())
    only_listed: YesNo = key("nur_mit_eintrag", "Entfällt für Mitglieder ohne Eintrag", False)


class Section(Record):
    """A part of the questionnaire."""

    id: Key = key("key", "Schlüssel")
    title: Text = key("titel", "Titel")
    intro: Text | None = key("einleitung", "Einleitung", None)
    questions: tuple[Question, ...] = key("fragen", "Fragen", ())


class KeyFigure(Record):
    """A figure a company reports for a year."""

    name: Text = key("name", "Name")
    unit: Text = key("einheit", "Einheit, in der Mehrzahl")
    one: Text | None = key("einzahl", "Einheit hinter einer 1", None)
    question: Text = key("frage", "Frage")
    kind: FigureKind = key("art", "Art der Angabe")
    part_of: Key | None = key("teil_von", "Kennzahl, von der diese ein Teil ist", None)
    same_as: Key | None = key(
        "entspricht", "Maßnahmentyp mit demselben Umfang, oder „beschaeftigte“", None
    )


class Questionnaire(Record):
    """The standardised questionnaire every joining company answers."""

    title: Text = key("titel", "Titel")
    intro: Text = key("einleitung", "Einleitung")
    as_of: Day = key("stand", "Fassung vom")
    sections: tuple[Section, ...] = key("abschnitte", "Abschnitte")
    figures: dict[Key, KeyFigure] = key("kennzahlen", "Kennzahlen je Jahr", {})

    @property
    def asked(self) -> Mapping[str, KeyFigure]:
        """The key figures that no other question asks already."""
        return {key: figure for key, figure in self.figures.items() if figure.same_as is None}
