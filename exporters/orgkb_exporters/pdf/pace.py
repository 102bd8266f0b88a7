"""How far the printing is, for a person who waits."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

STEPS = 4
"""Of one PDF: the text as Typst, its pages, those of what follows it, heads and margins."""


class Pace(msgspec.Struct, frozen=True):
    """Tells the steps of one PDF among all that are made."""

    step: Callable[[str, int, int], None]
    name: str
    """Title and layout."""
    before: int
    """How many PDFs were made before it."""
    total: int
    """How many there are."""

    def tell(self, what: str, number: int) -> None:
        """WHAT is done next, the step NUMBER from 0."""
        self.step(f"{what} of {self.name}", self.before * STEPS + number, self.total * STEPS)
