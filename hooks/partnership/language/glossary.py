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
| goal | Ziel | until when a plan is to be done; the first one stays and is measured by |
| moved to | verschoben auf | a later goal, beside the first |
| questionnaire | Fragebogen | what a company answers on joining |
| commitment | Selbstbindung | what a company declares by its answer |
| confirmation | Bestätigung | who vouches for an entry |
| key figure | Kennzahl | a figure of a company for a year |
| closing | Abschluss | the end of a year for the figures: sums and an edition are published |
| edition | Ausgabe | the tables of a closed year as they stood, which nothing changes |
| revision | Unterschiede zur Ausgabe | what today's data say of the same year |
| headcount | Mitgliederzahl | a published number of members |
| fill-in | offene Angabe | a fact only the office can know |
"""

from collections.abc import Mapping

from partnership.model.member import Publication, Status

STATUS_LABEL: Mapping[Status, str] = {
    "geplant": "geplant",
    "laufend": "in Umsetzung",
    "umgesetzt": "umgesetzt",
    "eingestellt": "eingestellt",
}

# How a company's answer may be shown: the choice, and what it means.
PUBLICATION_LABEL: Mapping[Publication, str] = {
    "einzeln": "einzeln",
    "nur_summe": "nur in Summen",
}
PUBLICATION_EXPLAINED: Mapping[Publication, str] = {
    "einzeln": "einzeln: erscheint mit dem Namen des Unternehmens",
    "nur_summe": "nur in Summen: zählt mit, erscheint aber nie mit dem Namen des Unternehmens",
}

UNCONFIRMED = "Aus öffentlicher Quelle, noch nicht vom Unternehmen bestätigt"
NOT_STATED = "ohne Angabe"
