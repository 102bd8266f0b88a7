"""How often general English has a word, and some other languages."""

from __future__ import annotations

import gzip
from functools import cache, lru_cache

import msgspec

from orgkb.concepts.lexicon.memory import answer, is_remembering
from orgkb.shipped import shipped

__all__ = ["english_count", "english_counts", "general_count", "general_share"]


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


@cache
def _counts(language: str) -> tuple[dict[str, int], int]:
    """The same list of another LANGUAGE, by its code, and how many words it counts in all."""
    data = shipped("spellchecker", f"resources/{language}.json.gz")
    counts = msgspec.json.decode(gzip.decompress(data), type=dict[str, int])
    return counts, sum(counts.values())


@lru_cache(maxsize=50_000)
def general_count(language: str, word: str) -> int:
    """How often general LANGUAGE (de, es, fr, it, pt) has WORD; 0 where it is none."""
    return int(answer(f"count-{language}", word, lambda word: str(_counts(language)[0].get(word, 0))))


@cache
def _total(language: str) -> int:
    return int(answer("count-all", language, lambda language: str(_counts(language)[1])))


def general_share(language: str, word: str) -> float:
    """The share of WORD among the words of general LANGUAGE; of one that it hardly has, a little more than nothing."""
    return general_count(language, word) / _total(language) + _RARE


_RARE = 4e-7
