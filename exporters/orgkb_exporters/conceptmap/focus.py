"""The focus map of one concept: who names it, it, what it names; drawn here, without Graphviz, in a few milliseconds.

Each line of the picture is a proposition and reads from left to right. A column as narrow as a
phone holds it without being scaled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from html import escape as escaped

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Concept
from orgkb_exporters.conceptmap import look, metrics, plan
from orgkb_exporters.conceptmap.phrases import clean
from orgkb_exporters.conceptmap.select import Link, best_links, may_show, weight
from orgkb_exporters.conceptmap.spec import MapSpec

WIDTH = 390.0
"""Pixels; letters are as large as stated when the picture is shown this wide."""

MAX_NEIGHBOURS = 9

escape = partial(escaped, quote=False)
_FONTS = f"{look.FONT}, 'Liberation Sans', Arimo, Helvetica, sans-serif"
_MARGIN = 10.0
_TRUNK = 16.0  # distance of the two trunks from the edges
_INSET = 30.0  # where lines that belong to no trunk begin
_STUB = 20.0  # straight piece of a line beside a phrase
_GAP = 9.0  # between two rows
_CORNER = 8.0
_NAME, _PHRASE, _FOCUS = 13.0, 12.0, 16.0  # letters
_NAME_LETTERS, _PHRASE_LETTERS, _FOCUS_LETTERS = 22, 20, 30
_INCOMING = ("#e69f00", "#fdf1d8")
_OUTGOING = ("#0072b2", "#dbeaf4")
_CENTRE = "#0b4f7d"


Piece = Callable[[str, bytes, Callable[[], bytes]], bytes]


class Neighbour(msgspec.Struct, frozen=True):
    """A concept beside the focus, and what joins both."""

    name: str
    phrase: str
    """Empty where the notes give none that says something."""
    incoming: bool
    """Whether the neighbour is the proposition's source."""


def neighbours(graph: ConceptGraph, concept_id: str) -> tuple[tuple[Link, Concept], ...]:
    """The best link to each concept that is related to CONCEPT_ID; with a phrase first, then the most important."""
    around = graph.neighbours(concept_id)
    near = {concept.id: concept for concept in around if may_show(graph, concept)}
    links = best_links(graph.relations_of(concept_id), [graph.concept(concept_id), *near.values()])
    found = [(link, near[_other(link, concept_id)]) for link in links]
    return tuple(sorted(found, key=lambda pair: (not pair[0].phrase, -weight(pair[1]), pair[1].id)))


def focus_svg(
    graph: ConceptGraph, concept_id: str, most: int = MAX_NEIGHBOURS, piece: Piece | None = None
) -> bytes | None:
    """The focus map of CONCEPT_ID with at most MOST neighbours as SVG; None where nothing is related to it.

    390 pixels wide, its own white ground, nothing in it but shapes and text. KeyError where there
    is no such concept. With PIECE, that of the export context, one that shows the same is not drawn again.
    """
    concept = graph.concept(concept_id)
    found = neighbours(graph, concept_id)
    if not found or most < 1:
        return None
    shown = [
        Neighbour(clean(other.name) or other.id, link.phrase, link.relation.source == other.id)
        for link, other in balanced(found, concept_id, most)
    ]
    name, left_out = clean(concept.name) or concept.id, len(found) - len(shown)
    if piece is None:
        return _svg(name, shown, left_out).encode()
    source = msgspec.msgpack.encode((name, shown, left_out))
    return piece("focus map", source, lambda: _svg(name, shown, left_out).encode())


def focus_map(graph: ConceptGraph, concept_id: str, most: int = MAX_NEIGHBOURS) -> MapSpec:
    """The same map as a page for DOT, with what joins the neighbours to each other left out."""
    found = balanced(neighbours(graph, concept_id), concept_id, most)
    concepts = [graph.concept(concept_id), *(concept for _, concept in found)]
    spec = plan.page(graph, concepts, max_concepts=len(concepts), max_propositions=4 * most)
    own = tuple(p for p in spec.propositions if concept_id in {p.source, p.target})
    return msgspec.structs.replace(spec, propositions=own, question=clean(concepts[0].name) or concept_id)


def balanced(found: Sequence[tuple[Link, Concept]], concept_id: str, most: int) -> tuple[tuple[Link, Concept], ...]:
    """At most MOST of the neighbours FOUND, the best first; either side may fill half of the room."""
    named = [pair for pair in found if pair[0].relation.source == concept_id]
    naming = [pair for pair in found if pair[0].relation.source != concept_id]
    first = named[: max(most - len(naming), (most + 1) // 2)]
    kept = {pair[1].id for pair in (*first, *naming[: most - len(first)])}
    return tuple(pair for pair in found if pair[1].id in kept)


def _other(link: Link, concept_id: str) -> str:
    return link.relation.target if link.relation.source == concept_id else link.relation.source


class _Row(msgspec.Struct, frozen=True):
    name: tuple[str, ...]
    phrase: tuple[str, ...]
    height: float

    @staticmethod
    def of(neighbour: Neighbour) -> _Row:
        name = metrics.wrap(neighbour.name, _NAME_LETTERS)
        phrase = metrics.wrap(neighbour.phrase, _PHRASE_LETTERS, look.PHRASE_LINES) if neighbour.phrase else ()
        box = metrics.text_height(len(name), _NAME) + 10
        return _Row(name, phrase, max(box, metrics.text_height(len(phrase), _PHRASE)))

    @property
    def box_height(self) -> float:
        return metrics.text_height(len(self.name), _NAME) + 10


def _svg(name: str, shown: Sequence[Neighbour], left_out: int) -> str:
    incoming = [_Row.of(neighbour) for neighbour in shown if neighbour.incoming]
    outgoing = [_Row.of(neighbour) for neighbour in shown if not neighbour.incoming]
    centre = metrics.wrap(name, _FOCUS_LETTERS)
    centre_width = min(_widest(centre, _FOCUS) + 28, WIDTH - 4 * _INSET)
    centre_height = metrics.text_height(len(centre), _FOCUS) + 14
    body: list[str] = []
    y = _MARGIN
    if incoming:
        middles, y = _middles(incoming, y)
        y += 4
        body += _incoming(incoming, middles, (WIDTH + centre_width) / 2, y + centre_height / 2)
    top, y = y, y + centre_height
    if outgoing:
        middles, bottom = _middles(outgoing, y + _GAP + 4)
        body += _outgoing(outgoing, middles, (WIDTH - centre_width) / 2, y - centre_height / 2)
        y = bottom - _GAP
    body += _box((WIDTH - centre_width) / 2, top, centre_width, centre_height, _CENTRE, _CENTRE)
    body += _text(centre, WIDTH / 2, top + centre_height / 2, _FOCUS, "#ffffff", bold=True)
    if left_out:
        y += 14
        body += _text((f"+ {left_out}",), WIDTH - _MARGIN - 12, y, _PHRASE, look.FAINT_INK)
    height = y + _MARGIN
    said = "; ".join(
        " ".join(filter(None, (n.name, n.phrase or "–", name) if n.incoming else (name, n.phrase or "–", n.name)))
        for n in shown
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}" height="{height:g}"'
        f' viewBox="0 0 {WIDTH:g} {height:g}" role="img" font-family="{_FONTS}">\n'
        f"<title>{escape(name)}</title>\n<desc>{escape(said)}</desc>\n"
        f'<rect width="{WIDTH:g}" height="{height:g}" rx="8" fill="#ffffff"/>\n'
    )
    return head + "\n".join(body) + "\n</svg>\n"


def _middles(rows: Iterable[_Row], top: float) -> tuple[list[float], float]:
    """The height of each row's line, from TOP on, and where the next thing may begin."""
    middles = []
    for row in rows:
        middles.append(top + row.height / 2)
        top += row.height + _GAP
    return middles, top


def _incoming(rows: Sequence[_Row], middles: Sequence[float], end: float, focus: float) -> Iterator[str]:
    """Boxes at the left, their phrases, and a trunk at the right that leads into the focus at END, FOCUS."""
    trunk = WIDTH - _TRUNK
    width = _column(rows)
    for row, y in zip(rows, middles, strict=True):
        yield from _line(f"M{_INSET + width:g} {y:.4g}H{trunk - _CORNER:g}q{_CORNER:g} 0 {_CORNER:g} {_CORNER:g}", row)
        yield from _phrase(row, (_INSET + width + trunk - _CORNER) / 2, y)
        yield from _named(row, _INSET, y, width, _INCOMING)
    yield from _line(
        f"M{trunk:g} {middles[0] + _CORNER:.4g}V{focus - _CORNER:.4g}"
        f"q0 {_CORNER:g} {-_CORNER:g} {_CORNER:g}H{end + 7:.4g}"
    )
    yield _head(end, focus, -1)


def _outgoing(rows: Sequence[_Row], middles: Sequence[float], begin: float, focus: float) -> Iterator[str]:
    """A trunk at the left that leaves the focus at BEGIN, FOCUS, the phrases, and boxes at the right."""
    width = _column(rows)
    left = WIDTH - _INSET - width
    yield from _line(
        f"M{begin:.4g} {focus:.4g}H{_TRUNK + _CORNER:g}q{-_CORNER:g} 0 {-_CORNER:g} {_CORNER:g}"
        f"V{middles[-1] - _CORNER:.4g}"
    )
    for row, y in zip(rows, middles, strict=True):
        yield from _line(f"M{_TRUNK:g} {y - _CORNER:.4g}q0 {_CORNER:g} {_CORNER:g} {_CORNER:g}H{left - 7:.4g}", row)
        yield _head(left, y, 1)
        yield from _phrase(row, (_TRUNK + _CORNER + left - 7) / 2, y)
        yield from _named(row, left, y, width, _OUTGOING)


def _column(rows: Iterable[_Row]) -> float:
    """Width of the boxes of a group: that of its longest name, less where the phrases need the room."""
    rows = tuple(rows)
    phrases = max((_widest(row.phrase, _PHRASE) for row in rows if row.phrase), default=0.0)
    names = max(_widest(row.name, _NAME) for row in rows) + 18
    room = WIDTH - _INSET - _TRUNK - _CORNER
    return min(max(names, 80.0), max(room - phrases - 2 * _STUB, 100.0))


def _line(path: str, row: _Row | None = None) -> Iterator[str]:
    dashes = ' stroke-dasharray="4 3"' if row and not row.phrase else ""
    yield f'<path d="{path}" fill="none" stroke="{look.LINE}" stroke-width="1.4"{dashes}/>'


def _head(x: float, y: float, way: int) -> str:
    back = x - 8 * way
    return f'<path d="M{x:.4g} {y:.4g}L{back:.4g} {y - 4:.4g}V{y + 4:.4g}Z" fill="{look.LINE}"/>'


def _phrase(row: _Row, x: float, y: float) -> Iterator[str]:
    if row.phrase:
        width, height = _widest(row.phrase, _PHRASE) + 8, metrics.text_height(len(row.phrase), _PHRASE)
        yield f'<rect x="{x - width / 2:.4g}" y="{y - height / 2:.4g}" width="{width:.4g}" height="{height:.4g}" fill="#ffffff"/>'
        yield from _text(row.phrase, x, y, _PHRASE, look.PHRASE_INK)


def _named(row: _Row, x: float, y: float, width: float, colors: tuple[str, str]) -> Iterator[str]:
    yield from _box(x, y - row.box_height / 2, width, row.box_height, *colors)
    yield from _text(row.name, x + width / 2, y, _NAME, look.INK)


def _box(x: float, y: float, width: float, height: float, color: str, fill: str) -> Iterator[str]:
    yield (
        f'<rect x="{x:.4g}" y="{y:.4g}" width="{width:.4g}" height="{height:.4g}" rx="7"'
        f' fill="{fill}" stroke="{color}" stroke-width="1.4"/>'
    )


def _text(lines: Sequence[str], x: float, y: float, size: float, color: str, *, bold: bool = False) -> Iterator[str]:
    """LINES centred on X, Y; each states its length, so that any font keeps to its box."""
    weight_ = ' font-weight="bold"' if bold else ""
    step = size * metrics.LINE_HEIGHT
    first = y - step * (len(lines) - 1) / 2 + size * 0.36
    for index, line in enumerate(lines):
        length = metrics.text_width(line, size) * (1.06 if bold else 1)
        yield (
            f'<text x="{x:.4g}" y="{first + index * step:.4g}" font-size="{size:g}" fill="{color}" text-anchor="middle"'
            f'{weight_} textLength="{length:.4g}" lengthAdjust="spacingAndGlyphs">{escape(line)}</text>'
        )


def _widest(lines: Iterable[str], size: float) -> float:
    return max((metrics.text_width(line, size) for line in lines), default=0.0)
