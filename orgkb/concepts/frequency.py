"""How often general English has a word."""

from __future__ import annotations

import gzip
from functools import cache, lru_cache

import msgspec

from orgkb.concepts.lexicon.memory import answer, is_remembering
from orgkb.shipped import shipped

__all__ = ["english_count", "english_counts"]


@cache
def english_counts() -> dict[str, int]:
    """160,000 English words and how often they occur: the list that pyspellchecker ships, without that package's code."""
    data = shipped("spellchecker", "resources/en.json.gz")
    return msgspec.json.decode(gzip.decompress(data), type=dict[str, int])


@lru_cache(maxsize=50_000)
def english_count(word: str) -> int:
    """How often general English has WORD, in some hundred millions of words; 0 where it is none."""
    if not is_remembering():
        return english_counts().get(word, 0)
    return int(answer("count", word, lambda word: str(english_counts().get(word, 0))))
