"""Graphviz's drawing of a map as plain shapes, for writers that draw it themselves: the PDFs and the pages of handouts."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import msgspec

from orgkb_exporters.conceptmap.draw import DrawingError, Engine
from orgkb_exporters.conceptmap.phrases import clean

Number = float | int
_END = b"</svg>\n"
"""With which an SVG ends; within it, `<` is written otherwise."""
_KEPT = "picture"


class Shape(msgspec.Struct, frozen=True, omit_defaults=True):
    """A polygon, curve or line of text; coordinates in points from the top left."""

    kind: str
    """`polygon`, `line`, `curve` or `text`."""
    points: tuple[tuple[float, float], ...]
    """Corners; of a curve its first point and then three for each piece; of a text where its baseline begins."""
    fill: str = ""
    """Colour as `#rrggbb`; empty for none."""
    stroke: str = ""
    width: float = 1.0
    """Of the line; of a text what it may take."""
    dash: str = ""
    text: str = ""
    size: float = 0.0
    align: str = ""
    bold: bool = False


class NodeBox(msgspec.Struct, frozen=True):
    """Where a node of the DOT file came to stand, in points from the top left."""

    name: str
    url: str
    x: float
    y: float
    width: float
    height: float


class Picture(msgspec.Struct, frozen=True):
    """A drawn map of a size in points."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    nodes: tuple[NodeBox, ...]


def picture(engine: Engine, text: str) -> Picture:
    """The map that the DOT in TEXT describes; DrawingError where it cannot be drawn."""
    return _read(engine.draw(text, "json"))


def kept_picture(engine: Engine, text: str) -> Picture:
    """The same, from an earlier build or step that drew it."""
    data = engine.remembered(_KEPT, text.encode(), lambda: msgspec.msgpack.encode(picture(engine, text)))
    return msgspec.msgpack.decode(data, type=Picture)


def svg_and_picture(engine: Engine, text: str) -> tuple[bytes, Picture]:
    """The map as Graphviz writes it as SVG and the same as shapes, which are kept: it is laid out once for both.

    DrawingError where it cannot be drawn.
    """
    both = engine.draw(text, "svg", "-Tjson")
    svg, end, layout = both.partition(_END)
    drawn = _read(layout)
    engine.remembered(_KEPT, text.encode(), lambda: msgspec.msgpack.encode(drawn))
    return svg + end, drawn


def _read(layout: bytes) -> Picture:
    """Graphviz's `json` of a map."""
    try:
        drawn = json.loads(layout)
        left, bottom, right, top = map(float, drawn["bb"].split(","))
    except (ValueError, KeyError) as error:
        raise DrawingError("Graphviz described its drawing in a way that cannot be read") from error
    pen = _Pen(left, top)
    pen.draw(drawn.get("_ldraw_", ()))
    for edge in drawn.get("edges", ()):
        for operations in ("_draw_", "_hdraw_", "_tdraw_", "_ldraw_"):
            pen.draw(edge.get(operations, ()))
    nodes: list[NodeBox] = []
    for node in drawn.get("objects", ()):
        pen.draw(node.get("_draw_", ()))
        pen.draw(node.get("_ldraw_", ()))
        if "pos" not in node:
            continue
        x, y = map(float, node["pos"].split(","))
        width, height = float(node["width"]) * 72, float(node["height"]) * 72
        corner = pen.point((x - width / 2, y + height / 2))
        nodes.append(NodeBox(node["name"], node.get("URL", ""), *corner, round(width, 2), round(height, 2)))
    return Picture(round(right - left, 1), round(top - bottom, 1), tuple(pen.shapes), tuple(nodes))


class _Pen:
    """Follows Graphviz's drawing operations; it counts from the bottom left."""

    def __init__(self, left: float, top: float) -> None:
        self._left, self._top = left, top
        self.shapes: list[Shape] = []

    def point(self, point: tuple[Number, Number]) -> tuple[float, float]:
        return round(point[0] - self._left, 2), round(self._top - point[1], 2)

    def draw(self, operations: Collection[dict[str, Any]]) -> None:
        stroke, fill, width, dash, size, ink, bold = "#000000", "", 1.0, "", 12.0, "#000000", False
        for operation in operations:
            match operation["op"]:
                case "c":
                    stroke = ink = _color(operation["color"])
                case "C":
                    fill = _color(operation["color"])
                case "S":
                    style = operation["style"]
                    if style.startswith("setlinewidth"):
                        width = float(style[13:-1])
                    elif style in {"dashed", "dotted", "solid"}:
                        dash = "" if style == "solid" else style
                case "F":
                    size = float(operation["size"])
                case "t":
                    bold = bool(int(operation["fontchar"]) & 1)
                case "P" | "p" | "L" | "B" | "b":
                    kind = {"P": "polygon", "p": "polygon", "L": "line"}.get(operation["op"], "curve")
                    filled = operation["op"] in {"P", "B"}
                    points = tuple(map(self.point, operation["points"]))
                    self.shapes.append(Shape(kind, points, fill if filled else "", stroke, width, dash))
                case "T":
                    anchor = {"l": "left", "r": "right"}.get(operation["align"], "center")
                    self.shapes.append(
                        Shape(
                            "text", (self.point(operation["pt"]),), ink, width=float(operation["width"]),
                            text=clean(operation["text"]), size=size, align=anchor, bold=bold,
                        )
                    )  # fmt: skip
                case _:
                    continue


def _color(color: str) -> str:
    """`#rrggbb`, or empty where it cannot be seen."""
    return "" if color.startswith("#") and len(color) == 9 and color.endswith("00") else color
