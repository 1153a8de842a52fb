"""What the search knows: words that mean the same or say nothing, and which pages come first."""

from collections.abc import Iterable

from partnership.model.fields import Record, Text, key


class Search(Record):
    """The words of data/suche.yml; in a line they are parted by commas."""

    same: tuple[Text, ...] = key(
        "gleichbedeutend", "Wörter, die bei der Suche dasselbe bedeuten, mit Komma getrennt", ()
    )
    ignored: tuple[Text, ...] = key(
        "fuellwoerter", "Wörter, die bei der Suche nichts beitragen, etwa „wie, kann“", ()
    )
    first: tuple[Text, ...] = key(
        "zuerst", "Seiten, die vor anderen genannt werden, als Pfade in content/", ()
    )


def words(line: str) -> tuple[str, ...]:
    """The words of a line."""
    return tuple(filter(None, (word.strip() for word in line.split(","))))


def every_word(lines: Iterable[str]) -> tuple[str, ...]:
    """The words of all lines."""
    return tuple(word for line in lines for word in words(line))
