"""Files in the forms that browsers ask for first: gzip (RFC 1952) and brotli (RFC 7932)."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import brotli

from partnership.site.hosting.description import TEXTS

# The last step to 11 takes three times as long for one percent.
_QUALITY = 10


def variants(site: Path) -> Iterator[tuple[Path, bytes]]:
    """For each text of the built `site` what is to stand beside it; none that would be larger."""
    for path in sorted(site.rglob("*")):
        if path.suffix.removeprefix(".") not in TEXTS or not path.is_file():
            continue
        content = path.read_bytes()
        for suffix, smaller in (
            ("gz", gzip.compress(content, 9, mtime=0)),
            ("br", brotli.compress(content, quality=_QUALITY)),
        ):
            if len(smaller) < len(content):
                yield path.with_name(f"{path.name}.{suffix}"), smaller
