"""The command line: one parser, one module of `commands` behind each command."""

import os
import sys
from collections.abc import Sequence

from partnership.commands import (
    check,
    close,
    compare,
    create,
    export,
    formatting,
    report,
    schema,
    take_in,
    usage,
    yearbook,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 when all is well, 1 for findings, 2 for wrong use."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BrokenPipeError:  # whoever read the output, such as `head`, did not want all of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> usage.Parser:
    parser = usage.Parser(
        prog="partnerschaft", description="Daten und Website der Partnerschaft pflegen."
    )
    commands = parser.add_subparsers(required=True, metavar="BEFEHL", parser_class=usage.Parser)
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
        schema,
    ):
        command.add(commands)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
