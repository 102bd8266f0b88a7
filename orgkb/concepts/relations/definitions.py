"""One definition names another concept: `*Image* - read-only template used to build containers`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from orgkb.concepts.blocks import Block
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.lexicon import FUNCTION_WORDS
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.kinds import type_of
from orgkb.concepts.relations.model import Context
from orgkb.concepts.relations.phrases import (
    CLAUSE_LENGTH,
    MAX_WORDS,
    clause_start,
    has_other_subject,
    is_denied,
    is_enumeration,
    is_finite,
    is_modifier,
    phrase,
)

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_REOPENING = frozenset(":-–—")
"""After these a definition says again what the thing is: `template: a stack of layers`."""
_MIN_TRUST = 0.3
_MAX_TARGETS = 5
_MAX_HITS = 60
_MIN_TARGET = 0.5
"""Confidence that a concept needs to be named by another's definition."""
_LATER_FACTOR = 0.92
_BARE_FACTOR = 0.5
_EXAMPLES = frozenset({"such as", "like", "as", "including", "for example"})
_MODIFIER_FACTOR = 0.75


def find(context: Context, confidence: float) -> Iterator[Relation]:
    """From each defined concept to the first few others that its definition names."""
    for index, candidates in context.defined_in.items():
        hits = context.hits_by_block.get(index, [])
        done: set[tuple[str, tuple[int, int] | None]] = set()
        for candidate in candidates:
            source = context.concept_of(candidate.name, candidate.headline)
            if source is None or (source, candidate.defined_at) in done:
                continue
            done.add((source, candidate.defined_at))
            yield from _of_definition(context, index, candidate, source, hits, confidence)


def _of_definition(
    context: Context, index: int, candidate: Candidate, source: str, hits: list[Hit], confidence: float
) -> Iterator[Relation]:
    assert candidate.defined_at is not None
    begin, end = candidate.defined_at
    block = context.reading.blocks[index]
    first = bisect_left(hits, begin, key=lambda hit: hit.mention.offset)
    inside = [hit for hit in hits[first : first + _MAX_HITS] if hit.mention.offset < end]
    if not inside:
        return
    body = block.flat.index(begin) or 0
    copula = _copula_before(block, body)
    text = block.prose
    named: set[str] = set()
    previous: Hit | None = None
    label = ""
    for hit in inside:
        target = hit.mention.concept
        if target == source:
            previous, label = None, ""
            continue
        if previous is not None and is_enumeration(block.flat.text[previous.end : hit.start]):
            pass  # pods, nodes and services: one phrase for all
        else:
            start = clause_start(text, max(body, hit.start - CLAUSE_LENGTH), hit.start)
            before = [other.end - start for other in inside if start <= other.start < hit.start]
            if has_other_subject(text[start : hit.start], before):
                previous, label = None, ""
                continue
            label = phrase(
                text[start : hit.start],
                opening=start == body or text[max(0, start - 3) : start].rstrip()[-1:] in _REOPENING,
            )
            if label in _EXAMPLES and start > body:
                continue  # `(such as Docker)` gives an example of the words before it
            if copula and start == body:
                label = _with_copula(copula, label, text[start : hit.start])
        previous = hit
        if target in named or context.confidence.get(target, 0.0) < _MIN_TARGET:
            continue
        modifier = is_modifier(text[hit.end : hit.end + 40])
        # Without a phrase only the head of the definition says something: `Task - container in a service`.
        head = not label
        if head and (named or modifier or not _is_head(text, body, hit)):
            continue
        if head:
            label = "это" if _CYRILLIC.search(text, body, hit.end + 30) else "is a"
        if modifier and label and label.removesuffix(" a") == copula:
            continue  # `is a DNS server` is no DNS
        if modifier and hit.mention.text[:1].islower():
            continue  # a `container registry` says nothing of containers, a `Kubernetes object` of Kubernetes does
        if modifier and any(other.start == hit.end + 1 for other in inside):
            continue  # `Docker containers` are containers
        if is_denied(text[max(body, hit.start - CLAUSE_LENGTH) : hit.start]) and not is_denied(label):
            continue
        trust = confidence * _LATER_FACTOR ** len(named) * (_BARE_FACTOR if head else 1)
        if modifier:
            trust *= _MODIFIER_FACTOR
        named.add(target)
        trust = round(trust * min(1.0, 0.4 + 0.6 * context.confidence[target]), 4)
        if trust < _MIN_TRUST:
            continue
        yield Relation(
            source=source,
            target=target,
            label=label,
            kind=RelationKind.DEFINITION,
            span=hit.mention.span,
            confidence=trust,
            type=type_of(label),
        )
        if head:
            label = ""
        if len(named) == _MAX_TARGETS:
            return


def _is_head(text: str, body: int, hit: Hit) -> bool:
    """Whether a definition without verb is of the form `[adjectives] concept …`, and not a sentence about it."""
    before = text[body : hit.start].split()
    after = text[hit.end : hit.end + 40].split()
    # `Deployment, StatefulSet` are examples, `kind of object` is no kind.
    if "," in text[body : hit.start] or text[hit.end : hit.end + 1] in {",", "/", "("}:
        return False
    if after and after[0].lower() in {"of", "and", "or", "и", "или"}:
        return False
    if len(before) > 2 or any(word.strip(",").lower() in FUNCTION_WORDS - {"a", "an", "the"} for word in before):
        return False
    return not (after and text[hit.end : hit.end + 1].isspace() and is_finite(after[0].strip(",.;:").lower()))


def _copula_before(block: Block, body: int) -> str:
    """The copula that stands right before a definition: `is`, `are`, `это`."""
    before = block.text[max(0, body - 24) : body].split()
    return before[-1] if before and before[-1].lower() in {"is", "are", "это", "является"} else ""


def _with_copula(copula: str, label: str, words: str) -> str:
    """LABEL with the verb before it; the verb alone where the concept is the head of the definition."""
    if not label:
        return f"{copula} a" if copula == "is" and words.split()[:1] in (["a"], ["an"]) else copula
    first = words.split()
    own = [word for word in first if word.lower() not in {"a", "an", "the"}]
    # Only a phrase that begins right after the copula goes on from it.
    if own[:1] != label.split()[:1] or is_finite(own[0].lower()):
        return label
    article = f"{first[0]} " if first[0].lower() in {"a", "an", "the"} else ""
    joined = f"{copula} {article}{label}"
    return joined if len(joined.split()) <= MAX_WORDS else label
