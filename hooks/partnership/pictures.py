"""Pictures that came by mail: what they are, and an SVG that can neither run nor fetch a thing."""

import re
from xml.etree import ElementTree as ET

FORMATS = (".svg", ".png", ".jpg", ".jpeg", ".webp")

_SVG = "http://www.w3.org/2000/svg"
_DEEPEST = 100
_KEPT = frozenset(
    {
        *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("text", "tspan", "defs", "use", "symbol", "title", "desc", "clipPath", "mask"),
        *("linearGradient", "radialGradient", "stop", "pattern"),
    }
)
_DROPPED_ATTRIBUTES = frozenset({"style", "base"})
_WITHIN = re.compile(r"""url\(\s*(["']?)#[\w.:-]+\1\s*\)""")
# What makes a style value fetch something; a backslash can spell any of it.
_FETCHES = re.compile(r"(?:url|image|image-set|src|cross-fade|element|paint)\s*\(|\\|@import", re.I)


class NotAPicture(ValueError):
    """The file is not what its name says, or nothing a browser could show."""


def is_picture(name: str, content: bytes) -> bool:
    """Whether `content` begins as a picture of the format that the end of `name` promises."""
    ending = name.lower().rsplit(".", 1)[-1]
    if ending == "svg":
        try:
            harmless(content)
        except NotAPicture:
            return False
        return True
    if ending == "webp":
        return content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return content.startswith(b"\x89PNG\r\n" if ending == "png" else b"\xff\xd8\xff")


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
    _clean(root)
    ET.register_namespace("", _SVG)
    return bytes(ET.tostring(root, encoding="utf-8"))


def _clean(root: ET.Element) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise NotAPicture("nested too deeply")
        for element in level:
            _clean_attributes(element)
            for child in list(element):
                if _local(child) not in _KEPT:
                    element.remove(child)
        level = [child for element in level for child in element]


def _clean_attributes(element: ET.Element) -> None:
    for name, value in list(element.attrib.items()):
        local = name.rsplit("}", 1)[-1].lower()
        outward = local == "href" and not value.startswith("#")
        fetches = _FETCHES.search(_WITHIN.sub("", value))
        if local.startswith("on") or local in _DROPPED_ATTRIBUTES or outward or fetches:
            del element.attrib[name]


def _local(element: ET.Element) -> str:
    """The name of an SVG element, empty for an element of any other kind."""
    if not isinstance(element.tag, str):
        return ""
    name = element.tag.removeprefix(f"{{{_SVG}}}")
    return "" if name.startswith("{") else name
