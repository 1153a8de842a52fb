"""What little text may be made into: the address of a link, the meaning of an abbreviation, stand
wherever their name does.
"""

import re
from collections import Counter

from partnership.model.problems import Place, Problem

# Characters that all definitions of a page come to wherever they are used: so many times the page.
_MOST_TIMES, _ANYWAY = 10, 20_000
_DEFINITION = re.compile(r" {0,3}(?P<abbreviation>\*?)\[(?!\^)(?P<label>[^\[\]]+)\]\s?:")
_USE = re.compile(r"\[([^\[\]]+)\]")


def unfolding(path: str, lines: tuple[str, ...], head: int) -> Problem | None:
    """Where the text below line `head` unfolds into much more than it is."""
    body = lines[head:]
    found = [
        (number, match) for number, line in enumerate(body) if (match := _DEFINITION.match(line))
    ]
    if not found:
        return None
    text = "\n".join(body)
    links = Counter(_folded(use) for use in _USE.findall(text))
    room = max(_MOST_TIMES * len(text), _ANYWAY)
    for number, match in found:
        uses = (
            text.count(match["label"]) if match["abbreviation"] else links[_folded(match["label"])]
        )
        room -= uses * _length(body, number)
        if room < 0:
            return Problem(
                path,
                Place(head + number + 1, 1, match.end()),
                "zu-viel",
                f"Was hinter „{match[0].strip()[:40]}“ steht, wird {uses} Mal eingesetzt; die Seite"
                " wird dadurch viel zu groß.",
                "Bitte kürzen oder seltener verwenden.",
            )
    return None


def _length(body: tuple[str, ...], number: int) -> int:
    """How long a definition is, which may go on in the next lines."""
    length = len(body[number])
    for line in body[number + 1 :]:
        if not line.strip() or _DEFINITION.match(line):
            break
        length += len(line)
    return length


def _folded(label: str) -> str:
    return " ".join(label.lower().split())
