"""Terms of computing that the shipped tables know: a phrase such as `load balancing`, an acronym such as `TLS`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from orgkb.concepts import folding
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate
from orgkb.concepts.lexicon import tables
from orgkb.concepts.tokens import Token
from orgkb.patterns import pattern

RULE = "known-term"
_WORD_FACTOR = 0.95
_MAX_WORDS = 5
_MAX_PLACES = 3
"""More say nothing new; the first may lie inside a longer name."""


@cache
def _phrases() -> tuple[frozenset[str], frozenset[str]]:
    """(keys of the terms of several words, every beginning of them by whole words)."""
    known = [english for english, _ in tables.translations()] + [long for _, long in tables.rows("acronyms")]
    known += tables.known_names()
    keys: set[str] = set()
    prefixes: set[str] = set()
    for term in known:
        parts = folding.folded_words(term)
        if len(parts) < 2:
            continue
        keys.add("".join(parts))
        prefixes.update("".join(parts[:end]) for end in range(1, len(parts)))
    return frozenset(keys), frozenset(prefixes)


@cache
def _words() -> frozenset[str]:
    """Acronyms and proper names, as they are written."""
    single = {name for name in tables.known_names() if " " not in name}
    return tables.proper_names() | single | {short for short in tables.acronyms() if len(short) > 2}


@cache
def _begins() -> frozenset[str]:
    """The folded words with which such a term begins."""
    return _phrases()[1].union(map(folding.fold_token, _words()))


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """The first few places of each such term in the document."""
    seen: Counter[str] = Counter()
    begins = _begins()
    for block, words, folded in zip(reading.blocks, reading.tokens, reading.folded, strict=True):
        if block.kind is BlockKind.CELL or begins.isdisjoint(folded):
            continue
        for start, end, key, factor in _matches(block, words, [i for i, word in enumerate(folded) if word in begins]):
            if seen[key] >= _MAX_PLACES:
                continue
            found = candidate(reading, block, start, end, rule=RULE, confidence=confidence * factor, check_shape=False)
            if found:
                seen[key] += 1
                yield found


def _is_said(text: str, start: int, end: int) -> bool:
    """Whether the last word between two indexes of TEXT is a verb after one thing: `this function calls the next one`."""
    return (
        text[end - 1] == "s"
        and _ONE.search(text, max(0, start - 9), start) is not None
        and bool(_OBJECT.match(text, end))
    )


_OF_LICENCE = pattern(r"\s(?:Public\s)?Licen[cs]e\b")
"""`Apache License` is no Apache."""
_ONE = pattern(r"(?:^|(?<=[\s(]))(?:this|that|an?|each|every|another)\s\Z", re.IGNORECASE)
_OBJECT = pattern(r"\s(?!(?:and|or|is|are|of|in|to|for|was|were|can|will|has|have)\s)[\w=~/\"`'(]")


def _matches(block: Block, words: list[Token], begins: Iterable[int]) -> Iterator[tuple[int, int, str, float]]:
    keys, prefixes = _phrases()
    alone = _words()
    text = block.text
    free = 0
    for first in begins:
        token = words[first]
        if first < free or not token.opens:
            continue
        single = token.closes and text[token.start : token.end] in alone
        if not single and token.folded not in prefixes:
            continue
        joined = ""
        end = -1
        for last in range(first, min(first + _MAX_WORDS, len(words)) if token.folded in prefixes else first):
            word = words[last]
            if last > first and not word.joins:
                break
            joined += word.folded
            if joined in keys and word.closes and last > first:
                end, key = last, joined
            if joined not in prefixes:
                break
        if end >= 0 and _is_said(text, token.start, words[end].end):
            free = end + 1
        elif end >= 0:
            yield token.start, words[end].end, key, 1.0
            free = end + 1
        elif single and not _OF_LICENCE.match(text, token.end):
            yield token.start, token.end, token.folded, _WORD_FACTOR
