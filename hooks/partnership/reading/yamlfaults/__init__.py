"""What libyaml complains about, in the words and at the place that help an editor.

The library reports where it gave up; the slip itself is often lines above. An unclosed quote is
told where it opens, a missing colon on its own line.
"""

from collections.abc import Callable

import yaml

from partnership.model.problems import Place, Problem
from partnership.reading.yamlfaults.fault import Fault, fault_of
from partnership.reading.yamlfaults.quotes import quotes
from partnership.reading.yamlfaults.signs import QUOTES_NEEDED, backslash, brackets, sign, tab
from partnership.reading.yamlfaults.structure import colon, colon_in_value, dash, indentation

_DIAGNOSES: tuple[Callable[[Fault], Problem | None], ...] = (
    tab,
    backslash,
    quotes,
    sign,
    brackets,
    dash,
    colon,
    colon_in_value,
    indentation,
)


def explain(error: yaml.YAMLError, path: str, lines: tuple[str, ...]) -> Problem:
    """Turn an error of the YAML reader into a problem. `lines` are those of the whole file."""
    fault = fault_of(error, path, lines)
    found = (diagnose(fault) for diagnose in _DIAGNOSES)
    return next((problem for problem in found if problem is not None), _unclear(fault))


def _unclear(fault: Fault) -> Problem:
    return fault.problem(
        Place(fault.line, fault.column),
        "aufbau",
        "Hier stimmt der Aufbau der Datei nicht.",
        "Bitte Einrückung, Doppelpunkte und Anführungszeichen in dieser und der vorigen Zeile"
        f" prüfen. {QUOTES_NEEDED}",
    )
