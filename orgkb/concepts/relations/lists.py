"""A lead-in and the concepts listed below it: `A chart consists of:`, `Implementations of the CRI:`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from orgkb.concepts import folding
from orgkb.concepts.blocks import Block, BlockKind
from orgkb.concepts.lexicon import is_verb
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind, RelationType
from orgkb.concepts.relations import foreign
from orgkb.concepts.relations.clauses import clause_start
from orgkb.concepts.relations.kinds import type_of
from orgkb.concepts.relations.model import Context, side_by_side, surest
from orgkb.concepts.relations.phrases import phrase
from orgkb.patterns import pattern

_MAX_LEAD = 140
_MAX_ITEMS = 12
"""Longer lists go on to other things, but where their lead-in says of what they are the parts."""
_MAX_PARTS = 60
_MIN_ITEM = 0.28
_OF = pattern(r"(?P<noun>[^\W\d_]{3,})\s+(?P<of>of|for|in|to)\s+(?:the\s+|an?\s+)?$", re.IGNORECASE)
_NOTE = pattern(r"\s?\([^()\n]{1,40}\)\s?:$")
"""`Implementations of the CRI API (plugins):`"""
_FOLLOWING = pattern(r"\s(?:the\s)?following$")
_HAS = pattern(r"\b(?:has|have)(?:\s\w+){0,2}\s(?P<what>[a-z]+s)$")
"""`the container can have three states:`"""
_HYPHEN = pattern(r"[-‑][^\W\d_]")
_HELPING = frozenset({"can", "could", "did", "do", "does", "may", "might", "must", "shall", "should", "will", "would"})
_NO_CONCEPTS = frozenset(
    {"example", "examples", "advantage", "advantages", "disadvantages", "steps", "ways", "reasons"}
)


def find(context: Context, confidence: float) -> Iterator[Relation]:
    """Between the concept of a lead-in and each concept with which an item below begins."""
    for indexes in context.reading.lists:
        first = context.reading.blocks[indexes[0]]
        if first.lead < 0 or len(indexes) > _MAX_PARTS:
            continue
        led = lead(context, first.lead)
        if led is None:
            continue
        subject, label, reverse = led
        if len(indexes) > _MAX_ITEMS and (reverse or type_of(label) is not RelationType.PART_OF):
            continue
        for index in indexes:
            item = named(context, index, article=True)
            if item is None or item.mention.concept == subject:
                continue
            ends = (item.mention.concept, subject) if reverse else (subject, item.mention.concept)
            yield Relation(
                source=ends[0],
                target=ends[1],
                label=label,
                kind=RelationKind.LIST,
                span=item.mention.span,
                confidence=round(confidence * min(1.0, 0.5 + context.confidence.get(item.mention.concept, 0.0)), 4),
                type=type_of(label),
            )


def lead(context: Context, index: int) -> tuple[str, str, bool] | None:
    """(concept, linking phrase, whether the items are its sources) of the block that leads in; None without both."""
    block = context.reading.blocks[index]
    text = block.prose.rstrip()
    if text.endswith(":"):
        text = _NOTE.sub(":", text)
    language = context.reading.language
    if not text.endswith(":") and not _ends_in_of(text) and not language:
        return None
    start = clause_start(text, max(0, len(text) - _MAX_LEAD), len(text) - 1)
    hits = [hit for hit in context.hits_by_block.get(index, ()) if start <= hit.start and hit.end <= len(text)]
    if hits:
        # `CRI API`: of names side by side the surer one, if the words around it allow it.
        run = side_by_side(hits, len(hits) - 1)
        hit = structs.replace(surest(context, run), start=run[0].start, end=run[-1].end)
        after = _FOLLOWING.sub("", text[hit.end :].rstrip(": "))
        if language:
            led = foreign.lead(text, hits, start, language)
            return (led[0].mention.concept, led[1], False) if led else None
        if there := _THERE.search(text, start, hits[0].start):
            # `There are three kinds of lock in Java:`
            return (hits[0].mention.concept, "include", False) if there.end() == hits[0].start else None
        if label := phrase(after, opening=True) if _is_plain(after) else "":
            hit = _head(text, hits, hit)
            # `Lua does the equivalent of:`, `stopping an actor will:` say nothing of the items yet.
            if all(word in _HELPING for word in label.lower().split()) or label[:1] == ",":
                return None
            # `Common constraints are:`
            if label.lower() == "are":
                return hit.mention.concept, "include", False
            if has := _HAS.search(after):
                return hit.mention.concept, f"{label} {folding.singular(has['what'].lower())}", False
            # Only what ends in the verb or preposition goes on in the items.
            if after.split()[-1].lower() == label.split()[-1].lower():
                return hit.mention.concept, label, False
        elif (
            (of := _OF.search(text, start, hit.start))
            and not after.strip(" ()")
            and of["noun"].lower() not in _NO_CONCEPTS
        ):
            noun = folding.singular(of["noun"].lower())
            return hit.mention.concept, f"{noun} {of['of'].lower()}", True
        return None
    words = re.findall(r"[^\W_]+", text[start:])
    if 0 < len(words) <= 3 and (_is_part_verb(words) or _ends_in_of(text)):
        subject = context.subject_of(index) or context.section_subject(block.headline)
        if subject is not None:
            said = " ".join(word.lower() for word in words)
            return subject, _WITH_OF.get(said, said), False
    return None


def _head(text: str, hits: list[Hit], hit: Hit) -> Hit:
    """The hit that HIT only says more of: the `request` of `A request with a header contains:`."""
    for other in reversed(hits):
        if other.end <= hit.start and _PREPOSED.fullmatch(text[other.end : hit.start]):
            hit = structs.replace(other, end=hit.end)
    return hit


_THERE = pattern(r"\b[Tt]here\s(?:are|exist)\s(?:[\w-]+\s){0,3}")
_PREPOSED = pattern(r"\s(?:like|with|in|of|for|from|on)\s(?:[^\s.,;:()]+\s){0,5}")


_AN_ARTICLE = pattern(
    r"(?:an?|the|one|ein(?:e[nmr]?)?|de[rnms]|die|das|une?|l[ae]s?|des|una?|el|los|il|uma?|os?|as?)", re.IGNORECASE
)


def _is_plain(after: str) -> bool:
    return bool(after.strip()) and not any(mark in after for mark in ".;()")


def _is_part_verb(words: list[str]) -> bool:
    return bool(
        re.match(r"consists?|includes?|contains?|provides?|состо[ия]т|включа[ею]т|содерж[иа]т", words[0], re.IGNORECASE)
    )


_WITH_OF = {"состоит": "состоит из", "состоят": "состоят из", "consist": "consist of", "consists": "consists of"}


def _ends_in_of(text: str) -> bool:
    words = text.rstrip(": ").lower().split()
    return len(words) > 1 and words[-1] in {"of", "off", "из"} and (is_verb(words[-2]) or words[-2] in {"out", "up"})


def named(context: Context, index: int, *, whole: bool = True, article: bool = False) -> Hit | None:
    """The concept that an item names first, where it stands at its beginning; as a WHOLE, or as the begin of a longer name.

    An ARTICLE may stand before it where a line above says what the items are.
    """
    block: Block = context.reading.blocks[index]
    hits = context.hits_by_block.get(index, ())
    if not hits or block.kind not in {BlockKind.ITEM, BlockKind.TAG}:
        return None
    hit = hits[0]
    before = block.prose[: hit.start].strip(' \n*"“«')
    if (before and not (article and _AN_ARTICLE.fullmatch(before))) or context.confidence.get(
        hit.mention.concept, 0.0
    ) < _MIN_ITEM:
        return None
    # `pods run on nodes` says something of its own, `- pods - …` and `- pods` name the thing.
    rest = block.prose[hit.end :].lstrip(' "”»)')
    if whole and _HYPHEN.match(block.prose, hit.end):
        return None  # `- Exchange-based clearing` is no exchange
    return hit if not rest or rest[0] in "-–—:,(.;\n\0" or block.kind is BlockKind.TAG else None
