"""The site's one style sheet: the theme's as the lowest layer, ours above it.

In a cascade layer the theme's rules lose against ours whatever their specificity, so our style
sheets say plainly what they want and need no overrides of overrides.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from partnership.reading.litter import is_left_behind
from partnership.site.fingerprints import Fingerprints, is_named

STYLESHEET = "assets/site.css"
_NO_STYLESHEET = (
    "Das Thema „{theme}“ bringt kein Stylesheet mit, wie es hier erwartet wird"
    " (assets/stylesheets/main.….min.css). Bitte die Fassung einbauen, die in requirements/site.txt"
    " steht, oder in mkdocs.yml unter „theme“ den Namen weglassen: name: null"
)

ORDER = (
    *("tokens", "base", "layout", "home", "buttons", "cards", "status", "links", "events"),
    *("filters", "charts", "questionnaire", "prose", "print"),
)
_THEME = re.compile(r"^assets/stylesheets/main\.[0-9a-f]+\.min\.css$")
_UNUSED = re.compile(
    r"^assets/(?:javascripts/|stylesheets/|css/|images/favicon\.png$)"
    r"|^(?:parts|symbols|licences|programs)/"  # drawn into pages, or published elsewhere
    r"|^redaktion/(?:cms|bilder|source)/"  # of the editing page, which is a site of its own
    r"|^assets/source/"  # what is made from the packages of others
)
_OURS = re.compile(r"^assets/(?:js/[^/]+\.js|[^/]+\.css)$")
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
_CHOSEN_DARK = re.compile(r':root\[data-theme="dark"\] (\{[^{}]*\})')
_SPACE = re.compile(r"\s*([{};,>])\s*")


def is_theme_stylesheet(path: str) -> bool:
    """Whether `path` is the theme's main style sheet (its name carries a hash)."""
    return bool(_THEME.match(path))


def is_unused(path: str) -> bool:
    """Whether `path` is a file of the theme, or a source of ours, that no page asks for, or what a
    program has left behind.
    """
    name = path.rpartition("/")[2]
    # Whether names with a dot are published is the engine's setting.
    left_behind = not name.startswith(".") and is_left_behind(name)
    return bool(_UNUSED.match(path)) or left_behind


class NoStyleSheet(Exception):
    """The theme does not bring what ours builds on; a German sentence."""


def is_part(path: str) -> bool:
    """Whether `prepared` is to have the file at `path`."""
    return is_theme_stylesheet(path) or is_named(path)


def prepared(parts: Mapping[str, bytes], theme: str | None, styles: Path) -> Fingerprints:
    """Style sheets, scripts and fonts as pages get them, of `parts` by path and of the folder
    `styles`. Raises NoStyleSheet where the `theme` of that name has none.
    """
    of_theme = [parts[path].decode("utf-8") for path in parts if is_theme_stylesheet(path)]
    if theme and not of_theme:
        raise NoStyleSheet(_NO_STYLESHEET.format(theme=theme))
    ours = {
        path: _smaller_file(path, content) if _OURS.match(path) else content
        for path, content in parts.items()
        if is_named(path)
    }
    return Fingerprints({**ours, STYLESHEET: bundle("".join(of_theme), styles).encode("utf-8")})


def bundle(theme_css: str, folder: Path) -> str:
    """The theme's style sheet, if there is one, in a layer of its own; ours from `folder` above."""
    ours = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.css"), key=_place))
    ours = _smaller(_dark_as_system(ours))
    if not theme_css:
        return ours
    theme = (
        _PICTURE.sub("", theme_css)
        .replace('@charset "UTF-8";', "")
        .split("\n/*# sourceMappingURL")[0]
    )
    return f"@layer theme{{{_for_prose(theme)}}}\n{ours}"


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


def _smaller_file(path: str, content: bytes) -> bytes:
    return smaller(path, content.decode("utf-8")).encode("utf-8")


def smaller(path: str, text: str) -> str:
    """A script or a style sheet without indentation and comment; the texts in none run over several
    lines.
    """
    if path.endswith(".css"):
        return _smaller(text)
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _place(path: Path) -> tuple[int, str]:
    """Which sheet comes when; one that the order does not know comes last."""
    return ORDER.index(path.stem) if path.stem in ORDER else len(ORDER), path.name


def _dark_as_system(css: str) -> str:
    """With the dark colours also where the system is dark and nobody has chosen otherwise."""
    return _CHOSEN_DARK.sub(
        r'\g<0>@media (prefers-color-scheme: dark) {:root:not([data-theme="light"]) \1}', css
    )


def _smaller(css: str) -> str:
    """Without comments and needless white space; line ends stay, so errors keep their place."""
    return "\n".join(
        line.strip()
        for line in _SPACE.sub(r"\1", _COMMENT.sub("", css)).split("\n")
        if line.strip()
    )
