"""Key figures of an answer into a member's values, a year at a time."""

from partnership.figures.summed import key_of_figure
from partnership.office.questionnaire.apart import (
    FIGURES,
    FOR_TOTALS,
    ONE_BY_ONE,
    PUBLICATION,
    Apart,
    Group,
)
from partnership.office.questionnaire.merged import (
    CLOSED,
    STAYS,
    Merged,
    group_in,
    pairs,
    set_publication,
)
from partnership.reading.canonical import Bare
from partnership.reading.source import Value


def merge_figures(value: Value, merged: Merged) -> None:
    """Each year of the answer, where one file holds everything."""
    years = group_in(merged.values, "kennzahlen")
    for year, told in pairs(value):
        where = f"kennzahlen {year}, "
        is_known = year in years
        figures = group_in(years, Bare(year))
        for key, figure in pairs(told):
            if key != PUBLICATION:
                merged.set(figures, key, figure, where)
            elif is_known:
                sums = [(int(year), key_of_figure(each)) for each in figures]
                set_publication(figures, figure, FOR_TOTALS, where, merged, sums)
            else:
                figures[key] = figure
        if not figures:
            del years[year]
    if not years:
        del merged.values["kennzahlen"]


def merge_figures_apart(value: Value, merged: Merged, apart: Apart) -> None:
    """Each figure of a year goes into the public file or into the confidential one."""
    public, hidden = (group_in(each, FIGURES) for each in (merged.values, apart.values))
    for year, told in pairs(value):
        where = f"{FIGURES} {year}, "
        shown, kept = (group_in(each, Bare(year)) for each in (public, hidden))
        figures = dict(pairs(told))
        choice = figures.pop(PUBLICATION, None)
        if choice == FOR_TOTALS and shown:
            kept |= {key: figure for key, figure in shown.items() if key != PUBLICATION}
            shown.clear()
            apart.leaving_public.append((FIGURES, year))
            merged.changes.append(f"{where}jetzt nur in Summen statt einzeln")
        had_kept, stay = bool(kept), False
        for key, figure in figures.items():
            is_closed = (int(year), key_of_figure(key)) in merged.closed
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
                    merged.notes.append(f"{where}{key}: {CLOSED}")
        if shown:
            shown.setdefault(PUBLICATION, Bare(ONE_BY_ONE))
        if stay:
            merged.decisions.append(f"{where}{STAYS}")
    apart.settle_figures(merged.values)


def _opens(choice: Value | None, shown: Group, had_kept: bool, merged: Merged) -> bool:
    """Whether a figure that no file has yet may be public: it goes where its year is."""
    if choice == ONE_BY_ONE:
        return merged.may_open or not had_kept
    return choice is None and bool(shown) and not had_kept
