"""Rows and the column of a table that only steer its formulas and its rules (Org manual, "Advanced features").

Emacs drops them by their first cell alone, and with them any table of operators (`| * | times |`).
Here a table must show that it means them: by formulas or by a row of column groups.
"""

from __future__ import annotations

import msgspec

from orgkb.org.nodes import Table, TableCell, TableRow
from orgkb.org.walk import plain_text

_MARKS = frozenset({"", "/", "#", "!", "$", "*", "_", "^"})
_HIDDEN_ROWS = frozenset({"!", "$", "_", "^"})
_GROUPS = frozenset({"", "<", ">", "<>"})


def without_marks(table: Table) -> Table:
    """TABLE as it is printed; rows of width and alignment (`<r10>`) stay, since exporters align by them."""
    firsts = {_text(row.children[0]) for row in table.children if row.children}
    if "/" not in firsts and not table.formulas:
        return table
    groups = any(map(_is_group_row, table.children))
    marked = firsts <= _MARKS and firsts != {""} and (groups or bool(table.formulas))
    if not marked and not groups:
        return table
    rows: list[TableRow] = []
    for row in table.children:
        if _is_group_row(row) or (marked and row.children and _text(row.children[0]) in _HIDDEN_ROWS):
            continue
        rows.append(msgspec.structs.replace(row, children=row.children[1:]) if marked and row.children else row)
    return msgspec.structs.replace(table, children=tuple(rows))


def _is_group_row(row: TableRow) -> bool:
    cells = row.children
    return len(cells) > 1 and _text(cells[0]) == "/" and all(_text(cell) in _GROUPS for cell in cells[1:])


def _text(cell: TableCell) -> str:
    return plain_text(cell.children)
