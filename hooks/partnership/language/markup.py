"""The Markdown of entries (profiles, programmes): written by many hands, so nothing in it may run.

markdown-it-py keeps HTML as text; links lead to pages, a mail or a telephone, and to no program.
The parser is made once.
"""

import re
from collections.abc import Mapping
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

# An address within the site has no colon before its first slash.
_LEADS_TO_A_PAGE = re.compile(r"(?:https?|mailto|tel):|[^:/?#]*(?:[/?#]|$)", re.IGNORECASE)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
    parser.disable(["image", "html_block", "html_inline"], ignoreInvalid=True)
    # The library's own list names what a browser runs; systems register more than it knows.
    parser.validateLink = lambda url: bool(_LEADS_TO_A_PAGE.match(url))  # type: ignore[method-assign]
    return parser


_PARSER = _parser()


def to_html(text: str, top: int = 3) -> Markup:
    """Render an entry's Markdown; its highest heading becomes one of level `top`.

    Whatever level its author began with, no level between it and the page's own is skipped.
    """
    tokens = _PARSER.parse(text)
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    shift = top - min((int(token.tag[1]) for token in headings), default=top)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) + shift, 6)}"
    for token in tokens:
        # Aligned columns of tables come as inline styles, which the policy forbids.
        token.attrs.pop("style", None)
        _mark_links(token)
    renderer: RendererHTML = _PARSER.renderer  # type: ignore[assignment]
    # Safe: the parser escapes all text and lets no HTML of the entry through.
    return Markup(renderer.render(tokens, _PARSER.options, {}))  # noqa: S704


def _mark_links(token: Token) -> None:
    """Links out of an entry are nobody's endorsement."""
    for child in token.children or ():
        if child.type == "link_open":
            child.attrSet("rel", "nofollow noopener")


def handbook(text: str, moved: Mapping[str, str]) -> Markup:
    """Render our own handbook; links to what is `moved` (beginning of a link → its new beginning)
    follow. Each heading gets the anchor that GitHub and GitLab give it.
    """
    parser = MarkdownIt("js-default", {"html": False})
    for before, after in moved.items():
        text = text.replace(f"]({before}", f"]({after}")
    tokens = parser.parse(text)
    for heading, words in pairwise(tokens):
        if heading.type == "heading_open":
            plain = re.sub(r"[^\w -]", "", words.content.lower())
            heading.attrSet("id", plain.replace(" ", "-"))
    renderer: RendererHTML = parser.renderer  # type: ignore[assignment]
    return Markup(renderer.render(tokens, parser.options, {}))  # noqa: S704 - ours, HTML is off
