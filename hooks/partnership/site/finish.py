"""The last touch to a finished page: no white space that nobody sees, no line broken where German
typesetting keeps words together.
"""

import re

from partnership.language import german

_KEPT = re.compile(r"(<(?P<name>title|pre|textarea|script|style|code)\b.*?</(?P=name)>)", re.DOTALL)
_INDENTATION = re.compile(r"\n\s+")


def finish(html: str) -> str:
    """A page or a part of one as it is sent. What stands in elements whose white space or wording
    counts for machines, and in attributes, stays as it is.
    """
    return "".join(
        part if index % 3 else _finished(part)
        for index, part in enumerate(_KEPT.split(html))
        if index % 3 < 2  # the third is the name of the element
    )


def _finished(html: str) -> str:
    html = _INDENTATION.sub("\n", html)
    # Not within a tag: the last sign of one before the place is its end.
    return german.unbroken(html, lambda at: html.rfind("<", 0, at) < html.rfind(">", 0, at))
