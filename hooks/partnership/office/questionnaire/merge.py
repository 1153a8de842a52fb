"""What a member's file says once an answer is taken in: a pure function of the two.

Only what the answer contains changes. Nothing is removed, a more exact date is not blurred, what
counts in totals only is opened up only where the office says so, and whatever is not taken over is
told.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from partnership.canonical import Bare, plain
from partnership.dates import parse_partial
from partnership.model.member import IN_FORCE, Measure, Member
from partnership.model.partnership import Partnership
from partnership.model.yearsums import ConfidentialEntry
from partnership.questionnaire.answer import Answer
from partnership.questionnaire.apart import FIGURES, FOR_TOTALS, ONE_BY_ONE, Apart, Group, copied
from partnership.questionnaire.apart import PUBLICATION as _PUBLICATION
from partnership.questionnaire.apart import groups as _groups
from partnership.questionnaire.matching import match_measures
from partnership.source import Value

# A year and the key of a sum (`kennzahl-…`, `umfang-…`).
Closed = Collection[tuple[int, str]]

# What the office looks after; an answer may mention it, but does not change it.
_OFFICE_KEYS = ("austritt", "logo", "quellen", "notiz_intern", "frueher")
_DATES = ("beitritt", "geplant", "ziel", "laufend", "umgesetzt", "eingestellt")
_STAYS = (
    "veroeffentlichung: bleibt nur_summe, obwohl die Antwort „einzeln“ nennt. Hat das Unternehmen"
    " der Veröffentlichung zugestimmt, bitte den Import mit --veroeffentlichen wiederholen."
)
_CLOSED = (
    "steht schon in einer veröffentlichten Summe und bleibt nur_summe, obwohl die Antwort „einzeln“"
    " nennt; sonst ließen sich die Angaben der anderen berechnen."
)


@dataclass
class Merged:
    """The new values, and in German what changed, what is worth knowing, what has to be decided.

    `apart` is what the confidential file says, None where the member's file holds everything;
    `may_open`: what was given for totals only may be published now, but what is `closed`.
    """

    values: Group
    apart: Apart | None = None
    may_open: bool = False
    closed: Closed = ()
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


def new_member(answer: Answer, today: date, *, in_two: bool = False) -> Merged:
    """The values of a company that is not in the directory yet; `in_two` files where public."""
    merged = Merged(copied(answer.values), Apart({}) if in_two else None)
    values = merged.values
    values.setdefault("bestaetigung", "unternehmen")
    if values["bestaetigung"] == "unternehmen" and "auskunft" not in values:
        values["auskunft"] = [_answer_line(today)]
        merged.notes.append(f"Die Antwort nennt keinen Tag; eingetragen ist {today.isoformat()}.")
    if "beitritt" not in values:
        merged.decisions.append("Der Beitritt fehlt noch: bitte „beitritt“ ergänzen.")
    for measure in _groups(values.get("massnahmen")):
        _without_consent(measure, str(measure.get("titel") or measure["typ"]), answer, merged)
    if merged.apart is not None:
        _figures_apart(values.pop(FIGURES, {}), merged, merged.apart)
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
        elif key in _OFFICE_KEYS:
            _office(key, value, merged)
        elif key == "anschrift":
            address = _group(merged.values, key)
            for part, text in _pairs(value):
                merged.set(address, part, text, "anschrift, ")
        elif key == "kennzahlen" and own is not None:
            _figures_apart(value, merged, own)
        elif key == "kennzahlen":
            _figures(value, merged)
        elif key == "massnahmen":
            if own is not None:
                merged.values[key] = own.together(before)
            _measures(value, answer, partnership, merged, today, as_new)
            if own is not None:
                own.take_apart(merged.values, before)
        elif key in _DATES:
            merged.set_date(merged.values, key, value)
        elif key not in {"auskunft", "bestaetigung"}:
            merged.set(merged.values, key, value)
    _confirmation(answer, merged, today)
    _put_in_order(merged)
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
                sums = [(int(year), f"kennzahl-{each}") for each in figures]
                _publication(figures, figure, FOR_TOTALS, where, merged, sums)
            else:
                figures[key] = figure
        if not figures:
            del years[year]
    if not years:
        del merged.values["kennzahlen"]


def _figures_apart(value: Value, merged: Merged, apart: Apart) -> None:
    """Each figure of a year goes into the public file or into the confidential one."""
    public, hidden = (_group(each, FIGURES) for each in (merged.values, apart.values))
    for year, told in _pairs(value):
        where = f"{FIGURES} {year}, "
        shown, kept = (_group(each, Bare(year)) for each in (public, hidden))
        figures = dict(_pairs(told))
        choice = figures.pop(_PUBLICATION, None)
        if choice == FOR_TOTALS and shown:
            kept |= {key: figure for key, figure in shown.items() if key != _PUBLICATION}
            shown.clear()
            apart.leaving_public.append((FIGURES, year))
            merged.changes.append(f"{where}jetzt nur in Summen statt einzeln")
        had_kept, stay = bool(kept), False
        for key, figure in figures.items():
            is_closed = (int(year), f"kennzahl-{key}") in merged.closed
            if choice == ONE_BY_ONE and key in kept and merged.may_open and not is_closed:
                del kept[key]
                apart.leaving.append((FIGURES, year, key))
                shown[key] = figure
                merged.changes.append(f"{where}{key}: {figure}, jetzt einzeln statt nur in Summen")
            elif key in shown or (key not in kept and _opens(choice, shown, had_kept, merged)):
                merged.set(shown, key, figure, where)
            else:
                merged.set(kept, key, figure, where)
                stay = stay or (choice == ONE_BY_ONE and not is_closed)
                if choice == ONE_BY_ONE and is_closed:
                    merged.notes.append(f"{where}{key}: {_CLOSED}")
        if shown:
            shown.setdefault(_PUBLICATION, Bare(ONE_BY_ONE))
        if stay:
            merged.decisions.append(f"{where}{_STAYS}")
    apart.settle_figures(merged.values)


def _opens(choice: Value | None, shown: Group, had_kept: bool, merged: Merged) -> bool:
    """Whether a figure that no file has yet may be public: it goes where its year is."""
    if choice == ONE_BY_ONE:
        return merged.may_open or not had_kept
    return choice is None and bool(shown) and not had_kept


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
            _measure(
                dict(_pairs(old[target])),
                measure,
                old,
                target,
                merged,
                answer,
                today,
                label,
                partnership,
            )
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
    partnership: Partnership,
) -> None:
    where = f"{label}, "
    for key, value in told.items():
        if key in _DATES:
            merged.set_date(known, key, value, where)
        elif key == "umfang":
            _extent(known, value, _year(answer, today), where, merged)
        elif key == _PUBLICATION:
            _publication(
                known, value, ONE_BY_ONE, where, merged, _sums_of(known, merged, partnership)
            )
        elif key == "quellen":
            if known.get(key) != value and value:
                merged.decisions.append(f"{where}quellen: die Antwort nennt {_short(value)}.")
        else:
            merged.set(known, key, value, where)
    measures[index] = known


def _sums_of(known: Group, merged: Merged, partnership: Partnership) -> list[tuple[int, str]]:
    """The sums of closed years in which a measure counts."""
    measure = Measure.model_validate(known)
    field_of_action = partnership.field_of(measure)
    sums = [(year, f"umfang-{measure.type}") for year in measure.extents if year is not None]
    years = {year for year, _ in merged.closed}
    in_force = (year for year in years if measure.status(date(year, 12, 31)) in IN_FORCE)
    return [*sums, *((year, f"massnahmen-{field_of_action}") for year in in_force)]


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


def _publication(
    group: Group, told: Value, default: str, where: str, merged: Merged, sums: Closed
) -> None:
    """Take over how something is published; `sums` are those it may stand in."""
    old = group.get(_PUBLICATION, default)
    if old != FOR_TOTALS or told != ONE_BY_ONE:
        if old != told:
            merged.set(group, _PUBLICATION, told, where)
    elif any(each in merged.closed for each in sums):
        merged.notes.append(f"{where}{_CLOSED}")
    elif merged.may_open:
        merged.set(group, _PUBLICATION, told, where)
    else:
        merged.decisions.append(f"{where}{_STAYS}")


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


def _group(parent: Group, key: str) -> Group:
    """The group at `key`, made if there is none."""
    found = parent.setdefault(key, {})
    if not isinstance(found, dict):  # pragma: no cover - the model knows only groups there
        raise TypeError(key)
    return found


def _pairs(value: Value) -> list[tuple[str, Value]]:
    return list(value.items()) if isinstance(value, dict) else []


def _short(value: Value) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_short(inner)}" for key, inner in value.items())
    return "; ".join(map(_short, value)) if isinstance(value, list) else value


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
