"""The description in nginx's words, for the inside of a `server` block."""

from collections.abc import Iterator, Mapping

from partnership.site.hosting.description import ASK, CACHE, LASTING, LASTS, TYPES, Hosting

_HEAD = """\
# In den server-Block: include …/nginx.conf; dort stehen listen, server_name, Zertifikat und
# root …/current;
# brotli_static braucht von Debian libnginx-mod-http-brotli-static.
index index.html;
autoindex off;
absolute_redirect off;
server_tokens off;
gzip_static on;
gzip_vary on;
brotli_static on;
"""


def text(hosting: Hosting) -> str:
    """The file to include."""
    return "\n".join((_HEAD.rstrip(), *_lines(hosting))) + "\n"


def _lines(hosting: Hosting) -> Iterator[str]:
    base = hosting.base
    yield "types {"
    yield from (f'    "{media}" {ending};' for ending, media in TYPES.items())
    yield "}"
    # A folder without a page is refused; visitors are told that there is none.
    yield f"error_page 404 {hosting.missing};"
    yield f"error_page 403 =404 {hosting.missing};"
    yield from _headers(hosting.headers, ASK)
    for old, new in hosting.moved.items():
        yield f"rewrite ^{base}{old}(.*)$ {base}{new}$1 permanent;"
    # One header of its own takes the place of all from outside, so a location says each again.
    yield f'location ~ "^{base}{LASTING}$" {{'
    yield from (f"    {line}" for line in _headers(hosting.headers, LASTS))
    yield "}"


def _headers(headers: Mapping[str, str], cache: str) -> Iterator[str]:
    for name, value in {**headers, CACHE: cache}.items():
        yield f'add_header {name} "{value}" always;'
