"""British and American spellings of one word: `colour` and `color`, `optimise` and `optimize`."""

from __future__ import annotations

from functools import lru_cache

from orgkb.concepts.frequency import english_count
from orgkb.patterns import pattern

__all__ = ["BRITISH", "PAIRS", "SHORT_PAIRS", "american", "is_regional"]


@lru_cache(maxsize=20_000)
def american(word: str) -> str:
    """WORD (small letters) as American English spells it, where the English list has only that: `behaviour`, `optimise`."""
    if word in PAIRS:
        return PAIRS[word]
    if len(word) < _MIN_REGIONAL or not word.isascii() or english_count(word):
        return word
    for british, here in _REGIONAL:
        changed = british.sub(here, word, count=1)
        if changed != word and (english_count(changed) or english_count(changed.removesuffix("s"))):
            return changed
    return word


def is_regional(word: str, other: str) -> bool:
    """Whether two words are one, in British and in American spelling."""
    return word != other and american(word) == american(other)


PAIRS = {
    british + end: here + end
    for british, here in (
        ("grey", "gray"), ("greyscale", "grayscale"), ("catalogue", "catalog"), ("analogue", "analog"), ("licence", "license"),
        ("artefact", "artifact"), ("fibre", "fiber"), ("litre", "liter"), ("metre", "meter"), ("centre", "center"),
    )
    for end in ("", "s")
} | {
    "modelling": "modeling", "modelled": "modeled", "labelling": "labeling", "labelled": "labeled", "travelling": "traveling",
    "cancelled": "canceled", "signalling": "signaling", "judgement": "judgment", "ageing": "aging", "aluminium": "aluminum",
}  # fmt: skip
"""Pairs that the English list has both of, or that no rule makes."""
BRITISH = pattern("our|[iy]s[ei]|isa|ll|re[sd]?$|ogue|ence|mme|grey|artefact|ageing|judgement|alumin")
"""What every British spelling has that differs: most words have none of it."""
SHORT_PAIRS = frozenset(
    [
        "grey",
        "gray",
        "color",
        "fiber",
        "meter",
        "liter",
        "tumor",
        "vapor",
        "rumor",
        "honor",
        "labor",
        "favor",
        "humor",
        "fibre",
        "metre",
        "litre",
        "theater",
        "savor",
        "valor",
        "vigor",
        "odor",
    ]
) | frozenset({"tumour", "odour"})
"""Short words with two spellings, all of which are counted."""
_MIN_REGIONAL = 5
_REGIONAL = (
    (pattern("our(?=(?:s|ed|ing|able|al|ally|ful|ly|ite|ites)?$)"), "or"),
    (pattern("is(?=(?:e|es|ed|er|ers|ing|able|ation|ations|ational)$)"), "iz"),
    (pattern("ys(?=(?:e|es|ed|er|ers|ing)$)"), "yz"),
    (pattern("ll(?=(?:ed|ing|er|ers|or|ors)$)"), "l"),
    (pattern("re(?=(?:s|d)?$)"), "er"),
    (pattern("ogue(?=s?$)"), "og"),
    (pattern("ence(?=s?$)"), "ense"),
    (pattern("mme(?=s?$)"), "m"),
)
"""How British spellings become American ones."""
