"""What a page of the site may do in a browser: the Content-Security-Policy (W3C CSP Level 3).

Each page says it itself, so that it holds on every host; a host that can sends `HEADER` besides.
"""

from collections.abc import Iterable

# The style sheet within the badge: a drawing has no other way to follow dark surroundings.
_BADGE = "'sha256-PmiO1aG/5RloFijhLb+RgqT9GOk2c/81HeVSnAkituU='"
# What only a header can say.
FRAMES = "frame-ancestors 'none'"
POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self' {_BADGE}; img-src 'self'; "
    "font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
HEADER = f"{POLICY}; {FRAMES}"


def editing(hosts: Iterable[str]) -> str:
    """The editing page's own: it asks the Git `hosts`, and the CMS writes styles into the page."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' blob: data:; font-src 'self'; frame-src blob:; "
        f"connect-src 'self' blob: {' '.join(hosts)}; "
        "form-action 'self'; base-uri 'self'"
    )
