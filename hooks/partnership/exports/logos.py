"""The companies' logos, made harmless: a picture that came by mail must run and fetch nothing."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from partnership import addresses
from partnership.exports.file import Export
from partnership.model.partnership import Partnership

_SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_KEPT = frozenset(
    {
        *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("text", "tspan", "defs", "use", "symbol", "title", "desc", "clipPath", "mask"),
        *("linearGradient", "radialGradient", "stop", "pattern"),
    }
)


def exports(partnership: Partnership) -> Iterator[Export]:
    """Each logo that a member names, once."""
    names = {member.logo for member in partnership.members if member.logo}
    for name in sorted(names):
        content = (partnership.root / "members" / "logos" / name).read_bytes()
        if name.lower().endswith(".svg"):
            content = harmless(content)
        yield Export(addresses.logo(name), content)


def harmless(svg: bytes) -> bytes:
    """An SVG with shapes, text and gradients only: no scripts, handlers, styles, links outward.

    Raises `xml.etree.ElementTree.ParseError` for what is no XML; the rules have checked that.
    """
    root = ET.fromstring(svg)  # noqa: S314 - expat expands no external entities
    ET.register_namespace("", _SVG)
    _clean(root)
    return bytes(ET.tostring(root, encoding="utf-8"))


def _clean(element: ET.Element) -> None:
    for child in list(element):
        if not isinstance(child.tag, str) or child.tag.removeprefix(f"{{{_SVG}}}") not in _KEPT:
            element.remove(child)
        else:
            _clean(child)
    for name, value in list(element.attrib.items()):
        local = name.rsplit("}", 1)[-1].lower()
        outward = "url(" in value and "url(#" not in value.replace(" ", "")
        foreign = (local == "href" or name == _XLINK_HREF) and not value.startswith("#")
        if local.startswith("on") or local == "style" or outward or foreign:
            del element.attrib[name]
