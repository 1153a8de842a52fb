"""The Jinja2 environment of everything we render ourselves: strict and escaping.

The theme's own environment does neither; `build.py` gives it the same filters.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Context
from jinja2.utils import pass_context
from markupsafe import Markup

from partnership import addresses


class BrokenLink(Exception):
    """A template links to an address that no page and no file of the site has."""


def environment(folders: Iterable[str | Path], known: Callable[[str], bool]) -> Environment:
    """An environment that finds templates in `folders`, first match first.

    `known` tells whether the site has an address; `link` refuses to write any other.
    """
    env = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )

    @pass_context
    def link(context: Context, target: str) -> str:
        address = target.split("#", 1)[0].split("?", 1)[0]
        if not known(address):
            raise BrokenLink(f"{context['here']} → {target}")
        return addresses.from_to(context["here"], target)

    env.filters["link"] = link
    return env


def render(env: Environment, template: str, here: str, values: Mapping[str, Any]) -> Markup:
    """Render `template` for the page at `here`.

    Raises `jinja2.UndefinedError` for a name the view does not have, and `BrokenLink`.
    """
    # Safe: the environment escapes every value that is not marked as rendered already.
    return Markup(env.get_template(template).render(here=here, **values))  # noqa: S704
