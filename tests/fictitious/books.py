"""What the generator of fictitious cities reads, and what is true of one company throughout."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import yaml

ENGINE = Path(__file__).resolve().parent.parent.parent
TEXTS = Path(__file__).resolve().parent / "texts"
TODAY = date(2026, 11, 23)  # the day the fictitious city is seen on: nothing happened later
FOUNDED = date(2017, 5, 18)
LAST_REPORT = date(2026, 9, 10)  # what public sources tell of companies ends here


@dataclass(frozen=True)
class Books:
    """The city's catalogues (types, sectors, districts, key figures) and the texts beside us."""

    types: Mapping[str, Any]
    sectors: Mapping[str, Any]
    districts: Mapping[str, Any]
    figures: Mapping[str, Any]
    words: Mapping[str, Any]
    trades: Mapping[str, Any]
    measures: Mapping[str, Any]
    slugs: set[str] = field(default_factory=set)
    used: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, city: Path) -> "Books":
        """The catalogues of `city`, those it does not have from the engine's root."""

        def read(name: str) -> Any:
            own = city / "data" / name
            return _yaml(own if own.is_file() else ENGINE / "data" / name)

        return cls(
            types={
                key: kind
                for key, kind in read("massnahmentypen.yml").items()
                if "ersetzt_durch" not in kind
            },
            sectors=read("branchen.yml"),
            districts=read("stadtbezirke.yml"),
            figures=read("fragebogen.yml").get("kennzahlen", {}),
            words=_yaml(TEXTS / "unternehmen.yml"),
            trades=_yaml(TEXTS / "branchen.yml"),
            measures=_yaml(TEXTS / "massnahmen.yml"),
        )

    def about(self, kind: str) -> Mapping[str, Any]:
        """The texts and weights of a measure type."""
        found: Mapping[str, Any] = self.measures["typen"].get(kind, self.measures["sonst"])
        return found


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


@dataclass
class Company:
    """What all entries of one company have to agree on. `employees` are today's."""

    rng: Random
    sector: str
    employees: int
    growth: float
    district: str
    joined: date
    left: date | None
    public: bool
    cars: int
    vans: int
    racks: int
    extents: dict[str, dict[int, int]] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    @property
    def last_day(self) -> date:
        """The last day on which anything is known."""
        return self.left or (LAST_REPORT if self.public else TODAY)

    def staff(self, year: int) -> int:
        """Employees at the end of a year, never more than today."""
        grown = self.employees * (1 - self.growth * max(TODAY.year - year, 0))
        return max(min(round(grown), self.employees), 1)

    def say(self, books: Books, texts: Sequence[Any]) -> str:
        """One of the texts that suit the company, if possible one it has not used yet."""
        suitable = [
            text if isinstance(text, str) else text["text"]
            for text in texts
            if isinstance(text, str) or self._suits(books, text)
        ]
        fresh = [text for text in suitable if text not in self.said] or suitable
        text = self.rng.choice(fresh)
        self.said.add(text)
        words = books.measures["platzhalter"]
        return re.sub(r"\{(\w+)\}", lambda match: str(self.rng.choice(words[match[1]])), text)

    def _suits(self, books: Books, text: Mapping[str, Any]) -> bool:
        only = text.get("nur", [self.sector])
        if isinstance(only, str):
            only = books.measures["gruppen"][only]
        return self.sector in only and self.employees >= text.get("ab", 1)


def slug_of(text: str) -> str:
    """The address of a company, as the engine makes it from a name."""
    for sign, written in {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}.items():
        text = text.replace(sign, written).replace(sign.upper(), written.capitalize())
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
