"""MkDocs events → one call each into the library. The only importer of the site engine.

The engine builds into a folder beside the published one; only a finished, sound build takes its
place, so a failed one leaves the last good site as it was.
"""

import logging
import os
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as EnginePage
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import CountHandler

from partnership import addresses, assets, dates, history, publish
from partnership.exports import exports
from partnership.finish import finish
from partnership.load import inspect
from partnership.pages import Page, Site
from partnership.problems import show
from partnership.prose import Inert

ENGINE = Path(__file__).resolve().parent.parent
HANDBOOK = {"handbuch": "REDAKTION.md", "angaben": "data/ANGABEN.md"}
log = logging.getLogger("mkdocs.hooks.partnership")


class GeneratedPage(EnginePage):
    """A page whose body is finished before the engine sees it: nothing to read, no Markdown."""

    def __init__(self, made: Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(made.frame.title, file, config)
        self.made = made

    def read_source(self, config: MkDocsConfig) -> None:
        """Take title and description from the page."""
        self.markdown, self.meta = "", {"title": self.made.frame.title}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the body from the page."""
        self.content, self.toc = self.made.body, TableOfContents([])
        self.present_anchor_ids = set()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check all data; build beside the published site."""
    root = Path(config.config_file_path).parent
    now = dates.now(os.environ)
    base = ENGINE if root.resolve() != ENGINE else None
    loaded = inspect(root, now.date(), base)
    if loaded.partnership is None:
        log.error("\n%s", show(loaded.problems, "text"))
        raise Abort(f"{len(loaded.problems)} Fehler in den Daten; die Website bleibt, wie sie war.")
    for gap in loaded.fill_ins:
        log.info("Offene Angabe: %s:%s: %s", gap.path, gap.place.line, gap.what)
    config.site_name = loaded.partnership.city.name
    config.site_url = loaded.partnership.city.site_address or None
    config.extra["site"] = Site(
        loaded.partnership,
        now,
        config.theme.dirs,
        config.extra.get("bearbeiten", ""),
        history.changes(root, now.date()),
    )
    config.markdown_extensions.append(Inert())
    config.site_dir = str(publish.staging(Path(config.site_dir)))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add shared prose, generated pages, exports and the bundled style sheet."""
    site: Site = config.extra["site"]
    for page in site.partnership.prose:
        uri = page.path.removeprefix("content/")
        if files.get_file_from_path(uri) is None:
            files.append(File(uri, str(ENGINE / "content"), config.site_dir, True))
    has_editing = bool(config.extra.get("redaktion", True))
    for file in list(files):
        if assets.is_unused(file.src_uri, editing=has_editing):
            files.remove(file)
        elif assets.is_script(file.src_uri):
            files.remove(file)
            smaller = assets.smaller_script(file.content_string)
            files.append(File.generated(config, file.src_uri, content=smaller))
    theme_css = next(f for f in files if assets.is_theme_stylesheet(f.src_uri))
    files.remove(theme_css)
    bundled = assets.bundle(theme_css.content_string, ENGINE / "overrides/assets/css")
    files.append(File.generated(config, assets.STYLESHEET, content=bundled))
    for export in (*exports(site.partnership, site.now), *site.beside_pages()):
        files.append(File.generated(config, export.path, content=export.content))
    if has_editing:
        handbook = {name: (ENGINE / path).read_text("utf-8") for name, path in HANDBOOK.items()}
        for export in site.editing(handbook):
            files.append(File.generated(config, export.path, content=export.content))
    site.add_files(file.src_uri for file in files)
    for made in site.generated():
        file = File.generated(
            config,
            f"{made.address}index.md",
            content="",
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        file.edit_uri = made.source
        GeneratedPage(made, file, config)
        files.append(file)
    return files


def on_page_read_source(page: EnginePage, config: MkDocsConfig) -> str | None:
    """Read a prose page as the check has read it, not by the engine's own rules for its head."""
    site: Site = config.extra["site"]
    if isinstance(page, GeneratedPage):
        return None
    return f"---\n{{}}\n---\n{site.prose_at(f'content/{page.file.src_uri}').body}"


def on_page_markdown(markdown: str, page: EnginePage, config: MkDocsConfig, **_: Any) -> str:
    """Fill in the words and numbers of a prose page."""
    site: Site = config.extra["site"]
    return markdown if isinstance(page, GeneratedPage) else site.words.fill_markdown(markdown)


def on_page_content(html: str, page: EnginePage, config: MkDocsConfig, **_: Any) -> str:
    """Fill in the blocks of a prose page."""
    site: Site = config.extra["site"]
    if isinstance(page, GeneratedPage):
        return html
    address = _address(page)
    filled = site.html(html, address)
    return site.home(filled) if address == addresses.HOME else filled


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Make the theme's templates escape what they print, as ours do."""
    env.autoescape = True
    return env


def on_page_context(
    context: dict[str, Any], page: EnginePage, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Give the page its frame."""
    site: Site = config.extra["site"]
    if isinstance(page, GeneratedPage):
        context["shell"] = site.frames.frame(page.made.frame)
        return context
    prose = site.prose_at(f"content/{page.file.src_uri}")
    context["shell"] = site.frames.frame(site.prose_frame(prose))
    page.title = context["shell"].title
    return context


def on_template_context(
    context: dict[str, Any], template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """Give the page for unknown addresses a frame, too."""
    if template_name == "404.html":
        site: Site = config.extra["site"]
        context["shell"] = site.frames.frame(site.not_found_frame())
    return context


def _address(page: EnginePage) -> str:
    return "" if page.url in ("", "./") else page.url


def on_post_page(output: str, page: EnginePage, config: MkDocsConfig) -> str:
    """Give the page its last touch."""
    return finish(output)


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Publish the finished build; under --strict a build with warnings is about to be aborted."""
    counters = [h for h in logging.getLogger("mkdocs").handlers if isinstance(h, CountHandler)]
    if not any(counter.get_counts() for counter in counters):
        publish.publish(Path(config.site_dir))
