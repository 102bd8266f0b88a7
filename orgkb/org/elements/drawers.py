"""Drawers, property drawers, planning lines and footnote definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgkb.org import nodes as n
from orgkb.org.lines import Kind
from orgkb.org.timestamps import planning_timestamps
from orgkb.patterns import pattern

if TYPE_CHECKING:
    from orgkb.org.elements.parser import ElementParser

_PROPERTY = pattern(r"[ \t]*:(?P<key>\S+):(?:[ \t](?P<value>.*))?\Z")


def drawer(
    parser: ElementParser, i: int, end: int, affiliated: n.Affiliated | None, start: int
) -> tuple[n.Element, int]:
    """The drawer that begins at line I; a paragraph where nothing closes it."""
    close = parser.table.closer(":END:", i + 1, end)
    if close < 0:
        return parser.paragraph(i, end, affiliated, start)
    name = parser.table.lines[i].strip()[1:-1]
    children = parser.elements(i + 1, close)
    begin, stop = parser.table.starts[start], parser.table.end_offset(close)
    return n.Drawer(begin, stop, affiliated, children, name), close + 1


def footnote(
    parser: ElementParser, i: int, end: int, affiliated: n.Affiliated | None, start: int
) -> tuple[n.Element, int]:
    """The footnote definition that begins at line I: to the next one, two blank lines or END."""
    kinds, line = parser.table.kinds, parser.table.lines[i]
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
    last = parser.last_text_line(i, stop)
    if at < len(line):
        children = parser.elements(i, last + 1, None, parser.table.starts[i] + at)
    else:
        children = parser.elements(i + 1, last + 1)
    label = line[4:label_end]
    begin = parser.table.starts[start]
    return n.FootnoteDefinition(begin, parser.table.end_offset(last), affiliated, children, label), stop


def planning(parser: ElementParser, i: int) -> n.Planning | None:
    """The planning line I, or None where it is none."""
    line, start = parser.table.lines[i], parser.table.starts[i]
    found = planning_timestamps(parser.text, start, start + len(line))
    if found is None:
        return None
    return n.Planning(start, parser.table.end_offset(i), None, *found)


def property_drawer(parser: ElementParser, i: int, end: int) -> tuple[n.PropertyDrawer, int] | None:
    """The property drawer at line I and the line after it; None where a line of it is no property."""
    table = parser.table
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
