"""Pictures that came by mail: what they are, and an SVG that can neither run nor fetch a thing."""

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from PIL import Image, ImageOps

FORMATS = (".svg", ".png", ".jpg", ".jpeg", ".webp")

_SVG = "http://www.w3.org/2000/svg"
_DEEPEST = 100
_PILLOW_FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}
_LARGEST = 288  # three times the largest size a page shows, for dense screens
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
_CLASS_RULE = re.compile(r"(?P<selectors>\.[\w-]+(?:\s*,\s*\.[\w-]+)*)\s*\{(?P<style>[^{}]*)\}")
_WITHIN = re.compile(r"""url\(\s*(["']?)#[\w.:-]+\1\s*\)""")
# What makes a value fetch something; a backslash could spell any of it.
_FETCHES = re.compile(r"(?:url|image|image-set|src)\s*\(|\\", re.IGNORECASE)


class NotAPicture(ValueError):
    """The file is not what its name says, or nothing a browser could show."""


class TooManyPixels(NotAPicture):
    """A picture larger than `MAX_PIXELS`; it has not been unpacked."""


def is_picture(name: str, content: bytes) -> bool:
    """Whether `content` is a picture of the format that the end of `name` promises.

    Raises `TooManyPixels` for one that is, but is too large.
    """
    ending = name.lower().rsplit(".", 1)[-1]
    try:
        if ending == "svg":
            harmless(content)
        else:
            smaller(content, _PILLOW_FORMATS[ending])
    except TooManyPixels:
        raise
    except NotAPicture:
        return False
    return True


def smaller(content: bytes, *formats: str) -> bytes:
    """A raster picture as WebP of at most `_LARGEST` pixels a side, without the camera's remarks.

    `formats` are the names Pillow may try, all of ours by default. Raises `NotAPicture`.
    """
    try:
        # Pillow warns of large pictures; here they are refused.
        with (
            warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning),
            Image.open(io.BytesIO(content), formats=formats or ("PNG", "JPEG", "WEBP")) as picture,
        ):
            if picture.width * picture.height > MAX_PIXELS:
                raise TooManyPixels(f"{picture.width} × {picture.height}")
            shown = ImageOps.exif_transpose(picture).convert("RGBA")
    except TooManyPixels:
        raise
    except Image.DecompressionBombError as error:
        raise TooManyPixels("viel zu viele") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise NotAPicture(str(error)) from None
    shown.thumbnail((_LARGEST, _LARGEST))
    out = io.BytesIO()
    shown.save(out, "WEBP", quality=85, method=6)
    return out.getvalue()


def harmless(svg: bytes) -> bytes:
    """An SVG with shapes, text and gradients only: no scripts, handlers, styles, links outward.

    Raises `NotAPicture`.
    """
    try:
        root = ET.fromstring(svg)  # noqa: S314 - expat opens no external entity, limits inner ones
    except (ET.ParseError, LookupError, ValueError) as error:
        raise NotAPicture(str(error)) from None
    if _local(root) != "svg":
        raise NotAPicture("no <svg> at the root")
    _clean(root, dict(_classes(root)))
    ET.register_namespace("", _SVG)
    return bytes(ET.tostring(root, encoding="utf-8"))


def _classes(root: ET.Element) -> Iterator[tuple[str, str]]:
    """The style of each class that a style sheet inside the picture names."""
    for sheet in (element for element in root.iter() if _local(element) == "style"):
        for rule in _CLASS_RULE.finditer(sheet.text or ""):
            for selector in rule["selectors"].split(","):
                yield selector.strip().removeprefix("."), rule["style"]


def _clean(root: ET.Element, classes: Mapping[str, str]) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise NotAPicture("nested too deeply")
        for element in level:
            _spell_out_looks(element, classes)
            _clean_attributes(element)
            for child in list(element):
                if _local(child) not in _KEPT:
                    element.remove(child)
        level = [child for element in level for child in element]


def _spell_out_looks(element: ET.Element, classes: Mapping[str, str]) -> None:
    styles = [classes.get(name, "") for name in element.get("class", "").split()]
    for declaration in ";".join([*styles, element.get("style", "")]).split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if value and _LOOKS.fullmatch(name):
            element.set(name, value.removesuffix("!important").strip())


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
