"""`mkdocs build` many times, with all code read once: a process that forks for each build.

Every build is a process of its own, with its arguments, environment, output and end. Only what each
of them would read and compile alike is there before it starts.
"""

import atexit
import json
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from functools import cache
from pathlib import Path

ENGINE = Path(__file__).resolve().parent.parent


def run(arguments: Sequence[str], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs` with the arguments, here and with `env`."""
    builder = _builder()
    assert builder.stdin is not None
    assert builder.stdout is not None
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        order = {
            "arguments": ["mkdocs", *arguments],
            "env": dict(env),
            "here": str(Path.cwd()),
            "output": [str(out), str(err)],
        }
        builder.stdin.write(json.dumps(order) + "\n")
        builder.stdin.flush()
        code = int(builder.stdout.readline())
        told = (out.read_text("utf-8"), err.read_text("utf-8"))
    return subprocess.CompletedProcess(order["arguments"], code, *told)


@cache
def _builder() -> subprocess.Popen[str]:
    """The process that waits for orders, started with the first one."""
    builder = subprocess.Popen(
        [sys.executable, "-m", "tests.builder"],
        cwd=ENGINE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )

    def end() -> None:
        # It ends where its orders do.
        builder.communicate()

    atexit.register(end)
    return builder


def _warm() -> None:
    """Read the code of the engine and of the hook, compile the templates."""
    from partnership.model.dates import LOCAL
    from partnership.site import engine
    from partnership.site.pages import Site
    from tests.helpers import SMALL_CITY, TODAY, checked

    runpy.run_path(str(ENGINE / "hooks/build.py"))
    partnership = checked(SMALL_CITY).partnership
    assert partnership is not None
    site = Site(partnership, datetime.combine(TODAY, time(12), LOCAL), [engine.OVERRIDES])
    site.add_files(export.path for export in site.files())
    list(site.generated())


def _serve() -> None:
    """Take orders, a line each; answer with the code of the build's end."""
    from mkdocs.__main__ import cli

    _warm()
    for line in sys.stdin:
        order = json.loads(line)
        build = os.fork()
        if build == 0:
            os.chdir(order["here"])
            os.environ.clear()
            os.environ.update(order["env"])
            for number, path in enumerate([os.devnull, *order["output"]]):
                flags = os.O_WRONLY | os.O_CREAT if number else os.O_RDONLY
                os.dup2(os.open(path, flags), number)
            sys.argv = order["arguments"]
            cli()
        code = os.waitstatus_to_exitcode(os.waitpid(build, 0)[1])
        sys.stdout.write(f"{code}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
