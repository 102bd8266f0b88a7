"""Try a few layouts of one map and keep the clearest; measured on what Graphviz made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec

from orgkb.diagnostics import Location
from orgkb_exporters.conceptmap import dot_format
from orgkb_exporters.conceptmap.draw import DrawingError, Engine
from orgkb_exporters.conceptmap.look import NODE_SIZE, Spacing
from orgkb_exporters.conceptmap.spec import MapSpec, Proposition

LONG_SIDE, SHORT_SIDE = 785.0, 538.0
"""Points of an A4 page inside margins of about 2 cm."""

READABLE = 7.5
"""Points: the smallest letters of a name on the printed page."""

FEWEST = 12
"""A map that does not fit its page loses concepts, but not below this number."""

_MANY = 60  # concepts: beyond this Graphviz takes a second for each layout

STARTS = (
    Spacing(order=3, name_letters=16, phrase_letters=12),
    Spacing(order=1, name_letters=16, phrase_letters=12, stagger=3),
    Spacing(order=1, name_letters=24, phrase_letters=24),
)
"""Layouts to choose from. Of forty, measured on 33 maps of notes by several people, those three whose best one comes
nearest to the best of all; the first two alone nearly as near."""

_TRIALS, _QUICK_TRIALS = 5, 4  # layouts without one line or another
_WORTH = 0.9  # a proposition is worth about one crossing

_COMFORTABLE = 9.0  # points
_STEPS = 4  # straight pieces of a Bézier curve
_WEIGHTS = tuple(
    ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3) for t in (i / _STEPS for i in range(1, _STEPS))
)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn line between two nodes of the DOT file."""

    tail: str
    head: str
    points: tuple[Point, ...]

    def meets(self, other: Line) -> bool:
        """Whether both share a node."""
        return self.tail in {other.tail, other.head} or self.head in {other.tail, other.head}


def on_a4(width: float, height: float) -> float:
    """What a drawing of that size in points is scaled by to fill an A4 page, upright or sideways."""
    sideways = min(LONG_SIDE / width, SHORT_SIDE / height)
    upright = min(SHORT_SIDE / width, LONG_SIDE / height)
    return max(sideways, upright)


@dataclass(frozen=True, slots=True)
class Measure:
    """How a drawn map would print."""

    width: float
    """Points."""
    height: float
    crossed: tuple[tuple[str, str], ...]
    """Ends of the lines that cross another, once for each crossing; lines that meet in a box do not cross."""

    @property
    def crossings(self) -> int:
        """Pairs of lines that cross."""
        return len(self.crossed) // 2

    def crossings_of(self, proposition: Proposition) -> int:
        """How often the line of PROPOSITION is crossed."""
        ends = {dot_format.concept_node(proposition.source), dot_format.concept_node(proposition.target)}
        if not proposition.phrase:
            return sum({*line} == ends for line in self.crossed)
        phrase = dot_format.phrase_node(proposition)
        return sum(phrase in line and not ends.isdisjoint(line) for line in self.crossed)

    @property
    def scale(self) -> float:
        """What fits the map to an A4 page, upright or sideways; over 1 for a map smaller than the page."""
        return on_a4(self.width, self.height)

    @property
    def letters(self) -> float:
        """Size in points of the smallest names on the printed page."""
        return NODE_SIZE * min(1.0, self.scale)

    @property
    def cost(self) -> float:
        """Less is clearer: one crossing weighs as much as half a point of letters below `_COMFORTABLE`."""
        too_small = 2 * max(0.0, _COMFORTABLE - self.letters) + 20 * max(0.0, READABLE - self.letters)
        return self.crossings + too_small + 1 / self.scale


class _Laid(msgspec.Struct, frozen=True):
    """What is remembered of a layout."""

    size: Measure
    spacing: Spacing
    kept: tuple[tuple[str, str], ...]
    """Ends of the propositions that are drawn."""


def best_layout(
    spec: MapSpec, engine: Engine, url: dot_format.Url | None = None, *, quick: bool = False
) -> tuple[str, Measure, MapSpec]:
    """The DOT of SPEC in the clearest of a few layouts, its measure, and SPEC without lines that tangle it.

    QUICK tries fewer, for one map among many.

    A line goes when the map stays in one piece without it and its absence makes the map clearer by
    more than `_WORTH`. DrawingError where nothing can be drawn.
    """
    shapes = shapes_of(spec)

    def make() -> bytes:
        best = _clearest(shapes, engine, quick=quick)
        kept = tuple((p.source, p.target) for p in best.spec.propositions)
        return msgspec.msgpack.encode(_Laid(best.size, best.spacing, kept))

    found = engine.remembered("layout", msgspec.msgpack.encode((shapes, quick)), make)
    laid = msgspec.msgpack.decode(found, type=_Laid)
    ends = frozenset(laid.kept)
    if len(ends) < len(spec.propositions):
        lines = tuple(p for p in spec.propositions if (p.source, p.target) in ends)
        spec = msgspec.structs.replace(spec, propositions=lines)
    return dot_format.dot(spec, laid.spacing, url), laid.size, spec


def shapes_of(spec: MapSpec) -> MapSpec:
    """SPEC without what has no place on the page: tooltips, addresses and where things stand in the notes."""
    nowhere = Location("", 1)
    return msgspec.structs.replace(
        spec,
        concepts=tuple(msgspec.structs.replace(c, note="", place=nowhere, surface="") for c in spec.concepts),
        propositions=tuple(msgspec.structs.replace(p, said="", place=nowhere) for p in spec.propositions),
    )


def _clearest(spec: MapSpec, engine: Engine, *, quick: bool) -> _Drawn:
    known: dict[str, Measure] = {}

    def drawn(*wanted: tuple[MapSpec, Spacing]) -> list[_Drawn]:
        texts = [dot_format.dot(some, spacing) for some, spacing in wanted]
        new = list(dict.fromkeys(text for text in texts if text not in known))
        if new:
            known.update(zip(new, measures(engine.draw("".join(new), "json0")), strict=True))
        return [_Drawn(known[text], *pair) for text, pair in zip(texts, wanted, strict=True)]

    if len(spec.concepts) > _MANY:
        (only,) = drawn((spec, Spacing(name_letters=16, phrase_letters=15)))
        return only
    starts = STARTS[:1] if not spec.propositions else STARTS[:2] if quick else STARTS
    best = min(drawn(*((spec, start) for start in starts)), key=_cost)
    columns = range(2, min(3, spec.pieces) + 1)
    if columns:
        best = min(
            best,
            *drawn(*((spec, msgspec.structs.replace(best.spacing, columns=count)) for count in columns)),
            key=_cost,
        )
    trials = _QUICK_TRIALS if quick else _TRIALS
    better: _Drawn | None = best
    while better is not None:
        best, better = better, None
        for smaller in _without_a_crossed_line(best):
            if not trials:
                break
            trials -= 1
            (other,) = drawn((smaller, best.spacing))
            if other.size.cost + _WORTH < best.size.cost:
                better = other
                break
    return best


@dataclass(frozen=True, slots=True)
class _Drawn:
    size: Measure
    spec: MapSpec
    spacing: Spacing


def _cost(drawn: _Drawn) -> float:
    return drawn.size.cost


def _without_a_crossed_line(drawn: _Drawn) -> Iterator[MapSpec]:
    """The map without one of its crossed lines, the most crossed and weakest first; never without a bridge."""
    lines = drawn.spec.propositions
    crossed = sorted((-drawn.size.crossings_of(p), -index) for index, p in enumerate(lines))
    for crossings, index in crossed:
        if not crossings:
            return
        smaller = msgspec.structs.replace(drawn.spec, propositions=(*lines[:-index], *lines[1 - index :]))
        if smaller.pieces == drawn.spec.pieces:
            yield smaller


def fewer(spec: MapSpec, size: Measure) -> int:
    """How many concepts of SPEC, which came out as SIZE, would be readable; its own number where all are."""
    now = len(spec.concepts)
    if size.letters >= READABLE or now <= FEWEST:
        return now
    return max(FEWEST, min(now - 2, int(now * size.letters / READABLE)))


class _Node(msgspec.Struct):
    name: str
    id: int = msgspec.field(name="_gvid")


class _Edge(msgspec.Struct):
    tail: int
    head: int
    pos: str = ""
    style: str = ""


class _Layout(msgspec.Struct):
    """What is read of Graphviz's `json0`."""

    bb: str
    objects: list[_Node] = []
    edges: list[_Edge] = []


def measure(layout: bytes) -> Measure:
    """Read Graphviz's `json0` of one map."""
    return _measure(msgspec.json.decode(layout, type=_Layout))


def measures(layouts: bytes) -> list[Measure]:
    """Read Graphviz's `json0` of several maps drawn in one run; DrawingError where it is not what Graphviz writes."""
    # One object after another, each begins at the left edge.
    try:
        return [measure(b"{" + part) for part in b"\n".join((b"", layouts)).split(b"\n{")[1:]]
    except (msgspec.DecodeError, ValueError) as error:
        raise DrawingError("Graphviz described its drawing in a way that cannot be read") from error


def _measure(graph: _Layout) -> Measure:
    left, bottom, right, top = map(float, graph.bb.split(","))
    names = {node.id: node.name for node in graph.objects}
    lines = [
        Line(names[edge.tail], names[edge.head], tuple(_curve(edge.pos)))
        for edge in graph.edges
        if edge.pos and edge.style != "invis"
    ]
    return Measure(right - left or 1.0, top - bottom or 1.0, _crossed(lines))


def _curve(position: str) -> list[Point]:
    """A spline of Graphviz as a chain of points."""
    ends: dict[str, Point] = {}
    controls: list[Point] = []
    for word in position.replace(";", " ").split():
        numbers = word.split(",")
        point = (float(numbers[-2]), float(numbers[-1]))
        if numbers[0] in {"s", "e"}:
            ends[numbers[0]] = point
        else:
            controls.append(point)
    points = [ends.get("s", controls[0]), controls[0]]
    for (ax, ay), (bx, by), (cx, cy), d in zip(
        controls[0::3], controls[1::3], controls[2::3], controls[3::3], strict=False
    ):
        points += [
            (ka * ax + kb * bx + kc * cx + kd * d[0], ka * ay + kb * by + kc * cy + kd * d[1])
            for ka, kb, kc, kd in _WEIGHTS
        ]
        points.append(d)
    points.append(ends.get("e", controls[-1]))
    return points


def _crossed(lines: Sequence[Line]) -> tuple[tuple[str, str], ...]:
    """Ends of both lines of each crossing: a sweep over the lines from left to right, then over their pieces."""
    spans = []
    for index, line in enumerate(lines):
        xs, ys = [x for x, _ in line.points], [y for _, y in line.points]
        spans.append((min(xs), max(xs), min(ys), max(ys), index))
    spans.sort()
    active: list[tuple[float, float, float, float, int]] = []
    found: list[tuple[int, int]] = []
    for span in spans:
        left, _, low, high, index = span
        active = [other for other in active if other[1] >= left]
        found += [
            (min(index, other), max(index, other))
            for _, _, its_low, its_high, other in active
            if its_low <= high and low <= its_high and _lines_cross(lines[index], lines[other])
        ]
        active.append(span)
    return tuple((lines[index].tail, lines[index].head) for pair in sorted(found) for index in pair)


def _lines_cross(one: Line, other: Line) -> bool:
    if one.meets(other):
        return False
    theirs = list(pairwise(other.points))
    for (px, py), (qx, qy) in pairwise(one.points):
        left, right = (px, qx) if px < qx else (qx, px)
        low, high = (py, qy) if py < qy else (qy, py)
        along, up = qx - px, qy - py
        for (rx, ry), (sx, sy) in theirs:
            # Written out, as this is where measuring spends its time: first whether the pieces are near at all.
            if (rx < left and sx < left) or (rx > right and sx > right):
                continue
            if (ry < low and sy < low) or (ry > high and sy > high):
                continue
            if (along * (ry - py) - up * (rx - px)) * (along * (sy - py) - up * (sx - px)) >= 0:
                continue
            its_along, its_up = sx - rx, sy - ry
            if (its_along * (py - ry) - its_up * (px - rx)) * (its_along * (qy - ry) - its_up * (qx - rx)) < 0:
                return True
    return False
