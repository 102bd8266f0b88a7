"""Which runs of `*`, `_` and `~` can open or close emphasis: CommonMark's rules on what stands around them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
"""The ASCII characters that a backslash escapes."""


def roles(char: str, before: str, after: str) -> tuple[tuple[bool, bool], ...]:
    """(can open, can close) of a delimiter run between BEFORE and AFTER.

    In two readings: since CommonMark 0.31 symbols outside ASCII are punctuation, before they were not.
    """
    kinds = _kind(before), _kind(after)
    readings = {tuple("punctuation" if k == "symbol" else k for k in kinds)}
    readings.add(tuple("other" if k == "symbol" else k for k in kinds))
    return tuple(_role(char, *reading) for reading in sorted(readings))


@lru_cache(maxsize=64)
def _role(char: str, before: str, after: str) -> tuple[bool, bool]:
    left = after != "space" and (after != "punctuation" or before != "other")
    right = before != "space" and (before != "punctuation" or after != "other")
    if char == "_":
        return left and (not right or before == "punctuation"), right and (not left or after == "punctuation")
    return left, right


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    if char in PUNCTUATION:
        return "punctuation"
    category = unicodedata.category(char)
    if category == "Zs" or char in "\t\n\f\r":
        return "space"
    return "punctuation" if category[0] == "P" else "symbol" if category[0] == "S" else "other"
