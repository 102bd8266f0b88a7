"""The note of one concept: what it is, what it has to do with others, and where it is mentioned."""

from __future__ import annotations

from orgkb.concepts.model import Concept, Mention
from orgkb.org.document import Document
from orgkb.org.links import LinkTarget
from orgkb.org.walk import plain_text
from orgkb_exporters.markdown.entries import EntryWriter, SourcePage
from orgkb_exporters.markdown.escape import assemble
from orgkb_exporters.markdown.front_matter import page_fields, property_lines, yaml_lines
from orgkb_exporters.markdown.inlines import InlineWriter, visible_text
from orgkb_exporters.markdown.layout import Block, join
from orgkb_exporters.markdown.outliner import outline_page
from orgkb_exporters.markdown.page import heading
from orgkb_exporters.markdown.pieces import Literal, Mark, Piece, Place
from orgkb_exporters.markdown.site import Site, SitePage

_AROUND = 80
"""Characters of context on each side of a mention."""


class ConceptNote(SitePage):
    """Writes the note of a concept."""

    def __init__(self, site: Site, concept: Concept) -> None:
        path = site.layout.concepts[concept.id]
        super().__init__(site, site.graph.documents[0], path)
        self.concept = concept
        self.writer = EntryWriter(site, path, self._name)

    def text(self, *, front_matter: bool) -> str:
        """The whole file, with FRONT_MATTER where that is wanted."""
        flavour = self.flavour
        opening = [heading(1, self.writer.name(self.concept), self)] if flavour.title_heading else []
        in_matter = (front_matter or flavour.page_properties) and flavour.links in {"wiki", "page"}
        if not in_matter:
            opening += self.writer.others(self.concept)
        opening += self.writer.definitions(self.concept)
        sections = [(0, opening)]
        for title, blocks in (("Relations", self.writer.relations(self.concept)), ("Mentioned in", self._mentions())):
            if blocks:
                sections.append((1, [heading(2, [Literal(title)], self), *blocks]))
        top: list[Block] = []
        if front_matter:
            top.append(Block("html", tuple(yaml_lines(self._fields()))))
        elif flavour.page_properties:
            top.append(Block("html", tuple(property_lines(page_fields(self._fields())))))
        if flavour.outline:
            return outline_page(top, sections)
        return "\n".join(join([*top, *(block for _, blocks in sections for block in blocks)])) + "\n"

    def _fields(self) -> list[tuple[str, str | tuple[str, ...] | None]]:
        name = " ".join(self.concept.name.split())
        others = [" ".join(alias.surface.split()) for alias in self.concept.aliases]
        title = [name] if self.site.page_name(self.path) != name else []
        aliases = tuple(dict.fromkeys([*title, *others]))
        return [
            ("title", name),
            ("id", self.concept.id),
            ("aliases", self.site.aliases(self.path, aliases)),
            ("tags", ("concept",)),
        ]

    def _name(self, concept: Concept) -> list[Piece]:
        return self.concept_link(concept.id, " ".join(concept.name.split()))

    # --- where it is mentioned ---

    def _mentions(self) -> list[Block]:
        """One line for each section that mentions the concept, with the first mention in its context."""
        lines: list[str] = []
        step = self.flavour.item_indent or 2
        for (path, headline), mention in self._sections().items():
            document = self.site.graph.document(path)
            holder = document.headlines[headline] if headline >= 0 else None
            place = self.site.place(LinkTarget(document, holder, None))
            title = plain_text(holder.title) if holder is not None else self.site.title(document)
            pieces = [*self.site.link(self.path, *place, title or "untitled"), *self._context(document, mention)]
            lines.append(f"{'-'.ljust(step - 1)} {assemble(pieces, Place.LINE, self.flavour.dialect)}")
        return [Block("bullets", tuple(lines), marker="-")] if lines else []

    def _sections(self) -> dict[tuple[str, int], Mention]:
        """The first mention in each section, headings last: the text around them says nothing."""
        found: dict[tuple[str, int], Mention] = {}
        for mention in self.site.graph.mentions_of(self.concept.id):
            key = (mention.document, mention.headline)
            if key not in found or (found[key].context == "heading" and mention.context != "heading"):
                found[key] = mention
        return found

    def _context(self, document: Document, mention: Mention) -> list[Piece]:
        """The text around MENTION, which stands out in it; nothing where it is not in a paragraph."""
        paragraph = self.site.survey(document).paragraph_at(mention.offset)
        if paragraph is None:
            return []
        words = InlineWriter(SourcePage(self.site, document, self.path))
        text = visible_text(words.pieces(paragraph.children, Place.LINE))
        word = " ".join(mention.text.split())
        earlier = (o for o in paragraph.children if o.end <= mention.offset)
        before = len(visible_text(words.pieces(earlier, Place.LINE)))
        start = text.find(word, max(0, before - len(word)))
        if start < 0:
            start = text.find(word)
        if start < 0:
            return []
        stop = start + len(word)
        left, right = _cut(text[:start], last=True), _cut(text[stop:], last=False)
        marks = Mark("strong", opens=True), Mark("strong", opens=False)
        return [Literal(f" — {left}"), marks[0], Literal(word), marks[1], Literal(right)]


def _cut(text: str, *, last: bool) -> str:
    """The LAST or first words of TEXT, with an ellipsis where something is cut off."""
    if len(text) <= _AROUND:
        return text
    if last:
        kept = text[-_AROUND:]
        return f"…{kept[kept.find(' ') :] if ' ' in kept[:30] else kept}"
    kept = text[:_AROUND]
    return f"{kept[: kept.rfind(' ')] if ' ' in kept[-30:] else kept} …"
