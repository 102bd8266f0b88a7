"""Column widths of a printed table, from what its cells hold."""

from __future__ import annotations

import math
from collections.abc import Sequence

LINE_CHARACTERS = 88
"""Characters of table text that fit one line of the page."""

_NARROW = 12
"""A column whose longest cell has no more characters keeps its natural width."""
_LONGEST_WORD, _HEAD_WORD = 20, 8
"""Letters of a word that are kept on one line, in most cells and in the head."""
_FOR_WORDS = 0.8
"""Share of the line that may be given away for whole words."""
_ROOM = (10, 8, 7, 6, 5, 4, 3)
"""Letters of a word for which a column has room where many columns share the line."""
_SMALLER = ((10, 1.35), (7, 1.2), (4, 1.1))
"""Columns above which so many times as many characters fit the line."""
_PADDING = 3
"""Width of the space between columns, in characters."""


CELL_LIMIT = 12
"""Characters after which a word in a cell may break."""


def columns(cells: Sequence[Sequence[str]], line: int = LINE_CHARACTERS) -> list[str]:
    """Typst column widths for the rows of texts in CELLS: `auto`, or shares of a line of LINE characters such as `2.5fr`.

    Natural widths where the longest cells fit beside each other; else narrow columns stay natural
    and the others share the rest by the length of their words and texts.
    """
    width = max((len(row) for row in cells), default=0)
    line = _fitting(width, line)
    lengths = [[len(row[i]) for row in cells if i < len(row)] for i in range(width)]
    longest = [max(column, default=0) for column in lengths]
    if sum(longest) + _PADDING * width <= line:
        return ["auto"] * width
    narrow = [size <= _NARROW for size in longest]
    # Many narrow columns would leave no room for the others.
    if sum(size + _PADDING for size, small in zip(longest, narrow, strict=True) if small) > line // 2:
        narrow = [False] * width
    left = line - sum(size + _PADDING for size, small in zip(longest, narrow, strict=True) if small)
    wide = [i for i, small in enumerate(narrow) if not small]
    words = [[max(map(len, row[i].split()), default=0) for row in cells if i < len(row)] for i in wide]
    shares = dict(zip(wide, _shares([lengths[i] for i in wide], words, left), strict=True))
    return [f"{shares[i]:g}fr" if i in shares else "auto" for i in range(width)]


def limits(cells: Sequence[Sequence[str]], widths: Sequence[str], line: int = LINE_CHARACTERS) -> list[int]:
    """After how many characters a word may break, by columns of these WIDTHS, see `columns`.

    A number or a date that is wider than its column would stand in the next one.
    """
    longest = [max((len(row[i]) for row in cells if i < len(row)), default=0) for i in range(len(widths))]
    shares = [float(width.removesuffix("fr")) if width.endswith("fr") else 0.0 for width in widths]
    fixed = sum(size + _PADDING for size, share in zip(longest, shares, strict=True) if not share)
    left = _fitting(len(widths), line) - fixed
    found = []
    for column, share in enumerate(shares):
        room = max(3, int(left * share / sum(shares)) - _PADDING) if share else CELL_LIMIT
        words = [word for row in cells if column < len(row) for word in row[column].split()]
        whole = all(len(word) <= room for word in words if not word.isalpha())
        found.append(CELL_LIMIT if whole else min(room, CELL_LIMIT))
    return found


def _fitting(width: int, line: int) -> int:
    """Characters on a LINE of a table of WIDTH columns: more columns are set in smaller letters, see `otable`."""
    return int(line * next((factor for count, factor in _SMALLER if width > count), 1.0))


def _shares(lengths: Sequence[Sequence[int]], words: Sequence[Sequence[int]], line: int) -> list[float]:
    """Weights of columns with cells of these LENGTHS and longest WORDS: room for most words, and the rest by their texts, damped."""
    texts = [math.sqrt(max(column, default=0) * max(sum(column) / max(1, len(column)), 1.0)) for column in lengths]
    needed = [_PADDING + 1 + _usual(column) for column in words]
    if sum(needed) <= _FOR_WORDS * line:
        more = [max(text - need, 1.0) for text, need in zip(texts, needed, strict=True)]
        part = (line - sum(needed)) / sum(more)
        return [round(need + part * extra, 1) for need, extra in zip(needed, more, strict=True)]
    # Where not all words fit, each column has room for the beginning of one at least.
    padding = _PADDING if len(words) <= 10 else _PADDING - 1
    for most in _ROOM:
        needed = [padding + min(_usual(column), most) for column in words]
        if sum(needed) <= line:
            spare = (line - sum(needed)) / sum(texts)
            return [round(need + spare * text, 1) for need, text in zip(needed, texts, strict=True)]
    longest = [max(column, default=1) for column in words]
    return [round(max(1.0, min(word, 20) / 2, text / 3), 1) for text, word in zip(texts, longest, strict=True)]


def _usual(words: Sequence[int]) -> int:
    """Letters of a word for which a column should have room: that of most cells, and more or less that of the first one."""
    if not words:
        return 1
    return max(min(sorted(words)[len(words) * 4 // 5], _LONGEST_WORD), min(words[0], _HEAD_WORD))
