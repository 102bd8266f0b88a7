"""What is said of a concept right behind it: `images built from Dockerfiles`, `container runtime (like Docker, rkt)`."""

from __future__ import annotations

import re

from orgkb.concepts.blocks import Block
from orgkb.concepts.lexicon import PREPOSITIONS
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind, RelationType
from orgkb.concepts.relations.clauses import is_compound, modifies
from orgkb.concepts.relations.kinds import type_of
from orgkb.concepts.relations.model import Context
from orgkb.concepts.relations.verbs import is_finite, is_verb, may_be_verb
from orgkb.patterns import pattern

EXAMPLE_LABELS = frozenset({"such as", "like", "including", "типа", "вроде"})
_EXAMPLE = pattern(
    r"(?:\s(?:types|kinds|tools|systems|platforms|frameworks|libraries|languages|formats|models|methods|algorithms|engines))?"
    r"\s*[(,]?\s*(such\s+as|like|including|типа|так\w+\s+как|вроде)\s+(?:an?\s+|the\s+)?",
    re.IGNORECASE,
)


def example_of(context: Context, block: Block, subject: Hit, target: Hit, confidence: float) -> Relation | None:
    """`container runtime (like Docker, rkt)`: the second is an example of the first."""
    if target.start - subject.end < len("like"):
        return None
    match = _EXAMPLE.fullmatch(block.prose, subject.end, target.start)
    if not match or not are_two(context, subject, target, _MIN_EXAMPLE):
        return None
    if is_compound(block.prose[target.end : target.end + 24]):
        return None
    label = " ".join(match[1].lower().strip(",").split())
    return _said(subject, target, label, RelationType.OTHER, confidence)


_MIN_EXAMPLE = 0.35


def reduced_clause(context: Context, block: Block, subject: Hit, target: Hit, confidence: float) -> Relation | None:
    """`images built from Dockerfiles`, `template that describes pods`: what is said of a concept right behind it."""
    text = block.prose
    if subject.mention.context == "term" or not 0 < len(text[subject.end : target.start].split()) <= _MAX_REDUCED:
        return None
    match = _REDUCED.fullmatch(text, subject.end, target.start)
    if not match:
        return None
    verb, link = match["verb"].lower(), (match["link"] or "").lower()
    if match["that"]:
        if not (is_finite(verb) or may_be_verb(verb)) or verb in _BARE_AUXILIARIES:
            return None
    elif not is_verb(verb) or not (
        verb.endswith(("ing", "ed", "щий", "щие", "щая", "щее")) or (verb in _PARTICIPLES and link)
    ):
        return None
    if not (link in PREPOSITIONS or (not link and not verb.endswith("ed"))):
        return None
    if not are_two(context, subject, target, _MIN_REDUCED):
        return None
    rest = text[target.end : target.end + 40]
    # `the size of an image measured in bytes`: it may be said of the size.
    if _OF.search(text, max(0, subject.start - 12), subject.start) or modifies(target.mention.text, rest):
        return None
    # `Framework written in Python` says of one thing what it is.
    if verb.endswith(("ed", "en")) and not _ARTICLE.sub("", text[: subject.start]).strip() and not has_verb(rest):
        return None
    label = f"{match['verb']} {match['link'] or ''}".strip()
    return _said(subject, target, label, type_of(label), confidence * _REDUCED_FACTOR)


def has_verb(rest: str) -> bool:
    """Whether one of the first words of REST is a verb with a subject of its own."""
    return any(is_finite(word.strip(",.;:)").lower()) for word in rest.split()[:3])


def are_two(context: Context, subject: Hit, target: Hit, least: float) -> bool:
    """Whether SUBJECT and TARGET mention two concepts, each of at least the confidence LEAST."""
    ends = subject.mention.concept, target.mention.concept
    return ends[0] != ends[1] and min(context.confidence.get(end, 0.0) for end in ends) >= least


def _said(subject: Hit, target: Hit, label: str, kind: RelationType, confidence: float) -> Relation:
    """What a sentence says of SUBJECT and TARGET, which it names."""
    return Relation(
        source=subject.mention.concept,
        target=target.mention.concept,
        label=label,
        kind=RelationKind.SENTENCE,
        span=target.mention.span,
        confidence=round(confidence, 4),
        type=kind,
    )


_REDUCED = pattern(
    r"\s(?P<that>(?:that|which|котор\w+)\s)?(?P<verb>[^\W\d_]{3,})(?:\s(?P<link>[^\W\d_]{2,7}))??\s(?:(?:an?|the|its|their|some|one|all)\s)?",
    re.IGNORECASE,
)
_MAX_REDUCED = 4
"""Words of what it matches: `that`, the verb, its preposition, an article."""
_PARTICIPLES = frozenset(
    {"built", "written", "held", "kept", "found", "made", "run", "known", "sent", "given", "taken", "driven"}
)
_BARE_AUXILIARIES = frozenset({"is", "are", "was", "were", "can", "may", "will", "must", "has", "have", "does", "do"})
_OF = pattern(r"\bof\s+(?:(?:an?|the|all|each)\s+)?$")
_MIN_REDUCED = 0.5
_REDUCED_FACTOR = 0.8
_ARTICLE = pattern(r"\b(?:The|A|An|the|an|a|each|every|all|any|these|this)\s+$")
