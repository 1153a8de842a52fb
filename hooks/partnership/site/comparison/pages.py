"""What stands on each page of a partnership's site, to be compared with another state of it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from markupsafe import Markup, escape

from partnership.model import addresses, markers
from partnership.model.partnership import Partnership
from partnership.site import drawn
from partnership.site.exports import attachments, exports
from partnership.site.kinds import HOME
from partnership.site.pages import Site


def pages(partnership: Partnership, now: datetime, folders: Sequence[Path]) -> dict[str, Markup]:
    """What stands on each page, prose as Markdown with its blocks rendered."""
    site = Site(partnership, now, folders)
    site.add_files(export.path for export in exports(site.build.data, now))
    site.add_files((addresses.FORM_TABLE, addresses.SEARCH_INDEX))
    site.add_files(export.path for export in drawn.badges(site.build, site.templates))
    site.add_files(attachments.files(partnership))
    found = {page.address: escape(page.shell.title) + page.body for page in site.generated()}
    for kind, prose in site.prose.values():
        address = kind.address(prose)
        text = escape(site.build.words.fill_markdown(f"{prose.title}\n{prose.body}"))
        blocks = (site.block(name, address) for name in markers.blocks(prose.body))
        found[address] = site.home(prose.body) if kind is HOME else text + Markup("").join(blocks)
    return found
