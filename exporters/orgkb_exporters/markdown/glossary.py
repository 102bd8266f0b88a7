"""The glossary page: what the notes define, in alphabetical order."""

from __future__ import annotations

import itertools
import unicodedata
import uuid
from functools import cached_property

from orgkb.concepts.model import Concept
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
        sections = [(0, opening)]
        for initial, concepts in groups:
            sections.append((1, [self._heading(2, initial, [Literal(initial)], page)]))
            for concept in concepts:
                blocks = [self._heading(3, f"concept:{concept.id}", self.writer.name(concept), page)]
                blocks += self.writer.others(concept)
                blocks += self.writer.definitions(concept)
                blocks += self.writer.relations(concept)
                sections.append((2, blocks))
        if flavour.outline:
            return outline_page((), sections)
        return "\n".join(join([block for _, blocks in sections for block in blocks])) + "\n"

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
