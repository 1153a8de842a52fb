"""The Markdown of the site's own pages, made unable to run or to fetch a thing.

Python-Markdown lets raw HTML, any attribute and any kind of link through. Here HTML stays text,
attributes are those a text needs, and links lead to pages, not to programs.
"""

import html
import re
from xml.etree.ElementTree import Element

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.extensions import Extension  # type: ignore[import-untyped]
from markdown.treeprocessors import Treeprocessor  # type: ignore[import-untyped]
from markdown.util import AMP_SUBSTITUTE, STX  # type: ignore[import-untyped]

_ATTRIBUTES = frozenset(
    {
        *(
            "id",
            "class",
            "lang",
            "title",
            "role",
            "href",
            "hreflang",
            "rel",
            "src",
            "alt",
            "width",
            "height",
        ),
        *("start", "reversed", "scope", "colspan", "rowspan", "open"),
    }
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HARMLESS = frozenset({"https", "http", "mailto", "tel"})
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0]")


def leads_to_a_page(link: str) -> bool:
    """Whether a link is one within the site, or one a browser opens without running it."""
    scheme = _SCHEME.match(_INVISIBLE.sub("", html.unescape(link)))
    return scheme is None or scheme[1].lower() in _HARMLESS


def is_own_picture(link: str) -> bool:
    """Whether a picture comes from the site itself: nothing is fetched from other hosts."""
    plain = "".join(_INVISIBLE.sub("", html.unescape(link)).split())
    # A browser reads \\ as /, so that /\\host is another host, too.
    return not _SCHEME.match(plain) and not plain.startswith("//") and "\\" not in plain


class Inert(Extension):  # type: ignore[misc]
    """Python-Markdown without what could run in a visitor's browser."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Take HTML out of the grammar; look at all elements when every other part is done."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        # After attributes have been read (8), before headings are collected (5).
        md.treeprocessors.register(_Namer(md), "named", 6)
        # Then, before the engine resolves links (0).
        md.treeprocessors.register(_Cleaner(md), "inert", 4)


class _Namer(Treeprocessor):  # type: ignore[misc]
    """Takes a name away that is announced and not given: whoever collects headings stumbles."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.attrib.get("id", "") is None:
                del element.attrib["id"]


class _Cleaner(Treeprocessor):  # type: ignore[misc]
    def run(self, root: Element) -> None:
        for element in root.iter():
            for name, value in list(element.items()):
                # An attribute written without a value has none.
                text = (value or "").replace(AMP_SUBSTITUTE, "&")
                harmless = name in _ATTRIBUTES
                if STX in text:
                    harmless = False  # the parser will put something there that nobody has seen
                elif name == "href":
                    harmless = leads_to_a_page(text)
                elif name == "src":
                    harmless = is_own_picture(text)
                if not harmless:
                    del element.attrib[name]
