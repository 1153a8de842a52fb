"""The badge a member may show on its own site: a drawing that follows light and dark."""

from dataclasses import dataclass
from datetime import date

from partnership.model import addresses
from partnership.model.member import Member
from partnership.model.partnership import Partnership

_TEXT = 78  # where text begins, right of the emblem
_EDGE = 20
_TOP = 30
_LINE = 21
# Wider than any common sans-serif letter on average, so that a reader's own font fits, too.
_LETTER = 9.6


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge: its file, what it says in words, its lines with their place, its size in pixels.

    `page` is the absolute address of the member's page, empty while the site's own is not known.
    """

    address: str
    alt: str
    lines: tuple[tuple[str, int, bool], ...]
    width: int
    height: int
    page: str


def badge(partnership: Partnership, member: Member, day: date) -> Badge | None:
    """The badge of a member that belongs on `day` and has itself confirmed what is said of it.

    The year of joining is on it only where it is known, not where a source merely bounds it.
    """
    if not (member.is_confirmed and member.is_member(day)):
        return None
    city = partnership.city
    known = member.joined is not None and not member.joined.at_latest
    since = f" seit {member.joined.year}" if member.joined and known else ""
    texts = (f"Mitglied{since}", *(city.wordmark or (city.name,)))
    lines = tuple((text, _TOP + _LINE * row, row > 0) for row, text in enumerate(texts))
    site = city.site_address.rstrip("/")
    return Badge(
        address=addresses.badge(member.slug),
        alt=f"{texts[0]}: {city.name}",
        lines=lines,
        width=_TEXT + round(max(map(len, texts)) * _LETTER) + _EDGE,
        height=_TOP + _LINE * len(texts) - 3,
        page=f"{site}/{addresses.member(member.slug)}" if site else "",
    )
