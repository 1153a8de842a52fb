"""The edition of a closed year: its tables as they stood, which no later build changes."""

from partnership.model.fields import Day, Record, Text, key


class Edition(Record):
    """What data/ausgaben.yml says of an edition, under its year."""

    day: Day = key("stand", "Tag, an dem die Ausgabe geschrieben wurde")
    commit: Text | None = key("commit", "Stand in git, aus dem sie stammt", None)
    checksum: Text = key("pruefsumme", "SHA-256 der Liste, die in der Ausgabe liegt")
    withdrawn: Text | None = key(
        "zurueckgezogen", "Warum die Ausgabe nicht mehr veröffentlicht wird", None
    )
