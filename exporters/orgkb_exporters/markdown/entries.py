"""What is written about one concept, in the glossary and in its own note: other names, definitions, relations."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from itertools import chain

from orgkb.concepts.model import Concept, ConceptKind, Definition
from orgkb.org.document import Document
from orgkb.org.links import LinkTarget
from orgkb_exporters.markdown.blocks import BlockWriter
from orgkb_exporters.markdown.inlines import InlineWriter
from orgkb_exporters.markdown.layout import Block, list_block
from orgkb_exporters.markdown.pieces import Literal, Mark, Piece, Place, code_span
from orgkb_exporters.markdown.site import Site, SitePage

NameLink = Callable[[Concept], list[Piece]]


class EntryWriter:
    """Writes about concepts on the page PATH; NAME_LINK gives a concept's name, as a link where it can be one."""

    def __init__(self, site: Site, path: str, name_link: NameLink) -> None:
        self.site = site
        self.path = path
        self.name_link = name_link

    def name(self, concept: Concept) -> list[Piece]:
        """The name of CONCEPT as it stands in its heading."""
        if concept.kind is ConceptKind.CODE:
            return list(code_span(concept.name, Place.LINE, self.site.flavour.dialect.code_as_html))
        return [Literal(concept.name)]

    def others(self, concept: Concept) -> list[Block]:
        """The other names of CONCEPT."""
        others = list(dict.fromkeys(" ".join(alias.surface.split()) for alias in concept.aliases))
        if not others:
            return []
        marks = Mark("emphasis", opens=True), Mark("emphasis", opens=False)
        return self.paragraph([Literal("Also: "), marks[0], Literal(", ".join(others)), marks[1]])

    def definitions(self, concept: Concept) -> list[Block]:
        """The definitions of CONCEPT, each with the place where it stands."""
        written = [self._definition(concept, definition) for definition in concept.definitions]
        if len(written) == 1:
            return written[0]
        numbered = [(f"{i}.", blocks) for i, blocks in enumerate(written, start=1)]
        return [list_block("numbers", ".", numbered, self.site.flavour.item_indent)] if numbered else []

    def _definition(self, concept: Concept, definition: Definition) -> list[Block]:
        document = self.document_of(definition)
        if document is None:
            return self.paragraph([Literal(definition.text)])
        page = SourcePage(self.site, document, self.path)
        page.linked.add(concept.id)
        pieces: list[Piece] = InlineWriter(page).pieces(definition.objects, Place.BLOCK)
        source = self.site.link(self.path, *self.place_of(definition, document))
        return [
            *self.paragraph([*(pieces or [Literal(definition.text)]), Literal(" ("), *source, Literal(")")]),
            *BlockWriter(page).blocks(definition.elements),
        ]

    def place_of(self, definition: Definition, document: Document) -> tuple[str, str, str]:
        """(path, anchor, titles) of the section of DOCUMENT in which DEFINITION stands."""
        headline = document.headlines[definition.headline] if definition.headline >= 0 else None
        titles = definition.section_path or (self.site.title(document),)
        return (*self.site.place(LinkTarget(document, headline, None)), " › ".join(titles))

    def document_of(self, definition: Definition) -> Document | None:
        """The document that DEFINITION stands in: its own file, or one that includes it."""
        graph = self.site.graph
        path = definition.document
        own: tuple[Document, ...] = (graph.document(path),) if path in self.site.layout.by_document else ()
        for document in chain(own, graph.documents):
            if definition.headline < len(document.headlines):
                headline = document.headlines[definition.headline] if definition.headline >= 0 else None
                if document.outline_path(headline) == definition.section_path:
                    return document
        return None

    def relations(self, concept: Concept) -> list[Block]:
        """Relations as sentences, `pod — group of — container`; those without words as a list of related terms."""
        graph = self.site.graph
        lines: dict[str, None] = {}
        related: dict[str, None] = {}
        for relation in graph.relations_of(concept.id):
            ends = (relation.source, relation.target)
            if relation.label:
                source, target = (self._end(graph.concept(end), concept) for end in ends)
                sentence = [*source, Literal(f" — {' '.join(relation.label.split())} — "), *target]
                lines[self._bullet(sentence)] = None
            else:
                related.update(dict.fromkeys(end for end in ends if end != concept.id))
        blocks = [Block("bullets", tuple(lines), marker="-")] if lines else []
        if related:
            pieces: list[Piece] = [Literal("Related: ")]
            for i, other in enumerate(related):
                pieces += [*([Literal(", ")] if i else []), *self.name_link(graph.concept(other))]
            blocks += self.paragraph(pieces)
        return blocks

    def _end(self, end: Concept, concept: Concept) -> list[Piece]:
        return [Literal(" ".join(end.name.split()))] if end.id == concept.id else self.name_link(end)

    def _bullet(self, pieces: list[Piece]) -> str:
        text = self._plain.line(pieces)
        return f"{'-'.ljust((self.site.flavour.item_indent or 2) - 1)} {text}"

    def paragraph(self, pieces: list[Piece]) -> list[Block]:
        """PIECES as a paragraph."""
        return self._plain.paragraph(pieces)

    @cached_property
    def _plain(self) -> BlockWriter:
        """Writes pieces that belong to no document."""
        return BlockWriter(SourcePage(self.site, self.site.graph.documents[0], self.path))


class SourcePage(SitePage):
    """Text of the notes on the page of a concept: it holds no contents, and leaves footnotes where they are."""

    def contents(self, _keyword: object) -> list[str]:
        """Nothing."""
        return []

    def footnote(self, _reference: object) -> str | None:
        """Left out."""
        return ""

    def postponed(self, _definition: object) -> bool:
        """Not written here."""
        return True
