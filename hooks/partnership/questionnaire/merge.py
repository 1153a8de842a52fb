"""What a member's file says once an answer is taken in: a pure function of the two.

Only what the answer contains changes. Nothing is removed, a more exact date is not blurred, what
counts in totals only is never opened up, and whatever is not taken over is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from partnership.canonical import Bare, plain
from partnership.dates import parse_partial
from partnership.model.member import Member
from partnership.model.partnership import Partnership
from partnership.questionnaire.answer import Answer
from partnership.questionnaire.matching import match_measures
from partnership.source import Value

Group = dict[str, Value]

# What the office looks after; an answer may mention it, but does not change it.
_OFFICE_KEYS = ("austritt", "logo", "quellen", "notiz_intern", "frueher")
_DATES = ("beitritt", "geplant", "ziel", "laufend", "umgesetzt", "eingestellt")
_PUBLICATION = "veroeffentlichung"


@dataclass
class Merged:
    """The new values, and in German what changed, what is worth knowing, what has to be decided."""

    values: Group
    changes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)

    def set(self, group: Group, key: str, value: Value, where: str = "") -> None:
        """Give `key` a value and tell the change."""
        old = group.get(key)
        if old == value:
            return
        label = f"{where}{key}"
        told = f"{label}: {old} → {value}" if isinstance(old, str) else f"{label}: {_short(value)}"
        self.changes.append(told)
        group[key] = value

    def set_date(self, group: Group, key: str, value: Value, where: str = "") -> None:
        """Give `key` a date, unless the file has one that says the same more exactly."""
        old = group.get(key)
        if isinstance(old, str) and isinstance(value, str) and old != value:
            known, told = parse_partial(old), parse_partial(value)
            if told.first <= known.first and known.last <= told.last:
                self.notes.append(f"{where}{key}: „{old}“ ist genauer als „{value}“ und bleibt.")
                return
        self.set(group, key, value, where)


def new_member(answer: Answer, today: date) -> Merged:
    """The values of a company that is not in the directory yet."""
    merged = Merged(dict(answer.values))
    values = merged.values
    values.setdefault("bestaetigung", "unternehmen")
    if values["bestaetigung"] == "unternehmen" and "auskunft" not in values:
        values["auskunft"] = [_answer_line(today)]
        merged.notes.append(f"Die Antwort nennt keinen Tag; eingetragen ist {today.isoformat()}.")
    if "beitritt" not in values:
        merged.decisions.append("Der Beitritt fehlt noch: bitte „beitritt“ ergänzen.")
    for measure in _groups(values.get("massnahmen")):
        _without_consent(measure, str(measure.get("titel") or measure["typ"]), answer, merged)
    merged.values = _in_order(values)
    return merged


def merge(
    before: Mapping[str, Value],
    answer: Answer,
    partnership: Partnership,
    today: date,
    *,
    keep_name: bool = False,
    as_new: bool = False,
) -> Merged:
    """What the file says `before`, with the answer taken in.

    `keep_name`: the answer uses a former name. `as_new`: measures that cannot be matched are new.
    """
    merged = Merged({key: _copy(value) for key, value in before.items()})
    for key, value in answer.values.items():
        if key == "name" and keep_name:
            merged.notes.append(f"„{value}“ ist ein früherer Name; der heutige bleibt.")
        elif key in _OFFICE_KEYS:
            _office(key, value, merged)
        elif key == "anschrift":
            address = _group(merged.values, key)
            for part, text in _pairs(value):
                merged.set(address, part, text, "anschrift, ")
        elif key == "kennzahlen":
            _figures(value, merged)
        elif key == "massnahmen":
            _measures(value, answer, partnership, merged, today, as_new)
        elif key in _DATES:
            merged.set_date(merged.values, key, value)
        elif key not in {"auskunft", "bestaetigung"}:
            merged.set(merged.values, key, value)
    _confirmation(answer, merged, today)
    merged.values = _in_order(merged.values)
    return merged


def _office(key: str, value: Value, merged: Merged) -> None:
    if merged.values.get(key) != value and value:
        merged.decisions.append(
            f"„{key}“ pflegt die Geschäftsstelle; die Antwort nennt: {_short(value)}."
        )


def _figures(value: Value, merged: Merged) -> None:
    years = _group(merged.values, "kennzahlen")
    for year, told in _pairs(value):
        where = f"kennzahlen {year}, "
        is_known = year in years
        figures = _group(years, Bare(year))
        for key, figure in _pairs(told):
            if key != _PUBLICATION:
                merged.set(figures, key, figure, where)
            elif is_known:
                _publication(figures, figure, "nur_summe", where, merged)
            else:
                figures[key] = figure
        if not figures:
            del years[year]
    if not years:
        del merged.values["kennzahlen"]


def _measures(
    value: Value,
    answer: Answer,
    partnership: Partnership,
    merged: Merged,
    today: date,
    as_new: bool,
) -> None:
    known = merged.values.setdefault("massnahmen", [])
    old = list(known) if isinstance(known, list) else []
    told = list(_groups(value))
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
            _without_consent(added, label, answer, merged)
            old.append(added)
            merged.changes.append(f"{label}: neu")
        else:
            _measure(dict(_pairs(old[target])), measure, old, target, merged, answer, today, label)
    matched = {target for target in match.pairs.values() if target is not None}
    unmentioned = [
        _label(measure, partnership)
        for index, measure in enumerate(_groups(merged.values["massnahmen"]))
        if index not in matched and "eingestellt" not in measure and not match.unclear
    ]
    merged.notes += [f"{label} steht nicht in der Antwort und bleibt." for label in unmentioned]
    merged.values["massnahmen"] = [*old]
    if not old:
        del merged.values["massnahmen"]


def _measure(
    known: Group,
    told: Group,
    measures: list[Value],
    index: int,
    merged: Merged,
    answer: Answer,
    today: date,
    label: str,
) -> None:
    where = f"{label}, "
    for key, value in told.items():
        if key in _DATES:
            merged.set_date(known, key, value, where)
        elif key == "umfang":
            _extent(known, value, _year(answer, today), where, merged)
        elif key == _PUBLICATION:
            _publication(known, value, "einzeln", where, merged)
        elif key == "quellen":
            if known.get(key) != value and value:
                merged.decisions.append(f"{where}quellen: die Antwort nennt {_short(value)}.")
        else:
            merged.set(known, key, value, where)
    measures[index] = known


def _extent(known: Group, told: Value, year: str, where: str, merged: Merged) -> None:
    """Years are added to years; a number without year belongs to the year of the answer where the
    file counts by year. A number without year gives way to numbers with one.
    """
    old = known.get("umfang")
    if isinstance(old, dict):
        extents = dict(old)
        for one, value in _pairs(told) if isinstance(told, dict) else ((Bare(year), told),):
            merged.set(extents, one, value, f"{where}umfang ")
        known["umfang"] = dict(sorted(extents.items()))
    elif isinstance(told, dict) and isinstance(old, str):
        merged.changes.append(f"{where}umfang: {old} (ohne Jahr) → {_short(told)}")
        known["umfang"] = told
    else:
        merged.set(known, "umfang", told, where)


def _publication(group: Group, told: Value, default: str, where: str, merged: Merged) -> None:
    old = group.get(_PUBLICATION, default)
    if old == "nur_summe" and told == "einzeln":
        merged.decisions.append(
            f"{where}veroeffentlichung: bleibt nur_summe, obwohl die Antwort „einzeln“ nennt."
            " Hat das Unternehmen der Veröffentlichung zugestimmt, bitte von Hand ändern."
        )
    elif old != told:
        merged.set(group, _PUBLICATION, told, where)


def _without_consent(measure: Group, label: str, answer: Answer, merged: Merged) -> None:
    """A form where the choice was left open gives no consent to show the measure."""
    if answer.is_form and _PUBLICATION not in measure:
        measure[_PUBLICATION] = "nur_summe"
        merged.decisions.append(
            f"{label}: ohne Wahl bei „Veröffentlichung“, deshalb nur_summe. Bitte nachfragen."
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
    lines = [*_groups(answer.values.get("auskunft"))]
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


def _year(answer: Answer, today: date) -> str:
    """The year a number without year belongs to: that of the answer."""
    days = [str(line["stand"]) for line in _groups(answer.values.get("auskunft"))]
    return max(days, default=today.isoformat())[:4]


def _label(measure: Group, partnership: Partnership) -> str:
    kind = partnership.types.get(str(measure.get("typ")))
    return f"„{measure.get('titel') or (kind.name if kind else measure.get('typ'))}“"


def _titles(measures: list[Value], kind: Value) -> str:
    same = [measure for measure in _groups(measures) if measure.get("typ") == kind]
    return ", ".join(f"„{measure.get('titel', 'ohne Titel')}“" for measure in same)


def _groups(value: Value | None) -> list[Group]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _group(parent: Group, key: str) -> Group:
    """The group at `key`, made if there is none."""
    found = parent.setdefault(key, {})
    if not isinstance(found, dict):  # pragma: no cover - the model knows only groups there
        raise TypeError(key)
    return found


def _pairs(value: Value) -> list[tuple[str, Value]]:
    return list(value.items()) if isinstance(value, dict) else []


def _copy(value: Value) -> Value:
    if isinstance(value, dict):
        return {key: _copy(inner) for key, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, list) else value


def _short(value: Value) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_short(inner)}" for key, inner in value.items())
    return "; ".join(map(_short, value)) if isinstance(value, list) else value


def _in_order(values: Group) -> Group:
    """The same values in the model's order."""
    return plain(Member.model_validate(values))
