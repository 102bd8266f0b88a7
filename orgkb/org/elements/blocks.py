"""Blocks and LaTeX environments: elements with an opening and a closing line (Org syntax, "Blocks")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orgkb.org import nodes as n
from orgkb.org.objects import Restriction
from orgkb.patterns import pattern

if TYPE_CHECKING:
    from orgkb.org.elements.parser import ElementParser

_SRC = pattern(
    r"[ \t]*#\+\S+(?:[ \t]+(?P<language>\S+))?"
    r"(?P<switches>(?:[ \t]+(?:-l \".+?\"|-[ikr]|[-+]n(?:[ \t]+[0-9]+)?)(?=[ \t]|\Z))*)(?P<parameters>.*)"
)
_DYNAMIC = pattern(r"[ \t]*#\+\S+[ \t]+(?P<name>\S+)(?P<arguments>.*)")
_COMMA = pattern(r"^([ \t]*,*),(?=\*|#\+)", re.MULTILINE)


def block(
    parser: ElementParser, i: int, end: int, affiliated: n.Affiliated | None, start: int
) -> tuple[n.Element, int]:
    """The block that begins at line I; a paragraph where nothing closes it."""
    name = parser.table.block_name(i)
    lower = name.lower()
    close = parser.table.closer("_" + lower, i, end)
    if close < 0:
        return parser.paragraph(i, end, affiliated, start)
    begin, stop = parser.table.starts[start], parser.table.end_offset(close)
    line = parser.table.lines[i]
    match = _SRC.match(line)
    assert match, "the line was classified as the begin of a block"
    element: n.Element
    if lower == "src":
        language, switches = match["language"] or "", match["switches"].strip()
        parameters = match["parameters"].strip()
        value = literal(parser, i + 1, close)
        element = n.SrcBlock(begin, stop, affiliated, language, switches, parameters, value)
    elif lower == "example":
        switches = line.lstrip()[len("#+begin_example") :].strip()
        element = n.ExampleBlock(begin, stop, affiliated, switches, literal(parser, i + 1, close))
    elif lower == "export":
        backend = (match["language"] or "").lower()
        element = n.ExportBlock(begin, stop, affiliated, backend, literal(parser, i + 1, close))
    elif lower == "comment":
        value = parser.text[parser.table.starts[i + 1] : parser.table.starts[close]]
        element = n.CommentBlock(begin, stop, affiliated, value)
    elif lower == "verse":
        objects = parser.objects.parse(parser.table.starts[i + 1], parser.table.starts[close], Restriction.PARAGRAPH)
        element = n.VerseBlock(begin, stop, affiliated, objects)
    elif lower == "quote":
        element = n.QuoteBlock(begin, stop, affiliated, parser.elements(i + 1, close))
    elif lower == "center":
        element = n.CenterBlock(begin, stop, affiliated, parser.elements(i + 1, close))
    else:
        parameters = line.lstrip()[len("#+begin_") + len(name) :].strip()
        children = parser.elements(i + 1, close)
        element = n.SpecialBlock(begin, stop, affiliated, children, name, parameters)
    return element, close + 1


def literal(parser: ElementParser, begin: int, end: int) -> str:
    """The text of lines [BEGIN, END) of a literal block: protecting commas and common indentation off."""
    lines = parser.table.lines[begin:end]
    indents = [indent for line, indent in zip(lines, parser.table.indents[begin:end], strict=True) if line.strip()]
    common = min(indents, default=0)
    if common and not any("\t" in line[: common + 1] for line in lines):
        lines = [line[common:] for line in lines]
    value = "".join(line + "\n" for line in lines)
    return _COMMA.sub(r"\1", value) if "," in value else value


def dynamic_block(
    parser: ElementParser, i: int, end: int, affiliated: n.Affiliated | None, start: int
) -> tuple[n.Element, int]:
    """The dynamic block that begins at line I; a paragraph where nothing closes it."""
    close = parser.table.closer(":", i, end)
    match = _DYNAMIC.match(parser.table.lines[i])
    if close < 0 or match is None:
        return parser.paragraph(i, end, affiliated, start)
    children = parser.elements(i + 1, close)
    begin, stop = parser.table.starts[start], parser.table.end_offset(close)
    return n.DynamicBlock(begin, stop, affiliated, children, match["name"], match["arguments"].strip()), close + 1


def latex(
    parser: ElementParser, i: int, end: int, affiliated: n.Affiliated | None, start: int
) -> tuple[n.Element, int]:
    """The LaTeX environment that begins at line I; a paragraph where nothing closes it."""
    close = parser.table.closer("\\" + parser.table.latex_name(i).lower(), i, end)
    if close < 0:
        return parser.paragraph(i, end, affiliated, start)
    begin, stop = parser.table.starts[start], parser.table.end_offset(close)
    return n.LatexEnvironment(begin, stop, affiliated, parser.text[parser.table.starts[i] : stop]), close + 1
