"""Elements of one line, and of runs of like lines: keywords, comments, fixed-width areas, rules, clocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orgkb.org import nodes as n
from orgkb.org.lines import Kind
from orgkb.org.timestamps import read_timestamp
from orgkb.patterns import pattern

if TYPE_CHECKING:
    from orgkb.org.elements.parser import ElementParser

KEYWORD = pattern(r"[ \t]*#\+(?P<key>\S*):(?P<value>.*)")
_CLOCK = pattern(r"[ \t]*CLOCK:[ \t]*(?P<time>\[.*\])?(?:[ \t]*=>[ \t]*(?P<duration>\d+:\d\d))?", re.IGNORECASE)


def value(parser: ElementParser, begin: int, end: int, marker: str) -> str:
    """The text of comment or fixed-width lines without their MARKER and one space."""
    stripped = [line.strip(" \t") if line.strip(" \t") == marker else line for line in parser.table.lines[begin:end]]
    return "\n".join(line.lstrip(" \t")[2:] for line in stripped)


def while_kind(parser: ElementParser, i: int, end: int, kind: Kind) -> int:
    """The first line from I on that is not of KIND, at most END."""
    stop = i
    while stop < end and parser.table.kinds[stop] is kind:
        stop += 1
    return stop


def comment(parser: ElementParser, i: int, end: int) -> tuple[n.Element, int]:
    """The run of comment lines from line I on."""
    stop = while_kind(parser, i, end, Kind.COMMENT)
    begin = parser.table.starts[i]
    return n.Comment(begin, parser.table.end_offset(stop - 1), None, value(parser, i, stop, "#")), stop


def fixed_width(
    parser: ElementParser, i: int, end: int, affiliated: n.Affiliated | None, start: int
) -> tuple[n.Element, int]:
    """The run of fixed-width lines from line I on."""
    stop = while_kind(parser, i, end, Kind.FIXED_WIDTH)
    begin = parser.table.starts[start]
    return n.FixedWidth(begin, parser.table.end_offset(stop - 1), affiliated, value(parser, i, stop, ":")), stop


def keyword(
    parser: ElementParser, i: int, _end: int, affiliated: n.Affiliated | None, start: int
) -> tuple[n.Element, int]:
    """The keyword or babel call at line I."""
    begin, stop = parser.table.starts[start], parser.table.end_offset(i)
    match = KEYWORD.match(parser.table.lines[i])
    if match is None:
        # `#+caption[a b]: c` above nothing: Org reads a paragraph.
        return parser.paragraph(i, _end, affiliated, start)
    key = match["key"].upper()
    if key == "CALL":
        return n.BabelCall(begin, stop, affiliated, match["value"].strip()), i + 1
    value = match["value"].strip()
    parser.keywords.append((key, value))
    return n.Keyword(begin, stop, affiliated, key, value), i + 1


def rule(
    parser: ElementParser, i: int, _end: int, affiliated: n.Affiliated | None, start: int
) -> tuple[n.Element, int]:
    """The horizontal rule at line I."""
    return n.HorizontalRule(parser.table.starts[start], parser.table.end_offset(i), affiliated), i + 1


def diary(
    parser: ElementParser, i: int, _end: int, affiliated: n.Affiliated | None, start: int
) -> tuple[n.Element, int]:
    """The diary sexp at line I."""
    value = parser.table.lines[i].rstrip(" \t")
    return n.DiarySexp(parser.table.starts[start], parser.table.end_offset(i), affiliated, value), i + 1


def clock(parser: ElementParser, i: int) -> tuple[n.Element, int]:
    """The clock at line I."""
    start = parser.table.starts[i]
    match = _CLOCK.match(parser.table.lines[i])
    assert match, "the line was classified as a clock"
    time = read_timestamp(parser.text, start + match.start("time")) if match["time"] else None
    return n.Clock(start, parser.table.end_offset(i), None, time, match["duration"]), i + 1
