"""Sentences without a subject, which are about what their section is about: `мониторит pods` under `* kubelet`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from orgkb.concepts.blocks import Block, BlockKind
from orgkb.concepts.lexicon.english import VERB_BASES
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.clauses import clause_start, is_unsaid, modifies
from orgkb.concepts.relations.model import Context, stated
from orgkb.concepts.relations.phrases import phrase
from orgkb.concepts.relations.verbs import is_finite, is_verb
from orgkb.patterns import pattern

_MIN_END = 0.3
_LATER_FACTOR = 0.9


def find(context: Context, confidence: float) -> Iterator[Relation]:
    """From the concept of a heading to the first one that a sentence without subject below it names."""
    for index, hits in context.hits_by_block.items():
        block = context.reading.blocks[index]
        if block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}:
            yield from _of_block(context, index, block, hits, confidence)


def _of_block(context: Context, index: int, block: Block, hits: list[Hit], confidence: float) -> Iterator[Relation]:
    """`мониторит pods` under `* kubelet`: a sentence without subject is about what its section is about."""
    if index in context.defined_in or (block.kind is BlockKind.ITEM and block.lead >= 0 and block.group < 0):
        return
    first = _FIRST_VERB.match(block.prose)
    # What stands below a heading of its own is about that, and not about what is above it.
    source = context.title_concept(block.headline)
    if not first or source is None or not is_verb(first[1].lower()):
        return
    if not _THIRD_PERSON.fullmatch(first[1]) and not _is_said_of_many(context, block, first[1]):
        return
    # `Clickhouse` over a list: the items are about that.
    if block.lead >= 0 and any(hit.mention.concept != source for hit in context.hits_by_block.get(block.lead, ())):
        return
    if _EVENT.match(context.reading.titles[block.headline] if block.headline >= 0 else ""):
        return
    target = hits[0]
    between = block.prose[first.start(1) : target.start]
    if target.mention.concept == source or clause_start(block.prose, first.start(1), target.start) != first.start(1):
        return
    # `Connected devices share a channel` has a subject of its own.
    words = between.lower().split()
    if first[1].endswith("ed") and any(
        is_finite(verb) or (noun.endswith("s") and verb in VERB_BASES) for noun, verb in pairwise(words[1:])
    ):
        return
    rest = block.prose[target.end : target.end + 40]
    # `Handles multicollinearity:` is a title.
    if rest[:1] == ":" or is_unsaid(rest) or modifies(target.mention.text, rest):
        return
    label = phrase(between)
    if label and context.confidence.get(target.mention.concept, 0.0) >= _MIN_END and "," not in between:
        yield stated(source, target, label, RelationKind.SENTENCE, confidence * _LATER_FACTOR)


def _is_said_of_many(context: Context, block: Block, verb: str) -> bool:
    """Whether VERB, which begins a paragraph, is said of things in the title: `configure pods` below `* controllers`."""
    title = context.reading.titles[block.headline] if block.headline >= 0 else ""
    many = re.match(r"[\w\s-]*s\b(?=\s*(?:[-–—(:]|$))", title)
    return bool(many) and block.kind is BlockKind.PARAGRAPH and block.lead < 0 and verb.islower() and verb in VERB_BASES


_EVENT = pattern(
    r"\W*(?:The\s)?(?:rise|fall|birth|death|election|emergence|growth|decline|end|start|beginnings?|origins?|history|invention"
    r"|discovery|introduction|outbreak|collapse|victory|defeat)\s(?:of|in)\s",
    re.IGNORECASE,
)
"""A title that tells what happened: what is said below it is not done by that, but by who took part."""
_FIRST_VERB = pattern(r"\s*(?:(?:It|They|Он|Она|Оно|Они)\s)?([^\W\d_]{4,})\s")
_THIRD_PERSON = pattern(r"[A-Za-z]+(?:s|ed)|[а-яёА-ЯЁ]+(?:ет|ит|ют|ят|ат|ется|ится|ются|ятся|ан|ен)")
