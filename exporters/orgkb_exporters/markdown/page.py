"""A document, or a part of it, as one Markdown file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

import msgspec

from orgkb.org import nodes as n
from orgkb.org.objects import parse_string
from orgkb.org.semantics.options import NameSet
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern
from orgkb_exporters.markdown.blocks import BlockWriter
from orgkb_exporters.markdown.escape import assemble
from orgkb_exporters.markdown.footnotes import Footnotes
from orgkb_exporters.markdown.front_matter import Value, page_fields, property_lines, yaml_lines
from orgkb_exporters.markdown.headings import hash_tag, heading_pieces
from orgkb_exporters.markdown.inlines import anchor_tag
from orgkb_exporters.markdown.layout import Block, join
from orgkb_exporters.markdown.outliner import about, outline_page, own_properties, planning_lines
from orgkb_exporters.markdown.pieces import Literal, Piece, Place
from orgkb_exporters.markdown.sheets import Sheet
from orgkb_exporters.markdown.site import Site, SitePage

_CONTENTS = 10
"""How many whole tables of contents a page may hold: notes with thousands of `#+TOC` must not fill the disk."""

_DEEPEST = 12  # levels of a table of contents that are indented, for outlines thousands of levels deep
_TIMESTAMP = pattern(r"[<\[](\d{4}-\d{2}-\d{2})[^>\]\n]{0,40}[>\]]")
_PLACES = frozenset({"ID", "CUSTOM_ID", "ROAM_ALIASES", "TITLE", "ALIASES", "TAGS"})
_QUOTED_OR_WORD = pattern(r'"([^"\n]+)"|(\S+)')


class NotesPage(SitePage):
    """Writes the page of a sheet."""

    def __init__(self, site: Site, sheet: Sheet) -> None:
        super().__init__(site, sheet.document, sheet.path)
        self.sheet = sheet
        self.options = site.options(sheet.document)
        self.blocks = BlockWriter(self)
        self._contents_left = _CONTENTS * len(sheet.headlines) + 100

    @cached_property
    def footnotes(self) -> Footnotes:
        """The notes of the document, looked for when the page is written: one that is as it was needs none."""
        return Footnotes(self.site.footnotes(self.document))

    def text(self, *, front_matter: bool) -> str:
        """The whole file, with FRONT_MATTER where that is wanted."""
        flavour = self.flavour
        sections: list[tuple[int, list[Block]]] = [
            (0, self._opening(with_byline=not (front_matter or flavour.page_properties)))
        ]
        sections[0][1].extend(self.blocks.blocks(self.sheet.elements, top=True))
        base = self.sheet.root.level if self.sheet.root is not None else 0
        shift = 1 if self.site.shows_title(self.sheet) else flavour.top_level - 1
        depths: list[int] = []
        for headline in self.sheet.headlines:
            self.linked.clear()
            while depths and depths[-1] >= headline.level:
                depths.pop()
            depths.append(headline.level)
            sections.append((len(depths), self.section(headline, headline.level - base + shift)))
        sections[-1][1].extend(self._notes())
        sections.append((1, self._below()))
        top: list[Block] = []
        if front_matter:
            top.append(Block("html", tuple(yaml_lines(self.fields()))))
        elif flavour.page_properties:
            top.append(Block("html", tuple(property_lines(page_fields(self.fields())))))
        if flavour.outline:
            return outline_page(top, sections)
        blocks = [*top, *(block for _, section in sections for block in section)]
        return "\n".join(join([block for block in blocks if block.lines])) + "\n"

    def section(self, headline: n.Headline, level: int) -> list[Block]:
        """HEADLINE, as a heading of LEVEL, and the text below it, without the headlines there."""
        own = headline.children[len(about(headline)) :] if self.flavour.outline else headline.children
        return [*self._heading(headline, level), *self.blocks.blocks(own, top=True)]

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
            headlines = self._subtree(keyword)
            depth += min((h.level for h in headlines), default=1) - 1 if depth else 0
        lines = self._outline(headlines, depth)
        self._contents_left -= len(lines)
        return lines if self._contents_left >= 0 else []

    def _subtree(self, node: n.Node) -> list[n.Headline]:
        """The headlines of the subtree in which NODE stands."""
        holder = next((h for h in reversed(self.document.headlines) if h.begin <= node.begin), None)
        if holder is None:
            return list(self.document.headlines)
        return [h for h in self.document.headlines[holder.index + 1 :] if h.begin < holder.end]

    # --- parts ---

    def _opening(self, *, with_byline: bool) -> list[Block]:
        """Title, the way up, byline, contents."""
        blocks: list[Block] = []
        root = self.sheet.root
        if root is not None:
            if self.site.shows_title(self.sheet):
                blocks += self._heading(root, 1)
            else:
                blocks += self._untitled(root, said=not with_byline)
            if with_byline:
                above = self.site.layout.sheets[self.sheet.parent]
                way = self.site.link(self.path, above.path, "", self.site.sheet_title(above))
                blocks += self.blocks.paragraph([Literal("Up: "), *way])
            return blocks
        if self.site.shows_title(self.sheet):
            title = self.blocks.inlines.pieces(self.site.title_objects(self.document), Place.LINE)
            blocks.append(self._title(1, title))
        if with_byline:
            blocks += self._byline()
        if "toc" in self.options.given and self.options.toc is not False:
            depth = 0 if self.options.toc is True else self.options.toc
            blocks.append(Block("bullets", tuple(self._outline(self.document.headlines, depth)), marker="-"))
        return blocks

    def _title(self, level: int, pieces: Sequence[Piece]) -> Block:
        return heading(level, pieces, self)

    def _untitled(self, root: n.Headline, *, said: bool) -> list[Block]:
        """What a headline says besides the file's name, which the reader shows; SAID where front matter has the rest."""
        title = self.blocks.inlines.pieces(root.title, Place.LINE)
        plain = all(isinstance(piece, Literal) for piece in title)
        if plain and self.site.page_name(self.path) == self.site.sheet_title(self.sheet):
            title = []
        pieces = [] if said and not title else heading_pieces(root.todo, root.priority, title, self.flavour)
        return [*([self._title(1, pieces)] if pieces else []), *([] if said else self._tags(root))]

    def _heading(self, headline: n.Headline, level: int) -> list[Block]:
        title = self.blocks.inlines.pieces(headline.title, Place.LINE)
        anchors = self.site.heading(self.document, headline)
        written = self.written_anchors(headline)
        pieces: list[Piece] = heading_pieces(headline.todo, headline.priority, title, self.flavour)
        suffix = ""
        match self.flavour.anchors:
            case "html":
                pieces = [*(anchor_tag(a) for a in written), *pieces]
            case "attribute" if written:
                suffix = f" {{#{written[0]}}}"
        block = heading(max(1, min(level, self.flavour.deepest_heading)), pieces, self, suffix)
        if self.flavour.outline:
            words = [block.lines[0], *(hash_tag(tag) for tag in headline.tags)]
            known = (self.path, anchors.link) in self.site.requested
            identifier = [f"id:: {anchors.link}"] if known and anchors.link else []
            return [
                Block("heading", (" ".join(words), *planning_lines(headline), *identifier, *own_properties(headline)))
            ]
        return [block, *self._tags(headline)]

    def written_anchors(self, headline: n.Headline) -> tuple[str, ...]:
        """The anchors of HEADLINE that are written, as readers make none or others."""
        anchors = self.site.heading(self.document, headline)
        needed = self.flavour.automatic_anchors or self.flavour.anchors == "attribute"
        return anchors.written if needed or (self.path, anchors.link) in self.site.requested else ()

    def _tags(self, headline: n.Headline) -> list[Block]:
        return self.blocks.tags(headline.tags)

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

    def fields(self) -> list[tuple[str, Value | None]]:
        """What front matter says."""
        root = self.sheet.root
        return self._document_fields() if root is None else self._headline_fields(root)

    def _document_fields(self) -> list[tuple[str, Value | None]]:
        options = self.options
        date = _TIMESTAMP.sub(r"\1", options.date or "") if options.with_date else ""
        is_date = re.fullmatch(r"\d{4}-\d{2}-\d{2}", date) is not None  # Hugo refuses anything else
        title = self.site.title(self.document)
        return [
            ("title", title),
            ("subtitle", plain_text(parse_string(options.subtitle or ""))),
            ("id", self.document.get_property("ID")),
            ("aliases", self._aliases(title, self.document.get_property("ROAM_ALIASES"))),
            ("author", options.author if options.with_author else None),
            ("date" if is_date else "date_text", date),
            ("description", options.description),
            ("lang", options.language),
            ("keywords", options.keywords),
            ("tags", tuple(hash_tag(tag)[1:] for tag in self.document.file_tags)),
        ]

    def _headline_fields(self, root: n.Headline) -> list[tuple[str, Value | None]]:
        title = self.site.sheet_title(self.sheet)
        above = self.site.layout.sheets[self.sheet.parent]
        planning = root.planning
        moments = (planning.scheduled, planning.deadline, planning.closed) if planning else (None, None, None)
        dates = (_TIMESTAMP.sub(r"\1", moment.raw) if moment else None for moment in moments)
        return [
            ("title", title),
            ("id", root.get_property("ID")),
            ("aliases", self._aliases(title, root.get_property("ROAM_ALIASES"))),
            ("up", self._up(above)),
            ("todo", root.todo),
            ("priority", root.priority),
            *zip(("scheduled", "deadline", "closed"), dates, strict=True),
            ("tags", tuple(hash_tag(tag)[1:] for tag in self.document.all_tags(root))),
            *self._properties(root),
        ]

    def _aliases(self, title: str, others: str | None) -> tuple[str, ...]:
        """The title where the file is called otherwise, and the other names that the notes give."""
        names = [] if title == self.site.page_name(self.path).rpartition("/")[2] else [title]
        names += [quoted or word for quoted, word in _QUOTED_OR_WORD.findall(others or "")]
        return self.site.aliases(self.path, names)

    def _up(self, above: Sheet) -> str | None:
        if self.flavour.links in {"wiki", "page"}:
            return f"[[{self.site.page_name(above.path)}]]"
        return None

    def _properties(self, root: n.Headline) -> list[tuple[str, Value | None]]:
        """The properties that the notes export."""
        wanted = self.options.properties
        if wanted is False:
            return []
        return [
            (key.lower(), value)
            for key, value in root.properties
            if key not in _PLACES and (not isinstance(wanted, NameSet) or wanted.allows(key))
        ]

    def _outline(self, headlines: Iterable[n.Headline], depth: int) -> list[str]:
        return outline_lines(self, [h for h in headlines if not depth or h.level <= depth])

    def _below(self) -> list[Block]:
        """Links to the pages below this one."""
        lines = []
        for path in self.sheet.children:
            title = self.site.sheet_title(self.site.layout.sheets[path])
            lines.append(f"- {self.blocks.line(self.site.link(self.path, path, '', title))}")
        if not lines:
            return []
        return [heading(2, [Literal("In this section")], self), Block("bullets", tuple(lines), marker="-")]

    def _notes(self) -> list[Block]:
        """The notes in the order of their references; then those that no reference reaches."""
        blocks: list[Block] = []
        while (note := self.footnotes.next()) is not None:
            label, contents = note
            if isinstance(contents, n.FootnoteDefinition):
                written = self.blocks.blocks(contents.children)
            else:
                written = self.blocks.paragraph(self.blocks.inlines.pieces(contents, Place.BLOCK))
            if self.flavour.footnotes:
                blocks.append(Block("note", tuple(_note(label, written))))
            else:
                blocks += [] if blocks else [Block("rule", ("---",))]
                blocks.append(Block("paragraph", (f'<sup><a id="fn-{label}"></a>{label}</sup>',)))
                blocks += written
        for definition in self.footnotes.left_over():
            if self.sheet.root is None:
                blocks += self.blocks.unreferenced(definition)
        return blocks


def heading(level: int, pieces: Sequence[Piece], page: SitePage, suffix: str = "") -> Block:
    """An ATX heading."""
    text = assemble(pieces, Place.LINE, page.flavour.dialect)
    return Block("heading", (f"{'#' * level} {text}".rstrip() + suffix,))


def outline_lines(page: SitePage, headlines: Sequence[n.Headline]) -> list[str]:
    """HEADLINES as a nested list of links."""
    entries: list[tuple[int, str, str, str]] = []
    open_levels: list[int] = []
    for headline in headlines:
        while open_levels and open_levels[-1] >= headline.level:
            open_levels.pop()
        path, anchor = page.place(headline)
        entries.append((min(len(open_levels), _DEEPEST), plain_text(headline.title) or "…", path, anchor))
        open_levels.append(headline.level)

    def write() -> bytes:
        step = page.flavour.item_indent or 2
        marker = "-".ljust(step)
        lines = [
            f"{' ' * step * depth}{marker}{link(page, path, anchor, text)}" for depth, text, path, anchor in entries
        ]
        return msgspec.msgpack.encode(lines)

    # The index has those of all notes, most of which are as they were.
    about = page.flavour.name, page.site.vault, page.path, entries
    return msgspec.msgpack.decode(
        page.site.context.piece("outline", msgspec.msgpack.encode(about), write), type=list[str]
    )


def link(page: SitePage, path: str, anchor: str, text: str) -> str:
    """A link on one line."""
    return assemble(page.site.link(page.path, path, anchor, text), Place.LINE, page.flavour.dialect)


def _note(label: str, blocks: list[Block]) -> list[str]:
    lines = join(blocks)
    if not lines:
        return [f"[^{label}]: …"]
    if blocks[0].kind == "paragraph":
        first, rest = lines[0], lines[1:]
        return [f"[^{label}]: {first}", *(f"    {line}" if line else "" for line in rest)]
    return [f"[^{label}]:", *(f"    {line}" if line else "" for line in lines)]
