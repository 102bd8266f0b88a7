"""How wide text is in Arial and its metric twins (Liberation Sans, Arimo, Helvetica): boxes are sized from this.

Graphviz builds differ in the fonts they know, and some take every Cyrillic letter for a space. The
map therefore states the size of every box itself. The table holds advance widths only, in 1/2048 em.
"""

from __future__ import annotations

import json
import math
import unicodedata
from functools import cache, lru_cache

from orgkb.shipped import shipped

LINE_HEIGHT = 1.2
"""Distance of two baselines in font sizes, as Graphviz sets lines."""

_UNKNOWN = 0.75  # em: letters of scripts the table lacks are rarely wider
_BREAK_AFTER = frozenset("/\\._-:=@,;|+&?#")


@cache
def _widths() -> dict[int, float]:
    table = json.loads(shipped(__package__, "advance_widths.json"))
    em = table["units_per_em"]
    return {
        int(first) + index: width / em
        for first, widths in table["first_code_point_to_widths"].items()
        for index, width in enumerate(widths)
    }


@cache
def _advance(char: str) -> float:
    known = _widths().get(ord(char))
    if known is not None:
        return known
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0.0
    wide = unicodedata.east_asian_width(char) in {"W", "F"}
    if wide and ord(char) >= 0x1F000:
        return 1.4  # emoji fonts are wider than the em they claim
    return 1.0 if wide else _UNKNOWN


def in_table(text: str) -> bool:
    """Whether every character of TEXT has a known width, which means that a common sans font draws it."""
    widths = _widths()
    return all(ord(char) in widths or _advance(char) == 0 for char in text)


def text_width(text: str, size: float) -> float:
    """Width in points of TEXT, one line, set in SIZE points."""
    return _ems(text) * size


@lru_cache(maxsize=4096)
def _ems(text: str) -> float:
    return sum(map(_advance, text))


def text_height(lines: int, size: float) -> float:
    """Height in points of LINES lines set in SIZE points."""
    return lines * size * LINE_HEIGHT


@lru_cache(maxsize=4096)  # a map is laid out several times, and shares names with others
def wrap(text: str, limit: int = 22, max_lines: int = 3) -> tuple[str, ...]:
    """TEXT in at most MAX_LINES lines of about LIMIT average letters, as even as they come.

    Lines break at spaces, and words longer than a line after a separator such as `/` or `-`, else
    anywhere. What does not fit ends in an ellipsis.
    """
    em_limit = limit * 0.5  # a lower-case letter is half an em on average
    pieces = [piece for word in text.split() for piece in _split(word, em_limit)]
    lines = _fill(pieces, em_limit)
    if len(lines) > max_lines:
        kept = lines[:max_lines]
        last = kept[-1]
        while last and text_width(last + "…", 1) > em_limit:
            last = last[:-1]
        return (*kept[:-1], last.rstrip() + "…")
    # The same number of lines fits a narrower column: take the narrowest that does.
    low, high = max((text_width(piece, 1) for piece, _ in pieces), default=0.0), em_limit
    for _ in range(8):
        middle = (low + high) / 2
        if len(_fill(pieces, middle)) <= len(lines):
            high = middle
        else:
            low = middle
    return tuple(_fill(pieces, high))


def room_for(text: str, limit: int) -> int:
    """LIMIT for `wrap`, raised by up to a half where a word of TEXT would else be broken."""
    longest = max((text_width(word, 1) for word in text.split()), default=0.0)
    return min(max(limit, math.ceil(2 * longest)), limit + limit // 2)


def _split(word: str, limit: float) -> list[tuple[str, bool]]:
    """WORD in pieces no wider than LIMIT em, each with whether a space stands before it."""
    pieces: list[tuple[str, bool]] = []
    start, width, break_at = 0, 0.0, 0
    for index, char in enumerate(word):
        width += _advance(char)
        if width > limit and index > start:
            end = break_at if break_at > start else index
            pieces.append((word[start:end], not pieces))
            start = end
            width = text_width(word[start : index + 1], 1)
        if char in _BREAK_AFTER:
            break_at = index + 1
    pieces.append((word[start:], not pieces))
    return pieces


def _fill(pieces: list[tuple[str, bool]], limit: float) -> list[str]:
    lines: list[str] = []
    for piece, first in pieces:
        joined = f"{lines[-1]}{' ' if first else ''}{piece}" if lines else piece
        if lines and text_width(joined, 1) <= limit + 1e-9:
            lines[-1] = joined
        else:
            lines.append(piece)
    return lines
