"""How dates that are known to the day, month or year count, in the words of the definitions.

They tell in German what `Member.is_member`, `Measure.status` and `counting.members_dated` do.
"""

from collections.abc import Collection

_MEMBER = (
    "Ein Unternehmen ist Mitglied vom ersten Tag, den die Angabe zum Beitritt bedeuten kann, bis"
    " zum letzten, den die zum Austritt bedeuten kann; an diesem letzten Tag zählt es noch mit."
)
_ALWAYS = "Ist der Beitritt nicht oder nur als „spätestens“ bekannt, zählt es von Anfang an."
_AT_LATEST = "Ein Beitritt „spätestens 2020“ zählt in dieser Tabelle ab dem 1. Januar 2020."
_STEP = (
    "Ein Schritt einer Maßnahme, der auf den Monat oder das Jahr bekannt ist, zählt ab dessen"
    " letztem Tag; ist er der erste, gilt die Maßnahme in dem Zeitraum davor als geplant."
)


def rule(counted: str, fields: Collection[str], *, joined: bool = False) -> str:
    """What is `counted`, and how the dates among the `fields` of the open data count for it;
    `joined`: only companies with a known day of joining are counted.
    """
    told = [counted]
    if "mitglieder.austritt" in fields:
        told += [_MEMBER, _AT_LATEST if joined else _ALWAYS]
    if "massnahmen.umgesetzt" in fields:
        told.append(_STEP)
    return " ".join(told)
