"""The ground plan of the interactive map: a district for each section, its concepts as small trees inside.

No simulation: each place follows from the concepts and their order alone, so that the map looks the
same on every run, and the work is linear in the number of concepts.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import starmap

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Concept
from orgkb_exporters.conceptmap import metrics
from orgkb_exporters.conceptmap.phrases import clean
from orgkb_exporters.conceptmap.sections import section_title
from orgkb_exporters.conceptmap.select import Link

LARGE = 48
"""Concepts: a district with more is split by the headings below it."""

_PARTS, _NOT_LARGE = 6, 12  # small notes are split further, so that they show their parts too

SMALL = 3
"""A subsection with fewer concepts stays with its heading."""

SIZE, GROWTH = 11.0, 6.0
"""Size of the letters of the least important concept, and what the most important one has more."""

_LETTERS = 30  # of a name before it is cut
_PAD_X, _PAD_Y = 8.0, 4.0
_GAP_X, _GAP_Y = 40.0, 9.0  # between columns and rows of a tree
_APART = 18.0  # between trees
_TITLE = 38.0  # height of a district's title
_REGION_TITLE = 84.0  # height of a region's title
_INSIDE = 14.0  # between a district's edge and what stands in it
_STREET = 26.0  # between districts
_ASPECT = 1.5  # width by height, of a district
_WHOLE_ASPECT = 1.1

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """Left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    def moved(self, x: float, y: float) -> Box:
        """The same box further right by X and down by Y."""
        return Box(self.x + x, self.y + y, self.width, self.height)


@dataclass(frozen=True, slots=True)
class District:
    """A section with its concepts, laid out."""

    path: Path
    """File (empty where there is only one) and headings."""
    title: str
    box: Box
    concepts: tuple[tuple[str, Box], ...]
    """Ids and boxes."""


@dataclass(frozen=True, slots=True)
class Region:
    """A file with its districts, where there are several files."""

    path: str
    title: str
    box: Box


@dataclass(frozen=True, slots=True)
class Plan:
    """The ground plan; all boxes count from its corner."""

    regions: tuple[Region, ...]
    """Empty where there is only one file."""
    districts: tuple[District, ...]


def ground_plan(concepts: Sequence[Concept], links: Iterable[Link], graph: ConceptGraph) -> Plan:
    """The districts of CONCEPTS in the order of the notes, those of a file together in its region."""
    groups = by_section(concepts, graph, min(LARGE, max(_NOT_LARGE, len(concepts) // _PARTS)))
    home = {concept.id: path for path, members in groups.items() for concept in members}
    inner: defaultdict[Path, list[Link]] = defaultdict(list)
    for link in links:
        here = home.get(link.relation.source)
        if here is not None and here == home.get(link.relation.target):
            inner[here].append(link)
    plots = [_district(path, members, inner[path], graph) for path, members in groups.items()]
    if len({plot.path[0] for plot in plots}) < 2:
        corners = _shelves([plot.box for plot in plots], _STREET, _WHOLE_ASPECT)
        return Plan((), tuple(starmap(_moved, zip(plots, corners, strict=True))))
    files: defaultdict[str, list[District]] = defaultdict(list)
    for plot in plots:
        files[plot.path[0]].append(plot)
    regions: list[Region] = []
    for path, own in files.items():
        corners = _shelves([plot.box for plot in own], _STREET, _ASPECT)
        files[path] = [
            _moved(plot, (x + _STREET, y + _REGION_TITLE)) for plot, (x, y) in zip(own, corners, strict=True)
        ]
        title = section_title((path,), graph)
        width = max([plot.box.x + plot.box.width for plot in files[path]] + [metrics.text_width(title, 50)]) + _STREET
        height = max(plot.box.y + plot.box.height for plot in files[path]) + _STREET
        regions.append(Region(path, title, Box(0, 0, width, height)))
    corners = _shelves([region.box for region in regions], 2 * _STREET, _WHOLE_ASPECT)
    return Plan(
        tuple(Region(r.path, r.title, r.box.moved(x, y)) for r, (x, y) in zip(regions, corners, strict=True)),
        tuple(
            _moved(plot, corner) for region, corner in zip(regions, corners, strict=True) for plot in files[region.path]
        ),
    )


def _moved(plot: District, by: tuple[float, float]) -> District:
    x, y = by
    return District(
        plot.path, plot.title, plot.box.moved(x, y), tuple((name, box.moved(x, y)) for name, box in plot.concepts)
    )


def label(name: str) -> str:
    """NAME as the ground plan shows it, in one line."""
    return metrics.wrap(clean(name), _LETTERS, 1)[0] if clean(name) else "—"


# --- which concepts stand together ---


def by_section(concepts: Sequence[Concept], graph: ConceptGraph, large: int = LARGE) -> dict[Path, list[Concept]]:
    """CONCEPTS by section in the order of the notes: files, or top headings of the only file.

    One with more than LARGE concepts is split by the headings below.
    """
    several = len(graph.documents) > 1
    files = {document.path: index for index, document in enumerate(graph.documents)}
    ordered = sorted(concepts, key=lambda c: (files.get(c.span.path, len(files)), c.span.line, c.span.column, c.id))
    paths = {c.id: (c.span.path if several else "", *c.section_path) for c in ordered}
    done: dict[Path, list[Concept]] = {}
    start = () if several else ("",)
    pending: list[tuple[Path, list[Concept], bool]] = [(start, ordered, True)]
    while pending:
        path, members, must = pending.pop()
        if not must and len(members) <= large:
            done.setdefault(path, []).extend(members)
            continue
        depth = len(path) + 1
        sizes = Counter(paths[c.id][:depth] for c in members)
        below: dict[Path, list[Concept]] = {}
        for concept in members:
            own = paths[concept.id][:depth]
            keep = len(own) < depth or (sizes[own] < SMALL and not must)
            below.setdefault(path if keep else own, []).append(concept)
        stay = below.pop(path, [])
        if stay:
            done.setdefault(path, []).extend(stay)
        pending += [(own, group, False) for own, group in reversed(below.items())]
    first = {concept.id: index for index, concept in enumerate(ordered)}
    return dict(sorted(done.items(), key=lambda item: first[item[1][0].id]))


# --- one district ---


def _district(path: Path, members: Sequence[Concept], links: Sequence[Link], graph: ConceptGraph) -> District:
    sizes = {concept.id: _size(concept) for concept in members}
    blocks = [*_trees(members, links, sizes), *_rows(members, links, sizes)]
    title = section_title(path, graph)
    corners = _shelves([block for block, _ in blocks], _APART, _ASPECT)
    places: list[tuple[str, Box]] = []
    for (_, inside), (x, y) in zip(blocks, corners, strict=True):
        places += [(concept, box.moved(_INSIDE + x, _TITLE + y)) for concept, box in inside]
    width = max([box.x + box.width for _, box in places] + [metrics.text_width(title, 20) + _INSIDE]) + _INSIDE
    height = max(box.y + box.height for _, box in places) + _INSIDE
    return District(path, title, Box(0, 0, width, height), tuple(places))


def _size(concept: Concept) -> tuple[float, float]:
    size = SIZE + GROWTH * concept.rank
    return metrics.text_width(label(concept.name), size) + 2 * _PAD_X, size * metrics.LINE_HEIGHT + 2 * _PAD_Y


Block = tuple[Box, list[tuple[str, Box]]]


def _trees(members: Sequence[Concept], links: Sequence[Link], sizes: dict[str, tuple[float, float]]) -> list[Block]:
    """A tree for each connected piece: its most important concept in the middle, what names it left, what it names right."""
    ranked = sorted(members, key=lambda c: (-c.rank, c.id))
    order = {concept.id: index for index, concept in enumerate(ranked)}
    near: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for link in links:
        source, target = link.relation.source, link.relation.target
        near[source].append((target, 1))
        near[target].append((source, -1))
    seen: set[str] = set()
    blocks: list[Block] = []
    for concept in ranked:
        if concept.id in seen or concept.id not in near:
            continue
        root = concept.id
        seen.add(root)
        column = {root: 0}
        children: defaultdict[str, list[str]] = defaultdict(list)
        queue = [root]
        for node in queue:
            for other, way in sorted(near[node], key=lambda pair: order[pair[0]]):
                if other not in seen:
                    seen.add(other)
                    side = way if node == root else (1 if column[node] > 0 else -1)
                    column[other] = column[node] + side
                    children[node].append(other)
                    queue.append(other)
        blocks.append(_tree(root, queue, column, children, sizes))
    return blocks


def _tree(
    root: str,
    queue: Sequence[str],
    column: dict[str, int],
    children: dict[str, list[str]],
    sizes: dict[str, tuple[float, float]],
) -> Block:
    """Columns by distance from ROOT; QUEUE has each concept after its parent."""
    width: defaultdict[int, float] = defaultdict(float)
    for node in queue:
        width[column[node]] = max(width[column[node]], sizes[node][0])
    left, x = {}, 0.0
    for index in sorted(width):
        left[index] = x
        x += width[index] + _GAP_X
    height: dict[str, float] = {}
    for node in reversed(queue):
        below = children.get(node, [])
        if node == root:
            sides = (sum(height[c] for c in below if column[c] * side > 0) for side in (-1, 1))
            height[node] = max(sizes[node][1] + _GAP_Y, *sides)
        else:
            height[node] = max(sizes[node][1] + _GAP_Y, sum(height[c] for c in below))
    top = {root: 0.0}
    boxes: list[tuple[str, Box]] = []
    for node in queue:
        own_width, own_height = sizes[node]
        index = column[node]
        side = left[index] + (0 if index > 0 else width[index] - own_width if index < 0 else 0)
        boxes.append((node, Box(side, top[node] + (height[node] - own_height) / 2, own_width, own_height)))
        for way in (-1, 1) if node == root else (0,):
            group = [c for c in children.get(node, []) if not way or column[c] * way > 0]
            y = top[node] + (height[node] - sum(height[c] for c in group)) / 2
            for child in group:
                top[child] = y
                y += height[child]
    return Box(0, 0, x - _GAP_X, height[root]), boxes


def _rows(members: Sequence[Concept], links: Iterable[Link], sizes: dict[str, tuple[float, float]]) -> list[Block]:
    """The concepts without links here, as one block of rows."""
    linked = {end for link in links for end in (link.relation.source, link.relation.target)}
    alone = [concept.id for concept in members if concept.id not in linked]
    if not alone:
        return []
    area = sum((sizes[i][0] + _GAP_Y) * (sizes[i][1] + _GAP_Y) for i in alone)
    room = max(math.sqrt(area * _ASPECT * 1.6), 180.0)
    places: list[tuple[str, Box]] = []
    x = y = tallest = widest = 0.0
    for concept in alone:
        width, height = sizes[concept]
        if x and x + width > room:
            x, y, tallest = 0.0, y + tallest + _GAP_Y, 0.0
        places.append((concept, Box(x, y, width, height)))
        x += width + _GAP_Y
        tallest, widest = max(tallest, height), max(widest, x)
    return [(Box(0, 0, widest, y + tallest), places)]


def _shelves(boxes: Sequence[Box], gap: float, aspect: float) -> list[tuple[float, float]]:
    """Corners that pack BOXES in rows, the highest first, into a rectangle of about ASPECT."""
    area = sum((box.width + gap) * (box.height + gap) for box in boxes)
    room = max([math.sqrt(area * aspect * 1.15), *(box.width for box in boxes)])
    corners = [(0.0, 0.0)] * len(boxes)
    x = y = tallest = 0.0
    for index in sorted(range(len(boxes)), key=lambda i: (-boxes[i].height, i)):
        box = boxes[index]
        if x and x + box.width > room:
            x, y, tallest = 0.0, y + tallest + gap, 0.0
        corners[index] = (x, y)
        x += box.width + gap
        tallest = max(tallest, box.height)
    return corners
