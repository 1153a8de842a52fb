"""The Jinja2 environment of everything we render ourselves: strict and escaping.

The theme's own environment does neither, so the engine's hook turns escaping on there.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from partnership.model import addresses, markers


class BrokenLink(Exception):
    """A template links to an address that no page and no file of the site has."""


class _Compiled(BytecodeCache):
    """What templates compile to, while the process lives: a build, the check before it and every
    further build of `mkdocs serve` use the same ones. A changed template has another checksum.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is known."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has been compiled."""
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class Templates:
    """Renders templates from `folders`, first match first.

    `known` tells whether the site has an address; the filter `link` refuses to write any other. The
    test `open` finds gaps that the office has yet to fill.
    """

    def __init__(self, folders: Iterable[str | Path], known: Callable[[str], bool]) -> None:
        self._known = known
        self._here = addresses.HOME
        self._env = Environment(
            loader=FileSystemLoader([str(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_COMPILED,
        )
        self._env.filters["link"] = self._link
        self._env.tests["open"] = markers.has_gap

    def render(self, template: str, here: str, values: Mapping[str, Any]) -> Markup:
        """Render `template` for the page at `here`.

        Raises `jinja2.UndefinedError` for a name the view does not have, and `BrokenLink`.
        """
        before = self._here
        # Kept here, not in the context: imported macros see no context, and all of them link.
        self._here = here
        try:
            # Safe: the environment escapes every value that is not marked as rendered already.
            return Markup(self._env.get_template(template).render(values))  # noqa: S704
        finally:
            self._here = before

    @pass_context
    def _link(self, _: Context, target: str) -> str:
        # With a context, which it needs not: the compiler would work out a link to a constant once
        # for all, though it depends on the page, and a part that two pages share led one astray.
        address = target.split("#", 1)[0].split("?", 1)[0]
        if not self._known(address):
            raise BrokenLink(f"{self._here} → {target}")
        return addresses.from_to(self._here, target)
