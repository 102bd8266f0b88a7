"""The graph as one pandoc document: all notes, with concept links, and the glossary and index that follow them."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Severity
from orgkb.exporter import ExportContext
from orgkb.org import semantics
from orgkb.org.document import Document
from orgkb.org.nodes import Link
from orgkb.org.objects import parse_string
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.formats import back
from orgkb_exporters.formats.index_fields import Marks
from orgkb_exporters.formats.tex_pictures import as_pdf
from orgkb_exporters.formats.tidy import Wishes, tidy
from orgkb_exporters.pandoc_ast import DocumentWriter, targets
from orgkb_exporters.pandoc_inlines import Names
from orgkb_exporters.pandoc_json import Block
from orgkb_exporters.pdf import language
from orgkb_exporters.pictures import Pictures

_STAMP = pattern(r"[<\[](\d{4}-\d{2}-\d{2})[^<>\[\]]*[>\]]")
_SAMPLE = 200_000
_MIME = {"png": "png", "jpg": "jpeg", "gif": "gif", "webp": "webp", "svg": "svg+xml"}
_OF_TEX = frozenset({"png", "jpg"})
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "orgkb")


class Chapter(msgspec.Struct, frozen=True):
    """One note."""

    document: Document
    title: str
    anchor: str
    blocks: tuple[Block, ...]
    """Its text; the heading with its title is not among them."""


class Book(msgspec.Struct, frozen=True):
    """All notes as pandoc's blocks, and the files that belong beside them."""

    title: str
    chapters: tuple[Chapter, ...]
    glossary: tuple[Block, ...]
    index: tuple[Block, ...]
    meta: Mapping[str, Any]
    """Pandoc's metadata: title, author, date, language, identifier."""
    language: str
    words: Mapping[str, str]
    names: Names
    media: Mapping[str, bytes]
    """Images by name, where they are not embedded."""
    entries: int
    """How many terms the glossary has."""

    def ast(self) -> dict[str, Any]:
        """One pandoc document of all of it; where there are several notes, each begins with its title."""
        blocks: list[Block] = []
        for chapter in self.chapters:
            several = len(self.chapters) > 1
            head = p.header(1, p.attr(chapter.anchor), p.words(chapter.title))
            blocks += [head if several else p.div([], chapter.anchor), *chapter.blocks]
        blocks += [*self.glossary, *self.index]
        return {"pandoc-api-version": [1, 23, 1], "meta": dict(self.meta), "blocks": blocks}


class _Pictures(Pictures):
    """The images of the notes, inside the file or beside it."""

    def __init__(self, context: ExportContext, *, embed: bool, tex: bool) -> None:
        super().__init__(context)
        self._embed = embed
        self._tex = tex

    def named(self, data: bytes, kind: str, document: Document, link: Link) -> str:
        """A file beside the output, or all its bytes as a data address."""
        if self._embed:
            return f"data:image/{_MIME[kind]};base64,{base64.b64encode(data).decode()}"
        if self._tex and kind not in _OF_TEX:
            if drawn := as_pdf(data, kind, self._context):
                data, kind = drawn, "pdf"
            else:
                message = f"{link.path} cannot be drawn as PDF, and LaTeX shows no {kind.upper()}: it lies beside the text as it is"
                self._context.report(Diagnostic(Severity.WARNING, self.code, message, document.location(link.begin)))
        name = f"media/{uuid.uuid5(_NAMESPACE, data.hex()).hex[:16]}.{kind}"
        self.files[name] = data
        return name


class Binder:
    """Makes the parts of a book, each when it is asked for."""

    def __init__(self, graph: ConceptGraph, context: ExportContext, wishes: Wishes, *, chapters: bool = False) -> None:
        """GRAPH as a book for a format with these WISHES; CHAPTERS: one note, too, is a chapter with a title."""
        self._graph = graph
        self._wishes = wishes
        documents = graph.documents
        self._settings = {document.path: semantics.options_of(document) for document in documents}
        settings = list(self._settings.values())
        sample = "".join(document.text[: _SAMPLE // len(documents)] for document in documents)
        given = next((setting.language for setting in settings if setting.language), None)
        self.language = language.main_language(given, sample)
        self.words = language.words(self.language)
        self.concepts = back.defined(graph) if wishes.glossary else []
        self._known = {concept.id for concept in self.concepts}
        self.names = Names({document.path: index for index, document in enumerate(documents)})
        self.names.wanted = targets(graph, self.names) if wishes.places else ()
        if wishes.index and wishes.places and wishes.index_style:
            marks = Marks(wishes.index_style, back.indexed(graph, self._known, self.names))
            self._wishes = msgspec.structs.replace(wishes, marks=marks)
        self._pictures = _Pictures(context, embed=wishes.embed, tex=wishes.backend == "latex")
        self._below = int(chapters or len(documents) > 1)
        self.title = (_text(settings[0].title) if len(documents) == 1 else "") or context.title
        self.meta = _meta(self.title, graph, context, settings, self.language)
        if self._wishes.marks and wishes.index_style and (head := wishes.index_style.head(self.words["index"])):
            self.meta["header-includes"] = {"t": "MetaBlocks", "c": head}

    @property
    def media(self) -> Mapping[str, bytes]:
        """The images of the chapters made so far, where they are not embedded."""
        return self._pictures.files

    def title_of(self, document: Document) -> str:
        """The title of the chapter that DOCUMENT is."""
        return _text(self._settings[document.path].title) or document.stem

    def chapter(self, document: Document) -> Chapter:
        """DOCUMENT as a chapter."""
        top = min((headline.level for headline in document.headlines), default=1)
        writer = DocumentWriter(
            self._graph,
            document,
            names=self.names,
            media=self._pictures.name,
            linked=self._known if self._wishes.places else (),
            shift=self._below - (top - 1),
        )
        if self._wishes.marks:
            self._wishes.marks.begin()
        blocks = tidy([block for piece in writer.pieces() for block in piece.blocks], self._wishes)
        return Chapter(document, self.title_of(document), self.names.document(document), tuple(blocks))

    def glossary(self) -> tuple[Block, ...]:
        """The glossary with its heading; nothing where no term is defined."""
        entries = back.glossary(self._graph, self.concepts, self.names, self.words, self._wishes)
        return tuple(tidy(entries, msgspec.structs.replace(self._wishes, marks=None)))

    def index(self) -> tuple[Block, ...]:
        """The index with its heading; nothing where the format wants none."""
        if not self._wishes.index or not self._wishes.places:
            return ()
        return tuple(back.index(self._graph, self._known, self.names, self.words, self._wishes))


def make_book(graph: ConceptGraph, context: ExportContext, wishes: Wishes) -> Book:
    """GRAPH as a book for a format with these WISHES."""
    binder = Binder(graph, context, wishes)
    return Book(
        title=binder.title,
        chapters=tuple(binder.chapter(document) for document in graph.documents),
        glossary=binder.glossary(),
        index=binder.index(),
        meta=binder.meta,
        language=binder.language,
        words=binder.words,
        names=binder.names,
        media=binder.media,
        entries=len(binder.concepts),
    )


def _meta(
    title: str,
    graph: ConceptGraph,
    context: ExportContext,
    settings: Sequence[semantics.ExportOptions],
    tongue: str,
) -> dict[str, Any]:
    first = settings[0]
    date = _STAMP.sub(r"\1", _text(first.date)) if first.with_date else ""
    values = {
        "title": title,
        "subtitle": _text(first.subtitle) if len(settings) == 1 else "",
        "date": date or context.timestamp.date().isoformat(),
        "description": _text(first.description) if len(settings) == 1 else "",
    }
    meta: dict[str, Any] = {key: {"t": "MetaInlines", "c": p.words(value)} for key, value in values.items() if value}
    if authors := list(_authors(settings)):
        meta["author"] = {"t": "MetaList", "c": [{"t": "MetaInlines", "c": p.words(name)} for name in authors]}
    meta["lang"] = {"t": "MetaString", "c": tongue}
    # The same book has the same identifier however often it is made: readers then replace it.
    parts = "\n".join((title, *(document.path for document in graph.documents)))
    meta["identifier"] = {"t": "MetaString", "c": f"urn:uuid:{uuid.uuid5(_NAMESPACE, parts)}"}
    return meta


def _authors(settings: Sequence[semantics.ExportOptions]) -> Iterator[str]:
    yield from dict.fromkeys(_text(one.author) for one in settings if one.author and one.with_author)


def _text(org: str | None) -> str:
    """The words of a setting, which is Org text."""
    return plain_text(parse_string(org)) if org else ""
