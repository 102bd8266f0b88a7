"""One document as one Markdown file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.links import LinkTarget
from orgkb.org.objects import parse_string
from orgkb.org.walk import plain_text
from orgkb_exporters.markdown.blocks import BlockWriter, heading_pieces
from orgkb_exporters.markdown.escape import assemble
from orgkb_exporters.markdown.footnotes import Footnotes
from orgkb_exporters.markdown.inlines import anchor_tag, destination
from orgkb_exporters.markdown.layout import Block, join
from orgkb_exporters.markdown.pieces import Literal, Piece, Place, Raw
from orgkb_exporters.markdown.site import Site, SitePage

_CONTENTS = 10
"""How many whole tables of contents a page may hold: notes with thousands of `#+TOC` must not fill the disk."""

_DEEPEST = 12  # levels of a table of contents that are indented, for outlines thousands of levels deep
_TIMESTAMP = re.compile(r"[<\[](\d{4}-\d{2}-\d{2})[^>\]\n]{0,40}[>\]]")
_UNPRINTABLE = {ord(c): f"\\u{ord(c):04x}" for c in "\x7f\u2028\u2029\ufeff"} | {
    c: f"\\x{c:02x}" for c in range(0x80, 0xA0)
}


class DocumentPage(SitePage):
    """Writes a document's own page."""

    def __init__(self, site: Site, document: Document) -> None:
        super().__init__(site, document, site.pages[document.path])
        self.options = site.options(document)
        self.footnotes = Footnotes(site.survey(document).notes)
        self.blocks = BlockWriter(self)
        self._contents_left = _CONTENTS * len(document.headlines) + 100

    def text(self, *, front_matter: bool = False) -> str:
        """The whole file."""
        blocks: list[Block] = []
        if front_matter:
            blocks.append(Block("html", tuple(self._front_matter())))
        shift = 0
        if self.options.with_title:
            title = self.blocks.inlines.pieces(self.site.title_objects(self.document), Place.LINE)
            blocks.append(heading(1, title))
            shift = 1
        if not front_matter:
            blocks += self._byline()
        if "toc" in self.options.given and self.options.toc is not False:
            depth = 0 if self.options.toc is True else self.options.toc
            blocks.append(Block("bullets", tuple(self._outline(self.document.headlines, depth)), marker="-"))
        blocks += self.blocks.blocks(self.document.section, top=True)
        for headline in self.document.headlines:
            blocks.append(self._heading(headline, shift))
            blocks += self.blocks.tags(headline.tags)
            blocks += self.blocks.blocks(headline.children, top=True)
        blocks += self._notes()
        return "\n".join(join([block for block in blocks if block.lines])) + "\n"

    # --- the surroundings of text on its own page ---

    def footnote(self, reference: n.FootnoteReference) -> str | None:
        """The label of REFERENCE."""
        return self.footnotes.label(reference)

    def postponed(self, definition: n.FootnoteDefinition) -> bool:
        """Whether DEFINITION is written at the end."""
        return self.footnotes.postponed(definition)

    def anchor(self, node: n.Node) -> str | None:
        """The identifier of NODE."""
        return self.site.anchor(self.document, node)

    def contents(self, keyword: n.Keyword) -> list[str]:
        """The contents that `#+TOC: headlines 2 local` asks for."""
        words = keyword.value.split()
        if not words or words[0].lower() != "headlines":
            return []
        depth = next((int(word) for word in words if word.isdecimal() and len(word) < 4), 0)
        headlines: Sequence[n.Headline] = self.document.headlines
        if "local" in words:
            headlines = self._below(keyword)
            depth += min((h.level for h in headlines), default=1) - 1 if depth else 0
        lines = self._outline(headlines, depth)
        self._contents_left -= len(lines)
        return lines if self._contents_left >= 0 else []

    def _below(self, node: n.Node) -> list[n.Headline]:
        """The headlines of the subtree in which NODE stands."""
        holder = next((h for h in reversed(self.document.headlines) if h.begin <= node.begin), None)
        if holder is None:
            return list(self.document.headlines)
        return [h for h in self.document.headlines[holder.index + 1 :] if h.begin < holder.end]

    # --- parts ---

    def _heading(self, headline: n.Headline, shift: int) -> Block:
        title = self.blocks.inlines.pieces(headline.title, Place.LINE)
        pieces: list[Piece] = [anchor_tag(a) for a in self.site.heading(self.document, headline).written]
        pieces += heading_pieces(headline.todo, headline.priority, title)
        return heading(min(headline.level + shift, self.flavour.deepest_heading), pieces)

    def _byline(self) -> list[Block]:
        options = self.options
        inlines = self.blocks.inlines
        blocks: list[Block] = []
        if options.subtitle and options.with_title:
            blocks += self.blocks.paragraph(inlines.pieces(parse_string(options.subtitle), Place.BLOCK))
        parts = (
            options.author if options.with_author else None,
            options.email if options.with_email else None,
            _TIMESTAMP.sub(r"\1", options.date or "") if options.with_date else None,
        )
        text = parse_string(" · ".join(part for part in parts if part))
        pieces = inlines.pieces(text, Place.BLOCK, inside=frozenset({"emphasis"}))
        return [*blocks, *self.blocks.paragraph(inlines.emphasised("emphasis", pieces))]

    def _front_matter(self) -> list[str]:
        """YAML, every value a quoted string."""
        options = self.options
        fields: list[tuple[str, str | tuple[str, ...] | None]] = [
            ("title", self.site.title(self.document)),
            ("subtitle", options.subtitle),
            ("author", options.author if options.with_author else None),
            ("date", options.date if options.with_date else None),
            ("description", options.description),
            ("lang", options.language),
            ("keywords", options.keywords),
            ("tags", self.document.file_tags),
        ]
        return ["---", *(f"{key}: {_yaml(value)}" for key, value in fields if value), "---"]

    def _outline(self, headlines: Iterable[n.Headline], depth: int) -> list[str]:
        return outline_lines(self, [h for h in headlines if not depth or h.level <= depth])

    def _notes(self) -> list[Block]:
        """The notes in the order of their references; then those that no reference reaches."""
        blocks: list[Block] = []
        while (note := self.footnotes.next()) is not None:
            label, contents = note
            if isinstance(contents, n.FootnoteDefinition):
                written = self.blocks.blocks(contents.children)
            else:
                written = self.blocks.paragraph(self.blocks.inlines.pieces(contents, Place.BLOCK))
            blocks.append(Block("note", tuple(_note(label, written))))
        for definition in self.footnotes.left_over():
            blocks += self.blocks.unreferenced(definition)
        return blocks


def heading(level: int, pieces: Sequence[Piece]) -> Block:
    """An ATX heading."""
    text = assemble(pieces, Place.LINE)
    return Block("heading", (f"{'#' * level} {text}".rstrip(),))


def outline_lines(page: SitePage, headlines: Sequence[n.Headline]) -> list[str]:
    """HEADLINES as a nested list of links."""
    lines: list[str] = []
    open_levels: list[int] = []
    for headline in headlines:
        while open_levels and open_levels[-1] >= headline.level:
            open_levels.pop()
        address = page.inside(LinkTarget(page.document, headline, None))
        text = plain_text(headline.title) or "…"
        lines.append(f"{'  ' * min(len(open_levels), _DEEPEST)}- {link(text, address)}")
        open_levels.append(headline.level)
    return lines


def link(text: str, address: str) -> str:
    """A link on one line."""
    return assemble([Raw("["), Literal(text, in_link=True), Raw(f"]({destination(address)})")], Place.LINE)


def _note(label: str, blocks: list[Block]) -> list[str]:
    lines = join(blocks)
    if not lines:
        return [f"[^{label}]: …"]
    if blocks[0].kind == "paragraph":
        first, rest = lines[0], lines[1:]
        return [f"[^{label}]: {first}", *(f"    {line}" if line else "" for line in rest)]
    return [f"[^{label}]:", *(f"    {line}" if line else "" for line in lines)]


def _yaml(value: str | tuple[str, ...]) -> str:
    """VALUE as YAML, of which JSON is a part."""
    return json.dumps(value, ensure_ascii=False).translate(_UNPRINTABLE)
