"""Org tables → pandoc tables: what is a heading, what is alignment, what is only for the spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from orgkb.org import nodes as n
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.pandoc_json import Block, Inline

Rows = list[list[n.TableCell]]

_COOKIE = pattern(r"<([lrc]?)\d*>")
# The Org manual, "Advanced features": marks of a first column that is for calculation only.
_MARKS = frozenset({"", "#", "*", "!", "$", "_", "^", "/"})
_ROWS_NOT_SHOWN = frozenset({"/", "!", "$", "_", "^"})
_NUMBER = pattern(r"[<>=~≈+\-−±]?[$€£¥]?[\d\s.,'’:]*\d[\s%°]*[^\W\d]{0,3}")
_ALIGNMENTS = {"l": "AlignLeft", "r": "AlignRight", "c": "AlignCenter"}


def table_block(
    table: n.Table, inlines: Callable[[Iterable[n.Object]], list[Inline]], caption: Sequence[Inline], ident: str
) -> Block | None:
    """TABLE as a pandoc table; None where it has nothing to show.

    The rows above the first rule are the head, where rows follow.  Columns are aligned by their
    cookie (`<r>`), else right where at least half of their filled cells are numbers, as Org does.
    """
    groups = _groups(table)
    cookies, groups = _without_cookies(groups)
    if _has_marks(groups):
        groups = [[row[1:] for row in group if _text(row[0]) not in _ROWS_NOT_SHOWN] for group in groups]
        cookies = {column - 1: letter for column, letter in cookies.items() if column}
    groups = [[row for row in group if row] for group in groups]
    groups = [group for group in groups if group]
    width = max((len(row) for group in groups for row in group), default=0)
    if not width:
        return None
    head, bodies = (groups[0], groups[1:]) if len(groups) > 1 else ([], groups)
    alignments = [_alignment(cookies.get(column), bodies, column) for column in range(width)]

    def cells(row: list[n.TableCell]) -> list[list[Inline]]:
        return [inlines(cell.children) for cell in row] + [[]] * (width - len(row))

    return p.table(
        [cells(row) for row in head], [[cells(row) for row in body] for body in bodies], alignments, caption, ident
    )


def _groups(table: n.Table) -> list[Rows]:
    """The rows between rules; rules at the top and doubled rules count for nothing."""
    groups: list[Rows] = [[]]
    for row in table.children:
        if row.kind == "standard":
            groups[-1].append(list(row.children))
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _without_cookies(groups: list[Rows]) -> tuple[dict[int, str], list[Rows]]:
    """Alignment letters by column, and the rows that hold more than `<r>` or `<10>`."""
    letters: dict[int, str] = {}
    kept: list[Rows] = []
    for group in groups:
        rows: Rows = []
        for row in group:
            texts = [_text(cell) for cell in row]
            matches = [_COOKIE.fullmatch(text) for text in texts]
            if any(matches) and all(match or not text for match, text in zip(matches, texts, strict=True)):
                letters |= {column: match[1] for column, match in enumerate(matches) if match and match[1]}
            else:
                rows.append(row)
        kept.append(rows)
    return letters, [rows for rows in kept if rows]


def _has_marks(groups: list[Rows]) -> bool:
    first = [_text(row[0]) if row else "" for group in groups for row in group]
    return any(first) and all(text in _MARKS for text in first)


def _alignment(letter: str | None, bodies: list[Rows], column: int) -> str:
    if letter:
        return _ALIGNMENTS[letter]
    texts = [text for body in bodies for row in body if column < len(row) and (text := _text(row[column]))]
    numbers = sum(_NUMBER.fullmatch(text[:40]) is not None for text in texts)
    return "AlignRight" if texts and 2 * numbers >= len(texts) else "AlignLeft"


def _text(cell: n.TableCell) -> str:
    return plain_text(cell.children)
