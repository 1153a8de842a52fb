"""Places that sites are published to, as real as this machine can have them: a folder, a host
with OpenSSH and rsync, a server that answers as S3 does.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from obstore import get
from obstore import list as listed
from obstore.store import S3Store

from partnership.cli import main
from tests.sites import contents

MOTO = Path(sys.prefix) / "s3/bin/moto_server"
# Of a version, as the build names it: what is in a file stands in its name.
LASTING = "assets/site.{}.css"


class Done(NamedTuple):
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


@dataclass
class Place:
    """Somewhere to publish to: what the command is told, and what readers then get."""

    target: str
    folder: Path | None = None
    store: S3Store | None = None
    env: dict[str, str] = field(default_factory=dict)

    def public(self) -> dict[str, bytes]:
        """Each file that can be asked for, by address."""
        if self.folder:
            return contents(self.folder / "current") if (self.folder / "current").exists() else {}
        assert self.store
        keys = [each["path"] for batch in listed(self.store) for each in batch]
        return {
            key: bytes(get(self.store, key).bytes())
            for key in keys
            if not key.startswith(".releases/")
        }

    def command(self, *options: str) -> list[str]:
        return [sys.executable, "-m", "partnership.cli", "publish", self.target, *options]

    def run(self, *options: str) -> "Done":
        """Call the command as an engineer would."""
        out, err = StringIO(), StringIO()
        with patch.dict(os.environ, self.env), redirect_stdout(out), redirect_stderr(err):
            code = main(["publish", self.target, *options])
        return Done(code, out.getvalue(), err.getvalue())

    def publish(self, site: Path, *options: str) -> str:
        """Publish what must arrive; returns what the command says."""
        done = self.run("--site", str(site), *options)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout


def site(folder: Path, text: str, pages: int = 12) -> Path:
    """A built site whose pages all say `text` and ask for a style sheet that says so, too."""
    shutil.rmtree(folder, ignore_errors=True)
    style = f"/* {text} */"
    lasting = LASTING.format(hashlib.sha256(style.encode()).hexdigest()[:10])
    files = {lasting: style, "index.html": f"{text} {lasting}"}
    files |= {f"seite-{number}/index.html": f"{text} {lasting}" for number in range(pages)}
    files |= {f"daten/{text}/Übersicht 1.csv": text}
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, "utf-8")
    return folder


def said(public: Mapping[str, bytes]) -> str:
    """What all pages of a public site say; fails where one says something else or asks in vain."""
    pages = {
        path: text.decode().split(" ") for path, text in public.items() if path[-5:] == ".html"
    }
    assert len(pages) == 13
    for _, style in pages.values():
        assert style in public
    (text,) = {text for text, _ in pages.values()}
    return text


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(command: list[str | Path], port: int, log: Path) -> Iterator[None]:
    """A server, from its first answer to the end of the block."""
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as server:
        try:
            for _ in range(300):
                if _answers(port):
                    break
                assert server.poll() is None, log.read_text("utf-8")
                time.sleep(0.1)
            yield
        finally:
            server.terminate()


@contextmanager
def host(folder: Path) -> Iterator[dict[str, str]]:
    """A host on the loopback with OpenSSH; gives the environment in which `ssh` finds it as
    `webserver`, with a key of its own.
    """
    port = free_port()
    for key in ("host", "user"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True
        )
    (folder / "known").write_text(
        f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text('utf-8')}", "utf-8"
    )
    (folder / "config").write_text(
        f"Host webserver\n HostName 127.0.0.1\n Port {port}\n IdentityFile {folder}/user\n"
        f" UserKnownHostsFile {folder}/known\n IdentitiesOnly yes\n",
        "utf-8",
    )
    program = folder / "bin/ssh"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F {folder}/config "$@"\n', "utf-8")
    program.chmod(0o755)
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where Debian's server wants to be locked in
    settings = {
        "AuthorizedKeysFile": f"{folder}/user.pub",
        "StrictModes": "no",
        "PidFile": "none",
        "UsePAM": "no",
    }
    options = [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]
    server = [
        "/usr/sbin/sshd",
        "-D",
        "-e",
        "-f",
        "/dev/null",
        "-p",
        str(port),
        "-h",
        folder / "host",
    ]
    with running([*server, *options], port, folder / "sshd.log"):
        yield {"PATH": f"{program.parent}:{os.environ['PATH']}"}


@contextmanager
def storage(folder: Path) -> Iterator[tuple[S3Store, dict[str, str]]]:
    """An empty bucket `web` of a server that answers as S3 does, and the environment that leads
    to it.
    """
    port = free_port()
    at = f"http://127.0.0.1:{port}"
    env = {
        "AWS_ENDPOINT_URL": at,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "eu-central-1",
        "AWS_ALLOW_HTTP": "true",
    }
    with running([MOTO, "-H", "127.0.0.1", "-p", str(port)], port, folder / "moto.log"):
        urllib.request.urlopen(urllib.request.Request(f"{at}/web", method="PUT"))
        store = S3Store(
            "web",
            prefix="stadt",
            endpoint=at,
            access_key_id="test",
            secret_access_key="test",  # noqa: S106 - of nothing
            region="eu-central-1",
            client_options={"allow_http": True},
        )
        yield store, env
