"""A folder on another machine, laid out as `folder` does it; rsync carries the files.

There it needs a POSIX shell, rsync and GNU's coreutils and flock, as every Linux server has them.
Who may sign in, and with which key, is the business of ssh and its own configuration.
"""

import re
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from partnership.site.publishing import manifest as manifests
from partnership.site.publishing.manifest import Manifest
from partnership.site.publishing.releases import NotPublished

_ADDRESS = re.compile(
    r"ssh://(?P<host>(?:[^@/:\s-][^@/:\s]*@)?[^@/:\s-][^@/:\s]*)(?::(?P<port>\d+))?(?P<path>/.+)"
)
_SHORT = re.compile(r"(?P<host>(?:[^@/:\s-][^@/:\s]*@)?[^@/:\s-][^@/:\s]+):(?P<path>.+)")
# Nobody is there to type a password, and a host that does not answer is told soon.
_OPTIONS = ("-o", "BatchMode=yes", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=15")

_LOCK = """
mkdir -p "$1/releases" && cd "$1" && exec 9>.lock || exit
if flock -n 9; then echo frei; cat >/dev/null; else echo belegt; fi
"""
# A release is there whole when its manifest is; what never got one is of an interrupted run.
_CLEAR = """
cd "$1/releases" || exit
public=$(basename "$(readlink ../current)")
for each in [0-9]*Z-*; do
    name=${each%%.*}
    [ -e "$each" ] && [ ! -f "$name.json" ] && [ "$name" != "$public" ] && rm -rf -- "$each"
done
true
"""
_LIST = """
cd "$1/releases" || exit
for each in [0-9]*Z-*.json; do [ -d "${each%.json}" ] && cat "$each" && printf '\\0'; done
true
"""
_LINK_KEPT = """
cd "$1/releases" || exit
while IFS="$(printf '\\t')" read -r from path; do
    [ "$from" = "$2" ] && continue
    mkdir -p "$2/$(dirname "$path")" && ln -f "$from/$path" "$2/$path" || exit
done
"""
_FINISH = 'cd "$1/releases" && cat >"$2.neu" && sync && mv -f "$2.neu" "$2.json"'
_SWITCH = 'cd "$1" && ln -sfn "releases/$2" .current.neu && mv -T .current.neu current'
_CHECK = 'cd "$1/current" || exit; LC_ALL=C sha256sum --check --quiet 2>/dev/null; true'
_DROP = 'cd "$1/releases" && rm -f -- "$2.json" && rm -rf -- "$2"'


@dataclass(frozen=True, slots=True)
class Address:
    """Where on which machine: `host` as ssh takes it, a port where it is not in ssh's settings."""

    host: str
    path: str
    port: str = ""


def address(target: str) -> Address | None:
    """The address that `ssh://host:port/path` or `host:path` names; None for another target."""
    found = _ADDRESS.fullmatch(target)
    if found:
        return Address(found["host"], found["path"], found["port"] or "")
    short = _SHORT.fullmatch(target) if "://" not in target else None
    return Address(short["host"], short["path"]) if short else None


class Remote:
    """The releases at an address."""

    def __init__(self, where: Address) -> None:
        self._where = where
        self._ssh = ["ssh", *_OPTIONS, *(["-p", where.port] if where.port else [])]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock there for as long as the connection lasts."""
        alone = self._ssh
        with TemporaryDirectory(prefix="ssh-") as shared:
            # One connection for all, and nobody is asked twice: the others go through the lock's.
            self._ssh = [*alone, "-o", f"ControlPath={shared}/%C"]
            try:
                with self._holding():
                    self._run(_CLEAR)
                    yield
            finally:
                self._ssh = alone

    @contextmanager
    def _holding(self) -> Iterator[None]:
        command = self._command(_LOCK)
        try:
            holder = subprocess.Popen(  # noqa: S603 - a list, no shell here
                [command[0], "-o", "ControlMaster=yes", *command[1:]],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
            )
        except FileNotFoundError as error:
            raise NotPublished(_missing("ssh")) from error
        with holder:
            answer = holder.stdout.readline().strip() if holder.stdout else ""
            try:
                if answer == "belegt":
                    raise NotPublished("Dort wird gerade veröffentlicht.")
                if answer != "frei":
                    raise NotPublished(self._failed(holder.stderr.read() if holder.stderr else ""))
                yield
            finally:
                if holder.stdin:
                    holder.stdin.close()

    def releases(self) -> Sequence[Manifest]:
        """Every whole release."""
        found = []
        for text in self._run(_LIST).split("\0"):
            try:
                found.append(manifests.read(text))
            except ValueError:
                continue
        return found

    def current(self) -> str | None:
        """Where the link leads."""
        target = self._run('readlink "$1/current"; true').strip()
        return target.rsplit("/", 1)[-1] or None

    def send(self, site: Path, manifest: Manifest) -> None:
        """Send what is new, link what the last release has already; the manifest goes last."""
        there = self.releases()
        last = [f"--link-dest=../{there[-1].release}/"] if there else []
        goal = f"{self._where.host}:{self._where.path}/releases/{manifest.release}/"
        shell = ["--rsh", shlex.join(self._ssh)]
        # By content, not by time: each build writes every file anew. No --times, or a time of its
        # own would keep a file from being linked.
        how = ["--recursive", "--checksum", "--chmod=D755,F644", "--delete", "--protect-args"]
        self._call(["rsync", *how, *last, *shell, f"{site}/", goal])
        self._keep(manifest, there)

    def lend(self, manifest: Manifest) -> None:
        """Link what it has not yet from the releases that have it."""
        self._keep(manifest, self.releases())

    def _keep(self, manifest: Manifest, there: Sequence[Manifest]) -> None:
        kept = [
            f"{each.release}\t{path}\n"
            for path, digest in manifest.kept.items()
            for each in [_with(there, path, digest)]
        ]
        self._run(_LINK_KEPT, manifest.release, data="".join(kept))
        self._run(_FINISH, manifest.release, data=manifest.text())

    def switch(self, manifest: Manifest) -> None:
        """Replace the link in one step."""
        self._run(_SWITCH, manifest.release)

    def differing(self, manifest: Manifest) -> Sequence[str]:
        """Let the other machine read every public file again."""
        lines = "".join(f"{digest}  {path}\n" for path, digest in manifest.everything.items())
        told = self._run(_CHECK, data=lines).splitlines()
        return [line.rsplit(": ", 1)[0] for line in told]

    def drop(self, unwanted: Sequence[Manifest]) -> None:
        """Remove the manifest first, so that half a release is none."""
        for manifest in unwanted:
            self._run(_DROP, manifest.release)

    def _command(self, script: str, *words: str) -> list[str]:
        line = shlex.join(["sh", "-c", script, "sh", self._where.path, *words])
        return [*self._ssh, self._where.host, line]

    def _run(self, script: str, *words: str, data: str = "") -> str:
        return self._call(self._command(script, *words), data)

    def _call(self, command: list[str], data: str = "") -> str:
        try:
            done = subprocess.run(  # noqa: S603
                command,
                input=data,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                check=False,
            )
        except FileNotFoundError as error:
            raise NotPublished(_missing(command[0])) from error
        if done.returncode:
            raise NotPublished(self._failed(done.stderr))
        return done.stdout

    def _failed(self, told: str) -> str:
        lines = [line.strip() for line in told.splitlines() if line.strip()]
        why = lines[0] if lines else "keine Antwort"
        return f"{self._where.host}: {why}. Öffentlich ist, was es war."


def _with(there: Sequence[Manifest], path: str, digest: str) -> Manifest:
    return next(each for each in reversed(there) if each.everything.get(path) == digest)


def _missing(program: str) -> str:
    return f"Das Programm {program} fehlt auf diesem Rechner (Debian: openssh-client, rsync)."
