"""The glossary page: what the notes define, in alphabetical order."""

from __future__ import annotations

import itertools
import unicodedata
import uuid
from collections.abc import Sequence
from functools import cached_property

import msgspec

from orgkb.concepts.model import Concept
from orgkb.org.shape import shape
from orgkb.patterns import pattern
from orgkb.shelf import lies_packed
from orgkb_exporters.markdown.anchors import Slugs
from orgkb_exporters.markdown.entries import EntryWriter
from orgkb_exporters.markdown.escape import assemble
from orgkb_exporters.markdown.heading_anchors import subpath
from orgkb_exporters.markdown.inlines import anchor_tag
from orgkb_exporters.markdown.layout import Block, join
from orgkb_exporters.markdown.outliner import outline_page
from orgkb_exporters.markdown.page import heading
from orgkb_exporters.markdown.pieces import Literal, Piece, Place
from orgkb_exporters.markdown.site import Site, SitePage

TITLE = "Glossary"
_ELSEWHERE = pattern(rb'\["(?:Link|FootnoteReference)",')
"""Nodes of which an entry shows what stands outside the definition, as JSON."""


class Glossary:
    """Concepts with a definition, each with its other names, meanings, relations and origin."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.concepts = sorted(
            (c for c in site.graph.concepts if c.definitions), key=lambda c: (_sort_key(c.name), c.id)
        )
        self.writer = EntryWriter(site, site.glossary, self._name)

    @property
    def count(self) -> int:
        """How many entries there are."""
        return len(self.concepts)

    def text(self) -> str:
        """The file."""
        flavour = self.site.flavour
        page = SitePage(self.site, self.site.graph.documents[0], self.site.glossary)
        opening = [heading(1, [Literal(TITLE)], page)] if not flavour.outline else []
        groups = [(k, list(g)) for k, g in itertools.groupby(self.concepts, key=lambda c: _initial(c.name))]
        letters = [self.site.link(page.path, page.path, self._anchors[key][0], key) for key, _ in groups]
        pieces: list[Piece] = [piece for letter in letters for piece in (Literal(" · "), *letter)][1:]
        opening.append(Block("paragraph", (assemble(pieces, Place.BLOCK, flavour.dialect),)))
        sections: list[tuple[int, Sequence[Block]]] = [(0, opening)]
        for initial, concepts in groups:
            sections.append((1, [self._heading(2, initial, [Literal(initial)], page)]))
            sections += [(2, self._entry(concept, page)) for concept in concepts]
        if flavour.outline:
            return outline_page((), sections)
        return "\n".join(join([block for _, blocks in sections for block in blocks])) + "\n"

    def _entry(self, concept: Concept, page: SitePage) -> Sequence[Block]:
        """The entry of CONCEPT, as an earlier build made it of the same."""
        made: list[list[Block]] = []

        def write() -> bytes:
            blocks = [self._heading(3, f"concept:{concept.id}", self.writer.name(concept), page)]
            blocks += self.writer.others(concept)
            blocks += self.writer.definitions(concept)
            blocks += self.writer.relations(concept)
            made.append(blocks)
            return msgspec.msgpack.encode(blocks)

        source = self._made_of(concept) if self.site.context.sources else None
        if source is None:
            write()
            return made[0]
        data = self.site.context.piece("entry", source, write)
        return made[0] if made else msgspec.msgpack.decode(data, type=tuple[Block, ...])

    def _made_of(self, concept: Concept) -> bytes | None:
        """All that decides the entry of CONCEPT; None where links in its definitions do so too."""
        definitions: list[tuple[object, ...]] = []
        for definition in concept.definitions:
            tree = (*definition.objects, *definition.elements)
            document = self.writer.document_of(definition)
            if _ELSEWHERE.search(msgspec.json.encode(tree)):
                return None
            place: tuple[object, ...] = ()
            if document is not None and tree and lies_packed(document):
                # To open large notes in the order of the alphabet would take longer than to write all entries.
                source = self.site.context.sources.get(document.path)
                if source is None:
                    return None
                place = self.writer.place_of(definition, document), source, tree[0].begin
            elif document is not None and tree:
                text = document.text[tree[0].begin : max(node.end for node in tree)]
                place = self.writer.place_of(definition, document), shape(tree, tree[0].begin, text), document.settings
            definitions.append((definition.text, place))
        graph, known = self.site.graph, self._anchors
        relations = [
            (
                relation.label,
                [(end == concept.id, graph.concept(end).name, known.get(f"concept:{end}")) for end in ends],
            )
            for relation in graph.relations_of(concept.id)
            for ends in [(relation.source, relation.target)]
        ]
        about = (
            (self.site.flavour.name, self.site.context.raw, self.site.glossary),
            (concept.id, concept.name, concept.kind, known[f"concept:{concept.id}"]),
            [alias.surface for alias in concept.aliases],
            definitions,
            relations,
        )
        return msgspec.msgpack.encode(about)

    def _heading(self, level: int, key: str, pieces: list[Piece], page: SitePage) -> Block:
        anchor, automatic = self._anchors[key]
        match self.site.flavour.anchors:
            case "id":
                return Block("heading", (*heading(level, pieces, page).lines, f"id:: {anchor}"))
            case "attribute" if not automatic:
                return heading(level, pieces, page, f" {{#{anchor}}}")
            case "html" if not automatic:
                return heading(level, [anchor_tag(anchor), *pieces], page)
        return heading(level, pieces, page)

    @cached_property
    def _anchors(self) -> dict[str, tuple[str, bool]]:
        """(anchor, whether the reader makes it) of initials and concept ids; ids never look like initials."""
        slugs = Slugs()
        slugs.take(TITLE)
        found: dict[str, tuple[str, bool]] = {}
        for initial, concepts in itertools.groupby(self.concepts, key=lambda c: _initial(c.name)):
            found[initial] = slugs.take(initial)
            for concept in concepts:
                found[f"concept:{concept.id}"] = slugs.take(" ".join(concept.name.split()))
        match self.site.flavour.anchors:
            case "block":
                names = {f"concept:{c.id}": c.name for c in self.concepts}
                return {key: (subpath(names.get(key, key)), True) for key in found}
            case "id":
                return {key: (str(uuid.uuid5(uuid.NAMESPACE_URL, f"glossary\n{key}")), False) for key in found}
        by_itself = self.site.flavour.automatic_anchors
        return {
            key: (anchor, by_itself) if sure else (slugs.explicit(f"term-{anchor}"), False)
            for key, (anchor, sure) in found.items()
        }

    def _name(self, concept: Concept) -> list[Piece]:
        name = " ".join(concept.name.split())
        anchor = self._anchors.get(f"concept:{concept.id}")
        if anchor is None:
            return [Literal(name)]
        return self.site.link(self.site.glossary, self.site.glossary, anchor[0], name)


def _sort_key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _initial(name: str) -> str:
    """The letter under which NAME stands; digits and signs stand together."""
    first = _sort_key(name)[:1].upper()
    return first if first.isalpha() else "0–9"
