"""What the CSV files of a site say, and what of it several pages show."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from tests import recompute
from tests.recompute import (
    rows_behind,
    statistics,
    status,
    sums,
)
from tests.shown.page import Numbers


class Known:
    """The site in `folder`; its figures are computed from its CSV files alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = data = recompute.data(folder / "daten")
        self.day = data.day
        self.members = data.members_on(data.day)
        self.there = data.measures_on(data.day)
        self.going = [m for m in self.there if status(m, self.day) != "eingestellt"]
        self.names = {
            table: {row["name"]: row["schluessel"] for row in data.tables.get(table, ())}
            for table in ("branchen", "handlungsfelder", "massnahmentypen", "stadtbezirke")
        }
        self.slugs = {row["name"]: slug for slug, row in data.members.items()}
        self.figures = statistics(data)
        self.behind = rows_behind(data)
        self.sums = sums(data)

    def published(self) -> Numbers:
        """The number of members that was published last, and its day."""
        newest = max(self.data.tables["mitgliederzahlen"], key=lambda row: row["stand"])
        year, _, day = newest["stand"].split("-")
        return [int(newest["anzahl"]), int(day), int(year)]

    def sourced(self) -> Numbers:
        """The numbers in the title of that number's source."""
        newest = max(self.data.tables["mitgliederzahlen"], key=lambda row: row["stand"])
        title = urlsplit(newest["quelle"]).hostname or newest["quelle"]
        return [int(found) for found in re.findall(r"\d+", title)]

    def stated(self, name: str) -> Numbers:
        """How many of all entries have what a statistic asks for; no page names a zero."""
        own = {key[1]: value for key, (value, _) in self.figures.items() if key[0] == name}
        known, total = sum(own.values()) - own.get("ohne-angabe", 0), sum(own.values())
        return [known, total] if known else [total]
