"""Titles that tie two things and say no more: `** Health check for containers`."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts.blocks import BlockKind
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.clauses import is_counting
from orgkb.concepts.relations.model import Context, stated
from orgkb.patterns import pattern

_MIN_END = 0.35


def find(context: Context, confidence: float) -> Iterator[Relation]:
    """From the first thing that a title names to the other one, by the preposition between them."""
    for index, hits in context.hits_by_block.items():
        if len(hits) != 2:
            continue
        block = context.reading.blocks[index]
        if block.kind is not BlockKind.HEADING:
            continue
        first, second = hits
        text = block.prose
        tie = _TIE.fullmatch(text, first.end, second.start)
        if (
            tie is None
            or first.mention.concept == second.mention.concept
            or text[: first.start].strip().lower() not in _ARTICLES
            or text[second.end :].strip(" .")
            or is_counting(first.mention.text, text, first.end)
        ):
            continue
        if min(context.confidence.get(hit.mention.concept, 0.0) for hit in hits) >= _MIN_END:
            yield stated(first.mention.concept, second, tie[1], RelationKind.SENTENCE, confidence)


_ARTICLES = frozenset({"", "a", "an", "the"})
_TIE = pattern(r"\s(for|in|inside|of|on|via|with|using|from)\s(?:(?:an?|the)\s)?")
