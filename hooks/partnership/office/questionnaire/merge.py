"""What a member's file says once an answer is taken in: a pure function of the two.

Only what the answer contains changes. Nothing is removed, a more exact date is not blurred, what
counts in totals only is opened up only where the office says so, and whatever is not taken over is
told.
"""

from collections.abc import Mapping
from datetime import date

from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.model.yearsums import ConfidentialEntry
from partnership.office.questionnaire.answer import Answer
from partnership.office.questionnaire.apart import FIGURES, Apart, Group, copied, groups
from partnership.office.questionnaire.consent import LISTING, is_no
from partnership.office.questionnaire.merge_figures import merge_figures, merge_figures_apart
from partnership.office.questionnaire.merge_measures import keep_for_totals, merge_measures, plan
from partnership.office.questionnaire.merged import (
    DATES,
    Closed,
    Merged,
    answer_day,
    group_in,
    pairs,
    short,
)
from partnership.reading.canonical import Bare, plain
from partnership.reading.source import Value

# What the office looks after; an answer may mention it, but does not change it.
_OFFICE_KEYS = ("austritt", "logo", "quellen", "notiz_intern", "frueher")


def new_member(answer: Answer, today: date, *, in_two: bool = False) -> Merged:
    """The values of a company that is not in the directory yet; `in_two` files where public."""
    merged = Merged(copied(answer.values), Apart({}) if in_two else None)
    values = merged.values
    values.setdefault("bestaetigung", "unternehmen")
    if not answer.wants_no_entry:
        values.pop(LISTING, None)  # to be shown is what is usual
    if values["bestaetigung"] == "unternehmen" and "auskunft" not in values:
        values["auskunft"] = [_answer_line(today)]
        merged.notes.append(f"Die Antwort nennt keinen Tag; eingetragen ist {today.isoformat()}.")
    if "beitritt" not in values:
        merged.decisions.append("Der Beitritt fehlt noch: bitte „beitritt“ ergänzen.")
    for measure in groups(values.get("massnahmen")):
        plan(measure, answer_day(answer, today))
        keep_for_totals(measure, str(measure.get("titel") or measure["typ"]), answer, merged)
    if merged.apart is not None:
        merge_figures_apart(values.pop(FIGURES, {}), merged, merged.apart)
        merged.apart.take_apart(values, {})
        merged.changes.clear()
    _put_in_order(merged)
    return merged


def merge(
    before: Mapping[str, Value],
    answer: Answer,
    partnership: Partnership,
    today: date,
    *,
    keep_name: bool = False,
    as_new: bool = False,
    may_open: bool = False,
    apart: Mapping[str, Value] | None = None,
    closed: Closed = (),
) -> Merged:
    """What the file says `before`, with the answer taken in.

    `keep_name`: the answer uses a former name. `as_new`: measures that cannot be matched are new.
    `may_open`: what was for totals only is published where the answer says so, but for what is in
    a `closed` sum. `apart`: what the company's confidential file says, where files are public.
    """
    own = None if apart is None else Apart(copied(apart))
    merged = Merged(copied(before), own, may_open, closed)
    for key, value in answer.values.items():
        if key == "name" and keep_name:
            merged.notes.append(f"„{value}“ ist ein früherer Name; der heutige bleibt.")
        elif key == LISTING:
            _listing(value, merged)
        elif key in _OFFICE_KEYS:
            _office(key, value, merged)
        elif key == "anschrift":
            address = group_in(merged.values, key)
            for part, text in pairs(value):
                merged.set(address, part, text, "anschrift, ")
        elif key == "kennzahlen" and own is not None:
            merge_figures_apart(value, merged, own)
        elif key == "kennzahlen":
            merge_figures(value, merged)
        elif key == "massnahmen":
            if own is not None:
                merged.values[key] = own.together(before)
            merge_measures(value, answer, partnership, merged, today, as_new)
            if own is not None:
                own.take_apart(merged.values, before)
        elif key in DATES:
            merged.set_date(merged.values, key, value)
        elif key not in {"auskunft", "bestaetigung"}:
            merged.set(merged.values, key, value)
    _confirmation(answer, merged, today)
    _put_in_order(merged)
    return merged


def _listing(value: Value, merged: Merged) -> None:
    """Whether the company is shown; that it is need not be said."""
    if is_no(value) or is_no(merged.values.get(LISTING)):
        merged.set(merged.values, LISTING, value)


def _office(key: str, value: Value, merged: Merged) -> None:
    if merged.values.get(key) != value and value:
        merged.decisions.append(
            f"„{key}“ pflegt die Geschäftsstelle; die Antwort nennt: {short(value)}."
        )


def _confirmation(answer: Answer, merged: Merged, today: date) -> None:
    """A company's answer confirms its entry and is recorded with its day."""
    values = merged.values
    if answer.values.get("bestaetigung") == "oeffentliche_quelle":
        return
    if values.get("bestaetigung") != "unternehmen":
        merged.set(values, "bestaetigung", "unternehmen")
        merged.decisions.append(
            "Der Eintrag stammte aus öffentlichen Quellen und gilt jetzt als vom Unternehmen"
            " bestätigt. Bitte prüfen, ob das auch für Maßnahmen gilt, die die Antwort nicht nennt."
        )
    lines = [*groups(answer.values.get("auskunft"))]
    if not lines and merged.changes:
        lines = [_answer_line(today)]
        merged.notes.append(f"Die Antwort nennt keinen Tag; eingetragen ist {today.isoformat()}.")
    elif not lines:
        merged.notes.append("Die Antwort nennt keinen Tag und nichts Neues; keine neue Auskunft.")
    known = values.get("auskunft")
    given = list(known) if isinstance(known, list) else []
    for line in lines:
        if line not in given:
            given.append(line)
            merged.changes.append(f"auskunft vom {line['stand']}")
    if given:
        values["auskunft"] = given


def _answer_line(day: date) -> Group:
    return {"stand": Bare(day.isoformat()), "von": "unternehmen"}


def _put_in_order(merged: Merged) -> None:
    """The same values in the model's order, and what follows from two files."""
    merged.values = plain(Member.model_validate(merged.values))
    if merged.apart is not None:
        merged.apart.values = plain(ConfidentialEntry.model_validate(merged.apart.values))
        if merged.apart.leaving_public:
            merged.notes.append(
                "Was jetzt nur in Summen erscheint, steht nicht mehr in der öffentlichen Datei, in"
                " deren früheren Fassungen (git) aber weiterhin."
            )
