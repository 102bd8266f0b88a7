"""Lines to elements: the block level of Org (Org syntax, "Elements").

One `ElementParser` reads one text.  Every decision is made from the classified lines
(`orgkb.org.lines`), so the work is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from orgkb.org import limits
from orgkb.org import nodes as n
from orgkb.org.lines import Kind, LineTable
from orgkb.org.lists import ITEM, Structure, inlinetask_end, siblings, structure
from orgkb.org.objects import ObjectParser, Restriction
from orgkb.org.outline import headline_line, todo_words
from orgkb.org.timestamps import planning_timestamps, read_timestamp

_SRC = re.compile(
    r"[ \t]*#\+\S+(?:[ \t]+(?P<language>\S+))?"
    r"(?P<switches>(?:[ \t]+(?:-l \".+?\"|-[ikr]|[-+]n(?:[ \t]+[0-9]+)?)(?=[ \t]|\Z))*)(?P<parameters>.*)"
)
_AFFILIATED = re.compile(r"[ \t]*#\+(?P<key>[-_A-Za-z0-9]+)(?:\[(?P<optional>.*)\])?:[ \t]*(?P<value>.*)")
_KEYWORD = re.compile(r"[ \t]*#\+(?P<key>\S*):(?P<value>.*)")
_DYNAMIC = re.compile(r"[ \t]*#\+\S+[ \t]+(?P<name>\S+)(?P<arguments>.*)")
_PROPERTY = re.compile(r"[ \t]*:(?P<key>\S+):(?:[ \t](?P<value>.*))?\Z")
_CLOCK = re.compile(r"[ \t]*CLOCK:[ \t]*(?P<time>\[.*\])?(?:[ \t]*=>[ \t]*(?P<duration>\d+:\d\d))?", re.IGNORECASE)
_COMMA = re.compile(r"^([ \t]*,*),(?=\*|#\+)", re.MULTILINE)
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
        self._objects = objects
        self.keywords: list[tuple[str, str]] = []
        """(key, value) of every keyword read so far: the file's settings."""
        self._run = (0, 0)
        self._table_el_run = (0, 0)
        self._depth = 0
        self._by_kind: dict[Kind, Callable[[int, int, n.Affiliated | None, int], tuple[n.Element, int]]] = {
            Kind.LATEX: self._latex,
            Kind.DRAWER: self._drawer,
            Kind.FIXED_WIDTH: self._fixed_width,
            Kind.BLOCK: self._block,
            Kind.DYNAMIC_BLOCK: self._dynamic_block,
            Kind.KEYWORD: self._keyword,
            Kind.DUAL: self._keyword,
            Kind.AFFILIATED: self._keyword,
            Kind.FOOTNOTE: self._footnote,
            Kind.RULE: self._rule,
            Kind.DIARY: self._diary,
            Kind.TABLE: self._org_table,
            Kind.TABLE_EL: self._table_el,
        }

    # --- sections ---

    def section(self, begin: int, end: int, *, below_headline: bool) -> tuple[n.Element, ...]:
        """The elements of lines [BEGIN, END), which are a headline's section or the text before the first."""
        out: list[n.Element] = []
        i = begin
        if below_headline:
            if i < end and (planning := self._planning(i)):
                out.append(planning)
                i += 1
            drawer_at = i
        else:
            while i < end and self.table.kinds[i] is Kind.BLANK:
                i += 1
            if i < end and self.table.kinds[i] is Kind.COMMENT:
                comment, i = self._comment(i, end)
                out.append(comment)
            drawer_at = i
        if drawer_at < end and (drawer := self._property_drawer(drawer_at, end)):
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
            element, i = self._paragraph(begin, end, None, begin, first_offset)
            out.append(element)
        while i < end:
            kind = kinds[i]
            if kind is Kind.BLANK:
                i += 1
                continue
            if kind is Kind.TEXT:
                element, i = self._paragraph(i, end, None, i)
            elif kind is Kind.ITEM:
                element, i = self._plain_list(i, end, None, i, found)
            elif kind is Kind.COMMENT:
                element, i = self._comment(i, end)
            elif kind is Kind.CLOCK:
                element, i = self._clock(i)
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
        last = self._last_text_line(begin, end)
        stop = self.table.end_offset(last)
        return (n.Paragraph(offset, stop, None, (n.Text(offset, stop, self.text[offset:stop]),)),)

    def _affiliable(self, i: int, end: int, found: Structure | None) -> tuple[n.Element, int]:
        """The element at line I, with the affiliated keywords that begin there."""
        kinds = self.table.kinds
        affiliated, start = None, i
        if kinds[i] is Kind.AFFILIATED:
            run_end = self._affiliated_end(i, end)
            if run_end >= end or kinds[run_end] is Kind.BLANK:
                return self._keyword(i, end, None, i)
            affiliated = self._affiliated(i, run_end)
            i = run_end
        kind = kinds[i]
        if kind is Kind.ITEM:
            return self._plain_list(i, end, affiliated, start, found)
        handler = self._by_kind.get(kind)
        return handler(i, end, affiliated, start) if handler else self._paragraph(i, end, affiliated, start)

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
                caption += self._objects.parse(at, at + len(value), Restriction.KEYWORD)
                if match["optional"]:
                    at = start + match.start("optional")
                    short += self._objects.parse(at, start + match.end("optional"), Restriction.KEYWORD)
        return n.Affiliated(self.table.starts[end], tuple(keywords), tuple(caption), tuple(short))

    # --- paragraphs and lists ---

    def _last_text_line(self, begin: int, end: int) -> int:
        kinds = self.table.kinds
        last = end - 1
        while last > begin and kinds[last] is Kind.BLANK:
            last -= 1
        return last

    def _paragraph(
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
        children = self._objects.parse(begin, text_end, Restriction.PARAGRAPH)
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
                tag = self._objects.parse(start + match.start("term"), start + match.end("term"), Restriction.TITLE)
            else:
                at = match.start("tag")
        while at < len(line) and line[at] in " \t":
            at += 1
        last = self._last_text_line(begin, end)
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
            None if counter is None else int(counter) if counter.isdigit() else ord(counter.upper()) - 64,
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
            title=self._objects.parse(line.title_begin, line.title_end, Restriction.TITLE),
            tags=line.tags,
            children=self.section(i + 1, close, below_headline=True) if close > i else (),
        )
        return task, last + 1

    # --- blocks ---

    def _block(self, i: int, end: int, affiliated: n.Affiliated | None, start: int) -> tuple[n.Element, int]:
        name = self.table.block_name(i)
        lower = name.lower()
        close = self.table.closer("_" + lower, i, end)
        if close < 0:
            return self._paragraph(i, end, affiliated, start)
        begin, stop = self.table.starts[start], self.table.end_offset(close)
        line = self.table.lines[i]
        match = _SRC.match(line)
        assert match, "the line was classified as the begin of a block"
        element: n.Element
        if lower == "src":
            language, switches = match["language"] or "", match["switches"].strip()
            parameters = match["parameters"].strip()
            value = self._literal(i + 1, close)
            element = n.SrcBlock(begin, stop, affiliated, language, switches, parameters, value)
        elif lower == "example":
            switches = line.lstrip()[len("#+begin_example") :].strip()
            element = n.ExampleBlock(begin, stop, affiliated, switches, self._literal(i + 1, close))
        elif lower == "export":
            backend = (match["language"] or "").lower()
            element = n.ExportBlock(begin, stop, affiliated, backend, self._literal(i + 1, close))
        elif lower == "comment":
            value = self.text[self.table.starts[i + 1] : self.table.starts[close]]
            element = n.CommentBlock(begin, stop, affiliated, value)
        elif lower == "verse":
            objects = self._objects.parse(self.table.starts[i + 1], self.table.starts[close], Restriction.PARAGRAPH)
            element = n.VerseBlock(begin, stop, affiliated, objects)
        elif lower == "quote":
            element = n.QuoteBlock(begin, stop, affiliated, self.elements(i + 1, close))
        elif lower == "center":
            element = n.CenterBlock(begin, stop, affiliated, self.elements(i + 1, close))
        else:
            parameters = line.lstrip()[len("#+begin_") + len(name) :].strip()
            children = self.elements(i + 1, close)
            element = n.SpecialBlock(begin, stop, affiliated, children, name, parameters)
        return element, close + 1

    def _literal(self, begin: int, end: int) -> str:
        """The text of lines [BEGIN, END) of a literal block: protecting commas and common indentation off."""
        lines = self.table.lines[begin:end]
        indents = [indent for line, indent in zip(lines, self.table.indents[begin:end], strict=True) if line.strip()]
        common = min(indents, default=0)
        if common and not any("\t" in line[: common + 1] for line in lines):
            lines = [line[common:] for line in lines]
        value = "".join(line + "\n" for line in lines)
        return _COMMA.sub(r"\1", value) if "," in value else value

    def _dynamic_block(self, i: int, end: int, affiliated: n.Affiliated | None, start: int) -> tuple[n.Element, int]:
        close = self.table.closer(":", i, end)
        match = _DYNAMIC.match(self.table.lines[i])
        if close < 0 or match is None:
            return self._paragraph(i, end, affiliated, start)
        children = self.elements(i + 1, close)
        begin, stop = self.table.starts[start], self.table.end_offset(close)
        return n.DynamicBlock(begin, stop, affiliated, children, match["name"], match["arguments"].strip()), close + 1

    def _drawer(self, i: int, end: int, affiliated: n.Affiliated | None, start: int) -> tuple[n.Element, int]:
        close = self.table.closer(":END:", i + 1, end)
        if close < 0:
            return self._paragraph(i, end, affiliated, start)
        name = self.table.lines[i].strip()[1:-1]
        children = self.elements(i + 1, close)
        begin, stop = self.table.starts[start], self.table.end_offset(close)
        return n.Drawer(begin, stop, affiliated, children, name), close + 1

    def _latex(self, i: int, end: int, affiliated: n.Affiliated | None, start: int) -> tuple[n.Element, int]:
        close = self.table.closer("\\" + self.table.latex_name(i).lower(), i, end)
        if close < 0:
            return self._paragraph(i, end, affiliated, start)
        begin, stop = self.table.starts[start], self.table.end_offset(close)
        return n.LatexEnvironment(begin, stop, affiliated, self.text[self.table.starts[i] : stop]), close + 1

    def _footnote(self, i: int, end: int, affiliated: n.Affiliated | None, start: int) -> tuple[n.Element, int]:
        kinds, line = self.table.kinds, self.table.lines[i]
        stop = i + 1
        while stop < end and kinds[stop] is not Kind.FOOTNOTE:
            if kinds[stop] is Kind.BLANK and stop + 1 < end and kinds[stop + 1] is Kind.BLANK:
                break
            stop += 1
        if stop < end and kinds[stop] is Kind.FOOTNOTE:
            while stop - 1 > i and kinds[stop - 1] is Kind.AFFILIATED:
                stop -= 1
        label_end = line.index("]")
        at = label_end + 1
        while at < len(line) and line[at] in " \t":
            at += 1
        last = self._last_text_line(i, stop)
        if at < len(line):
            children = self.elements(i, last + 1, None, self.table.starts[i] + at)
        else:
            children = self.elements(i + 1, last + 1)
        label = line[4:label_end]
        begin = self.table.starts[start]
        return n.FootnoteDefinition(begin, self.table.end_offset(last), affiliated, children, label), stop

    # --- one-line elements and runs of lines ---

    def _value(self, begin: int, end: int, marker: str) -> str:
        """The text of comment or fixed-width lines without their MARKER and one space."""
        stripped = [line.strip(" \t") if line.strip(" \t") == marker else line for line in self.table.lines[begin:end]]
        return "\n".join(line.lstrip(" \t")[2:] for line in stripped)

    def _while_kind(self, i: int, end: int, kind: Kind) -> int:
        stop = i
        while stop < end and self.table.kinds[stop] is kind:
            stop += 1
        return stop

    def _comment(self, i: int, end: int) -> tuple[n.Element, int]:
        stop = self._while_kind(i, end, Kind.COMMENT)
        begin = self.table.starts[i]
        return n.Comment(begin, self.table.end_offset(stop - 1), None, self._value(i, stop, "#")), stop

    def _fixed_width(self, i: int, end: int, affiliated: n.Affiliated | None, start: int) -> tuple[n.Element, int]:
        stop = self._while_kind(i, end, Kind.FIXED_WIDTH)
        begin = self.table.starts[start]
        return n.FixedWidth(begin, self.table.end_offset(stop - 1), affiliated, self._value(i, stop, ":")), stop

    def _keyword(self, i: int, _end: int, affiliated: n.Affiliated | None, start: int) -> tuple[n.Element, int]:
        begin, stop = self.table.starts[start], self.table.end_offset(i)
        match = _KEYWORD.match(self.table.lines[i])
        if match is None:
            # `#+caption[a b]: c` above nothing: Org reads a paragraph.
            return self._paragraph(i, _end, affiliated, start)
        key = match["key"].upper()
        if key == "CALL":
            return n.BabelCall(begin, stop, affiliated, match["value"].strip()), i + 1
        value = match["value"].strip()
        self.keywords.append((key, value))
        return n.Keyword(begin, stop, affiliated, key, value), i + 1

    def _rule(self, i: int, _end: int, affiliated: n.Affiliated | None, start: int) -> tuple[n.Element, int]:
        return n.HorizontalRule(self.table.starts[start], self.table.end_offset(i), affiliated), i + 1

    def _diary(self, i: int, _end: int, affiliated: n.Affiliated | None, start: int) -> tuple[n.Element, int]:
        value = self.table.lines[i].rstrip(" \t")
        return n.DiarySexp(self.table.starts[start], self.table.end_offset(i), affiliated, value), i + 1

    def _clock(self, i: int) -> tuple[n.Element, int]:
        start = self.table.starts[i]
        match = _CLOCK.match(self.table.lines[i])
        assert match, "the line was classified as a clock"
        time = read_timestamp(self.text, start + match.start("time")) if match["time"] else None
        return n.Clock(start, self.table.end_offset(i), None, time, match["duration"]), i + 1

    def _planning(self, i: int) -> n.Planning | None:
        line, start = self.table.lines[i], self.table.starts[i]
        found = planning_timestamps(self.text, start, start + len(line))
        if found is None:
            return None
        return n.Planning(start, self.table.end_offset(i), None, *found)

    def _property_drawer(self, i: int, end: int) -> tuple[n.PropertyDrawer, int] | None:
        table = self.table
        if table.kinds[i] is not Kind.DRAWER or table.lines[i].strip().upper() != ":PROPERTIES:":
            return None
        close = table.closer(":END:", i, end)
        if close < 0:
            return None
        properties: list[n.NodeProperty] = []
        for j in range(i + 1, close):
            match = _PROPERTY.match(table.lines[j])
            if match is None:
                return None
            properties.append(
                n.NodeProperty(table.starts[j], table.end_offset(j), None, match["key"], (match["value"] or "").strip())
            )
        return n.PropertyDrawer(table.starts[i], table.end_offset(close), None, tuple(properties)), close + 1

    # --- tables ---

    def _org_table(self, i: int, end: int, affiliated: n.Affiliated | None, start: int) -> tuple[n.Element, int]:
        table = self.table
        stop = self._while_kind(i, end, Kind.TABLE)
        rows = tuple(self._row(j) for j in range(i, stop))
        formulas: list[str] = []
        while stop < end and table.kinds[stop] is Kind.KEYWORD:
            keyword = _KEYWORD.match(table.lines[stop])
            if keyword is None or keyword["key"].upper() != "TBLFM":
                break
            formulas.append(keyword["value"].strip())
            stop += 1
        begin, last = table.starts[start], table.end_offset(stop - 1)
        return n.Table(begin, last, affiliated, "org", rows, tuple(formulas), ""), stop

    def _row(self, i: int) -> n.TableRow:
        line, start = self.table.lines[i], self.table.starts[i]
        stop = start + len(line.rstrip(" \t"))
        first = line.index("|") + 1
        if line[first : first + 1] == "-":
            return n.TableRow(start, stop, None, "rule", ())
        cells: list[n.TableCell] = []
        at = start + first
        while at < stop:
            bar = self.text.find("|", at, stop)
            cell_end = stop if bar < 0 else bar
            inner, inner_end = at, cell_end
            while inner < cell_end and self.text[inner] in " \t":
                inner += 1
            while inner_end > inner and self.text[inner_end - 1] in " \t":
                inner_end -= 1
            cells.append(n.TableCell(at, cell_end, self._objects.parse(inner, inner_end, Restriction.CELL)))
            at = cell_end + 1
        return n.TableRow(start, stop, None, "standard", tuple(cells))

    def _table_el(self, i: int, end: int, affiliated: n.Affiliated | None, start: int) -> tuple[n.Element, int]:
        """A table.el table begins and ends with a full rule and has at least two lines."""
        table = self.table
        if not self._table_el_run[0] <= i < self._table_el_run[1]:
            stop = i
            while stop < len(table.lines) and table.lines[stop].lstrip(" \t")[:1] in ("+", "|"):
                stop += 1
            self._table_el_run = (i, stop)
        stop = min(self._table_el_run[1], end)
        if stop - i < 2 or table.kinds[stop - 1] is not Kind.TABLE_EL:
            return self._paragraph(i, end, affiliated, start)
        value = self.text[table.starts[i] : table.end_offset(stop - 1)]
        return n.Table(table.starts[start], table.end_offset(stop - 1), affiliated, "table.el", (), (), value), stop
