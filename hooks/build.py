"""MkDocs events → calls into the library, first to last. The only importer of the engine.

It builds into a folder beside the published one; only a finished, sound build takes its place.
"""

import gc
import logging
import os
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import CountHandler

from partnership.reading.prose import Inert
from partnership.site import assets, engine
from partnership.site.exports.file import write
from partnership.site.policy import POLICY
from partnership.site.production import Production, Stopped
from partnership.site.publishing import local

log = logging.getLogger("mkdocs.hooks.partnership")
# While somebody writes, the engine's own script within each page reloads it at every change.
_policy = POLICY


def on_startup(command: str, **_: Any) -> None:
    """Set the process up: what pages say of their policy, and how often garbage is collected."""
    global _policy  # noqa: PLW0603 - the engine tells the command here, and nowhere else
    _policy = "" if command == "serve" else POLICY
    # Nearly everything that is made stays until the build is over: looking for what does not, as
    # often as Python does by itself, costs a fifteenth of the time.
    gc.set_threshold(50_000, 20, 20)


def on_config(config: MkDocsConfig) -> None:
    """Check all data; build beside the published site."""
    root, folders = Path(config.config_file_path).parent, config.theme.dirs
    try:
        production = Production(root, folders, config.extra, os.environ)
    except Stopped as stopped:
        if stopped.findings:
            log.error("\n%s", stopped.findings)
        raise Abort(str(stopped)) from None
    for note in production.notes():
        log.info(note)
    config.site_name = production.city.name
    config.site_url = production.city.site_address or None
    config.markdown_extensions.append(Inert())
    site = Path(config.site_dir)
    staged = local.staging(site)
    config.site_dir = str(staged.folder)
    config.extra.update(production=production, staged=staged)
    # A preview on one's own machine is of the site that visitors see.
    if production.editing and _policy:
        config.extra["staged_editing"] = local.staging(site.with_name(f"{site.name}-redaktion"))


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add shared prose, the style sheet, exports and made pages; take out what no page needs."""
    production: Production = config.extra["production"]
    for file in [file for file in files if file.src_dir == config.docs_dir]:
        # The engine publishes pages alone; what may lie beside them is one of the exports.
        if not production.is_page(file.src_uri):
            files.remove(file)
    for uri in production.shared(files.src_uris):
        files.append(File(uri, str(engine.PROSE), config.site_dir, use_directory_urls=True))
    parts = {file.src_uri: file.content_bytes for file in files if assets.is_part(file.src_uri)}
    try:
        beside = production.beside(parts, config.theme.name)
    except Stopped as stopped:
        raise Abort(str(stopped)) from None
    for file in [file for file in files if production.is_unused(file.src_uri)]:
        files.remove(file)
    for export in beside:
        # Said at once, or the engine leaves out what begins with a dot (.well-known/).
        made = InclusionLevel.INCLUDED
        files.append(File.generated(config, export.path, content=export.content, inclusion=made))
    production.site.add_files(file.src_uri for file in files)
    for uri, page in production.site.made.items():
        # Outside the navigation, or every page would grow with the number of members.
        file = File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        file.edit_uri = page.source
        Made(page.shell.title, file, config)
        files.append(file)


class Made(Page):
    """A page that is finished before the engine sees it: nothing to read, no Markdown."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave it to `on_page_content`."""
        self.content, self.toc, self.present_anchor_ids = "", TableOfContents([]), set()


def on_page_read_source(page: Page, config: MkDocsConfig) -> str:
    """Read a page as the check has read it, not by the engine's own rules for its head."""
    return f"---\n{{}}\n---\n{config.extra['production'].site.markdown(page.file.src_uri)}"


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Fill in the blocks of a page, or all of it."""
    return str(config.extra["production"].site.body(page.file.src_uri, html))


def on_env(env: Any, **_: Any) -> None:
    """Make the theme's templates escape what they print, as ours do."""
    env.autoescape = True


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Give the page its frame."""
    context["shell"] = config.extra["production"].site.shell(page.file.src_uri)
    context["policy"] = _policy
    page.title = context["shell"].title


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> None:
    """Give the page for unknown addresses a frame, and the sitemap the pages it is to name."""
    site = config.extra["production"].site
    if template_name == "404.html":
        context["shell"] = site.missing()
        context["policy"] = _policy
    elif template_name == "sitemap.xml":
        context["pages"] = [file for file in context["pages"] if site.is_listed(file.src_uri)]


def on_post_page(output: str, config: MkDocsConfig, **_: Any) -> str:
    """Give the page its last touch."""
    return str(config.extra["production"].finished(output))


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Let the page for unknown addresses find its style sheet."""
    return str(config.extra["production"].named(output))


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Publish the finished build; under --strict a build with warnings is about to be aborted."""
    counters = [h for h in logging.getLogger("mkdocs").handlers if isinstance(h, CountHandler)]
    if not any(counter.get_counts() for counter in counters):
        local.publish(config.extra["staged"])
        if (editing := config.extra.get("staged_editing")) is not None:
            write(config.extra["production"].editing_site(), editing.folder)
            local.publish(editing)
