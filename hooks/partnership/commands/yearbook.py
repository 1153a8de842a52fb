"""`partnerschaft yearbook`: the report of a year as an accessible PDF."""

import argparse
from pathlib import Path

from partnership.commands import usage
from partnership.site import engine
from partnership.site.exports.yearbook import NoPrinter, as_pdf
from partnership.site.pages import Site
from partnership.site.views.yearbook import yearbook


def add(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    """Describe the command."""
    command = commands.add_parser("yearbook", help="den Jahresbericht als barrierefreies PDF")
    command.add_argument("year", type=usage.year, metavar="JAHR", help="zum Beispiel 2025")
    command.add_argument("file", type=Path, metavar="DATEI", help="wohin das PDF kommt")
    usage.add_root(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the report."""
    partnership = usage.sound(options.root)
    if partnership is None:
        return 1
    try:
        report = yearbook(partnership, options.year, usage.today())
    except ValueError:
        first = partnership.city.founded.year
        usage.tell(f"Einen Bericht gibt es für die Jahre {first} bis {usage.today().year}.")
        return 2
    site = Site(partnership, usage.now(), (engine.OVERRIDES,))
    html = site.templates.render("reports/yearbook.html", "", {"report": report})
    try:
        content = as_pdf(html, engine.FONTS)
    except NoPrinter as error:
        usage.tell(
            "Für den Bericht fehlt WeasyPrint: pip install 'partnerschaft[bericht]', dazu Pango"
            f" aus dem Betriebssystem (Debian: libpango-1.0-0 libpangoft2-1.0-0). {error}"
        )
        return 1
    options.file.parent.mkdir(parents=True, exist_ok=True)
    options.file.write_bytes(content)
    print(options.file)
    return 0
