"""Tables (Org syntax, "Tables")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgkb.org import nodes as n
from orgkb.org.elements.simple import KEYWORD, while_kind
from orgkb.org.lines import Kind
from orgkb.org.objects import Restriction

if TYPE_CHECKING:
    from orgkb.org.elements.parser import ElementParser


def org_table(
    parser: ElementParser, i: int, end: int, affiliated: n.Affiliated | None, start: int
) -> tuple[n.Element, int]:
    """The Org table that begins at line I, with the formulas below it."""
    table = parser.table
    stop = while_kind(parser, i, end, Kind.TABLE)
    rows = tuple(row(parser, j) for j in range(i, stop))
    formulas: list[str] = []
    while stop < end and table.kinds[stop] is Kind.KEYWORD:
        keyword = KEYWORD.match(table.lines[stop])
        if keyword is None or keyword["key"].upper() != "TBLFM":
            break
        formulas.append(keyword["value"].strip())
        stop += 1
    begin, last = table.starts[start], table.end_offset(stop - 1)
    return n.Table(begin, last, affiliated, "org", rows, tuple(formulas), ""), stop


def row(parser: ElementParser, i: int) -> n.TableRow:
    """The table row at line I: a rule, or its cells."""
    line, start = parser.table.lines[i], parser.table.starts[i]
    stop = start + len(line.rstrip(" \t"))
    first = line.index("|") + 1
    if line[first : first + 1] == "-":
        return n.TableRow(start, stop, None, "rule", ())
    cells: list[n.TableCell] = []
    at = start + first
    while at < stop:
        bar = parser.text.find("|", at, stop)
        cell_end = stop if bar < 0 else bar
        inner, inner_end = at, cell_end
        while inner < cell_end and parser.text[inner] in " \t":
            inner += 1
        while inner_end > inner and parser.text[inner_end - 1] in " \t":
            inner_end -= 1
        cells.append(n.TableCell(at, cell_end, parser.objects.parse(inner, inner_end, Restriction.CELL)))
        at = cell_end + 1
    return n.TableRow(start, stop, None, "standard", tuple(cells))


def table_el(
    parser: ElementParser, i: int, end: int, affiliated: n.Affiliated | None, start: int
) -> tuple[n.Element, int]:
    """A table.el table begins and ends with a full rule and has at least two lines."""
    table = parser.table
    if not parser.table_el_run[0] <= i < parser.table_el_run[1]:
        stop = i
        while stop < len(table.lines) and table.lines[stop].lstrip(" \t")[:1] in ("+", "|"):
            stop += 1
        parser.table_el_run = (i, stop)
    stop = min(parser.table_el_run[1], end)
    if stop - i < 2 or table.kinds[stop - 1] is not Kind.TABLE_EL:
        return parser.paragraph(i, end, affiliated, start)
    value = parser.text[table.starts[i] : table.end_offset(stop - 1)]
    return n.Table(table.starts[start], table.end_offset(stop - 1), affiliated, "table.el", (), (), value), stop
