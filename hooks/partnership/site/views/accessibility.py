"""The statement on accessibility, worked out from the assessment of each criterion.

The three degrees (full, partial, none) are those of the model statement in implementing decision
(EU) 2018/1523. A site is never called fully conformant while a criterion has not been assessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from partnership.language import german
from partnership.model.legal import Criterion
from partnership.model.partnership import Partnership

STATE_LABEL: Mapping[str, str] = {
    "erfuellt": "erfüllt",
    "teilweise": "teilweise erfüllt",
    "nicht_erfuellt": "nicht erfüllt",
    "nicht_anwendbar": "nicht anwendbar",
    "nicht_geprueft": "noch nicht geprüft",
}


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A criterion as shown."""

    number: str
    name: str
    level: str
    state: str
    remark: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the assessment comes to; `conformity` is empty before any criterion is assessed."""

    conformity: str
    counts: str
    last: str
    unmet: tuple[CriterionView, ...]
    open: tuple[CriterionView, ...]
    all: tuple[CriterionView, ...]


def assessment(partnership: Partnership) -> Assessment | None:
    """The city's own assessment of all criteria; None where it has none."""
    criteria = partnership.criteria
    if not criteria:
        return None
    unmet = _having(criteria, "teilweise", "nicht_erfuellt")
    not_assessed = _having(criteria, "nicht_geprueft")
    met = len(_having(criteria, "erfuellt"))
    out_of_scope = len(_having(criteria, "nicht_anwendbar"))
    days = [criterion.assessed for criterion in criteria.values() if criterion.assessed]
    return Assessment(
        conformity=_conformity(met, len(unmet), len(not_assessed))
        if len(not_assessed) < len(criteria)
        else "",
        counts=f"Von {len(criteria)} Kriterien sind {met} erfüllt, {len(unmet)} nicht oder nur"
        f" teilweise erfüllt, {out_of_scope} nicht anwendbar und {len(not_assessed)} noch nicht"
        " geprüft.",
        last=german.day(max(days)) if days else "",
        unmet=unmet,
        open=not_assessed,
        all=_having(criteria, *STATE_LABEL),
    )


def _having(criteria: Mapping[str, Criterion], *states: str) -> tuple[CriterionView, ...]:
    return tuple(
        CriterionView(
            number,
            criterion.name,
            criterion.level,
            STATE_LABEL[criterion.state],
            criterion.remark or "",
        )
        for number, criterion in criteria.items()
        if criterion.state in states
    )


def _conformity(met: int, unmet: int, not_assessed: int) -> str:
    if not met:
        return "Diese Website ist mit den Anforderungen nicht vereinbar."
    if unmet:
        return (
            "Diese Website ist mit den Anforderungen teilweise vereinbar. Was nicht erfüllt ist,"
            " steht unten."
        )
    if not_assessed:
        return (
            "Diese Website ist mit den Anforderungen teilweise vereinbar: Verstöße sind nicht"
            " bekannt, aber noch nicht alle Kriterien sind geprüft."
        )
    return "Diese Website ist mit den Anforderungen vollständig vereinbar."
