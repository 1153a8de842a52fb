"""No two things claim one address of the site; both would be lost on whoever keeps a bookmark."""

import re
from collections.abc import Iterator, Mapping

from partnership.checking.rules.targets import Claim, Site
from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.model.problems import Place, Problem
from partnership.reading.source import Document, Trail

# A web server answers /mitglieder/index/ in its own way, and the engine takes it for the folder.
_RESERVED = frozenset({"index"})
_PAGE_NAME = re.compile(r"content/(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*[a-z0-9]+(?:-[a-z0-9]+)*\.md")


def check(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A problem for each address that is reserved or taken already."""
    taken: dict[str, str] = {}
    for page in partnership.prose:
        document = documents[page.path]
        yield from _page_name(document)
        yield from _claim(taken, addresses.prose(page.path), document, ())
    for member in partnership.members:
        document = documents[member.path]
        if member.slug in _RESERVED:
            yield document.problem(
                document.place(()),
                "dateiname",
                f"Der Dateiname „{member.slug}.md“ ist für die Übersicht vergeben.",
                "Bitte die Datei nach dem Unternehmen benennen.",
            )
        yield from _claim(taken, addresses.member(member.slug), document, ())
        for index, former in enumerate(member.former):
            trail: Trail = ("frueher", index)
            if former in _RESERVED:
                yield document.problem(
                    document.place(trail),
                    "frueher-vergeben",
                    f"„{former}“ ist für die Übersicht vergeben.",
                    "Bitte den Eintrag löschen.",
                )
            # One of the members' own is told by another rule.
            elif addresses.member(former) in taken and former not in partnership.slugs:
                yield from _claim(taken, addresses.member(former), document, trail)
    yield from _catalogues(partnership, documents, taken)


def on_site(documents: Mapping[str, Document], site: Site) -> Iterator[Problem]:
    """A problem for each address that two claim on the built site; upper and lower case are one, as
    they are on the disks of some machines.
    """
    taken: dict[str, Claim] = {}
    for claim in site.claims():
        other = taken.setdefault(claim.address.casefold(), claim)
        if other is claim or not claim.path:
            continue
        shown = claim.address.removesuffix("index.html")
        message = f"Die Adresse /{shown} gehört schon zu {other.owner}."
        remedy = "Bitte eines von beiden umbenennen."
        document = documents.get(claim.path)
        if document is None:
            yield Problem(claim.path, Place(1, 1), "adresse-vergeben", message, remedy)
        else:
            place = document.place(claim.trail, of_key=claim.is_key)
            yield document.problem(place, "adresse-vergeben", message, remedy)


def _page_name(document: Document) -> Iterator[Problem]:
    if not _PAGE_NAME.fullmatch(document.path):
        yield document.problem(
            Place(1, 1),
            "dateiname",
            "Der Name dieser Seite enthält andere Zeichen als Kleinbuchstaben, Ziffern und"
            " Bindestriche.",
            "Bitte umbenennen: Der Dateiname ist die Adresse der Seite.",
        )


def _catalogues(
    partnership: Partnership, documents: Mapping[str, Document], taken: dict[str, str]
) -> Iterator[Problem]:
    """Keys are written with `_` or `-`, which is the same in an address."""
    for path, found in (
        ("data/handlungsfelder.yml", {key: addresses.field(key) for key in partnership.fields}),
        ("data/branchen.yml", {key: addresses.sector(key) for key in partnership.sectors}),
        (
            "data/massnahmentypen.yml",
            {
                key: addresses.measure_type(kind.field, key)
                for key, kind in partnership.types.items()
            },
        ),
    ):
        if path in documents:
            for key, address in found.items():
                yield from _claim(taken, address, documents[path], (key,))


def _claim(
    taken: dict[str, str], address: str, document: Document, trail: Trail
) -> Iterator[Problem]:
    here = f"{document.path}, „{trail[0]}“" if trail else document.path
    other = taken.setdefault(address, here)
    if other != here:
        yield document.problem(
            document.place(trail, of_key=len(trail) == 1),
            "adresse-vergeben",
            f"Die Adresse /{address} gehört schon zu {other}.",
            "Bitte eines von beiden umbenennen.",
        )
