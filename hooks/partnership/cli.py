"""The command line: one parser, one module of `commands` behind each command.

Whatever ends a command before its time is told here, in one German sentence.
"""

import io
import os
import shutil
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from partnership.commands import (
    check,
    close,
    compare,
    create,
    export,
    formatting,
    health,
    hosting,
    publish,
    report,
    schema,
    take_in,
    usage,
    yearbook,
)
from partnership.model.dates import NoMoment
from partnership.model.problems import ProblemsFound, show, why

_INTERRUPTED = 130  # what a shell reports for a program that Ctrl-C has ended


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 when all is well, 1 for findings, 2 for wrong use or a place that
    cannot be read or written, 3 for a fault of the program itself.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal may know fewer signs than a file's name or text has.
            stream.reconfigure(errors="replace")
    try:
        options = parser().parse_args(arguments)
        code = int(options.run(options))
        if sys.stdout is not None:
            sys.stdout.flush()  # a full disk is noticed here, where it can still be told
        return code
    except BrokenPipeError:  # whoever read the output, such as `head`, did not want all of it
        _drop_output()
        return 1
    except KeyboardInterrupt:
        usage.tell("Abgebrochen.")
        return _INTERRUPTED
    except ProblemsFound as found:
        usage.tell(show(found.problems, "text"))
        return 1
    except NoMoment as error:
        usage.tell(str(error))
        return 2
    except OSError as error:
        _drop_output()
        usage.tell(_sentence(error))
        return 2
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        usage.tell(_own_fault(error))
        return 3


def _sentence(error: OSError) -> str:
    if isinstance(error, shutil.Error):  # it has gathered the files that could not be copied
        files = ", ".join(f"„{source}“" for source, *_ in error.args[0])
        return f"{files} lässt sich nicht lesen."
    names = [name for name in (error.filename, error.filename2) if isinstance(name, str | bytes)]
    named = " und ".join(f"„{os.fsdecode(name)}“" for name in names)
    what = f"{named} lässt sich nicht lesen oder" if named else "Die Ausgabe lässt sich nicht"
    return f"{what} schreiben: {why(error)}."


def _own_fault(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    return (
        "Das ist ein Fehler des Programms, nicht Ihrer Angaben. Bitte melden Sie ihn mit dem Aufruf"
        f" und dieser Zeile: {type(error).__name__} in {Path(place.filename).name},"
        f" Zeile {place.lineno}: {error}"
    )


def _drop_output() -> None:
    """Write what waits to be written or let it go: at its end Python would try again, and fail
    aloud.
    """
    try:
        sys.stdout.flush()
    except (OSError, AttributeError):  # or there is none at all
        with suppress(OSError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def parser() -> usage.Parser:
    """The parser of all commands."""
    made = usage.Parser(
        prog="partnerschaft", description="Daten und Website der Partnerschaft pflegen."
    )
    commands = made.add_subparsers(required=True, metavar="BEFEHL", parser_class=usage.Parser)
    for command in (
        check,
        create,
        take_in,
        formatting,
        report,
        close,
        yearbook,
        compare,
        export,
        hosting,
        publish,
        health,
        schema,
    ):
        command.add(commands)
    return made


if __name__ == "__main__":
    raise SystemExit(main())
