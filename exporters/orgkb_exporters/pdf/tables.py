"""Column widths of a printed table, from what its cells hold."""

from __future__ import annotations

import math
from collections.abc import Sequence

LINE_CHARACTERS = 88
"""Characters of table text that fit one line of the page."""

_NARROW = 12
"""A column whose longest cell has no more characters keeps its natural width."""
_PADDING = 3
"""Width of the space between columns, in characters."""


def columns(cells: Sequence[Sequence[str]], line: int = LINE_CHARACTERS) -> list[str]:
    """Typst column widths for the rows of texts in CELLS: `auto`, or shares of a line of LINE characters such as `2.5fr`.

    Natural widths where the longest cells fit beside each other; else narrow columns stay natural
    and the others share the rest by the length of their texts.
    """
    width = max((len(row) for row in cells), default=0)
    lengths = [[len(row[i]) for row in cells if i < len(row)] for i in range(width)]
    longest = [max(column, default=0) for column in lengths]
    if sum(longest) + _PADDING * width <= line:
        return ["auto"] * width
    words = [
        max((len(word) for row in cells if i < len(row) for word in row[i].split()), default=1) for i in range(width)
    ]
    narrow = [size <= _NARROW for size in longest]
    # Many narrow columns would leave no room for the others.
    if sum(size + _PADDING for size, small in zip(longest, narrow, strict=True) if small) > line // 2:
        narrow = [False] * width
    return [
        "auto" if small else f"{_share(column, word):g}fr"
        for small, column, word in zip(narrow, lengths, words, strict=True)
    ]


def _share(lengths: Sequence[int], longest_word: int) -> float:
    """The weight of a column: between that of its longest word and that of its text, damped."""
    mean = sum(lengths) / max(1, len(lengths))
    return round(max(1.0, min(longest_word, 20) / 2, math.sqrt(max(lengths, default=0) * max(mean, 1.0)) / 3), 1)
