"""Org elements → blocks of Markdown lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar, Protocol

from orgkb.org import nodes as n
from orgkb.patterns import pattern
from orgkb_exporters import raw
from orgkb_exporters.markdown.escape import assemble
from orgkb_exporters.markdown.fences import PLAIN, code_element, fenced, info
from orgkb_exporters.markdown.formulas import environment, formula, math_block
from orgkb_exporters.markdown.headings import hash_tag, heading_pieces, moments_of
from orgkb_exporters.markdown.inlines import (
    BACKENDS,
    Image,
    InlineWriter,
    Surroundings,
    anchor_tag,
    image_tag,
)
from orgkb_exporters.markdown.layout import Block, join, list_block, quotation
from orgkb_exporters.markdown.pieces import Literal, Piece, Place, Raw, is_blank
from orgkb_exporters.markdown.tables import html_table_lines, table_lines
from orgkb_exporters.markdown.verse import verse_pieces

_REMOTE_IMAGE = pattern(r"https?://[^\s?#]+\.(?:png|jpe?g|gif|svg|webp)\Z", re.IGNORECASE)
_CALLOUT = pattern(r"[\w-]+")
_DIGITS = pattern(r"[0-9]{1,9}")
_LARGEST_START = 999_999_999  # CommonMark: at most nine digits


class BlockSurroundings(Surroundings, Protocol):
    """What a page must know to write elements."""

    def contents(self, keyword: n.Keyword) -> list[str]:
        """The lines of a table of contents that `#+TOC:` asks for."""
        ...

    def postponed(self, definition: n.FootnoteDefinition) -> bool:
        """Whether DEFINITION is written at the end of the page, as the note of a reference."""
        ...


class BlockWriter:
    """Writes elements as they stand on one page."""

    def __init__(self, page: BlockSurroundings) -> None:
        self.page = page
        self.inlines = InlineWriter(page)

    def lines(self, elements: Iterable[n.Element]) -> list[str]:
        """ELEMENTS as lines inside a list or quotation."""
        return join(self.blocks(elements))

    def line(self, pieces: Sequence[Piece], place: Place = Place.LINE) -> str:
        """PIECES as Markdown."""
        return assemble(pieces, place, self.page.flavour.dialect)

    def blocks(self, elements: Iterable[n.Element], *, top: bool = False) -> list[Block]:
        """ELEMENTS as blocks, TOP where they stand in no list or quotation; what is not exported gives none."""
        found: list[Block] = []
        for element in elements:
            write = self._WRITERS.get(type(element))
            if write is None:
                continue
            above, below = self._caption(element)
            found += above
            if isinstance(element, n.PlainList):
                before = found[-1].marker if found else ""
                if before and self.page.flavour.separate_lists:
                    found.append(Block("html", ("<!-- -->",)))
                written = self._definitions(element) if top and self.page.flavour.definition_lists else []
                found += written or self._list(element, avoid=before)
            elif isinstance(element, n.SpecialBlock):
                found += self._special(element, top=top)
            else:
                found += write(self, element)
            found += below
            if self.page.flavour.anchors == "block":
                found += self._block_name(element)
        return found

    def _block_name(self, element: n.Element) -> list[Block]:
        """The name of a block to link to, as a line below it."""
        name = None if isinstance(element, n.Paragraph) else self.page.anchor(element)
        return [Block("paragraph", (f"^{name}",))] if name else []

    def paragraph(self, pieces: Sequence[Piece]) -> list[Block]:
        """PIECES as a paragraph; nothing where nothing is in them."""
        pieces = list(pieces)
        while pieces and (is_blank(pieces[-1])):
            pieces.pop()
        text = self.line(pieces, Place.BLOCK) if pieces else ""
        return [Block("paragraph", tuple(text.split("\n")))] if text else []

    # --- paragraphs and their relatives ---

    def _caption(self, element: n.Element) -> tuple[list[Block], list[Block]]:
        """(blocks above, blocks below) ELEMENT for its name and caption; an image's caption stands below."""
        anchor = self.page.anchor(element) if self.page.flavour.anchors != "block" else None
        pieces: list[Piece] = [anchor_tag(anchor)] if anchor else []
        caption = element.affiliated.caption if element.affiliated else ()
        if not caption:
            return self.paragraph(pieces), []
        text = self.inlines.pieces(caption, Place.BLOCK, inside=frozenset({"emphasis"}))
        caption_pieces = self.inlines.emphasised("emphasis", text)
        if self._image(element) is not None:
            return self.paragraph(pieces), self.paragraph(caption_pieces)
        return self.paragraph([*pieces, *caption_pieces]), []

    def _image(self, element: n.Element) -> Image | None:
        """The image that ELEMENT, a paragraph of one link to it, shows."""
        if not isinstance(element, n.Paragraph):
            return None
        links = [o for o in element.children if not (isinstance(o, n.Text) and not o.value.strip())]
        if len(links) != 1 or not isinstance(link := links[0], n.Link) or link.children:
            return None
        shown = element.affiliated
        source = self.page.image(link)
        if source is None and shown is not None and _REMOTE_IMAGE.match(link.raw):
            source = self.page.address(link)  # with a caption or a size it is meant as a picture
        if source is None:
            return None
        html = shown.attributes("html") if shown else {}
        width = html.get("width") or (shown.attributes("org").get("width", "") if shown else "")
        return Image(source, html.get("alt") or self.page.label(link), width)

    def _paragraph(self, paragraph: n.Paragraph) -> list[Block]:
        image = self._image(paragraph)
        if image is not None:
            return self.paragraph([image_tag(image, Place.BLOCK, self.page.flavour)])
        objects = [o for o in paragraph.children if not (isinstance(o, n.Text) and not o.value.strip())]
        if len(objects) == 1 and isinstance(objects[0], n.LatexFragment):
            found = formula(objects[0].value)
            if found is not None and found[1] and found[0]:
                return [self._math(math_block(found[0], self.page.flavour))]
        return self.paragraph([*self.inlines.pieces(paragraph.children, Place.BLOCK), *self._name(paragraph)])

    def _name(self, paragraph: n.Paragraph) -> tuple[Piece, ...]:
        """The name of PARAGRAPH at its end, where the flavour has such names."""
        name = self.page.anchor(paragraph) if self.page.flavour.anchors == "block" else None
        return (Raw(f" ^{name}"),) if name else ()

    def _verse(self, verse: n.VerseBlock) -> list[Block]:
        return self.paragraph(verse_pieces(self.inlines.pieces(verse.children, Place.BLOCK)))

    def _environment(self, element: n.LatexEnvironment) -> list[Block]:
        return [self._math(environment(element.value, self.page.flavour))]

    def _math(self, lines: list[str]) -> Block:
        return Block("fence" if lines[0].startswith("`") else "math", tuple(lines))

    # --- code ---

    def _source(self, block: n.SrcBlock) -> list[Block]:
        return [self._fence(block.value, block.language)]

    def _example(self, block: n.ExampleBlock | n.FixedWidth) -> list[Block]:
        return [self._fence(block.value, PLAIN)]

    def _export(self, element: n.ExportBlock | n.Keyword) -> list[Block]:
        """Raw text of strangers is shown, not used; that for other back-ends is not for us."""
        backend, source = raw.of_element(element) or ("", "")
        if backend not in BACKENDS:
            return []
        if self.page.raw and backend == "html":
            # In a block of its own that no blank line ends, so that nothing in it is read as Markdown.
            lines = [line for line in raw.sanitized(source).split("\n") if line.strip()]
            return [Block("html", ("<div>", *lines, "</div>"))] if lines else []
        if self.page.raw and raw.is_harmless_markdown(source):
            return [Block("html", tuple(source.strip("\n").split("\n")))] if source.strip() else []
        return [self._fence(source, "html" if backend == "html" else "markdown")]

    def _call(self, call: n.BabelCall) -> list[Block]:
        return self.paragraph(self.inlines.code(call.value, Place.BLOCK))

    def _diary(self, sexp: n.DiarySexp) -> list[Block]:
        return self.paragraph(self.inlines.code(sexp.value, Place.BLOCK))

    # --- containers ---

    def _contents(self, element: n.GreaterElement) -> list[Block]:
        return self.blocks(element.children)

    def _quote(self, quote: n.QuoteBlock) -> list[Block]:
        return quotation(self.lines(quote.children))

    def _center(self, center: n.CenterBlock) -> list[Block]:
        if not self.page.flavour.centre:
            return self.blocks(center.children)
        lines = self.lines(center.children)
        return [Block("html", ('<div align="center">', "", *lines, "", "</div>"))] if lines else []

    def _special(self, block: n.SpecialBlock, *, top: bool = False) -> list[Block]:
        """A note box where the flavour has it (on GitHub only outside lists), else a quotation under its name."""
        flavour = self.page.flavour
        name = block.name.lower()
        lines = self.lines(block.children)
        words = " ".join(part for part in (block.name.replace("_", " "), block.parameters) if part)
        title = words[:1].upper() + words[1:]
        known = not flavour.callout_names or name in flavour.callout_names
        match flavour.callouts if lines and known and _CALLOUT.fullmatch(name) else "":
            case "alert" if top:
                return quotation([f"[!{name.upper()}]", *([] if not block.parameters else self._title(title)), *lines])
            case "callout":
                shown = self.line([Literal(block.parameters or title)])
                return quotation([f"[!{name}] {shown}", *lines])
            case "admonition":
                shown = self.line([Literal((block.parameters or title).replace('"', "'"))])
                return [
                    Block("html", (f'!!! {name} "{shown}"', "", *(f"    {line}" if line else "" for line in lines)))
                ]
            case "org" if not block.parameters:
                return [Block("html", (f"#+BEGIN_{name.upper()}", *lines, f"#+END_{name.upper()}"))]
        return quotation(join([*self._strong(title), *self.blocks(block.children)]))

    def _title(self, text: str) -> list[str]:
        return [*join(self._strong(text)), ""]

    def _drawer(self, drawer: n.Drawer) -> list[Block]:
        contents = self.blocks(drawer.children)
        return [*self._strong(drawer.name), *contents] if contents else []

    def _definition(self, definition: n.FootnoteDefinition) -> list[Block]:
        if self.page.postponed(definition):
            return []
        return self.unreferenced(definition)

    def unreferenced(self, definition: n.FootnoteDefinition) -> list[Block]:
        """A note that nothing refers to, as text: readers of Markdown would drop it."""
        return self._led_by([Literal(f"[fn:{definition.label}] ")], definition.children)

    def _properties(self, drawer: n.PropertyDrawer) -> list[Block]:
        lines = []
        for entry in drawer.children:
            pieces = [*self.inlines.code(entry.key, Place.LINE), Literal(f": {entry.value}")]
            lines.append(f"- {self.line(pieces)}")
        return [Block("bullets", tuple(lines), marker="-")] if lines else []

    def _planning(self, planning: n.Planning) -> list[Block]:
        return self.paragraph([Literal(" ".join(f"{key}: {moment.raw}" for key, moment in moments_of(planning)))])

    def _clock(self, clock: n.Clock) -> list[Block]:
        words = [
            "CLOCK:",
            clock.timestamp.raw if clock.timestamp else "",
            f"=> {clock.duration}" if clock.duration else "",
        ]
        return self.paragraph([Literal(" ".join(filter(None, words)))])

    def _rule(self, _rule: n.HorizontalRule) -> list[Block]:
        return [Block("rule", ("---",))]

    def _keyword(self, keyword: n.Keyword) -> list[Block]:
        if keyword.key == "TOC":
            lines = self.page.contents(keyword)
            return [Block("bullets", tuple(lines), marker="-")] if lines else []
        return self._export(keyword)

    def _task(self, task: n.Inlinetask) -> list[Block]:
        pieces = self.inlines.pieces(task.title, Place.BLOCK, inside=frozenset({"strong"}))
        title = heading_pieces(task.todo, task.priority, self.inlines.emphasised("strong", pieces), self.page.flavour)
        return [*self.paragraph(title), *self.tags(task.tags), *self.blocks(task.children)]

    def tags(self, tags: Sequence[str]) -> list[Block]:
        """The tags of a headline as a line below it: in the heading they would be in its anchor."""
        if self.page.flavour.hash_tags:
            return [Block("paragraph", (" ".join(hash_tag(tag) for tag in tags),))] if tags else []
        code = self.inlines.code(f":{':'.join(tags)}:", Place.BLOCK)
        return self.paragraph([Literal("Tags: "), *code]) if tags else []

    def _strong(self, text: str) -> list[Block]:
        return self.paragraph(self.inlines.emphasised("strong", [Literal(text)])) if text else []

    # --- lists and tables ---

    def _table(self, table: n.Table) -> list[Block]:
        if table.kind != "org":
            return [self._fence(table.value, PLAIN)]
        if not self.page.flavour.tables:
            lines = html_table_lines(
                table, lambda cell: self.line(self.inlines.pieces(cell.children, Place.BLOCK), Place.BLOCK)
            )
            return [Block("html", tuple(lines))] if lines else []
        lines = table_lines(table, lambda cell: self.line(self.inlines.pieces(cell.children, Place.CELL), Place.CELL))
        return [Block("table", tuple(lines))] if lines else []

    def _list(self, plain_list: n.PlainList, avoid: str = "") -> list[Block]:
        """One list, or several where a counter jumps: numbers in Markdown only go up by one."""
        ordered = plain_list.kind == "ordered"
        markers = (".", ")") if ordered else ("-", "*")
        marker = markers[1] if avoid == markers[0] else markers[0]
        found: list[Block] = []
        items: list[tuple[str, list[Block]]] = []
        number = 0
        for i, item in enumerate(plain_list.children):
            if ordered:
                wanted = _counter(item, first=i == 0)
                if wanted is not None and i and wanted != number + 1:
                    found.append(list_block("numbers", marker, items, self.page.flavour.item_indent))
                    if self.page.flavour.separate_lists:
                        found.append(Block("html", ("<!-- -->",)))
                    items = []
                    marker = markers[markers.index(marker) - 1]
                number = min(wanted if wanted is not None else number + 1, _LARGEST_START)
            items.append((f"{number}{marker}" if ordered else marker, self._item(item)))
        if items:
            kind = "numbers" if ordered else "bullets"
            found.append(list_block(kind, marker, items, self.page.flavour.item_indent))
        return found

    def _definitions(self, plain_list: n.PlainList) -> list[Block]:
        """A definition list; nothing where one of its items does not fit into one."""
        if plain_list.kind != "descriptive":
            return []
        lines: list[str] = []
        for item in plain_list.children:
            if not item.tag or item.checkbox or not item.children or not isinstance(item.children[0], n.Paragraph):
                return []
            term = self.line(self.inlines.pieces(item.tag, Place.LINE), Place.BLOCK)
            first, *others = join(self.blocks(item.children)) or [""]
            if not term or not first:
                return []
            lines += [
                *([""] if lines else []),
                term,
                f":   {first}",
                *(f"    {line}" if line else "" for line in others),
            ]
        return [Block("definitions", tuple(lines))]

    def _item(self, item: n.Item) -> list[Block]:
        lead: list[Piece] = []
        words = self.page.flavour.checkbox_words
        if item.checkbox and words is not None:
            word = words[("[ ]", "[-]", "[X]").index(item.checkbox)]
            lead.append(Raw(f"{word} ", f"{word} "))
        elif item.checkbox in {"[ ]", "[X]"}:
            lead.append(Raw(f"{item.checkbox.lower()} ", f"{item.checkbox} "))
        elif item.checkbox and self.page.flavour.partial_checkbox:
            lead.append(Raw("[-] ", "[-] "))
        elif item.checkbox:
            lead.append(Literal(f"{item.checkbox} "))
        if item.tag is not None:
            term = self.inlines.pieces(item.tag, Place.LINE, inside=frozenset({"strong"}))
            lead += [*self.inlines.emphasised("strong", term), Literal(": ")]
        return self._led_by(lead, item.children)

    def _led_by(self, lead: list[Piece], elements: tuple[n.Element, ...]) -> list[Block]:
        """ELEMENTS with LEAD at the beginning of their first paragraph."""
        if lead and elements and isinstance(first := elements[0], n.Paragraph) and self._image(first) is None:
            pieces = self.inlines.pieces(first.children, Place.BLOCK)
            if pieces and isinstance(text := pieces[0], Literal):
                pieces[0] = Literal(text.text.lstrip())
            return [*self.paragraph([*lead, *pieces, *self._name(first)]), *self.blocks(elements[1:])]
        return [*self.paragraph(lead), *self.blocks(elements)]

    def _fence(self, value: str, language: str) -> Block:
        dialect = self.page.flavour.dialect
        if dialect.acting is not None and dialect.acting.fullmatch(info(language)):
            language = PLAIN
        pattern = dialect.code_as_html
        if pattern is not None and pattern.search(value):
            return Block("html", tuple(code_element(value, language)))
        return Block("fence", tuple(fenced(value, language)), interrupts=not self.page.flavour.item_indent)

    _WRITERS: ClassVar[Mapping[type[n.Element], Callable[..., list[Block]]]] = {
        n.Paragraph: _paragraph,
        n.PlainList: _list,
        n.Table: _table,
        n.SrcBlock: _source,
        n.ExampleBlock: _example,
        n.FixedWidth: _example,
        n.ExportBlock: _export,
        n.VerseBlock: _verse,
        n.QuoteBlock: _quote,
        n.CenterBlock: _center,
        n.SpecialBlock: _special,
        n.DynamicBlock: _contents,
        n.Drawer: _drawer,
        n.FootnoteDefinition: _definition,
        n.PropertyDrawer: _properties,
        n.Planning: _planning,
        n.Clock: _clock,
        n.HorizontalRule: _rule,
        n.Keyword: _keyword,
        n.BabelCall: _call,
        n.DiarySexp: _diary,
        n.LatexEnvironment: _environment,
        n.Inlinetask: _task,
    }
    """Methods that write an element; in a table of each writer they would be as many rings of references."""


def _counter(item: n.Item, *, first: bool) -> int | None:
    """The number that ITEM asks for: a counter anywhere, the first item's own number."""
    if item.counter is not None:
        return min(max(item.counter, 0), _LARGEST_START)
    if not first:
        return None
    digits = _DIGITS.match(item.bullet)
    return int(digits.group()) if digits else 1
