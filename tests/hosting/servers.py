"""The real servers, as processes of their own on the loopback, and what a client gets of them."""

import http.client
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import pytest

from partnership.cli import main
from tests.publishing.places import free_port, running

NGINX = Path("/usr/sbin/nginx")
NGINX_BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
APACHE = Path("/usr/sbin/apache2")
CADDY = Path("/usr/bin/caddy")


class Answer(NamedTuple):
    """What a server says; names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(url: str, path: str, **headers: str) -> Answer:
    """Ask for one address, following nothing and unpacking nothing."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers=sent)
    answer = connection.getresponse()
    found: dict[str, str] = {}
    for name, value in answer.getheaders():
        # Said twice, a policy or a time to last would be another one.
        assert name.lower() not in found or name.lower() == "vary", f"{name} twice"
        found[name.lower()] = value
    body = answer.read()
    connection.close()
    return Answer(answer.status, found, body)


@contextmanager
def nginx(site: Path, config: Path, folder: Path) -> Iterator[str]:
    port = free_port()
    own = folder / "own.conf"
    own.write_text(
        f"load_module {NGINX_BROTLI};\n"
        # It may have to read what only the user of this run can.
        f"{'user root;' if os.geteuid() == 0 else ''}\n"
        f"daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log stderr;\n"
        "events {}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/p;"
        f" fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
        f"server {{ listen 127.0.0.1:{port}; root {site}; include {config}/nginx.conf; }} }}\n",
        "utf-8",
    )
    with running([NGINX, "-e", "stderr", "-c", own], port, folder / "log"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def apache(site: Path, _: Path, folder: Path) -> Iterator[str]:
    port = free_port()
    modules = ("mpm_event", "authz_core", "mime", "dir", "headers", "rewrite", "autoindex")
    # As Debian has them: its own compression must leave ours alone.
    modules += ("filter", "deflate", "negotiation")
    own = folder / "own.conf"
    own.write_text(
        "".join(
            f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in modules
        )
        + "ServerName localhost\nUser www-data\nGroup www-data\n"
        f"Listen 127.0.0.1:{port}\nPidFile {folder}/pid\n"
        f"DefaultRuntimeDir {folder}\nErrorLog /dev/stderr\nTypesConfig /etc/mime.types\n"
        "AddOutputFilterByType DEFLATE text/html text/css application/json\n"
        f"DocumentRoot {site}\n<Directory {site}>\n"
        "AllowOverride FileInfo Indexes Options\nRequire all granted\n</Directory>\n",
        "utf-8",
    )
    with running([APACHE, "-D", "FOREGROUND", "-f", own], port, folder / "log"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def caddy(site: Path, config: Path, folder: Path) -> Iterator[str]:
    port = free_port()
    own = folder / "Caddyfile"
    own.write_text(
        "{\n admin off\n auto_https off\n}\n"
        f"http://127.0.0.1:{port} {{\n root * {site}\n import {config}/caddy.conf\n}}\n",
        "utf-8",
    )
    home = (f"XDG_CONFIG_HOME={folder}", f"XDG_DATA_HOME={folder}")
    command: list[str | Path] = [
        "env",
        *home,
        CADDY,
        "run",
        "--adapter",
        "caddyfile",
        "--config",
        own,
    ]
    with running(command, port, folder / "log"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def headers(site: Path, _: Path, __: Path) -> Iterator[str]:
    """A host that reads `_headers` and `_redirects` as Netlify and Cloudflare say that they do."""
    handler = partial(_Listed, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Listed(SimpleHTTPRequestHandler):
    """Each rule that fits adds its headers; a redirect counts where there is no file."""

    def end_headers(self) -> None:
        rules = (Path(self.directory) / "_headers").read_text("utf-8")
        for address, lines in re.findall(r"^(/.*)\n((?:  .*\n)+)", rules, re.MULTILINE):
            if _fits(address, self.path):
                for line in lines.splitlines():
                    self.send_header(*line.strip().split(": ", 1))
        super().end_headers()

    def send_error(self, code: int, *_: Any, **__: Any) -> None:
        for line in (Path(self.directory) / "_redirects").read_text("utf-8").splitlines():
            old, new, status = line.split(" ")
            if found := _fits(old, self.path):
                self.send_response(int(status))
                self.send_header("Location", new.replace(":splat", found[1]))
                self.end_headers()
                return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((Path(self.directory) / "404.html").read_bytes())

    def list_directory(self, path: Any) -> None:
        self.send_error(404)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def _fits(address: str, path: str) -> re.Match[str] | None:
    return re.fullmatch(re.escape(address).replace(r"\*", "(.*)"), path)


SERVERS: Mapping[str, Callable[[Path, Path, Path], Any]] = {
    "nginx": nginx,
    "apache": apache,
    "caddy": caddy,
    "headers": headers,
}
NEEDED: Mapping[str, tuple[tuple[Path, str], ...]] = {
    "nginx": ((NGINX, "nginx-light"), (NGINX_BROTLI, "libnginx-mod-http-brotli-static")),
    "apache": ((APACHE, "apache2-bin"),),
    "caddy": ((CADDY, "caddy"),),
    "headers": (),
}


@contextmanager
def serving(
    server: str, city: Path, site: Path, folder: Path, root: Path | None = None
) -> Iterator[str]:
    """`site` of `city`, prepared as the README says, on a server whose root is `root`."""
    for path, package in NEEDED[server]:
        if not path.exists():
            pytest.skip(f"needs {package} from the system")
    folder.mkdir(exist_ok=True)
    command = ["hosting", server, "--root", str(city), "--site", str(site), "--to", str(folder)]
    assert main(command) == 0
    with SERVERS[server](root or site, folder, folder) as url:
        yield url
