"""`status.json`: what was built, of what and when, for whoever watches the site without watching
its visitors.
"""

import json

from partnership.model import addresses
from partnership.site.build import Build
from partnership.site.exports.file import Export


def export(build: Build, pages: int) -> Export:
    """The file. `pages` are counted."""
    partnership = build.partnership
    content = {
        "name": partnership.city.name,
        "commit": build.commit or None,
        "gebaut": build.now.isoformat(timespec="seconds"),
        "stand": build.day.isoformat(),
        "vorschau": build.is_preview,
        "anzahl": {
            "mitglieder": partnership.count_on(build.day),
            "massnahmen": sum(
                len(each.rows) for each in build.data.tables if each.name == "massnahmen"
            ),
            "veranstaltungen": len(partnership.events),
            "nachrichten": len(partnership.news),
            "seiten": pages,
        },
        "daten_sha256": build.data.checksum,
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return Export(addresses.STATUS, text.encode("utf-8"))
