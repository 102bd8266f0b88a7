"""Which PDFs are made of a graph, and printing them one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.errors import ExporterError
from orgkb.exporter import Artifact, ExportContext
from orgkb.org.garbage import no_garbage_collection
from orgkb.org.slugs import Namespace
from orgkb_exporters.names import file_name
from orgkb_exporters.pdf import addresses
from orgkb_exporters.pdf.bench import Bench
from orgkb_exporters.pdf.book import Book
from orgkb_exporters.pdf.layouts import BOOKS, IMPOSED, SHEETS, look
from orgkb_exporters.pdf.pace import Pace
from orgkb_exporters.pdf.part import Part
from orgkb_exporters.pdf.press import Press
from orgkb_exporters.pdf.sheets import imposed, sheet
from orgkb_exporters.pdf.typst_run import Limits, TooBig, font_packages

if TYPE_CHECKING:
    from orgkb_exporters.pdf import PdfExporter


def handouts(graph: ConceptGraph, context: ExportContext, options: PdfExporter) -> Iterator[Artifact]:
    """The PDFs of GRAPH in all layouts.  Raises MissingProgram, or ExporterError where nothing can be printed."""
    if not graph.documents:
        raise ExporterError("there are no notes to print")
    with no_garbage_collection():
        bench = context.kept.take("pdf", lambda: Bench(stays=True)) if context.kept else Bench()
        made = _made_all(Book(graph, context, options, bench), options)
    yield from made


def _made_all(book: Book, options: PdfExporter) -> list[Artifact]:
    """The PDFs; where one of all notes needs too much and nobody asked for one, one for each file."""
    folders, _ = font_packages()
    limits = Limits(memory=options.memory, font_paths=folders, system_fonts=options.system_fonts)
    split = options.split
    if split == "auto":
        split = _split_wanted(book)
    try:
        return list(_printed(book, split, limits))
    except TooBig as error:
        if options.split != "auto" or split == "file" or len(book.graph.documents) == 1:
            raise TooBig(f'{error}; [exporters.pdf] split = "chapter" or "file" prints in smaller pieces') from error
        _tell(book, f"{error} for one PDF of all notes: each file becomes one of its own")
        return list(_printed(book, "file", limits))


def _split_wanted(book: Book) -> str:
    """`file` where one PDF of everything would be too thick, with a word to the user; else `none`."""
    documents = book.graph.documents
    if addresses.in_one(documents):
        return "none"
    pages = sum(map(addresses.pages_of, documents))
    _tell(book, f'about {pages} pages: each file becomes a PDF of its own ([exporters.pdf] split = "none" makes one)')
    return "file"


def _tell(book: Book, message: str) -> None:
    place = Location(book.graph.documents[0].path, 1)
    book.context.report(Diagnostic(Severity.INFO, "pdf-split", message, place))


def _parts(book: Book, split: str) -> Iterator[tuple[str, Part]]:
    """(name, part) of each PDF."""
    documents = book.graph.documents
    indexes = range(len(documents))
    if split == "none":
        several = len(documents) > 1
        pieces = [piece for index in indexes for piece in book.pieces(index, below=several)]
        title = addresses.whole_title(documents, book.context.title)
        yield title, Part(book, pieces, title)
        return
    for index in indexes:
        title = book.title_of(index)
        if split == "file":
            yield title, Part(book, book.pieces(index), title)
            continue
        for number, (chapter, pieces) in enumerate(book.chapters(index), 1):
            yield f"{title}-{number:02}-{chapter}", Part(book, pieces, chapter or title, subtitle=title)


def _printed(book: Book, split: str, limits: Limits) -> Iterator[Artifact]:
    """The PDFs of each part in each layout; the handout that two of them are put together from is made once."""
    names = Namespace()
    layouts = book.options.layouts
    # Of chapters it is not known how many there are before the text is made: those of a note share its steps.
    files = len(book.graph.documents) if split != "none" else 1
    for title, part in _parts(book, split):
        name = names.take(file_name(title))
        done: dict[str, tuple[bytes, int]] = {}
        for number, layout in enumerate(layouts):
            before = (part.documents[0] if split != "none" else 0) * len(layouts) + number
            book.pace = Pace(book.context.step, f"{title}, {layout}", before, files * len(layouts))
            pdf, pages = _made(part, layout, limits, done)
            if not pdf:
                message = f"the notes hold nothing for the layout {layout}, so there is no such PDF"
                place = Location(book.graph.documents[part.documents[0]].path, 1)
                book.context.report(Diagnostic(Severity.INFO, "pdf-empty", message, place))
                continue
            suffix = "" if layout == "handout" else f"-{layout}"
            yield Artifact(f"pdf/{name}{suffix}.pdf", pdf, f"{pages} page{'' if pages == 1 else 's'}")


def _made(part: Part, layout: str, limits: Limits, done: dict[str, tuple[bytes, int]]) -> tuple[bytes, int]:
    """The PDF of PART in LAYOUT and its pages; those DONE are not made again."""
    if layout in done:
        return done[layout]
    if layout in IMPOSED:
        pdf, pages = _made(part, "handout", limits, done)
    options = part.book.options
    _, fallback = font_packages()
    made = look(layout, options.paper, options.theme, notes=options.notes and layout not in IMPOSED)
    made = msgspec.structs.replace(made, fallback=fallback)
    with part.book.bench.typst(f"{part.title}\n{layout}", limits) as typst:
        if layout in BOOKS:
            done[layout] = Press(part, made, typst).pdf()
        elif layout in SHEETS:
            done[layout] = sheet(part, made, typst)
        else:
            done[layout] = imposed(pdf, pages, part, made, typst)
    return done[layout]
