"""What a web server is told, whichever it is: headers, types, for how long, what has moved."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from partnership.model import addresses
from partnership.model.partnership import Partnership
from partnership.site import policy
from partnership.site.kinds.missing import ADDRESS as MISSING

POLICY = "Content-Security-Policy"
CACHE = "Cache-Control"
# With every answer, found or not.
HEADERS: Mapping[str, str] = {
    # A year, and this name alone: what stands below it is not ours.
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# A browser asks each time whether what it has is still right, by ETag.
ASK = "no-cache"
# It never needs to: the name says what is in the file.
LASTS = "public, max-age=31536000, immutable"
# The same as `manifest.is_lasting`, below the site's base.
LASTING = r"assets/([^/]+/)*[^/]+\.[0-9a-f]{10}\.[a-z0-9]+"
_TEXTS = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "xml": "application/xml",
    "svg": "image/svg+xml",
    "csv": "text/csv",
    "ics": "text/calendar",
    "vtt": "text/vtt",
    "txt": "text/plain",
    # To be read and run by whoever wants to, never by the server.
    "py": "text/plain",
}
# What is made smaller beforehand.
TEXTS = frozenset(_TEXTS)
# With `nosniff` a browser believes the server, so each ending has its type (RFC 6838).
TYPES: Mapping[str, str] = {
    "gz": "application/gzip",  # before the texts, which may be packed
    **{ending: f"{media}; charset=utf-8" for ending, media in _TEXTS.items()},
    "png": "image/png",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "woff2": "font/woff2",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


_SAID = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Hosting:
    """The site below `base` (from `/` to `/`). `moved` says which folder of the site is another one
    now; `policy` is that of its pages.
    """

    base: str
    moved: Mapping[str, str]
    policy: str

    @property
    def missing(self) -> str:
        """Where the page for unknown addresses stands."""
        return f"{self.base}{MISSING}"

    @property
    def headers(self) -> Mapping[str, str]:
        """What comes with every answer, but for how long it lasts."""
        return {**HEADERS, POLICY: f"{self.policy}; {policy.FRAMES}"}


def hosting(partnership: Partnership) -> Hosting:
    """How the site of `partnership` is to be served."""
    path = urlsplit(partnership.city.site_address).path.strip("/")
    return Hosting(
        base=f"/{path}/" if path else "/",
        moved={
            addresses.member(former): addresses.member(member.slug)
            for member in partnership.members
            for former in member.former
        },
        policy=policy.POLICY,
    )


def editing_page(site: Path) -> Hosting | None:
    """How the editing page's own site, built in `site`, is to be served; None for any other site.
    Its policy names the Git host, and stands in the page.
    """
    page = site / addresses.EDITING / "index.html"
    said = _SAID.search(page.read_text("utf-8")) if page.is_file() else None
    return Hosting("/", {}, unescape(said[1])) if said else None
