"""The site's one style sheet: the theme's as the lowest layer, ours above it.

In a cascade layer the theme's rules lose against ours whatever their specificity, so our style
sheets say plainly what they want and need no overrides of overrides.
"""

import re
from collections.abc import Iterator
from pathlib import Path

STYLESHEET = "assets/site.css"

_ORDER = ("tokens", "base", "layout", "components", "print")
_THEME = re.compile(r"^assets/stylesheets/main\.[0-9a-f]+\.min\.css$")
_UNUSED = re.compile(
    r"^assets/(?:javascripts/|stylesheets/(?!main\.[0-9a-f]+\.min\.css$)|css/|images/favicon\.png$)"
    r"|^parts/[^/]+\.svg$"  # drawn into the pages by templates
    r"|^redaktion/source/"  # what the editing page is bundled from
)
_EDITING = "redaktion/"
_SCRIPT = re.compile(r"^assets/js/[^/]+\.js$")
# Of the theme we take how it sets prose; its frame, icons and widgets are not on our pages.
_FOREIGN = re.compile(
    r"\.md-(?!typeset)|\.tabbed|\.grid|\.mermaid|\.task-list|\.arithmatex|\.highlight|\.linenos"
    r"|\.keys|\.critic|\.headerlink|\.annotate|\.gist|\.twemoji|\.giscus|\.lightbox|\.footnote-ref"
    r"|\[dir=rtl\]|\[data-md-|js |no-js|kbd|iframe|video|audio"
)
_URL = r"url\((?:'[^']*'|\"[^\"]*\"|[^)'\"]*)\)"
_PICTURE = re.compile(rf"[a-z-]+:[^;{{}}]*?{_URL}[^;{{}}]*;?")
_BRACE = re.compile(r"[{}]")
_SELECTOR = re.compile(r",(?![^(]*\))")
_COMMENT = re.compile(r"/\*(?!!).*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*([{};,>])\s*")


def is_theme_stylesheet(path: str) -> bool:
    """Whether `path` is the theme's main style sheet (its name carries a hash)."""
    return bool(_THEME.match(path))


def is_unused(path: str, *, editing: bool) -> bool:
    """Whether `path` is a file of the theme, or a source of ours, that no page asks for; those of
    the editing page are asked for only where the site has one.
    """
    return bool(_UNUSED.match(path)) or (not editing and path.startswith(_EDITING))


def bundle(theme_css: str, folder: Path) -> str:
    """The theme's style sheet in a layer of its own, then ours from `folder` in their order."""
    ours = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.css"), key=_place))
    theme = (
        _PICTURE.sub("", theme_css)
        .replace('@charset "UTF-8";', "")
        .split("\n/*# sourceMappingURL")[0]
    )
    return f"@layer theme{{{_for_prose(theme)}}}\n{_smaller(ours)}"


def _for_prose(css: str) -> str:
    """The rules of minified `css` whose selectors may meet an element of ours."""
    kept = []
    for head, body in _rules(css):
        if head.startswith(("@media", "@supports")):
            if inner := _for_prose(body):
                kept.append(f"{head}{{{inner}}}")
        elif head.startswith("@"):
            continue  # key frames and fonts of the frame
        elif body and (
            selectors := [each for each in _SELECTOR.split(head) if not _FOREIGN.search(each)]
        ):
            kept.append(f"{','.join(selectors)}{{{body}}}")
    return "".join(kept)


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Each rule on the outermost level: what stands before its braces, and between them."""
    start = depth = opened = 0
    for brace in _BRACE.finditer(css):
        depth += 1 if brace[0] == "{" else -1
        if depth == 1 and brace[0] == "{":
            opened = brace.start()
        elif depth == 0:
            yield css[start:opened].strip(), css[opened + 1 : brace.start()]
            start = brace.end()


def is_script(path: str) -> bool:
    """Whether `path` is a script of ours."""
    return bool(_SCRIPT.match(path))


def smaller_script(script: str) -> str:
    """Without indentation and lines of comment; none of our texts runs over several lines."""
    lines = (line.strip() for line in script.split("\n"))
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _place(path: Path) -> tuple[int, str]:
    """The order of the first part of the name, then alphabetical: `components-forms.css`."""
    first = path.stem.split("-", 1)[0]
    return _ORDER.index(first) if first in _ORDER else len(_ORDER), path.name


def _smaller(css: str) -> str:
    """Without comments and needless white space; line ends stay, so errors keep their place."""
    return "\n".join(
        line.strip()
        for line in _SPACE.sub(r"\1", _COMMENT.sub("", css)).split("\n")
        if line.strip()
    )
