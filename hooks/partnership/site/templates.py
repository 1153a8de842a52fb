"""The Jinja2 environment of everything we render ourselves: strict and escaping.

The theme's own environment does neither, so the engine's hook turns escaping on there.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from partnership import addresses


class BrokenLink(Exception):
    """A template links to an address that no page and no file of the site has."""


class Templates:
    """Renders templates from `folders`, first match first.

    `known` tells whether the site has an address; the filter `link` refuses to write any other.
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
        )
        self._env.filters["link"] = self._link

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

    def _link(self, target: str) -> str:
        address = target.split("#", 1)[0].split("?", 1)[0]
        if not self._known(address):
            raise BrokenLink(f"{self._here} → {target}")
        return addresses.from_to(self._here, target)
