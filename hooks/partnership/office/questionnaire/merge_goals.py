"""The goal of an answer into a measure of the file. The first one stays, whatever is answered: the
statistics measure by it. A later one is added, and what is neither is told.
"""

from partnership.model.dates import PartialDate, parse_partial
from partnership.office.questionnaire.apart import Group
from partnership.office.questionnaire.merged import Merged
from partnership.reading.source import Value

_FIRST, _LATER = "ziel", "verschoben_auf"
GOALS = (_FIRST, _LATER)


def merge_goals(known: Group, told: Group, where: str, merged: Merged) -> None:
    """The goals of `told` into `known`, both with spelling and keys of a member's file."""
    if _FIRST not in known:
        for key in GOALS:
            if key in told:
                merged.set(known, key, told[key], where)
        return
    kept, said = _goals(known), _goals(told)
    if not said or said[-1] == kept[-1]:
        return
    old, new = (parse_partial(str(goals[-1])) for goals in (kept, said))
    if _is_same(old, new):
        merged.notes.append(f"{where}ziel: „{kept[-1]}“ bleibt; die Antwort nennt „{said[-1]}“.")
    elif new.last > old.last:
        known[_LATER] = [*kept[1:], said[-1]]
        merged.changes.append(f"{where}ziel: verschoben von {kept[-1]} auf {said[-1]}")
    else:
        merged.decisions.append(
            f"{where}ziel: die Antwort nennt „{said[-1]}“, eingetragen ist schon „{kept[-1]}“. Ein"
            " Ziel wird nie vorverlegt: Wer früher fertig wird, ist rechtzeitig. War es von Anfang"
            " an falsch, bitte von Hand berichtigen."
        )


def _goals(measure: Group) -> list[Value]:
    later = measure.get(_LATER)
    first = [measure[_FIRST]] if _FIRST in measure else []
    return [*first, *(later if isinstance(later, list) else [])]


def _is_same(old: PartialDate, new: PartialDate) -> bool:
    """Whether one only says more exactly, or less, what the other says."""
    (low, high), (other_low, other_high) = (old.first, old.last), (new.first, new.last)
    return (low <= other_low and other_high <= high) or (other_low <= low and high <= other_high)
