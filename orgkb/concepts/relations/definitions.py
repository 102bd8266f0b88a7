"""One definition names another concept: `*Image* - read-only template used to build containers`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from msgspec import structs

from orgkb.concepts import spelling
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
    is_denied_word,
    is_enumeration,
    is_finite,
    is_modifier,
    phrase,
    without_asides,
    without_persons,
)

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_RUSSIAN_ADJECTIVE = re.compile(r".+(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)", re.IGNORECASE)
_REOPENING = frozenset(":-–—")
"""After these a definition says again what the thing is: `template: a stack of layers`."""
_MIN_TRUST = 0.3
_MAX_TARGETS = 5
_OFFSET = attrgetter("mention.offset")
_MAX_HITS = 60
_MIN_TARGET = 0.35
"""Confidence that a concept needs to be named by another's definition."""
_MIN_HEAD = 0.5
"""The same for what a definition without verb says its term to be."""
_LATER_FACTOR = 0.92
_BARE_FACTOR = 0.5
_STATEMENT_FACTOR = 0.8
"""For what a sentence says that is no definition."""
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
            for relation in _of_definition(context, index, candidate, source, hits, confidence):
                if candidate.supports:
                    trust = round(relation.confidence * _STATEMENT_FACTOR, 4)
                    yield structs.replace(relation, kind=RelationKind.SENTENCE, confidence=trust)
                else:
                    yield relation


def _of_definition(
    context: Context, index: int, candidate: Candidate, source: str, hits: list[Hit], confidence: float
) -> Iterator[Relation]:
    assert candidate.defined_at is not None
    begin, end = candidate.defined_at
    block = context.reading.blocks[index]
    first = bisect_left(hits, begin, key=_OFFSET)
    if first == len(hits) or hits[first].mention.offset >= end:
        return
    inside = [hit for hit in hits[first : first + _MAX_HITS] if hit.mention.offset < end]
    body = block.flat.index(begin) or 0
    own = [hit for hit in inside if hit.mention.concept == source]
    copula = _copula_before(block, body)
    text = block.prose
    named: set[str] = set()
    previous: Hit | None = None
    label = ""
    source_here = source
    for hit in inside:
        target = hit.mention.concept
        if target == source:
            previous, label = None, ""
            continue
        if previous is not None and is_enumeration(block.flat.text[previous.end : hit.start]):
            pass  # pods, nodes and services: one phrase for all
        else:
            plain = without_asides(text, hit.start)
            start = clause_start(plain, max(body, hit.start - CLAUSE_LENGTH), hit.start)
            # `Docker: Docker is a program to run containers` says its subject again.
            if own:
                start = max([start, *(o.end for o in own if start <= o.start < hit.start)])
            here = hit.start
            before = [other.end - start for other in inside if start <= other.start < here]
            said = without_persons(plain[start : hit.start])
            if has_other_subject(said, before):
                previous, label = None, ""
                continue
            label = phrase(
                said,
                opening=start == body or text[max(0, start - 3) : start].rstrip()[-1:] in _REOPENING,
            )
            if label in _EXAMPLES and start == body:
                pass  # `like Deployment, but …` compares with the thing defined
            elif _SUCH_AS.search(said) or _is_part(text, inside, hit) or _is_doing(text, inside, hit):
                continue  # `(such as Docker)` gives an example of the words before it
            source_here = _antecedent(text, inside, start) or source
            if not label and is_denied_word(said):
                previous, label = None, ""
                continue
            if start > body and label.lower() in _COPULAS:
                continue  # `(the new one is …)` speaks of something else
            if copula and start == body:
                label = _with_copula(copula, label, text[start : hit.start])
        previous = hit
        if target in named or context.confidence.get(target, 0.0) < _MIN_TARGET:
            continue
        modifier = is_modifier(text[hit.end : hit.end + 40])
        # Without a phrase only the head of the definition says something: `Task - container in a service`.
        head = not label
        sure = context.confidence[target] >= _MIN_HEAD
        if head and (named or modifier or not sure or not _is_head(text, body, hit)):
            continue
        if head:
            label = "это" if _CYRILLIC.search(text, body, hit.end + 30) else "is a"
        if modifier and label and label.removesuffix(" a") == copula:
            continue  # `is a DNS server` is no DNS
        if modifier and hit.mention.text[:1].islower() and not spelling.is_name(hit.mention.text):
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
        if target == source_here:
            continue
        yield Relation(
            source=source_here,
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


_MAX_PART = 2
_COPULAS = frozenset({"is", "are", "was", "were", "это", "является"})
_SUCH_AS = re.compile(r"\b(?:such\s+as|e\.g\.|for\s+example|including|например)\b", re.IGNORECASE)
_WHICH = re.compile(r"[a-zа-яё)], (?=(?:which|котор[а-яё]+)\s)", re.IGNORECASE)


def _antecedent(text: str, hits: list[Hit], start: int) -> str | None:
    """The concept that `, which …` at START goes on about, where it names one right before."""
    match = _WHICH.match(text, max(0, start - 3))
    if not match or match.end() != start:
        return None
    before = text[: start - 2].rstrip(" )")
    return next((hit.mention.concept for hit in hits if hit.end == len(before)), None)


def _is_doing(text: str, hits: list[Hit], hit: Hit) -> bool:
    """Whether HIT is a Russian verbal noun with its object: `развёртывания подов` says what is done with pods."""
    return bool(_VERBAL_NOUN.fullmatch(hit.mention.text)) and any(
        other.start == hit.end + 1 and text[hit.end] == " " for other in hits
    )


_VERBAL_NOUN = re.compile(r"[а-яё]{4,}ни(?:е|я|ю|ем|и)", re.IGNORECASE)


def _is_part(text: str, hits: list[Hit], hit: Hit) -> bool:
    """Whether HIT goes on a name that another begins: the `availability` of `resource availability`."""
    before = text[: hit.start].rstrip(" ")
    return hit.mention.text[:1].islower() and any(
        other.end == len(before) and other.mention.text[:1].islower() for other in hits if other is not hit
    )


def _is_head(text: str, body: int, hit: Hit) -> bool:
    """Whether a definition without verb is of the form `[adjectives] concept …`, and not a sentence about it."""
    before = text[body : hit.start].split()
    after = text[hit.end : hit.end + 40].split()
    # `мониторинг кубернетиса`: a Russian noun before it makes it a genitive; `a -> b` is a way.
    if (before and _CYRILLIC.search(before[-1]) and not _RUSSIAN_ADJECTIVE.fullmatch(before[-1])) or after[:1] == [
        "->"
    ]:
        return False
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
    own = words.split()
    if (
        not label
        and 0 < len(own) <= _MAX_PART
        and _CYRILLIC.search(own[0])
        and not _RUSSIAN_ADJECTIVE.fullmatch(own[0])
    ):
        return f"{copula} {' '.join(own)}"  # `является частью`
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
