"""Words that differ in one letter, found among very many."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BEHIND = "\U0010ffff"
"""Stands behind every letter."""
_BEGUN = 4
"""Letters of the begin of a word by which it is looked up among all words."""


def near_words(word: str, words: AbstractSet[str], ordered: Sequence[str]) -> set[str]:
    """Those of WORDS that WORD is with one letter changed, added, taken away or swapped with the next, but for the first.

    ORDERED are the same words, sorted.
    """
    near: list[str] = []
    for at in range(1, min(_BEGUN, len(word) + 1)):
        before, here, after = word[:at], word[at:], word[at + 1 :]
        if here:
            near.append(before + after)
        if after:
            near.append(before + after[0] + here[0] + after[1:])
        # One string that is divided is made sooner than all of them: here all that differ in one letter.
        near += f"{before}{f'{here} {before}'.join(_LETTERS)}{here}".split(" ")
        near += f"{before}{f'{after} {before}'.join(_LETTERS)}{after}".split(" ")
    found = set(words & set(near))
    # What is wrong further on leaves the begin as it is, and few words have the same.
    if len(word) >= _BEGUN:
        begin, least, most = word[:_BEGUN], len(word) - 1, len(word) + 1
        first = bisect_left(ordered, begin)
        last = bisect_left(ordered, begin + _BEHIND, first)
        found.update([other for other in ordered[first:last] if least <= len(other) <= most and _is_near(word, other)])
    return found


def _is_near(word: str, other: str) -> bool:
    """Whether WORD may misspell OTHER, of the same begin: one edit, where what is wrong or missing is a letter."""
    at, least = _BEGUN, min(len(word), len(other))
    while at < least and word[at] == other[at]:
        at += 1
    if len(other) < len(word):
        return word[at + 1 :] == other[at:]
    if len(other) > len(word):
        return word[at:] == other[at + 1 :] and other[at] in _LETTERS
    if at == least:
        return any(letter in _LETTERS for letter in word[1:])
    if word[at + 1 :] == other[at + 1 :]:
        return other[at] in _LETTERS
    return word[at + 2 :] == other[at + 2 :] and word[at] == other[at + 1] and other[at] == word[at + 1]
