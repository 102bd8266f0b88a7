"""Graphviz's SVG made safe and sturdy: nothing but shapes, text and links; letters that keep to their boxes."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from orgkb_exporters.conceptmap import look, metrics
from orgkb_exporters.conceptmap.addresses import safe_url

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_SHAPES = frozenset({"svg", "g", "title", "a", "polygon", "polyline", "path", "ellipse", "text"})
_ATTRIBUTES = frozenset({
    "width", "height", "viewBox", "id", "class", "transform",
    "fill", "stroke", "stroke-width", "stroke-dasharray", "fill-opacity", "stroke-opacity",
    "points", "d", "cx", "cy", "rx", "ry", "x", "y",
    "text-anchor", "font-family", "font-size", "font-weight", "font-style",
})  # fmt: skip
_FONTS = f"{look.FONT}, 'Liberation Sans', Arimo, Helvetica, sans-serif"


def polished(data: bytes, title: str) -> bytes:
    """The SVG that Graphviz drew, without document type, comments and anything but shapes, text and links.

    Each text states its length, so that a viewer without Arial sets another font to the same width.
    Tooltips stand as titles too, which every viewer shows.
    """
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    # Graphviz's own output for our own DOT: no entities are declared in it.
    root = ET.fromstring(data)  # noqa: S314
    _clean(root)
    root.set("role", "img")
    _describe(root, title)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _clean(root: ET.Element) -> None:
    """Drop what is not a known shape and attributes that are not known, links that are not safe."""
    stack = [root]
    while stack:
        element = stack.pop()
        for child in list(element):
            if _local(child) not in _SHAPES:
                element.remove(child)
        link, tooltip = element.get(f"{{{_XLINK}}}href"), element.get(f"{{{_XLINK}}}title")
        for name in [name for name in element.attrib if name not in _ATTRIBUTES]:
            del element.attrib[name]
        if _local(element) == "a":
            if link is not None and safe_url(link):
                element.set(f"{{{_XLINK}}}href", link)
            if tooltip:
                element.set(f"{{{_XLINK}}}title", tooltip)
                _describe(element, tooltip)
        if _local(element) == "text" and element.text:
            size = float(element.get("font-size", "10"))
            element.set("font-family", _FONTS)
            element.set("textLength", f"{metrics.text_width(element.text, size):.2f}")
            element.set("lengthAdjust", "spacingAndGlyphs")
        stack.extend(element)


def _describe(element: ET.Element, text: str) -> None:
    """TEXT as the title of ELEMENT, which viewers show as its tooltip and screen readers read."""
    described = ET.Element(f"{{{_SVG}}}title")
    described.text = text
    described.tail = "\n"
    element.insert(0, described)


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
