"""`partnerschaft hosting`: what a web server needs to serve the built site well."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from partnership.commands import usage
from partnership.language import german
from partnership.site.hosting import apache, caddy, listed, nginx
from partnership.site.hosting.description import Hosting, editing_page, hosting

# Servers that are told by a file of their own, outside the site; the others read files in it.
_OUTSIDE: Mapping[str, Callable[[Hosting], str]] = {"nginx": nginx.text, "caddy": caddy.text}
# By the server, too, whatever whoever calls the command lets others read.
_READABLE = 0o644
_SERVERS = (*_OUTSIDE, "apache", "headers")


def add(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    """Describe the command."""
    command = commands.add_parser(
        "hosting", help="die gebaute Website für einen Server vorbereiten"
    )
    command.add_argument(
        "server",
        metavar="SERVER",
        choices=_SERVERS,
        help="nginx, apache, caddy oder headers (Netlify, Cloudflare Pages)",
    )
    command.add_argument(
        "--site", type=Path, default=Path("site"), metavar="ORDNER", help="die gebaute Website"
    )
    command.add_argument(
        "--to",
        type=Path,
        default=Path("hosting"),
        metavar="ORDNER",
        help="wohin die Datei für nginx oder Caddy kommt (hosting)",
    )
    usage.add_root(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the server's file, and beside the site's own files their compressed forms."""
    site: Path = options.site
    if not (site / "index.html").is_file():
        usage.tell(f"In {site} liegt keine gebaute Website. Zuerst: make site")
        return 1
    described = editing_page(site)
    if described is None:
        partnership = usage.sound(options.root)
        if partnership is None:
            return 1
        described = hosting(partnership)
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    if options.server == "headers":
        _write(site / "_headers", listed.headers(described, files))
        _write(site / "_redirects", listed.redirects(described))
        # Where a file stands, some hosts look no further.
        for old in described.moved:
            (site / old / "index.html").unlink(missing_ok=True)
        return 0
    if options.server == "apache":
        _write(site / ".htaccess", apache.text(described))
    else:
        _write(options.to / f"{options.server}.conf", _OUTSIDE[options.server](described))
    return _compress(site)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(_READABLE)
    print(path)


def _compress(site: Path) -> int:
    try:
        from partnership.site.hosting import smaller  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        usage.tell("Dafür fehlt brotli: pip install 'partnerschaft[hosting]'")
        return 1
    count = 0
    for path, content in smaller.variants(site):
        path.write_bytes(content)
        path.chmod(_READABLE)
        count += 1
    print(f"{german.counted(count, 'Datei', 'Dateien')} mit gzip und brotli verkleinert")
    return 0
