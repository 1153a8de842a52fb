"""The office's editing page as a site of its own, for a host name of its own: whatever else were
served from there could read the token with which somebody edits.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from partnership.language import markup
from partnership.model import addresses
from partnership.office.editing import forms
from partnership.office.editing.configuration import configuration
from partnership.office.editing.repository import repository
from partnership.site import engine, policy
from partnership.site.assets import STYLESHEET
from partnership.site.build import Build
from partnership.site.exports.file import Export
from partnership.site.fingerprints import Fingerprints
from partnership.site.kinds.missing import ADDRESS as MISSING
from partnership.site.templates import Templates

# The parts of the handbook: beside the editing page, and where they come from. Links between them.
_HANDBOOK = {"handbuch": "REDAKTION.md", "angaben": "data/ANGABEN.md"}
_MOVED = {
    "overrides/redaktion/bilder/": "../bilder/",
    "data/ANGABEN.md": "../angaben/",
    "../REDAKTION.md": "../handbuch/",
}
# What the page brings along as it is.
_BROUGHT = ("redaktion/cms", "redaktion/bilder", addresses.ICON)


def site(
    build: Build, templates: Templates, names: Fingerprints, application: str
) -> Iterator[Export]:
    """Every file of it. `names` are those that style sheets and fonts have got, `application` is
    the id under which a GitLab server knows the page.
    """
    for path in names.paths():
        if path == STYLESHEET or path.endswith(".woff2"):
            yield Export(*names.of(path))
    for place in _BROUGHT:
        top = engine.OVERRIDES / place
        for file in [top] if top.is_file() else sorted(top.rglob("*")):
            if file.is_file():
                path = file.relative_to(engine.OVERRIDES).as_posix()
                yield Export(path, file.read_bytes())
    for page in _pages(build, templates, application):
        yield Export(page.path, names.in_export(page))


def _pages(build: Build, templates: Templates, application: str) -> Iterator[Export]:
    where = repository(build.edit_base, application)
    own = {"title": build.partnership.city.name, "policy": policy.editing(where.hosts)}
    yield _page(templates, "redaktion/page.html", addresses.EDITING, own)
    made = configuration(build.partnership, where)
    yield Export(f"{addresses.EDITING}config.json", forms.as_json(made))
    yield Export(f"{addresses.EDITING}format.json", forms.as_json(forms.formats()))
    for name, source in _HANDBOOK.items():
        text = markup.handbook((engine.FOLDER / source).read_text("utf-8"), _MOVED)
        values = {"title": "Handbuch", "text": text, "policy": policy.POLICY}
        yield _page(templates, "redaktion/handbook.html", f"{addresses.EDITING}{name}/", values)
    here = {"title": "Redaktion", "target": addresses.EDITING, "policy": policy.POLICY}
    yield _page(templates, "redaktion/door.html", addresses.HOME, here)
    lost = {"policy": policy.POLICY}
    page = templates.render("redaktion/missing.html", addresses.HOME, lost)
    yield Export(MISSING, page.encode("utf-8"))


def _page(templates: Templates, template: str, address: str, values: Mapping[str, Any]) -> Export:
    page = templates.render(template, address, values)
    return Export(f"{address}index.html", page.encode("utf-8"))
