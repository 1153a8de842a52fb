"""Which company an answer is about, and which of its measures."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from partnership.language import german
from partnership.model.member import Member
from partnership.reading.source import Value
from partnership.reading.wording import fold

_LEGAL_FORMS = re.compile(
    r"\b(gmbh|ggmbh|mbh|ag|kgaa|kg|ohg|gbr|se|ug|eg|ek|ev|e\.\s?[vkg]|inc|ltd|co|aör|haftungsbeschränkt)\b\.?",
    re.IGNORECASE,
)
_SIMILAR = 0.9


@dataclass(frozen=True)
class Match:
    """The company an answer is about; `by_former` if the answer uses a former name."""

    member: Member | None = None
    by_former: bool = False
    candidates: tuple[Member, ...] = ()


def match_member(name: str, former: Iterable[str], members: Iterable[Member]) -> Match:
    """The member with that name, file name or former file name.

    Where none fits, those whose name differs by legal form or a few letters are `candidates`;
    where several fit, all of them are. Whom an answer names as its own `former` self is one of
    them at most: anybody can write that, and only the office knows.
    """
    known = tuple(members)
    slug, folded, own_former = german.slug(name), fold(name), set(former)
    found = [member for member in known if member.slug == slug or fold(member.name) == folded]
    claimed = [member for member in known if member.slug in own_former and member not in found]
    if len(found) == 1 and not claimed:
        return Match(found[0])
    if not found:
        renamed = [member for member in known if slug in member.former]
        if len(renamed) == 1 and not claimed:
            return Match(renamed[0], by_former=True)
        found = renamed or [member for member in known if _is_similar(name, member.name)]
    slugs = {member.slug for member in (*found, *claimed)}
    return Match(candidates=tuple(member for member in known if member.slug in slugs))


def _is_similar(one: str, other: str) -> bool:
    first, second = (fold(_LEGAL_FORMS.sub("", text)) or fold(text) for text in (one, other))
    return first == second or difflib.SequenceMatcher(None, first, second).ratio() >= _SIMILAR


@dataclass(frozen=True)
class MeasureMatch:
    """Index in the answer → index in the file; None for a new one. `unclear`: neither."""

    pairs: dict[int, int | None]
    unclear: tuple[int, ...]


def match_measures(before: list[Value], answer: list[Value]) -> MeasureMatch:
    """Pair the measures of an answer with those of the file.

    The same type and title belong together, in their order where there are several and as many on
    either side. What is left of a type belongs together if it is one measure on either side and
    one of the two has no title. What is left of a type the file has nothing more of is new.
    """
    pairs: dict[int, int | None] = {}
    unclear: list[int] = []
    new, old = _grouped(answer), _grouped(before)
    for identity in [identity for identity in new if identity in old]:
        news, olds = new.pop(identity), old.pop(identity)
        if len(news) == len(olds):
            pairs.update(zip(news, olds, strict=True))
        else:
            unclear += news
    for kind in {kind for kind, _ in new}:
        news = [index for key, group in new.items() if key[0] == kind for index in group]
        olds = [index for key, group in old.items() if key[0] == kind for index in group]
        untitled = (kind, "") in new or (kind, "") in old
        if not olds:
            pairs.update(dict.fromkeys(news))
        elif len(news) == len(olds) == 1 and untitled:
            pairs[news[0]] = olds[0]
        else:
            unclear += news
    return MeasureMatch(pairs, tuple(sorted(unclear)))


def _grouped(measures: list[Value]) -> dict[tuple[str, str], list[int]]:
    """The positions of the measures by type and title."""
    groups: dict[tuple[str, str], list[int]] = {}
    for index, measure in enumerate(measures):
        values = measure if isinstance(measure, dict) else {}
        identity = str(values.get("typ", "")), fold(str(values.get("titel", "")))
        groups.setdefault(identity, []).append(index)
    return groups
