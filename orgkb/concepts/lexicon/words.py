"""How the word lists are written."""

from __future__ import annotations

import unicodedata


def accents_left_out(text: str) -> frozenset[str]:
    """The words of TEXT, and the same without their accents, as people type them in haste: `definición`, `definicion`."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return word_set(text) | word_set(plain)


def word_set(text: str) -> frozenset[str]:
    """The words of TEXT, which are separated by blanks and line ends."""
    return frozenset(text.split())
