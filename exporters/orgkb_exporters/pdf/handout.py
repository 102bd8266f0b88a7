"""The handout: documents → Typst files → PDF, with something to fall back to wherever Typst refuses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import TYPE_CHECKING

import msgspec

from orgkb import pandoc
from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.errors import ExporterError
from orgkb.exporter import Artifact, ExportContext
from orgkb.org import semantics
from orgkb.org.objects import parse_string
from orgkb.org.semantics.options import ExportOptions
from orgkb.org.slugs import slug
from orgkb.org.walk import plain_text
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.pandoc_ast import DocumentWriter, Piece, targets
from orgkb_exporters.pandoc_inlines import Names
from orgkb_exporters.pandoc_json import Block
from orgkb_exporters.pdf import data, escape, formulas, glyphs, language
from orgkb_exporters.pdf.media import Pictures
from orgkb_exporters.pdf.prepass import Prepass, anchors_in
from orgkb_exporters.pdf.typst_run import CompileFailed, Typst

if TYPE_CHECKING:
    from orgkb_exporters.pdf import PdfExporter

MAX_TRIES = 60
"""Compilations after which everything that still fails is printed as plain text."""

_MARK = "//==orgkb-piece=="
_PIECE_FILE = re.compile(r"p(\d+)\.typ")
_TIMESTAMP = re.compile(r"[<\[](\d{4}-\d{2}-\d{2})[^<>\[\]]*[>\]]")
_PLAIN = 2
_SAMPLE = 200_000
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{name}{i}" for name in ("com", "lpt") for i in range(10))})


class _Handout:
    """What one run needs: the pieces, how carefully each is to be printed, and what all share."""

    def __init__(self, graph: ConceptGraph, context: ExportContext, options: PdfExporter) -> None:
        self._graph, self._context, self._options = graph, context, options
        self._settings = [semantics.options_of(document) for document in graph.documents]
        self._concepts = data.defined(graph) if options.glossary else []
        self._pictures = Pictures(context)
        self._names = Names({document.path: index for index, document in enumerate(graph.documents)})
        self._names.wanted = targets(graph, self._names)
        sample = "".join(document.text[: _SAMPLE // len(graph.documents)] for document in graph.documents)
        given = next((settings.language for settings in self._settings if settings.language), None)
        self._language = language.main_language(given, sample)
        self._pieces = [piece for index in range(len(graph.documents)) for piece in self._document(index)]
        blocks = [block for piece in self._pieces for block in piece.blocks]
        self._formulas = formulas.to_typst(formulas.formulas_in(blocks))
        self._anchors = anchors_in(blocks) | {self._names.concept(concept.id) for concept in self._concepts}
        self._care = [0] * len(self._pieces)
        self._broken_images: set[str] = set()
        self._tested_images = False

    def _document(self, index: int) -> list[Piece]:
        """The pieces of a document, its own heading first where there are several documents."""
        document = self._graph.documents[index]
        several = len(self._graph.documents) > 1
        top = min((headline.level for headline in document.headlines), default=1)
        writer = DocumentWriter(
            self._graph, document, names=self._names, media=self._pictures.name,
            linked={concept.id for concept in self._concepts}, shift=(1 if several else 0) - (top - 1),
        )  # fmt: skip
        first, *rest = writer.pieces()
        anchor = self._names.document(document)
        if several:
            title = _text(self._settings[index].title) or document.stem
            head = p.header(1, p.attr(anchor), p.words(title))
        else:
            head = p.div([], anchor, ["named"])
        return [Piece(index, -1, (head, *first.blocks)), *rest]

    # --- the source ---

    def files(self, only: range | None = None) -> dict[str, bytes]:
        """All files of the Typst project; with ONLY these pieces and without the glossary, to find out which fail."""
        folder = resources.files("orgkb_exporters") / "templates" / "pdf"
        files = {name: (folder / name).read_bytes() for name in ("main.typ", "lib.typ", "glossary.typ")}
        printed = self._data()
        files["data.json"] = msgspec.json.encode(
            printed if only is None else msgspec.structs.replace(printed, glossary=(), keys=())
        )
        files |= self._pictures.files
        bodies = self._bodies(only)
        names = [f"p{number}.typ" for number, body in enumerate(bodies) if body]
        files["body.typ"] = "".join(f'#include "{name}"\n\n' for name in names).encode()
        for number, body in enumerate(bodies):
            if body:
                files[f"p{number}.typ"] = f'#import "lib.typ": *\n{body}\n'.encode()
        return files

    def _bodies(self, only: range | None) -> list[str]:
        """The Typst source of each piece, by one run of pandoc; empty for those not in ONLY."""
        anchors = self._anchors
        if only is not None:
            anchors = anchors_in([block for number in only for block in self._pieces[number].blocks])
        prepass = Prepass(anchors, self._formulas, self._language, self._options.addresses)
        prepass.broken_images = self._broken_images
        blocks: list[Block] = []
        for number, (piece, care) in enumerate(zip(self._pieces, self._care, strict=True)):
            if only is not None and number not in only:
                blocks.append(p.raw_block("typst", _MARK))
                continue
            prepass.formulas_as_text = prepass.images_as_text = care > 0
            source = _as_text(piece.blocks) if care >= _PLAIN else piece.blocks
            anchor = self._names.document(self._graph.documents[piece.document])
            numbered = self._settings[piece.document].num is not False
            blocks += [*prepass.piece(source, anchor, numbered), p.raw_block("typst", _MARK)]
        text = pandoc.convert(pandoc.document(blocks), "typst", ["--wrap=none"])
        bodies = [part.strip("\n") for part in re.split(rf"^{_MARK}$", text, flags=re.MULTILINE)]
        if len(bodies) != len(self._pieces) + 1:
            raise ExporterError("pandoc lost a section on its way to Typst")
        return bodies[:-1]

    def _data(self) -> data.PrintData:
        context, settings, options = self._context, self._settings, self._options
        first = settings[0]
        title = (_text(first.title) if len(settings) == 1 and first.with_title else "") or context.title
        authors = dict.fromkeys(_text(one.author) for one in settings if one.author and one.with_author)
        wanted = [one.toc for one in settings]
        depths = [depth for depth in wanted if not isinstance(depth, bool)]
        numbers = [one.num for one in settings if not isinstance(one.num, bool)]
        entries = data.glossary(self._graph, self._concepts)
        return data.PrintData(
            title=escape.clean(title),
            author=escape.clean(", ".join(authors)),
            date=escape.clean(_date(first) or context.timestamp.date().isoformat()),
            language=self._language,
            words=language.words(self._language),
            paper=options.paper,
            toc=options.toc_depth > 0 and any(depth is not False and depth != 0 for depth in wanted),
            toc_depth=max(1, min([options.toc_depth, *depths])),
            number_depth=min([options.number_depth, *numbers]),
            cover=options.cover,
            keys=data.key_concepts(self._graph, self._concepts),
            keywords=tuple(key.name for key in data.key_concepts(self._graph, self._concepts)),
            description=escape.clean(_text(first.description) if len(settings) == 1 else ""),
            glossary=entries,
        )

    # --- compiling ---

    def compile(self) -> bytes:
        """The PDF.  What Typst refuses is printed more plainly, piece by piece, and reported."""
        standard: str | None = self._options.standard or None
        with Typst() as typst:
            files = self.files()
            for _ in range(MAX_TRIES):
                try:
                    return self._compile(typst, files, standard)
                except CompileFailed as failure:
                    if standard and (failure.unshown or "PDF/" in failure.message):
                        self._report_standard(failure, standard)
                        standard = None
                        continue
                    if not self._without_broken_images(typst):
                        self._more_care(typst, failure)
                    files = self.files()
            self._care = [_PLAIN] * len(self._pieces)
            try:
                return self._compile(typst, self.files(), None)
            except CompileFailed as failure:
                raise ExporterError(f"Typst could not print the notes: {failure.message}") from failure

    def _compile(self, typst: Typst, files: Mapping[str, bytes], standard: str | None) -> bytes:
        return typst.compile(files, self._context.timestamp, standard=standard, tagged=self._options.tagged)

    def _without_broken_images(self, typst: Typst) -> bool:
        """Find images that Typst cannot read, each tried alone; whether there were new ones."""
        if self._tested_images:
            return False
        self._tested_images = True
        for name, picture in self._pictures.files.items():
            try:
                typst.compile(
                    {"main.typ": f"#image({escape.quoted(name)})".encode(), name: picture},
                    self._context.timestamp, standard=None,
                )  # fmt: skip
            except CompileFailed as failure:
                self._broken_images.add(name)
                for diagnostic in self._pictures.broken(name, failure.message):
                    self._context.report(diagnostic)
        return bool(self._broken_images)

    def _more_care(self, typst: Typst, failure: CompileFailed) -> None:
        """Print the pieces that FAILURE names more plainly; where it names none, those found to fail."""
        named = [int(match[1]) for name in failure.files if (match := _PIECE_FILE.fullmatch(name))][:1]
        guilty = [number for number in named if self._care[number] < _PLAIN] or [
            number for number in self._culprits(typst, range(len(self._pieces))) if self._care[number] < _PLAIN
        ]
        if not guilty:
            raise ExporterError(f"Typst could not print the notes: {failure.message}") from failure
        for number in guilty:
            self._care[number] += 1
            self._report_piece(number, failure.message)

    def _culprits(self, typst: Typst, numbers: range) -> list[int]:
        """Which of the pieces NUMBERS do not compile without the others: by halves."""
        try:
            self._compile(typst, self.files(numbers), None)
        except CompileFailed:
            if len(numbers) == 1:
                return list(numbers)
            half = len(numbers) // 2
            return [*self._culprits(typst, numbers[:half]), *self._culprits(typst, numbers[half:])]
        return []

    def _report_piece(self, number: int, reason: str) -> None:
        piece = self._pieces[number]
        document = self._graph.documents[piece.document]
        offset = document.headlines[piece.headline].begin if piece.headline >= 0 else 0
        how = "without its formulas and images" if self._care[number] < _PLAIN else "as plain text"
        message = f"this section could not be laid out ({reason.rstrip('.')}); it is printed {how}"
        self._warn("pdf-layout", message, document.location(offset))

    def _report_standard(self, failure: CompileFailed, standard: str) -> None:
        if failure.unshown:
            for diagnostic in glyphs.missing(failure.unshown, self._graph.documents):
                self._context.report(diagnostic)
            return
        path = self._graph.documents[0].path
        self._warn("pdf-standard", f"the PDF does not meet {standard}: {failure.message}", Location(path, 1))

    def _warn(self, code: str, message: str, location: Location) -> None:
        self._context.report(Diagnostic(Severity.WARNING, code, message, location))

    def report_formulas(self) -> None:
        """Warn of the formulas that are printed as TeX, each where it stands."""
        for document in self._graph.documents:
            for tex, offset in formulas.places(document):
                if self._formulas.get(tex, "") is None:
                    short = tex[1] if len(tex[1]) <= 60 else f"{tex[1][:57]}…"
                    message = f"the formula {short} is not TeX that can be printed; it stands as written"
                    self._warn("pdf-formula", message, document.location(offset))

    def pages(self, pdf: bytes) -> int:
        """How many pages PDF has."""
        return max((int(count) for count in re.findall(rb"/Count (\d+)", pdf)), default=0)

    @property
    def title(self) -> str:
        """The title of the whole."""
        return self._data().title


def handout(graph: ConceptGraph, context: ExportContext, options: PdfExporter) -> Artifact:
    """All documents of GRAPH as one PDF.  Raises MissingProgram, or ExporterError where nothing can be printed."""
    if not graph.documents:
        raise ExporterError("there are no notes to print")
    run = _Handout(graph, context, options)
    run.report_formulas()
    pdf = run.compile()
    pages = run.pages(pdf)
    return Artifact(f"pdf/{file_name(run.title)}.pdf", pdf, f"{pages} page{'' if pages == 1 else 's'}")


def file_name(title: str) -> str:
    """A file name for TITLE that every system takes."""
    name = slug(title) or "notes"
    return f"{name}-notes" if name in _RESERVED else name


def _text(setting: str | None) -> str:
    """An export setting, which is Org text, as plain text."""
    return plain_text(parse_string(setting)) if setting else ""


def _date(settings: ExportOptions) -> str:
    """The date that the notes give; of a timestamp, only the date."""
    text = _text(settings.date) if settings.with_date else ""
    match = _TIMESTAMP.fullmatch(text)
    return match[1] if match else text


def _as_text(blocks: Sequence[Block]) -> list[Block]:
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
