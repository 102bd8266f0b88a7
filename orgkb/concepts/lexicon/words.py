"""How the word lists are written."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of TEXT, which are separated by blanks and line ends."""
    return frozenset(text.split())
