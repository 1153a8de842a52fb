"""Every link leads somewhere: to a page of this site, to a place on it, to a file, or out.

What the files show is judged at once. What only a built site could tell, such as the page of a
measure type or a heading in a block, is asked of `Site` where all else is sound.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from partnership.checking.rules import pictures
from partnership.checking.rules.targets import Site, Targets, folder_of
from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.model.problems import Place, Problem
from partnership.model.values import PATTERNS
from partnership.reading.links import Link, links, text_lines
from partnership.reading.pictures import FORMATS
from partnership.reading.prose import is_own_picture, leads_to_a_page
from partnership.reading.source import Document
from partnership.reading.special import special
from partnership.reading.wording import choices, did_you_mean

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST = re.compile(r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.(?:de|com|org|net|eu|info|nrw)(?=$|[/?#]))")
_A_MEMBER = re.compile(
    r"(?:.*/)?(?:mitglieder|members)/(?!index\.md)(?P<slug>[^/]+?)(?:/index)?(?:\.md)?/?"
)
_NO_DESCRIPTION = re.compile(r".*\.\w{3,4}|(?:img|dsc|bild|foto|image)[ _-]?\d*", re.IGNORECASE)
_LINKED = r"(?P<target>[^\s()\[\]]++)"
_LEADS_ON = re.compile(r"\.md|\.pdf|://|mailto:")
_MALFORMED = (
    (
        re.compile(rf"\[(?P<text>[^\[\]]++)\] ++\({_LINKED}\)"),
        "Zwischen ] und ( steht ein Leerzeichen; so wird kein Verweis daraus.",
    ),
    (
        re.compile(rf"\((?P<text>[^()]++)\)\[{_LINKED}\]"),
        "Die Klammern dieses Verweises sind vertauscht.",
    ),
    (
        re.compile(rf"\[(?P<text>[^\[\]]++)\]\({_LINKED}(?=[^()\"']*$)"),
        "Die runde Klammer dieses Verweises ist nicht geschlossen.",
    ),
)


def check(
    partnership: Partnership, documents: Mapping[str, Document], site: Site | None = None
) -> Iterator[Problem]:
    """A problem for each link that leads nowhere and each picture that cannot be shown. Without a
    `site` the links that only it could judge pass.
    """
    targets = Targets(partnership, documents, site)
    for path, document in documents.items():
        if path.startswith("content/"):
            yield from _malformed(document)
            for link in links(document):
                # A marker is filled in by the site, with an address that the data have.
                if "[[" not in link.target:
                    yield from _described(document, link)
                    yield from _of_a_page(document, link, targets)
        elif path.startswith(("members/", "data/veranstaltungen/")):
            for link in links(document):
                yield from _of_an_entry(document, link)


def _malformed(document: Document) -> Iterator[Problem]:
    """What was to be a link, but is none: brackets apart, exchanged or left open."""
    for number, line in text_lines(document):
        for sign, message in _MALFORMED if "](" in line or ")[" in line or "] (" in line else ():
            for match in sign.finditer(line):
                if not _LEADS_ON.search(match["target"]):
                    continue
                yield document.problem(
                    Place(number, match.start() + 1, len(match[0])),
                    "verweis",
                    message,
                    f"Bitte so schreiben: [{match['text']}]({match['target']})",
                )


def _of_an_entry(document: Document, link: Link) -> Iterator[Problem]:
    """What companies and organisers write leads out, by a whole address."""
    if not _SCHEME.match(link.target) and not link.is_picture:
        yield _incomplete(document, link) or document.problem(
            link.place,
            "verweis",
            f"„{link.target[:60]}“ ist keine vollständige Internetadresse.",
            "In Texten zu Mitgliedern und Veranstaltungen beginnt sie mit https://.",
        )


def _incomplete(document: Document, link: Link) -> Problem | None:
    """An address out of the site that lacks its beginning."""
    begins = "https://" if _HOST.match(link.target) else ""
    begins = "mailto:" if PATTERNS["mail"].fullmatch(link.target) else begins
    if not begins:
        return None
    return document.problem(
        link.place,
        "verweis",
        f"Der Adresse „{link.target[:60]}“ fehlt der Anfang „{begins}“.",
        f"Bitte so schreiben: {begins}{link.target}",
    )


def _described(document: Document, link: Link) -> Iterator[Problem]:
    """A picture has a text for those who do not see it."""
    text = link.text.strip()
    if not link.is_picture or (text and not _NO_DESCRIPTION.fullmatch(text)):
        return
    yield document.problem(
        link.place,
        "bild-text",
        f"„{text}“ sagt niemandem, was auf dem Bild zu sehen ist."
        if text
        else "Diesem Bild fehlt der Text für alle, die es nicht sehen.",
        f"Bitte zwischen die eckigen Klammern: ![Was zu sehen ist]({link.target})",
    )


def _of_a_page(document: Document, link: Link, targets: Targets) -> Iterator[Problem]:
    target = link.target
    if not leads_to_a_page(target):
        yield document.problem(
            link.place,
            "adresse",
            f"„{target[:40]}“ ist keine Adresse, zu der ein Verweis führen darf.",
            "Erlaubt sind Seiten dieser Website und Adressen mit https://, mailto: oder tel:.",
        )
    elif link.is_picture and not is_own_picture(target):
        yield document.problem(
            link.place,
            "bild-fremd",
            "Dieses Bild würde von einer fremden Website geladen.",
            "Bitte die Bilddatei in content/dateien/ ablegen und von dort einbinden.",
        )
    elif scheme := _SCHEME.match(target):
        yield from _outward(document, link, scheme[1].lower())
    elif not target:
        yield document.problem(
            link.place,
            "verweis",
            f"Hinter „[{link.text[:40]}]“ fehlt die Adresse.",
            "Bitte zwischen die runden Klammern schreiben.",
        )
    else:
        yield from _within(document, link, targets)


def _outward(document: Document, link: Link, scheme: str) -> Iterator[Problem]:
    """An address out of the site that is none."""
    target = link.target
    if scheme in {"http", "https"} and not PATTERNS["url"].fullmatch(target):
        yield document.problem(
            link.place,
            "adresse",
            f"„{target[:60]}“ ist keine vollständige Internetadresse.",
            "Bitte so, ohne Leerzeichen: https://www.beispiel.de/seite",
        )
    mail = target[len("mailto:") :].partition("?")[0]
    if scheme == "mailto" and not PATTERNS["mail"].fullmatch(mail):
        yield document.problem(
            link.place,
            "adresse",
            f"„{target[:60]}“ ist keine E-Mail-Adresse.",
            "Bitte so: mailto:mobil@beispiel.de",
        )


def _within(document: Document, link: Link, targets: Targets) -> Iterator[Problem]:
    """A link to this site, written as the way from one file to another."""
    file, _, anchor = link.target.partition("#")
    file = unquote(file.partition("?")[0])
    here = document.path.removeprefix("content/")
    path = posixpath.normpath(posixpath.join(folder_of(document), file)) if file else here
    if targets.is_missed(path):
        return  # told once, where the page is missing
    if file.startswith(("/", "\\")) or not targets.is_there(path):
        if not targets.is_open(path):
            yield (
                _incomplete(document, link)
                or _member(document, link, path, targets.partnership.slugs)
                or _nowhere(document, link, path, targets)
            )
    elif link.is_picture:
        yield from _picture(document, link, path, targets)
    elif anchor and path.endswith(".md"):
        yield from _anchor(document, link, path, targets)


def _nowhere(document: Document, link: Link, path: str, targets: Targets) -> Problem:
    right = targets.meant(document, link.target)
    is_page = path.endswith((".md", ".html")) or "." not in posixpath.basename(path)
    if right:
        remedy = f"Gemeint ist wohl: {right}"
    elif is_page:
        example = posixpath.relpath("kontakt.md", folder_of(document) or ".")
        remedy = f"Bitte den Namen prüfen; der Weg beginnt bei dieser Datei, zum Beispiel {example}"
    else:
        remedy = "Bitte die Datei dort ablegen oder die Adresse berichtigen."
    return document.problem(
        link.place,
        "verweis",
        f"„{link.target[:60]}“ führt auf keine Seite dieser Website."
        if is_page
        else f"Die Datei content/{path[:60]} gibt es nicht.",
        remedy,
    )


def _member(document: Document, link: Link, path: str, slugs: frozenset[str]) -> Problem | None:
    """Editors often link to a member, and try its file or its bare address."""
    meant = _A_MEMBER.fullmatch(path)
    if meant is None:
        return None
    slug = meant["slug"]
    right = posixpath.relpath(f"{addresses.member(slug)}index.md", folder_of(document) or ".")
    remedy = did_you_mean(slug, sorted(slugs)) or f"Ein Mitglied „{slug}“ gibt es nicht."
    return document.problem(
        link.place,
        "verweis",
        f"„{link.target}“ führt auf keine Seite dieser Website.",
        f"Gemeint ist wohl: {right}" if slug in slugs else remedy,
    )


def _picture(document: Document, link: Link, path: str, targets: Targets) -> Iterator[Problem]:
    """A picture in a text keeps the rules of a logo."""
    file = targets.content / path
    if not path.lower().endswith(FORMATS):
        yield document.problem(
            link.place,
            "bild-format",
            f"„{link.target}“ ist kein Bild in einem Format für das Web.",
            "Bitte als SVG, PNG, JPG oder WebP ablegen.",
        )
    elif special(targets.partnership.root, f"content/{path}"):
        return  # told of itself
    elif file.is_file() and (fault := pictures.fault(file, f"content/{path}")) is not None:
        rule, *said = fault
        yield document.problem(link.place, f"bild-{rule}", *said)


def _anchor(document: Document, link: Link, path: str, targets: Targets) -> Iterator[Problem]:
    """A link to a place on a page finds it there."""
    anchor = unquote(link.target.partition("#")[2])
    parts = targets.anchors(path)
    # Most links lead to a heading; what pages show besides is drawn only where none has the name.
    known: set[str] = set()
    for part in () if parts is None else parts:
        known.update(part)
        if anchor in part:
            return
    if parts is None:
        return
    where = "Auf dieser Seite" if f"content/{path}" == document.path else f"Auf der Seite {path}"
    yield document.problem(
        link.place,
        "verweis",
        f"{where} gibt es die Stelle „#{anchor}“ nicht.",
        did_you_mean(anchor, sorted(known))
        or choices(sorted(known))
        or "Bitte das # und alles dahinter löschen.",
    )
