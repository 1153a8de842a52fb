"""The description in Apache's words: a `.htaccess`, or the inside of a `<Directory>`."""

from collections.abc import Iterator

from partnership.site.hosting.description import (
    ASK,
    CACHE,
    LASTING,
    LASTS,
    TEXTS,
    TYPES,
    Hosting,
)

_HEAD = """\
# Braucht die Module headers und rewrite und „AllowOverride FileInfo Indexes Options“; oder dasselbe
# in der Konfiguration des Servers, in <Directory>.
Options -Indexes
DirectoryIndex index.html
RewriteEngine On
"""
_SMALLER = (("br", "br"), ("gzip", "gz"))


def text(hosting: Hosting) -> str:
    """The file for the site's folder."""
    return "\n".join((_HEAD.rstrip(), *_lines(hosting))) + "\n"


def _lines(hosting: Hosting) -> Iterator[str]:
    base = hosting.base
    yield f"ErrorDocument 404 {hosting.missing}"
    for name, value in {**hosting.headers, CACHE: ASK, "Vary": "Accept-Encoding"}.items():
        yield f'Header always set {name} "{value}"'
    lasting = f"expr=%{{REQUEST_URI}} =~ m#^{base}{LASTING}(\\.br|\\.gz)?$#"
    yield f'Header always set {CACHE} "{LASTS}" "{lasting}"'
    for ending, media in TYPES.items():
        smaller = r"(\.br|\.gz)?" if ending in TEXTS else ""
        yield f'<FilesMatch "\\.{ending}{smaller}$">'
        yield f'    ForceType "{media}"'
        if smaller:
            yield from (f"    AddEncoding {name} .{suffix}" for name, suffix in _SMALLER)
        yield "</FilesMatch>"
    for old, new in hosting.moved.items():
        yield f"RewriteRule ^{old}(.*)$ {base}{new}$1 [R=301,L]"
    # A folder without a page is as good as none.
    yield "RewriteCond %{REQUEST_FILENAME} -d"
    yield "RewriteCond %{REQUEST_FILENAME}index.html !-f"
    yield "RewriteRule /$ - [R=404,L]"
    for name, suffix in _SMALLER:
        for page in ("index.html", ""):
            yield f"RewriteCond %{{HTTP:Accept-Encoding}} \\b{name}\\b"
            yield f"RewriteCond %{{REQUEST_FILENAME}}{page}.{suffix} -f"
            where = "(^|/)$" if page else "[^/]$"
            yield f"RewriteRule {where} %{{REQUEST_URI}}{page}.{suffix} [E=no-gzip:1,L]"
