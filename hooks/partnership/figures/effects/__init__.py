"""What measures may save, as ranges apart from what is declared: car kilometres and, where factors
allow, greenhouse gases.

In here, `formula` reckons with ranges, `definition` makes a formula of a type's assumptions, and
`estimates` applies it to what members declare; the calculators use the same.

Activity times emission factor is the usual method for shifted and avoided traffic (GHG Protocol,
Corporate Value Chain Standard, categories 6 and 7: distance-based method). All factors of an
estimate are of one family, so of one year and one boundary.
"""

from partnership.figures.effects.definition import Definition, definition
from partnership.figures.effects.estimates import Effect, effects, without_estimate
from partnership.figures.effects.formula import Outcome, outcome, rounded

__all__ = [
    "Definition",
    "Effect",
    "Outcome",
    "definition",
    "effects",
    "outcome",
    "rounded",
    "without_estimate",
]
