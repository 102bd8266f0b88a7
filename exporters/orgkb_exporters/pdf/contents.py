"""How many pages the contents will take, guessed before they are laid out: see `main.typ` and `front.typ`."""

from __future__ import annotations

import math
from collections.abc import Sequence

from orgkb_exporters.pdf.data import PrintData
from orgkb_exporters.pdf.places import Heading

_MANY = 45
"""Headings above which the contents have two columns."""
_EDGE = 66.0
"""Points beside the contents, at most."""
_FOOT = 70.0
"""Points below them, at most."""
_GUTTER = 22.0
_LETTER, _BOLD_LETTER = 0.43, 0.51
"""Mean width of a letter, in em."""
_NEAR = 0.01
"""Part of a page by which a guess may be too much."""
_SPARE = 0.22
"""Part of a page that smaller letters bring back to the pages before."""


def contents_pages(base: PrintData, listed: Sequence[Heading]) -> int:
    """The pages of contents with the headings LISTED; a wrong guess costs time, nothing else."""
    look = base.look
    columns = 2 if base.contents > _MANY and look.size < 14 else 1
    height = columns * (look.height - look.top - min(look.bottom, _FOOT))
    wide = look.width - min(look.left, _EDGE) - min(look.right, _EDGE)
    column = (wide - (columns - 1) * _GUTTER) / columns
    over = base.contents / ((columns * (look.height - look.top - look.bottom) - columns * 30) / (look.size * 1.12))
    room = max(1, math.floor(over))
    size = look.size * (max(0.84, min(1.0, room / over)) if over - room < _SPARE else 1.0)
    total = columns * 2.4 * look.size
    for heading in listed:
        top = heading.level == 1
        em = size if top else 0.92 * size
        letters = len(heading.title) + 2 * heading.level + 2
        needed = letters * em * (_BOLD_LETTER if top else _LETTER)
        lines = math.ceil(needed / (column - 1.1 * size * (heading.level - 1) - 2.1 * em))
        total += em * (lines * 0.66 + (lines - 1) * 0.45) + size * (1.0 if top else 0.48)
    return max(1, math.ceil(total / height - _NEAR))
