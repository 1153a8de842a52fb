"""The pictures that messengers and networks show beside a link to a page (Open Graph).

Drawn at build time in the site's own font; nobody else is asked for anything.
"""

import io
import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from partnership.model import addresses
from partnership.model.city import City
from partnership.site.exports.file import Export

SIZE = (1200, 630)

# Sixteen colours: brand to white in ten steps, then the six lines (see overrides/DESIGN.md).
_BRAND, _WHITE, _WHITE_AT = (0x00, 0x50, 0x4C), (0xFF, 0xFF, 0xFF), 9
_LINES = ("5cc4b8", "eb9b4e", "86b1f0", "e58cc6", "b9c94a", "b8a4f2")
_PALETTE = [
    round(low + (high - low) * step / _WHITE_AT)
    for step in range(_WHITE_AT + 1)
    for low, high in zip(_BRAND, _WHITE, strict=True)
] + [int(line[at : at + 2], 16) for line in _LINES for at in (0, 2, 4)]
_MARGIN, _STRIPE, _SMALL, _LEADING = 80, 18, 36, 1.2
_SIZES = (84, 72, 60, 48)
_MOST_LINES = 4
# Letters that Unicode does not take apart.
_PLAIN = str.maketrans({"Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "ı": "i", "ẞ": "SS"})

Words = tuple[str, str]


def exports(city: City, pages: Mapping[str, Words], font: bytes) -> Iterator[Export]:
    """A picture for each of `pages`: address → what it says, large and small.

    `font` is the content of a font file. Without a known site address there are none: a network
    only takes pictures from an absolute address.
    """
    if not city.site_address:
        return
    mark = city.wordmark or (city.name,)
    for address, (title, below) in pages.items():
        yield Export(addresses.picture(address), _picture(title, below, mark, font))


# A pure function of its arguments: the live preview draws only what has changed.
@lru_cache(maxsize=4096)
def _picture(title: str, below: str, mark: tuple[str, ...], font: bytes) -> bytes:
    image = _ground(mark, font).copy()
    draw = ImageDraw.Draw(image)
    width, height = SIZE[0] - 2 * _MARGIN, SIZE[1] - _STRIPE
    step = round(_SMALL * _LEADING)
    small = _font(font, _SMALL)
    size, lines = _fitting(_drawable(title, font), width, font)
    leading = round(size * _LEADING)
    top = (56 + len(mark) * step + height - 56 - step - leading * len(lines)) // 2
    for row, text in enumerate(lines):
        _write(draw, top + row * leading, text, _font(font, size))
    if below:
        last = height - 44 - step
        _write(draw, last, _fit(small, _drawable(below, font), width), small)
    # What is drawn in shades of grey are the numbers of the colours.
    coloured = Image.frombytes("P", SIZE, image.tobytes())
    coloured.putpalette(_PALETTE)
    out = io.BytesIO()
    # Flat colours: runs alone make as small a file, in half the time.
    coloured.save(out, "PNG", bits=4, compress_type=zlib.Z_RLE)
    return out.getvalue()


@lru_cache(maxsize=1)
def _ground(mark: tuple[str, ...], font: bytes) -> Image.Image:
    """What all pictures of a site have in common: the name above, the lines below."""
    image = Image.new("L", SIZE, 0)
    draw = ImageDraw.Draw(image)
    width, height = SIZE[0] - 2 * _MARGIN, SIZE[1] - _STRIPE
    small = _font(font, _SMALL)
    for row, text in enumerate(mark):
        top = 56 + row * round(_SMALL * _LEADING)
        _write(draw, top, _fit(small, _drawable(text, font), width), small)
    ends = [round(SIZE[0] * part / len(_LINES)) for part in range(len(_LINES) + 1)]
    for colour, (left, right) in enumerate(pairwise(ends), _WHITE_AT + 1):
        draw.rectangle((left, height, right - 1, SIZE[1]), fill=colour)
    return image


def _write(draw: ImageDraw.ImageDraw, top: int, text: str, font: ImageFont.FreeTypeFont) -> None:
    draw.text((_MARGIN, top), text, font=font, fill=_WHITE_AT)


@cache
def _font(font: bytes, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout is the same on every system.
    return ImageFont.truetype(io.BytesIO(font), size, layout_engine=ImageFont.Layout.BASIC)


def _fitting(text: str, width: int, font: bytes) -> tuple[int, Sequence[str]]:
    """The largest size at which the text fits, and its lines; too long a text is cut."""
    for size in _SIZES:
        lines = _wrapped(text, width, _font(font, size))
        if len(lines) * size <= _MOST_LINES * _SIZES[-1] * _LEADING:
            return size, lines
    *kept, last = lines[:_MOST_LINES]
    return size, [*kept, _fit(_font(font, size), f"{last} …", width)]


def _wrapped(text: str, width: int, font: ImageFont.FreeTypeFont) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(_fit(font, word, width))
    return lines


def _fit(font: ImageFont.FreeTypeFont, text: str, width: int) -> str:
    """The text, or as much of it as the width takes."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip(' …')}…"


def _drawable(text: str, font: bytes) -> str:
    """The text in letters the font has: `ş` loses its cedilla, what has no such letter is gone."""
    found = []
    for letter in text.translate(_PLAIN):
        plain = unicodedata.normalize("NFKD", letter)[0]
        found.append(next((each for each in (letter, plain) if _has(each, font)), ""))
    return " ".join("".join(found).split())


@lru_cache(maxsize=2048)
def _has(letter: str, font: bytes) -> bool:
    face = _font(font, _SMALL)
    return letter.isspace() or bytes(face.getmask(letter)) != bytes(face.getmask("\U0010ffff"))
