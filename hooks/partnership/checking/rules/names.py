"""A company's name reads as what it is: nothing invisible in it, and no letter of one script in the
place of another's.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from partnership.model.partnership import Partnership
from partnership.model.problems import Problem
from partnership.reading.source import Document

# Control and format characters, half characters, private and unknown ones.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Marks that nobody sees, letters and signs that leave a gap, what stands for something lost.
_IGNORED = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\ufffd]"
)
_MOST_MARKS = 2
_WORD = re.compile(r"[^\W\d_]+")
_OF_ONE_KIND = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "KATAKANA-HIRAGANA": "CJK"}
# Letters that stand beside those of any script.
_OF_ANY = frozenset({"MODIFIER", "COMBINING"})
_GERMAN = {
    "LATIN": "lateinische",
    "CYRILLIC": "kyrillische",
    "GREEK": "griechische",
    "ARMENIAN": "armenische",
    "HEBREW": "hebräische",
    "ARABIC": "arabische",
}


def check(partnership: Partnership, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A problem for each name that could be taken for another."""
    for member in partnership.members:
        if (found := fault(member.name)) is not None:
            document = documents[member.path]
            yield document.problem(document.place(("name",)), "name", *found)


def fault(name: str) -> tuple[str, str] | None:
    """What is wrong with a name, and the way out; None where nothing is."""
    for sign in name:
        if unicodedata.category(sign) in _UNSEEN or _IGNORED.match(sign):
            return (
                f"Im Namen steht ein Zeichen, das man nicht sieht (U+{ord(sign):04X}).",
                "Bitte den Namen neu tippen.",
            )
        if sign.isalpha() and unicodedata.normalize("NFKC", sign) != sign and sign not in "ªº":
            return (
                f"„{sign}“ ist ein Schmuckzeichen, das nur wie ein Buchstabe aussieht.",
                "Bitte den Namen neu tippen.",
            )
    if not any(sign.isalnum() or unicodedata.category(sign) == "So" for sign in name):
        return "Im Namen steht kein Buchstabe und keine Ziffer.", "Bitte den Namen ergänzen."
    if _has_stacked_marks(name):
        return (
            "Im Namen stehen zu viele Zeichen übereinander.",
            "Bitte den Namen neu tippen.",
        )
    for word in _WORD.findall(name):
        scripts = list(dict.fromkeys(script for sign in word if (script := _script(sign))))
        if len(scripts) > 1:
            one, other = (_GERMAN.get(script, script.capitalize()) for script in scripts[:2])
            return (
                f"Das Wort „{word}“ mischt {one} und {other} Buchstaben, die einander gleichen.",
                "Bitte das Wort neu tippen.",
            )
    return None


def _has_stacked_marks(name: str) -> bool:
    marks = _MOST_MARKS  # before the first sign there is none to stand on
    for sign in name:
        marks = marks + 1 if unicodedata.category(sign).startswith("M") else 0
        if marks > _MOST_MARKS:
            return True
    return False


def _script(sign: str) -> str:
    """The script of a letter, as the first word of its name says; empty for one of any."""
    said = unicodedata.name(sign, "").partition(" ")[0] if sign.isalpha() else ""
    return "" if said in _OF_ANY else _OF_ONE_KIND.get(said, said)
