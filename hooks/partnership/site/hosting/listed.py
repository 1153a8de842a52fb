"""The description as `_headers` and `_redirects`, which Netlify, Cloudflare Pages and others read.

They compress by themselves, and have browsers ask again for what no rule says to last.
"""

from collections.abc import Collection, Iterator

from partnership.site.hosting.description import CACHE, LASTS, Hosting
from partnership.site.publishing.manifest import is_lasting


def headers(hosting: Hosting, files: Collection[str]) -> str:
    """`_headers`. Lasting files, whose names no rule can match, are listed."""
    return "\n".join(_rules(hosting, files)) + "\n"


def _rules(hosting: Hosting, files: Collection[str]) -> Iterator[str]:
    yield f"{hosting.base}*"
    yield from (f"  {name}: {value}" for name, value in hosting.headers.items())
    for path in sorted(files):
        if is_lasting(path):
            yield f"{hosting.base}{path}"
            yield f"  {CACHE}: {LASTS}"


def redirects(hosting: Hosting) -> str:
    """`_redirects`."""
    base = hosting.base
    return "".join(f"{base}{old}* {base}{new}:splat 301\n" for old, new in hosting.moved.items())
