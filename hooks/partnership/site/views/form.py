"""The web form: the questionnaire as fields, from the one definition in data/fragebogen.yml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from partnership.language import german
from partnership.language.glossary import PUBLICATION_EXPLAINED
from partnership.model import addresses
from partnership.model.catalogue import Question, Section
from partnership.model.fillin import known
from partnership.model.member import DATE_KEYS, Measure
from partnership.model.partnership import Partnership
from partnership.office import formrules
from partnership.site.views.common import Link

# What a browser may fill in by itself, by the key that a question fills.
_AUTOCOMPLETE: Mapping[str, str] = {
    "name": "organization",
    "anschrift.strasse": "address-line1",
    "anschrift.plz": "postal-code",
    "anschrift.ort": "address-level2",
    "website": "url",
    "kontakt": "email",
}
_KEYBOARD: Mapping[str, str] = {"zahl": "numeric", "url": "url", "mail": "email"}
PUBLICATION: Mapping[str, str] = {str(key): text for key, text in PUBLICATION_EXPLAINED.items()}
_TITLES: Mapping[str, str] = {
    str(field.alias): str(field.title) for field in Measure.model_fields.values()
}
_GITHUB = "https://github.com/"


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose: what stands in the file, what is read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FormField:
    """A question with its field. `path` is where the answer stands in the file, `kind` how it is
    given: a text, several lines, one of a list, one or several of a few, or measures. `steps` are
    those that a list of measures asks for; none means all.
    """

    path: str
    label: str
    kind: str
    hint: str = ""
    required: bool = False
    consent: bool = False
    options: tuple[Option, ...] = ()
    autocomplete: str = ""
    keyboard: str = ""
    preset: str = ""
    short: bool = False
    figure: bool = False
    only_listed: bool = False
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormSection:
    """A part of the form; `figures` are asked below its questions."""

    anchor: str
    title: str
    intro: str
    fields: tuple[FormField, ...]
    figures: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class TypeGroup:
    """The measure types of a field of action, for one list to choose from."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """The whole form. `mail` is empty where the office's address is not known yet, `issues` where
    there is no public place for proposals.
    """

    sections: tuple[FormSection, ...]
    types: tuple[TypeGroup, ...]
    steps: tuple[Option, ...]
    publication: tuple[Option, ...]
    titles: Mapping[str, str]
    table: str
    version: str
    mail: str
    office: str
    contact: Link
    workbook: str
    paper: str
    issues: str


def form(partnership: Partnership, edit_base: str = "") -> FormView:
    """The form of a partnership whose files are edited below `edit_base`."""
    office = partnership.city.office
    return FormView(
        sections=tuple(
            _section(partnership, section) for section in partnership.questionnaire.sections
        ),
        types=tuple(_types(partnership)),
        steps=tuple(Option(step, _TITLES[step]) for step in DATE_KEYS),
        publication=tuple(Option(*each) for each in PUBLICATION.items()),
        titles=_TITLES,
        table=addresses.FORM_TABLE,
        version=partnership.questionnaire.as_of.isoformat(),
        mail=known(office.mail),
        office=office.name,
        contact=Link(office.name, addresses.CONTACT),
        workbook=addresses.FORM,
        paper=addresses.PAPER_FORM,
        issues=_issues(edit_base),
    )


def table(partnership: Partnership, measure: str, review: str) -> Mapping[str, Any]:
    """What the form's script reads: the model's rules, each type's own question, and the HTML of a
    `measure` and of the `review` at the end.
    """
    rules = formrules.table(partnership)
    types = {
        key: {
            **rules["types"][key],
            "question": kind.question,
            "unit": _unit(kind.unit.kind, kind.unit.name),
        }
        for key, kind in partnership.active_types.items()
    }
    return {**rules, "types": {**rules["types"], **types}, "measure": measure, "review": review}


def _issues(edit_base: str) -> str:
    """Where a proposal with prefilled contents is opened. Only GitHub takes contents along."""
    if not edit_base.startswith(_GITHUB):
        return ""
    owner, _, rest = edit_base.removeprefix(_GITHUB).partition("/")
    return f"{_GITHUB}{owner}/{rest.split('/')[0]}/issues/new"


def _types(partnership: Partnership) -> Iterator[TypeGroup]:
    for key, field in partnership.fields.items():
        found = tuple(
            Option(name, kind.name)
            for name, kind in partnership.active_types.items()
            if kind.field == key
        )
        if found:
            yield TypeGroup(field.name, found)


def _unit(kind: str, name: str) -> str:
    """What is counted; empty where nothing is."""
    if kind == "ja_nein":
        return ""
    return f"{name}, in Prozent" if kind == "anteil" else name


def _section(partnership: Partnership, section: Section) -> FormSection:
    asks_for_figures = any(
        (question.target or "").startswith("kennzahlen.") for question in section.questions
    )
    return FormSection(
        anchor=f"f-teil-{section.id.replace('_', '-')}",
        title=section.title,
        intro=section.intro or "",
        fields=tuple(_field(partnership, question) for question in section.questions),
        figures=tuple(_figures(partnership)) if asks_for_figures else (),
    )


def _figures(partnership: Partnership) -> Iterator[FormField]:
    for key, figure in partnership.questionnaire.asked.items():
        yield FormField(
            path=f"kennzahlen.{key}",
            label=figure.question,
            kind="text",
            hint=f"Einheit: {'Prozent' if figure.unit == '%' else figure.unit}",
            keyboard="decimal",
            short=True,
            figure=True,
        )


def _field(partnership: Partnership, question: Question) -> FormField:
    target = question.target or f"antworten.{question.id}"
    if question.kind == "massnahmen":
        target = question.id  # several questions fill the one list of the file
    return FormField(
        path=target,
        label=question.text,
        kind=_kind(question),
        hint=" ".join(filter(None, (question.help, _spelling(question)))),
        required=question.required,
        consent=question.required and question.kind == "ja_nein" and question.target is None,
        options=tuple(_options(partnership, question)),
        autocomplete=_AUTOCOMPLETE.get(target, ""),
        keyboard="numeric" if target == "anschrift.plz" else _KEYBOARD.get(question.kind, ""),
        preset={"kennzahlen.jahr": "last-year", "auskunft.stand": "today"}.get(target, ""),
        short=question.kind in {"zahl", "datum", "monat"} or target == "anschrift.plz",
        only_listed=question.only_listed,
        steps=tuple(question.steps or ()),
    )


def _kind(question: Question) -> str:
    if question.kind == "auswahl":
        return "select" if question.options_from else "radio"
    special = {
        "langtext": "paragraphs",
        "ja_nein": "radio",
        "mehrfach": "checks",
        "massnahmen": "measures",
    }
    return special.get(question.kind, "text")


def _spelling(question: Question) -> str:
    """How the answer may be written, where that is not plain."""
    known = {
        "datum": "Tag, Monat und Jahr, zum Beispiel 14.05.2024.",
        "monat": "Zum Beispiel 05.2024 oder 2024.",
        "zahl": "Nur die Zahl, zum Beispiel 1.200." if question.target == "beschaeftigte" else "",
    }
    return known.get(question.kind, "")


def _options(partnership: Partnership, question: Question) -> Iterator[Option]:
    catalogues: Mapping[str, Mapping[str, Any]] = {
        "branchen": partnership.sectors,
        "stadtbezirke": partnership.districts,
    }
    if question.kind == "ja_nein":
        yield from (Option("ja", "ja"), Option("nein", "nein"))
    elif entries := catalogues.get(question.options_from or ""):
        order = entries if question.options_from == "stadtbezirke" else _alphabetical(entries)
        for key in order:
            yield Option(key, _named(entries[key]))
    elif question.kind != "massnahmen":
        # What no file keeps is for the office to read, and stands there in words.
        for text in partnership.options(question):
            yield Option(text, PUBLICATION.get(text, text))


def _alphabetical(entries: Mapping[str, Any]) -> list[str]:
    return sorted(entries, key=lambda key: german.collation_key(entries[key].name))


def _named(entry: Any) -> str:
    """A district with its quarters, since few know its number; anything else by its name."""
    quarters = getattr(entry, "quarters", ())
    return f"{entry.name} ({', '.join(quarters)})" if quarters else str(entry.name)
