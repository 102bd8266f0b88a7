"""Lists of signs that say how each is called: `- $κ(M)$ :: The condition number of $M$; how much …`, `- $⊕$ :: Disjoint sum: …`."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts import folding
from orgkb.concepts.blocks import BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import ABSTRACT_WORDS, FUNCTION_WORDS, NEVER_WORDS, SECTION_WORDS
from orgkb.patterns import pattern

RULE = "sign"
_WORD = r"[^\W\d_][\w’'-]*+"
_CALLED = pattern(
    rf"\s*(?:(?:[Tt]he|[Aa]n?)\s(?P<name>{_WORD}(?:\s{_WORD}){{0,3}}?)(?:\s(?:of|for|in|on|between)\s[^;:.\n]{{1,40}}?|\s\0++)?\s?(?:[;:]|\s[–—-]\s|,\si\.e\.,?)\s*"
    rf"|(?P<alone>{_WORD}(?:\s{_WORD}){{0,3}})\s?:\s+)(?=\S)"
)
_SIGN = pattern(r"\s*(?:\$[^$\n]+\$|\\\([^\n]+\\\)|\\[A-Za-z]+)\s*")
_LEAST_WORDS = 3


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """The names of signs in tags, with what is said of them behind."""
    for block in reading.of_kind(BlockKind.TAG):
        if block.body < 0 or not _SIGN.fullmatch(block.text):
            continue
        body = reading.blocks[block.body]
        match = _CALLED.match(body.prose)
        if match is None:
            continue
        group = "name" if match["name"] else "alone"
        words = [word.lower() for word in folding.words(match[group])]
        if not words or not FUNCTION_WORDS.isdisjoint(words) or words[0] in NEVER_WORDS | SECTION_WORDS:
            continue
        if len(words) == 1 and words[0] in ABSTRACT_WORDS:
            continue
        defined = definition_at(
            reading, body, match.end(), len(body.text), rule=RULE, confidence=confidence, rest=block.rest
        )
        if defined is None or len(body.prose[match.end() :].split()) < _LEAST_WORDS:
            continue
        found = candidate(
            reading, body, *match.span(group), rule=RULE, confidence=confidence, check_shape=False, defined=defined
        )
        if found:
            yield found
