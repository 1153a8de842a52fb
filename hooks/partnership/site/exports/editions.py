"""The editions of closed years, as they were written, and the files they become.

An edition holds the tables of the open data and nothing else, so nothing that was not public. They
are counted on the last day of its year, from the entries as they stood when the year was closed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from partnership.figures.revision import Difference, differences
from partnership.model import addresses
from partnership.model.edition import Edition
from partnership.model.partnership import Partnership
from partnership.reading import archive
from partnership.site.exports.file import Export
from partnership.site.exports.table import Column, as_csv, plain, table_of
from partnership.site.views.revisions import reasons


@dataclass(frozen=True, eq=False)
class Frozen:
    """The edition of a year with its `files` by name, the list of their checksums among them. None
    of one that was withdrawn.
    """

    year: int
    record: Edition
    files: Mapping[str, bytes]


def editions(partnership: Partnership) -> tuple[Frozen, ...]:
    """Every edition, the newest first. The check has found each as it was written."""
    return tuple(
        Frozen(year, record, _files(partnership, year, record))
        for year, record in sorted(partnership.editions.items(), reverse=True)
    )


def _files(partnership: Partnership, year: int, record: Edition) -> Mapping[str, bytes]:
    if record.withdrawn is not None:
        return {}
    return archive.unpacked(partnership.root / archive.path(year), record.checksum)


def revisions(
    partnership: Partnership, found: Iterable[Frozen]
) -> Mapping[int, tuple[Difference, ...]]:
    """What the figures of each edition found are today where they are others."""
    return {
        each.year: differences(partnership, each.year, each.files) for each in found if each.files
    }


def exports(
    partnership: Partnership,
    found: Iterable[Frozen],
    revised: Mapping[int, tuple[Difference, ...]],
) -> Iterator[Export]:
    """Each edition, file by file and as one, byte for byte as it was written, and beside it how
    today's figures differ from it.
    """
    for edition in found:
        folder = addresses.edition(edition.year)
        for name, content in edition.files.items():
            yield Export(f"{folder}{name}", content)
        if edition.files:
            packed = (partnership.root / archive.path(edition.year)).read_bytes()
            yield Export(addresses.edition_archive(edition.year), packed)
    for year, others in revised.items():
        if others:
            yield _revision(partnership, year, others)


def _revision(partnership: Partnership, year: int, found: Iterable[Difference]) -> Export:
    """How today's figures of a closed year differ from its edition, with all reasons."""

    def why(each: Difference) -> str:
        told = reasons(partnership, each.reasons, most=len(each.reasons))
        return "; ".join(f"{w.member.title} {w.what}" if w.member else w.what for w in told)

    table = table_of(
        found,
        f"revision-{year}",
        f"Unterschiede zur Ausgabe {year}",
        f"Differences from the edition of {year}",
        ("tabelle", "merkmal", "spalte"),
        (Column("tabelle", "string", "Schlüssel der Tabelle", "Table"), lambda each: each.key[0]),
        (Column("merkmal", "string", "Schlüssel der Zeile", "Row"), lambda each: each.key[1]),
        (Column("spalte", "string", "Schlüssel der Spalte", "Column"), lambda each: each.key[2]),
        (Column("tabelle_name", "string", "Tabelle", "Table"), lambda each: each.title),
        (Column("merkmal_name", "string", "Zeile", "Row"), lambda each: each.row),
        (Column("spalte_name", "string", "Spalte", "Column"), lambda each: each.column),
        (Column("ausgabe", "number", "Wert", "Value then"), lambda each: plain(each.then)),
        (Column("heute", "number", "Wert heute", "Value today"), lambda each: plain(each.now)),
        (Column("grund", "string", "Warum", "Why"), why),
    )
    return Export(addresses.revision(year), as_csv(table))
