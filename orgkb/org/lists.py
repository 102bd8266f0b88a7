"""Plain lists: where items begin and end (Org syntax, "Items" and "Plain Lists")."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.org.lines import Kind, LineTable
from orgkb.patterns import pattern

ITEM = pattern(
    r"[ \t]*(?P<bullet>[-+*]|[0-9]+[.)])(?:[ \t]++|\Z)"
    r"(?:\[@(?:start:)?(?P<counter>[0-9]+|[A-Za-z])\][ \t]*+)?"
    r"(?:(?P<checkbox>\[[ Xx-]\])(?:[ \t]++|\Z))?"
    r"(?P<tag>(?P<term>.*[^ \t])[ \t]+::(?:[ \t]++|\Z))?"
)
"""An item's first line up to its contents; `tag` counts for unordered bullets only."""


class ItemSpan:
    """The lines of one item while and after its list is measured."""

    __slots__ = ("begin", "end", "indent")

    def __init__(self, begin: int, indent: int) -> None:
        """An item that begins at line BEGIN, INDENT columns in."""
        self.begin = begin
        self.indent = indent
        self.end = -1


Structure = dict[int, ItemSpan]
"""The items of a list and of all lists inside it, by their first line."""


def structure(table: LineTable, begin: int, end: int) -> Structure:
    """The items of the list that begins at line BEGIN, at most to line END.

    An item ends at the next item that is not deeper, at a line of text that is not deeper, at two
    blank lines or at END.  Lines inside blocks and drawers do not count.
    """
    kinds, indents = table.kinds, table.indents
    found: Structure = {}
    open_items: list[ItemSpan] = []
    after_text = begin
    """The line after the last one that is not blank."""
    i = begin
    while i < end:
        kind = kinds[i]
        if kind is Kind.BLANK:
            if i + 1 < end and kinds[i + 1] is Kind.BLANK:
                for item in open_items:
                    item.end = i
                return found
            i += 1
            continue
        indent = indents[i]
        if kind is Kind.ITEM:
            while open_items and indent <= open_items[-1].indent:
                open_items.pop().end = i
            item = found[i] = ItemSpan(i, indent)
            open_items.append(item)
        elif kind is Kind.INLINETASK:
            i = max(i, inlinetask_end(table, i, end))
        else:
            while indent <= open_items[-1].indent:
                open_items.pop().end = after_text
                if not open_items:
                    return found
            i = max(i, _literal_end(table, i, end))
        i += 1
        after_text = i
    for item in open_items:
        item.end = after_text
    return found


def _literal_end(table: LineTable, i: int, end: int) -> int:
    """The closing line of the block or drawer that begins at line I, or -1."""
    kind = table.kinds[i]
    if kind is Kind.BLOCK:
        return table.closer("_" + table.block_name(i).lower(), i, end)
    if kind is Kind.DYNAMIC_BLOCK or table.lines[i].lstrip()[:8].upper() == "#+BEGIN:":
        return table.closer(":", i, end)
    if kind is Kind.DRAWER:
        return table.closer(":END:", i, end)
    return -1


def inlinetask_end(table: LineTable, i: int, end: int) -> int:
    """The line that ends the inline task at line I, or -1: the next one's first line must be its end."""
    for j in range(i + 1, end):
        if table.kinds[j] is Kind.INLINETASK_END:
            return j
        if table.kinds[j] is Kind.INLINETASK:
            break
    return -1


def siblings(found: Structure, begin: int) -> Iterator[ItemSpan]:
    """The items of the list whose first item is at line BEGIN: same indentation, one right after the other."""
    item: ItemSpan | None = found[begin]
    indent = found[begin].indent
    while item is not None and item.indent == indent:
        yield item
        item = found.get(item.end)
