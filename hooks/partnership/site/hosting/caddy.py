"""The description in Caddy's words, for the inside of a site's block."""

from collections.abc import Iterator, Mapping

from partnership.site.hosting.description import ASK, CACHE, LASTING, LASTS, TYPES, Hosting

_HEAD = """\
# In den Block der Adresse: import …/caddy.conf; dort steht auch root * …/current
"""
_FILES = ("file_server {", "    precompressed br gzip", "}")


def text(hosting: Hosting) -> str:
    """The file to import."""
    return _HEAD + "\n".join(_lines(hosting)) + "\n"


def _lines(hosting: Hosting) -> Iterator[str]:
    base = hosting.base
    yield f"@bleibt path_regexp ^{base}{LASTING}$"
    for ending in TYPES:
        yield f"@{ending} path *.{ending}"
    for number, old in enumerate(hosting.moved):
        yield f"@umzug{number} path_regexp umzug{number} ^{base}{old}(.*)$"
    # In a route what comes later has the last word.
    yield "route {"
    yield from _indented(_headers({**hosting.headers, CACHE: ASK, "Vary": "Accept-Encoding"}))
    yield f'    header @bleibt {CACHE} "{LASTS}"'
    yield from (f'    header @{ending} Content-Type "{media}"' for ending, media in TYPES.items())
    for number, new in enumerate(hosting.moved.values()):
        yield f"    redir @umzug{number} {base}{new}{{re.umzug{number}.1}} permanent"
    yield from _indented(_FILES)
    yield "}"
    yield "handle_errors {"
    yield f"    rewrite * {hosting.missing}"
    yield from _indented(_headers({**hosting.headers, CACHE: ASK, "Content-Type": TYPES["html"]}))
    yield from _indented(_FILES)
    yield "}"


def _headers(headers: Mapping[str, str]) -> Iterator[str]:
    yield from (f'header {name} "{value}"' for name, value in headers.items())


def _indented(lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    yield from (f"    {line}" for line in lines)
