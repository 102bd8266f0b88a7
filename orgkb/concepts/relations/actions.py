"""What people do with one concept and another: `mount the volume into a container`, `training -> model`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from orgkb.concepts.blocks import Block, BlockKind
from orgkb.concepts.lexicon.english import VERB_BASES
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.clauses import clause_start, is_subject, modifies
from orgkb.concepts.relations.model import Context, stated
from orgkb.patterns import pattern

_MIN_END = 0.4
_ARROW_FACTOR = 0.8


def find(context: Context, confidence: float) -> Iterator[Relation]:
    """From the object of an action to what its preposition names, and along arrows."""
    for index, hits in context.hits_by_block.items():
        block = context.reading.blocks[index]
        if block.kind not in {BlockKind.PARAGRAPH, BlockKind.ITEM} or len(hits) < 2:
            continue
        for first, second in pairwise(hits):
            if second.start - first.end > _MAX_GAP or first.mention.concept == second.mention.concept:
                continue
            between = block.prose[first.end : second.start]
            trust = confidence
            if (">" in between or not between.isascii()) and _ARROW.fullmatch(between):
                label, trust = "leads to", confidence * _ARROW_FACTOR
            else:
                label = _done(block, hits, first, between)
            if not label or modifies(second.mention.text, block.prose[second.end : second.end + 40]):
                continue
            if min(context.confidence.get(hit.mention.concept, 0.0) for hit in (first, second)) < _MIN_END:
                continue
            yield stated(first.mention.concept, second, label, RelationKind.SENTENCE, trust)


_MAX_GAP = 24
_ARROW = pattern(r"\s*(?:[-=]{1,3}>|[→⇒⟶])\s*(?:an?\s|the\s)?")
_TIE = pattern(
    r"\s(?P<tie>to|into|onto|on|in|from|with|via|across|inside)\s(?:(?:an?|the|its|their|each|every|your|other|another)\s)?",
    re.IGNORECASE,
)
_ACTION = pattern(
    r"(?:^|[-–—:.;,(\"“«]\s*|\b(?:to|and|or|of|by|for|can|must|should|will|you|we|users)\s)"
    r"(?P<verb>[A-Za-z]{3,})\s(?:(?:an?|the|its|their|each|every|your|all|any|one|some)\s)?(?:[a-z]+\s)?$"
)


def _done(block: Block, hits: list[Hit], thing: Hit, between: str) -> str:
    """`assigned to` for `assigning a pod to a node`, where BETWEEN are the words after THING; empty where it is no action."""
    tie = _TIE.fullmatch(between)
    if not tie:
        return ""
    text = block.prose
    start = clause_start(text, max(0, thing.start - _MAX_CLAUSE), thing.start)
    action = _ACTION.search(text[max(0, thing.start - _MAX_BEFORE) : thing.start])
    if not action:
        return ""
    # Who does it says it with the verb of its own.
    if any(start <= hit.start < thing.start and is_subject(text[hit.end : thing.start]) for hit in hits):
        return ""
    base = _base(action["verb"].lower())
    return f"{_PARTICIPLES.get(base) or _regular(base)} {tie['tie'].lower()}" if base else ""


_MAX_CLAUSE = 200
_MAX_BEFORE = 40


def _base(verb: str) -> str:
    """The base form of VERB, which is one or a gerund, where it is a verb that does something to an object; else empty."""
    if verb.endswith("ing"):
        stem = verb[:-3]
        forms = (stem + "e", stem, stem[:-1] if stem[-1:] == stem[-2:-1] else stem)
        verb = next((form for form in forms if form in VERB_BASES), "")
    return verb if verb in VERB_BASES and verb not in _IDLE else ""


def _regular(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2] not in "aeou":
        return f"{base[:-1]}ied"
    return f"{base}{base[-1] if base in _DOUBLING else ''}ed"


_DOUBLING = word_set("drop map plug run split stop tag wrap commit submit prefer transfer permit ship plan log set")
_PARTICIPLES = {
    "begin": "begun", "bind": "bound", "break": "broken", "bring": "brought", "build": "built", "choose": "chosen",
    "draw": "drawn", "drive": "driven", "find": "found", "get": "got", "give": "given", "hide": "hidden", "hold": "held",
    "keep": "kept", "lay": "laid", "lead": "led", "leave": "left", "make": "made", "pay": "paid", "put": "put",
    "read": "read", "rebuild": "rebuilt", "rewrite": "rewritten", "run": "run", "see": "seen", "send": "sent",
    "set": "set", "show": "shown", "split": "split", "spread": "spread", "take": "taken", "teach": "taught",
    "throw": "thrown", "write": "written",
}  # fmt: skip
_IDLE = word_set(
    "become begin belong differ exist get go have help know let lie look lose mean need remain see seem stay talk tell try "
    "wait want work like point come interact communicate depend rely result respond refer correspond listen play adhere "
    "lead start stop move"
)
