"""The notes as pandoc blocks in pieces, and all that the PDFs made of them share."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.exporter import ExportContext
from orgkb.org import semantics
from orgkb.org.semantics.options import ExportOptions
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern
from orgkb_exporters import emacs
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.pandoc_ast import DocumentWriter, Piece, targets
from orgkb_exporters.pandoc_inlines import Names
from orgkb_exporters.pandoc_json import Block
from orgkb_exporters.pdf import addresses, data, formulas, language, own
from orgkb_exporters.pdf.addresses import text_of
from orgkb_exporters.pdf.bench import Bench
from orgkb_exporters.pdf.media import Pictures
from orgkb_exporters.pdf.pace import Pace
from orgkb_exporters.pdf.sections import Sections
from orgkb_exporters.pdf.typst_run import CompileFailed, Typst
from orgkb_exporters.tex import Formula

if TYPE_CHECKING:
    from orgkb_exporters.pdf import PdfExporter

_TIMESTAMP = pattern(r"[<\[](\d{4}-\d{2}-\d{2})[^<>\[\]]*[>\]]")
_SAMPLE = 200_000
_COOKIE = pattern(r"\[\d*(?:/\d*|%)\]")
_ADDRESS = 2_000
"""Characters of an address that all programs take."""


class Book:
    """All documents of a graph, written once; parts of it become PDFs."""

    def __init__(
        self, graph: ConceptGraph, context: ExportContext, options: PdfExporter, bench: Bench | None = None
    ) -> None:
        """Write all documents; formulas that cannot be printed and images that are none are reported."""
        self.bench = bench or Bench()
        self.bench.begin()
        self.graph, self.context, self.options = graph, context, options
        self.pace = Pace(context.step, context.title, 0, 1)
        self.settings: list[ExportOptions] = [semantics.options_of(document) for document in graph.documents]
        self.concepts = data.defined(graph) if options.glossary else []
        self.pictures = Pictures(context)
        self._cut: set[tuple[int, int]] = set()
        self.own = own.read(context, options.template, options.template_files)
        self.names = Names({document.path: index for index, document in enumerate(graph.documents)})
        self.names.wanted = targets(graph, self.names)
        sample = "".join(document.text[: _SAMPLE // len(graph.documents)] for document in graph.documents)
        told = next((settings.language for settings in self.settings if settings.language), None)
        self.language = language.main_language(told or graph.prevailing_language, sample)
        linked = {concept.id for concept in self.concepts}
        self._nodes: dict[tuple[int, int], Sequence[Mapping[str, Any]]] = {}
        self._pieces = [self._document(index, linked) for index in range(len(graph.documents))]
        found = formulas.formulas_in(node for nodes in self._nodes.values() for node in nodes)
        equations = formulas.to_typst([*found, *data.formulas_in(self.concepts)])
        self.formulas = equations.typst
        self.tried_formulas = False
        self._report_formulas(
            {formula for formula, equation in self.formulas.items() if equation is None}, equations.named
        )

    def _document(self, index: int, linked: set[str]) -> list[Piece]:
        """The pieces of a document, its highest headings as level 1."""
        document = self.graph.documents[index]
        top = min((headline.level for headline in document.headlines), default=1)
        writer = DocumentWriter(
            self.graph, document, names=self.names, media=self.pictures.name, linked=linked, shift=1 - top
        )
        sections = Sections(self.bench, writer, document, self.names, 1 - top)
        pieces: list[Piece] = []
        for headline in (None, *document.headlines):
            written = sections.written(headline)
            pieces.append(Piece(index, -1 if headline is None else headline.index, written.blocks))
            self._nodes[index, pieces[-1].headline] = written.nodes
        return pieces

    def nodes(self, piece: Piece) -> Sequence[Mapping[str, Any]]:
        """What PIECE has of headings, spans, divs, images and formulas."""
        return self._nodes[piece.document, piece.headline]

    def pieces(self, index: int, *, below: bool = False) -> list[Piece]:
        """The pieces of document INDEX; BELOW a heading of its own, one level deeper, else as they are.

        PDF/UA forbids to leave out a level (ISO 14289-1, 7.4.2): for that standard such headings stand higher.
        """
        found = self._placed(index, below=below)
        return list(_level_by_level(found)) if (self.options.standard or "").startswith("ua") else found

    def _placed(self, index: int, *, below: bool) -> list[Piece]:
        first, *rest = self._pieces[index]
        document = self.graph.documents[index]
        anchor = self.names.document(document)
        if not below:
            return [Piece(index, -1, (p.div([], anchor, ["named"]), *first.blocks)), *rest]
        head = p.header(1, p.attr(anchor), p.words(self.title_of(index)))
        return [Piece(index, -1, (head, *first.blocks)), *(_deeper(piece) for piece in rest)]

    def chapters(self, index: int) -> list[tuple[str, list[Piece]]]:
        """(title, pieces) of each chapter of document INDEX; the text before the first one goes with it."""
        found: list[tuple[str, list[Piece]]] = []
        for piece in self.pieces(index):
            head = next((block["c"] for block in piece.blocks if block["t"] == "Header"), None)
            if head is not None and head[0] == 1 and not (len(found) == 1 and not found[0][0]):
                found.append((p.plain_text(head[2]), []))
            elif head is not None and head[0] == 1:
                found[0] = (p.plain_text(head[2]), found[0][1])
            elif not found:
                found.append(("", []))
            found[-1][1].append(piece)
        return found

    def title_of(self, index: int) -> str:
        """What document INDEX is called: its title, else its file's name."""
        return addresses.title_of(self.graph.documents[index])

    def date_of(self, index: int) -> str:
        """The date that the notes give; of a timestamp, only the date."""
        settings = self.settings[index]
        text = text_of(settings.date) if settings.with_date else ""
        match = _TIMESTAMP.fullmatch(text)
        return match[1] if match else text

    def origin(self, piece: Piece) -> str:
        """The address that opens the section of PIECE in Emacs, whatever line it moved to: see orgkb.el.

        Only the file, or nothing, where programs would not take an address of that length.
        """
        document = self.graph.documents[piece.document]
        heading = plain_text(document.headlines[piece.headline].title) if piece.headline >= 0 else ""
        title = " ".join(_COOKIE.sub("", heading).split())
        ways = (emacs.address(document.path, f"*{title}" if title else None), emacs.address(document.path))
        return next((way for way in ways if len(way) <= _ADDRESS), "")

    def tell_cut(self, piece: Piece, size: int) -> None:
        """Warn, once, that something of SIZE characters in PIECE was cut."""
        if (piece.document, piece.headline) in self._cut:
            return
        self._cut.add((piece.document, piece.headline))
        document = self.graph.documents[piece.document]
        offset = document.headlines[piece.headline].begin if piece.headline >= 0 else 0
        message = f"a paragraph or line of {size:,} characters in this section is printed in pieces, each on a new line"
        self.warn("pdf-cut", message, document.location(offset))

    def warn(self, code: str, message: str, location: Location) -> None:
        """Report a problem that costs something on paper."""
        self.context.report(Diagnostic(Severity.WARNING, code, message, location))

    def without_refused_formulas(self, typst: Typst) -> bool:
        """Have what TYPST refuses of the formulas printed as TeX, and tell so; whether there are any.  They are tried once."""
        if self.tried_formulas:
            return False
        self.tried_formulas = True
        equations = {formula: equation for formula, equation in self.formulas.items() if equation}

        def compiles(source: bytes) -> bool:
            try:
                typst.query({"main.typ": source + b"#metadata(0)<orgkb-formulas>"}, "<orgkb-formulas>")
            except CompileFailed:
                return False
            return True

        refused = dict.fromkeys(formulas.refused(equations, compiles))
        self.formulas.update(refused)
        self._report_formulas(refused)
        return bool(refused)

    def _report_formulas(
        self, printed_as_tex: Collection[Formula], named: Mapping[Formula, Sequence[str]] = MappingProxyType({})
    ) -> None:
        """Warn of the formulas that are PRINTED AS TEX, and of those with commands that are only NAMED, each where it stands."""
        if not printed_as_tex and not named:
            return
        for document in self.graph.documents:
            for tex, offset in formulas.places(document):
                line = " ".join(tex[1].split())
                short = line if len(line) <= 60 else f"{line[:57]}…"
                if tex in printed_as_tex:
                    message = f"the formula {short} is not TeX that can be printed; it stands as written"
                elif tex in named:
                    unknown = ", ".join(f"\\{name}" for name in named[tex])
                    message = (
                        f"the formula {short} has commands that are not known ({unknown}); their names are printed"
                    )
                else:
                    continue
                self.warn("pdf-formula", message, document.location(offset))


def _deeper(piece: Piece) -> Piece:
    """PIECE with its heading a level deeper."""
    blocks = [
        p.header(min(9, block["c"][0] + 1), *block["c"][1:]) if block["t"] == "Header" else block
        for block in piece.blocks
    ]
    return Piece(piece.document, piece.headline, tuple(blocks))


def _level_by_level(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """PIECES with no heading more than one level below the one that it belongs to."""
    above: list[int] = []  # the levels as written of the headings that the next one may belong to
    for piece in pieces:
        blocks: list[Block] = []
        for block in piece.blocks:
            if block["t"] != "Header":
                blocks.append(block)
                continue
            level = block["c"][0]
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
            blocks.append(p.header(len(above), *block["c"][1:]))
        yield Piece(piece.document, piece.headline, tuple(blocks))


def numbers(values: Sequence[object]) -> list[int]:
    """The VALUES that are numbers and no switches."""
    return [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
