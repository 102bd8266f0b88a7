"""The concept map as shapes and texts for the template, from Graphviz's own drawing of it."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.exporter import ExportContext
from orgkb_exporters.conceptmap import dot_format, plan
from orgkb_exporters.conceptmap.draw import DrawingError, Engine, find_engine
from orgkb_exporters.conceptmap.layout import best_layout, shapes_of
from orgkb_exporters.conceptmap.shapes import Picture, Shape, picture
from orgkb_exporters.conceptmap.spec import MapSpec
from orgkb_exporters.pdf import escape


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


def concept_map(
    graph: ConceptGraph, context: ExportContext, linked: Collection[str], concepts: int, propositions: int
) -> Drawing | None:
    """The overview map with so many CONCEPTS; None where there is too little for one, or nothing to draw it with."""
    # On paper there are no tooltips: a definition or a line above all changes nothing.
    spec = shapes_of(plan.overview(graph, max_concepts=concepts, max_propositions=propositions))
    if len(spec.concepts) < 3 or not spec.propositions:
        return None
    try:
        engine = find_engine()
        source = f"{engine.program}\n".encode() + msgspec.msgpack.encode(spec)
        drawn = msgspec.msgpack.decode(context.once("map", source, lambda: _laid_out(spec, engine)), type=Picture)
    except DrawingError:
        return None
    ids = {dot_format.concept_node(concept.id): concept for concept in spec.concepts}
    spots = tuple(
        Spot(ids[node.name].id, escape.clean(ids[node.name].label), node.x, node.y, node.width, node.height)
        for node in drawn.nodes
        if node.name in ids and ids[node.name].id in linked
    )
    return Drawing(escape.clean(spec.question), drawn.width, drawn.height, drawn.shapes, spots)


def _laid_out(spec: MapSpec, engine: Engine) -> bytes:
    text, _, _ = best_layout(spec, engine, quick=True)
    return msgspec.msgpack.encode(picture(engine, text))
