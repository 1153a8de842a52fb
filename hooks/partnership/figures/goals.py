"""What companies had planned for a year, and what became of it."""

from collections.abc import Sequence
from datetime import date

from partnership.figures.counting import STEPS
from partnership.figures.tables import TOTAL, Cell, Column, Counted, Row, Table, count, measure_of
from partnership.model.member import Measure
from partnership.model.partnership import Partnership

_PLANNED = Column(TOTAL, "vorgesehen")
_OUTCOMES = (
    Column("rechtzeitig", "rechtzeitig umgesetzt"),
    Column("spaeter", "später umgesetzt"),
    Column("verschoben", "verschoben und noch offen"),
    Column("laufend", "in Umsetzung"),
    Column("geplant", "noch geplant"),
    Column("eingestellt", "ohne Umsetzung eingestellt"),
)
FROM_SOURCES = Column("oeffentliche-quelle", "aus öffentlicher Quelle, keine Selbstbindung")


def fulfilment(partnership: Partnership, day: date) -> Table:
    """What companies had planned for a year, and what became of it.

    The year is that of the first goal: moving it changes what became of the plan, not for which
    year it was one. Only what companies declared themselves is a commitment; what sources tell
    stands apart, and in no sum. Former members stay, and so do goals that passed without news: what
    was missed is not undone by leaving or by silence.
    """
    due_in: dict[int, list[Counted]] = {}
    for member in partnership.members:
        for measure in member.public_measures:
            if measure.goal is not None and measure.status(day) is not None:
                due_in.setdefault(measure.goal.year, []).append(Counted(member, measure))
    return Table(
        "selbstbindung-nach-jahr",
        "Was aus den Planungen wurde",
        "Ziel im Jahr",
        "Gezählt werden Maßnahmen mit einem Ziel in dem Jahr, die das Unternehmen selbst angegeben"
        " hat, auch von inzwischen ausgetretenen Unternehmen und auch, wenn seither nichts mehr"
        " bekannt wurde. Es gilt immer das zuerst genannte Ziel: Wer es verschiebt, bleibt in"
        " seinem Jahr. Rechtzeitig heißt: umgesetzt bis zum Ende des Zeitraums, den dieses Ziel"
        " nennt; später heißt: danach, auch wenn das Ziel verschoben war. Verschoben heißt: Es"
        " gilt inzwischen ein späteres Ziel, und umgesetzt ist noch nichts. Eine Maßnahme, die"
        " nach der Umsetzung eingestellt wurde, gilt als umgesetzt.",
        ("massnahmen.ziel", "massnahmen.verschoben_auf", *STEPS, "massnahmen.bestaetigung"),
        day,
        (_PLANNED, *_OUTCOMES, FROM_SOURCES),
        tuple(
            Row(str(year), str(year), day, _cells(due, day)) for year, due in sorted(due_in.items())
        ),
        topic="commitment",
        lead="Jede Zeile zeigt, was sich Unternehmen für ein Jahr vorgenommen haben und wie es"
        " heute darum steht. Nur was Unternehmen selbst angeben, ist Selbstbindung; die letzte"
        " Spalte steht für sich.",
    )


def _cells(due: Sequence[Counted], day: date) -> tuple[Cell, ...]:
    bound = [entry for entry in due if entry.member.is_confirmed]
    return (
        count(_PLANNED, bound),
        *(
            count(column, (e for e in bound if outcome(measure_of(e), day) == column.key))
            for column in _OUTCOMES
        ),
        count(FROM_SOURCES, (entry for entry in due if not entry.member.is_confirmed)),
    )


def outcome(measure: Measure, day: date) -> str:
    """What has become by `day` of a measure with a goal; dates known roughly count late. When a
    goal was moved is not known, so it counts as moved on every day.
    """
    if measure.done is not None and measure.done.last <= day:
        in_time = measure.goal is not None and measure.done.last <= measure.goal.last
        return "rechtzeitig" if in_time else "spaeter"
    if measure.moved_to and not measure.has_ended(day):
        return "verschoben"
    return measure.stage(day)
