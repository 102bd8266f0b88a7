"""A definition that only lists concepts: `workload resources :: Deployment, StatefulSet`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.heads import is_proper
from orgkb.concepts.relations.model import Context, stated
from orgkb.patterns import pattern

_CYRILLIC = pattern("[а-яё]", re.IGNORECASE)
_OFFSET = attrgetter("mention.offset")
_MIN_TARGET = 0.28


def listed(
    context: Context, index: int, candidate: Candidate, source: str, hits: list[Hit], confidence: float
) -> Iterator[Relation]:
    """`workload resources :: Deployment, StatefulSet`: a definition that only lists concepts says what there is of it."""
    assert candidate.defined_at is not None
    begin, end = candidate.defined_at
    block = context.reading.blocks[index]
    text = block.prose
    here, stop = block.flat.index(begin) or 0, (block.flat.index(end - 1) or len(text) - 1) + 1
    found = hits[bisect_left(hits, begin, key=_OFFSET) :][:_MAX_LISTED]
    first = last = None
    for hit in found:
        between = text[here if last is None else last.end : hit.start]
        if hit.end > stop or not (_LISTING.fullmatch(between) if last else not between.strip(" *")):
            break
        first, last = first or hit, hit
    if first is None or last is None or first is last or not _LISTED_END.match(text[last.end : stop]):
        return
    # `GitHub Copilot - OpenAI, Microsoft` says whose it is.
    if candidate.rule in _BESIDE or is_proper(candidate.name):
        return
    label = "включает" if _CYRILLIC.search(candidate.name) else "includes"
    for hit in found[: found.index(last) + 1]:
        if hit.mention.concept != source and context.confidence.get(hit.mention.concept, 0.0) >= _MIN_TARGET:
            sure = min(1.0, 0.4 + 0.6 * context.confidence[hit.mention.concept])
            yield stated(source, hit, label, RelationKind.DEFINITION, confidence * _LISTED_FACTOR * sure)


_LISTING = pattern(r"\s*(?:,|,?\s(?:and|и))\s+(?:the\s)?", re.IGNORECASE)
_LISTED_END = pattern(r"[\s*]*(?:[.;]\s|[.;]?\s*$)")
_MAX_LISTED = 12
_LISTED_FACTOR = 0.7
_BESIDE = frozenset({"explained-item", "parenthesis"})
