"""Measures of an answer into a member's values: each to the one it means, or as a new one."""

from collections.abc import Collection, Sequence
from datetime import date

from partnership.figures import summed
from partnership.model.member import STATUSES, Measure
from partnership.model.partnership import Partnership
from partnership.office.questionnaire.answer import Answer
from partnership.office.questionnaire.apart import ONE_BY_ONE, PUBLICATION, Group, groups
from partnership.office.questionnaire.matching import match_measures
from partnership.office.questionnaire.merge_goals import GOALS, merge_goals
from partnership.office.questionnaire.merged import (
    DATES,
    Merged,
    answer_day,
    pairs,
    set_publication,
    short,
)
from partnership.reading.canonical import Bare
from partnership.reading.source import Value


def merge_measures(
    value: Value,
    answer: Answer,
    partnership: Partnership,
    merged: Merged,
    today: date,
    as_new: bool,
) -> None:
    """Each measure of the answer; `as_new`: those that cannot be matched are new."""
    known = merged.values.setdefault("massnahmen", [])
    old = list(known) if isinstance(known, list) else []
    told = list(groups(value))
    match = match_measures(old, list(told))
    for index, measure in enumerate(told):
        label = _label(measure, partnership)
        target = match.pairs.get(index)
        if index in match.unclear and not as_new:
            merged.decisions.append(
                f"{label} lässt sich nicht zuordnen und ist nicht übernommen. Die Datei kennt von"
                f" diesem Typ: {_titles(old, measure['typ'])}. Bitte in der Antwort den Titel der"
                " gemeinten Maßnahme angeben; ist es eine neue, den Import mit --neu wiederholen."
            )
        elif target is None:
            added = dict(measure)
            plan(added, answer_day(answer, today))
            keep_for_totals(added, label, answer, merged)
            old.append(added)
            merged.changes.append(f"{label}: neu")
        else:
            _measure(
                dict(pairs(old[target])),
                measure,
                old,
                target,
                merged,
                answer,
                today,
                label,
                partnership,
            )
    if not match.unclear:
        matched = {target for target in match.pairs.values() if target is not None}
        _note_unmentioned(groups(merged.values["massnahmen"]), matched, merged, partnership)
    merged.values["massnahmen"] = [*old]
    if not old:
        del merged.values["massnahmen"]


def _note_unmentioned(
    kept: Sequence[Group], matched: Collection[int], merged: Merged, partnership: Partnership
) -> None:
    merged.notes += [
        f"{_label(measure, partnership, kept)} steht nicht in der Antwort und bleibt."
        for index, measure in enumerate(kept)
        if index not in matched and "eingestellt" not in measure
    ]


def _measure(
    known: Group,
    told: Group,
    measures: list[Value],
    index: int,
    merged: Merged,
    answer: Answer,
    today: date,
    label: str,
    partnership: Partnership,
) -> None:
    where = f"{label}, "
    merge_goals(known, told, where, merged)
    for key, value in told.items():
        if key in GOALS:
            continue
        if key in DATES:
            merged.set_date(known, key, value, where)
        elif key == "umfang":
            _extent(known, value, answer_day(answer, today)[:4], where, merged)
        elif key == PUBLICATION:
            set_publication(
                known, value, ONE_BY_ONE, where, merged, _sums_of(known, merged, partnership)
            )
        elif key == "quellen":
            if known.get(key) != value and value:
                merged.decisions.append(f"{where}quellen: die Antwort nennt {short(value)}.")
        else:
            merged.set(known, key, value, where)
    measures[index] = known


def _sums_of(known: Group, merged: Merged, partnership: Partnership) -> list[tuple[int, str]]:
    """The sums of closed years in which a measure counts."""
    measure = Measure.model_validate(known)
    field_of_action = partnership.field_of(measure)
    key = summed.key_of_extent(partnership, measure.type)
    sums = [(year, key) for year in measure.extents if year is not None]
    years = {year for year, _ in merged.closed}
    in_force = (year for year in years if measure.is_in_force(date(year, 12, 31)))
    return [*sums, *((year, summed.key_of_field(field_of_action)) for year in in_force)]


def _extent(known: Group, told: Value, year: str, where: str, merged: Merged) -> None:
    """Years are added to years; a number without year belongs to the year of the answer where the
    file counts by year. A number without year gives way to numbers with one.
    """
    old = known.get("umfang")
    if isinstance(old, dict):
        extents = dict(old)
        for one, value in pairs(told) if isinstance(told, dict) else ((Bare(year), told),):
            merged.set(extents, one, value, f"{where}umfang ")
        known["umfang"] = dict(sorted(extents.items()))
    elif isinstance(told, dict) and isinstance(old, str):
        merged.changes.append(f"{where}umfang: {old} (ohne Jahr) → {short(told)}")
        known["umfang"] = told
    else:
        merged.set(known, "umfang", told, where)


def plan(measure: Group, day: str) -> None:
    """A goal alone says that the measure is planned: since the day of the answer."""
    if "ziel" in measure and not measure.keys() & {*STATUSES}:
        measure["geplant"] = Bare(day)


def keep_for_totals(measure: Group, label: str, answer: Answer, merged: Merged) -> None:
    """A form where the choice was left open gives no consent to show the measure."""
    if answer.is_form and PUBLICATION not in measure:
        measure[PUBLICATION] = "nur_summe"
        merged.decisions.append(
            f"{label}: ohne Wahl bei „Veröffentlichung“, deshalb nur_summe. Bitte nachfragen."
        )


def _label(measure: Group, partnership: Partnership, beside: Sequence[Group] = ()) -> str:
    """The measure's title, with its type where others `beside` it have the same title."""
    kind = partnership.types.get(str(measure.get("typ")))
    name = kind.name if kind else measure.get("typ")
    title = measure.get("titel") or name
    same = sum(each.get("titel") == title for each in beside)
    return f"„{title}“ ({name})" if same > 1 else f"„{title}“"


def _titles(measures: list[Value], kind: Value) -> str:
    same = [measure for measure in groups(measures) if measure.get("typ") == kind]
    return ", ".join(f"„{measure.get('titel', 'ohne Titel')}“" for measure in same)
