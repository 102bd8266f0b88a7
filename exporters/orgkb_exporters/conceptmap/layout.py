"""Try a few layouts of one map and keep the clearest; measured on what Graphviz made of them."""

from __future__ import annotations

import json
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from orgkb_exporters.conceptmap import dot_format
from orgkb_exporters.conceptmap.draw import Engine
from orgkb_exporters.conceptmap.look import NODE_SIZE, ORDERS, Spacing
from orgkb_exporters.conceptmap.spec import MapSpec, Proposition

LONG_SIDE, SHORT_SIDE = 785.0, 538.0
"""Points of an A4 page inside margins of about 2 cm."""

READABLE = 7.5
"""Points: the smallest letters of a name on the printed page."""

FEWEST = 12
"""A map that does not fit its page loses concepts, but not below this number."""

_MANY = 60  # concepts: beyond this Graphviz takes a second for each layout

_TRIALS, _QUICK_TRIALS = 8, 4  # layouts without one line or another
_WORTH = 0.9  # a proposition is worth about one crossing

_COMFORTABLE = 9.0  # points
_STEPS = 4  # straight pieces of a Bézier curve

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
        sideways = min(LONG_SIDE / self.width, SHORT_SIDE / self.height)
        upright = min(SHORT_SIDE / self.width, LONG_SIDE / self.height)
        return max(sideways, upright)

    @property
    def letters(self) -> float:
        """Size in points of the smallest names on the printed page."""
        return NODE_SIZE * min(1.0, self.scale)

    @property
    def cost(self) -> float:
        """Less is clearer: one crossing weighs as much as half a point of letters below `_COMFORTABLE`."""
        too_small = 2 * max(0.0, _COMFORTABLE - self.letters) + 20 * max(0.0, READABLE - self.letters)
        return self.crossings + too_small + 1 / self.scale


def best_layout(
    spec: MapSpec, engine: Engine, url: dot_format.Url | None = None, *, quick: bool = False
) -> tuple[str, Measure, MapSpec]:
    """The DOT of SPEC in the clearest of a few layouts, its measure, and SPEC without lines that tangle it.

    QUICK tries fewer, for one map among many.

    A line goes when the map stays in one piece without it and its absence makes the map clearer by
    more than `_WORTH`. DrawingError where nothing can be drawn.
    """

    def drawn(some: MapSpec, spacing: Spacing) -> _Drawn:
        text = dot_format.dot(some, spacing, url)
        return _Drawn(text, measure(engine.draw(text, "json0")), some, spacing)

    if len(spec.concepts) > _MANY:
        only = drawn(spec, Spacing(name_letters=16, phrase_letters=15))
        return only.text, only.size, spec
    starts = range(0, ORDERS, 2 if quick else 1) if spec.propositions else range(1)
    orders = [drawn(spec, Spacing(order=order)) for order in starts]
    best = min(orders, key=_cost)
    others = [replace(best.spacing, columns=count) for count in range(2, min(3, spec.pieces) + 1)]
    others += [replace(spacing, name_letters=16, phrase_letters=15) for spacing in (best.spacing, *others)]
    best = min(best, *(drawn(spec, spacing) for spacing in others), key=_cost)
    if best.size.letters < _COMFORTABLE:
        flat = [replace(best.spacing, stagger=rows) for rows in (2, 3)]
        best = min(best, *(drawn(spec, spacing) for spacing in flat), key=_cost)
    trials = _QUICK_TRIALS if quick else _TRIALS
    better: _Drawn | None = best
    while better is not None:
        best, better = better, None
        for smaller in _without_a_crossed_line(best):
            if not trials:
                break
            trials -= 1
            other = drawn(smaller, best.spacing)
            if other.size.cost + _WORTH < best.size.cost:
                better = other
                break
    return best.text, best.size, best.spec


@dataclass(frozen=True, slots=True)
class _Drawn:
    text: str
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
        smaller = replace(drawn.spec, propositions=(*lines[:-index], *lines[1 - index :]))
        if smaller.pieces == drawn.spec.pieces:
            yield smaller


def fewer(spec: MapSpec, size: Measure) -> int:
    """How many concepts of SPEC, which came out as SIZE, would be readable; its own number where all are."""
    now = len(spec.concepts)
    if size.letters >= READABLE or now <= FEWEST:
        return now
    return max(FEWEST, min(now - 2, int(now * size.letters / READABLE)))


def measure(layout: bytes) -> Measure:
    """Read Graphviz's `json0`."""
    graph: dict[str, Any] = json.loads(layout)
    left, bottom, right, top = map(float, graph["bb"].split(","))
    names = {node["_gvid"]: node["name"] for node in graph["objects"]}
    lines = [
        Line(names[edge["tail"]], names[edge["head"]], tuple(_curve(edge["pos"])))
        for edge in graph.get("edges", ())
        if "pos" in edge and edge.get("style") != "invis"
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
    for a, b, c, d in zip(controls[0::3], controls[1::3], controls[2::3], controls[3::3], strict=False):
        points += [_bezier(a, b, c, d, step / _STEPS) for step in range(1, _STEPS + 1)]
    points.append(ends.get("e", controls[-1]))
    return points


def _bezier(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    s = 1 - t
    weights = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
    x, y = (sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1))
    return x, y


def _crossed(lines: Sequence[Line]) -> tuple[tuple[str, str], ...]:
    """Ends of both lines of each crossing: a sweep over the pieces of the curves from left to right."""
    pieces = sorted(
        (min(p[0], q[0]), max(p[0], q[0]), index, p, q)
        for index, line in enumerate(lines)
        for p, q in pairwise(line.points)
        if p != q
    )
    active: list[tuple[float, int, Point, Point]] = []
    found: set[tuple[int, int]] = set()
    for left, right, index, p, q in pieces:
        del active[: bisect_left(active, (left,))]
        for _, other, r, s in active:
            pair = (other, index) if other < index else (index, other)
            if other == index or pair in found or lines[index].meets(lines[other]):
                continue
            if _cross(p, q, r, s):
                found.add(pair)
        insort(active, (right, index, p, q))
    return tuple((lines[index].tail, lines[index].head) for pair in sorted(found) for index in pair)


def _cross(p: Point, q: Point, r: Point, s: Point) -> bool:
    if max(p[1], q[1]) < min(r[1], s[1]) or max(r[1], s[1]) < min(p[1], q[1]):
        return False
    return _side(p, q, r) * _side(p, q, s) < 0 and _side(r, s, p) * _side(r, s, q) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
