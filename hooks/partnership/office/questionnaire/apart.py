"""Where files are public: what is given for totals only lies in a file of its own, and moves from
one to the other when the company chooses anew.

Measures are merged as if all of them stood in one file, and taken apart afterwards. Of the key
figures of a year some can be public and some not, so each is looked at by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from partnership.figures import summed
from partnership.model.partnership import Partnership
from partnership.reading.source import Trail, Value

Group = dict[str, Value]

PUBLICATION = "veroeffentlichung"
FOR_TOTALS, ONE_BY_ONE = "nur_summe", "einzeln"
FIGURES, MEASURES = "kennzahlen", "massnahmen"


@dataclass
class Apart:
    """What the confidential file says. `leaving` names what moves out of it, `leaving_public` what
    moves out of the public one, each as the way to it in the file as it was.
    """

    values: Group
    leaving: list[Trail] = field(default_factory=list)
    leaving_public: list[Trail] = field(default_factory=list)

    def settle_figures(self, public: Group) -> None:
        """Drop years in which no figure is left, so that a whole year leaves as one."""
        for values, leaving in ((public, self.leaving_public), (self.values, self.leaving)):
            years = group(values.get(FIGURES))
            for year in [year for year in years if not years[year]]:
                del years[year]
            for year in {str(trail[1]) for trail in leaving if trail[0] == FIGURES}:
                left = group(years.get(year)).keys() - {PUBLICATION}
                if not left:
                    years.pop(year, None)
                    leaving[:] = [trail for trail in leaving if trail[:2] != (FIGURES, year)]
                    leaving.append((FIGURES, year))
            if FIGURES in values and not years:
                del values[FIGURES]
                if leaving:
                    leaving[:] = [trail for trail in leaving if trail[0] != FIGURES]
                    leaving.append((FIGURES,))

    def together(self, public: Mapping[str, Value]) -> list[Value]:
        """The measures of both files, those for totals only last and marked as such."""
        hidden = groups(self.values.get(MEASURES))
        marked = [{**each, PUBLICATION: FOR_TOTALS} for each in hidden]
        return [*groups(public.get(MEASURES)), *marked]

    def take_apart(self, merged: Group, before: Mapping[str, Value]) -> None:
        """Leave the public ones of the merged measures in `merged`, and take the others."""
        count, hidden = len(groups(before.get(MEASURES))), groups(self.values.get(MEASURES))
        stay: dict[bool, list[Value]] = {True: [], False: []}
        come: dict[bool, list[Value]] = {True: [], False: []}
        for place, measure in enumerate(groups(merged.get(MEASURES))):
            is_open = measure.get(PUBLICATION) != FOR_TOTALS
            told = {key: value for key, value in measure.items() if is_open or key != PUBLICATION}
            if place >= count + len(hidden):
                come[is_open].append(told)
            elif (place < count) != is_open:
                come[is_open].append(told)
                leaving = self.leaving if is_open else self.leaving_public
                leaving.append((MEASURES, place - count if is_open else place))
            else:
                # In the confidential file the mark says nothing more; where it stands, it stays.
                if not is_open and PUBLICATION in hidden[place - count]:
                    told[PUBLICATION] = hidden[place - count][PUBLICATION]
                stay[is_open].append(told)
        for values, leaving, is_open in (
            (merged, self.leaving_public, True),
            (self.values, self.leaving, False),
        ):
            if not stay[is_open] and any(trail[0] == MEASURES for trail in leaving):
                leaving[:] = [trail for trail in leaving if trail[0] != MEASURES]
                leaving.append((MEASURES,))
            values.pop(MEASURES, None)
            if found := [*stay[is_open], *come[is_open]]:
                values[MEASURES] = found


def remaining(values: Mapping[str, Value], leaving: list[Trail]) -> Group:
    """The values without those that leave."""
    kept = copied(values)
    for trail in sorted(leaving, key=lambda trail: [str(step).zfill(6) for step in trail])[::-1]:
        *way, last = trail
        inner: Value = kept
        for step in way:
            inner = inner[step]  # type: ignore[index]
        del inner[last]  # type: ignore[arg-type, union-attr]
    return kept


def copied(values: Mapping[str, Value]) -> Group:
    """The same values, free to be changed."""
    return {key: _copy(value) for key, value in values.items()}


def _copy(value: Value) -> Value:
    if isinstance(value, dict):
        return copied(value)
    return [_copy(inner) for inner in value] if isinstance(value, list) else value


def group(value: Value | None) -> Group:
    """The group that `value` is; an empty one where it is none."""
    return value if isinstance(value, dict) else {}


def groups(value: Value | None) -> list[Group]:
    """The groups in the list that `value` is."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def amounts(values: Mapping[str, Value], partnership: Partnership) -> set[tuple[int, str]]:
    """Year and sum of every dated amount in a member's file."""
    figures = group(values.get(FIGURES))
    found = {
        (int(year), summed.key_of_figure(key)) for year in figures for key in group(figures[year])
    }
    for measure in groups(values.get(MEASURES)):
        key = summed.key_of_extent(partnership, str(measure["typ"]))
        found |= {(int(year), key) for year in group(measure.get("umfang"))}
    return found
