"""The Markdown of entries (profiles, programmes): written by many hands, so nothing in it may run.

markdown-it-py keeps HTML as text and drops links a browser would execute. The parser is made once.
"""

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

_HEADING_SHIFT = 2  # an entry's "# heading" stands below the page's h1 and a section's h2


def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
    parser.disable(["image", "html_block", "html_inline"], ignoreInvalid=True)
    return parser


_PARSER = _parser()


def to_html(text: str) -> Markup:
    """Render an entry's Markdown; its headings move below the page's own."""
    tokens = _PARSER.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + _HEADING_SHIFT, 6)}"
        _mark_links(token)
    renderer: RendererHTML = _PARSER.renderer  # type: ignore[assignment]
    # Safe: the parser escapes all text and lets no HTML of the entry through.
    return Markup(renderer.render(tokens, _PARSER.options, {}))  # noqa: S704


def _mark_links(token: Token) -> None:
    """Links out of an entry are nobody's endorsement."""
    for child in token.children or ():
        if child.type == "link_open":
            child.attrSet("rel", "nofollow noopener")
