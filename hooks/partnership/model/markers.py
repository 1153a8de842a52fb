"""The markers an editor may write into prose: `[[stadt]]`, `[[block: partner]]`, `[[offen: …]]`."""

import re

MARK = re.compile(r"\[\[\s*(?P<name>[^\[\]:]+?)\s*(?::\s*(?P<argument>[^\[\]]*?)\s*)?\]\]")

WORDS = frozenset(
    {
        "stadt",
        "stadtverwaltung",
        "name",
        "langname",
        "gegruendet",
        "laufzeit",
        "kuendigung-bis",
        "stand",
        "geschaeftsstelle",
        "telefon",
        "email",
    }
)
NUMBERS = frozenset({"mitglieder", "massnahmen", "handlungsfelder", "massnahmentypen"})
BLOCKS = frozenset(
    {
        "aenderungen",
        "aktuelles",
        "barrierefreiheit",
        "beitritt-schritte",
        "beratung",
        "branchen",
        "daten",
        "datenschutz-angaben",
        "formular",
        "fragebogen",
        "handlungsfelder",
        "impressum",
        "inhaltsverzeichnis",
        "kontakt",
        "massnahmenfelder",
        "meilensteine",
        "mitgliederverzeichnis",
        "netzwerke",
        "partner",
        "schwesterpartnerschaften",
        "statistik",
        "statistik-massnahmen",
        "statistik-summen",
        "statistik-vergleich",
        "suche",
        "veranstaltungen",
        "vereinbarung-laufzeit",
        "vereinbarung-ziffern",
        "wirkung",
        "ziele-der-stadt",
    }
)
