"""The concept map as shapes and texts for the template, from Graphviz's own drawing of it."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb_exporters.pdf import escape

Number = float | int


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


class Spot(msgspec.Struct, frozen=True):
    """A box of the map that leads to an anchor."""

    target: str
    name: str
    x: float
    y: float
    width: float
    height: float


class Drawing(msgspec.Struct, frozen=True):
    """A map of a size in points."""

    title: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    spots: tuple[Spot, ...]


def concept_map(graph: ConceptGraph, linked: Collection[str], concepts: int, propositions: int) -> Drawing | None:
    """The overview map with so many CONCEPTS; None where there is too little for one, or nothing to draw it with."""
    try:
        from orgkb_exporters.conceptmap import dot_format, plan  # noqa: PLC0415 - the map is an extra: without it
        from orgkb_exporters.conceptmap.draw import DrawingError, find_engine  # noqa: PLC0415 - the handout is
        from orgkb_exporters.conceptmap.layout import best_layout  # noqa: PLC0415 - printed all the same
    except ImportError:
        return None
    spec = plan.overview(graph, max_concepts=concepts, max_propositions=propositions)
    if len(spec.concepts) < 3 or not spec.propositions:
        return None
    try:
        engine = find_engine()
        text, _, spec = best_layout(spec, engine)
        drawn = json.loads(engine.draw(text, "json"))
    except DrawingError:
        return None
    ids = {dot_format.concept_node(concept.id): concept for concept in spec.concepts}
    left, bottom, right, top = map(float, drawn["bb"].split(","))
    pen = _Pen(left, top)
    pen.draw(drawn.get("_ldraw_", ()))
    for edge in drawn.get("edges", ()):
        for operations in ("_draw_", "_hdraw_", "_tdraw_", "_ldraw_"):
            pen.draw(edge.get(operations, ()))
    spots: list[Spot] = []
    for node in drawn.get("objects", ()):
        pen.draw(node.get("_draw_", ()))
        pen.draw(node.get("_ldraw_", ()))
        concept = ids.get(node.get("name", ""))
        if concept is not None and concept.id in linked and "pos" in node:
            x, y = map(float, node["pos"].split(","))
            width, height = float(node["width"]) * 72, float(node["height"]) * 72
            name = escape.clean(concept.label)
            spots.append(Spot(concept.id, name, *pen.point((x - width / 2, y + height / 2)), width, height))
    return Drawing(
        escape.clean(spec.question), round(right - left, 1), round(top - bottom, 1), tuple(pen.shapes), tuple(spots)
    )


class _Pen:
    """Follows Graphviz's drawing operations; it counts from the bottom left."""

    def __init__(self, left: float, top: float) -> None:
        self._left, self._top = left, top
        self.shapes: list[Shape] = []

    def point(self, point: tuple[Number, Number]) -> tuple[float, float]:
        return round(point[0] - self._left, 2), round(self._top - point[1], 2)

    def draw(self, operations: Collection[dict[str, Any]]) -> None:
        stroke, fill, width, dash, size, ink = "#000000", "", 1.0, "", 12.0, "#000000"
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
                case "P" | "p" | "L" | "B" | "b":
                    kind = {"P": "polygon", "p": "polygon", "L": "line"}.get(operation["op"], "curve")
                    filled = operation["op"] in {"P", "B"}
                    points = tuple(map(self.point, operation["points"]))
                    self.shapes.append(Shape(kind, points, fill if filled else "", stroke, width, dash))
                case "T":
                    anchor = {"l": "left", "r": "right"}.get(operation["align"], "center")
                    text = escape.clean(operation["text"])
                    self.shapes.append(
                        Shape(
                            "text", (self.point(operation["pt"]),), ink, width=float(operation["width"]), text=text,
                            size=size, align=anchor,
                        )
                    )  # fmt: skip
                case _:
                    continue


def _color(color: str) -> str:
    """`#rrggbb`, or empty where it cannot be seen."""
    return "" if color.startswith("#") and len(color) == 9 and color.endswith("00") else color
