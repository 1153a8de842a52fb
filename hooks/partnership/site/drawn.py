"""Files that templates draw and that are no page of their own: redirects from where pages were
(renamed members), badges, the form's table of rules.
"""

import json
from collections.abc import Iterator

from partnership.figures import renamed
from partnership.figures.summed import key_of_type
from partnership.model import addresses
from partnership.site import policy
from partnership.site.build import Build
from partnership.site.exports.file import Export
from partnership.site.finish import finish
from partnership.site.templates import Templates
from partnership.site.views import form
from partnership.site.views.badge import badge


def redirects(build: Build, templates: Templates) -> Iterator[Export]:
    """A page at each former address that leads to the present one of the member or the table, and
    one at the address of an extent that leads to the key figure which is the same.
    """
    moved = [
        (addresses.member(former), addresses.member(member.slug), member.name)
        for member in build.partnership.members
        for former in member.former
    ]
    moved += [
        (
            addresses.year_sum(key_of_type(figure.extent)),
            addresses.year_sum(figure.key),
            figure.name,
        )
        for figure in build.reckoning.sums.figures
        if figure.kind == "kennzahl" and figure.extent and figure.extent in build.partnership.types
    ]
    tables = {table.key: table.title for table in build.reckoning.crossed}
    moved += [
        (addresses.table(former), addresses.table(key), tables[key])
        for former, key in renamed.TABLES.items()
    ]
    for here, target, title in moved:
        values = {"target": target, "title": title, "policy": policy.POLICY}
        page = templates.render("pages/redirect.html", here, values)
        yield Export(f"{here}index.html", page.encode("utf-8"))


def form_table(build: Build, templates: Templates) -> Export:
    """What the script of the web form reads."""
    values = {"form": form.form(build.partnership)}
    measure, review = (
        finish(templates.render(name, addresses.QUESTIONNAIRE, values))
        for name in ("parts/form-measure.html", "parts/form-review.html")
    )
    table = form.table(build.partnership, measure, review)
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return Export(addresses.FORM_TABLE, text.encode("utf-8"))


def badges(build: Build, templates: Templates) -> Iterator[Export]:
    """The badge of each member that has one."""
    for member in build.partnership.members:
        if found := badge(build.partnership, member, build.day):
            drawn = templates.render("parts/badge.svg", found.address, {"badge": found})
            yield Export(found.address, drawn.encode("utf-8"))
