"""Rules about prose pages and news."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import date

from partnership import addresses, markers
from partnership.model.partnership import Partnership
from partnership.problems import Place, Problem
from partnership.prose import is_own_picture, leads_to_a_page
from partnership.source import Document
from partnership.wording import choices, did_you_mean

_FENCE = re.compile(r"\s*(?:```|~~~)")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_HTML = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9-]*(?:(?:[\s/][^<>]*)?>|\s[^<>]*$)|!--.*?(?:-->|$))")
_LINK = re.compile(
    r"(?P<picture>!?)\[[^\]]*\]\(\s*<?(?P<target>[^)>]*?)(?:\s+\"[^\"]*\")?\s*>?\)"
    r"|^\s*\[[^\]]+\]:\s*<?(?P<definition>\S+)"
)
# The page, or what one may take for it: the page without its file, the file in members/.
_TO_A_MEMBER = re.compile(
    r"/+(?:mitglieder|members)/(?!index\.md)(?P<slug>[^/]+?)(?:/index)?(?:\.md)?"
)
_NEWS_NAME = re.compile(r"^\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)*$")


def news_names(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A news file begins with its day."""
    for item in partnership.news:
        sound = bool(_NEWS_NAME.match(item.slug))
        if sound:
            try:
                date.fromisoformat(item.slug[:10])
            except ValueError:
                sound = False
        if not sound:
            document = documents[item.path]
            yield document.problem(
                document.place(()),
                "dateiname",
                f"Der Dateiname „{item.slug}.md“ passt nicht.",
                "Er beginnt mit dem Tag, zum Beispiel: 2026-11-23-neues-mitglied.md",
            )


def known_markers(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Every marker in the prose is known; a block stands alone on its line."""
    pages = (document for path, document in documents.items() if path.startswith("content/"))
    for document in pages:
        for number, line in enumerate(document.lines, 1):
            for match in markers.MARK.finditer(line):
                yield from _marker(match, Place(number, match.start() + 1, len(match[0])), document)


def _marker(match: re.Match[str], place: Place, document: Document) -> Iterator[Problem]:
    name, argument = match["name"], match["argument"]
    known: frozenset[str] | None = {"zahl": markers.NUMBERS, "block": markers.BLOCKS}.get(name)
    if name == "offen" and argument:
        return
    if known is not None and argument in known:
        if name == "block" and document.lines[place.line - 1].strip() != match[0]:
            yield document.problem(
                place,
                "marke",
                f"{match[0]} steht nicht allein in seiner Zeile.",
                "Bitte in eine eigene Zeile setzen, mit einer leeren Zeile davor und danach.",
            )
        return
    if argument is None and name in markers.WORDS:
        return
    options = [
        *sorted(markers.WORDS),
        *(f"zahl: {word}" for word in sorted(markers.NUMBERS)),
        *(f"block: {word}" for word in sorted(markers.BLOCKS)),
        "offen: …",
    ]
    yield document.problem(
        place,
        "marke",
        f"Die Marke {match[0]} ist nicht bekannt.",
        did_you_mean(match[0], options)
        or choices(options, most=len(markers.WORDS), where="REDAKTION.md"),
    )


def inert_text(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A page is Markdown: no HTML, no link that a browser would run, no picture from elsewhere."""
    for path, document in documents.items():
        if path.startswith("content/"):
            for number, line in _text_lines(document):
                yield from _inert(line, number, document)


def _text_lines(document: Document) -> Iterator[tuple[int, str]]:
    """The lines below the head, with blanks where code is quoted."""
    lines = document.lines
    head_ends = next((n for n, line in enumerate(lines) if n and line.startswith("---")), 0)
    fenced = False
    for number, line in enumerate(lines[head_ends + 1 :], head_ends + 2):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            yield number, _CODE.sub(lambda code: " " * len(code[0]), line)


def _inert(line: str, number: int, document: Document) -> Iterator[Problem]:
    for match in _HTML.finditer(line):
        yield document.problem(
            Place(number, match.start() + 1, len(match[0])),
            "html",
            f"„{match[0][:40]}“ ist HTML; auf der Seite stünde es als Text.",
            "Bitte in Markdown schreiben oder das Zeichen < weglassen.",
        )
    for match in _LINK.finditer(line):
        name = "target" if match["definition"] is None else "definition"
        target = match[name]
        place = Place(number, match.start(name) + 1, max(len(target), 1))
        if not leads_to_a_page(target):
            yield document.problem(
                place,
                "adresse",
                f"„{target[:40]}“ ist keine Adresse, zu der ein Verweis führen darf.",
                "Erlaubt sind Seiten dieser Website und Adressen mit https://, mailto: oder tel:.",
            )
        elif match["picture"] and not is_own_picture(target):
            yield document.problem(
                place,
                "bild-fremd",
                "Dieses Bild würde von einer fremden Website geladen.",
                "Bitte die Bilddatei in content/ ablegen und von dort einbinden.",
            )


def links_to_members(
    partnership: Partnership, documents: Mapping[str, Document]
) -> Iterator[Problem]:
    """A link to a company's page names that page. Editors write it often, and try its file first.

    Where any other link leads nowhere, the engine says so when it builds.
    """
    for path, document in documents.items():
        if not path.startswith("content/"):
            continue
        folder = posixpath.dirname(path.removeprefix("content/"))
        for number, line in _text_lines(document):
            for match in _LINK.finditer(line):
                name = "target" if match["definition"] is None else "definition"
                target = match[name]
                meant = _TO_A_MEMBER.fullmatch(
                    posixpath.normpath(posixpath.join("/", folder, target.partition("#")[0]))
                )
                if meant is None or "://" in target:
                    continue
                slug = meant["slug"]
                right = posixpath.relpath(f"/{addresses.member(slug)}index.md", f"/{folder}")
                if slug not in partnership.slugs or target.partition("#")[0] != right:
                    yield document.problem(
                        Place(number, match.start(name) + 1, max(len(target), 1)),
                        "verweis",
                        f"„{target}“ führt auf keine Seite dieser Website.",
                        f"Gemeint ist wohl: {right}"
                        if slug in partnership.slugs
                        else did_you_mean(slug, sorted(partnership.slugs))
                        or f"Ein Mitglied „{slug}“ gibt es nicht.",
                    )


RULES = (news_names, known_markers, inert_text, links_to_members)
