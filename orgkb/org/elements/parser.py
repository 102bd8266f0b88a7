"""Lines to elements: the block level of Org (Org syntax, "Elements").

One `ElementParser` reads one text.  Every decision is made from the classified lines
(`orgkb.org.lines`), so the work is linear in the text.
"""

from __future__ import annotations

from collections.abc import Callable

from orgkb.org import limits
from orgkb.org import nodes as n
from orgkb.org.elements import blocks, drawers, simple, tables
from orgkb.org.lines import Kind, LineTable
from orgkb.org.lists import ITEM, Structure, inlinetask_end, siblings, structure
from orgkb.org.objects import ObjectParser, Restriction
from orgkb.org.outline import headline_line, todo_words
from orgkb.patterns import pattern

_AFFILIATED = pattern(r"[ \t]*#\+(?P<key>[-_A-Za-z0-9]+)(?:\[(?P<optional>.*)\])?:[ \t]*(?P<value>.*)")
_OLD_KEYS = {
    "DATA": "NAME",
    "LABEL": "NAME",
    "RESNAME": "NAME",
    "SOURCE": "NAME",
    "SRCNAME": "NAME",
    "TBLNAME": "NAME",
    "RESULT": "RESULTS",
    "HEADERS": "HEADER",
}
_NOT_PARAGRAPH_END = frozenset({Kind.TEXT, Kind.DUAL, Kind.HEADLINE})


class ElementParser:
    """Reads the elements of one text."""

    def __init__(self, table: LineTable, objects: ObjectParser) -> None:
        """Read the lines of TABLE; OBJECTS reads inline text."""
        self.table = table
        self.text = table.text
        self.objects = objects
        self.keywords: list[tuple[str, str]] = []
        """(key, value) of every keyword read so far: the file's settings."""
        self._run = (0, 0)
        self.table_el_run = (0, 0)
        self._depth = 0

    # --- sections ---

    def section(self, begin: int, end: int, *, below_headline: bool) -> tuple[n.Element, ...]:
        """The elements of lines [BEGIN, END), which are a headline's section or the text before the first."""
        out: list[n.Element] = []
        i = begin
        if below_headline:
            if i < end and (planning := drawers.planning(self, i)):
                out.append(planning)
                i += 1
            drawer_at = i
        else:
            while i < end and self.table.kinds[i] is Kind.BLANK:
                i += 1
            if i < end and self.table.kinds[i] is Kind.COMMENT:
                comment, i = simple.comment(self, i, end)
                out.append(comment)
            drawer_at = i
        if drawer_at < end and (drawer := drawers.property_drawer(self, drawer_at, end)):
            out.append(drawer[0])
            i = drawer[1]
        out += self.elements(i, end)
        return tuple(out)

    def elements(
        self, begin: int, end: int, found: Structure | None = None, first_offset: int = -1
    ) -> tuple[n.Element, ...]:
        """The elements of lines [BEGIN, END).

        FOUND are the items of the list around; FIRST_OFFSET is given where the first line begins
        in the middle, after a bullet or footnote label: then a paragraph comes first.
        """
        if self._depth >= limits.ELEMENT_DEPTH:
            return self._too_deep(begin, end, first_offset)
        self._depth += 1
        out: list[n.Element] = []
        kinds = self.table.kinds
        i = begin
        if first_offset >= 0:
            element, i = self.paragraph(begin, end, None, begin, first_offset)
            out.append(element)
        while i < end:
            kind = kinds[i]
            if kind is Kind.BLANK:
                i += 1
                continue
            if kind is Kind.TEXT:
                element, i = self.paragraph(i, end, None, i)
            elif kind is Kind.ITEM:
                element, i = self._plain_list(i, end, None, i, found)
            elif kind is Kind.COMMENT:
                element, i = simple.comment(self, i, end)
            elif kind is Kind.CLOCK:
                element, i = simple.clock(self, i)
            elif kind is Kind.INLINETASK:
                element, i = self._inlinetask(i, end)
            else:
                element, i = self._affiliable(i, end, found)
            out.append(element)
        self._depth -= 1
        return tuple(out)

    def _too_deep(self, begin: int, end: int, first_offset: int) -> tuple[n.Element, ...]:
        while begin < end and first_offset < 0 and self.table.kinds[begin] is Kind.BLANK:
            begin += 1
        if begin >= end:
            return ()
        offset = first_offset if first_offset >= 0 else self.table.starts[begin]
        last = self.last_text_line(begin, end)
        stop = self.table.end_offset(last)
        return (n.Paragraph(offset, stop, None, (n.Text(offset, stop, self.text[offset:stop]),)),)

    def _affiliable(self, i: int, end: int, found: Structure | None) -> tuple[n.Element, int]:
        """The element at line I, with the affiliated keywords that begin there."""
        kinds = self.table.kinds
        affiliated, start = None, i
        if kinds[i] is Kind.AFFILIATED:
            run_end = self._affiliated_end(i, end)
            if run_end >= end or kinds[run_end] is Kind.BLANK:
                return simple.keyword(self, i, end, None, i)
            affiliated = self._affiliated(i, run_end)
            i = run_end
        kind = kinds[i]
        if kind is Kind.ITEM:
            return self._plain_list(i, end, affiliated, start, found)
        reader = _READERS.get(kind)
        return reader(self, i, end, affiliated, start) if reader else self.paragraph(i, end, affiliated, start)

    # --- affiliated keywords ---

    def _affiliated_end(self, i: int, end: int) -> int:
        """The line after the run of affiliated keywords that line I belongs to, at most END."""
        if not self._run[0] <= i < self._run[1]:
            stop = i
            kinds = self.table.kinds
            while stop < len(kinds) and kinds[stop] is Kind.AFFILIATED:
                stop += 1
            self._run = (i, stop)
        return min(self._run[1], end)

    def _affiliated(self, begin: int, end: int) -> n.Affiliated:
        keywords: list[n.AffiliatedKeyword] = []
        caption: list[n.Object] = []
        short: list[n.Object] = []
        for i in range(begin, end):
            match = _AFFILIATED.match(self.table.lines[i])
            assert match, "the line was classified as an affiliated keyword"
            key = match["key"].upper()
            key = _OLD_KEYS.get(key, key)
            start = self.table.starts[i]
            value = match["value"].rstrip(" \t")
            keywords.append(n.AffiliatedKeyword(key, match["optional"], value, start))
            if key == "CAPTION":
                at = start + match.start("value")
                if caption and value:
                    caption.append(n.Text(at, at, " "))
                caption += self.objects.parse(at, at + len(value), Restriction.KEYWORD)
                if match["optional"]:
                    at = start + match.start("optional")
                    short += self.objects.parse(at, start + match.end("optional"), Restriction.KEYWORD)
        return n.Affiliated(self.table.starts[end], tuple(keywords), tuple(caption), tuple(short))

    # --- paragraphs and lists ---

    def last_text_line(self, begin: int, end: int) -> int:
        """The last line of [BEGIN, END) that is not blank; BEGIN where all are."""
        kinds = self.table.kinds
        last = end - 1
        while last > begin and kinds[last] is Kind.BLANK:
            last -= 1
        return last

    def paragraph(
        self, i: int, end: int, affiliated: n.Affiliated | None, start: int, offset: int = -1
    ) -> tuple[n.Element, int]:
        """The paragraph whose text begins at line I; START is the line of its first affiliated keyword."""
        kinds = self.table.kinds
        stop = i + 1
        while stop < end:
            kind = kinds[stop]
            if kind is not Kind.TEXT and self._ends_paragraph(kind, stop, end):
                break
            stop += 1
        begin = offset if offset >= 0 else self.table.starts[i]
        text_end = max(begin, self.table.end_offset(stop - 1))
        children = self.objects.parse(begin, text_end, Restriction.PARAGRAPH)
        first = begin if affiliated is None else self.table.starts[start]
        return n.Paragraph(first, text_end, affiliated, children), stop

    def _ends_paragraph(self, kind: Kind, i: int, end: int) -> bool:
        """Whether line I ends a paragraph: blocks, drawers and environments must be closed."""
        if kind in _NOT_PARAGRAPH_END:
            return False
        if kind is Kind.BLOCK:
            return self.table.closer("_" + self.table.block_name(i).lower(), i, end) >= 0
        if kind is Kind.DRAWER:
            return self.table.closer(":END:", i, end) >= 0
        if kind is Kind.LATEX:
            return self.table.closer("\\" + self.table.latex_name(i).lower(), i, end) >= 0
        return True

    def _plain_list(
        self, i: int, end: int, affiliated: n.Affiliated | None, start: int, found: Structure | None
    ) -> tuple[n.Element, int]:
        if found is None or i not in found:
            found = structure(self.table, i, end)
        items: list[n.Item] = []
        stop = i
        for span in siblings(found, i):
            items.append(self._item(span.begin, span.end, found))
            stop = span.end
        first = items[0]
        kind = "unordered"
        if first.bullet[0].isdigit():
            kind = "ordered"
        elif first.tag is not None:
            kind = "descriptive"
        return n.PlainList(self.table.starts[start], items[-1].end, affiliated, kind, tuple(items)), stop

    def _item(self, begin: int, end: int, found: Structure) -> n.Item:
        line, start = self.table.lines[begin], self.table.starts[begin]
        match = ITEM.match(line)
        assert match, "the line was classified as an item"
        bullet = match["bullet"]
        tag = None
        at = match.end()
        if match["tag"] is not None:
            if bullet in "-+*":
                tag = self.objects.parse(start + match.start("term"), start + match.end("term"), Restriction.TITLE)
            else:
                at = match.start("tag")
        while at < len(line) and line[at] in " \t":
            at += 1
        last = self.last_text_line(begin, end)
        counter = match["counter"]
        children: tuple[n.Element, ...] = ()
        if at < len(line):
            children = self.elements(begin, last + 1, found, start + at)
        elif last > begin:
            children = self.elements(begin + 1, last + 1, found)
        return n.Item(
            start,
            self.table.end_offset(last),
            None,
            bullet,
            None if counter is None else _counter(counter),
            match["checkbox"] or "",
            tag,
            children,
        )

    def _inlinetask(self, i: int, end: int) -> tuple[n.Element, int]:
        """An inline task; its TODO word is one that is defined above it."""
        line = headline_line(self.table.lines[i], self.table.starts[i], None, None, todo_words(self.keywords))
        close = inlinetask_end(self.table, i, end)
        last = max(i, close)
        task = n.Inlinetask(
            self.table.starts[i],
            self.table.end_offset(last),
            None,
            level=line.level,
            todo=line.todo,
            priority=line.priority,
            title=self.objects.parse(line.title_begin, line.title_end, Restriction.TITLE),
            tags=line.tags,
            children=self.section(i + 1, close, below_headline=True) if close > i else (),
        )
        return task, last + 1


Reader = Callable[[ElementParser, int, int, n.Affiliated | None, int], tuple[n.Element, int]]
"""(parser, first line, end of the container, affiliated keywords, their first line) → (element, next line)."""

_READERS: dict[Kind, Reader] = {
    Kind.LATEX: blocks.latex,
    Kind.DRAWER: drawers.drawer,
    Kind.FIXED_WIDTH: simple.fixed_width,
    Kind.BLOCK: blocks.block,
    Kind.DYNAMIC_BLOCK: blocks.dynamic_block,
    Kind.KEYWORD: simple.keyword,
    Kind.DUAL: simple.keyword,
    Kind.AFFILIATED: simple.keyword,
    Kind.FOOTNOTE: drawers.footnote,
    Kind.RULE: simple.rule,
    Kind.DIARY: simple.diary,
    Kind.TABLE: tables.org_table,
    Kind.TABLE_EL: tables.table_el,
}
"""Who reads the element that a line of this kind begins."""


def _counter(text: str) -> int:
    """The number that a `[@12]` or `[@c]` sets."""
    if not text.isdigit():
        return ord(text.upper()) - 64
    return int(text) if len(text) <= limits.COUNTER_DIGITS else 10**limits.COUNTER_DIGITS - 1
