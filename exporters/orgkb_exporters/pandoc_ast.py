"""A prepared document tree → pandoc's JSON, for every format that pandoc writes.

What notes contain for one back-end only (export blocks and snippets) becomes raw pandoc nodes of
that format: whoever writes a format decides whether it may pass.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.walk import find, walk_document
from orgkb.patterns import pattern
from orgkb_exporters import pandoc_json as p
from orgkb_exporters import raw, tex
from orgkb_exporters.pandoc_inlines import InlineWriter, Media, Names
from orgkb_exporters.pandoc_json import Block, Inline
from orgkb_exporters.pandoc_tables import table_block

MAX_LEVEL = 9
"""Deepest heading that is written; deeper headlines get this level."""

MAX_NOTES = 4
"""How deep footnotes may cite footnotes; below, the label stays as written."""

_CHECKBOXES = {"[X]": ("done", "☒"), "[ ]": ("open", "☐"), "[-]": ("partial", "◪")}
_ORDERED = pattern(r"(\d+|[A-Za-z])([.)])")
_START_NUMBER = pattern(r"(?:^|\s)([-+])n(?:\s+(\d+))?(?=\s|$)")


class Piece(msgspec.Struct, frozen=True):
    """The blocks of one headline, or of the text before the first."""

    document: int
    """Index in the graph's documents."""
    headline: int
    """Index of the headline; -1 before the first."""
    blocks: tuple[Block, ...]


class DocumentWriter:
    """Writes one document as pieces, in the order of the text."""

    def __init__(
        self,
        graph: ConceptGraph,
        document: Document,
        *,
        names: Names,
        media: Media,
        linked: Collection[str] = (),
        shift: int = 0,
    ) -> None:
        """LINKED are the ids of concepts whose first mention in each section becomes a link; SHIFT is added to levels."""
        self._document = document
        self._names = names
        self._shift = shift
        self._index = names.documents[document.path]
        self._inlines = InlineWriter(graph, document, names, media, linked, self._footnote)
        self._definitions: dict[str, n.FootnoteDefinition | n.FootnoteReference] = {}
        self._cited: set[str] = set()
        for node in walk_document(document):
            if isinstance(node, n.FootnoteReference) and node.label:
                self._cited.add(node.label)
                if node.children is not None:
                    self._definitions.setdefault(node.label, node)
            elif isinstance(node, n.FootnoteDefinition):
                self._definitions[node.label] = node
        self._written: set[str] = set()
        self._open = 0

    def pieces(self) -> Iterator[Piece]:
        """The text before the first headline, then one piece for each headline."""
        yield Piece(self._index, -1, self.section(None))
        for headline in self._document.headlines:
            yield Piece(self._index, headline.index, self.section(headline))

    def section(self, headline: n.Headline | None) -> tuple[Block, ...]:
        """The heading HEADLINE and the text below it, or the text before the first one."""
        self._inlines.new_section()
        if headline is None:
            return tuple(self.blocks(self._document.section))
        heading = self._heading(headline)
        return (heading, *self.blocks(headline.children))

    def told_of(self, link: n.Link) -> tuple[object, ...] | None:
        """What decides how LINK is written, besides itself; None for pictures, of which more does."""
        return self._inlines.told_of(link)

    def told_of_mentions(self, begin: int, end: int) -> list[tuple[object, ...]]:
        """What decides how the mentions from offset BEGIN to END are written; offsets count from BEGIN."""
        return self._inlines.told_of_mentions(begin, end)

    def inlines(self, objects: Iterable[n.Object]) -> list[Inline]:
        """OBJECTS of this document as inlines."""
        return self._inlines.inlines(objects)

    def blocks(self, elements: Iterable[n.Element]) -> list[Block]:
        """ELEMENTS of this document as blocks."""
        return [block for element in elements for block in self._named(element)]

    def _heading(self, headline: n.Headline) -> Block:
        pairs = {"tags": " ".join(headline.tags)} if headline.tags else {}
        if headline.todo:
            pairs["todo"] = headline.todo
            pairs["done"] = "yes" if headline.todo_done else "no"
        if headline.priority:
            pairs["priority"] = headline.priority
        level = min(MAX_LEVEL, max(1, headline.level + self._shift))
        attributes = p.attr(self._names.headline(self._document, headline), (), pairs)
        return p.header(level, attributes, self._inlines.title(headline.title))

    # --- elements ---

    def _named(self, element: n.Element) -> list[Block]:
        """ELEMENT with its caption, and with an anchor where links may lead to it."""
        blocks = self._element(element)
        if not blocks:
            return blocks
        caption = self.inlines(element.affiliated.caption) if element.affiliated else []
        if caption and blocks[0]["t"] not in {"Table", "Figure"}:
            blocks = [p.figure(blocks, caption)]
        name = self._names.node(self._document, element)
        if name in self._names.wanted and not _begins_with_target(element):
            return [p.div(blocks, name, ["named"])]
        return blocks

    def _element(self, element: n.Element) -> list[Block]:
        match element:
            case n.Paragraph():
                return self._paragraph(element)
            case n.PlainList():
                return self._list(element)
            case n.Item():
                return self._list(n.PlainList(element.begin, element.end, None, "unordered", (element,)))
            case n.Table():
                return self._table(element)
            case n.SrcBlock():
                classes = [element.language.lower()] if element.language.strip() else []
                return [p.code_block(element.value.rstrip("\n"), classes, _line_numbers(element.switches))]
            case n.ExampleBlock():
                return [p.code_block(element.value.rstrip("\n"), ["example"], _line_numbers(element.switches))]
            case n.FixedWidth():
                return [p.code_block(element.value.rstrip("\n"), ["example"])]
            case n.ExportBlock() | n.Keyword():
                found = raw.of_element(element)
                return [p.raw_block(*found)] if found else []
            case n.VerseBlock():
                return [p.line_block(self._verse(element))]
            case n.QuoteBlock():
                return [p.block_quote(self.blocks(element.children))]
            case n.CenterBlock():
                return [p.div(self.blocks(element.children), classes=["center"])]
            case n.SpecialBlock():
                return [p.div(self.blocks(element.children), classes=["special", element.name.lower()])]
            case n.DynamicBlock():
                return self.blocks(element.children)
            case n.Drawer():
                return [p.div(self.blocks(element.children), classes=["drawer"], pairs={"drawer": element.name})]
            case n.FootnoteDefinition():
                return self._uncited(element)
            case n.PropertyDrawer():
                lines = "\n".join(f"{entry.key}: {entry.value}".rstrip() for entry in element.children)
                return [p.code_block(lines, ["properties"])] if lines else []
            case n.NodeProperty():
                return [p.code_block(f"{element.key}: {element.value}".rstrip(), ["properties"])]
            case n.Planning():
                return self._planning(element)
            case n.Clock():
                stamp = element.timestamp.raw if element.timestamp else ""
                return [_stamps([("CLOCK", " => ".join(filter(None, (stamp, element.duration))))])]
            case n.HorizontalRule():
                return [p.HORIZONTAL_RULE]
            case n.LatexEnvironment():
                return [_environment(element.value)]
            case n.Inlinetask():
                return self._inlinetask(element)
            case n.TableRow():
                return self._table(n.Table(element.begin, element.end, None, "org", (element,), (), ""))
            case n.Comment() | n.CommentBlock() | n.BabelCall() | n.DiarySexp():
                return []
            case _:
                # An element of another package: what it contains is still shown.
                return self.blocks(getattr(element, "children", None) or ())

    def _paragraph(self, paragraph: n.Paragraph) -> list[Block]:
        picture = self._inlines.image(paragraph)
        if picture is not None:
            caption = self.inlines(paragraph.affiliated.caption) if paragraph.affiliated else []
            if caption and picture[0]["t"] == "Image":
                return [p.figure([p.plain(picture)], caption)]
            return [p.para(picture)]
        inlines = self.inlines(paragraph.children)
        return [p.para(inlines)] if inlines else []

    def _verse(self, verse: n.VerseBlock) -> list[list[Inline]]:
        """The lines of VERSE; spaces at their beginning become no-break spaces, which writers keep."""
        lines: list[list[Inline]] = [[]]
        for obj in verse.children:
            if not isinstance(obj, n.Text):
                lines[-1] += self._inlines.inlines([obj]) if not isinstance(obj, n.LineBreak) else []
                continue
            position = obj.begin
            for index, line in enumerate(obj.value.split("\n")):
                if index:
                    lines.append([])
                bare = line.lstrip(" \t") if not lines[-1] else line
                indent = line[: len(line) - len(bare)].expandtabs(8)
                if indent and bare:
                    lines[-1].append(p.string("\u00a0" * len(indent)))
                lines[-1] += p.words(bare)
                position += len(line) + 1
        while lines and not lines[-1]:
            lines.pop()
        return [p.strip(line) for line in lines]

    # --- lists ---

    def _list(self, plain_list: n.PlainList) -> list[Block]:
        """One list, or several: tagged and untagged items cannot share one, nor can numbers start anew inside it."""
        blocks: list[Block] = []
        group: list[n.Item] = []
        tagged = False
        for item in plain_list.children:
            has_tag = item.tag is not None
            if group and (has_tag != tagged or (item.counter is not None and plain_list.kind == "ordered")):
                blocks.append(self._items(plain_list.kind, group))
                group = []
            tagged = has_tag
            group.append(item)
        if group:
            blocks.append(self._items(plain_list.kind, group))
        return blocks

    def _items(self, kind: str, items: Sequence[n.Item]) -> Block:
        if items[0].tag is not None:
            return p.definition_list([self._tagged(item) for item in items])
        tight = all(_is_tight(item) for item in items)
        written = [self._item(item, tight=tight) for item in items]
        if kind != "ordered":
            return p.bullet_list(written)
        match = _ORDERED.match(items[0].bullet)
        number, closing = match.groups() if match else ("1", ".")
        start = items[0].counter if items[0].counter is not None else 1
        style = "Decimal" if number.isdigit() else "LowerAlpha" if number.islower() else "UpperAlpha"
        return p.ordered_list(written, max(0, start), style, "Period" if closing == "." else "OneParen")

    def _tagged(self, item: n.Item) -> tuple[list[Inline], list[Block]]:
        term = [*self._anchor(item), *_checkbox(item), *self.inlines(item.tag or ())]
        return term, _tight(self.blocks(item.children)) if _is_tight(item) else self.blocks(item.children)

    def _item(self, item: n.Item, *, tight: bool) -> list[Block]:
        blocks = self.blocks(item.children)
        box = [*self._anchor(item), *_checkbox(item)]
        if box and blocks and blocks[0]["t"] == "Para":
            blocks[0] = p.para([*box, *blocks[0]["c"]])
        elif box:
            blocks.insert(0, p.para(p.strip(box)))
        return _tight(blocks) if tight else blocks

    def _anchor(self, item: n.Item) -> list[Inline]:
        """A place for links to an item by its tag or name; only where one leads there."""
        name = self._names.node(self._document, item)
        return [p.span([], name, ["item"])] if name in self._names.wanted else []

    # --- the others ---

    def _table(self, table: n.Table) -> list[Block]:
        if table.kind != "org":
            return [p.code_block(table.value.rstrip("\n"), ["example"])]
        caption = self.inlines(table.affiliated.caption) if table.affiliated else []
        block = table_block(table, self.inlines, caption, "")
        return [block] if block else []

    def _planning(self, planning: n.Planning) -> list[Block]:
        entries = [
            (label, stamp.raw)
            for label, stamp in (
                ("CLOSED", planning.closed),
                ("DEADLINE", planning.deadline),
                ("SCHEDULED", planning.scheduled),
            )
            if stamp is not None
        ]
        return [_stamps(entries)] if entries else []

    def _inlinetask(self, task: n.Inlinetask) -> list[Block]:
        title: list[Inline] = []
        if task.todo:
            title += [p.span([p.string(task.todo)], classes=["todo", "open"]), p.SPACE]
        title.append(p.wrap("Strong", self.inlines(task.title)))
        for tag in task.tags:
            title += [p.SPACE, p.span([p.string(tag)], classes=["tag"])]
        return [p.div([p.para(title), *self.blocks(task.children)], classes=["special", "inlinetask"])]

    def _footnote(self, label: str) -> list[Block] | None:
        definition = self._definitions.get(label)
        if definition is None or self._open >= MAX_NOTES:
            return None
        if label in self._written:
            return []
        self._written.add(label)
        self._open += 1
        if isinstance(definition, n.FootnoteReference):
            blocks = [p.para(self.inlines(definition.children or ()))]
        else:
            blocks = self.blocks(definition.children)
        self._open -= 1
        return blocks or [p.para([])]

    def _uncited(self, definition: n.FootnoteDefinition) -> list[Block]:
        """A definition that nothing cites: it stays where it stands, so that no text is lost."""
        if definition.label in self._cited:
            return []
        label = p.string(f"[fn:{definition.label}]")
        blocks = self.blocks(definition.children)
        if blocks and blocks[0]["t"] == "Para":
            return [p.para([label, p.SPACE, *blocks[0]["c"]]), *blocks[1:]]
        return [p.para([label]), *blocks]


def _begins_with_target(element: n.Element) -> bool:
    """Whether the first thing in ELEMENT is a target: it has the anchor that ELEMENT would have."""
    first = element.children[0] if isinstance(element, n.Paragraph) and element.children else None
    return isinstance(first, n.Target | n.RadioTarget) and first.begin == element.begin


def targets(graph: ConceptGraph, names: Names) -> frozenset[str]:
    """The identifiers of the nodes, headlines apart, to which links of the notes lead."""
    found: set[str] = set()
    for document in graph.documents:
        for link in find((*document.section, *document.headlines), n.Link):
            place = graph.links.resolve(document, link)
            if place is None or place.node is None or place.document.path not in names.documents:
                continue
            if not isinstance(place.node, n.Headline):
                found.add(names.node(place.document, place.node))
    return frozenset(found)


def _is_tight(item: n.Item) -> bool:
    """Whether the item is one paragraph, at most with lists below it."""
    first, *rest = item.children or (None,)
    return (first is None or isinstance(first, n.Paragraph | n.PlainList)) and all(
        isinstance(element, n.PlainList) for element in rest
    )


def _tight(blocks: list[Block]) -> list[Block]:
    return [p.plain(block["c"]) if block["t"] == "Para" else block for block in blocks]


def _checkbox(item: n.Item) -> list[Inline]:
    if item.checkbox.upper() not in _CHECKBOXES:
        return []
    state, sign = _CHECKBOXES[item.checkbox.upper()]
    return [p.span([p.string(sign)], classes=["task", state]), p.SPACE]


def _stamps(entries: Sequence[tuple[str, str]]) -> Block:
    inlines: list[Inline] = []
    for label, stamp in entries:
        inlines += [p.SPACE] if inlines else []
        inlines += [p.wrap("Strong", [p.string(f"{label}:")]), p.SPACE, p.span(p.words(stamp), classes=["timestamp"])]
    return p.div([p.para(inlines)], classes=["planning"])


def _environment(value: str) -> Block:
    """A LaTeX environment: a formula where it is one of mathematics, else its source."""
    formula = tex.environment_formula(value)
    if formula is None or tex.acts(value):
        return p.code_block(value.strip(), ["latex"])
    return p.para([p.math(formula[1], display=formula[0])])


def _line_numbers(switches: str) -> dict[str, str]:
    """Pandoc's attributes for `-n 20` and `+n`."""
    match = _START_NUMBER.search(switches)
    return {"startFrom": match[2] or "1"} if match else {}


def meta_inlines(text: str) -> dict[str, Any]:
    """TEXT as a value of pandoc's metadata."""
    return {"t": "MetaInlines", "c": p.words(text)}
