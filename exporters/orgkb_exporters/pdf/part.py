"""What one PDF prints: pieces of the book as files of a Typst project."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from importlib import resources
from itertools import pairwise
from typing import Any

import msgspec

from orgkb.concepts.model import Concept
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.pandoc_ast import Piece
from orgkb_exporters.pandoc_json import Block
from orgkb_exporters.pdf import data, drawing, escape, language
from orgkb_exporters.pdf.addresses import text_of
from orgkb_exporters.pdf.book import Book, numbers
from orgkb_exporters.pdf.layouts import Look
from orgkb_exporters.pdf.prepared import prepared
from orgkb_exporters.pdf.prepass import Prepass, anchors_in, anchors_of

PLAIN = 2
"""The care with which a piece is printed as plain text; 1 is without formulas and images, 0 as written."""

TEMPLATES = ("main.typ", "lib.typ", "front.typ", "back.typ", "data.typ", "margins.typ", "map.typ", "shapes.typ")

_MAP = (24, 36)
_COVER_MAP = (11, 13)

_ACCENT = "#let accent = math.accent"
"""In formulas; in our templates, and those of users, it is a colour."""


class Part:
    """Some pieces of a book that become one PDF, and how carefully each is to be printed."""

    def __init__(self, book: Book, pieces: Sequence[Piece], title: str, *, subtitle: str = "") -> None:
        """PIECES of BOOK under TITLE; SUBTITLE names what they were taken from."""
        self.book, self.pieces, self.title, self._subtitle = book, tuple(pieces), title, subtitle
        self.documents = sorted({piece.document for piece in pieces})
        nodes = [node for piece in pieces for node in book.nodes(piece)]
        named = _mentioned(nodes)
        self.concepts = [concept for concept in book.concepts if concept.id in named]
        self.indexed = [concept for concept in book.graph.concepts if concept.id in named]
        self.care = [0] * len(pieces)
        self.broken_images: set[str] = set()
        self._anchors = anchors_of(nodes) | {book.names.concept(concept.id) for concept in self.concepts}
        self._anchors |= {book.names.document(book.graph.documents[index]) for index in self.documents}
        self._written: dict[tuple[object, ...], _Written] = {}
        self._maps: list[drawing.Drawing | None] | None = None

    def pictures(self) -> dict[str, bytes]:
        """The images of these pieces."""
        return self._pictures(range(len(self.pieces)))

    def source(self, look: Look, run: range) -> dict[str, bytes]:
        """All files but the data, with the sections RUN; the contents are those of all sections."""
        folder = resources.files("orgkb_exporters") / "templates" / "pdf"
        files = {name: (folder / name).read_bytes() for name in TEMPLATES}
        written = self._bodies(look)
        files["contents.typ"] = "\n".join(['#import "front.typ": *', _ACCENT, *written.contents]).encode()
        files |= self.book.own
        goal = self.book.bench.goal
        names: list[str] = []
        for number in run:
            if written.bodies[number]:
                names.append(f"p{number}.typ")
                files[names[-1]] = (
                    f'#import "lib.typ": *\n{_ACCENT}\n{escape.aimed(written.bodies[number], goal)}\n'.encode()
                )
        files["body.typ"] = "".join(f'#include "{name}"\n\n' for name in names).encode()
        return files | self._pictures(run)

    def _pictures(self, run: range) -> dict[str, bytes]:
        nodes = (node for number in run for node in self.book.nodes(self.pieces[number]) if node["t"] == "Image")
        names = {node["c"][2][0] for node in nodes}
        return {name: image for name, image in self.book.pictures.files.items() if name in names}

    def sizes(self, look: Look) -> tuple[list[int], list[int]]:
        """The letters of source of each section, and the levels of their headings."""
        heads = (next((b["c"][0] for b in piece.blocks if b["t"] == "Header"), 0) for piece in self.pieces)
        return [len(body) for body in self._bodies(look).bodies], list(heads)

    def aims(self, look: Look) -> Collection[str]:
        """The anchors that links in the text lead to."""
        return self._bodies(look).aims

    def anchors(self, look: Look) -> Sequence[str]:
        """The anchors that the contents lead to."""
        return self._bodies(look).listed

    def _bodies(self, look: Look) -> _Written:
        """The Typst source of each piece, by one run of pandoc."""
        care = tuple(self.care), tuple(sorted(self.broken_images)), self.book.tried_formulas
        key = (look.code_line, look.table_line, care)
        if key not in self._written:
            self._written = {key: self._write(look)}
        return self._written[key]

    def _write(self, look: Look) -> _Written:
        book = self.book
        prepass = Prepass(self._anchors, book.formulas, book.language, book.options.addresses)
        prepass.broken_images = self.broken_images
        prepass.code_line, prepass.table_line = look.code_line, look.table_line
        prepass.number_depth = self.number_depth
        pieces: list[list[Block]] = []
        for piece, care in zip(self.pieces, self.care, strict=True):
            prepass.formulas_as_text = prepass.images_as_text = care > 0
            prepass.allow_raw = book.context.raw and not care
            source = as_text(piece.blocks) if care >= PLAIN else piece.blocks
            anchor = book.names.document(book.graph.documents[piece.document])
            numbered = book.settings[piece.document].num is not False
            prepass.origin = book.origin(piece) if book.options.emacs else ""
            prepass.cut = 0
            pieces.append(prepared(book.bench, prepass, source, anchor, numbered=numbered))
            if prepass.cut:
                book.tell_cut(piece, prepass.cut)
        bodies = book.bench.written(pieces)
        for number in _leading_nowhere([piece.blocks for piece in self.pieces]):
            bodies[number] = bodies[number].replace("#oh(", "#oh(alone: true, ", 1)
        listed = [line for line in prepass.contents if line[0] <= self.toc_depth]
        return _Written(
            tuple(bodies),
            tuple(_held(listed)),
            tuple(anchor for _, anchor, _ in listed),
            frozenset(prepass.aims),
        )

    # --- the data ---

    @property
    def number_depth(self) -> int:
        """Levels of headings that are numbered, as the notes and the options want it."""
        wanted = numbers([self.book.settings[index].num for index in self.documents])
        return min([self.book.options.number_depth, *wanted])

    @property
    def toc_depth(self) -> int:
        """Levels of headings in the contents; 0 for none."""
        wanted = [self.book.settings[index].toc for index in self.documents]
        if all(depth is False or depth == 0 for depth in wanted):
            return 0
        return min([self.book.options.toc_depth, *(depth for depth in numbers(wanted) if depth)])

    def data(self, look: Look, *, text: bool = True) -> data.PrintData:
        """All that is printed besides the text, without the places of anything; for a sheet without TEXT too."""
        book, options = self.book, self.book.options
        settings = [book.settings[index] for index in self.documents]
        first = settings[0]
        alone = len(settings) == 1 and not self._subtitle
        authors = dict.fromkeys(text_of(one.author) for one in settings if one.author and one.with_author)
        date = book.date_of(self.documents[0]) or book.context.timestamp.date().isoformat()
        keys = data.key_concepts(book.graph, self.concepts)
        return data.PrintData(
            title=escape.clean(self.title),
            author=escape.clean(", ".join(authors)),
            date=escape.clean(date),
            language=book.language,
            words=language.words(book.language),
            look=look,
            cover=options.cover,
            flip=options.flip,
            keys=keys,
            keywords=tuple(key.name for key in keys),
            description=escape.clean(text_of(first.description) if alone else self._subtitle),
            contents=len(self._bodies(look).contents) if text else 0,
        )

    @property
    def data_words(self) -> dict[str, str]:
        """The template's own words in the language of the notes."""
        return language.words(self.book.language)

    def maps(self) -> tuple[drawing.Drawing | None, drawing.Drawing | None]:
        """The map for a page of its own and the one for the cover."""
        if self._maps is None:
            wanted = (
                self.book.options.map and len(self.documents) == len(self.book.graph.documents) and not self._subtitle
            )
            linked = {concept.id for concept in self.concepts}
            self._maps = [
                drawing.concept_map(self.book.graph, self.book.context, linked, *size) if wanted else None
                for size in (_MAP, _COVER_MAP)
            ]
        return self._maps[0], self._maps[1]

    def names_of(self, concepts: Sequence[Concept]) -> list[str]:
        """The anchors of the glossary entries of CONCEPTS."""
        return [self.book.names.concept(concept.id) for concept in concepts]


class _Written(msgspec.Struct, frozen=True):
    bodies: tuple[str, ...]
    contents: tuple[str, ...]
    listed: tuple[str, ...]
    """The anchors of the headings in the contents."""
    aims: frozenset[str]


def _mentioned(nodes: Iterable[Mapping[str, Any]]) -> set[str]:
    """The concepts that NODES mention."""
    found: set[str] = set()
    for node in nodes:
        if node["t"] == "Span" and "mention" in node["c"][0][1]:
            found.add(dict(node["c"][0][2]).get("concept", ""))
    return found


def as_text(blocks: Sequence[Block]) -> list[Block]:
    """BLOCKS without anything that could fail: the heading in plain words, the rest as preformatted text."""
    head: list[Block] = []
    lines: list[str] = []
    for block in blocks:
        if block["t"] == "Header":
            level, attributes, inlines = block["c"]
            head.append(p.header(level, attributes, p.words(p.plain_text(inlines))))
            continue
        for node in p.nodes(block):
            if node["t"] in {"Para", "Plain"}:
                lines.append(p.plain_text(node["c"]))
            elif node["t"] == "LineBlock":
                lines += [p.plain_text(line) for line in node["c"]]
            elif node["t"] == "CodeBlock":
                lines.append(node["c"][1])
    known = anchors_in(head)
    anchors = [p.div([], name, ["named"]) for name in sorted(anchors_in(blocks) - known)]
    return [*head, *anchors, *([p.code_block("\n".join(lines), ["example"])] if lines else [])]


def _held(listed: Sequence[tuple[int, str, str]]) -> Iterator[str]:
    """The lines of the contents: a title stays with the first of those below it.

    Titles that all stayed with the next one would leave a page or a column together.
    """
    for number, (level, _, call) in enumerate(listed):
        leads = level == 1 and number + 1 < len(listed) and listed[number + 1][0] > level
        yield call.replace("#oc(", "#oc(held: true, ", 1) if leads else call


def _leading_nowhere(pieces: Sequence[Sequence[Block]]) -> Iterator[int]:
    """Those of PIECES that are a title only, with none below it: they need not stay with what follows."""
    levels = [blocks[0]["c"][0] if blocks and blocks[0]["t"] == "Header" else None for blocks in pieces]
    for number, (level, after) in enumerate(pairwise(levels)):
        if level is not None and after is not None and after <= level and len(pieces[number]) == 1:
            yield number
