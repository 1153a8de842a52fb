"""Pictures that came by mail: what they are, and an SVG that can neither run nor fetch a thing."""

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from xml.etree import ElementTree as ET

from PIL import Image, ImageOps

FORMATS = (".svg", ".png", ".jpg", ".jpeg", ".webp")

_SVG = "http://www.w3.org/2000/svg"
_DEEPEST = 100
_PILLOW_FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}
_LARGEST = 288  # of a logo: three times the largest size a page shows, for dense screens
_WIDEST = 1600  # of a picture in a text: twice the width of a column
# What a picture in a folder of sources may be: bytes, and width times height.
MAX_BYTES = 2_000_000
MAX_PIXELS = 20_000_000
_KEPT = frozenset(
    {
        *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("text", "tspan", "defs", "use", "symbol", "title", "desc", "clipPath", "mask"),
        *("linearGradient", "radialGradient", "stop", "pattern"),
    }
)
# Drawing programs write colours as styles; these become attributes, all other styles go.
_LOOKS = re.compile(
    r"(?:fill|stroke|stop|font|text-anchor|letter-spacing)(?:-[a-z]+)*"
    r"|opacity|clip-path|clip-rule|mask|display"
)
_CLASS = re.compile(r"\.[\w-]+")
_WITHIN = re.compile(r"""url\(\s*+(["']?)#([\w.:-]++)\1\s*+\)""")
# What makes a value fetch something; a backslash could spell any of it.
_FETCHES = re.compile(r"(?:url|image|image-set|src)\s*+\(|\\", re.IGNORECASE)
# What a drawing may hold: signs of tags; how many times as many elements as it has it may draw,
# each counted wherever it is used; how many times as large as the file it may become, when each
# style stands wherever it holds.
_MOST_TAGS = 60_000
_MOST_USED, _ANYWAY_USED = 3, 1_000
_MOST_TIMES, _ANYWAY = 10, 50_000


class NotAPicture(ValueError):
    """The file is not what its name says, or nothing a browser could show."""


class TooIntricate(NotAPicture):
    """A drawing that a browser, or we, would be busy with for long; it has not been unfolded."""


class TooManyPixels(NotAPicture):
    """A picture larger than `MAX_PIXELS`; it has not been unpacked."""


def is_picture(name: str, content: bytes) -> bool:
    """Whether `content` is a picture of the format that the end of `name` promises.

    Raises `TooManyPixels` for one that is, but is too large, `TooIntricate` for a drawing of which
    nobody can tell.
    """
    ending = name.lower().rsplit(".", 1)[-1]
    try:
        if ending == "svg":
            harmless(content)
        else:
            smaller(content, _PILLOW_FORMATS[ending])
    except (TooManyPixels, TooIntricate):
        raise
    except NotAPicture:
        return False
    return True


def smaller(content: bytes, *formats: str) -> bytes:
    """A raster picture as WebP of at most `_LARGEST` pixels a side, without the camera's remarks.

    `formats` are the names Pillow may try, all of ours by default. Raises `NotAPicture`.
    """
    shown, _ = _unpacked(content, formats)
    shown.thumbnail((_LARGEST, _LARGEST))
    return _packed(shown, "WEBP")


def again(content: bytes) -> bytes:
    """A raster picture in its own format, drawn anew: of at most `_WIDEST` pixels a side, without
    what a camera or a program has noted in it. Raises `NotAPicture`.
    """
    shown, form = _unpacked(content)
    shown.thumbnail((_WIDEST, _WIDEST))
    return _packed(shown, form)


def _unpacked(content: bytes, formats: tuple[str, ...] = ()) -> tuple[Image.Image, str]:
    """A picture as it is to be seen, and the name of its format."""
    try:
        # Pillow warns of large pictures; here they are refused.
        with (
            warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning),
            Image.open(io.BytesIO(content), formats=formats or ("PNG", "JPEG", "WEBP")) as picture,
        ):
            if picture.width * picture.height > MAX_PIXELS:
                raise TooManyPixels(f"{picture.width} × {picture.height}")
            shown = ImageOps.exif_transpose(picture).convert("RGBA")
            shown.info.clear()  # what was noted in it would be written again
            return shown, str(picture.format)
    except TooManyPixels:
        raise
    except Image.DecompressionBombError as error:
        raise TooManyPixels("viel zu viele") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise NotAPicture(str(error)) from None


def _packed(shown: Image.Image, form: str) -> bytes:
    is_opaque = shown.getchannel("A").getextrema() == (255, 255)
    out = io.BytesIO()
    if form == "WEBP":
        shown.save(out, form, quality=85, method=6)
    elif form == "PNG":
        (shown.convert("RGB") if is_opaque else shown).save(out, form)
    else:
        shown.convert("RGB").save(out, form, quality=85, progressive=True)
    return out.getvalue()


def harmless(svg: bytes) -> bytes:
    """An SVG with shapes, text and gradients only: no scripts, handlers, styles, links outward.

    Raises `NotAPicture`.
    """
    if svg.count(b"<") > _MOST_TAGS:
        raise TooIntricate
    try:
        root = ET.fromstring(svg)  # noqa: S314 - expat opens no external entity, limits inner ones
    except (ET.ParseError, LookupError, ValueError) as error:
        raise NotAPicture(str(error)) from None
    if _local(root) != "svg":
        raise NotAPicture("no <svg> at the root")
    room = max(_MOST_TIMES * len(svg), _ANYWAY)
    _clean(root, _classes(root), room)
    _weigh(root)
    ET.register_namespace("", _SVG)
    made = bytes(ET.tostring(root, encoding="utf-8"))
    if len(made) > room:
        raise TooIntricate
    return made


def _classes(root: ET.Element) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The looks of each class that a style sheet inside the picture names."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for sheet in (element for element in root.iter() if _local(element) == "style"):
        for rule in (sheet.text or "").split("}"):
            selectors, _, style = rule.rpartition("{")
            looks = tuple(_looks(style))
            for selector in map(str.strip, selectors.split(",")):
                if _CLASS.fullmatch(selector):
                    found[selector.removeprefix(".")] = looks
    return found


def _looks(style: str) -> Iterator[tuple[str, str]]:
    """The declarations of a style that are kept."""
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if value and _LOOKS.fullmatch(name):
            yield name, value.removesuffix("!important").strip()


def _clean(root: ET.Element, classes: Mapping[str, Sequence[tuple[str, str]]], room: int) -> None:
    """Leave what is harmless; `room` bounds the characters of all styles written out."""
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise NotAPicture("nested too deeply")
        for element in level:
            room -= _spell_out_looks(element, classes, room)
            _clean_attributes(element)
            for child in list(element):
                if _local(child) not in _KEPT:
                    element.remove(child)
        level = [child for element in level for child in element]


def _spell_out_looks(
    element: ET.Element, classes: Mapping[str, Sequence[tuple[str, str]]], room: int
) -> int:
    """Write each style as an attribute; gives how many characters they were."""
    written = 0
    styles = [classes.get(name, ()) for name in element.get("class", "").split()]
    for name, value in chain(*styles, _looks(element.get("style", ""))):
        written += len(name) + len(value)
        if written > room:
            raise TooIntricate
        element.set(name, value)
    return written


def _weigh(root: ET.Element) -> None:
    """Refuse what a browser would have to draw over and over, or without end."""
    by_id: dict[str, ET.Element] = {}
    every = list(root.iter())
    for element in every:
        by_id.setdefault(element.get("id", ""), element)
    most = _MOST_USED * len(every) + _ANYWAY_USED
    known: dict[ET.Element, int | None] = {}

    def weight(element: ET.Element, depth: int) -> int:
        if depth > 2 * _DEEPEST:
            raise TooIntricate
        if element not in known:
            known[element] = None
            used = [by_id[name] for name in _referred(element) if name in by_id]
            known[element] = 1 + sum(weight(each, depth + 1) for each in (*element, *used))
        found = known[element]
        if found is None or found > most:
            raise TooIntricate
        return found

    weight(root, 0)


def _referred(element: ET.Element) -> Iterator[str]:
    """The names of what is drawn in the element's place, or gives it its looks."""
    for name, value in element.attrib.items():
        if name.rsplit("}", 1)[-1].lower() == "href" and value.startswith("#"):
            yield value[1:]
        elif "url" in value:
            yield from (match[2] for match in _WITHIN.finditer(value))


def _clean_attributes(element: ET.Element) -> None:
    for name, value in list(element.attrib.items()):
        local = name.rsplit("}", 1)[-1].lower()
        outward = local == "href" and not value.startswith("#")
        fetches = _FETCHES.search(_WITHIN.sub("", value))
        if local.startswith("on") or local in {"style", "class", "base"} or outward or fetches:
            del element.attrib[name]


def _local(element: ET.Element) -> str:
    """The name of an SVG element, empty for an element of any other kind."""
    if not isinstance(element.tag, str):
        return ""
    name = element.tag.removeprefix(f"{{{_SVG}}}")
    return "" if name.startswith("{") else name
