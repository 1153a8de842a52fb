"""YAML in the project's own form: one value a line, lists of words in brackets, double quotes."""

import math
from typing import Any

import yaml


class Row(list[Any]):
    """A list of single words, written in brackets."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def choose_scalar_style(self) -> str:
        style: str = super().choose_scalar_style()
        return '"' if style == "'" else style

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(
    Row, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, True)
)


def _text(dumper: _Dumper, data: str) -> yaml.ScalarNode:
    """Postcodes in quotes, all of them: some look like numbers, so none goes without."""
    style = '"' if data.isdigit() else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Dumper.add_representer(str, _text)


def front_matter(record: dict[str, Any]) -> str:
    """The head of a Markdown file, keys in the order of `record`."""
    text = yaml.dump(record, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=math.inf)
    return f"---\n{text}---\n"
