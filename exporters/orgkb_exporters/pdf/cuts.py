"""Where long notes are cut, so that each piece is laid out alone: time and memory grow with the piece, not with the whole."""

from __future__ import annotations

from collections.abc import Sequence

WANTED = 420_000
"""Letters of Typst source in a piece: some ninety pages."""
_LEVELS = ((0.6, 1), (1.0, 2), (1.3, 3), (1.6, 9))
"""Share of WANTED from which a piece may end before a heading of this level."""


def cuts(sizes: Sequence[int], levels: Sequence[int], deepest: int = 9) -> list[range]:
    """Runs of sections, each printed from a new page on.

    SIZES are the letters of each section and LEVELS those of their headings, 0 where a section has none.  No run begins
    before a heading deeper than DEEPEST.
    """
    left = sum(sizes)
    found: list[range] = []
    begin = filled = 0
    for number, (size, level) in enumerate(zip(sizes, levels, strict=True)):
        allowed = max((allowed for share, allowed in _LEVELS if filled >= share * WANTED), default=0)
        # A short rest stays with what is before it.
        if 0 < level <= min(allowed, deepest) and number > begin and left > 0.4 * WANTED:
            found.append(range(begin, number))
            begin, filled = number, 0
        filled += size
        left -= size
    return [*found, range(begin, len(sizes))]
