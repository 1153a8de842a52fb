"""Addresses of persons: git keeps what once stood in a file, so roles are named instead."""

import re
from collections.abc import Iterator, Mapping

from partnership.model.problems import Place, Problem
from partnership.reading.source import Document
from partnership.reading.wording import fold

_MAIL = re.compile(r"(?<![\w.+-])(?P<name>[\w.+-]++)@(?P<host>[\w-]++(?:\.[\w-]++)++)")
# A first name or its first letter, a dot, a family name; either may be double.
_NAMES = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?\.[^\W\d_]{2,}(?:-[^\W\d_]+)?")
# How names of offices and subjects begin. What is missing here brings a needless warning.
_ROLES = (
    *("amt", "anfrage", "anmeld", "barriere", "beratung", "betrieb", "bewerb", "buero", "bus"),
    *("csr", "datenschutz", "einkauf", "empfang", "energie", "esg", "facility", "fahr", "flotte"),
    *("fleet", "foerder", "fuhrpark", "geschaeft", "hallo", "haustechnik", "hr", "info", "ihk"),
    *("hwk", "job", "klima", "kommunikation", "kontakt", "kunde", "leitung", "mail", "marketing"),
    *("mensch", "mitglied", "mobil", "nachhalt", "netzwerk", "news", "office", "oeffentlich"),
    *("personal", "plan", "post", "presse", "rad", "redaktion", "rueckmeld", "sekretariat"),
    *("service", "stadt", "standort", "sustain", "support", "team", "technik", "termin", "travel"),
    *("umwelt", "veranstalt", "verein", "verkehr", "vertrieb", "verwaltung", "web", "wirtschaft"),
    *("zentral",),
)


def check(documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A warning for each mail address that looks like a person's."""
    for document in documents.values():
        for number, line in enumerate(document.lines, 1):
            # The lasting mark of an event only looks like an address.
            if "@" not in line or line.startswith("uid:"):
                continue
            for match in _MAIL.finditer(line):
                if _is_of_a_person(match["name"]):
                    yield Problem(
                        document.path,
                        Place(number, match.start() + 1, len(match[0])),
                        "person",
                        f"„{match[0]}“ sieht nach der Adresse einer Person aus.",
                        "Bitte die einer Funktion nennen, zum Beispiel"
                        f" mobilitaet@{match['host']}; was einmal hier stand, bleibt in git.",
                        line,
                        is_warning=True,
                    )


def _is_of_a_person(name: str) -> bool:
    parts = re.split(r"[.-]", name)
    return bool(_NAMES.fullmatch(name)) and not any(fold(p).startswith(_ROLES) for p in parts)
