"""Commands and configuration in running text are set as code, line by line, as they were typed.

Notes hold `- docker ps -a - all containers` and bare YAML between paragraphs.  Org reads them as prose:
lines flow together and YAML becomes lists.  Here a command at the begin of a line becomes a `Code`
object, and a stretch of nothing but commands or configuration an `ExampleBlock` with its lines.  In
doubt it stays prose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import is_

import msgspec

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.shell import Evidence, evidence, is_setting, may_be_typed, program_of, programs_of
from orgkb.org.walk import find_elements, unless_same, with_elements
from orgkb.patterns import pattern

_EXPLAINED = pattern(r"[ \t]+(?:(?:-{1,2}|–|—|#+|=+>|→)[ \t]+|#(?=[^\W\d_]))")
"""Where a command ends and its explanation begins, inside a line."""
_KEY_LINE = pattern(r"[ \t]*(?:-[ \t]+)?[\w./\"'-]+:[ \t]*\Z")
_PLAIN = (n.Text, n.Link, n.Verbatim, n.Subscript, n.Superscript)
"""Objects that may stand inside a command: their source is put back as written."""
MIN_SETTINGS = 3
"""Lines of configuration below which nothing is concluded."""


def set_literals(document: Document) -> Document:
    """DOCUMENT with its commands and configuration as code; what is not changed is shared."""
    blocks = (
        (block.language, block.value) for block in find_elements((*document.section, *document.headlines), n.SrcBlock)
    )
    setter = _Setter(document.text, programs_of(blocks))
    return with_elements(document, setter.section)


class _Setter:
    """Sets the literals of one text."""

    def __init__(self, text: str, programs: frozenset[str]) -> None:
        self._text = text
        self._programs = programs
        self._asked: dict[tuple[int, Evidence], tuple[int, int] | None] = {}
        """What `_command` said by the begin of the line: the first lines of items are asked of several times."""
        self._divided: dict[int, list[tuple[int, int]]] = {}
        """The lines of paragraphs by their begin: those of items are asked for twice."""

    def section(self, elements: tuple[n.Element, ...]) -> tuple[n.Element, ...]:
        """ELEMENTS with runs of configuration joined to one block, and commands set as code."""
        out: list[n.Element] = []
        for run in _runs(elements):
            if len(run) > 1 or isinstance(run[0], n.Paragraph):
                block = self._configuration(run)
                if block is not None:
                    out.append(block)
                    continue
            out += [self._element(element) for element in run]
        return unless_same(elements, out)

    def _element(self, element: n.Element) -> n.Element:
        match element:
            case n.Paragraph():
                return self._paragraph(element)
            case n.PlainList():
                return self._list(element)
            case n.Drawer() | n.SpecialBlock() | n.FootnoteDefinition() | n.DynamicBlock() | n.CenterBlock():
                children = self.section(element.children)
                return element if children is element.children else msgspec.structs.replace(element, children=children)
            case _:
                return element

    # --- commands ---

    def _paragraph(self, paragraph: n.Paragraph) -> n.Element:
        """PARAGRAPH as a block where every line is a command, else with its sure commands as code."""
        lines = self._lines(paragraph)
        if not any(may_be_typed(self._text[begin:end].strip(), self._programs) for begin, end in lines):
            return paragraph
        found = [evidence(self._text[begin:end], self._programs) for begin, end in lines]
        sure = sum(grade is Evidence.STRONG for grade in found)
        if len(lines) > 1 and all(found) and sure * 2 >= len(lines) and not self._has_markup(paragraph):
            return self._block(paragraph.begin, paragraph.end, paragraph.affiliated)
        spans = [self._command(begin, end, Evidence.STRONG) for begin, end in lines]
        return self._with_code(paragraph, [span for span in spans if span])

    def _list(self, plain_list: n.PlainList, above: frozenset[str] = frozenset()) -> n.PlainList:
        """The list with the commands that begin its items as code.

        What might be prose counts as a command where another item, here or above or below, surely
        is one of the same program, or where most items may be commands.
        """
        found = [self._first_command(item) for item in plain_list.children]
        sure = {program_of(self._text[slice(*span)]) for span, grade in found if grade is Evidence.STRONG}
        sure |= above | frozenset(self._programs_below(plain_list))
        may_be = sum(grade is not Evidence.NONE for _, grade in found)
        most = may_be * 5 >= len(found) * 3 and any(grade is Evidence.STRONG for _, grade in found)
        items = tuple(self._item(item, frozenset(sure), most=most) for item in plain_list.children)
        if all(map(is_, items, plain_list.children)):
            return plain_list
        return msgspec.structs.replace(plain_list, children=items)

    def _first_command(self, item: n.Item) -> tuple[tuple[int, int], Evidence]:
        """The command at the begin of ITEM and how sure it is."""
        first = item.children[0] if item.children and item.tag is None else None
        if isinstance(first, n.Paragraph):
            lines = self._lines(first)
            if lines and (span := self._command(*lines[0], Evidence.WEAK)):
                return span, evidence(self._text[slice(*span)], self._programs)
        return (0, 0), Evidence.NONE

    def _programs_below(self, plain_list: n.PlainList) -> Iterator[str]:
        """The programs that surely begin an item of a list inside the list."""
        for item in plain_list.children:
            for child in item.children[1:]:
                if isinstance(child, n.PlainList):
                    for below in child.children:
                        span, grade = self._first_command(below)
                        if grade is Evidence.STRONG:
                            yield program_of(self._text[slice(*span)])

    def _item(self, item: n.Item, sure: frozenset[str], *, most: bool) -> n.Item:
        children: list[n.Element] = []
        for i, child in enumerate(item.children):
            if isinstance(child, n.Paragraph) and (i or item.tag is None):
                found = [self._command(begin, end, Evidence.WEAK) for begin, end in self._lines(child)]
                spans = [span for span in found if span and self._is_sure(span, sure, most=most)]
                children.append(self._with_code(child, spans))
            elif isinstance(child, n.PlainList):
                children.append(self._list(child, sure))
            else:
                children.append(self._element(child))
        if all(map(is_, children, item.children)):
            return item
        return msgspec.structs.replace(item, children=tuple(children))

    def _is_sure(self, span: tuple[int, int], sure: frozenset[str], *, most: bool) -> bool:
        command = self._text[slice(*span)]
        return most or program_of(command) in sure or evidence(command, self._programs) is Evidence.STRONG

    def _command(self, begin: int, end: int, least: Evidence) -> tuple[int, int] | None:
        """The command at the begin of the line [BEGIN, END), without its explanation."""
        key = begin, least
        if key in self._asked:
            return self._asked[key]
        found = self._asked[key] = self._found_command(begin, end, least)
        return found

    def _found_command(self, begin: int, end: int, least: Evidence) -> tuple[int, int] | None:
        line = self._text[begin:end]
        if not may_be_typed(line, self._programs):
            return None
        for separator in _EXPLAINED.finditer(line):
            stop = separator.start()
            if separator[0].strip() == "--" and self._is_typed(line[separator.end() :]):
                continue  # `kubectl exec pod -- cat /etc/hosts`: what follows is to be typed too
            return (begin, begin + stop) if evidence(line[:stop], self._programs) >= least else None
        return (begin, end) if evidence(line, self._programs) >= least else None

    def _is_typed(self, text: str) -> bool:
        return evidence(_EXPLAINED.split(text, maxsplit=1)[0], self._programs) is not Evidence.NONE

    def _lines(self, paragraph: n.Paragraph) -> list[tuple[int, int]]:
        """The lines of PARAGRAPH as offsets, indentation and trailing blanks left out."""
        at = paragraph.own_begin
        known = self._divided.get(at)
        if known is not None:
            return known
        found = self._divided[at] = []
        for line in self._text[at : paragraph.end].split("\n"):
            plain = line.strip(" \t")
            if plain:
                begin = at + (0 if plain[0] == line[0] else line.index(plain))
                found.append((begin, begin + len(plain)))
            at += len(line) + 1
        return found

    def _has_markup(self, paragraph: n.Paragraph) -> bool:
        return not all(isinstance(obj, _PLAIN) for obj in paragraph.children) or paragraph.affiliated is not None

    def _with_code(self, paragraph: n.Paragraph, spans: Sequence[tuple[int, int]]) -> n.Paragraph:
        """PARAGRAPH with the stretches SPANS of its text as code, each on a line of its own."""
        if not spans:
            return paragraph
        waiting = list(reversed(paragraph.children))
        out: list[n.Object] = []
        changed = False
        for begin, end in spans:
            while waiting and waiting[-1].end <= begin:
                out.append(waiting.pop())
            inside: list[n.Object] = []
            while waiting and waiting[-1].begin < end:
                inside.append(waiting.pop())
            if not self._can_be_code(inside, begin, end):
                waiting += reversed(inside)
                continue
            changed = True
            if inside[0].begin < begin:
                out.append(n.Text(inside[0].begin, begin, self._text[inside[0].begin : begin]))
            if out and self._begins_line(begin):
                out.append(n.LineBreak(begin, begin))
            out.append(n.Code(begin, end, self._text[begin:end]))
            if inside[-1].end > end:
                waiting.append(n.Text(end, inside[-1].end, self._text[end : inside[-1].end]))
        if not changed:
            return paragraph
        return msgspec.structs.replace(paragraph, children=(*out, *reversed(waiting)))

    def _can_be_code(self, inside: Sequence[n.Object], begin: int, end: int) -> bool:
        """Whether the objects INSIDE [BEGIN, END) are plain, and none but verbatim text is cut."""
        if not inside or not all(isinstance(obj, _PLAIN) for obj in inside):
            return False
        return all(self._is_verbatim(obj) for obj in inside if obj.begin < begin or obj.end > end)

    def _begins_line(self, place: int) -> bool:
        while place and self._text[place - 1] in " \t":
            place -= 1
        return place == 0 or self._text[place - 1] == "\n"

    def _is_verbatim(self, obj: n.Object) -> bool:
        """Whether OBJ is text just as it stands in the file, so that it can be cut."""
        return isinstance(obj, n.Text) and obj.value == self._text[obj.begin : obj.end]

    # --- configuration ---

    def _configuration(self, run: Sequence[n.Element]) -> n.ExampleBlock | None:
        """RUN as one block where all its lines look like YAML or JSON and one key opens a deeper level."""
        begin, end = run[0].own_begin, run[-1].end
        if any(isinstance(element, n.Paragraph) and self._has_markup(element) for element in run):
            return None
        lines = [line for line in self._text[begin:end].split("\n") if line.strip()]
        if len(lines) < MIN_SETTINGS or not all(is_setting(line) or _is_entry(line) for line in lines):
            return None
        settings = sum(is_setting(line) for line in lines)
        opened = any(_KEY_LINE.match(line) and _indent(below) > _indent(line) for line, below in pairwise(lines))
        brackets = lines[0].strip() in {"{", "["}
        if settings * 2 < len(lines) or not (opened or brackets):
            return None
        first = self._text.rfind("\n", 0, begin) + 1
        return self._block(first, end, None)

    def _block(self, begin: int, end: int, affiliated: n.Affiliated | None) -> n.ExampleBlock:
        lines = [line.rstrip() for line in self._text[begin:end].expandtabs(8).split("\n")]
        common = min((_indent(line) for line in lines if line), default=0)
        value = "".join(line[common:] + "\n" for line in lines)
        return n.ExampleBlock(begin, end, affiliated, "", value)


def _runs(elements: Sequence[n.Element]) -> Iterator[list[n.Element]]:
    """ELEMENTS in runs of paragraphs and lists; everything else alone."""
    run: list[n.Element] = []
    for element in elements:
        if isinstance(element, n.Paragraph | n.PlainList):
            run.append(element)
            continue
        if run:
            yield run
        run = []
        yield [element]
    if run:
        yield run


_ENTRY = pattern(r"[ \t]*-[ \t]+\S+[ \t]*\Z")


def _is_entry(line: str) -> bool:
    """Whether LINE is one entry of a YAML list."""
    return _ENTRY.match(line) is not None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
