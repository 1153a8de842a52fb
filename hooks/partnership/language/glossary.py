"""The domain's words: what the code calls a thing, what visitors and the office call it.

| code | German | meaning |
|---|---|---|
| partnership | Partnerschaft | the city-and-business mobility partnership |
| partner | Initialpartner | one of its founders |
| office | Geschäftsstelle | who runs it |
| member | Mitglied, Mitgliedsunternehmen | a company that has joined |
| sector | Branche | a group of WZ 2008 sections |
| district | Stadtbezirk | a part of the city |
| field | Handlungsfeld (Zielbaustein) | one of the agreement's goals |
| measure | Maßnahme | what a company does or plans |
| measure type | Maßnahmentyp | the standard term a measure belongs to |
| extent | Umfang | how much, in the unit of the type |
| status | Status | planned, running, done or ended, on a day |
| goal | Ziel | until when a plan is to be done |
| questionnaire | Fragebogen | what a company answers on joining |
| commitment | Selbstbindung | what a company declares by its answer |
| confirmation | Bestätigung | who vouches for an entry |
| key figure | Kennzahl | a figure of a company for a year |
| headcount | Mitgliederzahl | a published number of members |
| fill-in | offene Angabe | a fact only the office can know |
"""

from collections.abc import Mapping

from partnership.model.member import Status

STATUS_LABEL: Mapping[Status, str] = {
    "geplant": "geplant",
    "laufend": "in Umsetzung",
    "umgesetzt": "umgesetzt",
    "eingestellt": "eingestellt",
}

UNCONFIRMED = "Aus öffentlicher Quelle, noch nicht vom Unternehmen bestätigt"
NOT_STATED = "ohne Angabe"

# Size classes: EU recommendation 2003/361/EC (micro, small, medium); large ones halved at 1000.
SIZES: tuple[tuple[str, int, int | None, str], ...] = (
    ("bis-9", 0, 9, "bis 9 Beschäftigte"),
    ("10-49", 10, 49, "10 bis 49 Beschäftigte"),
    ("50-249", 50, 249, "50 bis 249 Beschäftigte"),
    ("250-999", 250, 999, "250 bis 999 Beschäftigte"),
    ("ab-1000", 1000, None, "1.000 und mehr Beschäftigte"),
)


def size_class(employees: int | None) -> tuple[str, str] | None:
    """Key and label of the size class, None where the number is not known."""
    if employees is None:
        return None
    for key, least, most, label in SIZES:
        if employees >= least and (most is None or employees <= most):
            return key, label
    return None
