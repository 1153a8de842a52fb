"""What the Excel form and its reader agree on: names of sheets and columns, and the hidden list
that tells which key stands behind which wording.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from partnership.language.glossary import PUBLICATION_LABEL
from partnership.model.catalogue import Question
from partnership.model.member import DATE_KEYS
from partnership.model.partnership import Partnership

INTRO = "Anleitung"
COMPANY = "Unternehmen"
MEASURES = "Maßnahmen"
FIGURES = "Kennzahlen"
KEYS = "Schluessel"

# Rows of the hidden sheet: what they hold, then three values.
VERSION_ROW, LINE_ROW, LIST_ROW = "fassung", "zeile", "liste"
# Raised when a reader of today could no longer understand a form of yesterday.
FORM_VERSION = "1"
# Where the answer stands on the sheets with one question a line.
NUMBER_COLUMN, ANSWER_COLUMN = 1, 3
# On the sheet of measures: the line of the headings, and how many measures fit below.
HEAD_ROW = 4
MEASURE_ROWS = 40

# Heading of a column → the key of a measure it fills. „Jahr“ belongs to the extent.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("Typ", "typ"),
    ("Titel", "titel"),
    *(("Ziel" if date == "ziel" else date, date) for date in DATE_KEYS),
    ("Umfang", "umfang"),
    ("Jahr", "jahr"),
    ("Veröffentlichung", "veroeffentlichung"),
    ("Beschreibung", "beschreibung"),
)
PUBLICATIONS = tuple((label, str(key)) for key, label in PUBLICATION_LABEL.items())
# Headings of the sheets with one question a line.
QUESTION_HEADS = ("Nr.", "Frage", "Ihre Antwort", "Hinweis")
TYPES_LIST, PUBLICATION_LIST, YES_NO_LIST = "massnahmentypen", "veroeffentlichung", "ja_nein"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with an answer: its number on the sheet, question, and what it fills.

    `choices` names one of `lists`; `option` is set where a question of several answers has a line
    for each.
    """

    sheet: str
    number: str
    text: str
    help: str
    kind: str
    target: str
    question: str
    required: bool = False
    choices: str = ""
    option: str = ""


def lines(partnership: Partnership) -> Iterator[tuple[str, str, list[Line]]]:
    """Sections of the form: title, introduction, lines. Key figures are asked with the section
    that asks for their year, or in one of their own.
    """
    has_figures = False
    for place, section in enumerate(partnership.questionnaire.sections, 1):
        found: list[Line] = []
        of_figures = False
        for number, question in enumerate(section.questions, 1):
            of_figures = of_figures or (question.target or "").startswith("kennzahlen.")
            found += _lines(partnership, question, f"{place}.{number}")
        if of_figures and not has_figures:
            found += _figures(partnership, f"{place}.{len(section.questions)}")
            has_figures = True
        yield section.title, section.intro or "", found
    if partnership.questionnaire.asked and not has_figures:
        yield FIGURES, "", [*_about_figures(), *_figures(partnership, "K.2")]


def _lines(partnership: Partnership, question: Question, number: str) -> Iterator[Line]:
    target = question.target or ""
    line = Line(
        sheet=FIGURES if target.startswith("kennzahlen.") else COMPANY,
        number=number,
        text=question.text,
        help=question.help or "",
        kind=question.kind,
        target=target,
        question=question.id,
        required=question.required,
    )
    if question.kind == "mehrfach":
        yield line
        labels = choices(partnership, question)
        for index, (label, _) in enumerate(labels):
            suffix = chr(ord("a") + index) if index < 26 else str(index)
            yield replace(line, number=f"{number}{suffix}", text=label, help="", option=label)
        return
    if question.kind == "auswahl":
        line = replace(line, choices=question.options_from or f"optionen.{question.id}")
    elif question.kind == "ja_nein":
        line = replace(line, choices=YES_NO_LIST)
    yield line


def _about_figures() -> list[Line]:
    year = "Für welches Jahr gelten die Zahlen?"
    publication = "Wie dürfen wir diese Zahlen veröffentlichen?"
    return [
        Line(FIGURES, "K.1", year, "", "zahl", "kennzahlen.jahr", "jahr"),
        Line(
            FIGURES,
            "K.2",
            publication,
            "",
            "auswahl",
            "kennzahlen.veroeffentlichung",
            "veroeffentlichung",
            choices=PUBLICATION_LIST,
        ),
    ]


def _figures(partnership: Partnership, after: str) -> Iterator[Line]:
    section, last = after.split(".")
    for index, (key, figure) in enumerate(partnership.questionnaire.asked.items(), 1):
        yield Line(
            sheet=FIGURES,
            number=f"{section}.{int(last) + index}",
            text=figure.question,
            help=f"{figure.name}, in: {figure.unit}",
            kind=f"kennzahl_{figure.kind}",
            target=f"kennzahlen.{key}",
            question=key,
        )


def choices(partnership: Partnership, question: Question) -> list[tuple[str, str]]:
    """Label and key of each answer a question offers."""
    if question.options_from is None:
        words = {key: label for label, key in PUBLICATIONS}
        return [(words.get(option, option), option) for option in question.options]
    return catalogue(partnership, question.options_from)


def catalogue(partnership: Partnership, name: str) -> list[tuple[str, str]]:
    """Label and key of each entry of a catalogue; a label that stands twice names its key."""
    entries = {
        "branchen": {key: sector.name for key, sector in partnership.sectors.items()},
        "stadtbezirke": {key: one.name for key, one in partnership.districts.items()},
        "handlungsfelder": {key: field.name for key, field in partnership.fields.items()},
        TYPES_LIST: {key: kind.name for key, kind in partnership.active_types.items()},
    }[name]
    seen = list(entries.values())
    return [
        (f"{label} ({key})" if seen.count(label) > 1 else label, key)
        for key, label in entries.items()
    ]


def lists(partnership: Partnership) -> dict[str, list[tuple[str, str]]]:
    """Every list of answers in the form: label and key."""
    found = {
        TYPES_LIST: catalogue(partnership, TYPES_LIST),
        PUBLICATION_LIST: list(PUBLICATIONS),
        YES_NO_LIST: [("ja", "ja"), ("nein", "nein")],
    }
    for section in partnership.questionnaire.sections:
        for question in section.questions:
            if question.kind == "auswahl":
                name = question.options_from or f"optionen.{question.id}"
                found[name] = choices(partnership, question)
    return {name: entries for name, entries in found.items() if entries}
