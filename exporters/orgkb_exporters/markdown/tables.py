"""Org tables → GFM tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from itertools import zip_longest

from orgkb.org import nodes as n
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern

_COOKIE = pattern(r"<([lrc]?)([0-9]*)>")
_NUMBER = pattern(r"[<>]?[-+]?[0-9][0-9., ]*(?:[eE][-+]?[0-9]+)?\s*%?|0[xX][0-9a-fA-F]+")
_RULES = {"l": ":--", "c": ":-:", "r": "--:", "": "---"}
_WIDEST_PADDED = 120
"""Tables that would be wider than this many columns are not padded: they are unreadable as text either way."""


def table_lines(table: n.Table, write: Callable[[n.TableCell], str]) -> list[str]:
    """TABLE as lines; WRITE gives the Markdown of a cell.  A table without header row gets an empty one."""
    rows = [row for row in table.children if row.kind != "standard" or not _is_alignment(row)]
    header, body = _parts(rows)
    written = [[write(cell) for cell in row.children] for row in (*header, *body)]
    width = max((len(row) for row in written), default=0)
    if not width:
        return []
    for row in written:
        row.extend([""] * (width - len(row)))
    if not header:
        written.insert(0, [""] * width)
    return _drawn(written, _alignments(table, body, width))


def html_table_lines(table: n.Table, write: Callable[[n.TableCell], str]) -> list[str]:
    """TABLE as HTML around paragraphs of Markdown, for readers without tables."""
    rows = [row for row in table.children if row.kind != "standard" or not _is_alignment(row)]
    header, body = _parts(rows)
    width = max((len(row.children) for row in (*header, *body)), default=0)
    if not width:
        return []
    names = {"c": "center", "r": "right", "l": "left"}
    alignments = [names.get(a, "") for a in _alignments(table, body, width)]
    lines = ["<table>"]
    for part, tag in ((header, "th"), (body, "td")):
        for row in part:
            lines.append("<tr>")
            for cell, alignment in zip_longest(row.children, alignments):
                text = write(cell) if cell is not None else ""
                opening = f'<{tag} align="{alignment}">' if alignment else f"<{tag}>"
                lines += [opening, "", *text.split("\n"), "", f"</{tag}>"] if text else [f"{opening}</{tag}>"]
            lines.append("</tr>")
    return [*lines, "</table>"]


def _parts(rows: Sequence[n.TableRow]) -> tuple[list[n.TableRow], list[n.TableRow]]:
    """(header rows, body rows): the header ends at the first rule that has rows above and below it."""
    above: list[n.TableRow] = []
    for i, row in enumerate(rows):
        if row.kind == "standard":
            above.append(row)
        elif above:
            below = [later for later in rows[i:] if later.kind == "standard"]
            return (above, below) if below else ([], above)
    return [], above


def _is_alignment(row: n.TableRow) -> bool:
    texts = [plain_text(cell.children) for cell in row.children]
    return any(texts) and all(not text or _COOKIE.fullmatch(text) for text in texts)


def _alignments(table: n.Table, body: Sequence[n.TableRow], width: int) -> list[str]:
    """`l`, `c`, `r` or nothing for each column: as its cookie says, and `r` for columns of numbers as in Org."""
    found = [""] * width
    for i, column in enumerate(zip_longest(*(row.children for row in body))):
        texts = [text for cell in column if cell is not None and (text := plain_text(cell.children))]
        numbers = sum(1 for text in texts if _NUMBER.fullmatch(text))
        if texts and numbers * 2 > len(texts):
            found[i] = "r"
    for row in table.children:
        if row.kind == "standard" and _is_alignment(row):
            for i, cell in enumerate(row.children):
                match = _COOKIE.fullmatch(plain_text(cell.children))
                if match and match.group(1):
                    found[i] = match.group(1)
    return found


def _drawn(rows: list[list[str]], alignments: list[str]) -> list[str]:
    widths = [max(3, *(display_width(row[i]) for row in rows)) for i in range(len(alignments))]
    if sum(widths) + 3 * len(widths) > _WIDEST_PADDED:
        widths = [0] * len(widths)
    lines = []
    for row in rows:
        cells = (_padded(text, w, a) for text, w, a in zip(row, widths, alignments, strict=True))
        lines.append(f"| {' | '.join(cells)} |")
    rules = []
    for width, alignment in zip(widths, alignments, strict=True):
        rule = _RULES[alignment]
        rules.append(f"{rule[0]}{'-' * (max(width, 3) - 2)}{rule[-1]}")
    lines.insert(1, f"| {' | '.join(rules)} |")
    return lines


def _padded(text: str, width: int, alignment: str) -> str:
    missing = max(0, width - display_width(text))
    if alignment == "r":
        return " " * missing + text
    if alignment == "c":
        return " " * (missing // 2) + text + " " * (missing - missing // 2)
    return text + " " * missing


def display_width(text: str) -> int:
    """Columns that TEXT takes in a fixed-width font."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
