"""Org elements → blocks of Markdown lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from orgkb.org import nodes as n
from orgkb_exporters.markdown.escape import assemble
from orgkb_exporters.markdown.fences import PLAIN, fenced
from orgkb_exporters.markdown.formulas import environment, formula, math_block
from orgkb_exporters.markdown.inlines import (
    BACKENDS,
    Image,
    InlineWriter,
    Surroundings,
    anchor_tag,
    image_tag,
)
from orgkb_exporters.markdown.layout import Block, join, list_block, quotation
from orgkb_exporters.markdown.pieces import Literal, Piece, Place, Raw, code_span, is_blank
from orgkb_exporters.markdown.tables import table_lines
from orgkb_exporters.markdown.verse import verse_pieces

_REMOTE_IMAGE = re.compile(r"https?://[^\s?#]+\.(?:png|jpe?g|gif|svg|webp)\Z", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]{1,9}")
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
        self._writers: dict[type[n.Element], Callable[..., list[Block]]] = {
            n.Paragraph: self._paragraph,
            n.PlainList: self._list,
            n.Table: self._table,
            n.SrcBlock: self._source,
            n.ExampleBlock: self._example,
            n.FixedWidth: self._example,
            n.ExportBlock: self._export,
            n.VerseBlock: self._verse,
            n.QuoteBlock: self._quote,
            n.CenterBlock: self._center,
            n.SpecialBlock: self._special,
            n.DynamicBlock: self._contents,
            n.Drawer: self._drawer,
            n.FootnoteDefinition: self._definition,
            n.PropertyDrawer: self._properties,
            n.Planning: self._planning,
            n.Clock: self._clock,
            n.HorizontalRule: self._rule,
            n.Keyword: self._keyword,
            n.BabelCall: self._call,
            n.DiarySexp: self._diary,
            n.LatexEnvironment: self._environment,
            n.Inlinetask: self._task,
        }

    def lines(self, elements: Iterable[n.Element], *, top: bool = False) -> list[str]:
        """ELEMENTS as lines; TOP where they stand in no list or quotation."""
        return join(self.blocks(elements, top=top))

    def blocks(self, elements: Iterable[n.Element], *, top: bool = False) -> list[Block]:
        """ELEMENTS as blocks; comments and what else is not exported give none."""
        found: list[Block] = []
        for element in elements:
            write = self._writers.get(type(element))
            if write is None:
                continue
            above, below = self._caption(element)
            found += above
            if isinstance(element, n.PlainList):
                found += self._list(element, avoid=found[-1].marker if found else "")
            elif isinstance(element, n.SpecialBlock):
                found += self._special(element, top=top)
            else:
                found += write(element)
            found += below
        return found

    def paragraph(self, pieces: Sequence[Piece]) -> list[Block]:
        """PIECES as a paragraph; nothing where nothing is in them."""
        pieces = list(pieces)
        while pieces and (is_blank(pieces[-1])):
            pieces.pop()
        text = assemble(pieces, Place.BLOCK)
        return [Block("paragraph", tuple(text.split("\n")))] if text else []

    # --- paragraphs and their relatives ---

    def _caption(self, element: n.Element) -> tuple[list[Block], list[Block]]:
        """(blocks above, blocks below) ELEMENT for its name and caption; an image's caption stands below."""
        anchor = self.page.anchor(element)
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
            return self.paragraph([image_tag(image, Place.BLOCK)])
        objects = [o for o in paragraph.children if not (isinstance(o, n.Text) and not o.value.strip())]
        if len(objects) == 1 and isinstance(objects[0], n.LatexFragment):
            found = formula(objects[0].value)
            if found is not None and found[1] and found[0]:
                return [self._math(math_block(found[0], self.page.flavour))]
        return self.paragraph(self.inlines.pieces(paragraph.children, Place.BLOCK))

    def _verse(self, verse: n.VerseBlock) -> list[Block]:
        return self.paragraph(verse_pieces(self.inlines.pieces(verse.children, Place.BLOCK)))

    def _environment(self, element: n.LatexEnvironment) -> list[Block]:
        return [self._math(environment(element.value, self.page.flavour))]

    def _math(self, lines: list[str]) -> Block:
        return Block("fence" if lines[0].startswith("`") else "math", tuple(lines))

    # --- code ---

    def _source(self, block: n.SrcBlock) -> list[Block]:
        return [_fence(block.value, block.language)]

    def _example(self, block: n.ExampleBlock | n.FixedWidth) -> list[Block]:
        return [_fence(block.value, PLAIN)]

    def _export(self, block: n.ExportBlock) -> list[Block]:
        """Raw text of strangers is shown, not used."""
        backend = block.backend.lower()
        return [_fence(block.value, "html" if backend == "html" else "markdown")] if backend in BACKENDS else []

    def _call(self, call: n.BabelCall) -> list[Block]:
        return self.paragraph(code_span(call.value, Place.BLOCK))

    def _diary(self, sexp: n.DiarySexp) -> list[Block]:
        return self.paragraph(code_span(sexp.value, Place.BLOCK))

    # --- containers ---

    def _contents(self, element: n.GreaterElement) -> list[Block]:
        return self.blocks(element.children)

    def _quote(self, quote: n.QuoteBlock) -> list[Block]:
        return quotation(self.lines(quote.children))

    def _center(self, center: n.CenterBlock) -> list[Block]:
        lines = self.lines(center.children)
        return [Block("html", ('<div align="center">', "", *lines, "", "</div>"))] if lines else []

    def _special(self, block: n.SpecialBlock, *, top: bool = False) -> list[Block]:
        """A note box where the flavour has it (on GitHub only outside lists), else a quotation under its name."""
        name = block.name.lower()
        lines = self.lines(block.children)
        if top and lines and name in self.page.flavour.alerts:
            return quotation([f"[!{name.upper()}]", *lines])
        words = " ".join(part for part in (block.name.replace("_", " "), block.parameters) if part)
        title = self._strong(words[:1].upper() + words[1:])
        return quotation(join([*title, *self.blocks(block.children)]))

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
            pieces = [*code_span(entry.key, Place.LINE), Literal(f": {entry.value}")]
            lines.append(f"- {assemble(pieces, Place.LINE)}")
        return [Block("bullets", tuple(lines), marker="-")] if lines else []

    def _planning(self, planning: n.Planning) -> list[Block]:
        entries = (("CLOSED", planning.closed), ("DEADLINE", planning.deadline), ("SCHEDULED", planning.scheduled))
        words = [f"{key}: {timestamp.raw}" for key, timestamp in entries if timestamp is not None]
        return self.paragraph([Literal(" ".join(words))])

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
        return []

    def _task(self, task: n.Inlinetask) -> list[Block]:
        pieces = self.inlines.pieces(task.title, Place.BLOCK, inside=frozenset({"strong"}))
        title = heading_pieces(task.todo, task.priority, self.inlines.emphasised("strong", pieces))
        return [*self.paragraph(title), *self.tags(task.tags), *self.blocks(task.children)]

    def tags(self, tags: Sequence[str]) -> list[Block]:
        """The tags of a headline as a line below it: in the heading they would be in its anchor."""
        return self.paragraph([Literal("Tags: "), *code_span(f":{':'.join(tags)}:", Place.BLOCK)]) if tags else []

    def _strong(self, text: str) -> list[Block]:
        return self.paragraph(self.inlines.emphasised("strong", [Literal(text)])) if text else []

    # --- lists and tables ---

    def _table(self, table: n.Table) -> list[Block]:
        if table.kind != "org":
            return [_fence(table.value, PLAIN)]
        lines = table_lines(table, lambda cell: assemble(self.inlines.pieces(cell.children, Place.CELL), Place.CELL))
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
                    found.append(list_block("numbers", marker, items))
                    items = []
                    marker = markers[markers.index(marker) - 1]
                number = min(wanted if wanted is not None else number + 1, _LARGEST_START)
            items.append((f"{number}{marker}" if ordered else marker, self._item(item)))
        if items:
            found.append(list_block("numbers" if ordered else "bullets", marker, items))
        return found

    def _item(self, item: n.Item) -> list[Block]:
        lead: list[Piece] = []
        if item.checkbox in {"[ ]", "[X]"}:
            lead.append(Raw(f"{item.checkbox.lower()} ", f"{item.checkbox} "))
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
            return [*self.paragraph([*lead, *pieces]), *self.blocks(elements[1:])]
        return [*self.paragraph(lead), *self.blocks(elements)]


def heading_pieces(todo: str | None, priority: str | None, title: Sequence[Piece]) -> list[Piece]:
    """A headline's title after its TODO keyword and priority."""
    labels = [todo] if todo else []
    if priority:
        labels.append(f"[#{priority}]")
    pieces: list[Piece] = []
    for label in labels:
        pieces += (*code_span(label, Place.LINE), Literal(" "))
    return [*pieces, *title]


def _fence(value: str, language: str) -> Block:
    return Block("fence", tuple(fenced(value, language)), interrupts=True)


def _counter(item: n.Item, *, first: bool) -> int | None:
    """The number that ITEM asks for: a counter anywhere, the first item's own number."""
    if item.counter is not None:
        return min(max(item.counter, 0), _LARGEST_START)
    if not first:
        return None
    digits = _DIGITS.match(item.bullet)
    return int(digits.group()) if digits else 1
