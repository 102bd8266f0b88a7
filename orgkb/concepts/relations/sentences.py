"""A sentence whose subject and object are concepts, such as `The kubelet talks to container runtimes`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from msgspec import structs

from orgkb.concepts.blocks import Block, BlockKind
from orgkb.concepts.lexicon import FUNCTION_WORDS, is_verb
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind, RelationType
from orgkb.concepts.relations.kinds import type_of
from orgkb.concepts.relations.model import Context
from orgkb.concepts.relations.phrases import (
    CLAUSE_LENGTH,
    MAX_WORDS,
    clause_start,
    is_enumeration,
    is_modifier,
    is_subject,
    phrase,
)

_MIN_END = 0.38
"""Confidence that both concepts need."""
_BEFORE = re.compile(r"[\s\W]*(?:[^\W_][\w-]*\s+){0,2}")
_LATER_FACTOR = 0.9


def find(context: Context, confidence: float) -> Iterator[Relation]:
    """From the subject of each clause to the first concept that its verb leads to."""
    defined = {
        index: sorted(c.defined_at for c in found if c.defined_at) for index, found in context.defined_in.items()
    }
    for index, hits in context.hits_by_block.items():
        block = context.reading.blocks[index]
        if block.kind not in {BlockKind.PARAGRAPH, BlockKind.ITEM}:
            continue
        taken = defined.get(index, ())
        yield from _of_section(context, index, block, hits, confidence)
        listed: Relation | None = None
        last: Hit | None = None
        for subject, target in pairwise(hits):
            # `consists of a control plane and a data plane`
            if listed and last is subject and is_enumeration(block.prose[subject.end : target.start]):
                last = target
                if target.mention.concept not in {listed.source, listed.target}:
                    yield structs.replace(listed, target=target.mention.concept, span=target.mention.span)
                continue
            listed = None
            if example := _example(context, block, subject, target, confidence):
                listed, last = example, target
                yield example
                continue
            offset = subject.mention.offset
            at = bisect_right(taken, offset, key=lambda stretch: stretch[0]) - 1
            if at >= 0 and offset < taken[at][1] and not _opens(block, subject):
                continue
            if subject.mention.context == "term" or subject.mention.concept == target.mention.concept:
                continue
            if relation := _relation(context, block, subject, target, confidence):
                listed, last = relation, target
                yield relation


_EXAMPLE = re.compile(
    r"\s*[(,]?\s*(such\s+as|like|including|типа|так\w+\s+как|вроде)\s+(?:an?\s+|the\s+)?",
    re.IGNORECASE,
)


def _example(context: Context, block: Block, subject: Hit, target: Hit, confidence: float) -> Relation | None:
    """`container runtime (like Docker, rkt)`: the second is an example of the first."""
    match = _EXAMPLE.fullmatch(block.prose, subject.end, target.start)
    ends = subject.mention.concept, target.mention.concept
    if not match or ends[0] == ends[1] or min(context.confidence.get(end, 0.0) for end in ends) < _MIN_EXAMPLE:
        return None
    label = " ".join(match[1].lower().strip(",").split())
    return Relation(
        source=ends[0],
        target=ends[1],
        label=label,
        kind=RelationKind.SENTENCE,
        span=target.mention.span,
        confidence=round(confidence, 4),
        type=RelationType.OTHER,
    )


_MIN_EXAMPLE = 0.35


def _of_section(context: Context, index: int, block: Block, hits: list[Hit], confidence: float) -> Iterator[Relation]:
    """`мониторит pods` under `* kubelet`: a sentence without subject is about what its section is about."""
    if index in context.defined_in or (block.kind is BlockKind.ITEM and block.lead >= 0 and block.group < 0):
        return
    first = _FIRST_VERB.match(block.prose)
    source = context.section_subject(block.headline)
    if not first or source is None or not _THIRD_PERSON.fullmatch(first[1]) or not is_verb(first[1].lower()):
        return
    target = hits[0]
    between = block.prose[first.start(1) : target.start]
    if target.mention.concept == source or clause_start(block.prose, first.start(1), target.start) != first.start(1):
        return
    label = phrase(between)
    if label and context.confidence.get(target.mention.concept, 0.0) >= _MIN_END and "," not in between:
        yield Relation(
            source=source,
            target=target.mention.concept,
            label=label,
            kind=RelationKind.SENTENCE,
            span=target.mention.span,
            confidence=round(confidence * _LATER_FACTOR, 4),
            type=type_of(label),
        )


_FIRST_VERB = re.compile(r"\s*([^\W\d_]{4,})\s")
_THIRD_PERSON = re.compile(r"[A-Za-z]+(?:s|ed)|[а-яёА-ЯЁ]+(?:ет|ит|ют|ят|ат|ется|ится|ются|ятся|ан|ен)")


def _opens(block: Block, subject: Hit) -> bool:
    """Whether a sentence begins with SUBJECT: then it says something of its own, even in a definition."""
    before = (
        block.prose[max(0, subject.start - 6) : subject.start].rstrip().removesuffix("The").removesuffix("A").rstrip()
    )
    return before.endswith((".", "!", "?"))


def _relation(context: Context, block: Block, subject: Hit, target: Hit, confidence: float) -> Relation | None:
    ends = subject.mention.concept, target.mention.concept
    if min(context.confidence.get(end, 0.0) for end in ends) < _MIN_END:
        return None
    text = block.prose
    between = text[subject.end : target.start]
    if len(between) > 90 or "," in between or not is_subject(between):
        return None
    start = clause_start(text, max(0, subject.start - CLAUSE_LENGTH), subject.start)
    before = [word.lower() for word in re.findall(r"[^\W_]+", text[start : subject.start])]
    # The subject opens its clause: what stands before it is an article or an adjective.
    if len(before) > 2 or any(word in FUNCTION_WORDS - _ARTICLES for word in before):
        return None
    if clause_start(text, subject.end, target.start) != subject.end:
        return None
    label = phrase(between.lstrip("'’s ") if between[:1] in "'’" else between)
    if (
        not label
        or len(re.findall(r"[^\W_]+", between)) > MAX_WORDS + 3
        or is_modifier(text[target.end : target.end + 40])
    ):
        return None
    if label in _COPULAS:
        if not re.match(r"\s+\w+\s+an?\s", between):
            return None
        label += " a"
    trust = confidence * _LATER_FACTOR if before else confidence
    return Relation(
        source=ends[0],
        target=ends[1],
        label=label,
        kind=RelationKind.SENTENCE,
        span=target.mention.span,
        confidence=round(trust, 4),
        type=type_of(label),
    )


_COPULAS = frozenset({"is", "are", "was", "были", "был"})
_ARTICLES = frozenset({"a", "an", "the", "each", "every", "all", "both", "most", "some", "many"})
