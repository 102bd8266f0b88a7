"""pandoc AST → the same AST with all text, links, code, tables and images as safe raw Typst.

pandoc's typst writer would let text act as markup (`#sub[x].tar`, `- ` at the start of an item, `-?`
as a soft hyphen), fail on links to places that do not exist, and squash long tables.  After this
pass it only lays out what has no such trap: lists, notes and the order of blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from orgkb.org.semantics.text_commands import is_layout
from orgkb.patterns import pattern
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.pandoc_json import Block, Inline
from orgkb_exporters.pdf import coloring, endless, escape, tables
from orgkb_exporters.pdf.language import language_of
from orgkb_exporters.pdf.prepass_inlines import SHOWN, InlinePrepass, Place, raw

MAX_DEPTH = 14
"""Deepest nesting of lists; Typst gives up at 31 levels of anything.  Deeper items stand at this level."""

_LONG_WORD = pattern(r"\S{27}")
_COMMAND = pattern(r"(?:^|\s)--?[A-Za-z][\w-]*[\s=]")
_ENDS_IN_MARK = pattern(r'#o(?:m|anchor)\("(?:[^"\\]|\\.)*"(?:, \d+)?(?:, "[tl]")?\);\s*$')
_MANY_LINES = 300
_LONGEST_HEAD = 900
"""Characters of the head of a table above which its rows are treated as any other."""
_INDENT = 4
_CONTENTS = Place(notes=False, link=True)
_ALIGNMENTS = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center", "AlignDefault": "left"}


@dataclass(slots=True)
class Prepass(InlinePrepass):
    """Turns pandoc blocks into safe ones; one instance for a whole output."""

    number_depth: int = 9
    """Levels of headings that are numbered."""
    table_line: int = tables.LINE_CHARACTERS
    """Characters of table text that fit a line of the page."""
    code_line: int = 80
    """Characters of code that fit a line of the page; each level of a list takes some."""
    origin: str = ""
    """The address that opens the section in Emacs; empty for none."""
    cut: int = 0
    """Characters of the longest paragraph or line of code that had to be cut."""
    counters: list[int] = field(default_factory=list)
    """The numbers of the last heading, level by level."""
    _bare: bool = False
    """Whether nothing stands between the heading and the next one."""

    def piece(self, blocks: Sequence[Block], document: str, numbered: bool = True) -> list[Block]:
        """The BLOCKS of one headline of the document whose anchor is DOCUMENT."""
        self.skip(document)
        self._bare = all(block["t"] == "Header" for block in blocks)
        return [done for block in blocks for done in self._block(block, 0, numbered=numbered)]

    def skip(self, document: str) -> None:
        """Go on behind a section of DOCUMENT that is known."""
        self._document = document
        self._notes = set()
        self._piece += 1

    @property
    def settings(self) -> tuple[object, ...]:
        """All that decides what is made of a section without notes and formulas, besides what stands around it."""
        return (
            *(self.language, self.addresses, self.images_as_text, self.allow_raw, sorted(self.broken_images)),
            *(self.number_depth, self.table_line, self.code_line, self.origin, self.counters),
        )

    # --- blocks ---

    def _blocks(self, blocks: Sequence[Block], depth: int) -> list[Block]:
        return [done for block in blocks for done in self._block(block, depth)]

    def _block(self, block: Block, depth: int, *, numbered: bool = True) -> list[Block]:
        kind: str = block["t"]
        content: Any = block.get("c")
        match kind:
            case "Para" | "Plain":
                if len(content) == 1 and content[0]["t"] == "Image":
                    return [p.plain([self._image(content[0]["c"], "oimage")])]
                if len(text := p.plain_text(content)) > endless.ENDLESS:
                    self.cut = max(self.cut, len(text))
                    pieces = [p.para(self._paragraph(piece)) for piece in endless.paragraphs(content)]
                    return [_raw_block("#ocut["), *pieces, _raw_block("]")]
                return [{"t": kind, "c": self._paragraph(content, text)}]
            case "Header":
                return [self._header(content, numbered=numbered)]
            case "CodeBlock":
                return [self._code_block(content, depth)]
            case "BulletList" | "OrderedList" | "DefinitionList":
                return self._list(kind, content, depth)
            case "BlockQuote":
                return self._wrapped("oquote", content, depth, weight=2)
            case "LineBlock":
                lines = [[*self._inlines(line, Place()), raw("#linebreak();")] for line in content]
                return [p.plain([raw("#overse["), *(inline for line in lines for inline in line), raw("];")])]
            case "Table":
                return self._table(content, depth)
            case "Figure":
                return self._figure(content, depth)
            case "Div":
                return self._div(content, depth)
            case "HorizontalRule":
                return [_raw_block("#orule();")]
            case "RawBlock" if content[0] in SHOWN and content[1].strip():
                if self.allow_raw and content[0] == "typst":
                    return [_raw_block(escape.evaluated(content[1]))]
                if is_layout(content[1]):
                    return []
                return [self._code_block((("", [content[0]], []), content[1].rstrip("\n")), depth)]
            case _:  # raw blocks for other formats
                return []

    def _paragraph(self, inlines: Sequence[Inline], text: str | None = None) -> list[Inline]:
        """INLINES, whose words are TEXT."""
        done = self._inlines(inlines, Place())
        # Typst takes marks at either end out of the paragraph: a page might end between them and it.
        if done and done[0]["t"] == "RawInline" and done[0]["c"][1].startswith("#oanchor("):
            done.insert(0, raw("#h(0pt);"))
        if done and done[-1]["t"] == "RawInline" and _ENDS_IN_MARK.search(done[-1]["c"][1]):
            done.append(raw("#h(0pt);"))
        text = p.plain_text(inlines) if text is None else text
        language = language_of(text, self.language)
        if language != self.language:
            done = [raw(f"#text(lang: {escape.quoted(language)})["), *done, raw("];")]
        # Justified lines with an address or a path in them have holes, and stretched commands look like others.
        code = sum(len(inline["c"][1]) for inline in inlines if inline["t"] == "Code")
        if 2 * code > len(text) or _COMMAND.search(text) or _LONG_WORD.search(text):
            done = [raw("#ragged["), *done, raw("];")]
        return done

    def _header(self, content: Sequence[Any], *, numbered: bool) -> Block:
        level, (ident, _, pairs), inlines = content
        attributes = dict(pairs)
        arguments = [str(level), escape.quoted(ident), escape.quoted(" ".join(p.plain_text(inlines).split()))]
        if "todo" in attributes:
            arguments.append(f"todo: {escape.quoted(attributes['todo'])}")
            arguments.append("done: true" if attributes.get("done") == "yes" else "done: false")
        if "priority" in attributes:
            arguments.append(f"priority: {escape.quoted(attributes['priority'])}")
        if "tags" in attributes:
            arguments.append(f"tags: {_array(attributes['tags'].split())}")
        number = self._number(level) if numbered else ""
        if number:
            arguments.append(f"number: {escape.quoted(number)}")
        if not self._bare:
            arguments.append("followed: true")
        if self.origin:
            arguments.append(f"origin: {escape.quoted(self.origin)}")
        self._hoisted, self._heading_notes = [], []
        self.emitted.add(ident)
        title = self._inlines(inlines, Place(notes=False, heading=True)) or [raw("\u00a0")]
        # Marks and notes inside the heading would stand in the contents a second time: they follow it.
        notes = [raw("["), *self._heading_notes, raw("]")] if self._heading_notes else []
        after = [raw(mark) for mark in self._hoisted]
        bare = "".join(
            "" if inline["t"] == "Note" else inline["c"][1] if inline["t"] == "RawInline" else " "
            for inline in self._inlines(inlines, replace(_CONTENTS, heading=True))
        )
        self.contents.append((level, ident, f"#oc({level}, {escape.quoted(number)}, {escape.quoted(ident)})[{bare}];"))
        self._hoisted, self._heading_notes = [], []
        return p.plain([raw(f"#oh({', '.join(arguments)})["), *title, raw("]"), *notes, raw(";"), *after])

    def _number(self, level: int) -> str:
        """The number of the next heading of LEVEL, such as `2.1`; empty below the levels that are numbered."""
        if level > self.number_depth:
            return ""
        self.counters = [*self.counters[:level], *[0] * (level - len(self.counters))]
        self.counters[level - 1] += 1
        return ".".join(map(str, self.counters))

    def _code_block(self, content: Sequence[Any], depth: int) -> Block:
        (_, classes, pairs), text = content
        language = classes[0] if classes else ""
        text = escape.code(text).expandtabs(8)
        room = max(10, self.code_line - _INDENT * depth)
        longest = max(map(len, text.split("\n")))
        if longest > endless.LINE:
            self.cut = max(self.cut, longest)
            text = endless.lines(text, room)
        arguments = [escape.quoted(text)]
        if language in {"example", "properties"}:
            arguments.append(f"kind: {escape.quoted(language)}")
        elif language and (colors := coloring.colors(text, language)):
            arguments.append(f"colors: {colors}")
        start = dict(pairs).get("startFrom", "")
        if start.isdecimal() and len(start) < 8:
            arguments.append(f"start: {int(start)}")
        # Many lines are one paragraph to Typst, which takes ever longer for each of them.
        if text.count("\n") > _MANY_LINES or any(
            len(line) > room or (not line.isascii() and escape.columns(line) > room) for line in text.split("\n")
        ):
            arguments.append(f"fit: {room}")
        return _raw_block(f"#ocode({', '.join(arguments)})")

    def _list(self, kind: str, content: Any, depth: int) -> list[Block]:
        if depth >= MAX_DEPTH:
            return self._flat(kind, content, depth)
        if kind == "OrderedList":
            return [{"t": kind, "c": [content[0], [self._item(item, depth) for item in content[1]]]}]
        if kind == "DefinitionList":
            return self._terms(content, depth)
        done: list[Block] = []
        for item in content:
            state = _task_state(item)
            if state is not None:
                first = item[0]
                line = [raw(f"#otaskitem({escape.quoted(state)})["), *self._paragraph(first["c"][2:])]
                done += [{"t": first["t"], "c": line}, *self._blocks(item[1:], depth + 1), _raw_block("]")]
            elif done and done[-1]["t"] == kind:
                done[-1]["c"].append(self._item(item, depth))
            else:
                done.append({"t": kind, "c": [self._item(item, depth)]})
        return done

    def _terms(self, content: Sequence[Any], depth: int) -> list[Block]:
        """A description list; pandoc would put each description on a line of its own."""
        done: list[Block] = [_raw_block("#terms(")]
        for term, definitions in content:
            label = self._inlines(term, Place(notes=False)) or [raw("#none;")]
            blocks = [block for definition in definitions for block in definition]
            head: list[Inline] = []
            if blocks and blocks[0]["t"] in {"Para", "Plain"}:
                head, blocks = self._paragraph(blocks[0]["c"]), blocks[1:]
            line = [raw("terms.item(["), *label, raw("], ["), *head]
            rest = self._blocks(blocks, depth + 1)
            done += [p.para(line), *rest, _raw_block("]),")] if rest else [p.plain([*line, raw("]),")])]
        return [*done, _raw_block(")")]

    def _item(self, blocks: Sequence[Block], depth: int) -> list[Block]:
        if depth + 1 >= MAX_DEPTH:  # what follows is no list any more, so it needs a paragraph before it
            blocks = [p.para(block["c"]) if block["t"] == "Plain" else block for block in blocks]
        return self._blocks(blocks, depth + 1) or [p.plain([raw("#none;")])]

    def _flat(self, kind: str, content: Any, depth: int) -> list[Block]:
        """A list too deep for Typst: its items as paragraphs with their bullets."""
        if kind == "DefinitionList":
            entries = [([*term, p.string(":")], blocks[0]) for term, blocks in content]
        elif kind == "OrderedList":
            first = content[0][0]
            entries = [([p.string(f"{first + i}.")], item) for i, item in enumerate(content[1])]
        else:
            entries = [([p.string("•")], item) for item in content]
        done: list[Block] = []
        for label, blocks in entries:
            head, rest = (
                (blocks[0]["c"], blocks[1:]) if blocks and blocks[0]["t"] in {"Para", "Plain"} else ([], blocks)
            )
            done.append(p.para(self._inlines([*label, p.SPACE, *head], Place())))
            done += self._blocks(rest, depth)
        return done

    def _wrapped(self, call: str, blocks: Sequence[Block], depth: int, weight: int = 1) -> list[Block]:
        """BLOCKS inside a call of a template function; as they are where that would be too deep."""
        if depth + weight > MAX_DEPTH:
            return self._blocks(blocks, depth)
        return [_raw_block(f"#{call}["), *self._blocks(blocks, depth + weight), _raw_block("]")]

    def _div(self, content: Sequence[Any], depth: int) -> list[Block]:
        (ident, classes, pairs), blocks = content
        if "named" in classes:
            anchor = self._anchor(ident)
            return [*([_raw_block(anchor)] if anchor else []), *self._blocks(blocks, depth)]
        match classes[:1]:
            case ["center"]:
                return self._wrapped("align(center)", blocks, depth)
            case ["special"]:
                return self._wrapped(f"ospecial({escape.quoted(classes[1])})", blocks, depth, weight=2)
            case ["drawer"]:
                return self._wrapped(
                    f"odrawer({escape.quoted(dict(pairs).get('drawer', ''))})", blocks, depth, weight=2
                )
            case ["planning"]:
                return self._wrapped("oplanning", blocks, depth)
            case _:
                return self._blocks(blocks, depth)

    def _figure(self, content: Sequence[Any], depth: int) -> list[Block]:
        _, (_, caption), blocks = content
        texts = [self._inlines(block["c"], Place(notes=False)) for block in caption if block["t"] in {"Para", "Plain"}]
        done = self._blocks(blocks, depth + 1)
        function = "ofigure" if any(node["t"] == "Image" for node in p.nodes(blocks)) else "ocaptioned"
        return [_raw_block(f"#{function}["), *map(p.plain, texts), _raw_block("]["), *done, _raw_block("]")]

    def _table(self, content: Sequence[Any], depth: int) -> list[Block]:
        _, (_, caption), columns, (_, head), bodies, _ = content
        groups = [rows for _, _, _, rows in bodies]
        rows = [*head, *(row for group in groups for row in group)]
        texts = [[_cell_text(cell) for cell in row[1]] for row in rows]
        # A head stays whole and stands on every page: one that fills a page is none.
        heads = len(head) if sum(len(text) for row in texts[: len(head)] for text in row) <= _LONGEST_HEAD else 0
        rules: list[str] = [str(len(head))] if head and not heads else []
        count = len(head)
        for group in groups[:-1]:
            count += len(group)
            rules.append(str(count))
        widths = tables.columns(texts, self.table_line - 5 * depth)
        limits = tables.limits(texts, widths, self.table_line - 5 * depth)
        arguments = [
            f"columns: {_sequence(widths)}",
            f"align: {_sequence([_ALIGNMENTS[alignment['t']] for alignment, _ in columns])}",
            f"head: {heads}",
            f"rules: {_sequence(rules)}",
        ]
        line: list[Inline] = [raw(f"#otable({', '.join(arguments)})[")]
        for block in caption:
            line += self._inlines(block.get("c") or [], Place(notes=False))
        line.append(raw("]"))
        for number, row in enumerate(rows):
            # A head is repeated on each page, where nothing in it can be a place of its own.
            usual = Place(notes=number >= heads, link=number < heads)
            for column, cell in enumerate(row[1]):
                place = replace(usual, limit=limits[column] if column < len(limits) else tables.CELL_LIMIT)
                inlines = [inline for block in cell[4] for inline in self._inlines(block.get("c") or [], place)]
                line += [raw("["), *inlines, raw("]")]
        return [p.plain([*line, raw(";")])]


def anchors_in(blocks: Sequence[Block]) -> set[str]:
    """The identifiers of headings, spans and divs in BLOCKS."""
    return anchors_of(p.nodes(blocks))


def anchors_of(nodes: Iterable[Mapping[str, Any]]) -> set[str]:
    """The identifiers of those of NODES that are headings, spans or divs."""
    found: set[str] = set()
    for node in nodes:
        if node["t"] in {"Span", "Div"}:
            found.add(node["c"][0][0])
        elif node["t"] == "Header":
            found.add(node["c"][1][0])
    found.discard("")
    return found


def _task_state(item: Sequence[Block]) -> str | None:
    """`open`, `done` or `partial` for an item that begins with a check box."""
    if not item or item[0]["t"] not in {"Para", "Plain"} or not item[0]["c"] or item[0]["c"][0]["t"] != "Span":
        return None
    classes = item[0]["c"][0]["c"][0][1]
    return str(classes[1]) if classes[:1] == ["task"] else None


def _raw_block(text: str) -> Block:
    return p.raw_block("typst", text)


def _sequence(values: Sequence[str]) -> str:
    """A Typst array of VALUES as they are; the comma after the last one keeps a single value an array."""
    return f"({''.join(f'{value}, ' for value in values)})"


def _array(values: Sequence[str]) -> str:
    return _sequence([escape.quoted(value) for value in values])


def _cell_text(cell: Sequence[Any]) -> str:
    return "".join(p.plain_text(block.get("c") or []) for block in cell[4])
