"""The glossary page: what the notes define, in alphabetical order."""

from __future__ import annotations

import itertools
import unicodedata
from functools import cached_property

from orgkb.concepts.model import Concept, ConceptKind, Definition
from orgkb.org.document import Document
from orgkb.org.links import LinkTarget
from orgkb_exporters.markdown.anchors import Slugs
from orgkb_exporters.markdown.blocks import BlockWriter
from orgkb_exporters.markdown.escape import assemble
from orgkb_exporters.markdown.inlines import InlineWriter, anchor_tag, destination
from orgkb_exporters.markdown.layout import Block, join, list_block
from orgkb_exporters.markdown.page import heading
from orgkb_exporters.markdown.pieces import Literal, Mark, Piece, Place, Raw, code_span
from orgkb_exporters.markdown.site import GLOSSARY, Site, SitePage

TITLE = "Glossary"


class Glossary:
    """Concepts with a definition, each with its other names, meanings, relations and origin."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.concepts = sorted(
            (c for c in site.graph.concepts if c.definitions), key=lambda c: (_sort_key(c.name), c.id)
        )

    @property
    def count(self) -> int:
        """How many entries there are."""
        return len(self.concepts)

    def text(self) -> str:
        """The file."""
        blocks = [heading(1, [Literal(TITLE)])]
        groups = [(k, list(g)) for k, g in itertools.groupby(self.concepts, key=lambda c: _initial(c.name))]
        blocks.append(Block("paragraph", (" · ".join(f"[{k}](#{self._anchors[k][0]})" for k, _ in groups),)))
        for initial, concepts in groups:
            blocks.append(heading(2, self._anchored(self._anchors[initial], [Literal(initial)])))
            for concept in concepts:
                blocks += self._entry(concept)
        return "\n".join(join(blocks)) + "\n"

    @cached_property
    def _anchors(self) -> dict[str, tuple[str, bool]]:
        """(anchor, whether GitHub makes it) of initials and concept ids; ids never look like initials."""
        slugs = Slugs()
        slugs.take(TITLE)
        found: dict[str, tuple[str, bool]] = {}
        for initial, concepts in itertools.groupby(self.concepts, key=lambda c: _initial(c.name)):
            found[initial] = slugs.take(initial)
            for concept in concepts:
                found[f"concept:{concept.id}"] = slugs.take(" ".join(concept.name.split()))
        return {
            key: (anchor, True) if sure else (slugs.explicit(f"term-{anchor}"), False)
            for key, (anchor, sure) in found.items()
        }

    @staticmethod
    def _anchored(anchor: tuple[str, bool], pieces: list[Piece]) -> list[Piece]:
        name, automatic = anchor
        return pieces if automatic else [anchor_tag(name), *pieces]

    # --- entries ---

    def _entry(self, concept: Concept) -> list[Block]:
        anchor = self._anchors[f"concept:{concept.id}"]
        code = concept.kind is ConceptKind.CODE
        name: list[Piece] = [*(code_span(concept.name, Place.LINE) if code else [Literal(concept.name)])]
        blocks = [heading(3, self._anchored(anchor, name))]
        others = list(dict.fromkeys(alias.surface for alias in concept.aliases))
        if others:
            blocks += _paragraph([Literal("Also: "), *_emphasised(", ".join(others))])
        definitions = [self._definition(definition) for definition in concept.definitions]
        if len(definitions) == 1:
            blocks += definitions[0]
        else:
            numbered = [(f"{i}.", written) for i, written in enumerate(definitions, start=1)]
            blocks.append(list_block("numbers", ".", numbered))
        blocks += self._relations(concept)
        return blocks

    def _definition(self, definition: Definition) -> list[Block]:
        document = self._document(definition)
        if document is None:
            return _paragraph([Literal(definition.text)])
        page = _GlossaryPage(self.site, document, GLOSSARY)
        pieces: list[Piece] = InlineWriter(page).pieces(definition.objects, Place.BLOCK)
        headline = document.headlines[definition.headline] if definition.headline >= 0 else None
        address = page.inside(LinkTarget(document, headline, None))
        titles = definition.section_path or (self.site.title(document),)
        source: list[Piece] = [Raw("["), Literal(" › ".join(titles), in_link=True), Raw(f"]({destination(address)})")]
        return [
            *_paragraph([*(pieces or [Literal(definition.text)]), Literal(" ("), *source, Literal(")")]),
            *BlockWriter(page).blocks(definition.elements),
        ]

    def _document(self, definition: Definition) -> Document | None:
        """The document that DEFINITION stands in: its own file, or one that includes it."""
        graph = self.site.graph
        own: tuple[Document, ...] = (
            (graph.document(definition.span.path),) if definition.span.path in self.site.pages else ()
        )
        for document in (*own, *graph.documents):
            if definition.headline < len(document.headlines):
                headline = document.headlines[definition.headline] if definition.headline >= 0 else None
                if document.outline_path(headline) == definition.section_path:
                    return document
        return None

    def _relations(self, concept: Concept) -> list[Block]:
        """Relations as sentences, `pod — group of — container`; those without words as a list of related terms."""
        lines: dict[str, None] = {}
        related: dict[str, None] = {}
        for relation in self.site.graph.relations_of(concept.id):
            ends = (relation.source, relation.target)
            if relation.label:
                source, target = (self._name(end, linked=end != concept.id) for end in ends)
                lines[f"- {assemble([*source, Literal(f' — {relation.label} — '), *target], Place.LINE)}"] = None
            else:
                related.update(dict.fromkeys(end for end in ends if end != concept.id))
        blocks = [Block("bullets", tuple(lines), marker="-")] if lines else []
        if related:
            pieces: list[Piece] = [Literal("Related: ")]
            for i, other in enumerate(related):
                pieces += [*([Literal(", ")] if i else []), *self._name(other, linked=True)]
            blocks += _paragraph(pieces)
        return blocks

    def _name(self, concept_id: str, *, linked: bool) -> list[Piece]:
        name = self.site.graph.concept(concept_id).name
        anchor = self._anchors.get(f"concept:{concept_id}")
        if not linked or anchor is None:
            return [Literal(name)]
        return [Raw("["), Literal(name, in_link=True), Raw(f"](#{anchor[0]})")]


class _GlossaryPage(SitePage):
    """The glossary holds no contents, and leaves notes where they are."""

    def contents(self, _keyword: object) -> list[str]:
        return []

    def footnote(self, _reference: object) -> str | None:
        return ""

    def postponed(self, _definition: object) -> bool:
        return True


def _paragraph(pieces: list[Piece]) -> list[Block]:
    text = assemble(pieces, Place.BLOCK)
    return [Block("paragraph", tuple(text.split("\n")))] if text else []


def _emphasised(text: str) -> list[Piece]:
    return [Mark("emphasis", opens=True), Literal(text), Mark("emphasis", opens=False)]


def _sort_key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _initial(name: str) -> str:
    """The letter under which NAME stands; digits and signs stand together."""
    first = _sort_key(name)[:1].upper()
    return first if first.isalpha() else "0–9"
